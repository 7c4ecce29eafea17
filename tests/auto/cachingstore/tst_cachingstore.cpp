// SPDX-License-Identifier: MIT
#include "backdouble.h"

#include <storesuite.h>

#include <Sojourn/CachingStore>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCachingStore : public StoreSuite
{
    Q_OBJECT
public:
    TestCachingStore() : StoreSuite({.make = [this] { return makeStore(); }, .makeAnother = {}, .corrupt = {}}) { }

private Q_SLOTS:
    void keptRecordIsReadWithoutTheStoreBehind();
    void changeElsewhereIsSeenWhenItsEventArrives();
    void ownWriteIsSeenBeforeItsEvent_data();
    void ownWriteIsSeenBeforeItsEvent();
    void noOrderOfAnswersLeavesAnOldRecord_data();
    void noOrderOfAnswersLeavesAnOldRecord();
    void revokedSessionsAreGoneAtOnce();
    void evictedSessionIsGoneAtOnce();
    void graceKeyIsAskedForEachTime();
    void expiredRecordIsAskedForAgain();
    void silenceIsTrustedForTheMaximumAgeOnly();
    void everythingPassesThroughWithoutASubscription();
    void theNewestSubscriptionCounts();
    void aClockThatStandsStillKeepsNothingForever();
    void lostEventsEmptyTheCache();
    void loadFromBeforeTheSubscriptionIsNotKept();
    void endlessLoadsOfOneKeyDoNotKeepItOut();
    void keepsNoMoreThanItsBytes();
    void loginKeepsTheOrderOfUse();
    void answersWhoWaitsEvenIfItEnds();

private:
    std::shared_ptr<CachingStore> makeStore()
    {
        m_back = std::make_shared<BackDouble>();
        return std::make_shared<CachingStore>(m_back);
    }
    CachingStore &cache() const { return static_cast<CachingStore &>(*m_store); }
    QByteArray cached(const SessionKey &key) { return attribute(key, "a"); }
    /// Whether the record is read without a question to the store behind.
    bool isKept(const SessionKey &key)
    {
        const int before = m_back->loads;
        must(m_store->load(key));
        return m_back->loads == before;
    }

    std::shared_ptr<BackDouble> m_back;
};

void TestCachingStore::keptRecordIsReadWithoutTheStoreBehind()
{
    SessionRecord full = record(1, u"ann"_s);
    give(full, "a", "1");
    full.flash = "[1]";
    full.csrfSecret = QByteArray(16, 'c');
    create(full);
    QVERIFY(!isKept(key(1)));
    QVERIFY(isKept(key(1)));
    QCOMPARE(must(m_store->load(key(1))), full);
    QCOMPARE(cache().cachedCount(), 1);
    QVERIFY(fails(m_store->load(key(2)), Error::NotFound));
    QCOMPARE(cache().cachedCount(), 1);
}

void TestCachingStore::changeElsewhereIsSeenWhenItsEventArrives()
{
    SessionRecord withFlash = record(1);
    withFlash.flash = "[0]";
    create(withFlash);
    create(record(2));
    QCOMPARE(must(m_store->load(key(1))).flash, "[0]");
    must(m_store->load(key(2)));
    must(m_back->server().takeFlash(key(1)));
    QCOMPARE(must(m_store->load(key(1))).flash, "");
    must(m_back->server().update(key(1), setting("a", "1")));
    QCOMPARE(cached(key(1)), "1");
    must(m_back->server().rotate(key(1), key(3), change()));
    QVERIFY(!exists(key(1)));
    must(m_store->load(key(3)));
    must(m_back->server().remove(key(3), SessionStore::Removal::Admin));
    QVERIFY(!exists(key(3)));
    QVERIFY(isKept(key(2)));
}

void TestCachingStore::ownWriteIsSeenBeforeItsEvent_data()
{
    QTest::addColumn<QString>("write");
    for (const auto &write :
         {u"update"_s, u"flash"_s, u"takeFlash"_s, u"rotate"_s, u"remove"_s, u"removeVersion"_s, u"overwrite"_s})
        QTest::newRow(qPrintable(write)) << write;
}

void TestCachingStore::ownWriteIsSeenBeforeItsEvent()
{
    QFETCH(QString, write);
    SessionRecord old = record(1);
    old.flash = "[0]";
    create(old);
    must(m_store->load(key(1)));
    m_back->holdsEvents = true;
    if (write == "update"_L1) {
        must(m_store->update(key(1), setting("a", "1")));
        QCOMPARE(cached(key(1)), "1");
    } else if (write == "flash"_L1) {
        SessionChange flash = change();
        flash.addFlash("1");
        must(m_store->update(key(1), flash));
        QCOMPARE(must(m_store->load(key(1))).flash, "[0,1]");
    } else if (write == "takeFlash"_L1) {
        QCOMPARE(must(m_store->takeFlash(key(1))), "[0]");
        QVERIFY(must(m_store->load(key(1))).flash.isEmpty());
    } else if (write == "rotate"_L1) {
        must(m_store->rotate(key(1), key(2), change()));
        QVERIFY(!exists(key(1)));
        QVERIFY(exists(key(2)));
    } else if (write == "remove"_L1) {
        must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
        QVERIFY(!exists(key(1)));
    } else if (write == "removeVersion"_L1) {
        must(m_store->removeVersion(key(1), old.version, SessionStore::Removal::Admin));
        QVERIFY(!exists(key(1)));
    } else {
        SessionRecord other = record(1);
        give(other, "a", "9");
        must(m_store->create(other, {}, SessionStore::CreateMode::Overwrite));
        QCOMPARE(cached(key(1)), "9");
    }
}

void TestCachingStore::noOrderOfAnswersLeavesAnOldRecord_data()
{
    QTest::addColumn<bool>("isOwnWrite");
    QTest::newRow("write here") << true;
    QTest::newRow("write elsewhere") << false;
}

// Two loads and a write, each asked for, carried out and answered, and the event of the write, in every order there is.
void TestCachingStore::noOrderOfAnswersLeavesAnOldRecord()
{
    QFETCH(bool, isOwnWrite);
    enum Actor { First, Second, Write, Event };
    std::vector<Actor> steps = {First, First, First, Second, Second, Second, Write, Event};
    if (isOwnWrite)
        steps.insert(steps.end(), {Write, Write});
    std::ranges::sort(steps);
    int orders = 0;
    do {
        // The event comes after the write was carried out, which is the second step of one here and the only one of one
        // elsewhere.
        const auto writes = std::ranges::count(steps.begin(), std::ranges::find(steps, Event), Write);
        if (writes < (isOwnWrite ? 2 : 1))
            continue;
        ++orders;
        m_store = makeStore();
        m_store->setClock([this] { return m_now; });
        create(record(1));
        m_back->holdsOperations = true;
        m_back->holdsEvents = true;
        std::array<int, 3> done{};
        std::array<std::optional<size_t>, 3> operation;
        bool isWritten = false; // as far as this process knows
        QByteArray trace;
        for (const Actor actor : steps) {
            trace += "12WE"[actor];
            if (actor == Event) {
                while (m_back->hasEvent())
                    m_back->deliverEvent();
                isWritten = true;
            } else if (actor == Write && !isOwnWrite) {
                must(m_back->server().update(key(1), setting("a", "1")));
            } else if (done[actor] == 0) {
                const size_t before = m_back->operations();
                if (actor == Write) {
                    m_store->update(key(1), setting("a", "1")).then(this, [&isWritten](const auto &) { isWritten = true; });
                } else {
                    m_store->load(key(1)).then(this, [&, mustBeNew = isWritten](Result<SessionRecord> loaded) {
                        const bool isOld = !loaded || loaded->data.isEmpty();
                        if (mustBeNew && isOld)
                            QFAIL(trace.constData());
                    });
                }
                if (m_back->operations() > before)
                    operation[actor] = before;
                ++done[actor];
            } else {
                if (operation[actor] && done[actor] == 1)
                    m_back->carryOut(*operation[actor]);
                else if (operation[actor])
                    m_back->answer(*operation[actor]);
                ++done[actor];
            }
        }
        m_back->holdsOperations = false;
        QVERIFY2(cached(key(1)) == "1", trace.constData());
    } while (std::ranges::next_permutation(steps).found);
    QVERIFY(orders > 100);
}

void TestCachingStore::revokedSessionsAreGoneAtOnce()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    create(record(3, u"bob"_s));
    for (int n : {1, 2, 3})
        must(m_store->load(key(n)));
    m_back->holdsEvents = true;
    must(m_store->removeUser(u"ann"_s, key(2), SessionStore::Removal::User));
    QVERIFY(!exists(key(1)));
    QVERIFY(exists(key(2)));
    QVERIFY(isKept(key(3)));
}

void TestCachingStore::evictedSessionIsGoneAtOnce()
{
    const UserCap one{1, UserCap::Evict};
    create(record(1, u"ann"_s));
    must(m_store->load(key(1)));
    m_back->holdsEvents = true;
    must(m_store->create(record(2, u"ann"_s), one));
    QVERIFY(!exists(key(1)));
    must(m_store->load(key(2)));
    create(record(3));
    must(m_store->update(key(3), binding(u"ann"_s, one)));
    QVERIFY(!exists(key(2)));
    must(m_store->load(key(3)));
    create(record(4));
    must(m_store->rotate(key(4), key(5), binding(u"ann"_s, one)));
    QVERIFY(!exists(key(3)));
}

void TestCachingStore::graceKeyIsAskedForEachTime()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    QCOMPARE(must(m_store->load(key(1))).key, key(2));
    QVERIFY(!isKept(key(1)));
    must(m_store->load(key(2)));
    m_back->holdsEvents = true;
    must(m_store->update(key(1), setting("a", "1")));
    QCOMPARE(cached(key(2)), "1");
}

void TestCachingStore::expiredRecordIsAskedForAgain()
{
    create(record(1));
    must(m_store->load(key(1)));
    m_back->holdsEvents = true;
    m_now += Idle - 1s;
    must(m_back->server().update(key(1), touching()));
    m_now += 1s;
    QCOMPARE(must(m_store->load(key(1))).lastSeenAt, m_now - 1s);
    m_now += Idle;
    QVERIFY(!exists(key(1)));
}

void TestCachingStore::silenceIsTrustedForTheMaximumAgeOnly()
{
    QCOMPARE(cache().maximumAge(), 5s);
    create(record(1));
    must(m_store->load(key(1)));
    m_now += 5s - 1ms;
    QVERIFY(isKept(key(1)));
    m_now += 1ms;
    QVERIFY(!isKept(key(1))); // serving it does not make it younger
    QVERIFY(isKept(key(1)));

    // Gone from the store behind, and no event says so.
    {
        const QSignalBlocker noEvents(&m_back->server());
        must(m_back->server().remove(key(1), SessionStore::Removal::Admin));
    }
    QVERIFY(isKept(key(1)));
    m_now += 5s;
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));

    create(record(2));
    cache().setMaximumAge(0ms);
    must(m_store->load(key(2)));
    QVERIFY(!isKept(key(2)));
}

void TestCachingStore::everythingPassesThroughWithoutASubscription()
{
    create(record(1));
    QVERIFY(!isKept(key(1)));
    QVERIFY(isKept(key(1)));
    m_back->refusesSubscriptions = true;
    m_back->holdsEvents = true;
    Q_EMIT m_back->availabilityChanged(false);
    QCOMPARE(cache().cachedCount(), 0);
    QVERIFY(!isKept(key(1)));
    QVERIFY(!isKept(key(1)));
    must(m_back->server().update(key(1), setting("a", "1")));
    QCOMPARE(cached(key(1)), "1");
    m_back->refusesSubscriptions = false;
    Q_EMIT m_back->availabilityChanged(true);
    QVERIFY(!isKept(key(1)));
    QVERIFY(isKept(key(1)));
}

void TestCachingStore::theNewestSubscriptionCounts()
{
    create(record(1));
    QVERIFY(!isKept(key(1)));
    m_back->holdsSubscriptions = true;
    Q_EMIT m_back->eventsLost();
    Q_EMIT m_back->eventsLost(); // before the answer to the first
    for (const size_t n : {0, 1}) {
        QVERIFY(!isKept(key(1)));
        QVERIFY(!isKept(key(1)));
        m_back->carryOut(n);
        m_back->answer(n);
    }
    QVERIFY(!isKept(key(1)));
    QVERIFY(isKept(key(1)));
}

void TestCachingStore::aClockThatStandsStillKeepsNothingForever()
{
    cache().setMaximumAge(1ms);
    create(record(1));
    QVERIFY(!isKept(key(1)));
    QTest::qWait(2);
    QVERIFY(!isKept(key(1)));
}

void TestCachingStore::lostEventsEmptyTheCache()
{
    create(record(1));
    must(m_store->load(key(1)));
    int lost = 0;
    connect(m_store.get(), &SessionStore::eventsLost, this, [&lost] { ++lost; });
    m_back->holdsEvents = true;
    must(m_back->server().update(key(1), setting("a", "1")));
    Q_EMIT m_back->eventsLost();
    QCOMPARE(cached(key(1)), "1");
    QVERIFY(isKept(key(1)));
    QCOMPARE(lost, 1);
}

void TestCachingStore::loadFromBeforeTheSubscriptionIsNotKept()
{
    create(record(1));
    m_back->refusesSubscriptions = true;
    Q_EMIT m_back->eventsLost();
    m_back->holdsOperations = true;
    Task<SessionRecord> old = m_store->load(key(1));
    m_back->carryOut(0);
    m_back->refusesSubscriptions = false;
    m_back->holdsEvents = true; // nobody listened to this one
    must(m_back->server().update(key(1), setting("a", "1")));
    Q_EMIT m_back->availabilityChanged(true);
    m_back->answer(0);
    QVERIFY(must(std::move(old)).data.isEmpty());
    m_back->holdsOperations = false;
    QCOMPARE(cached(key(1)), "1");
}

void TestCachingStore::endlessLoadsOfOneKeyDoNotKeepItOut()
{
    create(record(1));
    m_back->holdsOperations = true;
    std::ignore = m_store->load(key(1));
    must(m_back->server().update(key(1), setting("a", "1")));
    std::ignore = m_store->load(key(1));
    for (size_t n : {0, 1}) {
        m_back->carryOut(n);
        m_back->answer(n);
        QCOMPARE(cache().cachedCount(), qsizetype(n));
    }
    QCOMPARE(cached(key(1)), "1");
}

void TestCachingStore::keepsNoMoreThanItsBytes()
{
    constexpr qsizetype Most = 20'000;
    m_store = std::make_shared<CachingStore>(m_back, Most);
    for (int n = 0; n < 100; ++n) {
        SessionRecord one = record(n);
        give(one, "a", '"' + QByteArray(100, 'x') + '"');
        create(one);
        must(m_store->load(key(n)));
        must(m_store->load(key(0))); // used all the time
    }
    QVERIFY(cache().cachedBytes() <= Most);
    QVERIFY(cache().cachedCount() > 10);
    QVERIFY(cache().cachedCount() < 100);
    QVERIFY(isKept(key(0)));
    QVERIFY(isKept(key(99)));
    QVERIFY(!isKept(key(1)));
    SessionRecord large = record(100);
    give(large, "a", '"' + QByteArray(Most, 'x') + '"');
    create(large);
    must(m_store->load(key(100)));
    QVERIFY(!isKept(key(100)));
}

void TestCachingStore::loginKeepsTheOrderOfUse()
{
    constexpr int Count = 50;
    create(record(0, u"ann"_s));
    must(m_store->load(key(0)));
    m_store = std::make_shared<CachingStore>(m_back, cache().cachedBytes() * Count);
    for (int n = 1; n < Count; ++n)
        create(record(n, u"ann"_s));
    for (int n = 0; n < Count; ++n)
        must(m_store->load(key(n)));
    QCOMPARE(cache().cachedCount(), Count);
    create(record(Count));
    must(m_store->update(key(Count), binding(u"bob"_s, UserCap{1, UserCap::Evict})));
    create(record(Count + 1, u"ann"_s));
    must(m_store->load(key(Count + 1)));
    QCOMPARE(cache().cachedCount(), Count);
    for (int n = 1; n < Count; ++n)
        QVERIFY2(isKept(key(n)), QByteArray::number(n).constData());
    QVERIFY(!isKept(key(0)));
    must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::Admin));
    QCOMPARE(cache().cachedCount(), 0);
    QCOMPARE(cache().cachedBytes(), 0);
}

void TestCachingStore::answersWhoWaitsEvenIfItEnds()
{
    create(record(1));
    m_back->holdsOperations = true;
    bool isAnswered = false;
    m_store->load(key(1)).then(this, [&isAnswered](const Result<SessionRecord> &loaded) { isAnswered = loaded.has_value(); });
    m_store.reset();
    m_back->carryOut(0);
    m_back->answer(0);
    QVERIFY(isAnswered);
}

QTEST_GUILESS_MAIN(TestCachingStore)
#include "tst_cachingstore.moc"
