// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/global.h>

#include <QtCore/QString>

#include <optional>

/// A duration in its largest unit: "45 s", "12 min", "3 h", "9 days".
[[nodiscard]] QString durationText(std::chrono::milliseconds duration);
/// "3 min ago", "in 2 h", "now".
[[nodiscard]] QString relativeText(Sojourn::TimePoint time, Sojourn::TimePoint now);
/// Local date and time: "2026-11-22 08:12:00".
[[nodiscard]] QString clockText(Sojourn::TimePoint time);
/// The same and how far that is: "2026-11-22 08:12:00 (3 min ago)".
[[nodiscard]] QString fullText(Sojourn::TimePoint time, Sojourn::TimePoint now);
/// The zone that clockText() is in: "CET".
[[nodiscard]] QString zoneText(Sojourn::TimePoint time);

/// The duration that \a text spells: seconds ("90", "0.5") or numbers with their units ("90s", "15m", "1h30m", "2d").
[[nodiscard]] std::optional<std::chrono::milliseconds> parseDuration(const QString &text);
/// The moment that \a text spells: an ISO 8601 time, a day ("2026-11-22"), a local clock time ("10:42", the last one before \a
/// now), or a duration before \a now.
[[nodiscard]] std::optional<Sojourn::TimePoint> parsePastMoment(const QString &text, Sojourn::TimePoint now);
