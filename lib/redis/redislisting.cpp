// SPDX-License-Identifier: MIT
#include "redislisting_p.h"

#include "redisrecord_p.h"

#include <algorithm>

namespace Sojourn {

// How many entries of an index one step looks at.
static constexpr int PlacesStep = 100;
static constexpr int SearchStep = 250;

static SessionKey keyOf(const QByteArray &member)
{
    return SessionKey::fromString(QLatin1StringView(QByteArrayView(member).last(std::min<qsizetype>(member.size(), 43))))
        .value_or(SessionKey());
}

Task<SessionPage> RedisListing::start()
{
    if (m_query.quarantined)
        quarantined();
    else if (!m_query.keyPrefix.isEmpty())
        search({});
    else
        list();
    return m_promise.task();
}

template<class Read>
void RedisListing::run(const RedisScript &script, RedisCommand command, Read read)
{
    m_client.send(script, std::move(command), m_client.connection.deadlineFromNow(),
                  [self = shared_from_this(), read = std::move(read)](Result<RedisReply> reply) mutable {
                      const bool counts = reply && reply->type() == RedisReply::Array && (*reply)[0].text().startsWith("COUNT ");
                      const auto answer = counts ? std::move(reply) : self->m_client.checked(std::move(reply));
                      if (answer)
                          read(*answer);
                      else
                          self->m_promise.finish(std::unexpected(answer.error()));
                  });
}

RedisCommand RedisListing::command(const RedisScript &script) const
{
    static constexpr QByteArrayView orders[] = {"expires", "created", "seen", "users"};
    RedisCommand command = m_client.command(script);
    command.add(orders[m_query.order]);
    return command;
}

void RedisListing::addUser(RedisCommand &command) const
{
    command.add(m_query.user ? "1" : "0").add(m_query.user.value_or(QString()).toUtf8());
}

/// Whether the order holds others' sessions, too.
bool RedisListing::picksNobodys() const
{
    return m_query.user && m_query.user->isEmpty()
        && (m_query.order == SessionQuery::ByExpiry || m_query.order == SessionQuery::ByLastSeen);
}

/// One row more than asked for tells whether there is a next page.
void RedisListing::list(std::optional<qint64> position, qint64 skip)
{
    RedisCommand list = command(m_client.scripts.list);
    list.add(m_query.descending ? "1" : "0");
    addUser(list);
    list.add(m_query.offset).add(m_query.cursor);
    list.add(m_query.limit > 0 ? qint64(m_query.limit) + 1 - qint64(m_rows.size()) : 0);
    list.add(position ? QByteArray::number(*position) : QByteArray()).add(skip).add(m_counted ? "1" : "0");
    run(m_client.scripts.list, std::move(list), [this](const RedisReply &answer) {
        if (answer[0].text().startsWith("COUNT ")) {
            m_page.total = answer[1].integer();
            findPlaces(0);
            return;
        }
        auto it = answer.begin();
        if (const qint64 total = (*++it).integer(); total >= 0)
            m_page.total = total;
        const qint64 next = (*++it).integer();
        const qint64 toSkip = (*++it).integer();
        addRows(*++it);
        m_counted = true;
        if (next >= 0 && qsizetype(m_rows.size()) <= m_query.limit && m_query.limit > 0)
            this->list(next, toSkip);
        else
            readRows();
    });
}

void RedisListing::findPlaces(qint64 from)
{
    RedisCommand places = command(m_client.scripts.places);
    addUser(places);
    places.add(from).add(PlacesStep);
    run(m_client.scripts.places, std::move(places), [this, from](const RedisReply &answer) {
        const qint64 looked = answer[1].integer();
        for (const RedisReply rank : answer[2])
            m_places.push_back(rank.integer());
        if (looked == PlacesStep)
            findPlaces(from + looked);
        else
            placesFound();
    });
}

void RedisListing::placesFound()
{
    m_counted = true;
    const qint64 all = m_page.total;
    m_page.total -= qint64(m_places.size());
    if (picksNobodys() || !m_query.cursor.isEmpty()) {
        list();
        return;
    }
    if (m_query.descending) {
        for (qint64 &place : m_places)
            place = all - 1 - place;
    }
    std::ranges::sort(m_places);
    qint64 position = std::max<qint64>(m_query.offset, 0);
    for (const qint64 place : m_places) {
        if (place > position)
            break;
        ++position;
    }
    list(position);
}

void RedisListing::search(const QByteArray &after)
{
    RedisCommand search = command(m_client.scripts.search);
    addUser(search);
    search.add(m_query.keyPrefix).add(after).add(SearchStep);
    run(m_client.scripts.search, std::move(search), [this](const RedisReply &answer) {
        auto it = answer.begin();
        const qint64 looked = (*++it).integer();
        const QByteArray last = (*++it).text().toByteArray();
        addRows(*++it);
        if (looked == SearchStep)
            this->search(last);
        else
            searched();
    });
}

void RedisListing::searched()
{
    const auto comes = [this](const Row &a, const Row &b) { return m_query.descending ? b < a : a < b; };
    std::ranges::sort(m_rows, comes);
    m_page.total = qint64(m_rows.size());
    auto from = m_rows.begin() + std::clamp<qint64>(m_query.offset, 0, m_page.total);
    if (!m_query.cursor.isEmpty()) {
        const qsizetype space = m_query.cursor.indexOf(' ');
        bool ok = false;
        const qint64 score = m_query.cursor.first(std::max<qsizetype>(space, 0)).toLongLong(&ok);
        if (!ok)
            return m_promise.finish(failure(Error::Invalid,
                                            QStringLiteral("This is no cursor of a page before. Begin at the first "
                                                           "page.")));
        from = std::ranges::upper_bound(m_rows, Row{score, m_query.cursor.sliced(space + 1)}, comes);
    }
    m_rows.erase(m_rows.begin(), from);
    readRows();
}

void RedisListing::addRows(const RedisReply &members)
{
    const auto end = members.end();
    for (auto it = members.begin(); it != end; ++it) {
        const QByteArray member = (*it).text().toByteArray();
        m_rows.push_back({qint64((*++it).text().toDouble()), member});
    }
}

/// Fetches the records, all at once, and answers when the last one is there.
void RedisListing::readRows()
{
    const size_t limit = size_t(std::max(m_query.limit, 0));
    if (m_rows.size() > limit && limit > 0) {
        const Row &last = m_rows[limit - 1];
        m_page.nextCursor = QByteArray::number(last.score) + ' ' + last.member;
    }
    m_rows.resize(std::min(m_rows.size(), limit));
    if (m_rows.empty())
        return m_promise.finish(std::move(m_page));
    m_page.records.reserve(qsizetype(m_rows.size()));
    const auto deadline = m_client.connection.deadlineFromNow();
    for (size_t i = 0; i < m_rows.size() && !m_promise.isFinished(); ++i) {
        const SessionKey key = keyOf(m_rows[i].member);
        RedisCommand row(m_query.withData ? "HGETALL" : "HMGET");
        row.add({m_client.options.prefix, "s:", key.toLatin1()});
        if (!m_query.withData)
            row.add("meta").add("times").add("user").add("expiry");
        m_client.connection.send(
            std::move(row),
            [self = shared_from_this(), key, isLast = i + 1 == m_rows.size()](Result<RedisReply> reply) {
                if (!reply)
                    return self->m_promise.finish(std::unexpected(reply.error()));
                if (reply->type() != RedisReply::Array && !reply->isError("WRONGTYPE"))
                    return self->m_promise.finish(std::unexpected(RedisClient::serverError(*reply)));
                if (auto record = self->rowFrom(key, *reply))
                    self->m_page.records.append(std::move(*record));
                else
                    --self->m_page.total; // the index knows more than there is
                if (isLast)
                    self->m_promise.finish(std::move(self->m_page));
            },
            deadline);
    }
}

/// The record of a row; nothing if it has gone since the keys were listed, a newer program wrote it, or it must be set aside.
std::optional<SessionRecord> RedisListing::rowFrom(const SessionKey &key, const RedisReply &fields)
{
    std::optional<SessionRecord> record;
    QByteArrayView meta;
    if (m_query.withData) {
        record = readRecord(key, fields);
        meta = fieldOf(fields, "meta");
    } else if (fields.size() == 4) {
        const InfoFields infoFields{fields[0].text(), fields[1].text(), fields[2].text(), fields[3].text()};
        meta = infoFields.meta;
        if (const auto info = readInfo(key, infoFields))
            static_cast<SessionInfo &>(record.emplace()) = *info;
    }
    if (!record) {
        const bool isGone = fields.type() == RedisReply::Array && (m_query.withData ? fields.size() == 0 : meta.isEmpty());
        if (!isGone && !isNewerFormat(meta))
            m_client.setAside(key, meta);
        return std::nullopt;
    }
    return record->isExpired(m_client.store->now()) ? std::nullopt : record;
}

/// Of a record that cannot be decoded only the key is known, and when it was set aside: that is its lastSeenAt.
void RedisListing::quarantined()
{
    RedisCommand list(m_query.descending ? "ZREVRANGE" : "ZRANGE");
    list.add({m_client.options.prefix, "i:quarantined"}).add("0").add("-1").add("WITHSCORES");
    m_client.connection.send(std::move(list), [self = shared_from_this()](Result<RedisReply> reply) {
        if (!reply)
            return self->m_promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array)
            return self->m_promise.finish(std::unexpected(RedisClient::serverError(*reply)));
        const SessionQuery &query = self->m_query;
        SessionPage &page = self->m_page;
        const auto end = reply->end();
        for (auto it = reply->begin(); it != end; ++it) {
            const QByteArrayView text = (*it).text();
            const qint64 at = (*++it).text().toLongLong();
            const auto key = SessionKey::fromString(QLatin1StringView(text));
            if (!key || !text.startsWith(query.keyPrefix) || query.user)
                continue;
            if (page.total++ < query.offset || page.records.size() >= query.limit)
                continue;
            SessionRecord record;
            record.key = *key;
            record.lastSeenAt = TimePoint(std::chrono::milliseconds(at));
            page.records.append(record);
        }
        self->m_promise.finish(std::move(page));
    });
}

} // namespace Sojourn
