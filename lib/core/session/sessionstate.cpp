// SPDX-License-Identifier: MIT
#include "session_p.h"

#include "value/random_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

QByteArray randomSecret()
{
    std::array<quint8, 16> bytes;
    Detail::fillRandom(bytes);
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

} // namespace

std::chrono::milliseconds SessionPolicy::touchIntervalFor(const SessionInfo &info) const
{
    if (touchInterval)
        return *touchInterval;
    const bool ownIdle = info.expiry && info.expiry->kind() == Expiry::Kind::OnInactivity;
    return std::clamp<std::chrono::milliseconds>((ownIdle ? info.expiry->idle() : idle) / 10, std::chrono::seconds(1),
                                                 std::chrono::seconds(60));
}

SessionState::SessionState(std::optional<SessionId> id, std::shared_ptr<SessionStore> store,
                           std::shared_ptr<const SessionPolicy> policy, std::optional<Expiry> ownExpiry)
    : m_store(std::move(store)),
      m_policy(std::move(policy)),
      m_id(id),
      m_ownExpiry(ownExpiry),
      m_chain(Detail::newChain()),
      m_known(id ? Known::NotLoaded : Known::Absent)
{
    if (id)
        m_key = id->key();
}

SessionState::SessionState(const SessionId &id, SessionRecord record, std::shared_ptr<SessionStore> store,
                           std::shared_ptr<const SessionPolicy> policy)
    : SessionState(id, std::move(store), std::move(policy))
{
    adopt(std::move(record));
}

// ---- Running operations

/// Runs \a use on the result of \a task, a store's, and counts the operation. \a use returns a Result or the task that follows.
/// Where that is not done at once, what inOrder() began ends with it.
template<class T, class F>
auto SessionState::handle(Task<T> task, F &&use)
{
    using Next = decltype(Task(use(task.takeResult())));
    if (task.isFinished()) {
        Result<T> result = task.takeResult();
        count(result, std::chrono::nanoseconds::zero());
        return Next(use(std::move(result)));
    }
    const TaskPromise<typename Next::Value> promise(task.chain());
    task.then([self = shared_from_this(), promise, started = std::chrono::steady_clock::now(),
               use = std::forward<F>(use)](Result<T> result) mutable {
        self->count(result, std::chrono::steady_clock::now() - started);
        Next next(use(std::move(result)));
        if (!next.isFinished()) {
            next.then([promise](Result<typename Next::Value> done) { promise.finish(std::move(done)); });
            return;
        }
        self->m_busy = false;
        promise.finish(next.takeResult());
        self->runNext();
    });
    return promise.task();
}

template<class T>
void SessionState::count(const Result<T> &result, std::chrono::nanoseconds duration)
{
    m_store->counters().countOperation(duration, result ? nullptr : &result.error());
}

/// Runs \a operation, which returns a task, when those before it have finished, so that each sees what the last one left. If the
/// task is not finished at once it must be one of handle().
template<class F>
auto SessionState::inOrder(F &&operation) -> std::invoke_result_t<F>
{
    using Value = typename std::invoke_result_t<F>::Value;
    const Detail::ChainScope scope(m_chain);
    if (m_busy) {
        const TaskPromise<Value> promise;
        m_waiting.push_back([this, promise, operation = std::forward<F>(operation)]() mutable {
            inOrder(std::move(operation)).then([promise](Result<Value> done) { promise.finish(std::move(done)); });
        });
        return promise.task();
    }

    m_busy = true;
    Task<Value> task = operation();
    if (task.isFinished()) {
        m_busy = false;
        runNext();
    }
    return task;
}

void SessionState::runNext()
{
    while (!m_busy && !m_waiting.empty()) {
        auto next = std::move(m_waiting.front());
        m_waiting.erase(m_waiting.begin());
        next();
    }
}

// ---- Loading

Task<void> SessionState::load()
{
    m_read = true;
    if (m_known != Known::NotLoaded)
        return {};
    return inOrder([this] { return m_known == Known::NotLoaded ? read() : Task<void>(); });
}

bool SessionState::ensureLoaded()
{
    m_read = true;
    if (m_known == Known::NotLoaded && !m_error) {
        // One failure is enough: a second wait would double the time that the visitor waits for the same answer.
        if (const auto result = m_store->waitFor(load()); !result)
            m_error = result.error();
    }
    return m_known != Known::NotLoaded;
}

Task<void> SessionState::read()
{
    if (!m_id) {
        m_known = Known::Absent;
        return {};
    }
    return handle(m_store->load(m_id->key()), [this](Result<SessionRecord> record) -> Result<void> {
        if (record) {
            adopt(std::move(*record));
        } else if (record.error() == Error::NotFound || record.error() == Error::Replaced) {
            // Loaded before, it has ended meanwhile: what was read of it is no longer true. With a replaced id, the browser has
            // or is about to get the id that took its place.
            const bool endedMeanwhile = m_known == Known::Loaded || record.error() == Error::Replaced;
            if (!endedMeanwhile)
                m_store->counters().countRejectedId();
            SessionChange unsaved = std::move(m_change);
            forget();
            m_change = std::move(unsaved);
            m_lost = m_lost || endedMeanwhile;
        } else {
            m_error = record.error();
            return std::unexpected(std::move(record.error()));
        }
        m_error.reset();
        return {};
    });
}

void SessionState::adopt(SessionRecord record)
{
    m_known = Known::Loaded;
    m_key = record.key;
    m_viaGrace = m_key != m_id->key();
    m_record = std::move(record);
    m_data = m_record.data;
    if (m_record.rotateRequested && !m_viaGrace && !m_rotate) {
        requestRotation(); // an operator's wish; pages built from here on carry the new CSRF token
        m_rotationIsOperators = true;
    }
    if (m_change.clearsFirst() || !m_change.attributes().isEmpty()) {
        SessionRecord merged = m_record;
        if (m_change.applyTo(merged, m_store->now(), std::numeric_limits<qsizetype>::max()))
            m_data = merged.data;
    }
}

void SessionState::forget()
{
    m_known = Known::Absent;
    m_id.reset();
    m_key = {};
    m_record = {};
    m_data.clear();
    m_change = {};
    m_viaGrace = false;
    m_rotate = false;
    if (m_cookie == Cookie::Set)
        m_cookie = Cookie::None;
}

// ---- Writing

bool SessionState::createsRecord() const
{
    const bool setsAttribute = std::ranges::any_of(m_change.attributes(), [](const SessionChange::Attribute &a) {
        return a.operation != SessionChange::Attribute::Remove;
    });
    return setsAttribute || (m_change.user && !m_change.user->isEmpty()) || !m_change.flash.isEmpty()
        || (m_known == Known::Absent && !m_change.csrfSecret.isEmpty());
}

bool SessionState::touchIsDue() const
{
    return m_store->now() - m_record.lastSeenAt >= m_policy->touchIntervalFor(m_record);
}

bool SessionState::renewalIsDue() const
{
    return m_policy->renewInterval && !m_viaGrace && m_store->now() - m_record.idIssuedAt >= *m_policy->renewInterval;
}

void SessionState::setCookie(Cookie cookie, When when)
{
    m_cookie = cookie;
    m_cookieIsImmediate = m_cookieIsImmediate || when == When::AtOnce;
}

Task<void> SessionState::commit(bool failed)
{
    return inOrder([this, failed]() -> Task<void> {
        if (failed) {
            if (!m_cookieIsImmediate)
                m_cookie = Cookie::None;
            return {};
        }
        if (m_error) {
            if (!m_cookieIsImmediate)
                m_cookie = Cookie::None;
            return std::unexpected(*m_error);
        }
        if (m_destroy)
            return removeRecord(When::WithResponse, false);
        return write(When::WithResponse, m_rotate);
    });
}

Task<void> SessionState::reload()
{
    m_read = true;
    return inOrder([this] { return read(); });
}

Task<void> SessionState::save()
{
    return inOrder([this]() -> Task<void> {
        if (m_error && m_change.isEmpty())
            return std::unexpected(*m_error); // what was to be saved is gone already
        m_error.reset();
        return write(When::AtOnce, false);
    });
}

Task<void> SessionState::deleteRecord()
{
    return inOrder([this] { return removeRecord(When::AtOnce, true); });
}

Task<void> SessionState::flush()
{
    return inOrder([this] {
        if (m_known == Known::Absent)
            forget(); // what was never saved goes too
        return removeRecord(When::AtOnce, false);
    });
}

Task<void> SessionState::cycleId()
{
    std::ignore = load();
    return inOrder([this]() -> Task<void> {
        if (m_error)
            return std::unexpected(*m_error);
        return write(When::AtOnce, true);
    });
}

Task<QByteArray> SessionState::takeFlash()
{
    std::ignore = load();
    return inOrder([this]() -> Task<QByteArray> {
        if (m_error)
            return std::unexpected(*m_error);
        if (m_known == Known::Absent)
            return QByteArray();
        return handle(m_store->takeFlash(m_key), [this](Result<QByteArray> taken) -> Result<QByteArray> {
            if (!taken && taken.error() == Error::NotFound)
                return QByteArray();
            if (!taken)
                m_error = taken.error();
            return taken;
        });
    });
}

Task<qint64> SessionState::revokeUserSessions(bool keepCurrent)
{
    std::ignore = load();
    return inOrder([this, keepCurrent]() -> Task<qint64> {
        if (m_error)
            return std::unexpected(*m_error);
        const QString user = m_record.user;
        if (user.isNull())
            return qint64(0);
        const auto failedToRevoke = [this](Error error) -> Result<qint64> {
            return std::unexpected(failed(std::move(error)).error());
        };

        // The current session first: if it has ended meanwhile, its request may neither revoke nor keep another in its place.
        if (keepCurrent) {
            return handle(m_store->load(m_key), [=, this](Result<SessionRecord> current) -> Task<qint64> {
                if (!current)
                    return failedToRevoke(std::move(current.error()));
                return handle(m_store->removeUser(user, current->key, SessionStore::Removal::User), [=](Result<qint64> revoked) {
                    return revoked ? revoked : failedToRevoke(std::move(revoked.error()));
                });
            });
        }
        return handle(m_store->remove(m_key, SessionStore::Removal::User),
                      [=, this](Result<SessionInfo> current) -> Task<qint64> {
                          if (!current)
                              return failedToRevoke(std::move(current.error()));
                          forget();
                          setCookie(Cookie::Remove, When::AtOnce);
                          return handle(m_store->removeUser(user, {}, SessionStore::Removal::User), [=](Result<qint64> others) {
                              return others ? Result<qint64>(*others + 1) : failedToRevoke(std::move(others.error()));
                          });
                      });
    });
}

/// Writes m_change, under a fresh id if \a rotate.
Task<void> SessionState::write(When when, bool rotates)
{
    if (m_known == Known::NotLoaded)
        return {};
    if (m_lost) {
        // Even a new session is refused: its cookie would undo the one that the browser has by now.
        const bool dropsChange = m_known == Known::Absent ? createsRecord()
                                                          : !m_change.isEmpty() || (rotates && !m_rotationIsOperators);
        return dropsChange ? failed({Error::NotFound, {}}) : Result<void>();
    }
    if (m_known == Known::Absent && m_keepsNothing)
        return {};
    if (m_known == Known::Absent)
        return createsRecord() ? create(rotates && when == When::AtOnce ? When::AtOnce : When::WithResponse) : Task<void>();

    const bool renews = !rotates && when == When::WithResponse && renewalIsDue();
    const bool touches = touchIsDue();
    if (m_change.isEmpty() && !rotates && !renews && !touches)
        return {};
    SessionChange change = std::exchange(m_change, {});
    change.defaultIdle = m_policy->idle;
    if (change.user && !change.user->isEmpty())
        change.cap = m_policy->cap;
    if (touches)
        change.touch = SessionChange::Touch{m_store->now(), m_policy->touchIntervalFor(m_record)};

    if (rotates)
        return rotate(std::move(change), when);
    return renews ? renew(std::move(change)) : update(change);
}

Task<void> SessionState::create(When when, int attempts)
{
    const TimePoint now = m_store->now();
    const SessionId id = SessionId::generate();

    SessionRecord record;
    static_cast<SessionInfo &>(record) = newInfo(now);
    record.key = id.key();
    record.csrfSecret = randomSecret();
    if (const auto merged = m_change.applyTo(record, now, m_store->sizeLimit()); !merged)
        return failed(merged.error());
    record.version = 1;

    const std::optional<UserCap> cap = record.user.isNull() ? std::nullopt : m_policy->cap;
    return handle(m_store->create(record, cap), [this, id, record, when, attempts](Result<SessionInfo> info) -> Task<void> {
        if (!info && info.error() == Error::Exists && attempts > 1)
            return create(when, attempts - 1);
        if (!info)
            return failed(std::move(info.error()));
        m_change = {};
        m_rotate = false;
        m_known = Known::Loaded;
        m_id = id;
        m_record = record;
        saved(*info, record.data);
        m_key = info->key;
        setCookie(Cookie::Set, when);
        return {};
    });
}

Task<void> SessionState::update(const SessionChange &change)
{
    const bool touchOnly = change.isTouchOnly();
    const bool movesExpiry = change.expiry.has_value();
    const auto touch = change.touch;
    return handle(m_store->update(m_key, change), [=, this, data = m_data](Result<SessionInfo> info) -> Result<void> {
        if (!info && info.error() == Error::NotFound && touchOnly)
            return lostTouch();
        if (!info)
            return failed(std::move(info.error()));
        m_viaGrace = m_viaGrace || info->key != m_key;
        saved(*info, data);
        // Another request may have touched it meanwhile: then that one's answer has the cookie.
        const bool touched = touch && info->lastSeenAt == touch->at;
        if ((touched || movesExpiry) && !m_viaGrace)
            setCookie(Cookie::Set, When::WithResponse);
        return {};
    });
}

/// Login, change of role, or an operator's wish: the old id and the old CSRF token die.
Task<void> SessionState::rotate(SessionChange change, When when)
{
    m_rotate = false;
    const bool isTouchOnly = m_rotationIsOperators && change.isTouchOnly();
    change.csrfSecret = m_rotationSecret.isEmpty() ? randomSecret() : std::exchange(m_rotationSecret, {});
    return moveRecord(std::move(change), when, {}, isTouchOnly);
}

/// The periodic fresh id: the old one stays good for a while, and missing the moment is no loss.
Task<void> SessionState::renew(SessionChange change)
{
    const bool isTouchOnly = change.isTouchOnly();
    const bool logsIn = change.user && !change.user->isEmpty(); // ends every grace
    return moveRecord(std::move(change), When::WithResponse, logsIn ? std::chrono::milliseconds::zero() : m_policy->grace,
                      isTouchOnly);
}

Task<void> SessionState::moveRecord(SessionChange change, When when, std::chrono::milliseconds grace, bool isTouchOnly)
{
    const SessionId id = SessionId::generate();
    Task<SessionInfo> moving = m_store->rotate(m_key, id.key(), change, grace);
    return handle(std::move(moving),
                  [=, this, change = std::move(change), data = m_data](Result<SessionInfo> info) -> Result<void> {
                      if (!info && info.error() == Error::NotFound && isTouchOnly)
                          return lostTouch();
                      if (!info)
                          return failed(std::move(info.error()));
                      if (info->key == id.key()) {
                          m_id = id;
                          m_viaGrace = false;
                          if (!change.csrfSecret.isEmpty())
                              m_record.csrfSecret = change.csrfSecret;
                          setCookie(Cookie::Set, when);
                      } else {
                          m_viaGrace = true; // another request has renewed it already
                      }
                      saved(*info, data);
                      return {};
                  });
}

Task<void> SessionState::removeRecord(When when, bool keepId)
{
    if (m_known == Known::Absent)
        return {};
    return handle(m_store->remove(m_key, SessionStore::Removal::Destroyed), [=, this](Result<SessionInfo> removed) -> Task<void> {
        if (!removed && removed.error() != Error::NotFound)
            return failed(std::move(removed.error()));
        if (!removed)
            return missedRemoval(when, keepId);
        forgetRemoved(keepId);
        if (!keepId)
            setCookie(Cookie::Remove, when);
        return {};
    });
}

/// The record to be removed had ended before. Nothing is left to do, unless it lives on under another id: then the visitor is
/// still logged in.
Task<void> SessionState::missedRemoval(When when, bool keepId)
{
    return handle(m_store->load(m_key), [=, this](Result<SessionRecord> record) -> Result<void> {
        const bool isReplaced = !record && record.error() == Error::Replaced;
        if (m_known == Known::NotLoaded && !isReplaced)
            m_store->counters().countRejectedId();
        else
            m_lost = true;
        if (isReplaced && when == When::WithResponse)
            return failed({Error::NotFound, {}});
        forgetRemoved(keepId);
        return {};
    });
}

void SessionState::forgetRemoved(bool keepId)
{
    const std::optional<SessionId> id = m_id;
    forget();
    if (keepId) {
        m_id = id;
        m_key = id->key();
        m_known = Known::NotLoaded;
    }
}

/// The record went away before a touch that changed nothing else: no harm, but no cookie either.
Result<void> SessionState::lostTouch()
{
    m_lost = true;
    m_cookie = Cookie::None;
    m_cookieIsImmediate = false;
    return {};
}

void SessionState::saved(const SessionInfo &info, const SessionData &data)
{
    static_cast<SessionInfo &>(m_record) = info;
    m_record.data = data;
    m_record.flash.clear();
    m_key = info.key;
    m_error.reset();
}

/// A change was dropped because of \a error: no cookie of this request may undo a newer one.
Result<void> SessionState::failed(Error error)
{
    if (error == Error::NotFound || error == Error::Replaced) {
        m_store->counters().countConflict();
        m_lost = true;
        error.code = Error::NotFound;
        error.text = u"The session ended or got another id while this request was under way, so its changes were not saved."_s;
    }
    // What cycleId() or flush() did stands, and the browser must hear of it.
    if (m_lost || !m_cookieIsImmediate) {
        m_cookie = Cookie::None;
        m_cookieIsImmediate = false;
    }
    m_change = {};
    m_data = m_record.data;
    m_error = error;
    return std::unexpected(std::move(error));
}

// ---- What calls of Session share

void SessionState::setAttribute(QByteArrayView name, QByteArrayView json)
{
    m_change.set(name, json);
    m_data.insert(name, json);
    m_modified = true;
}

void SessionState::requestRotation()
{
    if (!m_rotate)
        m_rotationSecret = randomSecret();
    m_rotate = true;
}

QByteArray SessionState::csrfSecret()
{
    if (m_rotate && m_known == Known::Loaded)
        return m_rotationSecret;
    if (!m_change.csrfSecret.isEmpty())
        return m_change.csrfSecret;
    if (m_record.csrfSecret.isEmpty()) {
        m_modified = true;
        return m_change.csrfSecret = randomSecret();
    }
    return m_record.csrfSecret;
}

/// What a record says that is created at \a now.
SessionInfo SessionState::newInfo(TimePoint now) const
{
    SessionInfo info;
    info.createdAt = info.lastSeenAt = info.idIssuedAt = now;
    if (m_policy->absolute)
        info.absoluteExpiresAt = now + *m_policy->absolute;
    info.expiry = m_ownExpiry;
    info.expiresAt = info.deadlineFrom(now, m_policy->idle);
    return info;
}

SessionInfo SessionState::info() const
{
    SessionInfo info = m_known == Known::Loaded ? SessionInfo(m_record) : newInfo(m_store->now());
    info.key = m_key;
    if (m_known == Known::Loaded && m_change.expiry) {
        info.expiry = *m_change.expiry;
        info.expiresAt = info.deadlineFrom(m_store->now(), m_policy->idle);
    }
    if (m_change.user)
        info.user = m_change.user->isEmpty() ? QString() : *m_change.user;
    info.size = m_data.size();
    info.attributeCount = m_data.count();
    return info;
}

std::optional<std::chrono::seconds> SessionState::maxAge() const
{
    const bool endsWithBrowser = m_record.expiry ? m_record.expiry->kind() == Expiry::Kind::OnSessionEnd : m_policy->sessionEnd;
    if (endsWithBrowser)
        return std::nullopt;
    return std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(m_record.expiresAt - m_store->now()));
}

} // namespace Sojourn
