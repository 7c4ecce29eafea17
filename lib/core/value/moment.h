// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QString>

#include <optional>

namespace Sojourn {

/// The duration that \a text spells: seconds ("90", "0.5") or numbers with their units ("90s", "15m", "1h30m", "2d").
[[nodiscard]] SOJOURN_CORE_EXPORT std::optional<std::chrono::milliseconds> parseDuration(const QString &text);

/// The moment that \a text spells: an ISO 8601 time, a day ("2026-11-22"), a local clock time ("10:42", the last one before \a
/// now), or a duration before \a now.
[[nodiscard]] SOJOURN_CORE_EXPORT std::optional<TimePoint> parsePastMoment(const QString &text, TimePoint now);

} // namespace Sojourn
