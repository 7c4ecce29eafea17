// SPDX-License-Identifier: MIT
#include "redissubscription_p.h"

#include "redisrecord_p.h"

#include <QtCore/QPointer>

using namespace std::chrono_literals;

namespace Sojourn {

static constexpr int MostEarly = 100'000; // messages that wait for the missed ones

/// Stream ids are two numbers, "1732260000000-0".
static bool isNewer(QByteArrayView a, QByteArrayView b)
{
    const auto numbers = [](QByteArrayView id) {
        const qsizetype dash = id.indexOf('-');
        return std::pair(id.first(dash).toULongLong(), id.sliced(dash + 1).toULongLong());
    };
    return numbers(a) > numbers(b);
}

RedisSubscription::RedisSubscription(const RedisOptions &options, const SessionStore *store, RedisConnection *commands,
                                     QObject *parent)
    : QObject(parent), m_options(options), m_commands(commands), m_connection(options, store)
{
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
    subscribe.add(eventChannel(m_options));
    m_connection.send(subscribe, [this](Result<RedisReply> reply) {
        if (!reply)
            return;
        if (reply->type() == RedisReply::Error) {
            retry(*reply);
            return;
        }
        m_state = Listening;
        catchUp();
    });
}

void RedisSubscription::catchUp()
{
    const quint64 life = ++m_life;
    RedisCommand missed(m_lastId.isEmpty() ? "XREVRANGE" : "XRANGE");
    missed.add({m_options.prefix, "history"});
    if (m_lastId.isEmpty())
        missed.add("+").add("-").add("COUNT").add("1");
    else
        missed.add({"(", m_lastId}).add("+");
    m_commands->send(missed, [this, life, alive = QPointer(this)](Result<RedisReply> reply) {
        if (!alive || life != m_life || m_state != Listening)
            return;
        if (!reply) {
            refuse(reply.error()); // tried again once the other connection is back
            return;
        }
        if (reply->type() != RedisReply::Array) {
            retry(*reply);
            return;
        }
        QList<QByteArray> messages;
        for (const RedisReply entry : *reply) {
            const QByteArrayView id = entry[0].text();
            if (m_lastId.isEmpty())
                m_lastId = id.toByteArray();
            else
                messages.append(id.toByteArray() + ' ' + entry[1][1].text().toByteArray());
        }
        if (m_lastId.isEmpty())
            m_lastId = "0-0";
        messages += std::exchange(m_early, {});
        m_state = Up;
        Q_EMIT up();
        for (const QByteArray &message : std::as_const(messages))
            deliver(message);
        for (const auto &promise : std::exchange(m_starting, {}))
            promise.finish({});
    });
}

void RedisSubscription::read(const RedisReply &push)
{
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
void RedisSubscription::retry(const RedisReply &refusal)
{
    m_connection.reopen({Error::Unavailable, QString::fromUtf8(refusal.text())}, 1s);
}

void RedisSubscription::fail(const Error &error)
{
    const bool wasUp = std::exchange(m_state, Off) == Up;
    m_early.clear();
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
