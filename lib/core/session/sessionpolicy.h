// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/jsonrules.h>
#include <Sojourn/sessionchange.h>

namespace Sojourn {

/// The application's rules for its sessions.
struct SOJOURN_CORE_EXPORT SessionPolicy
{
    /// A session ends after this time without a request, unless it has a policy of its own.
    std::chrono::milliseconds idle = Expiry::DefaultIdle;
    /// The same for sessions without a user, where those are to end sooner; without one idle. Whoever logs in has idle from then
    /// on.
    std::optional<std::chrono::milliseconds> anonymousIdle = {};
    /// A session ends this long after it was created, whatever happens.
    std::optional<std::chrono::milliseconds> absolute = {};
    /// Whether the browser forgets the cookie when it closes (no Max-Age).
    bool sessionEnd = false;
    /// The least time between two touches, shorter than idle; without one a tenth of the idle time, between 1 s and 60 s. Of
    /// sessions with another idle time at most half of that.
    std::optional<std::chrono::milliseconds> touchInterval = {};
    /// Ids older than this are renewed (OWASP renewal timeout); without one never.
    std::optional<std::chrono::milliseconds> renewInterval = {};
    /// How long the id before a renewal stays good, and that before a rotation that an operator asked for (30 s if this is 0).
    std::chrono::milliseconds grace = std::chrono::seconds(30);
    /// How many sessions a user may have.
    std::optional<UserCap> cap = {};

    /// The largest record in bytes that this application writes, where that is less than the store's own limit.
    /// SessionOptions::sizeLimit, if it is set, takes the place of it.
    std::optional<qsizetype> sizeLimit = {};
    /// The longest user name in bytes of UTF-8. In a realm SessionManager makes it shorter, as the realm's name stands before it.
    qsizetype userSizeLimit = MaxUserSize;

    /// The idle time of sessions that have no policy of their own.
    [[nodiscard]] std::chrono::milliseconds idleFor(const QString &user) const
    {
        return user.isEmpty() ? anonymousIdle.value_or(idle) : idle;
    }
    /// How long after a touch a record of \a info is not touched again.
    [[nodiscard]] std::chrono::milliseconds touchIntervalFor(const SessionInfo &info) const;
};

} // namespace Sojourn
