// SPDX-License-Identifier: MIT
#include "storesuite.h"

#include <Sojourn/Author>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static QStringList names(const QList<SessionEvent> &events)
{
    QStringList names;
    for (const SessionEvent &event : events)
        names.append(SessionEvent::name(event.type));
    return names;
}

void StoreSuite::spaceIsGivenBackOrThereIsNone()
{
    create(record(1));
    const Result<qint64> freed = m_store->waitFor(m_store->compact());
    if (freed)
        QVERIFY(*freed >= 0);
    else
        QCOMPARE(freed.error().code, Error::Unsupported);
    QVERIFY(freed || !freed.error().text.isEmpty());
    QCOMPARE(must(m_store->count()), 1);
}

void StoreSuite::everyChangeIsTold()
{
    QList<SessionEvent> events;
    watch(*m_store, &events);
    const auto tells = [&](const QStringList &expected) {
        const bool told = QTest::qWaitFor([&] { return events.size() >= expected.size(); });
        const QStringList found = names(std::exchange(events, {}));
        if (found != expected)
            qWarning() << "told of" << found << "instead of" << expected;
        return told && found == expected;
    };
    SessionChange flash = change();
    flash.addFlash("1");
    SessionChange request = change();
    request.rotateRequested = true;
    SessionChange secret = change();
    secret.csrfSecret = QByteArray(16, 's');
    SessionChange both = setting("a", "2");
    both.touch = SessionChange::Touch{m_now + 1min};

    create(record(1));
    QVERIFY(tells({u"created"_s}));
    must(m_store->update(key(1), setting("a", "1")));
    QVERIFY(tells({u"changed"_s}));
    must(m_store->update(key(1), both));
    QVERIFY(tells({u"changed"_s}));
    // What a cache could otherwise not know of.
    must(m_store->update(key(1), flash));
    QVERIFY(tells({u"changed"_s}));
    QCOMPARE(must(m_store->takeFlash(key(1))), "[1]");
    must(m_store->takeFlash(key(1))); // nothing any more
    must(m_store->update(key(1), flash));
    QVERIFY(tells({u"changed"_s, u"changed"_s}));
    must(m_store->update(key(1), request));
    QVERIFY(tells({u"changed"_s}));
    must(m_store->update(key(1), secret));
    QVERIFY(tells({u"changed"_s}));
    m_now += 2min;
    must(m_store->update(key(1), secret)); // no change any more
    must(m_store->update(key(1), touching()));
    QVERIFY(tells({u"touched"_s}));
    must(m_store->rotate(key(1), key(2), change()));
    QVERIFY(tells({u"rotated"_s}));
    must(m_store->rotate(key(2), key(3), change(), 30s));
    QVERIFY(tells({u"rotated"_s}));
    must(m_store->rotate(key(2), key(4), setting("b", "1"), 30s));
    QVERIFY(tells({u"changed"_s}));
    must(m_store->remove(key(3), SessionStore::Removal::Destroyed));
    QVERIFY(tells({u"destroyed"_s}));
    create(record(5));
    must(m_store->remove(key(5), SessionStore::Removal::Admin));
    QVERIFY(tells({u"created"_s, u"revoked"_s}));
    create(record(6, u"ann"_s));
    create(record(7, u"ann"_s));
    must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User));
    QVERIFY(tells({u"created"_s, u"created"_s, u"revoked"_s, u"revoked"_s}));
    create(record(8));
    m_now += Idle;
    must(m_store->removeExpired(10));
    QVERIFY(tells({u"created"_s, u"expired"_s}));
}

void StoreSuite::eventsCarryTheirFields()
{
    QList<SessionEvent> events;
    watch(*m_store, &events);
    create(record(1));
    m_now += 1s;
    must(m_store->update(key(1), binding(u"ann"_s)));
    m_now += 1s;
    const SessionInfo rotated = must(m_store->rotate(key(1), key(2), change()));
    m_now += 1s;
    must(m_store->remove(key(2), SessionStore::Removal::Admin));
    QTRY_COMPARE(events.size(), 4);

    QCOMPARE(events[0].type, SessionEvent::Created);
    QCOMPARE(events[0].key, key(1));
    QVERIFY(events[0].user.isNull());
    QCOMPARE(events[0].version, 1);
    QCOMPARE(events[0].at, m_now - 3s);
    QVERIFY(!events[0].oldKey);
    QVERIFY(events[0].reason.isNull());

    QCOMPARE(events[1].type, SessionEvent::Changed);
    QCOMPARE(events[1].key, key(1));
    QCOMPARE(events[1].user, u"ann"_s);
    QCOMPARE(events[1].version, 2);

    QCOMPARE(events[2].type, SessionEvent::Rotated);
    QCOMPARE(events[2].key, key(2));
    QCOMPARE(events[2].oldKey, key(1));
    QCOMPARE(events[2].user, u"ann"_s);
    QCOMPARE(events[2].version, rotated.version);
    QCOMPARE(events[2].at, m_now - 1s);

    QCOMPARE(events[3].type, SessionEvent::Revoked);
    QCOMPARE(events[3].key, key(2));
    QCOMPARE(events[3].user, u"ann"_s);
    QCOMPARE(events[3].reason, u"admin"_s);
    QCOMPARE(events[3].version, rotated.version);
    QCOMPARE(events[3].at, m_now);

    for (const SessionEvent &event : std::as_const(events)) // of an application
        QVERIFY(event.by.isNull());
}

void StoreSuite::administrationIsToldWithItsAuthor()
{
    const QString author = u"ünal@web 1, 100% \"tool\"/2 -"_s;
    const Author::Scope scope(author);
    init(); // a store that was opened in the author's name
    QList<SessionEvent> events;
    watch(*m_store, &events);
    create(record(1));
    std::shared_ptr<SessionStore> another;
    QList<SessionEvent> heardThere;
    if (m_factory.makeAnother) {
        const Author::Scope elsewhere{QString()};
        another = makeAnother();
        watch(*another, &heardThere);
    }
    SessionChange value = change();
    value.set("a", "1");
    must(m_store->update(key(1), value));
    m_now += 1s;
    must(m_store->update(key(1), touching()));
    must(m_store->update(key(1), binding(u"ann"_s)));
    must(m_store->rotate(key(1), key(2), change()));
    must(m_store->remove(key(2), SessionStore::Removal::Admin));
    create(record(3, u"bob"_s));
    create(record(4, u"bob"_s));
    create(record(5));
    must(m_store->removeUser(u"bob"_s, key(4), SessionStore::Removal::Admin));
    must(m_store->removeVersion(key(4), 1, SessionStore::Removal::Admin));
    must(m_store->remove(key(5), SessionStore::Removal::Destroyed));
    {
        const Author::Scope restoring(author, true);
        create(record(5));
    }
    must(m_store->create(record(5), {}, SessionStore::CreateMode::Overwrite));
    m_now += 1s;
    QTRY_COMPARE(events.size(), 14);

    const auto told = [](const QList<SessionEvent> &all) {
        QStringList lines;
        for (const SessionEvent &event : all)
            lines.append(SessionEvent::name(event.type) + u'|' + event.reason + u'|' + event.by);
        return lines;
    };
    const QString by = (m_factory.proven ? m_factory.proven() : QString()) + author;
    const QString imported = u"created|imported|"_s + by;
    const QString revoked = u"revoked|admin|"_s + by;
    const QString changed = u"changed||"_s + by;
    QCOMPARE(told(events),
             (QStringList{imported, changed, u"touched||"_s, changed, u"rotated||"_s + by, revoked, imported, imported, imported,
                          revoked, revoked, u"destroyed||"_s, u"created|restored|"_s + by, changed}));

    QList<SessionEvent> kept = events;
    kept.removeIf([](const SessionEvent &event) { return !event.isLifecycle(); });
    QList<SessionEvent> history = must(m_store->history({}));
    std::ranges::reverse(history);
    QCOMPARE(told(history), told(kept));
    if (another) {
        QTRY_COMPARE(told(heardThere), told(events.sliced(1)));
        QList<SessionEvent> there = must(another->waitFor(another->history({})));
        std::ranges::reverse(there);
        QCOMPARE(told(there), told(kept));
    }
}

void StoreSuite::endByAnAdministratorIsToldAtOnceWithItsAuthor()
{
    const auto ended = [](TimePoint deadline) {
        SessionChange change;
        change.expiry = Expiry::atDateTime(toDateTime(deadline));
        return change;
    };
    QList<SessionEvent> events;
    const QString author = u"root@web1, tool"_s;
    const Author::Scope scope(author);
    init();
    watch(*m_store, &events);
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    QVERIFY(must(m_store->update(key(1), ended(m_now - 1s))).isExpired(m_now));
    QVERIFY(!must(m_store->update(key(2), ended(m_now + 60s))).isExpired(m_now));
    QTRY_COMPARE(events.size(), 5);
    QVERIFY(!exists(key(1)) && exists(key(2)));
    QCOMPARE(must(m_store->removeExpired(10)), 0); // it has gone already
    m_now += 61s;
    QCOMPARE(must(m_store->removeExpired(10)), 1);
    QTRY_COMPARE(events.size(), 6);
    const QString by = (m_factory.proven ? m_factory.proven() : QString()) + author;
    const auto is = [&](qsizetype i, SessionEvent::Type type, const SessionKey &key, const QString &reason, const QString &who) {
        const SessionEvent &event = events.at(i);
        return event.type == type && event.key == key && event.user == "ann"_L1 && event.reason == reason && event.by == who;
    };
    QVERIFY(is(2, SessionEvent::Changed, key(1), {}, by));
    QVERIFY(is(3, SessionEvent::Expired, key(1), u"fixed"_s, by));
    QCOMPARE(events.at(3).version, events.at(2).version);
    QVERIFY(is(4, SessionEvent::Changed, key(2), {}, by));
    QVERIFY(is(5, SessionEvent::Expired, key(2), u"fixed"_s, {})); // time did it
    const QList<SessionEvent> history = must(m_store->history({}));
    QCOMPARE(history.at(1), events.at(3));

    create(record(1)); // its key is free
}

void StoreSuite::nothingIsToldBeforeSubscription()
{
    QList<SessionEvent> events;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    create(record(1));
    QCoreApplication::processEvents();
    QVERIFY(events.isEmpty());
    must(m_store->subscribe());
    must(m_store->subscribe());
    create(record(2));
    // Where a cache had subscribed before, the news of the first may still have been on its way.
    QTRY_VERIFY(!events.isEmpty() && events.last().key == key(2));
    QCOMPARE(std::ranges::count(events, key(2), &SessionEvent::key), 1);
}

void StoreSuite::failedOperationsTellNothing()
{
    QList<SessionEvent> events;
    watch(*m_store, &events);
    create(record(1));
    SessionRecord text = record(2);
    give(text, "t", R"("text")");
    create(text);
    QTRY_COMPARE(events.size(), 2);
    events.clear();
    SessionChange bad = change();
    bad.increment("t", 1);
    QVERIFY(fails(m_store->create(record(1)), Error::Exists));
    QVERIFY(fails(m_store->update(key(2), bad), Error::Invalid));
    QVERIFY(fails(m_store->rotate(key(2), key(3), bad), Error::Invalid));
    QVERIFY(fails(m_store->rotate(key(2), key(1), change()), Error::Exists));
    QVERIFY(fails(m_store->update(key(9), touching()), Error::NotFound));
    QVERIFY(fails(m_store->remove(key(9), SessionStore::Removal::Destroyed), Error::NotFound));
    must(m_store->update(key(1), change()));
    must(m_store->removeExpired(10));
    create(record(4)); // its event comes last
    QTRY_VERIFY(!events.isEmpty());
    QCOMPARE(names(events), QStringList{u"created"_s});
    QCOMPARE(must(m_store->history({})).size(), 3);
}

void StoreSuite::expiryIsToldOnceWithItsReason()
{
    QList<SessionEvent> events;
    watch(*m_store, &events);
    create(record(1, u"ann"_s));
    SessionRecord absolute = record(2);
    absolute.absoluteExpiresAt = absolute.expiresAt;
    create(absolute);
    SessionRecord fixed = record(3);
    fixed.expiry = Expiry::atDateTime(toDateTime(fixed.expiresAt));
    create(fixed);
    QTRY_COMPARE(events.size(), 3);
    events.clear();
    m_now += Idle;
    must(m_store->removeExpired(2));
    must(m_store->removeExpired(2));
    must(m_store->removeExpired(2));
    create(record(4));
    QTRY_COMPARE(events.size(), 4);
    QHash<SessionKey, QString> reasons;
    for (const SessionEvent &event : events) {
        if (event.type == SessionEvent::Expired)
            reasons[event.key] = event.reason;
        if (event.key == key(1))
            QCOMPARE(event.user, u"ann"_s);
    }
    QCOMPARE(reasons, (QHash<SessionKey, QString>{{key(1), u"idle"_s}, {key(2), u"absolute"_s}, {key(3), u"fixed"_s}}));
    QCOMPARE(must(m_store->history({})).size(), 7);
}

void StoreSuite::historyIsNewestFirstWithoutChangesAndTouches()
{
    create(record(1));
    m_now += 1s;
    must(m_store->update(key(1), setting("a", "1")));
    must(m_store->update(key(1), touching()));
    must(m_store->rotate(key(1), key(2), change()));
    m_now += 1s;
    must(m_store->remove(key(2), SessionStore::Removal::Destroyed));
    const QList<SessionEvent> all = must(m_store->history({}));
    QCOMPARE(names(all), (QStringList{u"destroyed"_s, u"rotated"_s, u"created"_s}));
    QCOMPARE(all[0].at, m_now);
    QCOMPARE(all[1].oldKey, key(1));
    HistoryQuery two;
    two.limit = 2;
    QCOMPARE(must(m_store->history(two)), all.first(2));
}

void StoreSuite::historyIsFoundByKeyAndUser()
{
    create(record(1, u"ann"_s));
    create(record(2, u"bob"_s));
    create(record(3));
    must(m_store->rotate(key(1), key(4), change()));
    must(m_store->remove(key(4), SessionStore::Removal::Admin));
    must(m_store->removeUser(u"bob"_s, {}, SessionStore::Removal::User));
    HistoryQuery query;
    query.user = u"ann"_s;
    QCOMPARE(names(must(m_store->history(query))), (QStringList{u"revoked"_s, u"rotated"_s, u"created"_s}));
    query.limit = 1;
    QCOMPARE(names(must(m_store->history(query))), QStringList{u"revoked"_s});
    query = {};
    query.key = key(1);
    QCOMPARE(names(must(m_store->history(query))), (QStringList{u"rotated"_s, u"created"_s}));
    query.key = key(4);
    QCOMPARE(names(must(m_store->history(query))), (QStringList{u"revoked"_s, u"rotated"_s}));
    query.user = u"bob"_s;
    QCOMPARE(must(m_store->history(query)).size(), 0);
    query.key = key(2);
    const QList<SessionEvent> bobs = must(m_store->history(query));
    QCOMPARE(names(bobs), (QStringList{u"revoked"_s, u"created"_s}));
    QCOMPARE(bobs[0].reason, u"user"_s);
}

void StoreSuite::countersCountWhatThisStoreDid()
{
    create(record(1));
    create(record(2, u"ann"_s));
    must(m_store->update(key(1), setting("a", "1")));
    must(m_store->update(key(1), setting("a", "1")));
    m_now += 1min;
    must(m_store->update(key(1), touching()));
    must(m_store->rotate(key(1), key(3), change()));
    must(m_store->remove(key(3), SessionStore::Removal::Destroyed));
    must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User));
    const auto counted = backend().counters().read().events;
    const std::array<quint64, SessionEvent::TypeCount> expected = {2, 1, 1, 1, 1, 0, 1, 0};
    QCOMPARE(QList<quint64>(counted.begin(), counted.end()), QList<quint64>(expected.begin(), expected.end()));
}

void StoreSuite::undecodableRecordIsSetAside()
{
    if (!m_factory.corrupt)
        QSKIP("Nothing can damage a record of this store.");
    QList<SessionEvent> events;
    watch(*m_store, &events);
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    QTRY_COMPARE(events.size(), 2);
    events.clear();
    m_factory.corrupt(key(1));
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    QCOMPARE(backend().counters().read().events[SessionEvent::Quarantined], 1u);
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    QVERIFY(fails(m_store->rotate(key(1), key(3), change()), Error::NotFound));
    QTRY_COMPARE(names(events), QStringList{u"quarantined"_s});
    QCOMPARE(events[0].key, key(1));
    QCOMPARE(keysOf(must(m_store->list({}))), QList{key(2)});
    QCOMPARE(keysOf(u"ann"_s), QList{key(2)});
    QCOMPARE(must(m_store->count()), 1);
    SessionQuery aside;
    aside.quarantined = true;
    QCOMPARE(keysOf(must(m_store->list(aside))), QList{key(1)});
    QCOMPARE(names(must(m_store->history({}))).count(u"quarantined"_s), 1);
}
