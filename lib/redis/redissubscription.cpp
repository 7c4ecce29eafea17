// SPDX-License-Identifier: MIT
#include "redissubscription_p.h"

#include "redisrecord_p.h"
#include "redisshards_p.h"

#include <QtCore/QPointer>

using namespace std::chrono_literals;

namespace Sojourn {

static constexpr int MostEarly = 100'000; // messages that wait for the missed ones
static constexpr int MissedStep = 500;
static constexpr int MostSilentBeats =
    3; // counted by a timer: what a thread that was busy has not read yet is not held against it

/// Stream ids are two numbers, "1732260000000-0".
static bool isNewer(QByteArrayView a, QByteArrayView b)
{
    const auto numbers = [](QByteArrayView id) {
        const qsizetype dash = id.indexOf('-');
        return std::pair(id.first(dash).toULongLong(), id.sliced(dash + 1).toULongLong());
    };
    return numbers(a) > numbers(b);
}

RedisSubscription::RedisSubscription(RedisClient &client)
    : m_options(client.options),
      m_commands(&client.connection),
      m_connection(client.options, client.store, client.locator.get()),
      m_store(client.store)
{
    connect(&m_heart, &QTimer::timeout, this, &RedisSubscription::beat);
    connect(&m_connection, &RedisConnection::ready, this, &RedisSubscription::listen);
    connect(&m_connection, &RedisConnection::lost, this, &RedisSubscription::fail);
    connect(&m_connection, &RedisConnection::pushed, this, &RedisSubscription::read);
    connect(m_commands, &RedisConnection::ready, this, [this] {
        if (m_state == Listening)
            catchUp();
    });
    // The two connections lead to one server: where one was lost the other may be dead without knowing.
    connect(m_commands, &RedisConnection::lost, &m_connection, [this](const Error &error) { m_connection.reopen(error); });
}

Task<void> RedisSubscription::start()
{
    if (isUp())
        return {};
    m_connection.open();
    if (!m_connection.isReady() && !m_connection.isHopeful())
        return std::unexpected(m_connection.error());
    const TaskPromise<void> promise;
    m_starting.append(promise);
    if (m_state == Listening)
        catchUp();
    return promise.task();
}

void RedisSubscription::close()
{
    m_connection.close();
    refuse(m_connection.error());
}

void RedisSubscription::listen()
{
    RedisCommand subscribe("SUBSCRIBE");
    subscribe.add(RedisShards(m_options)[0].channel);
    m_connection.send(subscribe, [this](Result<RedisReply> reply) {
        if (!reply)
            return;
        if (reply->type() == RedisReply::Error) {
            retry({Error::Unavailable,
                   QStringLiteral("Redis at %1 refuses SUBSCRIBE to this account: %2. Give it the rights: ACL "
                                  "SETUSER %3 &%4* +subscribe")
                       .arg(m_connection.serverName(), QString::fromUtf8(reply->text()),
                            m_options.user.isEmpty() ? QStringLiteral("default") : m_options.user,
                            QString::fromUtf8(m_options.prefix))});
            return;
        }
        m_state = Listening;
        m_silentBeats = 0;
        m_heart.start(std::clamp<std::chrono::milliseconds>(m_store->timeout() / 2, 50ms, 1s));
        catchUp();
    });
}

void RedisSubscription::beat()
{
    if (m_silentBeats++ < MostSilentBeats)
        m_connection.post(RedisCommand("PING"));
    else
        m_connection.reopen({Error::Unavailable,
                             QStringLiteral("The connection over which Redis at %1 tells of events is dead. It is "
                                            "renewed.")
                                 .arg(m_connection.serverName())});
}

/// Asks first whose history it is and which event is the newest, then for those that were missed.
void RedisSubscription::catchUp()
{
    const quint64 life = ++m_life;
    m_missed.clear();
    RedisCommand replication("INFO");
    replication.add("replication");
    m_commands->send(replication, [this, life, alive = QPointer(this)](const Result<RedisReply> &reply) {
        if (alive && life == m_life && reply && reply->type() == RedisReply::String)
            m_replicationId = infoField(reply->text(), "master_replid").toByteArray();
    });
    ask("XREVRANGE", {"+", "-", "COUNT", "1"}, life, [this, life](const RedisReply &entries) {
        if (m_commands->eventsError)
            return retry(*m_commands->eventsError);
        const QByteArray newest = entries.size() > 0 ? entries[0][0].text().toByteArray() : QByteArrayLiteral("0-0");
        // Another history may lack what was told last, and go on at an earlier time.
        const bool isAnother = std::exchange(m_historyId, m_replicationId) != m_replicationId;
        if (!isAnother || m_lastId.isEmpty())
            return goOn(life, newest, true);
        ask("XRANGE", {m_lastId, m_lastId, "COUNT", "1"}, life,
            [this, life, newest](const RedisReply &last) { goOn(life, newest, last.size() > 0); });
    });
}

/// From the last event that was told, or from \a newest if this history does not know it.
void RedisSubscription::goOn(quint64 life, const QByteArray &newest, bool isKnown)
{
    const bool goesOn = isKnown && !m_lastId.isEmpty() && isNewer(newest, m_lastId);
    if (!goesOn)
        m_lastId = newest;
    m_missedUpTo = m_lastId;
    if (goesOn)
        fetchMissed(life);
    else
        caughtUp();
}

/// Asks for entries of the history; \a read(const RedisReply &) gets them, unless there is more to do by then.
template<class Read>
void RedisSubscription::ask(QByteArrayView command, std::initializer_list<QByteArrayView> arguments, quint64 life, Read read)
{
    RedisCommand range(command);
    range.add({m_options.prefix, "history"});
    for (const QByteArrayView argument : arguments)
        range.add(argument);
    m_commands->send(std::move(range), [this, life, read, alive = QPointer(this)](const Result<RedisReply> &reply) {
        if (!alive || life != m_life || m_state != Listening)
            return;
        if (!reply)
            refuse(reply.error()); // tried again once the other connection is back
        else if (reply->type() != RedisReply::Array)
            retry({Error::Unavailable, QString::fromUtf8(reply->text())});
        else
            read(*reply);
    });
}

void RedisSubscription::fetchMissed(quint64 life)
{
    ask("XRANGE", {QByteArray('(' + m_missedUpTo), "+", "COUNT", QByteArray::number(MissedStep)}, life,
        [this, life](const RedisReply &entries) {
            for (const RedisReply entry : entries) {
                m_missedUpTo = entry[0].text().toByteArray();
                const RedisReply fields = entry[1];
                if (fields.size() >= 2)
                    m_missed.append(m_missedUpTo + ' ' + fields[1].text().toByteArray());
            }
            if (entries.size() == MissedStep)
                fetchMissed(life);
            else
                caughtUp();
        });
}

void RedisSubscription::caughtUp()
{
    const QList<QByteArray> messages = std::exchange(m_missed, {}) + std::exchange(m_early, {});
    m_state = Up;
    Q_EMIT up();
    for (const QByteArray &message : messages)
        deliver(message);
    for (const auto &promise : std::exchange(m_starting, {}))
        promise.finish({});
}

void RedisSubscription::read(const RedisReply &push)
{
    m_silentBeats = 0;
    if (push.size() != 3 || push[0].text() != "message")
        return;
    const QByteArray message = push[2].text().toByteArray();
    if (m_state == Up)
        deliver(message);
    else if (m_early.size() < MostEarly)
        m_early.append(message);
    else
        m_connection.reopen({Error::Unavailable, QStringLiteral("Redis does not tell which events were missed.")}, 1s);
}

void RedisSubscription::deliver(const QByteArray &message)
{
    // "ID EVENT", with "-" for the id of what the history does not keep.
    const qsizetype space = message.indexOf(' ');
    if (space < 1)
        return;
    const QByteArray id = message.first(space);
    if (id != "-") {
        if (!isNewer(id, m_lastId))
            return;
        m_lastId = id;
    }
    if (const auto known = readEvent(QByteArrayView(message).sliced(space + 1)))
        Q_EMIT sessionEvent(*known);
}

/// Begins anew in a while after the server has refused something.
void RedisSubscription::retry(const Error &refusal)
{
    m_connection.reopen(refusal, 1s);
}

void RedisSubscription::fail(const Error &error)
{
    const bool wasUp = std::exchange(m_state, Off) == Up;
    m_early.clear();
    m_heart.stop();
    if (wasUp)
        Q_EMIT lost();
    refuse(error);
}

void RedisSubscription::refuse(const Error &error)
{
    for (const auto &promise : std::exchange(m_starting, {}))
        promise.finish(std::unexpected(error));
}

} // namespace Sojourn
