// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

namespace Sojourn::Inspector {

/// One session of a user from the first that is known of it to its end, under all the keys that it had.
struct UserSession
{
    enum class Kind : quint8 { Begin, Login, FreshId, End };
    struct Mark
    {
        TimePoint at{};
        Kind kind = Kind::Begin;
        SessionEvent event;
    };

    SessionKey key; ///< the last one
    TimePoint from{};
    TimePoint until{};         ///< now, while it lives
    bool isAlive = false;
    bool beginKnown = true;    ///< whether it began at \a from, or before anything is known
    TimePoint lastSeenAt{};    ///< only of living ones
    std::optional<SessionEvent> ending{};
    QString device{};          ///< see deviceOf(); empty where nothing is known
    QList<Mark> marks{};       ///< oldest first
};

/// The sessions that \a events and the \a living records tell of: the living first, then those that ended last.
[[nodiscard]] QList<UserSession> userSessions(const QList<SessionRecord> &living, QList<SessionEvent> events, TimePoint now);

/// What is known of the device: "Firefox 120, Linux, 192.0.2.7", from the facts of the visit or else from attributes.
[[nodiscard]] QString deviceOf(const SessionRecord &record);

} // namespace Sojourn::Inspector
