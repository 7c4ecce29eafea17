// SPDX-License-Identifier: MIT
#include "global.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QTimeZone>

using namespace Qt::StringLiterals;

namespace Sojourn {

TimePoint systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

QDateTime toDateTime(TimePoint time)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), QTimeZone::UTC);
#else
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
#endif
}

TimePoint toTimePoint(const QDateTime &time)
{
    return TimePoint(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

QString toIsoString(TimePoint time)
{
    return toDateTime(time).toString(Qt::ISODateWithMs);
}

QDateTime fromIsoString(const QString &text)
{
    if (const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs); time.isValid())
        return time;
    // Qt reads the extended form only.
    static const QRegularExpression basic(u"^(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)(\\D.*)?$"_s);
    QString extended = text;
    extended.replace(basic, u"\\1-\\2-\\3T\\4:\\5:\\6\\7"_s);
    return QDateTime::fromString(extended, Qt::ISODateWithMs);
}

QDateTime fromZonedIsoString(const QString &text)
{
    const QDateTime time = fromIsoString(text);
    return time.timeSpec() == Qt::LocalTime ? QDateTime() : time;
}

} // namespace Sojourn
