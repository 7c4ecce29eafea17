// SPDX-License-Identifier: MIT
#include "livestore.h"

#include "applicationlink_p.h"
#include "localpeer_p.h"

#include <Sojourn/Author>
#include <Sojourn/jsonrules.h>
#include <Sojourn/uptime_p.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <algorithm>
#include <map>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

namespace {

constexpr auto ReconnectInterval = 500ms;
/// Of a connection to another machine, once several attempts in a row have failed.
constexpr auto LongReconnectInterval = 4000ms;
/// After so many timeouts without a sound from another machine its connection is given up.
constexpr int SilentTimeouts = 3;
/// Clocks that differ by less are the same one.
constexpr auto ClockTolerance = 1s;

Result<void> check(const SessionChange &change)
{
    if (change.attributes().size() > Wire::MaxAttributeOperations)
        return failure(Error::TooLarge,
                       Error::tr("A change through a live connection may have %1 attributes. Make several changes of it.")
                           .arg(Wire::MaxAttributeOperations));
    return change.check();
}

} // namespace

std::chrono::milliseconds Wire::heartbeatInterval{1000};

class LiveStorePrivate : public QObject
{
public:
    LiveStorePrivate(LiveStore *store, std::unique_ptr<Wire::ApplicationLink> link, const Result<void> &valid = {});

    /// Answers what waits with an error, for good.
    void shutDown();

    template<class T, class... Args>
    Task<T> call(Wire::Operation operation, const Args &...arguments);
    Task<void> subscribe();
    bool process(std::chrono::milliseconds timeout);

    bool readOnly = false;

private:
    struct Request
    {
        QDeadlineTimer deadline;
        MoveOnlyFunction<QByteArray()> frame;                   // while there is no greeting: what is to be sent
        MoveOnlyFunction<bool(Result<Wire::Payload *>)> finish; // returns whether the value could be read
    };

    void connectToServer();
    void lose(const Error &error);
    bool receive();
    bool handle(const QByteArray &payload);
    [[nodiscard]] bool isExpected(Wire::Message message) const;
    [[nodiscard]] bool checkVersion(int version);
    bool answerChallenge(Wire::Payload &in);
    bool comesLate(Wire::Payload &in);
    void setSystemTime(TimePoint ofApplication);
    void beat();
    bool greet(Wire::Payload &in);
    [[nodiscard]] TimePoint lastStart(QDeadlineTimer deadline) const;
    /// Of the application.
    [[nodiscard]] TimePoint systemTime() const;
    [[nodiscard]] std::chrono::milliseconds reconnectInterval() const;
    void sayHello();
    void send(quint64 id, const QByteArray &frame);
    bool finish(quint64 id, Result<Wire::Payload *> result);
    void resubscribe();
    void startTimer(QDeadlineTimer deadline);
    void expire();
    void updateAvailability();

    LiveStore *q;
    Wire::ApplicationLink *m_link;
    const QString m_name;
    Wire::FrameReader m_reader;
    std::map<quint64, Request> m_requests;
    quint64 m_lastId = 0;
    QTimer m_timeout{this};
    QTimer m_reconnect{this};
    QTimer m_heartbeat{this};
    QDeadlineTimer m_nextAttempt;
    std::optional<Error> m_error; // why operations fail at once
    quint64 m_helloId = 0;
    qint64 m_requestLimit = 0;
    /// Of another machine: its system time when this one had been up for so long. Its own clock may be set meanwhile.
    std::optional<std::pair<TimePoint, std::chrono::nanoseconds>> m_systemTime;
    std::chrono::nanoseconds m_heardAt{}; // Detail::upTime()
    int m_failures = 0;                   // attempts to connect in a row
    bool m_lost = true;
    bool m_challenged = false;
    bool m_greeted = false;
    bool m_backendAvailable = true; // whether the application can reach its store
    bool m_available = false;       // as availabilityChanged() told
    bool m_subscribed = false;
    bool m_resubscribe = false;
    bool m_ownClock = false;
    TimePoint m_connecting{}; // since then
};

LiveStorePrivate::LiveStorePrivate(LiveStore *store, std::unique_ptr<Wire::ApplicationLink> link, const Result<void> &valid)
    : QObject(store), q(store), m_link(link.release()), m_name(m_link->name())
{
    m_link->setParent(this);
    connect(m_link, &Wire::ApplicationLink::readyRead, this, &LiveStorePrivate::receive);
    connect(m_link, &Wire::ApplicationLink::closed, this, [this] {
        const Error closed{
            Error::Unavailable,
            Error::tr("The application \"%1\" closed the connection. Whether a change that was under way happened is not known.")
                .arg(m_name)};
        lose(m_greeted ? closed : m_link->whyUnreachable());
    });
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, &LiveStorePrivate::expire);
    m_reconnect.setSingleShot(true);
    connect(&m_reconnect, &QTimer::timeout, this, &LiveStorePrivate::connectToServer);
    m_heartbeat.setInterval(Wire::heartbeatInterval);
    connect(&m_heartbeat, &QTimer::timeout, this, &LiveStorePrivate::beat);

    if (!valid) {
        m_error = valid.error();
        m_nextAttempt = QDeadlineTimer(QDeadlineTimer::Forever);
        return;
    }
    connectToServer();
}

void LiveStorePrivate::shutDown()
{
    m_nextAttempt = QDeadlineTimer(QDeadlineTimer::Forever);
    lose({Error::Unavailable, Error::tr("The connection to \"%1\" was closed here before the answer came.").arg(m_name)});
    m_reconnect.stop();
}

void LiveStorePrivate::connectToServer()
{
    m_nextAttempt = QDeadlineTimer(reconnectInterval());
    m_connecting = systemNow();
    m_reconnect.stop();
    m_error.reset();
    m_lost = false;
    m_link->open(); // may fail at once, which calls lose()
}

// Twice a second an application on this machine; another machine is not to be bothered so with what will be refused again.
std::chrono::milliseconds LiveStorePrivate::reconnectInterval() const
{
    constexpr int quickAttempts = 4;
    return m_link->isRemote() && m_failures >= quickAttempts ? LongReconnectInterval : ReconnectInterval;
}

void LiveStorePrivate::lose(const Error &error)
{
    if (std::exchange(m_lost, true))
        return;
    m_error = error;
    m_failures = m_greeted ? 0 : m_failures + 1;
    m_greeted = m_challenged = false;
    m_reader.reset();
    m_timeout.stop();
    m_heartbeat.stop();
    m_systemTime.reset();
    m_reconnect.start(reconnectInterval());
    m_resubscribe = m_subscribed;
    m_link->abort();
    auto requests = std::exchange(m_requests, {});
    updateAvailability();
    for (auto &[id, request] : requests)
        request.finish(std::unexpected(error));
}

template<class T, class... Args>
Task<T> LiveStorePrivate::call(Wire::Operation operation, const Args &...arguments)
{
    if (!q->isUsedHere())
        return SessionStore::foreignThreadError();
    if (m_lost && m_nextAttempt.hasExpired())
        connectToServer();
    else if (m_error && !m_lost)
        process({}); // whether late answers have come
    if (m_error)
        return std::unexpected(*m_error);

    const quint64 id = ++m_lastId;
    const TaskPromise<T> promise;
    const QDeadlineTimer deadline(q->timeout());
    m_requests[id] = {deadline, {}, [promise](Result<Wire::Payload *> in) {
                          std::conditional_t<std::is_void_v<T>, std::monostate, T> value{};
                          const bool sound = !in || (*in)->readRest(value);
                          if (!in)
                              promise.finish(std::unexpected(std::move(in.error())));
                          else if (!sound)
                              promise.finish(failure(Error::Corrupt, Error::tr("The application answered what makes no sense.")));
                          else if constexpr (std::is_void_v<T>)
                              promise.finish({});
                          else
                              promise.finish(std::move(value));
                          return sound;
                      }};
    startTimer(deadline);
    if (m_greeted)
        send(id, Wire::makeFrame(id, operation, lastStart(deadline), arguments...));
    else // the greeting tells the application's clock
        m_requests[id].frame = [=, this] { return Wire::makeFrame(id, operation, lastStart(deadline), arguments...); };
    return promise.task();
}

/// Until when an application may begin with what must be answered by \a deadline, by its clock.
TimePoint LiveStorePrivate::lastStart(QDeadlineTimer deadline) const
{
    return systemTime() + std::chrono::milliseconds(deadline.remainingTime()) - q->timeout() / 8;
}

TimePoint LiveStorePrivate::systemTime() const
{
    if (!m_systemTime)
        return systemNow();
    return m_systemTime->first + std::chrono::floor<std::chrono::milliseconds>(Detail::upTime() - m_systemTime->second);
}

void LiveStorePrivate::setSystemTime(TimePoint ofApplication)
{
    if (m_link->isRemote())
        m_systemTime = {ofApplication, Detail::upTime()};
}

void LiveStorePrivate::send(quint64 id, const QByteArray &frame)
{
    if (frame.size() > m_requestLimit)
        finish(id,
               failure(Error::TooLarge,
                       Error::tr("This is more than the application \"%1\" takes at a time. Change less at once.").arg(m_name)));
    else
        m_link->device().write(frame);
}

bool LiveStorePrivate::finish(quint64 id, Result<Wire::Payload *> result)
{
    auto request = m_requests.extract(id);
    return request.empty() || request.mapped().finish(std::move(result)); // none: it had timed out
}

bool LiveStorePrivate::process(std::chrono::milliseconds timeout)
{
    if (!m_link->isOpen())
        return false;
    const QPointer<LiveStorePrivate> guard(this);
    if (!receive()) {
        m_link->wait(timeout);
        if (guard)
            receive();
    }
    if (guard)
        expire();
    return true;
}

// Returns whether there was anything.
bool LiveStorePrivate::receive()
{
    if (m_link->device().bytesAvailable() > 0)
        m_heardAt = Detail::upTime();
    const QPointer<LiveStorePrivate> guard(this); // what is told of a frame may end with the store being deleted
    for (bool any = false;; any = true) {
        const Wire::FrameReader::Status status = m_reader.read(m_link->device(),
                                                               m_greeted ? Wire::MaxReplySize : Wire::MaxGreetingSize);
        if (status == Wire::FrameReader::Incomplete)
            return any;
        const bool sound = status == Wire::FrameReader::Complete && handle(m_reader.takePayload());
        if (!guard)
            return true;
        if (!sound) {
            lose({Error::Unavailable, Error::tr("What listens as live \"%1\" does not speak Sojourn's language.").arg(m_name)});
            return true;
        }
        if (m_lost)
            return true;
        if (m_greeted && m_error) {
            m_error.reset(); // it answers again
            updateAvailability();
            if (!guard)
                return true;
        }
    }
}

bool LiveStorePrivate::handle(const QByteArray &payload)
{
    Wire::Payload in(payload);
    Wire::Message message{};
    quint64 id = 0;
    if (!in.read(message) || !isExpected(message))
        return false;
    switch (message) {
    case Wire::Message::Challenge:
        return answerChallenge(in);
    case Wire::Message::Greeting:
        return greet(in);
    case Wire::Message::Answer:
        return in.read(id) && (id == m_helloId || finish(id, &in));
    case Wire::Message::Failure: {
        Error error;
        if (!in.readRest(id, error))
            return false;
        if (id == 0) {
            lose(error);
            return true;
        }
        return finish(id, std::unexpected(error));
    }
    case Wire::Message::Late:
        return comesLate(in);
    case Wire::Message::Event: {
        SessionEvent event;
        if (!in.readRest(event))
            return false;
        Q_EMIT q->sessionEvent(event);
        return true;
    }
    case Wire::Message::EventsLost:
        if (!in.readRest())
            return false;
        Q_EMIT q->eventsLost();
        return true;
    case Wire::Message::Availability:
        if (!in.readRest(m_backendAvailable))
            return false;
        updateAvailability();
        if (m_backendAvailable)
            resubscribe();
        return true;
    }
    return false;
}

bool LiveStorePrivate::isExpected(Wire::Message message) const
{
    using enum Wire::Message;
    if (message == Failure)
        return true;
    if (m_greeted)
        return message != Greeting && message != Challenge;
    return message == (m_link->isRemote() && !m_challenged ? Challenge : Greeting);
}

// Loses the connection if it cannot be used.
bool LiveStorePrivate::checkVersion(int version)
{
    if (version == Wire::ProtocolVersion)
        return true;
    lose({Error::Unsupported,
          Error::tr("The application \"%1\" speaks version %2 of the live protocol, and this program version %3. "
                    "Use the same release of Sojourn on both ends.")
              .arg(m_name)
              .arg(version)
              .arg(Wire::ProtocolVersion)});
    return false;
}

bool LiveStorePrivate::answerChallenge(Wire::Payload &in)
{
    int version = 0;
    if (!in.read(version))
        return false;
    if (!checkVersion(version))
        return true;
    TimePoint ofApplication;
    QByteArray nonce;
    if (!in.readRest(ofApplication, nonce))
        return false;
    setSystemTime(ofApplication);
    m_challenged = true;
    if (nonce.isEmpty()) // its certificate was enough
        return true;
    const auto proof = m_link->proof(nonce);
    if (proof)
        m_link->device().write(Wire::makeFrame(*proof));
    else
        lose(proof.error());
    return true;
}

/// The application was busy for too long; or its clock was set, and then it is right from now on.
bool LiveStorePrivate::comesLate(Wire::Payload &in)
{
    quint64 id = 0;
    TimePoint ofApplication;
    if (!in.readRest(id, ofApplication))
        return false;
    setSystemTime(ofApplication);
    return id == m_helloId
        || finish(id, failure(Error::Timeout,
                              Error::tr("The application had no time for this before it was given up. Nothing was done.")));
}

/// Whether a connection is dead is only noticed by who asks.
void LiveStorePrivate::beat()
{
    const auto silence = Detail::upTime() - m_heardAt;
    if (!m_error && m_subscribed && silence >= Wire::heartbeatInterval)
        std::ignore = call<void>(Wire::Operation::Ping);
    else if (m_error && m_link->isRemote() && silence >= SilentTimeouts * q->timeout())
        lose(*m_error); // another one may get through
}

bool LiveStorePrivate::greet(Wire::Payload &in)
{
    int version = 0;
    if (!in.read(version))
        return false;
    if (!checkVersion(version))
        return true;
    if (const auto checked = m_link->checkPeer(); !checked) {
        lose(checked.error());
        return true;
    }
    TimePoint storeTime;
    qint64 sizeLimit = 0;
    if (!in.readRest(storeTime, readOnly, sizeLimit, m_requestLimit))
        return false;
    q->setSizeLimit(sizeLimit);
    const TimePoint now = systemNow();
    const bool isOurTime = storeTime >= m_connecting - ClockTolerance
                        && storeTime <= now + ClockTolerance; // it may have lain here
    if (m_ownClock || !isOurTime) {
        q->setClock([ahead = storeTime - now] { return systemNow() + ahead; });
        m_ownClock = true;
    }

    m_greeted = true;
    m_heartbeat.start();
    m_backendAvailable = true;
    m_error.reset();
    m_failures = 0;
    std::vector<std::pair<quint64, QByteArray>> unsent;
    for (auto &[id, request] : m_requests)
        unsent.emplace_back(id, std::exchange(request.frame, {})());
    sayHello();
    const QPointer<LiveStorePrivate> guard(this); // a request that is too large is answered here, which may end with anything
    for (const auto &[id, frame] : unsent) {
        if (guard && m_greeted && m_requests.contains(id))
            send(id, frame);
    }
    if (!guard || !m_greeted)
        return true;
    resubscribe();
    updateAvailability();
    return true;
}

/// Who says nothing is dropped. Nobody waits for the answer.
void LiveStorePrivate::sayHello()
{
    m_helloId = ++m_lastId;
    m_link->device().write(Wire::makeFrame(m_helloId, Wire::Operation::Hello, systemTime() + q->timeout(), Author::current()));
}

Task<void> LiveStorePrivate::subscribe()
{
    return call<void>(Wire::Operation::Subscribe).then(this, [this](Result<void> result) {
        m_subscribed = m_subscribed || result;
        return result;
    });
}

void LiveStorePrivate::resubscribe()
{
    if (!std::exchange(m_resubscribe, false))
        return;
    call<void>(Wire::Operation::Subscribe).then(this, [this](const Result<void> &result) {
        m_resubscribe = !result; // its store is away: once it is back
        if (result)
            Q_EMIT q->eventsLost();
    });
}

void LiveStorePrivate::startTimer(QDeadlineTimer deadline)
{
    const auto left = std::chrono::milliseconds(deadline.remainingTime());
    if (!m_timeout.isActive() || left < m_timeout.remainingTimeAsDuration())
        m_timeout.start(left);
}

void LiveStorePrivate::expire()
{
    std::vector<Request> expired;
    for (auto it = m_requests.begin(); it != m_requests.end();) {
        if (!it->second.deadline.hasExpired()) {
            startTimer(it->second.deadline);
            ++it;
            continue;
        }
        expired.push_back(std::move(it->second));
        it = m_requests.erase(it);
    }
    if (expired.empty())
        return;
    const Error error{
        Error::Timeout,
        Error::tr("The application \"%1\" did not answer in time. Check that it runs and is not overloaded.").arg(m_name)};
    m_error = error;
    updateAvailability();
    for (Request &request : expired)
        request.finish(std::unexpected(error));
}

void LiveStorePrivate::updateAvailability()
{
    const bool available = m_greeted && !m_error && m_backendAvailable;
    if (std::exchange(m_available, available) != available)
        Q_EMIT q->availabilityChanged(available);
}

LiveStore::LiveStore(const QString &name, QObject *parent)
    : SessionStore(parent),
      d(std::make_unique<LiveStorePrivate>(this, Wire::ApplicationLink::toName(name),
                                           name.contains(u'/') ? Result<void>() : Wire::checkName(name)))
{ }

LiveStore::LiveStore(const LiveTlsAddress &address, QObject *parent)
    : SessionStore(parent),
      d(std::make_unique<LiveStorePrivate>(this, Wire::ApplicationLink::toAddress(address), address.check()))
{ }

LiveStore::~LiveStore()
{
    d->shutDown();
}

QStringList LiveStore::runningNames()
{
    QStringList names = Wire::knownNames();
    names.removeIf([](const QString &name) { return !Wire::answers(Wire::serverName(name)); });
    return names;
}

Task<SessionInfo> LiveStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    if (const Result<void> valid = record.check(sizeLimit()); !valid)
        return std::unexpected(valid.error());
    const auto operation = Author::isRestoring() ? Wire::Operation::Restore : Wire::Operation::Create;
    return d->call<SessionInfo>(operation, record, cap, mode);
}

Task<SessionRecord> LiveStore::load(const SessionKey &key)
{
    return d->call<SessionRecord>(Wire::Operation::Load, key);
}

Task<SessionInfo> LiveStore::update(const SessionKey &key, const SessionChange &change)
{
    if (const Result<void> valid = check(change); !valid)
        return std::unexpected(valid.error());
    return d->call<SessionInfo>(Wire::Operation::Update, key, change);
}

Task<SessionInfo> LiveStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                    std::chrono::milliseconds grace)
{
    if (const Result<void> valid = check(change); !valid)
        return std::unexpected(valid.error());
    return d->call<SessionInfo>(Wire::Operation::Rotate, oldKey, newKey, change, grace);
}

Task<SessionInfo> LiveStore::remove(const SessionKey &key, Removal why)
{
    return d->call<SessionInfo>(Wire::Operation::Remove, key, why);
}

Task<SessionInfo> LiveStore::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    return d->call<SessionInfo>(Wire::Operation::RemoveVersion, key, version, why);
}

Task<QStringList> LiveStore::identities()
{
    return d->call<QStringList>(Wire::Operation::Identities);
}

Task<qint64> LiveStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (!checkUser(user)) // no session has it, and in UTF-8 it might be another
        return qint64(0);
    return d->call<qint64>(Wire::Operation::RemoveUser, user, except, why);
}

Task<QByteArray> LiveStore::takeFlash(const SessionKey &key)
{
    return d->call<QByteArray>(Wire::Operation::TakeFlash, key);
}

Task<SessionPage> LiveStore::list(const SessionQuery &query)
{
    if (query.user && !checkUser(*query.user))
        return SessionPage();
    return d->call<SessionPage>(Wire::Operation::List, query);
}

Task<qint64> LiveStore::count()
{
    return d->call<qint64>(Wire::Operation::Count);
}

Task<qint64> LiveStore::removeExpired(int limit)
{
    return d->call<qint64>(Wire::Operation::RemoveExpired, limit);
}

Task<qint64> LiveStore::compact()
{
    return d->call<qint64>(Wire::Operation::Compact);
}

Task<QList<SessionEvent>> LiveStore::history(const HistoryQuery &query)
{
    if (query.user && !checkUser(*query.user))
        return QList<SessionEvent>();
    return d->call<QList<SessionEvent>>(Wire::Operation::History, query);
}

Task<void> LiveStore::subscribe()
{
    if (!isUsedHere())
        return foreignThreadError();
    return d->subscribe();
}

bool LiveStore::isReadOnly() const
{
    return d->readOnly;
}

bool LiveStore::process(std::chrono::milliseconds timeout)
{
    return d->process(timeout);
}

} // namespace Sojourn
