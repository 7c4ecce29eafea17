// SPDX-License-Identifier: MIT
#include "uptime_p.h"

#include <ctime>

namespace Sojourn::Detail {

std::chrono::nanoseconds upTime()
{
#ifdef CLOCK_BOOTTIME
    timespec time;
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
#endif
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace Sojourn::Detail
