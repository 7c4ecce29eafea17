// SPDX-License-Identifier: MIT
#pragma once

// What a Session shares between its copies, and what a front end does with it around a request. Not installed API for
// applications.

#include "sessionpolicy.h"
#include <Sojourn/sessionid.h>
#include <Sojourn/sessionstore.h>

#include <vector>

namespace Sojourn {

/// The life of one session in one request: load, changes, commit.
class SOJOURN_CORE_EXPORT SessionState : public std::enable_shared_from_this<SessionState>
{
public:
    enum class Cookie : quint8 { None, Set, Remove };

    SessionState(std::optional<SessionId> id, std::shared_ptr<SessionStore> store, std::shared_ptr<const SessionPolicy> policy,
                 std::optional<Expiry> ownExpiry = {});
    /// A session whose record a front end has loaded under \a id.
    SessionState(const SessionId &id, SessionRecord record, std::shared_ptr<SessionStore> store,
                 std::shared_ptr<const SessionPolicy> policy);
    Q_DISABLE_COPY_MOVE(SessionState)

    /// From now on no record is created: changes of a session that has none are forgotten with the request.
    void keepNothing() { m_keepsNothing = true; }
    /// The record could not be loaded because of \a error.
    void fail(Error error) { m_error = std::move(error); }

    /// Loads the record unless that has happened.
    Task<void> load();
    /// Writes what the request did; called once, when its response is about to leave. With \a failed (5xx) only immediate
    /// operations stand. Error::NotFound, Conflict and Invalid mean that changes were dropped.
    Task<void> commit(bool failed);

    // The immediate operations of Session.
    Task<void> reload();
    Task<void> save();
    Task<void> deleteRecord();
    Task<void> flush();
    Task<void> cycleId();
    Task<QByteArray> takeFlash();
    Task<qint64> revokeUserSessions(bool keepCurrent);

    /// After commit(): what to do with the browser's cookie.
    Cookie cookie() const { return m_cookie; }
    /// Max-Age for Cookie::Set; nothing for a cookie that ends with the browser.
    std::optional<std::chrono::seconds> maxAge() const;
    /// Whether the handler asked for anything that depends on the session.
    bool wasRead() const { return m_read; }

private:
    friend class Session;

    enum class Known : quint8 { NotLoaded, Loaded, Absent };
    enum class When : quint8 { AtOnce, WithResponse };

    // What the calls of Session share.
    bool ensureLoaded();
    void setAttribute(QByteArrayView name, QByteArrayView json);
    void requestRotation();
    QByteArray csrfSecret();
    SessionInfo newInfo(TimePoint now) const;
    SessionInfo info() const;
    bool createsRecord() const;

    // Operations against the store, one after the other.
    Task<void> read();
    Task<void> write(When when, bool rotate);
    Task<void> create(When when, int attempts = 3);
    Task<void> update(const SessionChange &change);
    Task<void> rotate(SessionChange change, When when);
    Task<void> renew(SessionChange change);
    Task<void> moveRecord(SessionChange change, When when, std::chrono::milliseconds grace, bool isTouchOnly);
    Task<void> removeRecord(When when, bool keepId);
    Task<void> missedRemoval(When when, bool keepId);

    void adopt(SessionRecord record);
    void forget();
    void forgetRemoved(bool keepId);
    Result<void> lostTouch();
    void saved(const SessionInfo &info, const SessionData &data);
    Result<void> failed(Error error);
    void setCookie(Cookie cookie, When when);
    bool touchIsDue() const;
    bool renewalIsDue() const;

    template<class T, class F>
    auto handle(Task<T> task, F &&use);
    template<class T>
    void count(const Result<T> &result, std::chrono::nanoseconds duration);
    template<class F>
    auto inOrder(F &&operation) -> std::invoke_result_t<F>;
    void runNext();

    std::shared_ptr<SessionStore> m_store;
    std::shared_ptr<const SessionPolicy> m_policy;
    std::optional<SessionId> m_id;
    SessionKey m_key;                // of the record; differs from that of m_id if m_id is in its grace time
    SessionRecord m_record;          // as the store had it last
    SessionData m_data;              // that of m_record with m_change applied
    SessionChange m_change;          // what is not saved yet
    std::optional<Expiry> m_ownExpiry; // of a record to be created
    std::optional<Error> m_error;
    std::vector<std::move_only_function<void()>> m_waiting;
    QByteArray m_rotationSecret;     // the CSRF secret that comes with the rotation
    int m_chain;
    Known m_known = Known::NotLoaded;
    Cookie m_cookie = Cookie::None;
    bool m_cookieIsImmediate = false;
    bool m_viaGrace = false;
    bool m_lost = false;             // the record went away while we had it
    bool m_read = false;
    bool m_modified = false;
    bool m_rotate = false;
    bool m_rotationIsOperators = false; // the record asked for it, not the handler
    bool m_destroy = false;
    bool m_busy = false;
    bool m_keepsNothing = false;
};

} // namespace Sojourn
