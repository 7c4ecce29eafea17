// SPDX-License-Identifier: MIT
#include "sqlitereader_p.h"

#include <Sojourn/recordrules_p.h>

#include <tuple>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

// A count that goes on from an earlier one is trusted so long: whoever writes to the file without us leaves no event.
constexpr auto CountLife = std::chrono::seconds(5);
// Up to so many rows are sorted rather than picked from the index of their order.
constexpr qint64 SortLimit = 10'000;

struct Sql
{
    QString text;
    QVariantList values;

    void add(const QString &more, const QVariantList &moreValues = {})
    {
        text += more;
        values += moreValues;
    }
};

// Columns of the order; the id, with which every index ends, breaks ties.
QStringList orderColumns(SessionQuery::Order order)
{
    switch (order) {
    case SessionQuery::ByExpiry:
        return {u"expires"_s, u"id"_s};
    case SessionQuery::ByCreated:
        return {u"created"_s, u"id"_s};
    case SessionQuery::ByLastSeen:
        return {u"seen"_s, u"id"_s};
    case SessionQuery::ByUser:
        return {u"user"_s, u"created"_s, u"id"_s};
    }
    Q_UNREACHABLE();
}

QString orderBy(const QStringList &columns, bool descending)
{
    const QString direction = descending ? u" DESC"_s : QString();
    return " ORDER BY "_L1 + columns.join(direction + ", "_L1) + direction;
}

// A cursor is the place of the last row: "ORDER:ID:TIME" and, in the order of users, ":USER".
QByteArray cursorAfter(const SqliteRows &row, SessionQuery::Order order)
{
    const int timeColumn = order == SessionQuery::ByUser ? 2 : 1;
    QByteArray cursor = QByteArray::number(int(order)) + ':' + QByteArray::number(row.number(timeColumn + 1)) + ':'
                      + QByteArray::number(row.number(timeColumn));
    if (order == SessionQuery::ByUser)
        cursor += ':' + row.text(1).toUtf8();
    return cursor;
}

// The values of the order's columns, nothing for what is no cursor of this order.
std::optional<QVariantList> placeOf(const QByteArray &cursor, SessionQuery::Order order)
{
    const bool byUser = order == SessionQuery::ByUser;
    const QByteArray prefix = QByteArray::number(int(order)) + ':';
    const qsizetype timeAt = cursor.indexOf(':', prefix.size()) + 1;
    const qsizetype userAt = byUser ? cursor.indexOf(':', timeAt) + 1 : cursor.size() + 1;
    if (!cursor.startsWith(prefix) || timeAt == 0 || userAt == 0)
        return std::nullopt;
    bool idOk, timeOk;
    const qint64 id = cursor.sliced(prefix.size(), timeAt - 1 - prefix.size()).toLongLong(&idOk);
    const qint64 time = cursor.sliced(timeAt, userAt - 1 - timeAt).toLongLong(&timeOk);
    if (!idOk || !timeOk)
        return std::nullopt;
    QVariantList place{SqliteConnection::toVariant(time), SqliteConnection::toVariant(id)};
    if (byUser)
        place.prepend(cursor.size() > userAt ? cursor.sliced(userAt) : QByteArray(""));
    return place;
}

// Whether \a place comes after \a before in the order of the list.
bool isAfter(const QVariantList &place, const QVariantList &before, bool descending)
{
    for (int i = 0; i < place.size(); ++i) {
        const bool isUser = place.size() == 3 && i == 0;
        const auto order = isUser ? place[i].toByteArray().compare(before[i].toByteArray()) <=> 0
                                  : place[i].toLongLong() <=> before[i].toLongLong();
        if (order != 0)
            return descending ? order < 0 : order > 0;
    }
    return false;
}

// The rows that the query asks for, living or not. A \a sign of "+" keeps SQLite from using an index for them.
Sql filter(const SessionQuery &query, const QString &sign = {})
{
    Sql sql{u" WHERE true"_s, {}};
    if (query.user)
        sql.add(u" AND %1user = CAST(? AS TEXT)"_s.arg(sign), {userText(*query.user)});
    if (!query.keyPrefix.isEmpty()) {
        // '~' comes after every character of a key.
        const QString prefix = QString::fromLatin1(query.keyPrefix);
        sql.add(u" AND %1key >= ? AND %1key < ?"_s.arg(sign), {prefix, prefix + u'~'});
    }
    return sql;
}

QString tableOf(const SessionQuery &query)
{
    return query.quarantined ? u"quarantined"_s : u"sessions"_s;
}

QString compare(const QStringList &columns, const QString &how, const QVariantList &place)
{
    return " AND ("_L1 + columns.join(u", ") + ") "_L1 + how + (place.size() == 3 ? " (CAST(? AS TEXT), ?, ?)"_L1 : " (?, ?)"_L1);
}

// The order's columns in the row of sessions with this number.
QVariantList placeAt(SqliteConnection &db, const QStringList &columns, bool backwards, qint64 number)
{
    SqliteRows row = db.runOnce("SELECT "_L1 + columns.join(u", ") + " FROM sessions"_L1 + orderBy(columns, backwards)
                                    + " LIMIT 1 OFFSET ?"_L1,
                                {SqliteConnection::toVariant(number)});
    const bool found = row.next();
    QVariantList place;
    for (int i = 0; i < columns.size(); ++i)
        place.append(found ? row.value(i) : QVariant());
    return place;
}

qint64 countRows(SqliteConnection &db, const QString &table, const Sql &where)
{
    // Without a condition SQLite counts by pages rather than by rows.
    SqliteRows rows = db.runOnce("SELECT count(*) FROM "_L1 + table + (where.values.isEmpty() ? QString() : where.text),
                                 where.values);
    return rows.next() ? rows.number(0) : 0;
}

} // namespace

std::unexpected<Error> sessionNotFound()
{
    static const auto made = failure(Error::NotFound, Error::tr("There is no living session with this key."));
    return made;
}

std::unexpected<Error> newerRow(const QString &path)
{
    return failure(Error::Unsupported,
                   Error::tr("A newer version of Sojourn wrote this session into %1. Update this program.").arg(path));
}

std::optional<SqliteRecord> SqliteReader::find(const SessionKey &key, TimePoint now)
{
    if (m_kept.isEmpty()) {
        std::ignore = m_db.takeChanges(); // older than what is read below, and must not take its place later
    } else {
        bringUpToDate();
        if (const SqliteRecord *kept = m_kept.object(key); kept && !kept->record->isExpired(now))
            return *kept;
    }
    {
        SqliteRows row = m_db.run("SELECT " SOJOURN_RECORD " FROM sessions WHERE key = ? AND expires > ?", key, now);
        if (row.next()) {
            const SqliteRecord found = readRecord(row.bytes(0));
            if (found.record)
                keep(found);
            return found;
        }
    }
    SqliteRows row = m_db.run("SELECT " SOJOURN_RECORD " FROM sessions"
                              " WHERE id = (SELECT session FROM graces WHERE key = ? AND until > ?) AND expires > ?",
                              key, now, now);
    return row.next() ? std::optional(readRecord(row.bytes(0))) : std::nullopt;
}

std::optional<SqliteRecord> SqliteReader::findByOldKey(SessionKey key, TimePoint now)
{
    auto row = find(key, now);
    for (int steps = 0; !row && steps < Detail::MostKeysFollowed; ++steps) {
        SqliteRows newKey = m_db.run("SELECT key FROM history WHERE oldKey = ? AND EXISTS (SELECT 1 FROM replaced"
                                     " WHERE replaced.key = history.oldKey AND until > ?) ORDER BY seq DESC LIMIT 1",
                                     key, now);
        const auto next = newKey.next() ? SessionKey::fromString(newKey.text(0)) : std::nullopt;
        if (!next)
            break;
        key = *next;
        row = find(key, now);
    }
    return row;
}

Result<SessionRecord> SqliteReader::load(const SessionKey &key, TimePoint now)
{
    auto row = find(key, now);
    if (!row)
        return absent(key, now);
    if (row->isNewer)
        return newerRow(m_db.path());
    if (!row->record)
        return failure(Error::Corrupt, Error::tr("This session cannot be decoded."));
    return std::move(*row->record);
}

std::unexpected<Error> SqliteReader::absent(const SessionKey &key, TimePoint now)
{
    if (m_db.number("SELECT EXISTS (SELECT 1 FROM replaced WHERE key = ? AND until > ?)", key, now) != 0)
        return failure(Error::Replaced, Error::tr("The session with this key has been given another one. Use that."));
    return sessionNotFound();
}

void SqliteReader::keep(const SqliteRecord &row)
{
    m_kept.insert(row.record->key, new SqliteRecord(row), row.record->memoryUse());
}

/// Keeps no row that another connection may have changed since, but for what this process has made of them.
void SqliteReader::bringUpToDate()
{
    const bool isUnknown = m_db.hasUnknownNews(&m_keptAt);
    const SqliteChanges changes = m_db.takeChanges();
    if (isUnknown) {
        m_kept.clear();
        return;
    }
    for (const SqliteChange &change : changes) {
        if (change.row && m_kept.contains(change.key))
            keep(*change.row);
        else
            forget(change.key);
    }
}

Result<SessionPage> SqliteReader::list(const SessionQuery &query, TimePoint now)
{
    SessionPage page;
    const QString table = tableOf(query);
    qint64 expired = 0;
    if (!query.quarantined) {
        // Few rows, as they are swept; the others are counted without a look at their deadline, which is quicker.
        Sql where = filter(query, u"+"_s);
        where.add(u" AND expires <= ?"_s, {SqliteConnection::toVariant(now)});
        expired = countRows(m_db, table, where);
    }
    const qint64 total = page.total = countAll(query) - expired;
    if (query.limit <= 0)
        return page;

    // Of the sessions of one user few are to be sorted; of those without a user there may be a million, and their first page must
    // not wait.
    const bool indexed = query.order == SessionQuery::ByUser || query.order == SessionQuery::ByCreated || total < SortLimit;
    Sql where = filter(query, indexed ? QString() : u"+"_s);
    const bool skipsExpired = expired > 0 && query.order != SessionQuery::ByExpiry;
    if (skipsExpired)
        where.add(u" AND id NOT IN (SELECT id FROM sessions WHERE expires <= ?)"_s, {SqliteConnection::toVariant(now)});
    else if (expired > 0)
        where.add(u" AND expires > ?"_s, {SqliteConnection::toVariant(now)});

    const QStringList columns = orderColumns(query.order);
    bool backwards = query.descending;
    qint64 wanted = query.limit;
    if (query.cursor.isEmpty()) {
        const qint64 offset = std::max<qint64>(query.offset, 0);
        wanted = std::min(wanted, total - offset);
        if (wanted <= 0)
            return page;
        // OFFSET steps over every row before: from the nearer end they are fewer.
        const bool fromOtherEnd = offset > total / 2;
        backwards = query.descending != fromOtherEnd;
        qint64 skipped = fromOtherEnd ? total - offset - wanted : offset;
        if (skipsExpired && !query.user && query.keyPrefix.isEmpty() && skipped > SortLimit) {
            // To ask of each row on the way whether it has expired takes longer than the way: go over all of them, and then past
            // as many living ones as there were expired ones.
            const QVariantList place = placeAt(m_db, columns, backwards, skipped);
            Sql passed{u" WHERE expires <= ?"_s, {SqliteConnection::toVariant(now)}};
            passed.add(compare(columns, backwards ? u">"_s : u"<"_s, place), place);
            skipped = countRows(m_db, table, passed);
            where.add(compare(columns, backwards ? u"<="_s : u">="_s, place), place);
        }
        where.add(orderBy(columns, backwards) + " LIMIT ? OFFSET ?"_L1,
                  {SqliteConnection::toVariant(wanted), SqliteConnection::toVariant(skipped)});
    } else {
        const auto place = placeOf(query.cursor, query.order);
        if (!place)
            return failure(Error::Invalid, Error::tr("This is no cursor of a list in this order. Start again without one."));
        where.add(compare(columns, query.descending ? u"<"_s : u">"_s, *place), *place);
        where.add(orderBy(columns, backwards) + " LIMIT ?"_L1, {SqliteConnection::toVariant(wanted + 1)});
    }

    // The inner query walks a narrow index; only the rows of the page are looked up in the table.
    const bool withData = query.withData && !query.quarantined;
    const QString fields = withData ? QStringLiteral(SOJOURN_RECORD) : QStringLiteral(SOJOURN_INFO);
    const auto read = addRows(page,
                              m_db.runOnce("SELECT "_L1 + fields + ", "_L1 + columns.join(u", ") + " FROM (SELECT id FROM "_L1
                                               + table + where.text + ") LEFT JOIN "_L1 + table + " USING (id)"_L1
                                               + orderBy(columns, query.descending),
                                           where.values),
                              query, withData);
    if (!read)
        return std::unexpected(read.error());
    const bool more = query.cursor.isEmpty() ? std::max<qint64>(query.offset, 0) + *read < total : *read > query.limit;
    if (!more)
        page.nextCursor.clear();
    // An index that lacks rows says nothing. Whoever has read all data may keep it as a copy, and must know that it is one.
    const bool isShort = query.cursor.isEmpty() && *read < wanted;
    const bool isEndOfAll = !more && withData && !query.user && query.keyPrefix.isEmpty();
    if ((isShort || isEndOfAll) && !isWhole(columns)) {
        m_base.reset();
        return std::unexpected(damagedFile(m_db.path()));
    }
    // Where index and table contradict each other, a walk would never end.
    const auto next = placeOf(page.nextCursor, query.order);
    const auto from = placeOf(query.cursor, query.order);
    if (next && from && !isAfter(*next, *from, query.descending))
        return std::unexpected(damagedFile(m_db.path()));
    return page;
}

/// Adds what \a row and those behind it say, up to the limit of \a query. \return how many there were, one more than the limit
/// where there is more.
Result<qint64> SqliteReader::addRows(SessionPage &page, SqliteRows row, const SessionQuery &query, bool withData)
{
    qint64 read = 0;
    while (row.next()) {
        if (++read > query.limit)
            break;
        if (row.isNull(0)) // the index has a row that the table has not
            return std::unexpected(damagedFile(m_db.path()));
        page.nextCursor = cursorAfter(row, query.order);
        if (withData && !addRecord(page, row.bytes(0)))
            return newerRow(m_db.path());
        if (!withData)
            addInfo(page, row.bytes(0), query.quarantined);
    }
    return read;
}

/// \return whether it is not of a newer version.
bool SqliteReader::addRecord(SessionPage &page, const QByteArray &row)
{
    SqliteRecord found = readRecord(row);
    if (found.record)
        page.records.append(std::move(*found.record));
    else if (!found.isNewer)
        m_undecodable.append(found.id);
    return !found.isNewer;
}

/// Adds a record without its data; of those that are quarantined also what can be read of a damaged one.
void SqliteReader::addInfo(SessionPage &page, const QByteArray &row, bool damagedToo)
{
    const SqliteInfo found = readInfo(row);
    if (found.isSound || damagedToo)
        static_cast<SessionInfo &>(page.records.emplaceBack()) = found.info;
    else
        m_undecodable.append(found.id);
}

/// Whether the index in which sessions are walked in the order of \a columns has as many rows as that of their keys: to count
/// those of the table itself would be to read all data again.
bool SqliteReader::isWhole(const QStringList &columns)
{
    // Without a limit SQLite would not keep to the order, nor to its index.
    SqliteRows row = m_db.runOnce("SELECT (SELECT count(key) FROM sessions INDEXED BY sqlite_autoindex_sessions_1)"
                                  " = (SELECT count(*) FROM (SELECT id FROM sessions"_L1
                                      + orderBy(columns, false) + " LIMIT -1))"_L1,
                                  {});
    return row.next() && row.number(0) != 0;
}

/// How many rows the filters of \a query let through, living or not. A walk over all pages counts them once, unless somebody
/// writes.
qint64 SqliteReader::countAll(const SessionQuery &query)
{
    const Filters filters{query.user, query.keyPrefix, query.quarantined};
    if (m_db.hasNews(&m_countedAt) || m_counted != filters) {
        m_count = filters == Filters() ? countSessions() : countRows(m_db, tableOf(query), filter(query));
        m_counted = m_db.hasError() ? std::nullopt : std::optional(filters);
    }
    return m_count;
}

/// The rows of sessions, living or not. SQLite looks at every page of an index to count them; the history tells what became of
/// those that were counted before.
qint64 SqliteReader::countSessions()
{
    const qint64 newest = m_db.number("SELECT max(seq) FROM history");
    const qint64 oldest = m_db.number("SELECT min(seq) FROM history");
    if (!m_base || m_base->until.hasExpired() || newest < m_base->event || oldest > m_base->event + 1)
        m_base = Base{m_db.number("SELECT count(*) FROM sessions"), newest, QDeadlineTimer(CountLife)};
    m_base->sessions += m_db.number("SELECT sum(CASE event WHEN 'created' THEN 1 WHEN 'rotated' THEN 0 ELSE -1 END) FROM history"
                                    " WHERE seq > ?",
                                    m_base->event);
    m_base->event = newest;
    if (!m_db.hasError())
        return m_base->sessions;
    m_base.reset();
    return 0;
}

qint64 SqliteReader::count(TimePoint now)
{
    return countSessions() - m_db.number("SELECT count(*) FROM sessions WHERE expires <= ?", now);
}

SqlitePosition SqliteReader::newestEvent()
{
    return {.history = m_db.number("SELECT max(seq) FROM history"), .changes = m_db.number("SELECT max(seq) FROM changes")};
}

QList<SessionEvent> SqliteReader::history(const HistoryQuery &query, int historyLimit)
{
    Sql where{u" WHERE seq > (SELECT max(seq) FROM history) - ?"_s, {historyLimit}};
    if (query.user)
        where.add(u" AND user = CAST(? AS TEXT)"_s, {userText(*query.user)});
    if (query.key)
        where.add(u" AND (key = ? OR oldKey = ?)"_s, {query.key->toString(), query.key->toString()});
    where.add(u" ORDER BY seq DESC LIMIT ?"_s, {std::max(query.limit, 0)});

    QList<SessionEvent> events;
    SqliteRows row = m_db.runOnce("SELECT " SOJOURN_EVENT " FROM history"_L1 + where.text, where.values);
    while (row.next()) {
        if (const auto event = readEvent(row))
            events.append(*event);
    }
    return events;
}

} // namespace Sojourn
