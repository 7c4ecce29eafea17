// SPDX-License-Identifier: MIT
#include "redislisting_p.h"

#include "rediscodec_p.h"
#include "redishomes_p.h"

#include <QtCore/QSet>

#include <algorithm>
#include <cmath>

namespace Sojourn {

// How many entries of an index one step looks at; fewer where several shards are asked at once.
static constexpr int ListStep = 150, ListStepOfMany = 60;
static constexpr int SearchStep = 100, SearchStepOfMany = 40;
static constexpr int PlacesStep = 150, PlacesStepByUser = 80;
static constexpr int RankStep = 60, RankStepByUser = 25; // always of many shards
static constexpr int QuarantinedStep = 500;
// Rows of each shard that are rather read and left out than looked for.
static constexpr qint64 MostSkippedOfEach = 24;
// Shards that are asked where an offset may be.
static constexpr size_t MostCandidates = 24;
static constexpr int MostRounds = 40;
// Whole records that are asked for at once: before any is known, and by how large they are.
static constexpr size_t FirstWindow = 16, LargestWindow = 64;
static constexpr qsizetype WindowBytes = 1024 * 1024;
static constexpr qsizetype AttributeCost = 32; // in bytes, of what the server has to do for one
// Shards that are asked at once: a server runs what one client has sent without a pause for the others.
static constexpr size_t MostAtOnce = 24;

static SessionKey keyOf(const QByteArray &member)
{
    return SessionKey::fromString(QLatin1StringView(QByteArrayView(member).last(std::min<qsizetype>(member.size(), 43))))
        .value_or(SessionKey());
}

static QByteArrayView orderName(SessionQuery::Order order)
{
    static constexpr QByteArrayView orders[] = {"expires", "created", "seen", "users"};
    return orders[order];
}

static SessionRecord withoutData(const SessionRecord &record)
{
    SessionRecord info;
    static_cast<SessionInfo &>(info) = record;
    return info;
}

// ---- One shard

Task<RedisShardListing::Part> RedisShardListing::rows(qint64 offset, const QByteArray &cursor, qint64 count)
{
    m_offset = offset;
    m_cursor = cursor;
    m_count = count;
    list();
    return m_promise.task();
}

Task<RedisShardListing::Part> RedisShardListing::search()
{
    search(QByteArray());
    return m_promise.task();
}

Task<std::pair<qint64, qint64>> RedisShardListing::rank(const std::optional<RedisRow> &place)
{
    const TaskPromise<std::pair<qint64, qint64>> promise;
    rank(place, 0, {}, promise);
    return promise.task();
}

/// With what was counted before: \a from expired sessions have been looked at.
void RedisShardListing::rank(const std::optional<RedisRow> &place, qint64 from, std::pair<qint64, qint64> counted,
                             const TaskPromise<std::pair<qint64, qint64>> &promise)
{
    RedisCommand rank = command(m_client.scripts.rank);
    rank.add(m_query.descending ? "1" : "0");
    addUser(rank);
    rank.add(from).add(m_query.order == SessionQuery::ByUser ? RankStepByUser : RankStep);
    if (place)
        rank.add(place->score).add(place->member);
    run(m_client.scripts.rank, std::move(rank), promise,
        [self = shared_from_this(), place, counted, promise](const RedisReply &answer) {
            auto it = answer.begin();
            const qint64 total = (*++it).integer(), before = (*++it).integer(), next = (*++it).integer();
            const std::pair sums(counted.first + before, counted.second + total);
            if (next >= 0)
                self->rank(place, next, sums, promise);
            else
                promise.finish(sums);
        });
}

/// Sends \a command; \a read(const RedisReply &) gets the answer that is none of an error.
template<class Promise, class Read>
void RedisShardListing::run(const RedisScript &script, RedisCommand command, const Promise &promise, Read read)
{
    m_client.send(script, std::move(command), m_client.router.deadlineFromNow(),
                  [self = shared_from_this(), promise, read = std::move(read)](Result<RedisReply> reply) mutable {
                      const bool counts = reply && reply->type() == RedisReply::Array && (*reply)[0].text().startsWith("COUNT ");
                      const auto answer = counts ? std::move(reply) : self->m_client.checked(std::move(reply));
                      if (answer)
                          read(*answer);
                      else
                          promise.finish(std::unexpected(answer.error()));
                  });
}

RedisCommand RedisShardListing::command(const RedisScript &script) const
{
    RedisCommand command = m_client.command(script, m_shard);
    command.add(orderName(m_query.order));
    return command;
}

void RedisShardListing::addUser(RedisCommand &command) const
{
    command.add(m_query.user ? "1" : "0").add(m_query.user.value_or(QString()).toUtf8());
}

/// Whether the order holds others' sessions, too.
bool RedisShardListing::picksNobodys() const
{
    return m_query.user && m_query.user->isEmpty()
        && (m_query.order == SessionQuery::ByExpiry || m_query.order == SessionQuery::ByLastSeen);
}

void RedisShardListing::list(std::optional<qint64> position, qint64 skip)
{
    RedisCommand list = command(m_client.scripts.list);
    list.add(m_query.descending ? "1" : "0");
    addUser(list);
    list.add(m_offset).add(m_cursor);
    list.add(m_count - qint64(m_part.rows.size()));
    list.add(position ? QByteArray::number(*position) : QByteArray()).add(skip).add(m_counted ? "1" : "0");
    list.add(m_client.shards.isOne() ? ListStep : ListStepOfMany);
    run(m_client.scripts.list, std::move(list), m_promise, [this](const RedisReply &answer) {
        if (answer[0].text().startsWith("COUNT ")) {
            m_size = m_part.total = answer[1].integer();
            findPlaces(0);
            return;
        }
        auto it = answer.begin();
        if (const qint64 total = (*++it).integer(); total >= 0)
            m_part.total = total;
        const qint64 next = (*++it).integer();
        const qint64 toSkip = (*++it).integer();
        addRows(*++it);
        m_counted = true;
        if (next >= 0 && qint64(m_part.rows.size()) < m_count)
            this->list(next, toSkip);
        else
            m_promise.finish(std::move(m_part));
    });
}

void RedisShardListing::findPlaces(qint64 from)
{
    RedisCommand places = command(m_client.scripts.places);
    addUser(places);
    const int step = m_query.order == SessionQuery::ByUser ? PlacesStepByUser : PlacesStep;
    places.add(from).add(step);
    run(m_client.scripts.places, std::move(places), m_promise, [this, from, step](const RedisReply &answer) {
        auto it = answer.begin();
        const qint64 looked = (*++it).integer();
        const RedisReply members = *++it, scores = *++it;
        auto score = scores.begin();
        for (const RedisReply member : members) {
            m_places.push_back({score != scores.end() ? qint64((*score).text().toDouble()) : 0, member.text().toByteArray()});
            if (score != scores.end())
                ++score;
        }
        if (looked == step)
            findPlaces(from + looked);
        else
            placesFound();
    });
}

void RedisShardListing::placesFound()
{
    m_counted = true;
    m_part.total -= qint64(m_places.size());
    if (picksNobodys() || !m_cursor.isEmpty()) {
        list();
        return;
    }
    // Behind the last living session nobody needs to look for another one.
    m_count = std::clamp<qint64>(m_part.total - std::max<qint64>(m_offset, 0), 0, m_count);
    std::ranges::sort(m_places, [this](const RedisRow &a, const RedisRow &b) { return m_query.descending ? b < a : a < b; });
    placeAfter(0, m_places.size());
}

/// Goes on at the offset: behind as many expired sessions as come before it. There are \a low at least, and \a high at most.
void RedisShardListing::placeAfter(size_t low, size_t high)
{
    const qint64 offset = std::max<qint64>(m_offset, 0);
    if (low == high)
        return list(offset + qint64(low));
    const size_t middle = (low + high) / 2;
    RedisCommand rank("ZRANK", m_shard.slot);
    rank.add({m_shard.prefix, indexName()}).add(m_places[middle].member);
    m_client.router.send(std::move(rank), [self = shared_from_this(), low, middle, high,
                                           offset](const Result<RedisReply> &reply) {
        if (!reply || reply->type() == RedisReply::Error)
            return self->m_promise.finish(std::unexpected(reply ? RedisClient::serverError(*reply) : reply.error()));
        if (reply->type() != RedisReply::Integer) { // swept meanwhile
            self->m_places.erase(self->m_places.begin() + qsizetype(middle));
            return self->placeAfter(low, high - 1);
        }
        const qint64 before = self->m_query.descending ? self->m_size - 1 - reply->integer() : reply->integer();
        if (before - qint64(middle) <= offset) // living ones
            self->placeAfter(middle + 1, high);
        else
            self->placeAfter(low, middle);
    });
}

/// Of the order, behind the prefix; as order.lua has it.
QByteArray RedisShardListing::indexName() const
{
    const QByteArray order = orderName(m_query.order).toByteArray();
    if (!m_query.user)
        return "i:" + order;
    if (m_query.user->isEmpty())
        return m_query.order == SessionQuery::ByCreated || m_query.order == SessionQuery::ByUser ? "i:users" : "i:" + order;
    return "u:" + m_query.user->toUtf8() + ':' + (m_query.order == SessionQuery::ByUser ? "created" : order);
}

void RedisShardListing::search(const QByteArray &after)
{
    RedisCommand search = command(m_client.scripts.search);
    addUser(search);
    const int step = m_client.shards.isOne() ? SearchStep : SearchStepOfMany;
    search.add(m_query.keyPrefix).add(after).add(step);
    run(m_client.scripts.search, std::move(search), m_promise, [this, step](const RedisReply &answer) {
        auto it = answer.begin();
        const qint64 looked = (*++it).integer();
        const QByteArray last = (*++it).text().toByteArray();
        addRows(*++it);
        if (looked == step)
            this->search(last);
        else
            m_promise.finish(std::move(m_part));
    });
}

void RedisShardListing::addRows(const RedisReply &members)
{
    const auto end = members.end();
    for (auto it = members.begin(); it != end; ++it) {
        const QByteArray member = (*it).text().toByteArray();
        m_part.rows.push_back({qint64((*++it).text().toDouble()), member});
    }
}

// ---- All shards

/// \a ask(Source &, RedisShardListing &) begins a Task<T> in each of \a sources, \a read(Source &, T) gets its answer; \a done
/// comes after the last one.
template<class T, class Ask, class Read>
void RedisListing::each(const std::vector<size_t> &sources, Ask ask, Read read, std::function<void()> done)
{
    m_awaited = sources.size();
    const auto round = std::make_shared<Round<T, Ask, Read>>(sources, std::move(ask), std::move(read), std::move(done));
    for (size_t n = 0; n < MostAtOnce; ++n)
        next(round);
}

template<class T, class Ask, class Read>
void RedisListing::next(const std::shared_ptr<Round<T, Ask, Read>> &round)
{
    if (round->asked == round->sources.size())
        return;
    const Detail::ChainScope scope(Detail::InternalChain);
    const size_t number = round->sources[round->asked++];
    Source &source = m_sources[number];
    const auto shard = std::make_shared<RedisShardListing>(m_client, m_client.shards[source.shard], m_query);
    Task<T> task = round->ask(source, *shard);
    task.then([self = shared_from_this(), number, round](Result<T> answer) {
        if (!answer)
            return self->m_promise.finish(std::unexpected(answer.error()));
        round->read(self->m_sources[number], std::move(*answer));
        if (--self->m_awaited == 0)
            round->done();
        else
            self->next(round);
    });
}

Task<SessionPage> RedisListing::start()
{
    const auto all = m_client.shards.ofPrefix({});
    const Detail::ChainScope scope(Detail::InternalChain);
    if (m_query.quarantined)
        quarantined();
    else if (!m_query.keyPrefix.isEmpty())
        search();
    else if (m_client.shards.isOne() || !m_query.user || m_query.user->isEmpty())
        choose(all);
    else
        RedisHomes::shardsOf(m_client, *m_query.user).then([self = shared_from_this()](Result<std::vector<int>> shards) {
            if (shards)
                self->choose(*shards);
            else
                self->m_promise.finish(std::unexpected(shards.error()));
        });
    return m_promise.task();
}

/// Lists what there is in \a shards.
void RedisListing::choose(const std::vector<int> &shards)
{
    for (const int shard : shards)
        m_sources.push_back({.shard = shard});
    m_merge = RedisMerge<RedisRow>(shards.size());
    for (size_t i = 0; i < shards.size(); ++i)
        m_all.push_back(i);
    const bool picks = m_query.user && m_query.user->isEmpty(); // ranks are not those of an index
    if (shards.empty())
        return m_promise.finish(std::move(m_page));
    if (shards.size() == 1)
        m_sources[0].offset = m_query.offset;
    else if (m_query.cursor.isEmpty() && m_query.offset > mostSkipped() && m_query.limit > 0 && !picks)
        return measure();
    else if (m_query.cursor.isEmpty())
        m_skip = std::max<qint64>(m_query.offset, 0);
    for (Source &source : m_sources)
        source.cursor = m_query.cursor;
    fetch();
}

/// How many rows there are in each shard. Without a user a plain command says it.
void RedisListing::measure()
{
    const auto done = [this] {
        for (const Source &source : m_sources)
            m_page.total += source.high;
        if (m_query.offset >= m_page.total)
            m_promise.finish(std::move(m_page));
        else
            approach(0);
    };
    if (m_query.user) {
        each<Ranks>(
            m_all, [](Source &, RedisShardListing &shard) { return shard.rank({}); },
            [](Source &source, const Ranks &ranks) { source.high = ranks.second; }, done);
        return;
    }
    m_awaited = m_sources.size();
    for (size_t i = 0; i < m_sources.size() && !m_promise.isFinished(); ++i) {
        RedisCommand count = m_client.countOf(m_client.shards[m_sources[i].shard]);
        m_client.router.send(std::move(count), [self = shared_from_this(), i, done](const Result<RedisReply> &reply) {
            const Result<qint64> living = RedisClient::number(reply);
            if (!living)
                return self->m_promise.finish(std::unexpected(living.error()));
            self->m_sources[i].high = *living;
            if (--self->m_awaited == 0)
                done();
        });
    }
}

qint64 RedisListing::mostSkipped() const
{
    return std::max<qint64>(2000, MostSkippedOfEach * qint64(m_sources.size()));
}

/// Looks for a session a little before the offset: as keys are digests, the offset divides all shards alike, and some of them
/// speak for all.
void RedisListing::approach(int rounds)
{
    qint64 below = 0, width = 0;
    for (const Source &source : m_sources) {
        below += source.low;
        width += source.high - source.low;
    }
    const qint64 target = m_query.offset - below;
    if (target <= mostSkipped() || width == 0 || rounds >= MostRounds) {
        for (Source &source : m_sources)
            source.offset = source.low;
        m_skip = std::max<qint64>(target, 0);
        return fetch();
    }
    std::vector<size_t> open;
    for (const size_t i : m_all) {
        m_sources[i].candidate.reset();
        if (m_sources[i].high > m_sources[i].low)
            open.push_back(i);
    }
    for (size_t n = 0; open.size() > MostCandidates && n < MostCandidates; ++n)
        open[n] = open[n * open.size() / MostCandidates];
    open.resize(std::min(open.size(), MostCandidates));
    // What comes after the offset is of no use.
    const double share = std::min((double(target) - double(mostSkipped()) / 2) / double(width), 1.0);
    each<RedisShardListing::Part>(
        open,
        [share](Source &source, RedisShardListing &shard) {
            const qint64 rank = source.low + qint64(double(source.high - source.low) * share);
            return shard.rows(std::min(rank, source.high - 1), {}, 1);
        },
        [](Source &source, RedisShardListing::Part part) {
            if (!part.rows.empty())
                source.candidate = std::move(part.rows.front());
        },
        [this, rounds] { compare(rounds); });
}

/// Counts what comes before one of the candidates, in all shards.
void RedisListing::compare(int rounds)
{
    std::vector<std::pair<RedisRow, qint64>> candidates; // with how many rows each stands for
    qint64 all = 0;
    for (const Source &source : m_sources) {
        if (!source.candidate)
            continue;
        candidates.emplace_back(*source.candidate, source.high - source.low);
        all += source.high - source.low;
    }
    if (candidates.empty())
        return approach(MostRounds);
    std::ranges::sort(candidates, [this](const auto &a, const auto &b) { return comes(a.first, b.first); });
    qint64 below = 0;
    auto pivot = candidates.begin();
    while (pivot + 1 != candidates.end() && (below += pivot->second) < all / 2)
        ++pivot;
    each<Ranks>(
        m_all, [place = pivot->first](Source &, RedisShardListing &shard) { return shard.rank(place); },
        [](Source &source, const Ranks &ranks) { source.rank = ranks.first; },
        [this, rounds] {
            qint64 sum = 0;
            for (const Source &source : m_sources)
                sum += source.rank;
            for (Source &source : m_sources)
                (sum <= m_query.offset ? source.low : source.high) = std::clamp(source.rank, source.low, source.high);
            approach(rounds + 1);
        });
}

/// One row more than asked for tells whether there is a next page.
void RedisListing::fetch()
{
    const qint64 wanted = m_query.limit > 0 ? m_skip + m_query.limit + 1 - qint64(m_rows.size()) : 0;
    const double share = double(wanted) / double(m_sources.size());
    const qint64 count = std::min(wanted, qint64(share + 3 * std::sqrt(share)) + 3);
    each<RedisShardListing::Part>(
        m_merge.hungry(),
        [count](Source &source, RedisShardListing &shard) { return shard.rows(source.offset, source.cursor, count); },
        [this, count](Source &source, RedisShardListing::Part part) {
            source.total = part.total;
            if (!part.rows.empty())
                source.cursor = part.rows.back().cursor();
            auto &rows = m_merge[size_t(&source - m_sources.data())];
            rows = {.rows = std::move(part.rows), .taken = 0, .atEnd = false};
            rows.atEnd = qint64(rows.rows.size()) < count;
        },
        [this] { merge(); });
}

void RedisListing::merge()
{
    m_page.total = 0;
    for (const Source &source : m_sources)
        m_page.total += source.total;
    while (qint64(m_rows.size()) < qint64(m_query.limit) + 1 && m_query.limit > 0) {
        std::optional<RedisRow> row = m_merge.next([this](const RedisRow &a, const RedisRow &b) { return comes(a, b); });
        if (!row && !m_merge.hungry().empty())
            return fetch();
        if (!row)
            break;
        if (m_skip > 0)
            --m_skip;
        else
            m_rows.push_back(*std::move(row));
    }
    readRows();
}

void RedisListing::search()
{
    for (const int shard : m_client.shards.ofPrefix(m_query.keyPrefix)) {
        m_all.push_back(m_sources.size());
        m_sources.push_back({.shard = shard});
    }
    each<RedisShardListing::Part>(
        m_all, [](Source &, RedisShardListing &shard) { return shard.search(); },
        [this](Source &, RedisShardListing::Part part) {
            m_rows.insert(m_rows.end(), std::make_move_iterator(part.rows.begin()), std::make_move_iterator(part.rows.end()));
        },
        [this] { searched(); });
}

void RedisListing::searched()
{
    const auto before = [this](const RedisRow &a, const RedisRow &b) { return comes(a, b); };
    std::ranges::sort(m_rows, before);
    m_page.total = qint64(m_rows.size());
    auto from = m_rows.begin() + std::clamp<qint64>(m_query.offset, 0, m_page.total);
    if (!m_query.cursor.isEmpty()) {
        const qsizetype space = m_query.cursor.indexOf(' ');
        bool ok = false;
        const qint64 score = m_query.cursor.first(std::max<qsizetype>(space, 0)).toLongLong(&ok);
        if (!ok)
            return m_promise.finish(std::unexpected(RedisClient::notACursor()));
        from = std::ranges::upper_bound(m_rows, RedisRow{score, m_query.cursor.sliced(space + 1)}, before);
    }
    m_rows.erase(m_rows.begin(), from);
    readRows();
}

/// Fetches the records and answers when the last one is there.
void RedisListing::readRows()
{
    const size_t limit = size_t(std::max(m_query.limit, 0));
    if (m_rows.size() > limit && limit > 0)
        m_page.nextCursor = m_rows[limit - 1].cursor();
    m_rows.resize(std::min(m_rows.size(), limit));
    if (m_rows.empty())
        return m_promise.finish(std::move(m_page));
    m_read.resize(m_rows.size());
    m_awaited = 0;
    m_window = m_query.withData ? FirstWindow : m_rows.size();
    readMore();
}

/// Whole records may be large: a server would send what is asked for at once without a pause for others.
void RedisListing::readMore()
{
    while (m_asked < m_rows.size() && m_awaited < m_window && !m_promise.isFinished()) {
        ++m_awaited;
        readRow(m_asked++);
    }
}

void RedisListing::readRow(size_t i)
{
    const SessionKey key = keyOf(m_rows[i].member);
    const RedisShard &shard = m_client.shards.of(key);
    RedisCommand row(m_query.withData ? "HGETALL" : "HMGET", shard.slot);
    row.add({shard.prefix, "s:", key.toLatin1()});
    if (!m_query.withData) {
        for (const QByteArrayView name : InfoFields::Names)
            row.add(name);
    }
    m_client.router.send(std::move(row), [self = shared_from_this(), key, i](Result<RedisReply> reply) {
        if (!reply)
            return self->m_promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array && !reply->isError("WRONGTYPE"))
            return self->m_promise.finish(std::unexpected(RedisClient::serverError(*reply)));
        const bool isGone = reply->type() == RedisReply::Array
                         && (self->m_query.withData ? reply->size() == 0 : (*reply)[0].text().isEmpty());
        if (isGone)
            self->follow(key, i);
        else
            self->rowRead(i, self->rowFrom(key, *reply));
    });
}

/// The record of a row that is gone: it may have been rotated since the index was read, and lives under another key.
void RedisListing::follow(const SessionKey &key, size_t i)
{
    RedisCommand load = m_client.command(m_client.scripts.load, key);
    load.add(key.toLatin1()).add("1");
    m_client.send(m_client.scripts.load, std::move(load), m_client.router.deadlineFromNow(),
                  [self = shared_from_this(), i](Result<RedisReply> reply) {
                      const auto found = self->m_client.checked(std::move(reply));
                      if (!found && found.error().code != Error::NotFound && found.error().code != Error::Replaced
                          && found.error().code != Error::Unsupported)
                          return self->m_promise.finish(std::unexpected(found.error()));
                      std::optional<SessionRecord> record;
                      InfoFields infoFields;
                      if (const auto now = found ? SessionKey::fromString(QLatin1StringView((*found)[1].text())) : std::nullopt)
                          record = readRecord(*now, (*found)[2], infoFields);
                      if (record && !self->m_query.withData)
                          record = withoutData(*record);
                      self->m_hasFollowed = true;
                      self->rowRead(i, std::move(record));
                  });
}

void RedisListing::rowRead(size_t i, std::optional<SessionRecord> record)
{
    --m_awaited;
    if (record && m_query.withData) {
        m_largest = std::max(m_largest, record->size + record->attributeCount * AttributeCost);
        m_window = std::clamp<size_t>(size_t(WindowBytes / m_largest), 1, LargestWindow);
    }
    m_read[i] = std::move(record);
    if (m_asked < m_rows.size())
        readMore();
    else if (m_awaited == 0)
        rowsRead();
}

void RedisListing::rowsRead()
{
    QSet<SessionKey> seen;
    m_page.records.reserve(qsizetype(m_read.size()));
    for (size_t i = 0; i < m_read.size(); ++i) {
        std::optional<SessionRecord> &record = m_read[i];
        const bool isWanted = record && (!m_query.user || record->user == *m_query.user)
                           && (m_query.keyPrefix.isEmpty() || record->key.toLatin1().startsWith(m_query.keyPrefix))
                           && !(m_hasFollowed && seen.contains(record->key));
        if (!isWanted) {
            --m_page.total; // the index knows more than there is
            continue;
        }
        if (m_hasFollowed)
            seen.insert(record->key);
        m_keys.append(keyOf(m_rows[i].member));
        m_page.records.append(*std::move(record));
    }
    m_promise.finish(std::move(m_page));
}

/// The record of a row; nothing if it has expired, a newer program wrote it, or it must be set aside.
std::optional<SessionRecord> RedisListing::rowFrom(const SessionKey &key, const RedisReply &fields)
{
    std::optional<SessionRecord> record;
    InfoFields infoFields;
    if (m_query.withData) {
        record = readRecord(key, fields, infoFields);
    } else if (fields.size() == qsizetype(InfoFields::Names.size())) {
        infoFields = InfoFields::at(fields, 0);
        if (const auto info = readInfo(key, infoFields))
            static_cast<SessionInfo &>(record.emplace()) = *info;
    }
    if (!record) {
        if (!isNewerFormat(infoFields.meta))
            m_client.setAside(key, infoFields.meta);
        return std::nullopt;
    }
    return record->isExpired(m_client.store->now()) ? std::nullopt : record;
}

/// Of a record that cannot be decoded only the key is known, and when it was set aside: that is its lastSeenAt.
void RedisListing::quarantined()
{
    m_awaited = size_t(m_client.shards.count());
    for (const RedisShard &shard : m_client.shards)
        quarantined(shard, 0);
}

void RedisListing::quarantined(const RedisShard &shard, qint64 from)
{
    RedisCommand list("ZRANGE", shard.slot);
    list.add({shard.prefix, "i:quarantined"}).add(from).add(from + QuarantinedStep - 1).add("WITHSCORES");
    m_client.router.send(std::move(list), [self = shared_from_this(), &shard, from](Result<RedisReply> reply) {
        if (!reply)
            return self->m_promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array)
            return self->m_promise.finish(std::unexpected(RedisClient::serverError(*reply)));
        const auto end = reply->end();
        for (auto it = reply->begin(); it != end; ++it) {
            const QByteArray member = (*it).text().toByteArray();
            self->m_rows.push_back({(*++it).text().toLongLong(), member});
        }
        if (reply->size() == 2 * QuarantinedStep)
            self->quarantined(shard, from + QuarantinedStep);
        else if (--self->m_awaited == 0)
            self->quarantinedRead();
    });
}

void RedisListing::quarantinedRead()
{
    std::ranges::sort(m_rows, [this](const RedisRow &a, const RedisRow &b) { return comes(a, b); });
    for (const RedisRow &row : m_rows) {
        const auto key = SessionKey::fromString(QLatin1StringView(row.member));
        if (!key || !row.member.startsWith(m_query.keyPrefix) || m_query.user)
            continue;
        if (m_page.total++ < m_query.offset || m_page.records.size() >= m_query.limit)
            continue;
        SessionRecord record;
        record.key = *key;
        record.lastSeenAt = TimePoint(std::chrono::milliseconds(row.score));
        m_page.records.append(record);
    }
    m_promise.finish(std::move(m_page));
}

} // namespace Sojourn
