// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/sessionpolicy.h>

#include <QtCore/QPointer>

#include <unordered_map>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace Sojourn {

/// Follows the sessions of what lives longer than a request, WebSockets and streams: tells when they end, keeps them alive.
class SessionWatch : public QObject
{
public:
    /// How often sessions are looked at without an event that tells of them: events get lost, and not every store sends them.
    static constexpr std::chrono::seconds CheckInterval{60};

    SessionWatch(std::shared_ptr<SessionStore> store, std::shared_ptr<const SessionPolicy> policy);

    /// Calls \a ended once when the session \a info has ended or belongs to another user than the first it had, whatever its id
    /// is by then: at once if that is so already. Not after \a owner is gone. Without \a ended there is nothing but touch().
    void add(QObject *owner, const SessionInfo &info, std::function<void()> ended);
    /// What \a owner does is activity of its session, which is written at most once per touch interval.
    void touch(const QObject *owner);

private:
    struct Watched
    {
        SessionInfo info; ///< key, user and version are kept up to date
        std::function<void()> ended;
        bool isStale = false; ///< the rest of info may have changed
    };

    /// What follows when a session has been looked at.
    enum class Then : quint8 { Nothing, Touch };

    void subscribe();
    void handle(const SessionEvent &event);
    void follow(const QObject *owner, Watched &watched, const SessionEvent &event);
    void check(const QObject *owner, Then then = Then::Nothing);
    [[nodiscard]] static bool passesOn(const Watched &watched, const QString &user);
    void checkAll();
    void lookForSuccessor(const QObject *owner, const SessionKey &key);
    void end(const QObject *owner);
    void moved(const SessionKey &from, const SessionKey &to);

    const std::shared_ptr<SessionStore> m_store;
    const std::shared_ptr<const SessionPolicy> m_policy;
    std::unordered_map<const QObject *, Watched> m_watched;
    QMultiHash<SessionKey, const QObject *> m_owners; ///< by the key that their session has now
    QTimer *m_timer = nullptr; ///< from the first session on
    bool m_isSubscribed = false; ///< or will be
};

} // namespace Sojourn
