// SPDX-License-Identifier: MIT
#include "storesuite.h"

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void StoreSuite::expiredRecordsAreNowhere()
{
    create(record(1, u"ann"_s));
    SessionRecord longer = record(2, u"ann"_s);
    longer.expiresAt += 1min;
    create(longer);
    m_now += Idle - 1ms;
    QVERIFY(exists(key(1)));
    QCOMPARE(must(m_store->count()), 2);
    m_now += 1ms;
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    QCOMPARE(must(m_store->count()), 1);
    const SessionPage page = must(m_store->list({}));
    QCOMPARE(page.total, 1);
    QCOMPARE(keysOf(page), QList{key(2)});
    QCOMPARE(keysOf(u"ann"_s), QList{key(2)});
    QCOMPARE(must(m_store->removeExpired(10)), 1);
    QCOMPARE(must(m_store->removeExpired(10)), 0);
}

/// Another program's clock, or this one once it was put right, would see what was ended at a wrong time alive.
void StoreSuite::whatIsEndedAfterItsTimeStaysEndedWhenTheClockGoesBack()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    create(record(3, u"bob"_s));
    create(record(4, u"bob"_s));
    m_now += Idle;
    QVERIFY(fails(m_store->remove(key(1), SessionStore::Removal::Destroyed), Error::NotFound));
    QVERIFY(fails(m_store->remove(key(3), SessionStore::Removal::Admin), Error::NotFound));
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 0);
    m_now -= Idle;
    for (const int n : {1, 2, 3})
        QVERIFY(!exists(key(n)));
    QVERIFY(exists(key(4)));
    QCOMPARE(must(m_store->count()), 1);
    QCOMPARE(keysOf(u"ann"_s), QList<SessionKey>());
    HistoryQuery query;
    QStringList told;
    for (const SessionEvent &event : must(m_store->history(query))) {
        if (event.type != SessionEvent::Created)
            told += QString(SessionEvent::name(event.type)) + u' ' + event.reason;
    }
    QCOMPARE(told, QStringList(3, u"expired idle"_s));
}

void StoreSuite::nothingIsRevivedAfterExpiry()
{
    create(record(1));
    m_now += Idle;
    SessionChange longer = change();
    longer.expiry = Expiry::onInactivity(24h);
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    QVERIFY(fails(m_store->update(key(1), touching()), Error::NotFound));
    QVERIFY(fails(m_store->update(key(1), longer), Error::NotFound));
    QVERIFY(fails(m_store->rotate(key(1), key(2), longer), Error::NotFound));
    QVERIFY(fails(m_store->takeFlash(key(1)), Error::NotFound));
    QCOMPARE(must(m_store->count()), 0);
    QVERIFY(!exists(key(2)));
    QCOMPARE(must(m_store->removeExpired(10)), 1);
    QVERIFY(fails(m_store->remove(key(1), SessionStore::Removal::Destroyed), Error::NotFound));
}

void StoreSuite::removalAfterTheDeadlineIsForGood()
{
    QList<SessionEvent> events;
    watch(*m_store, &events);
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    m_now += Idle; // as a clock that is ahead
    QVERIFY(fails(m_store->remove(key(1), SessionStore::Removal::Destroyed), Error::NotFound));
    QVERIFY(fails(m_store->remove(key(3), SessionStore::Removal::Destroyed), Error::NotFound));
    m_now -= Idle;
    QVERIFY(!exists(key(1)));
    QVERIFY(exists(key(2)));
    QCOMPARE(must(m_store->count()), 1);
    QCOMPARE(keysOf(u"ann"_s), QList{key(2)});
    m_now += Idle;
    QCOMPARE(must(m_store->removeExpired(10)), 1);
    QList<std::pair<SessionEvent::Type, SessionKey>> told;
    const auto hasTold = [&] {
        told.clear();
        for (const SessionEvent &event : events)
            told.emplaceBack(event.type, event.key);
        return told.size() == 4;
    };
    QTRY_VERIFY(hasTold());
    QCOMPARE(told[2], std::pair(SessionEvent::Expired, key(1)));
    QCOMPARE(told[3], std::pair(SessionEvent::Expired, key(2)));
}

void StoreSuite::removalAfterTheDeadlineNeedsNoReading()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    create(record(3, u"ann"_s));
    const auto other = m_factory.makeAnother ? makeAnother() : m_store; // has not seen them yet
    m_now += Idle;
    const Result<SessionInfo> removed = other->waitFor(other->remove(key(1), SessionStore::Removal::Destroyed));
    QVERIFY(!removed && removed.error() == Error::NotFound);
    const Result<SessionInfo> sameVersion = other->waitFor(other->removeVersion(key(2), 1, SessionStore::Removal::Destroyed));
    QVERIFY(!sameVersion && sameVersion.error() == Error::NotFound);
    m_now -= Idle;
    QVERIFY(!exists(key(1)));
    QVERIFY(!exists(key(2)));
    QVERIFY(exists(key(3)));
    QVERIFY(fails(m_store->removeVersion(key(3), 2, SessionStore::Removal::Destroyed), Error::Conflict));
    QVERIFY(exists(key(3)));
}

void StoreSuite::touchMovesTheIdleDeadline()
{
    create(record(1));
    m_now += 10min;
    const SessionInfo info = must(m_store->update(key(1), touching()));
    QCOMPARE(info.lastSeenAt, m_now);
    QCOMPARE(info.expiresAt, m_now + Idle);
    QCOMPARE(info.version, 1);
    m_now += 55min;
    QVERIFY(exists(key(1)));
    QCOMPARE(must(m_store->removeExpired(10)), 0);
}

void StoreSuite::touchNeverMovesTimesBackwards()
{
    create(record(1));
    const TimePoint start = m_now;
    m_now += 10min;
    must(m_store->update(key(1), touching()));
    SessionChange late = change();
    late.touch = SessionChange::Touch{start + 5min};
    const SessionInfo info = must(m_store->update(key(1), late));
    QCOMPARE(info.lastSeenAt, start + 10min);
    QCOMPARE(info.expiresAt, start + 10min + Idle);
    late.set("a", "1");
    must(m_store->update(key(1), late));
    QCOMPARE(must(m_store->load(key(1))).lastSeenAt, start + 10min);
}

void StoreSuite::overlappingTouchesCountOnce()
{
    create(record(1));
    const auto touchedAt = [this](TimePoint at) {
        SessionChange touch = change();
        touch.touch = SessionChange::Touch{at, 1min};
        return must(m_store->update(key(1), touch)).lastSeenAt;
    };
    m_now += 10min;
    const TimePoint first = m_now;
    QCOMPARE(touchedAt(first), first);
    m_now += 1min;
    QCOMPARE(touchedAt(first + 1ms), first);
    QCOMPARE(touchedAt(first + 1min - 1ms), first);
    QCOMPARE(must(m_store->load(key(1))).expiresAt, first + Idle);
    QCOMPARE(touchedAt(first + 1min), first + 1min);
}

void StoreSuite::touchFollowsTheRecordsOwnIdleTime()
{
    SessionRecord brief = record(1);
    brief.expiry = Expiry::onInactivity(5min);
    brief.expiresAt = m_now + 5min;
    create(brief);
    m_now += 1min;
    QCOMPARE(must(m_store->update(key(1), touching())).expiresAt, m_now + 5min);
    m_now += 5min;
    QVERIFY(!exists(key(1)));
}

void StoreSuite::deadlineMovedElsewhereCounts()
{
    if (!m_factory.makeAnother)
        QSKIP("Only this process sees the store.");
    const auto another = makeAnother();
    create(record(1));
    QVERIFY(another->waitFor(another->load(key(1)))); // and may be remembered there
    m_now += Idle / 2;
    must(m_store->update(key(1), touching()));
    m_now += Idle - 1ms;
    QVERIFY(another->waitFor(another->update(key(1), setting("a", "1"))));
    QVERIFY(exists(key(1)));
}

void StoreSuite::touchLeavesAFixedDeadline()
{
    SessionRecord fixed = record(1);
    fixed.expiry = Expiry::atDateTime(toDateTime(fixed.expiresAt));
    create(fixed);
    m_now += 10min;
    const SessionInfo info = must(m_store->update(key(1), touching()));
    QCOMPARE(info.expiresAt, fixed.expiresAt);
    QCOMPARE(info.lastSeenAt, m_now);
}

void StoreSuite::touchStopsAtTheAbsoluteDeadline()
{
    SessionRecord bounded = record(1);
    bounded.absoluteExpiresAt = m_now + 90min;
    create(bounded);
    m_now += 10min;
    QCOMPARE(must(m_store->update(key(1), touching())).expiresAt, m_now + Idle);
    m_now += 50min;
    QCOMPARE(must(m_store->update(key(1), touching())).expiresAt, *bounded.absoluteExpiresAt);
    m_now += 30min;
    QVERIFY(!exists(key(1)));
}

void StoreSuite::newExpiryMovesTheDeadline()
{
    create(record(1));
    m_now += 1min;
    SessionChange brief = change();
    brief.expiry = Expiry::onInactivity(5min);
    SessionChange fixed = change();
    fixed.expiry = Expiry::atDateTime(toDateTime(m_now + 3h));
    SessionChange none = change();
    none.expiry = std::optional<Expiry>();
    const SessionInfo own = must(m_store->update(key(1), brief));
    QCOMPARE(own.expiresAt, m_now + 5min);
    QCOMPARE(own.expiry, Expiry::onInactivity(5min));
    QCOMPARE(must(m_store->update(key(1), fixed)).expiresAt, m_now + 3h);
    const SessionInfo back = must(m_store->update(key(1), none));
    QCOMPARE(back.expiresAt, m_now + Idle);
    QVERIFY(!back.expiry);
    m_now += 4min;
    must(m_store->update(key(1), brief));
    m_now += 5min;
    QVERIFY(!exists(key(1)));
    QCOMPARE(must(m_store->removeExpired(10)), 1);
}

void StoreSuite::rotationMovesTheRecordAtOnce()
{
    SessionRecord old = record(1, u"ann"_s);
    old.absoluteExpiresAt = m_now + 5h;
    give(old, "a", "1");
    old.flash = "[1]";
    create(old);
    m_now += 1min;
    const SessionInfo info = must(m_store->rotate(key(1), key(2), setting("b", "2")));
    QCOMPARE(info.key, key(2));
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    const SessionRecord moved = must(m_store->load(key(2)));
    QCOMPARE(moved.key, key(2));
    QCOMPARE(moved.data.toJson(), (QJsonObject{{u"a"_s, 1}, {u"b"_s, 2}}));
    QCOMPARE(moved.user, u"ann"_s);
    QCOMPARE(moved.flash, "[1]");
    QCOMPARE(moved.createdAt, old.createdAt);
    QCOMPARE(moved.idIssuedAt, m_now);
    QCOMPARE(moved.absoluteExpiresAt, old.absoluteExpiresAt);
    QCOMPARE(moved.expiresAt, old.expiresAt);
    QCOMPARE(moved.version, old.version + 1);
    QCOMPARE(SessionInfo(moved), info);
    QCOMPARE(must(m_store->count()), 1);
    QCOMPARE(keysOf(u"ann"_s), QList{key(2)});
}

void StoreSuite::rotationToATakenKeyIsRefused()
{
    create(record(1));
    SessionRecord other = record(2);
    give(other, "other", "1");
    create(other);
    QVERIFY(fails(m_store->rotate(key(1), key(2), change()), Error::Exists));
    QVERIFY(exists(key(1)));
    QCOMPARE(attribute(key(2), "other"), "1");
}

void StoreSuite::nothingIsRevivedAfterRotation()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change()));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    QVERIFY(fails(m_store->update(key(1), touching()), Error::NotFound));
    QVERIFY(fails(m_store->rotate(key(1), key(3), change()), Error::NotFound));
    QVERIFY(fails(m_store->rotate(key(1), key(3), change(), 30s), Error::NotFound));
    QVERIFY(fails(m_store->takeFlash(key(1)), Error::NotFound));
    QVERIFY(fails(m_store->remove(key(1), SessionStore::Removal::Destroyed), Error::NotFound));
    QVERIFY(!exists(key(1)));
    QVERIFY(!exists(key(3)));
    QVERIFY(attribute(key(2), "a").isNull());
    QCOMPARE(must(m_store->count()), 1);
}

void StoreSuite::refusedRotationChangesNothing()
{
    SessionRecord old = record(1);
    give(old, "t", R"("text")");
    create(old);
    SessionChange bad = change();
    bad.increment("t", 1);
    QVERIFY(fails(m_store->rotate(key(1), key(2), bad), Error::Invalid));
    QVERIFY(fails(m_store->rotate(key(1), key(2), bad, 30s), Error::Invalid));
    QCOMPARE(must(m_store->load(key(1))), old);
    QVERIFY(!exists(key(2)));
}

void StoreSuite::graceKeyStandsForItsRecord()
{
    SessionRecord old = record(1);
    give(old, "a", "1");
    create(old);
    const SessionInfo renewed = must(m_store->rotate(key(1), key(2), change(), 30s));
    QCOMPARE(renewed.key, key(2));
    QCOMPARE(must(m_store->load(key(1))).key, key(2));
    QCOMPARE(must(m_store->load(key(1))), must(m_store->load(key(2))));
    QCOMPARE(must(m_store->update(key(1), setting("b", "2"))).key, key(2));
    QCOMPARE(attribute(key(2), "b"), "2");
    SessionChange flash = change();
    flash.addFlash("1");
    must(m_store->update(key(2), flash));
    QCOMPARE(must(m_store->takeFlash(key(1))), "[1]");
    QCOMPARE(must(m_store->count()), 1);
    QCOMPARE(keysOf(must(m_store->list({}))), QList{key(2)});
    QCOMPARE(must(m_store->remove(key(1), SessionStore::Removal::Destroyed)).key, key(2));
    QVERIFY(!exists(key(1)));
    QVERIFY(!exists(key(2)));
}

void StoreSuite::graceKeysChainToTheNewestKey()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    m_now += 10s;
    must(m_store->rotate(key(2), key(3), change(), 30s));
    QCOMPARE(must(m_store->load(key(1))).key, key(3));
    QCOMPARE(must(m_store->load(key(2))).key, key(3));
    must(m_store->update(key(1), setting("a", "1")));
    QCOMPARE(attribute(key(3), "a"), "1");
    m_now += 20s;
    QVERIFY(!exists(key(1)));
    QVERIFY(exists(key(2)));
    m_now += 10s;
    QVERIFY(!exists(key(2)));
    QVERIFY(exists(key(3)));
}

/// As between a rotation that an operator asked for and a renewal that is due: whoever comes second neither moves the record
/// nor takes the id away that the first has got.
void StoreSuite::renewalWithoutGraceMovesNoRenewedRecord()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    QCOMPARE(must(m_store->rotate(key(1), key(3), setting("a", "1"), SessionStore::NoGrace)).key, key(2));
    QCOMPARE(attribute(key(2), "a"), "1");
    QVERIFY(!exists(key(3)));
    QCOMPARE(must(m_store->rotate(key(2), key(3), change(), SessionStore::NoGrace)).key, key(3));
    for (int old : {1, 2})
        QVERIFY(fails(m_store->load(key(old)), Error::Replaced));
}

void StoreSuite::graceEndsByTheClock()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    m_now += 30s - 1ms;
    QVERIFY(exists(key(1)));
    m_now += 1ms;
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    QVERIFY(fails(m_store->update(key(1), touching()), Error::NotFound));
    QVERIFY(fails(m_store->rotate(key(1), key(3), change()), Error::NotFound));
    QVERIFY(fails(m_store->rotate(key(1), key(3), change(), 30s), Error::NotFound));
    QVERIFY(fails(m_store->remove(key(1), SessionStore::Removal::Destroyed), Error::NotFound));
    QVERIFY(exists(key(2)));
    QVERIFY(!exists(key(3)));
    must(m_store->rotate(key(2), key(3), change())); // takes away only what was good
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    QVERIFY(fails(m_store->load(key(2)), Error::Replaced));
}

void StoreSuite::aClockAheadEndsNoGraceOfOthers()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    m_now += 45s; // as the clock of another process, by which the grace is over
    must(m_store->rotate(key(2), key(3), change(), 30s));
    must(m_store->removeExpired(10));
    m_now -= 45s;
    for (const int n : {1, 2})
        QCOMPARE(must(m_store->load(key(n))).key, key(3));
    m_now += 45s;
    must(m_store->rotate(key(3), key(4), change())); // which ends all graces for all
    m_now -= 45s;
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    for (const int n : {2, 3})
        QVERIFY(fails(m_store->load(key(n)), Error::Replaced));
}

void StoreSuite::rotationEndsEveryGrace()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->rotate(key(2), key(3), change(), 30s));
    must(m_store->rotate(key(3), key(4), change()));
    for (int n : {1, 2, 3})
        QVERIFY(!exists(key(n)));
    QVERIFY(exists(key(4)));
}

void StoreSuite::removalEndsEveryGrace()
{
    create(record(1, u"ann"_s));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::Admin));
    QVERIFY(!exists(key(1)));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));

    create(record(3));
    must(m_store->rotate(key(3), key(4), change(), 30s));
    must(m_store->remove(key(4), SessionStore::Removal::Destroyed));
    QVERIFY(!exists(key(3)));

    SessionRecord brief = record(5);
    brief.expiresAt = m_now + 10s;
    create(brief);
    must(m_store->rotate(key(5), key(6), change(), 30s));
    m_now += 10s;
    QVERIFY(!exists(key(5)));
    QCOMPARE(must(m_store->removeExpired(10)), 1);
    QVERIFY(!exists(key(5)));
    create(record(6));
    QVERIFY(!exists(key(5)));
}

void StoreSuite::loginEndsEveryGrace()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->update(key(2), setting("a", "1")));
    QVERIFY(exists(key(1)));
    must(m_store->update(key(2), binding(u"ann"_s)));
    QVERIFY(!exists(key(1)));
    QVERIFY(exists(key(2)));

    // A renewal that logs in leaves no grace either, and neither does a login through a key in grace.
    must(m_store->rotate(key(2), key(3), binding(u"bob"_s), 30s));
    QVERIFY(!exists(key(2)));
    must(m_store->rotate(key(3), key(4), change(), 30s));
    QCOMPARE(must(m_store->rotate(key(3), key(5), binding(u"ann"_s), 30s)).key, key(4));
    QVERIFY(!exists(key(3)));
    QVERIFY(!exists(key(5)));

    // Logging out ends none.
    must(m_store->rotate(key(4), key(6), change(), 30s));
    must(m_store->update(key(6), binding(QString())));
    QVERIFY(exists(key(4)));
}

void StoreSuite::recordIsRenewedOnce()
{
    create(record(1));
    Task<SessionInfo> first = m_store->rotate(key(1), key(2), setting("a", "1"), 30s);
    Task<SessionInfo> second = m_store->rotate(key(1), key(3), setting("b", "2"), 30s);
    QCOMPARE(must(std::move(first)).key, key(2));
    QCOMPARE(must(std::move(second)).key, key(2));
    QVERIFY(!exists(key(3)));
    QCOMPARE(attribute(key(2), "a"), "1");
    QCOMPARE(attribute(key(2), "b"), "2");
    QCOMPARE(must(m_store->count()), 1);
}

void StoreSuite::rotationThroughAGraceKeyIsARotation()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    QCOMPARE(must(m_store->rotate(key(1), key(3), setting("a", "1"))).key, key(3));
    QVERIFY(!exists(key(1)));
    QVERIFY(!exists(key(2)));
    QCOMPARE(attribute(key(3), "a"), "1");
}

void StoreSuite::overwrittenGraceKeyIsANewSession()
{
    create(record(1, u"ann"_s));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->create(record(1, u"bob"_s), {}, SessionStore::CreateMode::Overwrite));
    QCOMPARE(must(m_store->load(key(1))).user, u"bob"_s);
    QCOMPARE(must(m_store->load(key(2))).user, u"ann"_s);
    QCOMPARE(must(m_store->history({})).first().type, SessionEvent::Created);
    // What becomes of either is nothing to the other.
    int bob = 3, ann = 4;
    while (!m_store->mayRotate(key(1), key(bob)))
        ++bob;
    while (ann == bob || !m_store->mayRotate(key(2), key(ann)))
        ++ann;
    must(m_store->rotate(key(1), key(bob), change(), 30s));
    must(m_store->rotate(key(2), key(ann), change(), 30s));
    QCOMPARE(must(m_store->load(key(1))).key, key(bob));
    QCOMPARE(must(m_store->load(key(2))).key, key(ann));
    must(m_store->remove(key(ann), SessionStore::Removal::Destroyed));
    QVERIFY(!exists(key(2)));
    QCOMPARE(must(m_store->load(key(1))).user, u"bob"_s);
}

void StoreSuite::overwrittenKeyIsNoOldKeyAnyMore_data()
{
    QTest::addColumn<bool>("renewed");
    QTest::newRow("of a renewal") << true;
    QTest::newRow("of a rotation") << false;
}

void StoreSuite::overwrittenKeyIsNoOldKeyAnyMore()
{
    QFETCH(const bool, renewed);
    create(record(1, u"ann"_s));
    int next = 2;
    while (!m_store->mayRotate(key(1), key(next)))
        ++next;
    must(m_store->rotate(key(1), key(next), change(), renewed ? 30s : 0s));
    must(m_store->create(record(1, u"bob"_s), {}, SessionStore::CreateMode::Overwrite));
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    QCOMPARE(must(m_store->load(key(next))).user, u"ann"_s);
}

void StoreSuite::graceKeyIsTaken()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    QVERIFY(fails(m_store->create(record(1)), Error::Exists));
    create(record(3));
    QVERIFY(fails(m_store->rotate(key(3), key(1), change()), Error::Exists));
    QCOMPARE(must(m_store->load(key(1))).key, key(2));
    m_now += 30s;
    create(record(1));
    QCOMPARE(must(m_store->load(key(1))).key, key(1));
    QCOMPARE(must(m_store->load(key(2))).key, key(2));
    must(m_store->remove(key(2), SessionStore::Removal::Destroyed));
    QVERIFY(exists(key(1)));
}

void StoreSuite::sweepRemovesBoundedStepsInOrderOfDeadline()
{
    QList<SessionEvent> events;
    watch(*m_store, &events);
    for (int n = 0; n < 10; ++n) {
        SessionRecord one = record(n);
        one.expiresAt = m_now + std::chrono::minutes((n * 7) % 10 + 1);
        create(one);
    }
    QTRY_COMPARE(events.size(), 10);
    events.clear();
    m_now += 6min;
    QCOMPARE(must(m_store->removeExpired(4)), 4);
    QTRY_COMPARE(events.size(), 4);
    QSet<SessionKey> first;
    for (const SessionEvent &event : events)
        first.insert(event.key);
    QCOMPARE(first, (QSet<SessionKey>{key(0), key(3), key(6), key(9)}));
    QCOMPARE(must(m_store->removeExpired(4)), 2);
    QCOMPARE(must(m_store->removeExpired(4)), 0);
    QCOMPARE(must(m_store->count()), 4);
}

void StoreSuite::sweepRunsWithoutTraffic()
{
    QList<SessionEvent> events;
    watch(*m_store, &events);
    for (int n = 0; n < 5; ++n)
        create(record(n));
    m_now += Idle;
    m_store->setSweepInterval(5ms);
    QTRY_COMPARE(events.size(), 10);
    m_store->setSweepInterval(0ms);
    QCOMPARE(must(m_store->removeExpired(10)), 0);
}

/// A callback may end the store; all who still wait are answered once.
void StoreSuite::storeMayGoInAnyOfItsAnswers()
{
    using Answered = std::function<void()>;
    const auto asking = [](auto ask) {
        return std::function([ask](const Answered &answered) { ask().then([answered](const auto &) { answered(); }); });
    };
    const std::vector<std::function<void(const Answered &)>> operations = {
        asking([this] { return m_store->load(key(1)); }),
        asking([this] { return m_store->update(key(2), setting("a", "1")); }),
        asking([this] { return m_store->update(key(3), setting("b", "2")); }),
        asking([this] { return m_store->create(record(5, u"bob"_s)); }),
        asking([this] { return m_store->rotate(key(3), key(6), change(), 30s); }),
        asking([this] { return m_store->remove(key(4), SessionStore::Removal::Destroyed); }),
        asking([this] { return m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User); }),
        asking([this] { return m_store->takeFlash(key(1)); }),
        asking([this] { return m_store->list({}); }),
        asking([this] { return m_store->count(); }),
        asking([this] { return m_store->removeExpired(10); }),
        asking([this] { return m_store->history({}); }),
        asking([this] { return m_store->subscribe(); }),
    };
    for (size_t first = 0; first < operations.size(); ++first) {
        cleanup();
        init();
        for (const int n : {1, 2, 3, 4})
            create(record(n, u"ann"_s));
        int asked = 0, answers = 0;
        for (size_t i = 0; i < operations.size() && m_store; ++i) {
            ++asked;
            operations[(first + i) % operations.size()]([this, &answers] {
                ++answers;
                m_store.reset();
            });
        }
        QTRY_COMPARE(answers, asked);
    }
}
