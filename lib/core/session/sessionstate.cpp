// SPDX-License-Identifier: MIT
#include "sessionstate_p.h"

#include "flashclaims_p.h"
#include "value/random_p.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonArray>
#include <QtCore/QLoggingCategory>
#include <QtCore/QThread>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace Sojourn {

static Q_LOGGING_CATEGORY(lcSession, "sojourn.session");

namespace {
/// How long the id before an operator's rotation stays good where the policy has no grace time: a page sends several requests
/// at once.
constexpr std::chrono::milliseconds OperatorsGrace = std::chrono::seconds(30);

QByteArray randomSecret()
{
    std::array<quint8, SessionState::SecretSize> bytes;
    Detail::fillRandom(bytes);
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

Error foreignThread()
{
    return {Error::Invalid, u"The session was used in a thread that is not its own, so nothing was done."_s};
}

Error sentAlready()
{
    return {Error::Invalid,
            u"The response has left already, so the browser would not get the session's id. Do this before answering."_s};
}

} // namespace

SessionState::SessionState(std::optional<SessionId> id, std::shared_ptr<SessionStore> store,
                           std::shared_ptr<const SessionPolicy> policy, std::optional<Expiry> ownExpiry)
    : m_store(std::move(store)),
      m_policy(std::move(policy)),
      m_thread(QThread::currentThreadId()),
      m_id(id),
      m_ownExpiry(ownExpiry),
      m_chain(Detail::newChain()),
      m_known(id ? Known::NotLoaded : Known::Absent)
{
    if (id)
        m_key = m_idKey = id->key();
}

SessionState::SessionState(const SessionId &id, SessionRecord record, quint64 readAt, std::shared_ptr<SessionStore> store,
                           std::shared_ptr<const SessionPolicy> policy)
    : SessionState(id, std::move(store), std::move(policy))
{
    m_readAt = readAt;
    adopt(std::move(record));
}

quint64 SessionState::moment()
{
    return FlashClaims::instance().moment();
}

SessionState::~SessionState()
{
    releaseFlash();
    if (m_stage != Stage::Committed || !hasChanges())
        return;
    static std::atomic_flag warned;
    if (!warned.test_and_set()) {
        qCWarning(
            lcSession,
            "A session was changed after its response had been sent, and the change was lost. Change it before answering, or "
            "call save(). (This is said once.)");
    }
}

// ---- Running operations

/// Calls \a call, an operation of the store, runs \a use on its result, and counts the operation. \a use returns a Result or the
/// task that follows.
template<class Call, class F>
auto SessionState::handle(Call &&call, F &&use)
{
    OperationTimer timer(m_store->counters());
    auto task = call();
    using Outcome = Result<typename decltype(task)::Value>;
    using Next = decltype(Task(use(task.takeResult())));
    if (task.isFinished()) {
        Outcome result = task.takeResult();
        timer.endedAtOnce(result ? nullptr : &result.error());
        return Next(use(std::move(result)));
    }
    return task.then([self = shared_from_this(), started = timer.started(), use = std::forward<F>(use)](Outcome result) mutable {
        self->m_store->counters().countOperation(std::chrono::steady_clock::now() - started, result ? nullptr : &result.error());
        return Next(use(std::move(result)));
    });
}

/// Whether this thread may use the session: the one that it was made in, which must be that of the store.
bool SessionState::isUsedHere() const
{
    if (QThread::currentThreadId() == m_thread && m_store->isUsedHere())
        return true;
    static std::atomic_flag warned;
    if (!warned.test_and_set()) {
        qCWarning(
            lcSession,
            "A session was used in a thread that is not its own, and the call was refused. Use a session in the thread that "
            "handles its request, which is that of its store; QMetaObject::invokeMethod() takes you there. (This is said "
            "once.)");
    }
    return false;
}

/// Runs \a operation, which returns a task, when those before it have finished, so that each sees what the last one left.
template<class F>
auto SessionState::inOrder(F &&operation) -> std::invoke_result_t<F>
{
    using Value = typename std::invoke_result_t<F>::Value;
    if (!isUsedHere())
        return std::unexpected(foreignThread());
    const Detail::ChainScope scope(m_chain);
    if (m_busy) {
        const TaskPromise<Value> promise;
        m_waiting.push_back([this, promise, operation = std::forward<F>(operation)]() mutable {
            inOrder(std::move(operation)).forwardTo(promise);
        });
        return promise.task();
    }

    m_busy = true;
    Task<Value> task = operation();
    if (task.isFinished()) {
        m_busy = false;
        runNext();
        return task;
    }
    const TaskPromise<Value> promise; // whoever waits for it hears of it before the next operation begins
    task.then([self = shared_from_this(), promise](Result<Value> done) {
        self->m_busy = false;
        promise.finish(std::move(done));
        self->runNext();
    });
    return promise.task();
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
    if (!isUsedHere())
        return false;
    m_read = true;
    if (m_known == Known::NotLoaded && !m_loadError) {
        // One failure is enough: a second wait would double the time that the visitor waits for the same answer.
        if (const auto result = m_store->waitFor(load()); !result)
            m_error = m_loadError = result.error();
    }
    return m_known != Known::NotLoaded;
}

Task<void> SessionState::read()
{
    if (!m_id) {
        m_known = Known::Absent;
        return {};
    }
    m_readAt = moment();
    return handle([this] { return m_store->load(m_idKey); },
                  [this](Result<SessionRecord> &&record) -> Result<void> {
                      if (record) {
                          adopt(std::move(*record));
                      } else if (record.error().isAbsence()) {
                          // Loaded before, it has ended meanwhile: what was read of it is no longer true. With a replaced id, the
                          // browser has or is about to get the id that took its place.
                          const bool endedMeanwhile = m_known == Known::Loaded || record.error() == Error::Replaced;
                          if (!endedMeanwhile)
                              m_store->counters().countRejectedId();
                          const SessionKey absent = m_idKey;
                          SessionChange unsaved = std::move(m_change);
                          forget();
                          m_change = std::move(unsaved);
                          m_lost = m_lost || endedMeanwhile;
                          m_isReplaced = record.error() == Error::Replaced;
                          if (!endedMeanwhile)
                              m_endsToo = {absent};
                      } else {
                          m_error = m_loadError = record.error();
                          return std::unexpected(std::move(record.error()));
                      }
                      m_error.reset();
                      m_loadError.reset();
                      return {};
                  });
}

void SessionState::adopt(SessionRecord &&record)
{
    m_known = Known::Loaded;
    m_key = record.key;
    m_viaGrace = m_key != m_idKey;
    m_record = std::move(record);
    m_data = m_record.data;
    m_isUnmerged = false;
    if (m_record.rotateRequested && !m_viaGrace)
        requestRotation(Rotation::Operator); // pages built from here on carry the new CSRF token
    if (m_change.clearsFirst() || !m_change.attributes().isEmpty()) {
        SessionRecord merged = m_record;
        m_isUnmerged = !m_change.applyTo(merged, m_store->now(), std::numeric_limits<qsizetype>::max());
        if (!m_isUnmerged)
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
    m_rotation = Rotation::None;
    m_rotationSecret.clear();
    m_givenSecret.clear();
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

void SessionState::dropCookie()
{
    m_cookie = Cookie::None;
    m_cookieIsImmediate = false;
}

Task<void> SessionState::commit(bool failed)
{
    return inOrder([this, failed]() -> Task<void> {
        m_stage = Stage::Committed;
        if (m_removal == Removal::Wanted && !failed)
            return destroyNow();
        if (failed || m_refusal || (m_known == Known::NotLoaded && m_loadError)) {
            if (!m_cookieIsImmediate)
                m_cookie = Cookie::None;
            dropChanges();
            if (failed)
                return {};
            return std::unexpected(m_refusal ? *m_refusal : *m_loadError);
        }
        if (m_handedOutFlash.isEmpty())
            return write(When::WithResponse, m_rotation);
        return takeHandedOutFlash();
    });
}

/// What the handler's destroy() comes to, whatever became of the rest of the request.
Task<void> SessionState::destroyNow()
{
    static std::atomic_flag warned;
    if (!m_change.flash.isEmpty() && !warned.test_and_set()) {
        qCWarning(lcSession,
                  "A session was destroyed by the request that also added a flash value, so that is lost. Tell the page that "
                  "follows by its URL. (This is said once.)");
    }
    m_removal = Removal::Done;
    dropChanges();
    return removeRecord(When::WithResponse, false);
}

QJsonArray SessionState::flashValues(const QByteArray &flash)
{
    return decodeJson(flash).value_or(QJsonArray()).toArray();
}

/// Takes the flash values that the handler has got. If they are not there any more another process has handed them out too.
Task<void> SessionState::takeHandedOutFlash()
{
    return handle([this] { return m_store->takeFlash(m_key); },
                  [this](Result<QByteArray> result) -> Task<void> {
                      if (!result)
                          return failed(std::move(result.error()));
                      FlashClaims::instance().taken(m_flashKey);
                      const QJsonArray expected = flashValues(std::exchange(m_handedOutFlash, {}));
                      const QJsonArray taken = flashValues(*result);
                      if (taken.size() < expected.size() || !std::equal(expected.begin(), expected.end(), taken.begin())) {
                          return putBackFlash(*result,
                                              failed({Error::Conflict, u"Another request has shown the messages of this page "
                                                                       "already. Reload the page."_s}));
                      }
                      if (taken.size() > expected.size()) { // added meanwhile: back, in front of what this request adds
                          QJsonArray others;
                          for (qsizetype i = expected.size(); i < taken.size(); ++i)
                              others.append(taken[i]);
                          for (const auto &own : flashValues(m_change.flash))
                              others.append(own);
                          m_change.flash = encodeJson(others);
                      }
                      return write(When::WithResponse, m_rotation)
                          .then([self = shared_from_this(), all = std::move(*result)](Result<void> written) -> Task<void> {
                              return written || written.error().isAbsence() ? Task<void>(std::move(written))
                                                                            : self->putBackFlash(all, std::move(written));
                          });
                  });
}

/// Leaves the values of \a flash, which the visitor does not get because of the error of \a failed, to the next request.
Task<void> SessionState::putBackFlash(const QByteArray &flash, Result<void> failed)
{
    if (flash.isEmpty())
        return failed;
    SessionChange back;
    back.flash = flash;
    return handle([&] { return m_store->update(m_key, back); },
                  [failed = std::move(failed)](const Result<SessionInfo> &) { return failed; });
}

Task<void> SessionState::reload()
{
    m_read = true;
    return inOrder([this] { return read(); });
}

Task<void> SessionState::save()
{
    return inOrder([this]() -> Task<void> {
        if (m_refusal) // from now on it is the caller's, and what came before it is gone
            return failed(*std::exchange(m_refusal, {}));
        if (m_error && m_change.isEmpty())
            return std::unexpected(*m_error); // what was to be saved is gone already
        m_error.reset();
        return write(When::AtOnce, Rotation::None);
    });
}

Task<void> SessionState::deleteRecord()
{
    m_read = true;
    return inOrder([this] { return removeRecord(When::AtOnce, true); });
}

Task<void> SessionState::flush()
{
    m_read = true;
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
        if (m_refusal)
            return failed(*std::exchange(m_refusal, {}));
        if (m_known == Known::NotLoaded)
            return unreadable();
        return write(When::AtOnce, Rotation::Handler);
    });
}

Task<QByteArray> SessionState::takeFlash()
{
    std::ignore = load();
    return inOrder([this]() -> Task<QByteArray> {
        if (m_known == Known::NotLoaded)
            return unreadable();
        if (m_known == Known::Absent)
            return QByteArray();
        if (!FlashClaims::instance().claim(m_key, moment())) // a request that has not been answered yet has them
            return QByteArray();
        return handle([this] { return m_store->takeFlash(m_key); },
                      [this, key = m_key](Result<QByteArray> taken) -> Result<QByteArray> {
                          if (taken && !taken->isEmpty())
                              FlashClaims::instance().taken(key);
                          else
                              FlashClaims::instance().released(key);
                          if (!taken && taken.error() == Error::NotFound)
                              return QByteArray();
                          if (taken)
                              m_record.flash.clear();
                          else
                              m_error = taken.error();
                          return taken;
                      });
    });
}

Task<qint64> SessionState::revokeUserSessions(bool keepCurrent)
{
    std::ignore = load();
    return inOrder([this, keepCurrent]() -> Task<qint64> {
        if (m_known == Known::NotLoaded)
            return unreadable();
        const QString user = m_record.user;
        if (user.isNull())
            return qint64(0);
        const auto failedToRevoke = [this](Error error) -> Result<qint64> { return std::unexpected(told(std::move(error))); };

        const auto revokeOthers = [=, this](const std::optional<SessionKey> &except) -> Task<qint64> {
            return handle([=, this] { return m_store->removeUser(user, except, SessionStore::Removal::User); },
                          [=](Result<qint64> revoked) {
                              return revoked ? Result<qint64>(*revoked + (except ? 0 : 1))
                                             : failedToRevoke(std::move(revoked.error()));
                          });
        };

        // The current session first: if it has ended meanwhile, its request may neither revoke nor keep another in its place.
        if (keepCurrent) {
            return handle([this] { return m_store->load(m_key); },
                          [=](Result<SessionRecord> current) -> Task<qint64> {
                              if (!current)
                                  return failedToRevoke(std::move(current.error()));
                              return revokeOthers(current->key);
                          });
        }
        return handle([this] { return m_store->remove(m_key, SessionStore::Removal::User); },
                      [=, this](Result<SessionInfo> current) -> Task<qint64> {
                          if (!current)
                              return failedToRevoke(std::move(current.error()));
                          forgetRemoved(false);
                          setCookie(Cookie::Remove, When::AtOnce);
                          return revokeOthers({});
                      });
    });
}

/// Writes m_change, under a fresh id if somebody wants one by \a rotation.
Task<void> SessionState::write(When when, Rotation rotation)
{
    if (m_known == Known::NotLoaded)
        return {};
    if (m_lost) {
        // Even a new session is refused: its cookie would undo the one that the browser has by now.
        const bool dropsChange = m_known == Known::Absent ? createsRecord()
                                                          : !m_change.isEmpty() || rotation == Rotation::Handler;
        if (dropsChange)
            return failed({Error::NotFound, {}});
        if (when == When::WithResponse)
            dropChanges();
        return {};
    }
    const bool isTooLate = when == When::AtOnce && m_stage == Stage::Committed;
    if (m_known == Known::Absent) {
        if (m_keepsNothing || !createsRecord()) {
            if (when == When::WithResponse)
                dropChanges();
            return {};
        }
        if (isTooLate)
            return failed(sentAlready());
        return create(when == When::AtOnce && rotation == Rotation::Handler ? When::AtOnce : When::WithResponse);
    }
    if (isTooLate && rotation != Rotation::None)
        return failed(sentAlready());

    const bool renews = rotation == Rotation::None && when == When::WithResponse && renewalIsDue();
    const bool touches = !m_passive && touchIsDue();
    if (m_change.isEmpty() && rotation == Rotation::None && !renews && !touches)
        return {};
    const Weight weight = m_change.isEmpty() && rotation != Rotation::Handler && when == When::WithResponse ? Weight::Optional
                                                                                                            : Weight::Required;
    if (m_visitor)
        m_change.visit = m_record.visitFacts().changeTo(visitFacts());
    SessionChange change = std::exchange(m_change, {});
    change.defaultIdle = m_policy->idleFor(change.user.value_or(m_record.user));
    change.sizeLimit = m_policy->sizeLimit;
    if (!std::exchange(m_isUnmerged, false) && (change.clearsFirst() || !change.attributes().isEmpty()))
        change.setMerged(m_record.data, m_data.whole());
    const bool logsIn = change.user && !change.user->isEmpty();
    if (logsIn)
        change.cap = m_policy->cap;
    const bool extendsIdle = logsIn && m_record.user.isEmpty() && m_policy->anonymousIdle;
    if (touches || extendsIdle)
        change.touch = SessionChange::Touch{m_store->now(), extendsIdle ? std::chrono::milliseconds::zero()
                                                                        : m_policy->touchIntervalFor(m_record)};

    if (rotation == Rotation::None)
        return renews ? moveRecord(change, when, m_policy->grace.count() > 0 ? m_policy->grace : SessionStore::NoGrace, weight)
                      : update(change, weight);

    // Login, change of role, or an operator's wish: the old CSRF token dies, and with the handler's rotation the old id too. What
    // this request has handed out before is in the page that comes with the new id, so it stays good until the next rotation.
    if (rotation == Rotation::Handler && m_rotation == Rotation::Operator)
        m_rotationSecret.clear(); // of cycleId(), which gets one of its own
    m_rotation = Rotation::None;
    change.csrfSecret = m_rotationSecret.isEmpty() ? randomSecret() : std::exchange(m_rotationSecret, {});
    if (m_givenSecret != change.csrfSecret)
        change.csrfSecret += m_givenSecret;
    const auto grace = rotation == Rotation::Handler ? std::chrono::milliseconds::zero()
                     : m_policy->grace.count() > 0   ? m_policy->grace
                                                     : OperatorsGrace;
    return moveRecord(change, when, grace, weight);
}

Task<void> SessionState::create(When when, int attempts)
{
    const TimePoint now = m_store->now();
    const SessionId id = SessionId::generate();

    SessionRecord record;
    static_cast<SessionInfo &>(record) = newInfo(now);
    record.key = id.key();
    // A token that was handed out before a save() which failed is in the page that comes with this record.
    record.csrfSecret = m_givenSecret.isEmpty() ? randomSecret() : m_givenSecret;
    m_change.sizeLimit = m_policy->sizeLimit;
    m_change.visit = VisitFacts().changeTo(visitFacts());
    if (const auto merged = m_change.applyTo(record, now, m_store->sizeLimit()); !merged)
        return failed(merged.error());
    record.version = 1;

    const std::optional<UserCap> cap = record.user.isNull() ? std::nullopt : m_policy->cap;
    return handle([&] { return m_store->create(record, cap); },
                  [this, id, record, when, attempts](Result<SessionInfo> &&info) -> Task<void> {
                      if (!info && info.error() == Error::Exists && attempts > 1)
                          return create(when, attempts - 1);
                      if (!info)
                          return failed(std::move(info.error()));
                      m_change = {};
                      m_rotation = Rotation::None;
                      m_known = Known::Loaded;
                      m_id = id;
                      m_idKey = record.key;
                      m_record = record;
                      m_record.flash.clear(); // for later requests
                      saved(std::move(*info), record.data);
                      setCookie(Cookie::Set, when);
                      return {};
                  });
}

Task<void> SessionState::update(const SessionChange &change, Weight weight)
{
    const auto use = [this, weight, isTouch = change.isTouchOnly(), touch = change.touch, movesExpiry = change.expiry.has_value(),
                      secret = change.csrfSecret, data = m_data.whole()](Result<SessionInfo> &&info) -> Result<void> {
        if (!info) {
            const bool isLostTouch = isTouch && info.error() == Error::NotFound;
            return weight == Weight::Optional || isLostTouch ? skipped(info.error()) : failed(std::move(info.error()));
        }
        if (info->key != m_key) { // another request has renewed it, or rotated it as the operator wished
            m_viaGrace = true;
            m_cookie = Cookie::None; // that of an earlier save(), which would undo the newer one in the browser
            m_rotation = m_rotation == Rotation::Operator ? Rotation::None : m_rotation;
        }
        saved(std::move(*info), data);
        if (!secret.isEmpty())
            m_record.csrfSecret = secret;
        // Another request may have touched it meanwhile: then that one's answer has the cookie.
        const bool touched = touch && m_record.lastSeenAt == touch->at;
        if ((touched || movesExpiry) && !m_viaGrace)
            setCookie(Cookie::Set, When::WithResponse);
        return {};
    };
    return handle([&] { return m_store->update(m_key, change); }, use);
}

/// A fresh id for the record of \a key. In a store of 256 shards every 256th fits, which takes some 0.1 ms.
static SessionId freshId(const SessionStore &store, const SessionKey &key)
{
    SessionId id = SessionId::generate();
    while (!store.mayRotate(key, id.key()))
        id = SessionId::generate();
    return id;
}

/// Gives the record a fresh id. With a \a grace other than 0, another request may have done so a moment ago: then only the change
/// is merged.
Task<void> SessionState::moveRecord(const SessionChange &change, When when, std::chrono::milliseconds grace, Weight weight)
{
    const SessionId id = freshId(*m_store, m_key);
    const auto use = [=, this, secret = change.csrfSecret, data = m_data.whole()](Result<SessionInfo> &&info) -> Result<void> {
        if (!info)
            return weight == Weight::Optional ? skipped(info.error()) : failed(std::move(info.error()));
        if (info->key == id.key()) {
            FlashClaims::instance().moved(m_key, id.key(), !m_record.flash.isEmpty());
            m_id = id;
            m_idKey = info->key;
            m_viaGrace = false;
            if (!secret.isEmpty())
                m_record.csrfSecret = secret;
            setCookie(Cookie::Set, when);
        } else {
            m_viaGrace = true;
            m_cookie = Cookie::None;
        }
        saved(std::move(*info), data);
        return {};
    };
    return handle([&] { return m_store->rotate(m_key, id.key(), change, grace); }, use);
}

Task<void> SessionState::removeRecord(When when, bool keepId)
{
    if (m_known == Known::Absent && m_isReplaced) // the visitor is still logged in, under the id that took its place
        return notRemoved({Error::NotFound, {}}, when);
    if (!m_endsToo.empty())
        return removeOthers(when, keepId);
    if (m_known == Known::Absent)
        return {};
    return handle([this] { return m_store->remove(m_key, SessionStore::Removal::Destroyed); },
                  [=, this](Result<SessionInfo> removed) -> Task<void> {
                      if (!removed && removed.error() != Error::NotFound)
                          return notRemoved(std::move(removed.error()), when);
                      if (!removed)
                          return missedRemoval(when, keepId);
                      forgetRemoved(keepId);
                      if (!keepId)
                          setCookie(Cookie::Remove, when);
                      return {};
                  });
}

/// Ends what else the browser offered, then the record: a second session of the same user would log him in again with the next
/// request. An id that leads to nothing may do so only because the clock is ahead, and must not live again when that goes back.
Task<void> SessionState::removeOthers(When when, bool keepId)
{
    const SessionKey key = m_endsToo.back();
    m_endsToo.pop_back();
    return handle([&] { return m_store->remove(key, SessionStore::Removal::Destroyed); },
                  [=, this](const Result<SessionInfo> &other) {
                      const bool lives = !other && !other.error().isAbsence();
                      return removeRecord(when, keepId)
                          .then([self = shared_from_this(), when, error = lives ? std::optional(other.error()) : std::nullopt](
                                    Result<void> removed) -> Result<void> {
                              return removed && error ? self->notRemoved(*error, when) : removed;
                          });
                  });
}

/// The record to be removed had ended before. Nothing is left to do, unless it lives on under another id: then the visitor is
/// still logged in.
Task<void> SessionState::missedRemoval(When when, bool keepId)
{
    return handle([this] { return m_store->load(m_key); },
                  [=, this](Result<SessionRecord> record) -> Result<void> {
                      const bool isReplaced = !record && record.error() == Error::Replaced;
                      if (m_known == Known::NotLoaded && !isReplaced)
                          m_store->counters().countRejectedId();
                      else
                          m_lost = true;
                      if (isReplaced)
                          return notRemoved({Error::NotFound, {}}, when);
                      forgetRemoved(keepId);
                      return {};
                  });
}

/// The removal failed because of \a error. The caller of flush() answers that; what the handler changed before stays to be saved.
Result<void> SessionState::notRemoved(Error error, When when)
{
    if (when == When::WithResponse)
        return failed(std::move(error));
    return std::unexpected(told(std::move(error)));
}

void SessionState::forgetRemoved(bool keepId)
{
    const std::optional<SessionId> id = m_id;
    m_wroteAtOnce = m_wroteAtOnce || m_stage == Stage::Open;
    releaseFlash(); // nothing is left to take
    forget();
    if (keepId) {
        m_id = id;
        m_key = id->key();
        m_known = Known::NotLoaded;
    }
}

/// A write that nothing depended on did not happen because of \a error: no harm, but no cookie either.
Result<void> SessionState::skipped(const Error &error)
{
    m_lost = m_lost || error == Error::NotFound;
    if (m_lost || !m_cookieIsImmediate)
        dropCookie();
    return {};
}

void SessionState::saved(SessionInfo &&info, const SessionData &data)
{
    m_wroteAtOnce = m_wroteAtOnce || m_stage == Stage::Open;
    static_cast<SessionInfo &>(m_record) = std::move(info);
    m_record.data = data;
    m_key = m_record.key;
    m_error.reset();
}

/// \a error as the caller is to hear of it. Nothing can be saved in a session that went away, and no cookie of this request may
/// undo a newer one.
Error SessionState::told(Error error)
{
    if (error.isAbsence()) {
        m_store->counters().countConflict();
        m_lost = true;
        error = {
            Error::NotFound,
            Error::tr("The session ended or got another id while this request was under way, so its changes were not saved.")};
    }
    if (m_lost)
        dropCookie();
    m_error = error;
    return error;
}

/// A change was dropped because of \a error.
Result<void> SessionState::failed(Error error)
{
    error = told(std::move(error));
    // What cycleId() or flush() did stands, and the browser must hear of it. An error that the handler got from a call of its own
    // does not undo what an earlier save() did.
    if (!m_cookieIsImmediate && m_stage == Stage::Committed)
        dropCookie();
    m_change = {};
    m_data = m_record.data;
    if (m_stage == Stage::Committed)
        m_rotation = Rotation::None; // nothing is left to wait for
    return std::unexpected(std::move(error));
}

/// Forgets what the handler wanted to come of its response.
void SessionState::dropChanges()
{
    m_change = {};
    m_data = m_record.data;
    m_rotation = Rotation::None;
    releaseFlash();
}

/// Whether something waits for the next commit.
bool SessionState::hasChanges() const
{
    return m_removal == Removal::Wanted || m_rotation == Rotation::Handler
        || (m_known == Known::Absent ? createsRecord() : !m_change.isEmpty());
}

std::unexpected<Error> SessionState::unreadable() const
{
    return std::unexpected(m_loadError.value_or(Error{Error::NotFound, Error::tr("The session has been removed.")}));
}

// ---- What calls of Session share

std::optional<QJsonValue> SessionState::value(QAnyStringView name) const
{
    const QByteArrayView json = Detail::withUtf8(name, [this](QByteArrayView utf8) { return m_data.json(utf8); });
    return json.isNull() ? std::nullopt : decodeJson(json);
}

void SessionState::setAttribute(QByteArrayView name, const QByteArray &json)
{
    m_change.setChecked(name, json);
    m_data.insert(name, json);
    m_modified = true;
}

void SessionState::refuse(Error error)
{
    m_error = error;
    m_refusal = std::move(error);
}

void SessionState::requestRotation(Rotation rotation)
{
    // The secret of an operator's rotation is that of the requests beside this one too; that of a login is nobody else's.
    const bool isOthers = m_rotation == Rotation::Operator && rotation == Rotation::Handler;
    if (m_known == Known::Loaded && (m_rotationSecret.isEmpty() || isOthers))
        m_rotationSecret = rotation == Rotation::Operator ? ownSecret() : randomSecret();
    m_rotation = std::max(m_rotation, rotation);
}

QByteArray SessionState::csrfSecret()
{
    if (m_rotation != Rotation::None && !m_rotationSecret.isEmpty()) {
        if (m_rotation == Rotation::Operator)
            m_givenSecret = m_rotationSecret; // the handler may still rotate by itself
        return m_rotationSecret;
    }
    if (m_change.csrfSecret.isEmpty() && m_record.csrfSecret.isEmpty()) {
        m_modified = true;
        m_change.csrfSecret = m_id ? ownSecret() : randomSecret();
    }
    m_givenSecret = secrets(m_change.csrfSecret.isEmpty() ? m_record.csrfSecret : m_change.csrfSecret).front();
    return m_givenSecret;
}

/// The CSRF secrets that a record holds: that of its token, and behind it that of a token which the request of the last rotation
/// had handed out before.
QByteArrayList SessionState::secrets(const QByteArray &stored)
{
    if (stored.size() != 2 * SecretSize)
        return {stored};
    return {stored.first(SecretSize), stored.last(SecretSize)};
}

/// The CSRF secrets whose tokens are right. While an operator's rotation is to come, that includes what it brings: a request may
/// have handed out that one and then not been able to write.
QByteArrayList SessionState::rightSecrets() const
{
    QByteArrayList right;
    if (!m_record.csrfSecret.isEmpty())
        right = secrets(m_record.csrfSecret);
    if (m_record.rotateRequested && !m_viaGrace)
        right += ownSecret();
    return right;
}

/// A CSRF secret that overlapping requests of one id agree about without a word, as only one of them stores its own: the six
/// requests of a page during an operator's rotation.
QByteArray SessionState::ownSecret() const
{
    return QCryptographicHash::hash("sojourn-csrf:" + m_id->toCookieValue() + m_record.csrfSecret, QCryptographicHash::Sha256)
        .first(SecretSize);
}

QByteArray SessionState::handOutFlash()
{
    if (m_record.flash.isEmpty() || !m_handedOutFlash.isEmpty() || m_stage == Stage::Committed
        || !FlashClaims::instance().claim(m_key, m_readAt))
        return {};
    m_flashKey = m_key;
    m_modified = true;
    m_handedOutFlash = std::exchange(m_record.flash, {});
    return m_handedOutFlash;
}

/// What was handed out and not taken is for the next request.
void SessionState::releaseFlash()
{
    if (!std::exchange(m_handedOutFlash, {}).isEmpty())
        FlashClaims::instance().released(m_flashKey);
}

/// The facts of the visit as they are to be from now on.
VisitFacts SessionState::visitFacts() const
{
    VisitFacts facts = m_record.visitFacts();
    if (m_change.visit)
        facts.apply(*m_change.visit);
    if (m_visitor) {
        facts.address = m_visitor->address;
        facts.userAgent = m_visitor->userAgent;
    }
    return facts;
}

/// What a record says that is created at \a now.
SessionInfo SessionState::newInfo(TimePoint now) const
{
    SessionInfo info;
    info.createdAt = info.lastSeenAt = info.idIssuedAt = now;
    if (m_policy->absolute)
        info.absoluteExpiresAt = now + *m_policy->absolute;
    info.expiry = m_ownExpiry;
    info.expiresAt = info.deadlineFrom(now, m_policy->idleFor(m_change.user.value_or(QString())));
    return info;
}

SessionInfo SessionState::info() const
{
    SessionInfo info = m_known == Known::Loaded ? SessionInfo(m_record) : newInfo(m_store->now());
    info.key = m_key;
    if (m_change.user)
        info.user = m_change.user->isEmpty() ? QString() : *m_change.user;
    if (m_known == Known::Loaded && m_change.expiry) {
        info.expiry = *m_change.expiry;
        info.expiresAt = info.deadlineFrom(m_store->now(), m_policy->idleFor(info.user));
    }
    info.visit = visitFacts().toText();
    info.size = m_data.whole().size();
    info.attributeCount = m_data.whole().count();
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
