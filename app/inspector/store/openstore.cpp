// SPDX-License-Identifier: MIT
#include "openstore.h"

#include <Sojourn/ReadOnlyStore>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

OpenStore::OpenStore(const Connection &connection, std::shared_ptr<SessionStore> store, bool lockedReadOnly,
                     OpenWritable openWritable, QObject *parent)
    : QObject(parent),
      m_connection(connection),
      m_store(std::move(store)),
      m_openWritable(std::move(openWritable)),
      m_locked(lockedReadOnly || (m_store->isReadOnly() && !m_openWritable))
{
    m_reader = std::make_shared<ReadOnlyStore>(m_store);
    connect(m_reader.get(), &SessionStore::sessionEvent, this, [this] { ++m_eventsThisSecond; });
    connect(m_reader.get(), &SessionStore::availabilityChanged, this, [this] {
        m_identified = false;
        ++m_absences;
        ping();
    });
    connect(&m_pingTimer, &QTimer::timeout, this, &OpenStore::ping);
    m_pingTimer.start(2s);
    connect(&m_rateTimer, &QTimer::timeout, this, [this] {
        m_rates.push_back(std::exchange(m_eventsThisSecond, 0));
        if (m_rates.size() > 60)
            m_rates.pop_front();
    });
    m_rateTimer.start(1s);
    subscribe();
    identify();
    ping();
}

OpenStore::~OpenStore()
{
    disconnect(m_reader.get(), nullptr, this, nullptr);
}

void OpenStore::subscribe()
{
    m_reader->subscribe().then(this, [this](const Result<void> &result) { m_subscribed = result.has_value(); });
}

/// Whether \a names, which a store gave, and those that the store gave before are of the same data. Who only has the same address
/// may be another one.
static bool areOfTheSame(const QStringList &before, const QStringList &names)
{
    return std::ranges::any_of(names,
                               [&before](const QString &name) { return !name.contains("://"_L1) && before.contains(name); });
}

/// By another address it may be one that is marked: until that is known nobody writes.
void OpenStore::identify()
{
    m_reader->identities().then(this, [this, absences = m_absences](const Result<QStringList> &names) {
        if (!names || m_identified || absences != m_absences) // which is of the one that was there before
            return; // asked again when it answers
        const bool isSame = (*names == m_identities && absences == m_identifiedAfter) || areOfTheSame(m_identities, *names);
        m_identities = *names;
        m_identified = true;
        m_identifiedAfter = absences;
        if (m_wasIdentified && !isSame)
            Q_EMIT replaced();
        Q_EMIT identified();
        if (!std::exchange(m_wasIdentified, true) && !m_connection.opensReadOnly() && !m_store->isReadOnly())
            setWritable(true);
    });
}

void OpenStore::adopt(const Connection &connection)
{
    const bool isStricter = connection.opensReadOnly() && !m_connection.opensReadOnly();
    const bool becomesProduction = connection.environment == Connection::Production && !isProduction();
    const QString url = m_connection.url;
    m_connection = connection;
    m_connection.url = url;
    if (isStricter || becomesProduction)
        setWritable(false);
    Q_EMIT connectionChanged();
}

void OpenStore::setWritable(bool writable)
{
    if (m_writable == writable || (writable && (m_locked || !m_identified)))
        return;
    if (writable) {
        auto opened = m_store->isReadOnly() ? m_openWritable() : m_store;
        if (!opened)
            return Q_EMIT writableFailed(opened.error());
        m_writer = *opened;
    }
    m_writable = writable;
    Q_EMIT writableChanged();
    if (!m_writable)
        m_writer.reset();
}

/// Asks for a session that cannot be: any answer but "cannot be reached" shows that the store is alive.
void OpenStore::ping()
{
    if (m_pinging)
        return;
    m_pinging = true;
    QElapsedTimer timer;
    timer.start();
    m_reader->load(SessionKey()).then(this, [this, timer](const Result<SessionRecord> &result) {
        m_pinging = false;
        if (!result && (result.error() == Error::Unavailable || result.error() == Error::Timeout)) {
            m_error = result.error();
            m_identified = false;
            setState(State::Lost);
            return;
        }
        m_roundTrip = std::chrono::microseconds(timer.nsecsElapsed() / 1000);
        if (!m_subscribed)
            subscribe();
        if (m_writer && m_writer->isReadOnly()) { // a running application says so when it greets
            setWritable(false);
            m_locked = true;
        }
        setState(State::Connected);
        if (!m_identified) // and what is told of that comes behind what recovered() begins
            identify();
    });
}

void OpenStore::setState(State state)
{
    const State before = std::exchange(m_state, state);
    Q_EMIT stateChanged();
    if (before == State::Lost && state == State::Connected)
        Q_EMIT recovered();
}

QList<int> OpenStore::eventRates() const
{
    return QList<int>(m_rates.begin(), m_rates.end());
}

double OpenStore::eventsPerSecond() const
{
    const size_t span = std::min<size_t>(5, m_rates.size());
    return span ? std::accumulate(m_rates.end() - qsizetype(span), m_rates.end(), 0.0) / double(span) : 0;
}

} // namespace Sojourn::Inspector
