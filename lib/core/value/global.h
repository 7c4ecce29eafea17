// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojourncore_export.h>

#include <QtCore/QDateTime>

#include <chrono>
#include <functional>

namespace Sojourn {

/// A moment in UTC with the resolution that every store keeps: milliseconds since 1970.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where stores and sessions read the time; replace it in tests with SessionStore::setClock().
using Clock = std::function<TimePoint()>;

/// The time of the system's clock.
[[nodiscard]] SOJOURN_CORE_EXPORT TimePoint systemNow();

/// \a time as a QDateTime in UTC.
[[nodiscard]] SOJOURN_CORE_EXPORT QDateTime toDateTime(TimePoint time);

/// \a time in UTC, cut to milliseconds. \a time must be valid.
[[nodiscard]] SOJOURN_CORE_EXPORT TimePoint toTimePoint(const QDateTime &time);

/// ISO 8601 in UTC with milliseconds: "2026-11-22T07:12:00.000Z".
[[nodiscard]] SOJOURN_CORE_EXPORT QString toIsoString(TimePoint time);

/// A date and time in ISO 8601, in the extended form or the basic one ("20261122T071200Z"); invalid if \a text is none. Without a
/// zone it is local time.
[[nodiscard]] SOJOURN_CORE_EXPORT QDateTime fromIsoString(const QString &text);

/// The same of what must mean one moment wherever it is read: invalid without a zone.
[[nodiscard]] SOJOURN_CORE_EXPORT QDateTime fromZonedIsoString(const QString &text);

} // namespace Sojourn
