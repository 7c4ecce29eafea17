// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"
#include "redismerge_p.h"

namespace Sojourn {

/// A session's place in an order.
struct RedisRow
{
    qint64 score;
    QByteArray member;

    friend bool operator<(const RedisRow &a, const RedisRow &b)
    {
        return a.score != b.score ? a.score < b.score : a.member < b.member;
    }
    [[nodiscard]] QByteArray cursor() const { return QByteArray::number(score) + ' ' + member; }
};

/// Rows of one shard, in steps that each hold the server up for a millisecond or two.
///
/// Mostly one step is enough. More are taken where many rows are wanted, where keys are searched for, and where expired sessions
/// that nobody has swept yet lie between.
class RedisShardListing : public std::enable_shared_from_this<RedisShardListing>
{
public:
    struct Part
    {
        std::vector<RedisRow> rows;
        qint64 total = 0; ///< of all that the query finds in the shard
    };

    RedisShardListing(RedisClient &client, const RedisShard &shard, const SessionQuery &query)
        : m_client(client), m_shard(shard), m_query(query)
    { }

    /// At most \a count rows in the order of the query, from \a offset or behind \a cursor.
    [[nodiscard]] Task<Part> rows(qint64 offset, const QByteArray &cursor, qint64 count);
    /// All rows with the query's prefix, in no order.
    [[nodiscard]] Task<Part> search();
    /// How many living sessions come before \a place, as the first number, and how many there are.
    [[nodiscard]] Task<std::pair<qint64, qint64>> rank(const std::optional<RedisRow> &place);

private:
    template<class Promise, class Read>
    void run(const RedisScript &script, RedisCommand command, const Promise &promise, Read read);
    [[nodiscard]] RedisCommand command(const RedisScript &script) const;
    void addUser(RedisCommand &command) const;
    [[nodiscard]] bool picksNobodys() const;

    void rank(const std::optional<RedisRow> &place, qint64 from, std::pair<qint64, qint64> counted,
              const TaskPromise<std::pair<qint64, qint64>> &promise);
    void list(std::optional<qint64> position = {}, qint64 skip = 0);
    [[nodiscard]] QByteArray indexName() const;
    void findPlaces(qint64 from);
    void placesFound();
    void placeAfter(size_t low, size_t high);
    void search(const QByteArray &after);
    void addRows(const RedisReply &members);

    RedisClient &m_client;
    const RedisShard &m_shard;
    const SessionQuery m_query;
    const TaskPromise<Part> m_promise;
    Part m_part;
    qint64 m_offset = 0, m_count = 0;
    QByteArray m_cursor;
    qint64 m_size = 0; // with the expired sessions
    std::vector<RedisRow> m_places; // of these
    bool m_counted = false;         // these, too
};

/// SessionStore::list(): the rows of all shards that may have some, in one order.
class RedisListing : public std::enable_shared_from_this<RedisListing>
{
public:
    RedisListing(RedisClient &client, const SessionQuery &query) : m_client(client), m_query(query) { }

    [[nodiscard]] Task<SessionPage> start();
    /// Once it is done, the keys that the records of the page had when the index was read: one that was rotated since has another
    /// one by now.
    [[nodiscard]] const QList<SessionKey> &keys() const { return m_keys; }

private:
    using Ranks = std::pair<qint64, qint64>;
    /// A shard, and where in it the rows begin that are fetched next.
    struct Source
    {
        int shard;
        qint64 offset = 0;
        QByteArray cursor = {};
        qint64 total = 0; // what it has
        qint64 low = 0, high = 0; // ranks between which the offset is looked for
        qint64 rank = 0; // of the last place that was compared with
        std::optional<RedisRow> candidate = {};
    };

    /// A question to some sources.
    template<class T, class Ask, class Read>
    struct Round
    {
        std::vector<size_t> sources;
        Ask ask;
        Read read;
        std::function<void()> done;
        size_t asked = 0;
    };
    template<class T, class Ask, class Read>
    void next(const std::shared_ptr<Round<T, Ask, Read>> &round);
    template<class T, class Ask, class Read>
    void each(const std::vector<size_t> &sources, Ask ask, Read read, std::function<void()> done);
    [[nodiscard]] bool comes(const RedisRow &a, const RedisRow &b) const { return m_query.descending ? b < a : a < b; }
    void choose(const std::vector<int> &shards);
    void measure();
    [[nodiscard]] qint64 mostSkipped() const;
    void approach(int rounds);
    void compare(int rounds);
    void fetch();
    void merge();
    void search();
    void searched();
    void readRows();
    void readMore();
    void readRow(size_t i);
    void follow(const SessionKey &key, size_t i);
    void rowRead(size_t i, std::optional<SessionRecord> record);
    void rowsRead();
    [[nodiscard]] std::optional<SessionRecord> rowFrom(const SessionKey &key, const RedisReply &fields);
    void quarantined();
    void quarantined(const RedisShard &shard, qint64 from);
    void quarantinedRead();

    RedisClient &m_client;
    const SessionQuery m_query;
    const TaskPromise<SessionPage> m_promise;
    SessionPage m_page;
    std::vector<Source> m_sources;
    std::vector<size_t> m_all; // their numbers
    RedisMerge<RedisRow> m_merge;
    qint64 m_skip = 0; // rows that the merge has to leave out yet
    size_t m_awaited = 0; // answers
    std::vector<RedisRow> m_rows;
    std::vector<std::optional<SessionRecord>> m_read;
    QList<SessionKey> m_keys;
    size_t m_asked = 0; // rows
    size_t m_window = 0; // rows that are asked for at once
    qsizetype m_largest = 1; // of the records so far
    bool m_hasFollowed = false;
};

} // namespace Sojourn
