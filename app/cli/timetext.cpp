// SPDX-License-Identifier: MIT
#include "timetext.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString durationText(std::chrono::milliseconds duration)
{
    const auto in = [duration](std::chrono::milliseconds unit) { return duration / unit; };
    if (duration < 1min)
        return u"%1 s"_s.arg(in(1s));
    if (duration < 1h)
        return u"%1 min"_s.arg(in(1min));
    if (duration < std::chrono::days(2))
        return u"%1 h"_s.arg(in(1h));
    return u"%1 days"_s.arg(in(std::chrono::days(1)));
}

QString relativeText(Sojourn::TimePoint time, Sojourn::TimePoint now)
{
    if (std::chrono::abs(time - now) < 1s)
        return u"now"_s;
    return time < now ? durationText(now - time) + u" ago"_s : u"in "_s + durationText(time - now);
}

QString clockText(Sojourn::TimePoint time)
{
    return Sojourn::toDateTime(time).toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString fullText(Sojourn::TimePoint time, Sojourn::TimePoint now)
{
    return u"%1 (%2)"_s.arg(clockText(time), relativeText(time, now));
}

QString zoneText(Sojourn::TimePoint time)
{
    return Sojourn::toDateTime(time).toLocalTime().timeZoneAbbreviation();
}

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

std::optional<Sojourn::TimePoint> parsePastMoment(const QString &text, Sojourn::TimePoint now)
{
    if (const auto duration = parseDuration(text))
        return now - *duration;
    if (const QDateTime time = Sojourn::fromIsoString(text); time.isValid())
        return Sojourn::toTimePoint(time);
    static const QRegularExpression clock(u"^(\\d\\d?):(\\d\\d)(?::(\\d\\d))?$"_s);
    const QRegularExpressionMatch match = clock.match(text);
    const QTime time(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
    if (!match.hasMatch() || !time.isValid())
        return std::nullopt;
    QDateTime moment = Sojourn::toDateTime(now).toLocalTime();
    moment.setTime(time);
    if (Sojourn::toTimePoint(moment) > now)
        moment = moment.addDays(-1);
    return Sojourn::toTimePoint(moment);
}
