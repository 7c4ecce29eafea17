// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojourncore_export.h>

#include <chrono>

namespace Sojourn::Detail {

/// The time since this machine started, with that in which it slept: a clock that never jumps. std::chrono::steady_clock stands
/// still meanwhile on Linux (clock_gettime(2), CLOCK_BOOTTIME).
[[nodiscard]] SOJOURN_CORE_EXPORT std::chrono::nanoseconds upTime();

} // namespace Sojourn::Detail
