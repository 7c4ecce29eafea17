// SPDX-License-Identifier: MIT
#include "storesuite.h"

#include "fullrecord.h"

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Records with many equal times and users.
void StoreSuite::makeTwenty()
{
    for (int n = 0; n < 20; ++n) {
        SessionRecord one = record(n, n % 3 == 0 ? QString() : u"user%1"_s.arg(n % 3));
        one.createdAt = m_now - std::chrono::seconds((n * 7) % 5);
        one.lastSeenAt = m_now + std::chrono::seconds((n * 3) % 4);
        one.expiresAt = m_now + Idle + std::chrono::seconds((n * 11) % 6);
        give(one, "n", QByteArray::number(n));
        create(one);
    }
}

static std::pair<QString, TimePoint> place(const SessionRecord &record, SessionQuery::Order order)
{
    switch (order) {
    case SessionQuery::ByExpiry:
        return {{}, record.expiresAt};
    case SessionQuery::ByCreated:
        return {{}, record.createdAt};
    case SessionQuery::ByLastSeen:
        return {{}, record.lastSeenAt};
    case SessionQuery::ByUser:
        return {record.user, {}};
    }
    return {};
}

static bool isInOrder(const QList<SessionRecord> &records, const SessionQuery &query)
{
    return std::ranges::is_sorted(records, [&query](const SessionRecord &a, const SessionRecord &b) {
        return query.descending ? place(b, query.order) < place(a, query.order) : place(a, query.order) < place(b, query.order);
    });
}

static void addOrders()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<bool>("descending");
    for (const bool descending : {false, true}) {
        const char *direction = descending ? "descending" : "ascending";
        QTest::addRow("expiry %s", direction) << int(SessionQuery::ByExpiry) << descending;
        QTest::addRow("created %s", direction) << int(SessionQuery::ByCreated) << descending;
        QTest::addRow("last seen %s", direction) << int(SessionQuery::ByLastSeen) << descending;
        QTest::addRow("user %s", direction) << int(SessionQuery::ByUser) << descending;
    }
}

static SessionQuery fetchedQuery()
{
    QFETCH(int, order);
    QFETCH(bool, descending);
    SessionQuery query;
    query.order = SessionQuery::Order(order);
    query.descending = descending;
    return query;
}

void StoreSuite::listIsInOrder_data()
{
    addOrders();
}

void StoreSuite::listIsInOrder()
{
    makeTwenty();
    SessionQuery query = fetchedQuery();
    const SessionPage all = must(m_store->list(query));
    QCOMPARE(all.total, 20);
    QCOMPARE(all.records.size(), 20);
    QVERIFY(all.nextCursor.isEmpty());
    QVERIFY(isInOrder(all.records, query));
    const QList<SessionKey> keys = keysOf(all);
    QCOMPARE(QSet<SessionKey>(keys.begin(), keys.end()).size(), 20);

    query.limit = 6;
    QList<SessionKey> byCursor;
    do {
        const SessionPage page = must(m_store->list(query));
        QCOMPARE(page.total, 20);
        QVERIFY(page.records.size() <= 6);
        byCursor += keysOf(page);
        query.cursor = page.nextCursor;
    } while (!query.cursor.isEmpty() && byCursor.size() < 100);
    QCOMPARE(byCursor, keys);

    for (query.offset = 0; query.offset <= 25; query.offset += 5) {
        const SessionPage page = must(m_store->list(query));
        QCOMPARE(page.total, 20);
        QCOMPARE(keysOf(page), keys.mid(query.offset, 6));
        QCOMPARE(page.nextCursor.isEmpty(), query.offset + 6 >= 20);
    }
}

void StoreSuite::listOfAUserIsInOrder_data()
{
    addOrders();
}

void StoreSuite::listOfAUserIsInOrder()
{
    makeTwenty();
    for (const QString &user : {QString(), u"user1"_s, u"user2"_s, u"nobody"_s}) {
        SessionQuery query = fetchedQuery();
        query.user = user;
        const SessionPage all = must(m_store->list(query));
        QCOMPARE(all.total, user == u"nobody"_s ? 0 : user.isEmpty() || user == u"user1"_s ? 7 : 6);
        QCOMPARE(all.records.size(), all.total);
        QVERIFY(isInOrder(all.records, query));
        QVERIFY(std::ranges::all_of(all.records, [&user](const SessionRecord &r) {
            return r.user == user && r.user.isNull() == user.isNull();
        }));
        query.limit = 4;
        query.offset = 3;
        const SessionPage page = must(m_store->list(query));
        QCOMPARE(page.total, all.total);
        QCOMPARE(keysOf(page), keysOf(all).mid(3, 4));
    }
}

void StoreSuite::listSkipsExpiredRecordsAtEveryOffset()
{
    makeTwenty();
    m_now += Idle + 2s; // some are expired, and lie scattered in the other orders
    for (const auto order : {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
        for (const bool descending : {false, true}) {
            SessionQuery query;
            query.order = order;
            query.descending = descending;
            const SessionPage all = must(m_store->list(query));
            QCOMPARE(all.total, 10);
            QCOMPARE(all.records.size(), 10);
            QVERIFY(std::ranges::none_of(all.records, [this](const SessionRecord &r) { return r.isExpired(m_now); }));
            query.limit = 3;
            for (query.offset = 0; query.offset < 12; ++query.offset)
                QCOMPARE(keysOf(must(m_store->list(query))), keysOf(all).mid(query.offset, 3));
        }
    }
    QCOMPARE(must(m_store->count()), 10);
}

void StoreSuite::listFindsKeysByPrefix()
{
    SessionRecord wild = record(1000); // '_' and '-' mean something to some query languages
    for (int n = 1000; !key(n).toLatin1().startsWith('_'); ++n)
        wild.key = key(n + 1);
    create(wild);
    makeTwenty();
    for (int n = 0; n < 20; ++n) {
        for (const int length : {1, 2, 3, 42, 43}) {
            SessionQuery query;
            query.keyPrefix = key(n).toLatin1().first(length);
            const SessionPage page = must(m_store->list(query));
            QVERIFY(keysOf(page).contains(key(n)));
            QCOMPARE(page.total, page.records.size());
            for (const SessionKey &found : keysOf(page))
                QVERIFY(found.toLatin1().startsWith(query.keyPrefix));
            if (length >= 42)
                QCOMPARE(page.total, 1);
        }
    }
    SessionQuery query;
    query.keyPrefix = "_";
    QList<SessionKey> expected;
    for (const SessionKey &key : keysOf(must(m_store->list({}))))
        if (key.toLatin1().startsWith('_'))
            expected.append(key);
    QCOMPARE(keysOf(must(m_store->list(query))), expected);
    for (const char *prefix : {"%", "*", "?", "[", "[A-Z]*", "'", "\\", "key with more than 43 characters, which there is not"}) {
        query.keyPrefix = prefix;
        QCOMPARE(must(m_store->list(query)).total, 0);
    }
    query.keyPrefix = key(4).toLatin1().first(6);
    query.user = u"user1"_s;
    QCOMPARE(must(m_store->list(query)).total, 1);
    query.user = u"user2"_s;
    QCOMPARE(must(m_store->list(query)).total, 0);
}

void StoreSuite::listCarriesDataOnlyWhenAsked()
{
    SessionRecord full = record(1);
    fillRecord(full);
    create(full);
    SessionQuery query;
    SessionRecord without;
    static_cast<SessionInfo &>(without) = full;
    QCOMPARE(must(m_store->list(query)).records, QList{without});
    query.withData = true;
    QCOMPARE(must(m_store->list(query)).records, QList{full});
}

void StoreSuite::cursorNeitherSkipsNorRepeats_data()
{
    addOrders();
}

void StoreSuite::cursorNeitherSkipsNorRepeats()
{
    makeTwenty();
    SessionQuery query = fetchedQuery();
    const QList<SessionKey> all = keysOf(must(m_store->list(query)));
    query.limit = 5;
    QList<SessionKey> found;
    QSet<SessionKey> removed;
    do {
        const SessionPage page = must(m_store->list(query));
        found += keysOf(page);
        query.cursor = page.nextCursor;
        if (query.cursor.isEmpty())
            break;
        // The row that the cursor stands on goes, and one that was listed before.
        for (const SessionKey &gone : {page.records.last().key, page.records.first().key})
            must(m_store->remove(gone, SessionStore::Removal::Destroyed));
    } while (found.size() < 100);
    QCOMPARE(found, all);
}

void StoreSuite::pagesOfAFilterAreThoseOfTheWhole_data()
{
    addOrders();
}

void StoreSuite::pagesOfAFilterAreThoseOfTheWhole()
{
    makeTwenty();
    for (int n = 20; n < 22; ++n) {
        SessionRecord rare = record(n, u"rare"_s);
        rare.expiresAt += std::chrono::seconds(n);
        create(rare);
    }
    const SessionQuery query = fetchedQuery();
    const QList<SessionRecord> all = must(m_store->list(query)).records;
    QCOMPARE(all.size(), 22);
    const auto check = [&](const QByteArray &prefix, const std::optional<QString> &user) {
        QList<SessionKey> expected, found;
        for (const SessionRecord &one : all) {
            if (one.key.toLatin1().startsWith(prefix) && (!user || one.user == *user))
                expected += one.key;
        }
        SessionQuery page = query;
        page.keyPrefix = prefix;
        page.user = user;
        page.limit = 1;
        do {
            const SessionPage part = must(m_store->list(page));
            QCOMPARE(part.total, expected.size());
            found += keysOf(part);
            page.cursor = part.nextCursor;
        } while (!page.cursor.isEmpty() && found.size() < 100);
        QCOMPARE(found, expected);
    };
    for (const std::optional<QString> &user : {std::optional<QString>(), std::optional(u"rare"_s), std::optional(u"user1"_s)}) {
        for (const QByteArray &prefix : {QByteArray(), key(20).toLatin1().first(1), key(3).toLatin1().first(1)})
            check(prefix, user);
    }
}

void StoreSuite::damagedCursorIsRefused()
{
    makeTwenty();
    SessionQuery query;
    query.limit = 5;
    for (const QByteArray &cursor : {QByteArray("x"), QByteArray(1, '\0'), QByteArray("' OR 1"), QByteArray(500, '\xff')}) {
        query.cursor = cursor;
        QVERIFY(fails(m_store->list(query), Error::Invalid));
    }
}
