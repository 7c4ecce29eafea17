// SPDX-License-Identifier: MIT
#include "sessionpolicy.h"

#include <algorithm>

namespace Sojourn {

std::chrono::milliseconds SessionPolicy::touchIntervalFor(const SessionInfo &info) const
{
    using std::chrono::milliseconds;
    const bool ownIdle = info.expiry && info.expiry->kind() == Expiry::Kind::OnInactivity;
    const milliseconds idleTime = ownIdle ? info.expiry->idle() : idleFor(info.user);
    if (touchInterval && !ownIdle && *touchInterval < idleTime)
        return *touchInterval;
    const milliseconds wanted = touchInterval.value_or(std::clamp<milliseconds>(idleTime / 10, std::chrono::seconds(1),
                                                                                std::chrono::seconds(60)));
    return std::min(wanted, idleTime / 2);
}

} // namespace Sojourn
