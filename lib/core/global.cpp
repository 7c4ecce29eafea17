// SPDX-License-Identifier: MIT
#include "global.h"

#include <QtCore/QTimeZone>

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

} // namespace Sojourn
