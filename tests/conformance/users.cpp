// SPDX-License-Identifier: MIT
#include "storesuite.h"

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void StoreSuite::userIsBoundReboundAndUnbound()
{
    create(record(1));
    QCOMPARE(must(m_store->update(key(1), binding(u"ann"_s))).user, u"ann"_s);
    QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
    QCOMPARE(keysOf(QString()), QList<SessionKey>());
    must(m_store->update(key(1), binding(u"bob"_s)));
    QCOMPARE(keysOf(u"ann"_s), QList<SessionKey>());
    QCOMPARE(keysOf(u"bob"_s), QList{key(1)});
    QVERIFY(must(m_store->update(key(1), binding(QString()))).user.isNull());
    QCOMPARE(keysOf(u"bob"_s), QList<SessionKey>());
    QCOMPARE(keysOf(QString()), QList{key(1)});
    QVERIFY(must(m_store->load(key(1))).user.isNull());
}

void StoreSuite::userNamesAreOnlyNames_data()
{
    QTest::addColumn<QString>("user");
    QTest::newRow("quotes") << uR"('"`\)"_s;
    QTest::newRow("SQL") << u"x' OR '1'='1"_s;
    QTest::newRow("NUL") << QString(u'a') + QChar(u'\0') + u'b';
    QTest::newRow("emoji") << u"\U0001F36A"_s;
    QTest::newRow("long") << QString(1024 - m_factory.userOverhead, u'u');
    for (const char *user : {"a:b", "user", "%", "_", "*", "[a]", "{a}", " ", "0", "null"})
        QTest::newRow(user) << QString::fromLatin1(user);
}

void StoreSuite::userNamesAreOnlyNames()
{
    QFETCH(QString, user);
    create(record(1, user));
    create(record(2, u"someone"_s));
    QCOMPARE(must(m_store->load(key(1))).user, user);
    QCOMPARE(keysOf(user), QList{key(1)});
    QCOMPARE(must(m_store->removeUser(user, {}, SessionStore::Removal::User)), 1);
    QVERIFY(!exists(key(1)));
    QVERIFY(exists(key(2)));
}

void StoreSuite::sessionsOfAUserAreListedNewestFirst()
{
    for (int n = 0; n < 25; ++n) {
        create(record(n, n % 5 == 4 ? u"bob"_s : u"ann"_s));
        m_now += 1s;
    }
    SessionQuery query;
    query.user = u"ann"_s;
    query.order = SessionQuery::ByCreated;
    query.descending = true;
    query.limit = 8;
    QList<SessionKey> found;
    for (int page = 0; page < 3; ++page) {
        const SessionPage records = must(m_store->list(query));
        QCOMPARE(records.total, 20);
        found += keysOf(records);
        query.cursor = records.nextCursor;
    }
    QVERIFY(query.cursor.isEmpty());
    QList<SessionKey> expected;
    for (int n = 24; n >= 0; --n)
        if (n % 5 != 4)
            expected.append(key(n));
    QCOMPARE(found, expected);
}

void StoreSuite::removeUserRemovesAllButTheExcepted()
{
    for (int n = 0; n < 4; ++n)
        create(record(n, n == 3 ? u"bob"_s : u"ann"_s));
    create(record(4));
    QCOMPARE(must(m_store->removeUser(u"ann"_s, key(1), SessionStore::Removal::User)), 2);
    QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
    QVERIFY(exists(key(3)));
    QCOMPARE(must(m_store->removeUser(u"ann"_s, key(3), SessionStore::Removal::User)), 1);
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 0);
    QVERIFY(exists(key(3)));
    QVERIFY(exists(key(4)));
}

void StoreSuite::removeUserRemovesWhatIsOlderThan1970()
{
    int n = 0;
    for (const auto created : {-1ms, -86'400'000ms, 0ms}) {
        SessionRecord old = record(++n, u"ann"_s);
        old.createdAt = old.lastSeenAt = old.idIssuedAt = TimePoint(created);
        create(old);
    }
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), n);
    QCOMPARE(must(m_store->list({.user = u"ann"_s})).total, 0);
}

void StoreSuite::removeUserKnowsTheExceptedByItsGraceKey()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    must(m_store->rotate(key(1), key(3), change(), 30s));
    QCOMPARE(must(m_store->removeUser(u"ann"_s, key(1), SessionStore::Removal::User)), 1);
    QCOMPARE(keysOf(u"ann"_s), QList{key(3)});
}

void StoreSuite::removeUserKnowsTheExceptedByItsOldKeys()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    int last = 1;
    for (int rotations = 0; rotations < 2; ++rotations) {
        int next = last + 1;
        while (next == 2 || !m_store->mayRotate(key(last), key(next)))
            ++next;
        must(m_store->rotate(key(last), key(next), change()));
        last = next;
    }
    QVERIFY(last > 2);
    QCOMPARE(must(m_store->removeUser(u"ann"_s, key(1), SessionStore::Removal::User)), 1);
    QCOMPARE(keysOf(u"ann"_s), QList{key(last)});
    m_now += SessionStore::ReplacedKept;
    QCOMPARE(must(m_store->removeUser(u"ann"_s, key(1), SessionStore::Removal::User)), 1);
}

void StoreSuite::removeUserWantsAName()
{
    create(record(1));
    QVERIFY(fails(m_store->removeUser({}, {}, SessionStore::Removal::User), Error::Invalid));
    QVERIFY(exists(key(1)));
}

// How a session comes to have a user.
enum class Binding { Create, Update, Rotate };

static void addBindings()
{
    QTest::addColumn<Binding>("way");
    QTest::newRow("create") << Binding::Create;
    QTest::newRow("update") << Binding::Update;
    QTest::newRow("rotate") << Binding::Rotate;
}

void StoreSuite::capEvictsTheSessionCreatedFirst_data()
{
    addBindings();
}

void StoreSuite::capEvictsTheSessionCreatedFirst()
{
    QFETCH(Binding, way);
    const UserCap cap{2, UserCap::Evict};
    if (way != Binding::Create) // older than the others, but it is the one that stays
        create(record(9));
    m_now += 1s;
    create(record(1, u"ann"_s));
    m_now += 1s;
    create(record(2, u"ann"_s));
    m_now += 1s;
    must(m_store->update(key(1), touching())); // who was seen last does not matter
    QList<SessionEvent> events;
    watch(*m_store, &events);
    if (way == Binding::Create)
        must(m_store->create(record(9, u"ann"_s), cap));
    else if (way == Binding::Update)
        must(m_store->update(key(9), binding(u"ann"_s, cap)));
    else
        must(m_store->rotate(key(9), key(10), binding(u"ann"_s, cap)));
    const SessionKey bound = way == Binding::Rotate ? key(10) : key(9);
    const QList<SessionKey> left = keysOf(u"ann"_s);
    QCOMPARE(QSet<SessionKey>(left.begin(), left.end()), (QSet<SessionKey>{key(2), bound}));
    QVERIFY(!exists(key(1)));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    QTRY_COMPARE(std::ranges::count(events, SessionEvent::Revoked, &SessionEvent::type), 1);
    const auto revoked = std::ranges::find(events, SessionEvent::Revoked, &SessionEvent::type);
    QCOMPARE(revoked->key, key(1));
    QCOMPARE(revoked->user, u"ann"_s);
    QCOMPARE(revoked->reason, u"cap"_s);
}

void StoreSuite::capOfZeroIsNoLimit()
{
    create(record(1, u"ann"_s));
    create(record(2));
    must(m_store->create(record(3, u"ann"_s), UserCap{0, UserCap::Evict}));
    must(m_store->update(key(2), binding(u"ann"_s, UserCap{0, UserCap::Refuse})));
    QCOMPARE(keysOf(u"ann"_s).size(), 3);
}

void StoreSuite::logInOfAReplacedSessionEndsNobody()
{
    const UserCap cap{2, UserCap::Evict};
    create(record(1));
    m_now += std::chrono::seconds(1);
    create(record(2, u"ann"_s));
    const auto other = m_factory.makeAnother ? makeAnother() : m_store;
    must(m_store->load(key(1)));
    must(other->waitFor(other->load(key(1))));
    // Not waitFor(), which has one store work: log-ins take turns.
    const auto comesTooLate = [](const QFuture<Result<SessionInfo>> &logIn) {
        return QTest::qWaitFor([&logIn] { return logIn.isFinished(); }) && !logIn.result()
            && logIn.result().error() == Error::NotFound;
    };
    // Requests that log in with one cookie.
    must(m_store->rotate(key(1), key(3), binding(u"ann"_s, cap)));
    QVERIFY(comesTooLate(other->rotate(key(1), key(4), binding(u"ann"_s, cap))));
    QVERIFY(comesTooLate(m_store->rotate(key(1), key(5), binding(u"ann"_s, cap))));
    QVERIFY(exists(key(2)) && exists(key(3)));
    must(m_store->remove(key(3), SessionStore::Removal::Destroyed));
    const UserCap one{1, UserCap::Evict};
    QVERIFY(comesTooLate(other->rotate(key(3), key(4), binding(u"ann"_s, one))));
    create(record(6));
    SessionChange brief = change();
    brief.expiry = Expiry::atDateTime(toDateTime(m_now + 1s));
    must(other->waitFor(other->update(key(6), brief))); // which the first one does not know
    m_now += 2s;
    QVERIFY(comesTooLate(m_store->rotate(key(6), key(7), binding(u"ann"_s, one))));
    QVERIFY(exists(key(2)));
}

void StoreSuite::capRefusesOneTooMany_data()
{
    addBindings();
}

void StoreSuite::capRefusesOneTooMany()
{
    QFETCH(Binding, way);
    const UserCap cap{2, UserCap::Refuse};
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    SessionChange login = binding(u"ann"_s, cap);
    login.set("a", "1");
    if (way == Binding::Create) {
        QVERIFY(fails(m_store->create(record(9, u"ann"_s), cap), Error::LimitReached));
        QVERIFY(!exists(key(9)));
    } else {
        create(record(9));
        if (way == Binding::Update)
            QVERIFY(fails(m_store->update(key(9), login), Error::LimitReached));
        else
            QVERIFY(fails(m_store->rotate(key(9), key(10), login), Error::LimitReached));
        QVERIFY(!exists(key(10)));
        QCOMPARE(must(m_store->load(key(9))), record(9));
    }
    QCOMPARE(keysOf(u"ann"_s).size(), 2);
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    if (way == Binding::Create)
        must(m_store->create(record(9, u"ann"_s), cap));
    else if (way == Binding::Update)
        must(m_store->update(key(9), login));
    else
        must(m_store->rotate(key(9), key(10), login));
    QCOMPARE(keysOf(u"ann"_s).size(), 2);
    // One that has the user already is not one too many.
    must(m_store->update(key(2), login));
}

void StoreSuite::capCountsNeitherExpiredNorOtherUsersSessions()
{
    const UserCap cap{1, UserCap::Refuse};
    SessionRecord brief = record(1, u"ann"_s);
    brief.expiresAt = m_now + 1min;
    create(brief);
    create(record(2, u"bob"_s));
    create(record(3));
    m_now += 1min;
    must(m_store->create(record(4, u"ann"_s), cap));
    must(m_store->create(record(5), cap));
    must(m_store->create(record(6), cap));
    QVERIFY(fails(m_store->update(key(5), binding(u"ann"_s, cap)), Error::LimitReached));
    must(m_store->update(key(4), binding(QString(), cap)));
    must(m_store->update(key(5), binding(u"ann"_s, cap)));
}

void StoreSuite::indexOfUsersStaysExact()
{
    for (int n = 1; n <= 6; ++n) {
        SessionRecord one = record(n, u"ann"_s);
        if (n == 1)
            one.expiresAt = m_now + 1min;
        create(one);
        m_now += 1s;
    }
    must(m_store->rotate(key(2), key(12), change()));
    must(m_store->rotate(key(3), key(13), change(), 30s));
    must(m_store->remove(key(4), SessionStore::Removal::Destroyed));
    must(m_store->update(key(5), binding(u"bob"_s)));
    must(m_store->rotate(key(6), key(16), binding(u"bob"_s)));
    m_now += 1min;
    QCOMPARE(keysOf(u"ann"_s), (QList{key(13), key(12)}));
    QCOMPARE(keysOf(u"bob"_s), (QList{key(16), key(5)}));
    QCOMPARE(must(m_store->removeExpired(10)), 1);
    QCOMPARE(keysOf(u"ann"_s), (QList{key(13), key(12)}));
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 2);
    QCOMPARE(must(m_store->removeUser(u"bob"_s, {}, SessionStore::Removal::User)), 2);
    QCOMPARE(must(m_store->count()), 0);
}
