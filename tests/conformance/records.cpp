// SPDX-License-Identifier: MIT
#include "storesuite.h"

#include "fullrecord.h"
#include "jsonsamples.h"

#include <QtCore/QElapsedTimer>

#include <limits>

using namespace Sojourn;
using namespace Qt::StringLiterals;

void StoreSuite::createdRecordIsLoadedAsItWas()
{
    SessionRecord full = record(1);
    fillRecord(full);
    checkEveryFieldIsFilled(full);
    SessionRecord bare = record(2);
    bare.expiry = Expiry::atDateTime(toDateTime(bare.expiresAt));

    QCOMPARE(must(m_store->create(full)), SessionInfo(full));
    create(bare);
    const SessionRecord loaded = must(m_store->load(full.key));
    QCOMPARE(loaded.toJson(), full.toJson());
    QCOMPARE(loaded, full);
    QCOMPARE(must(m_store->load(bare.key)), bare);
    QVERIFY(must(m_store->load(bare.key)).user.isNull());
}

void StoreSuite::visitIsKeptBesideTheData()
{
    const auto textOf = [](const QString &label) { return VisitFacts{.address = u"::1"_s, .label = label}.toText(); };
    SessionRecord first = record(1, u"ann"_s);
    give(first, "a", "1");
    first.visit = textOf(u"at home \"\u001f\U0001F3E0"_s);
    create(first);
    create(record(2));
    SessionChange moved = touching();
    moved.visit = textOf(u"on the train"_s);
    moved.touch->at = m_now += std::chrono::minutes(5);
    SessionInfo after = must(m_store->update(key(1), moved));
    QCOMPARE(after.visitFacts().label, u"on the train"_s);
    QCOMPARE(after.lastSeenAt, m_now);
    QCOMPARE(after.version, first.version);
    SessionChange cleared;
    cleared.clear();
    QCOMPARE(must(m_store->update(key(1), cleared)).visit, *moved.visit);
    must(m_store->rotate(key(1), key(3), binding(u"bob"_s)));
    QCOMPARE(must(m_store->load(key(3))).visit, *moved.visit);
    const SessionPage page = must(m_store->list({.user = u"bob"_s}));
    QCOMPARE(page.records.size(), 1);
    QCOMPARE(page.records.first().visit, *moved.visit);
    QVERIFY(page.records.first().data.isEmpty());
    QVERIFY(must(m_store->load(key(2))).visitFacts().isEmpty());

    SessionChange odd;
    odd.visit = R"({"address":1})";
    QVERIFY(fails(m_store->update(key(3), odd), Error::Invalid));
    SessionRecord oddRecord = record(4);
    oddRecord.visit = "no JSON";
    QVERIFY(fails(m_store->create(oddRecord), Error::Invalid));
    SessionChange forgotten;
    forgotten.visit = QByteArray();
    QVERIFY(must(m_store->update(key(3), forgotten)).visit.isEmpty());
    must(m_store->update(key(3), moved));
    QCOMPARE(must(m_store->remove(key(3), SessionStore::Removal::Destroyed)).visit, *moved.visit);
}

void StoreSuite::factsOfOneVisitMeet()
{
    const VisitFacts known{.address = u"192.0.2.7"_s, .userAgent = u"curl/8"_s, .label = u"phone"_s};
    SessionRecord first = record(1);
    first.visit = known.toText();
    create(first);
    const auto changeTo = [&known](const VisitFacts &after) {
        SessionChange change;
        change.visit = known.changeTo(after);
        return change;
    };
    VisitFacts elsewhere = known;
    elsewhere.address = u"::1"_s;
    VisitFacts renamed = known;
    renamed.label.clear();
    renamed.userAgent = u"curl/9"_s;
    must(m_store->update(key(1), changeTo(elsewhere)));
    const SessionInfo after = must(m_store->update(key(1), changeTo(renamed))); // which has not seen the other
    QCOMPARE(after.visitFacts(), (VisitFacts{.address = u"::1"_s, .userAgent = u"curl/9"_s}));
    QCOMPARE(SessionInfo(must(m_store->load(key(1)))), after);
    QCOMPARE(after.version, first.version);
    QVERIFY(!changeTo(known).visit);
}

void StoreSuite::unknownKeyIsNotFound()
{
    create(record(1));
    QVERIFY(fails(m_store->load(key(2)), Error::NotFound));
    QVERIFY(fails(m_store->update(key(2), setting("a", "1")), Error::NotFound));
    QVERIFY(fails(m_store->update(key(2), touching()), Error::NotFound));
    QVERIFY(fails(m_store->rotate(key(2), key(3), change()), Error::NotFound));
    QVERIFY(fails(m_store->remove(key(2), SessionStore::Removal::Destroyed), Error::NotFound));
    QVERIFY(fails(m_store->removeVersion(key(2), 1, SessionStore::Removal::Destroyed), Error::NotFound));
    QVERIFY(fails(m_store->takeFlash(key(2)), Error::NotFound));
    QCOMPARE(must(m_store->removeUser(u"nobody"_s, {}, SessionStore::Removal::User)), 0);
    QCOMPARE(must(m_store->count()), 1);
}

void StoreSuite::createNeverOverwrites()
{
    SessionRecord first = record(1, u"ann"_s);
    give(first, "a", "1");
    create(first);
    SessionRecord second = record(1, u"bob"_s);
    give(second, "b", "2");
    QVERIFY(fails(m_store->create(second), Error::Exists));
    QCOMPARE(attribute(key(1), "a"), "1");
    QCOMPARE(must(m_store->load(key(1))).user, u"ann"_s);
    QCOMPARE(must(m_store->count()), 1);
}

void StoreSuite::createOverwritesWhenAsked()
{
    SessionRecord first = record(1, u"ann"_s);
    give(first, "a", "1");
    first.flash = "[1]";
    create(first);
    SessionRecord second = record(1, u"bob"_s);
    give(second, "b", "2");
    second.expiresAt += std::chrono::minutes(1);
    second.version = 7;
    must(m_store->create(second, {}, SessionStore::CreateMode::Overwrite));
    QCOMPARE(must(m_store->load(key(1))), second);
    QCOMPARE(keysOf(u"ann"_s), QList<SessionKey>());
    QCOMPARE(keysOf(u"bob"_s), QList{key(1)});
    QCOMPARE(must(m_store->count()), 1);
    must(m_store->create(record(2), {}, SessionStore::CreateMode::Overwrite));
    QCOMPARE(must(m_store->count()), 2);
}

void StoreSuite::createRefusesExpiredRecords()
{
    SessionRecord expired = record(1);
    expired.expiresAt = m_now;
    QVERIFY(fails(m_store->create(expired), Error::Invalid));
    QVERIFY(fails(m_store->create(expired, {}, SessionStore::CreateMode::Overwrite), Error::Invalid));
    QCOMPARE(must(m_store->count()), 0);
}

void StoreSuite::createRefusesVersionsThatSomeStoreCannotKeep()
{
    for (const quint64 version : {quint64(0), quint64(std::numeric_limits<qint64>::max()) + 1}) {
        SessionRecord odd = record(1);
        odd.version = version;
        for (const auto mode : {SessionStore::CreateMode::New, SessionStore::CreateMode::Overwrite})
            QVERIFY(fails(m_store->create(odd, {}, mode), Error::Invalid));
    }
    QCOMPARE(must(m_store->count()), 0);
}

void StoreSuite::createRefusesLargeRecords()
{
    backend().setSizeLimit(1000);
    SessionRecord large = record(1);
    give(large, "a", '"' + QByteArray(1000, 'x') + '"');
    QVERIFY(fails(m_store->create(large), Error::TooLarge));
    QVERIFY(!exists(key(1)));
    SessionRecord fits = record(1);
    give(fits, "a", '"' + QByteArray(997, 'x') + '"');
    create(fits);
}

void StoreSuite::createTakesTheKeyOfAnExpiredRecord()
{
    create(record(1, u"ann"_s));
    m_now += Idle;
    SessionRecord fresh = record(1);
    give(fresh, "fresh", "true");
    create(fresh);
    QCOMPARE(attribute(key(1), "fresh"), "true");
    QCOMPARE(keysOf(u"ann"_s), QList<SessionKey>());
    QCOMPARE(must(m_store->count()), 1);
    QCOMPARE(must(m_store->removeExpired(10)), 0);
    QVERIFY(exists(key(1)));
}

void StoreSuite::updateOfAnUnknownKeyCreatesNothing()
{
    SessionChange everything = setting("a", "1");
    everything.increment("n", 1);
    everything.user = u"ann"_s;
    everything.addFlash("1");
    everything.expiry = Expiry::onInactivity(Idle);
    QVERIFY(fails(m_store->update(key(1), everything), Error::NotFound));
    QVERIFY(!exists(key(1)));
    QCOMPARE(must(m_store->count()), 0);
    QCOMPARE(keysOf(u"ann"_s), QList<SessionKey>());
}

void StoreSuite::changesOfDifferentAttributesAreMerged()
{
    create(record(1));
    must(m_store->update(key(1), setting("a", "1")));
    must(m_store->update(key(1), setting("b", "2")));
    QCOMPARE(attribute(key(1), "a"), "1");
    QCOMPARE(attribute(key(1), "b"), "2");
    const SessionRecord loaded = must(m_store->load(key(1)));
    QCOMPARE(loaded.attributeCount, 2);
    QCOMPARE(loaded.size, 4);
}

void StoreSuite::lastChangeOfAnAttributeWins()
{
    create(record(1));
    must(m_store->update(key(1), setting("a", "1")));
    must(m_store->update(key(1), setting("a", R"("two")")));
    QCOMPARE(attribute(key(1), "a"), R"("two")");
    QCOMPARE(must(m_store->load(key(1))).attributeCount, 1);
}

void StoreSuite::removingAnAttributeKeepsTheOthers()
{
    SessionRecord both = record(1);
    give(both, "a", "1");
    give(both, "b", "2");
    create(both);
    SessionChange removal = change();
    removal.remove("a");
    removal.remove("never there");
    must(m_store->update(key(1), removal));
    QVERIFY(attribute(key(1), "a").isNull());
    QCOMPARE(attribute(key(1), "b"), "2");
}

void StoreSuite::clearComesBeforeWhatTheChangeSets()
{
    SessionRecord old = record(1);
    give(old, "a", "1");
    give(old, "n", "5");
    create(old);
    SessionChange clearing = change();
    clearing.clear();
    clearing.set("b", "2");
    clearing.increment("n", 3);
    must(m_store->update(key(1), clearing));
    const SessionRecord loaded = must(m_store->load(key(1)));
    QCOMPARE(loaded.data.toJson(), (QJsonObject{{u"b"_s, 2}, {u"n"_s, 3}}));
}

void StoreSuite::emptiedRecordStays()
{
    SessionRecord old = record(1, u"ann"_s);
    give(old, "a", "1");
    create(old);
    SessionChange clearing = change();
    clearing.clear();
    must(m_store->update(key(1), clearing));
    const SessionRecord loaded = must(m_store->load(key(1)));
    QVERIFY(loaded.data.isEmpty());
    QCOMPARE(loaded.user, u"ann"_s);
    QCOMPARE(loaded.expiresAt, old.expiresAt);
}

void StoreSuite::versionRisesWithDataUserAndExpiryOnly()
{
    create(record(1));
    quint64 version = 1;
    const auto risesWith = [&](const SessionChange &change) {
        const quint64 before = std::exchange(version, must(m_store->update(key(1), change)).version);
        return version > before;
    };
    SessionChange expiry = change();
    expiry.expiry = Expiry::onInactivity(std::chrono::minutes(5));
    QVERIFY(risesWith(setting("a", "1")));
    QVERIFY(!risesWith(setting("a", "1")));
    QVERIFY(risesWith(binding(u"ann"_s)));
    QVERIFY(!risesWith(binding(u"ann"_s)));
    QVERIFY(risesWith(expiry));
    SessionChange removal = change();
    removal.remove("a");
    QVERIFY(risesWith(removal));
    QVERIFY(!risesWith(removal));
    m_now += std::chrono::minutes(1);
    QVERIFY(!risesWith(touching()));
    QCOMPARE(must(m_store->load(key(1))).version, version);
    QVERIFY(must(m_store->rotate(key(1), key(2), change())).version > version);
}

void StoreSuite::recordOfTheLargestVersionGoesOn()
{
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    SessionRecord imported = record(1, u"ann"_s);
    imported.version = largest - 1;
    create(imported);
    QList<SessionEvent> events;
    watch(*m_store, &events);
    for (const char *value : {"1", "2", "3"}) {
        QCOMPARE(must(m_store->update(key(1), setting("a", value))).version, largest);
        const SessionRecord stored = must(m_store->load(key(1)));
        QCOMPARE(stored.version, largest);
        QCOMPARE(stored.data.json("a"), value);
    }
    QTRY_COMPARE(events.size(), 3);
    QCOMPARE(events.last().type, SessionEvent::Changed);
    QCOMPARE(must(m_store->rotate(key(1), key(2), setting("b", "1"))).version, largest);
    QCOMPARE(attribute(key(2), "a"), "3");
    QCOMPARE(must(m_store->list({.user = u"ann"_s})).total, 1);
    QCOMPARE(must(m_store->remove(key(2), SessionStore::Removal::Destroyed)).version, largest);
}

void StoreSuite::updateReturnsTheStateAfterwards()
{
    create(record(1));
    m_now += std::chrono::minutes(1);
    SessionChange all = setting("name", "1");
    all.user = u"ann"_s;
    all.touch = SessionChange::Touch{m_now};
    const SessionInfo info = must(m_store->update(key(1), all));
    QCOMPARE(info, SessionInfo(must(m_store->load(key(1)))));
    QCOMPARE(info.user, u"ann"_s);
    QCOMPARE(info.lastSeenAt, m_now);
    QCOMPARE(info.size, 5);
    QCOMPARE(info.attributeCount, 1);
}

void StoreSuite::incrementStartsAtZero()
{
    create(record(1));
    SessionChange increment = change();
    increment.increment("n", 3);
    must(m_store->update(key(1), increment));
    QCOMPARE(attribute(key(1), "n"), "3");
    must(m_store->update(key(1), increment));
    QCOMPARE(attribute(key(1), "n"), "6");
    SessionChange back = change();
    back.increment("n", -10);
    must(m_store->update(key(1), back));
    QCOMPARE(attribute(key(1), "n"), "-4");
}

void StoreSuite::incrementIsExactToTheEndsOf64Bits()
{
    constexpr qint64 max = std::numeric_limits<qint64>::max();
    constexpr qint64 min = std::numeric_limits<qint64>::min();
    SessionRecord numbers = record(1);
    give(numbers, "high", QByteArray::number(max - 1));
    give(numbers, "low", QByteArray::number(min + 1));
    give(numbers, "odd", "9007199254740993"); // 2^53 + 1, which no double holds
    create(numbers);
    SessionChange steps = change();
    steps.increment("high", 1);
    steps.increment("low", -1);
    steps.increment("odd", 2);
    steps.increment("leap", max);
    must(m_store->update(key(1), steps));
    QCOMPARE(attribute(key(1), "high"), QByteArray::number(max));
    QCOMPARE(attribute(key(1), "low"), QByteArray::number(min));
    QCOMPARE(attribute(key(1), "odd"), "9007199254740995");
    QCOMPARE(attribute(key(1), "leap"), QByteArray::number(max));
    must(m_store->update(key(1), steps));
    QCOMPARE(attribute(key(1), "high"), QByteArray::number(max));
    QCOMPARE(attribute(key(1), "low"), QByteArray::number(min));
    QCOMPARE(attribute(key(1), "leap"), QByteArray::number(max));
}

void StoreSuite::incrementAddsToFractions()
{
    SessionRecord number = record(1);
    give(number, "x", "1.5");
    create(number);
    SessionChange increment = change();
    increment.increment("x", 2);
    must(m_store->update(key(1), increment));
    QCOMPARE(attribute(key(1), "x").toDouble(), 3.5);
}

void StoreSuite::incrementOfNoNumberIsRefusedAsAWhole()
{
    SessionRecord text = record(1);
    give(text, "t", R"("12")");
    give(text, "null", "null");
    create(text);
    for (const char *name : {"t", "null"}) {
        SessionChange both = setting("other", "1");
        both.increment(name, 1);
        both.user = u"ann"_s;
        QVERIFY(fails(m_store->update(key(1), both), Error::Invalid));
    }
    QCOMPARE(must(m_store->load(key(1))), text);
}

void StoreSuite::overlappingIncrementsAllCount()
{
    create(record(1));
    SessionChange increment = change();
    increment.increment("n", 1);
    std::vector<Task<SessionInfo>> tasks;
    for (int i = 0; i < 100; ++i)
        tasks.push_back(m_store->update(key(1), increment));
    for (Task<SessionInfo> &task : tasks)
        must(std::move(task));
    QCOMPARE(attribute(key(1), "n"), "100");
}

void StoreSuite::overlappingChangesAllStay()
{
    create(record(1));
    std::vector<Task<SessionInfo>> tasks;
    for (int i = 0; i < 30; ++i)
        tasks.push_back(m_store->update(key(1), setting("name" + QByteArray::number(i), QByteArray::number(i))));
    Task<SessionRecord> last = m_store->load(key(1));
    for (Task<SessionInfo> &task : tasks)
        must(std::move(task));
    QCOMPARE(must(m_store->load(key(1))).attributeCount, 30);
    must(std::move(last));
}

void StoreSuite::newerVersionIsAConflictThatChangesNothing()
{
    SessionRecord old = record(1);
    create(old);
    SessionChange first = setting("a", "1");
    first.expectedVersion = 1;
    const quint64 version = must(m_store->update(key(1), first)).version;
    const SessionRecord before = must(m_store->load(key(1)));
    SessionChange second = setting("a", "2");
    second.user = u"ann"_s;
    second.addFlash("1");
    second.touch = SessionChange::Touch{m_now + std::chrono::minutes(5)};
    second.expectedVersion = 1;
    QVERIFY(fails(m_store->update(key(1), second), Error::Conflict));
    QVERIFY(fails(m_store->rotate(key(1), key(2), second), Error::Conflict));
    QCOMPARE(must(m_store->load(key(1))), before);
    QVERIFY(!exists(key(2)));
    second.expectedVersion = version;
    must(m_store->update(key(1), second));
    QCOMPARE(attribute(key(1), "a"), "2");
}

void StoreSuite::largeChangeIsRefusedAndTheOldRecordStays()
{
    backend().setSizeLimit(1000);
    SessionRecord old = record(1);
    give(old, "a", "1");
    create(old);
    SessionChange large = setting("b", '"' + QByteArray(1000, 'x') + '"');
    large.remove("a");
    large.user = u"ann"_s;
    QVERIFY(fails(m_store->update(key(1), large), Error::TooLarge));
    QVERIFY(fails(m_store->rotate(key(1), key(2), large), Error::TooLarge));
    QCOMPARE(must(m_store->load(key(1))), old);
    QVERIFY(!exists(key(2)));
    must(m_store->update(key(1), setting("b", '"' + QByteArray(900, 'x') + '"')));
    QVERIFY(fails(m_store->update(key(1), setting("c", '"' + QByteArray(200, 'x') + '"')), Error::TooLarge));

    SessionChange ofAStricterApplication = setting("c", '"' + QByteArray(50, 'x') + '"');
    ofAStricterApplication.sizeLimit = 950;
    QVERIFY(fails(m_store->update(key(1), ofAStricterApplication), Error::TooLarge));
    ofAStricterApplication.sizeLimit = 2000; // which cannot make the store's larger
    must(m_store->update(key(1), ofAStricterApplication));
    ofAStricterApplication.set("d", '"' + QByteArray(50, 'x') + '"');
    QVERIFY(fails(m_store->update(key(1), ofAStricterApplication), Error::TooLarge));
}

void StoreSuite::removeReturnsWhatWasRemoved()
{
    SessionRecord old = record(1, u"ann"_s);
    give(old, "a", "1");
    create(old);
    QCOMPARE(must(m_store->remove(key(1), SessionStore::Removal::Destroyed)), SessionInfo(old));
    QVERIFY(!exists(key(1)));
    QCOMPARE(must(m_store->count()), 0);
    QCOMPARE(keysOf(u"ann"_s), QList<SessionKey>());
}

void StoreSuite::removeOfAnotherVersionIsAConflict()
{
    const auto why = SessionStore::Removal::Admin;
    create(record(1, u"ann"_s));
    const SessionRecord seen = must(m_store->load(key(1)));
    must(m_store->update(key(1), touching()));
    const SessionInfo touched = must(m_store->load(key(1)));
    QCOMPARE(touched.version, seen.version); // nothing that a person would have seen
    const SessionInfo now = must(m_store->update(key(1), setting("a", "1")));

    QVERIFY(fails(m_store->removeVersion(key(1), seen.version, why), Error::Conflict));
    QVERIFY(fails(m_store->removeVersion(key(1), now.version + 1, why), Error::Conflict));
    QCOMPARE(attribute(key(1), "a"), "1");
    QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
    QCOMPARE(must(m_store->removeVersion(key(1), now.version, why)), now);
    QVERIFY(!exists(key(1)));
    QCOMPARE(keysOf(u"ann"_s), QList<SessionKey>());
    QVERIFY(fails(m_store->removeVersion(key(1), now.version, why), Error::NotFound));

    create(record(2));
    must(m_store->rotate(key(2), key(3), change(), std::chrono::seconds(30)));
    const quint64 version = must(m_store->load(key(2))).version;
    QVERIFY(fails(m_store->removeVersion(key(2), version - 1, why), Error::Conflict));
    QCOMPARE(must(m_store->removeVersion(key(2), version, why)).key, key(3)); // through a key in its grace
    QCOMPARE(must(m_store->count()), 0);
}

void StoreSuite::removeOfTheVersionSeenIsOneStep()
{
    // Of a change and a removal that are under way together one wins, and the other hears of it.
    for (int n = 1; n <= 20; ++n) {
        create(record(n));
        SessionChange change = setting("a", "1");
        change.expectedVersion = 1;
        auto removed = m_store->removeVersion(key(n), 1, SessionStore::Removal::Admin);
        auto changed = m_store->update(key(n), change);
        const auto removal = m_store->waitFor(std::move(removed));
        const auto update = m_store->waitFor(std::move(changed));
        QCOMPARE(removal.has_value(), !update.has_value());
        QCOMPARE(exists(key(n)), update.has_value());
        QCOMPARE(removal ? update.error().code : removal.error().code, removal ? Error::NotFound : Error::Conflict);
    }
}

void StoreSuite::nothingIsRevivedAfterRemoval()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User));
    for (int n : {1, 2}) {
        QVERIFY(fails(m_store->update(key(n), setting("a", "1")), Error::NotFound));
        QVERIFY(fails(m_store->update(key(n), touching()), Error::NotFound));
        QVERIFY(fails(m_store->rotate(key(n), key(3), change()), Error::NotFound));
        QVERIFY(fails(m_store->rotate(key(n), key(3), change(), std::chrono::seconds(30)), Error::NotFound));
        QVERIFY(fails(m_store->takeFlash(key(n)), Error::NotFound));
        QVERIFY(fails(m_store->remove(key(n), SessionStore::Removal::Destroyed), Error::NotFound));
        QVERIFY(!exists(key(n)));
    }
    QVERIFY(!exists(key(3)));
    QCOMPARE(must(m_store->count()), 0);
}

void StoreSuite::hostileNamesAreOnlyNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("only NUL") << QByteArray("\0", 1);
    QTest::newRow("quotes") << QByteArray(R"('"`\)");
    QTest::newRow("SQL") << QByteArray("'); DROP TABLE sessions; --");
    QTest::newRow("line ends") << QByteArray("a\r\nb\n");
    QTest::newRow("emoji") << u"\U0001F36A\u200D\U0001F525"_s.toUtf8();
    QTest::newRow("long") << QByteArray(5000, 'n');
    QTest::newRow("byte order mark") << u"\ufeffkey"_s.toUtf8();
    QTest::newRow("only that") << u"\ufeff"_s.toUtf8();
    QTest::newRow("noncharacters") << u"\ufffe\uffff"_s.toUtf8();
    for (const char *name :
         {"key",   "user", "version", "data", "flash", "csrf", "expires", "createdAt", "_",  "__proto__", "a:b",
          "@user", "#",    "*",       "%",    "a",     ":a",   "d:a",     "0",         "-1", "null"})
        QTest::newRow(name) << QByteArray(name);
}

void StoreSuite::hostileNamesAreOnlyNames()
{
    QFETCH(QByteArray, name);
    SessionRecord plain = record(1, u"ann"_s);
    plain.flash = "[1]";
    plain.csrfSecret = QByteArray(16, 'c');
    create(plain);
    must(m_store->update(key(1), setting(name, R"("first")")));
    must(m_store->update(key(1), setting("beside", "1")));
    SessionRecord expected = plain;
    give(expected, name, R"("first")");
    give(expected, "beside", "1");
    expected.version = 3;
    QCOMPARE(must(m_store->load(key(1))), expected);
    SessionChange increment = change();
    increment.set(name, "41");
    must(m_store->update(key(1), increment));
    SessionChange more = change();
    more.increment(name, 1);
    must(m_store->update(key(1), more));
    QCOMPARE(attribute(key(1), name), "42");
    SessionChange removal = change();
    removal.remove(name);
    QCOMPARE(must(m_store->update(key(1), removal)).attributeCount, 1);
    QVERIFY(attribute(key(1), name).isNull());
    QCOMPARE(must(m_store->load(key(1))).user, u"ann"_s);
    SessionRecord born = record(2);
    give(born, name, "1");
    create(born);
    QCOMPARE(attribute(key(2), name), "1");
}

void StoreSuite::valuesComeBackExactly_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("int64 max") << QByteArray("9223372036854775807");
    QTest::newRow("int64 min") << QByteArray("-9223372036854775808");
    QTest::newRow("2^53 + 1") << QByteArray("9007199254740993");
    QTest::newRow("double") << QByteArray("0.1");
    QTest::newRow("huge double") << QByteArray("1.7976931348623157e+308");
    QTest::newRow("tiny double") << QByteArray("5e-324");
    QTest::newRow("true") << QByteArray("true");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("empty text") << QByteArray(R"("")");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("empty array") << QByteArray("[]");
    QTest::newRow("nested") << QByteArray(R"({"a":[{},[],{"b":[null,{"c":1.5}]}],"":0})");
    QTest::newRow("escapes") << QByteArray(R"("\u0000\n\"\\\u001f")");
    QTest::newRow("emoji") << '"' + u"\U0001F36A"_s.toUtf8() + '"';
    QTest::newRow("byte order marks") << u"{\"\ufeff\":\"\ufeff\ufefftext\"}"_s.toUtf8();
    QTest::newRow("noncharacters") << u"\"\ufffe\uffff\""_s.toUtf8();
    QTest::newRow("quotes") << QByteArray(R"("' OR ''=' -- {{}} %s $1")");
    QTest::newRow("100 kB") << '"' + QByteArray(100'000, 'x') + '"';
    QTest::newRow("deep") << QByteArray(200, '[') + QByteArray(200, ']');
}

void StoreSuite::valuesComeBackExactly()
{
    QFETCH(QByteArray, json);
    SessionRecord born = record(1);
    give(born, "value", json);
    create(born);
    create(record(2));
    must(m_store->update(key(2), setting("value", json)));
    QCOMPARE(attribute(key(1), "value"), json);
    QCOMPARE(attribute(key(2), "value"), json);
    QVERIFY(must(m_store->load(key(2))).data.value(u"value"_s));
    QCOMPARE(must(m_store->update(key(1), setting("value", json))).version, 1);
}

void StoreSuite::whatCannotBeKeptIsRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("deep") << "a"_ba << QByteArray(201, '[') + QByteArray(201, ']');
    QTest::newRow("unsigned") << "a"_ba << "18446744073709551615"_ba;
    QTest::newRow("infinite") << "a"_ba << "[1e400]"_ba;
    QTest::newRow("precise") << "a"_ba << "0.12345678901234567890"_ba;
    QTest::newRow("name twice") << "a"_ba << R"({"b":1,"b":1})"_ba;
    QTest::newRow("lone surrogate") << "a"_ba << R"("\ud800")"_ba;
    QTest::newRow("no UTF-8") << "a"_ba << "\"\xED\xA0\x80\""_ba;
    QTest::newRow("no JSON") << "a"_ba << "nope"_ba;
    QTest::newRow("nothing") << "a"_ba << ""_ba;
    QTest::newRow("name") << "\xED\xA0\x80"_ba << "1"_ba;
    QTest::newRow("cut name") << "a\xC3"_ba << "1"_ba;
}

void StoreSuite::whatCannotBeKeptIsRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, json);
    SessionRecord old = record(1, u"ann"_s);
    give(old, "kept", "1");
    old.flash = "[1]";
    create(old);

    SessionRecord born = record(2);
    give(born, "beside", "1");
    give(born, name, json);
    QVERIFY(fails(m_store->create(born), Error::Invalid));
    born.key = key(1);
    QVERIFY(fails(m_store->create(born, {}, SessionStore::CreateMode::Overwrite), Error::Invalid));

    SessionChange bad = change();
    bad.set("beside", "1");
    bad.set(name, json);
    bad.remove(name);
    QVERIFY(fails(m_store->update(key(1), bad), Error::Invalid));
    QVERIFY(fails(m_store->rotate(key(1), key(3), bad), Error::Invalid));
    if (name == "a") {
        SessionChange flash = change();
        flash.addFlash(json);
        QVERIFY(fails(m_store->update(key(1), flash), Error::Invalid));
    }
    QCOMPARE(must(m_store->load(key(1))), old);
    QVERIFY(!exists(key(2)));
    QVERIFY(!exists(key(3)));
}

void StoreSuite::anyJsonComesBack()
{
    JsonSamples samples(3);
    for (int n = 0; n < 20; ++n) {
        SessionRecord born = record(n, samples.text());
        born.data = SessionData::fromJson(samples.object());
        if (born.user.isEmpty())
            born.user = QString();
        born.updateCounts();
        create(born);
        QCOMPARE(must(m_store->load(key(n))), born);
        const QByteArray name = samples.text().toUtf8();
        const QByteArray json = encodeJson(samples.value());
        must(m_store->update(key(n), setting(name, json)));
        QCOMPARE(attribute(key(n), name), json);
    }
}

void StoreSuite::userCountsAgainstTheSizeLimit()
{
    backend().setSizeLimit(1000 + m_factory.userOverhead);
    SessionRecord born = record(1, QString(250, u'é'));
    give(born, "a", '"' + QByteArray(498, 'x') + '"');
    QVERIFY(fails(m_store->create(born), Error::TooLarge));
    give(born, "a", '"' + QByteArray(497, 'x') + '"');
    create(born);
    QVERIFY(fails(m_store->update(key(1), binding(QString(251, u'é'))), Error::TooLarge));
    QVERIFY(fails(m_store->update(key(1), setting("b", "1")), Error::TooLarge));
    must(m_store->update(key(1), binding(u"ann"_s)));
    must(m_store->update(key(1), setting("b", "1")));
    must(m_store->update(key(1), touching()));
    QCOMPARE(must(m_store->load(key(1))).user, u"ann"_s);
}

void StoreSuite::manyAttributesAreWrittenInLinearTime()
{
    const auto milliseconds = [this](int number, int count) {
        SessionRecord born = record(number);
        for (int i = 0; i < count; ++i)
            born.data.append("n" + QByteArray::number(i), "1");
        born.updateCounts();
        QElapsedTimer timer;
        timer.start();
        create(born);
        const QByteArray last = "n" + QByteArray::number(count - 1);
        must(m_store->update(key(number), setting(last, "2")));
        must(m_store->update(key(number), setting("n0", "true")));
        [&] { QCOMPARE(attribute(key(number), last), "2"); }();
        SessionChange many = change();
        for (int i = 0; i < count / 20; ++i)
            many.set("n" + QByteArray::number(count - count / 40 + i), "3");
        [&] { QCOMPARE(must(m_store->update(key(number), many)).attributeCount, count + count / 40); }();
        return std::max<qint64>(timer.elapsed(), 20);
    };
    const qint64 few = milliseconds(1, 2000);
    const qint64 many = milliseconds(2, 20'000);
    QVERIFY2(many < 40 * few, qPrintable(u"%1 ms and %2 ms"_s.arg(few).arg(many))); // quadratic: 100 times
}

void StoreSuite::flashIsHandedOutOnce()
{
    SessionRecord withFlash = record(1);
    withFlash.flash = R"(["saved"])";
    create(withFlash);
    Task<QByteArray> first = m_store->takeFlash(key(1));
    Task<QByteArray> second = m_store->takeFlash(key(1));
    const QByteArrayList taken{must(std::move(first)), must(std::move(second))};
    QCOMPARE(taken.count(R"(["saved"])"), 1);
    QCOMPARE(taken.count(QByteArray()), 1);
    QVERIFY(must(m_store->load(key(1))).flash.isEmpty());
}

void StoreSuite::flashOfSeveralChangesIsKeptInOrder()
{
    create(record(1));
    SessionChange first = change();
    first.addFlash("1");
    first.addFlash(R"({"a":[2]})");
    SessionChange second = change();
    second.addFlash(R"("three")");
    QCOMPARE(must(m_store->update(key(1), first)).attributeCount, 0);
    must(m_store->update(key(1), second));
    QCOMPARE(decodeJson(must(m_store->load(key(1))).flash),
             QJsonValue(QJsonArray{1, QJsonObject{{u"a"_s, QJsonArray{2}}}, u"three"_s}));
    QCOMPARE(decodeJson(must(m_store->takeFlash(key(1)))),
             QJsonValue(QJsonArray{1, QJsonObject{{u"a"_s, QJsonArray{2}}}, u"three"_s}));
    must(m_store->update(key(1), second));
    QCOMPARE(must(m_store->takeFlash(key(1))), R"(["three"])");
}

void StoreSuite::flashCountsAgainstTheSizeLimit()
{
    backend().setSizeLimit(1000);
    SessionRecord old = record(1);
    give(old, "a", '"' + QByteArray(600, 'x') + '"');
    create(old);
    SessionChange flash = change();
    flash.addFlash('"' + QByteArray(300, 'x') + '"');
    must(m_store->update(key(1), flash));
    QVERIFY(fails(m_store->update(key(1), flash), Error::TooLarge));
    QVERIFY(fails(m_store->rotate(key(1), key(2), flash), Error::TooLarge));
    QVERIFY(!exists(key(2)));
    QCOMPARE(must(m_store->takeFlash(key(1))), flash.flash);
    must(m_store->update(key(1), flash));
}

void StoreSuite::csrfSecretIsKept()
{
    create(record(1));
    const QByteArray secret("\0\xff\r\n\"'\x80\x7f\1\2\3\4\5\6\7\0", 16);
    SessionChange minting = change();
    minting.csrfSecret = secret;
    must(m_store->update(key(1), minting));
    QCOMPARE(must(m_store->load(key(1))).csrfSecret, secret);
    must(m_store->update(key(1), setting("a", "1")));
    must(m_store->rotate(key(1), key(2), change()));
    QCOMPARE(must(m_store->load(key(2))).csrfSecret, secret);
    minting.csrfSecret = secret + QByteArray(16, 'o'); // with one that a page has which left with the rotation
    must(m_store->rotate(key(2), key(3), minting));
    QCOMPARE(must(m_store->load(key(3))).csrfSecret, minting.csrfSecret);
}

void StoreSuite::rotateRequestIsKeptUntilTheRotation()
{
    create(record(1));
    SessionChange request = change();
    request.rotateRequested = true;
    QVERIFY(must(m_store->update(key(1), request)).rotateRequested);
    must(m_store->update(key(1), setting("a", "1")));
    QVERIFY(must(m_store->load(key(1))).rotateRequested);
    QVERIFY(!must(m_store->rotate(key(1), key(2), change())).rotateRequested);
    QVERIFY(!must(m_store->load(key(2))).rotateRequested);
}
