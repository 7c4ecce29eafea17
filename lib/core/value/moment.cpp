// SPDX-License-Identifier: MIT
#include "moment.h"

#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

std::optional<std::chrono::milliseconds> parseDuration(const QString &text)
{
    static const QRegularExpression whole(u"^\\d+(\\.\\d+)?$|^(\\d+(\\.\\d+)?(ms|[smhdw]))+$"_s);
    static const QRegularExpression part(u"(\\d+(?:\\.\\d+)?)(ms|[smhdw])?"_s);
    constexpr double century = 100.0 * 366 * 24 * 3600 * 1000;
    if (!whole.match(text).hasMatch())
        return std::nullopt;
    double sum = 0;
    for (auto it = part.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString unit = match.captured(2);
        const std::chrono::milliseconds size = unit == "ms"_L1 ? 1ms
                                             : unit == "m"_L1  ? 1min
                                             : unit == "h"_L1  ? 1h
                                             : unit == "d"_L1  ? 24h
                                             : unit == "w"_L1  ? 7 * 24h
                                                               : std::chrono::milliseconds(1s);
        sum += match.captured(1).toDouble() * static_cast<double>(size.count());
    }
    if (!(sum <= century))
        return std::nullopt;
    return std::chrono::milliseconds(qRound64(sum));
}

std::optional<TimePoint> parsePastMoment(const QString &text, TimePoint now)
{
    if (const auto duration = parseDuration(text))
        return now - *duration;
    if (const QDateTime time = fromIsoString(text); time.isValid())
        return toTimePoint(time);
    static const QRegularExpression clock(u"^(\\d\\d?):(\\d\\d)(?::(\\d\\d))?$"_s);
    const QRegularExpressionMatch match = clock.match(text);
    const QTime time(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
    if (!match.hasMatch() || !time.isValid())
        return std::nullopt;
    QDateTime moment = toDateTime(now).toLocalTime();
    moment.setTime(time);
    if (toTimePoint(moment) > now)
        moment = moment.addDays(-1);
    return toTimePoint(moment);
}

} // namespace Sojourn
