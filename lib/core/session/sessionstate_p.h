// SPDX-License-Identifier: MIT
#pragma once

// What a Session shares between its copies, and what a front end does with it around a request. Not installed API for
// applications.

#include "sessionpolicy.h"
#include "workingdata_p.h"
#include <Sojourn/sessionid.h>
#include <Sojourn/sessionstore.h>

#include <chrono>
#include <vector>

QT_BEGIN_NAMESPACE
class QThread;
QT_END_NAMESPACE

namespace Sojourn {

/// The life of one session in one request: load, changes, commit.
class SOJOURN_CORE_EXPORT SessionState : public std::enable_shared_from_this<SessionState>
{
public:
    enum class Cookie : quint8 { None, Set, Remove };
    static constexpr qsizetype SecretSize = 16; ///< bytes of a CSRF secret

    SessionState(std::optional<SessionId> id, std::shared_ptr<SessionStore> store, std::shared_ptr<const SessionPolicy> policy,
                 std::optional<Expiry> ownExpiry = {});
    /// A session whose record a front end has loaded under \a id, which it began to do at \a readAt.
    SessionState(const SessionId &id, SessionRecord record, quint64 readAt, std::shared_ptr<SessionStore> store,
                 std::shared_ptr<const SessionPolicy> policy);
    ~SessionState();
    Q_DISABLE_COPY_MOVE(SessionState)

    /// The next place in the order in which requests of this process read flash values: to be taken before the record is loaded.
    [[nodiscard]] static quint64 moment();

    /// From now on no record is created: changes of a session that has none are forgotten with the request.
    void keepNothing() { m_keepsNothing = true; }
    /// What is known of the visitor now. It is stored with the next write and causes none itself.
    void keepVisit(const QString &address, const QString &userAgent) { m_visitor = {.address = address, .userAgent = userAgent}; }
    /// The record could not be loaded because of \a error.
    void fail(Error error)
    {
        m_known = Known::NotLoaded;
        m_error = m_loadError = std::move(error);
    }

    /// rotate() took the id away a moment ago: there is no record, and what would be saved is refused.
    void markReplaced()
    {
        forget();
        m_lost = m_isReplaced = true;
    }

    /// The browser offered \a keys too: they end with the session.
    void endsWith(std::vector<SessionKey> keys) { m_endsToo = std::move(keys); }

    /// Loads the record unless that has happened.
    Task<void> load();
    /// Writes what the request did; called once, when its response is about to leave. With \a failed (5xx) only immediate
    /// operations stand. Error::NotFound, Conflict and Invalid mean that changes were dropped. What no change depends on (a
    /// touch, a renewal, an operator's rotation) may fail: then there is no cookie, and no error.
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
    bool isPassive() const { return m_passive; }
    /// Whether flash values are added or taken when the response leaves.
    bool movesFlash() const { return !m_change.flash.isEmpty() || !m_handedOutFlash.isEmpty(); }
    /// Whether an immediate operation of the handler wrote something.
    bool wroteAtOnce() const { return m_wroteAtOnce; }
    /// Whether a record was found or created, or was looked for in vain.
    bool isLoaded() const { return m_known == Known::Loaded; }
    bool isAbsent() const { return m_known == Known::Absent; }
    /// Whether the record went away while the request had it, or its id was replaced a moment ago.
    bool isLost() const { return m_lost; }
    /// As the store had it last; meaningful if isLoaded().
    const SessionInfo &record() const { return m_record; }

private:
    friend class Session;

    enum class Known : quint8 { NotLoaded, Loaded, Absent };
    enum class When : quint8 { AtOnce, WithResponse };
    enum class Stage : quint8 { Open, Committed };
    /// Who wants a fresh id with the response.
    enum class Rotation : quint8 { None, Operator, Handler };
    enum class Removal : quint8 { None, Wanted, Done };
    /// Whether the request fails if the write does.
    enum class Weight : quint8 { Optional, Required };

    // What the calls of Session share.
    bool isUsedHere() const;
    bool ensureLoaded();
    void refuse(Error error);
    std::optional<QJsonValue> value(QAnyStringView name) const;
    void setAttribute(QByteArrayView name, const QByteArray &json);
    void requestRotation(Rotation rotation);
    std::unexpected<Error> unreadable() const;
    QByteArray csrfSecret();
    static QByteArrayList secrets(const QByteArray &stored);
    QByteArrayList rightSecrets() const;
    static QJsonArray flashValues(const QByteArray &flash);
    QByteArray handOutFlash();
    QByteArray ownSecret() const;
    VisitFacts visitFacts() const;
    SessionInfo newInfo(TimePoint now) const;
    SessionInfo info() const;
    bool createsRecord() const;

    // Operations against the store, one after the other.
    Task<void> read();
    Task<void> destroyNow();
    Task<void> write(When when, Rotation rotation);
    Task<void> create(When when, int attempts = 3);
    Task<void> update(const SessionChange &change, Weight weight);
    Task<void> moveRecord(const SessionChange &change, When when, std::chrono::milliseconds grace, Weight weight);
    Task<void> takeHandedOutFlash();
    Task<void> putBackFlash(const QByteArray &flash, Result<void> failed);
    Task<void> removeRecord(When when, bool keepId);
    Task<void> removeOthers(When when, bool keepId);
    Task<void> missedRemoval(When when, bool keepId);

    void adopt(SessionRecord &&record);
    void forget();
    void forgetRemoved(bool keepId);
    Result<void> skipped(const Error &error);
    void saved(SessionInfo &&info, const SessionData &data);
    Error told(Error error);
    Result<void> failed(Error error);
    Result<void> notRemoved(Error error, When when);
    void setCookie(Cookie cookie, When when);
    void dropCookie();
    bool touchIsDue() const;
    bool renewalIsDue() const;

    template<class Call, class F>
    auto handle(Call &&call, F &&use);
    template<class F>
    auto inOrder(F &&operation) -> std::invoke_result_t<F>;
    void runNext();

    void dropChanges();
    bool hasChanges() const;
    void releaseFlash();

    const std::shared_ptr<SessionStore> m_store;
    const std::shared_ptr<const SessionPolicy> m_policy;
    const Qt::HANDLE m_thread;
    std::optional<SessionId> m_id;
    SessionKey m_idKey; // of m_id
    SessionKey m_key; // of the record; differs from that of m_id if m_id is in its grace time
    std::vector<SessionKey> m_endsToo; // what else the browser offered: nothing of it may live on after a log-out
    SessionRecord m_record; // as the store had it last
    WorkingData m_data; // that of m_record with m_change applied
    SessionChange m_change; // what is not saved yet
    std::optional<Expiry> m_ownExpiry; // of a record to be created
    std::optional<VisitFacts> m_visitor; // where visits are kept: who asks
    std::optional<Error> m_error; // of the last call that failed
    std::optional<Error> m_loadError; // why the record could not be read
    std::optional<Error> m_refusal; // of a change that was refused when it was made
    std::vector<MoveOnlyFunction<void()>> m_waiting;
    QByteArray m_rotationSecret; // the CSRF secret that comes with the rotation
    QByteArray m_givenSecret; // of the token that was handed out before it
    QByteArray m_handedOutFlash; // flash values to be taken from the store with the commit
    SessionKey m_flashKey; // under which they are claimed
    quint64 m_readAt = 0; // the moment() before the record was loaded
    int m_chain;
    Known m_known = Known::NotLoaded;
    Stage m_stage = Stage::Open;
    Rotation m_rotation = Rotation::None;
    Removal m_removal = Removal::None;
    Cookie m_cookie = Cookie::None;
    bool m_cookieIsImmediate = false;
    bool m_viaGrace = false;
    bool m_isUnmerged = false; // m_data lacks what m_change would do, as that cannot be done
    bool m_lost = false; // the record went away while we had it
    bool m_isReplaced = false; // rotate() took the id away a moment ago
    bool m_keepsNothing = false;
    bool m_passive = false;
    bool m_wroteAtOnce = false;
    bool m_read = false;
    bool m_modified = false;
    bool m_busy = false;
};

} // namespace Sojourn
