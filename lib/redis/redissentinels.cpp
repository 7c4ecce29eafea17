// SPDX-License-Identifier: MIT
#include "redissentinels_p.h"

#include "rediscodec_p.h"

#include <QtCore/QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

// Several connections may ask at the same moment; what was just heard serves them all.
static constexpr std::chrono::milliseconds Fresh = 100ms;
// Sentinels remember others that went long ago.
static constexpr size_t MostSentinels = 32;

static RedisOptions optionsFor(const RedisAddress &sentinel, const RedisOptions &options)
{
    RedisOptions link;
    link.host = sentinel.host;
    link.port = sentinel.port;
    link.user = options.sentinelUser;
    link.password = options.sentinelPassword;
    link.tls = options.tls;
    link.caCertificateFile = options.caCertificateFile;
    return link;
}

RedisSentinels::RedisSentinels(const RedisOptions &options, const SessionStore *store)
    : m_options(options), m_name(options.masterName.toUtf8()), m_store(store)
{
    for (const RedisAddress &server : options.sentinels)
        add(server);
}

RedisSentinels::~RedisSentinels() = default;

void RedisSentinels::add(const RedisAddress &server)
{
    const bool isKnown = std::ranges::any_of(m_sentinels, [&server](const auto &known) { return known->server == server; });
    if (isKnown || m_sentinels.size() >= MostSentinels)
        return;
    // Not one expression: the connection stays where it is built.
    m_sentinels.push_back(std::unique_ptr<Sentinel>(new Sentinel{
        server, {optionsFor(server, m_options), m_store, nullptr, RedisConnection::Sentinel}, {}, {}, false, false}));
    Sentinel &sentinel = *m_sentinels.back();
    RedisConnection &connection = sentinel.connection;
    connection.setExamination([this, &sentinel] { ask(sentinel); });
    connect(&connection, &RedisConnection::ready, this, [this, &sentinel] { listen(sentinel); });
    connect(&connection, &RedisConnection::lost, this, [this, &sentinel](const Error &error) { lost(sentinel, error); });
    connect(&connection, &RedisConnection::pushed, this, [this, &sentinel](const RedisReply &push) {
        const bool tells = push.size() == 3 && push[0].text() == "message" && push[1].text() == "+switch-master";
        if (tells && push[2].text().startsWith(m_name + ' '))
            sentinel.connection.reopen({Error::Unavailable, Error::tr("The sentinel is asked for the new master.")});
    });
}

RedisCommand RedisSentinels::question(QByteArrayView about) const
{
    RedisCommand command("SENTINEL");
    command.add(about).add(m_name);
    return command;
}

/// A connection that listens takes no questions: they come first, and for another answer it is made anew.
void RedisSentinels::ask(Sentinel &sentinel)
{
    sentinel.answer.reset();
    sentinel.isAsked = true;
    // The master with its number might name the one before while replicas are led to the new one, its address does not.
    sentinel.connection.ask(question("GET-MASTER-ADDR-BY-NAME"), [this, &sentinel](const Result<RedisReply> &reply) {
        if (!reply)
            return;
        const QString name = sentinel.connection.serverName();
        if (reply->type() == RedisReply::Array && reply->size() == 2)
            sentinel.answer = Answer{{QString::fromUtf8((*reply)[0].text()), (*reply)[1].text().toUShort()}};
        else if (reply->type() == RedisReply::Error)
            sentinel.connection.refuse({Error::Unavailable, Error::tr("The sentinel at %1 does not tell where the master is: %2.")
                                                                .arg(name, QString::fromUtf8(reply->text()))});
        else
            sentinel.connection.refuse({Error::Unavailable,
                                        Error::tr("The sentinel at %1 knows no master \"%2\". Check the name at the end "
                                                  "of the store URL.")
                                            .arg(name, m_options.masterName)});
    });
    sentinel.connection.ask(question("MASTER"), [&sentinel](const Result<RedisReply> &reply) {
        if (reply && sentinel.answer)
            sentinel.answer->epoch = fieldOf(*reply, "config-epoch").toLongLong();
    });
    sentinel.connection.ask(question("SENTINELS"), [this, &sentinel](const Result<RedisReply> &reply) {
        if (!reply || !sentinel.answer)
            return;
        learn(*reply);
        const QPointer<RedisConnection> connection = &sentinel.connection;
        heard(sentinel);
        if (connection)
            connection->accept();
    });
}

void RedisSentinels::learn(const RedisReply &others)
{
    for (const RedisReply other : others) {
        const QString host = QString::fromUtf8(fieldOf(other, "ip"));
        const quint16 port = fieldOf(other, "port").toUShort();
        if (!host.isEmpty() && port > 0)
            add({host, port});
    }
    for (const auto &sentinel : m_sentinels)
        sentinel->connection.open();
}

void RedisSentinels::listen(Sentinel &sentinel)
{
    RedisCommand subscribe("SUBSCRIBE");
    subscribe.add("+switch-master");
    sentinel.connection.post(subscribe);
}

void RedisSentinels::heard(Sentinel &sentinel)
{
    sentinel.isAsked = false;
    sentinel.error.reset();
    const bool isOld = m_known && sentinel.answer->epoch < m_known->epoch;
    const bool isNews = !m_known || sentinel.answer->epoch > m_known->epoch;
    if (isNews || (!isOld && !m_isSettled))
        adopt(*sentinel.answer);
    else
        settle();
}

void RedisSentinels::note(Sentinel &sentinel, const Error &error)
{
    sentinel.error = error;
    sentinel.isUnfit = sentinel.connection.isUnfit();
}

void RedisSentinels::lost(Sentinel &sentinel, const Error &error)
{
    note(sentinel, error);
    if (!sentinel.connection.isDown())
        return; // asked anew
    sentinel.isAsked = false;
    settle();
}

/// If all have answered or failed, and nobody knew what is known here: the answer of most of them counts, as they may have been
/// set up anew.
void RedisSentinels::settle()
{
    if (m_isSettled || std::ranges::any_of(m_sentinels, &Sentinel::isAsked))
        return;
    const Answer *best = nullptr;
    for (const auto &sentinel : m_sentinels) {
        if (sentinel->answer && (!best || sentinel->answer->epoch > best->epoch))
            best = &*sentinel->answer;
    }
    const auto agrees = [best](const auto &sentinel) { return sentinel->answer == *best; };
    if (best && size_t(std::ranges::count_if(m_sentinels, agrees)) * 2 > m_sentinels.size())
        adopt(Answer(*best));
    else
        Q_EMIT failed(error());
}

void RedisSentinels::adopt(const Answer &answer)
{
    m_known = answer;
    m_isSettled = true;
    m_settledAt = std::chrono::steady_clock::now();
    Q_EMIT found(answer.master);
}

std::optional<RedisAddress> RedisSentinels::look()
{
    if (m_isSettled && std::chrono::steady_clock::now() - m_settledAt < Fresh)
        return m_known->master;
    if (!std::exchange(m_isSettled, false) && std::ranges::any_of(m_sentinels, &Sentinel::isAsked))
        return std::nullopt;
    for (const auto &sentinel : m_sentinels) {
        if (!std::exchange(sentinel->isAsked, true))
            sentinel->answer.reset();
    }
    const QPointer<RedisSentinels> self = this;
    for (size_t i = 0; self && i < m_sentinels.size(); ++i) {
        RedisConnection &connection = m_sentinels[i]->connection;
        connection.open();
        connection.hurry();
        connection.reopen({Error::Unavailable, Error::tr("The sentinels are asked anew.")});
        if (self && connection.isDown()) {
            m_sentinels[i]->isAsked = false;
            note(*m_sentinels[i], connection.error());
        }
    }
    if (self)
        settle();
    return std::nullopt;
}

Error RedisSentinels::error() const
{
    QStringList names;
    const Error *unfit = nullptr;
    for (const auto &sentinel : m_sentinels) {
        names.append(sentinel->connection.serverName());
        if (sentinel->answer)
            return {Error::Unavailable,
                    Error::tr("The sentinels that answer have been away and do not know the newest master. Start the others.")};
        if (sentinel->error && sentinel->error->code == Error::Unsupported)
            return *sentinel->error;
        if (!unfit && sentinel->error && sentinel->isUnfit)
            unfit = &*sentinel->error;
    }
    if (unfit)
        return *unfit;
    return {Error::Unavailable,
            Error::tr("None of the sentinels %1 answers. Check that they run and that the addresses in the store URL are right.")
                .arg(names.join(", "_L1))};
}

std::vector<RedisConnection *> RedisSentinels::connections() const
{
    std::vector<RedisConnection *> connections;
    for (const auto &sentinel : m_sentinels)
        connections.push_back(&sentinel->connection);
    return connections;
}

} // namespace Sojourn
