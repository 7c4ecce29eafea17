// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/global.h>

#include <QtCore/QString>

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
