// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

namespace Sojourn {

/// SessionStore::list(), in steps that each hold the server up for a millisecond or two.
///
/// Mostly one step is enough. More are taken where many rows are wanted, where keys are searched for, and where expired sessions
/// that nobody has swept yet lie between.
class RedisListing : public std::enable_shared_from_this<RedisListing>
{
public:
    RedisListing(RedisClient &client, const SessionQuery &query) : m_client(client), m_query(query) { }

    [[nodiscard]] Task<SessionPage> start();

private:
    struct Row
    {
        qint64 score;
        QByteArray member;

        friend bool operator<(const Row &a, const Row &b) { return a.score != b.score ? a.score < b.score : a.member < b.member; }
    };

    /// Sends \a command; \a read(const RedisReply &) gets the answer that is none of an error.
    template<class Read>
    void run(const RedisScript &script, RedisCommand command, Read read);
    [[nodiscard]] RedisCommand command(const RedisScript &script) const;
    void addUser(RedisCommand &command) const;
    [[nodiscard]] bool picksNobodys() const;

    void list(std::optional<qint64> position = {}, qint64 skip = 0);
    void findPlaces(qint64 from);
    void placesFound();
    void search(const QByteArray &after);
    void searched();
    void addRows(const RedisReply &members);
    void readRows();
    [[nodiscard]] std::optional<SessionRecord> rowFrom(const SessionKey &key, const RedisReply &fields);
    void quarantined();

    RedisClient &m_client;
    const SessionQuery m_query;
    const TaskPromise<SessionPage> m_promise;
    SessionPage m_page;
    std::vector<Row> m_rows;
    std::vector<qint64> m_places; // of expired sessions
    bool m_counted = false;       // these
};

} // namespace Sojourn
