// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/Session>
#include <Sojourn/session_p.h>

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The examples of the reference pages of tower-sessions and tako, and what they leave open. Where they and section 4 of the
/// design disagree, section 4 stands.
class TestSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void creatingOneDoesNotTalkToTheStore();
    void insertThenGet();
    void insertValueReturnsWhatItReplaced();
    void getValue();
    void removeReturnsTheValue();
    void removeValueReturnsTheValue();
    void clearKeepsTheRecordInTheStore();
    void isEmptyFollowsIdAndData();
    void idIsNoneUntilSaved();
    void idIsTheOneGiven();
    void expiryIsNoneByDefault();
    void setExpiryIsSeen();
    void expiryDateIsTwoWeeksAwayByDefault();
    void expiryAgeIsTwoWeeksByDefault();
    void isModifiedOnlyByChanges();
    void saveThenReadElsewhere();
    void loadThenGet();
    void deleteRecordRemovesItFromTheStore();
    void flushRemovesEverything();
    void cycleIdKeepsTheData();

    void anUnknownIdIsNeverAdopted();
    void copiesShareState();
    void setIsInsert();
    void getOfAnotherTypeIsNothing();
    void clearKeepsTheId();
    void rotationIsRequestedOnce();
    void destroyIsVisible();
    void incrementAddsInTheStore();
    void incrementOfTextSetsTheError();
    void userIsBoundAndUnbound();
    void emptySaveCreatesNothing();
    void savingAVanishedSessionFails();
    void aFailedSaveIsToldToTheOneWhoAsked();
    void aDroppedChangeIsNotSavedByAskingAgain();
    void loadingAnEndedSessionForgetsWhoItWas();
    void aLostSessionIsNotReplacedByANewOne();
    void aReplacedIdIsNoStranger();
    void leavingASessionThatMovedOnIsNoSuccess();
    void leavingTwiceIsFine();
    void revokingFromAnEndedSessionRevokesNothing();
    void anOperatorsRotationHarmsNoOverlappingReader();
    void anImmediateCookieSurvivesALaterFailure();
    void flashIsReadOnce();
    void csrfTokenStaysUntilRotation();
    void csrfTokenIsCompared();
    void ownExpiryIsStored();
    void pastDeadlinesGiveAgeZero();

private:
    Session fresh() { return Session(std::nullopt, store); }
    Session same(const Session &session) { return Session(session.id(), store); }
    /// One of ann's, in the store.
    Session saved()
    {
        Session session = fresh();
        session.insert("foo", 1);
        session.setUser(u"ann"_s);
        store->waitFor(session.save()).value();
        return session;
    }
    /// As a front end has it, for a request that brings the id of \a session.
    std::shared_ptr<SessionState> stateOf(const Session &session)
    {
        return std::make_shared<SessionState>(session.id(), store, std::make_shared<SessionPolicy>());
    }
    template<class T>
    bool done(const QFuture<Result<T>> &future)
    {
        return store->waitFor(future).has_value();
    }

    std::shared_ptr<MemoryStore> store;
    TimePoint now;
};

void TestSession::init()
{
    store = std::make_shared<MemoryStore>();
    now = TimePoint(1'800'000'000'000ms);
    store->setClock([this] { return now; });
}

// ---- tower-sessions

void TestSession::creatingOneDoesNotTalkToTheStore()
{
    fresh();
    QCOMPARE(store->waitFor(store->count()), 0);
    QCOMPARE(store->counters().read().latencyMicroseconds, 0);
}

void TestSession::insertThenGet()
{
    Session session = fresh();
    session.insert("foo", 42);
    QCOMPARE(session.get<int>("foo"), 42);
}

void TestSession::insertValueReturnsWhatItReplaced()
{
    Session session = fresh();
    QCOMPARE(session.insertValue("foo", 42), std::nullopt);
    QCOMPARE(session.insertValue("foo", 42), std::nullopt);
    QCOMPARE(session.insertValue("foo", u"bar"_s), QJsonValue(42));
}

void TestSession::getValue()
{
    Session session = fresh();
    session.insert("foo", 42);
    QCOMPARE(session.getValue("foo"), QJsonValue(42));
    QCOMPARE(session.getValue("bar"), std::nullopt);
}

void TestSession::removeReturnsTheValue()
{
    Session session = fresh();
    session.insert("foo", 42);
    QCOMPARE(session.remove<int>("foo"), 42);
    QCOMPARE(session.get<int>("foo"), std::nullopt);
}

void TestSession::removeValueReturnsTheValue()
{
    Session session = fresh();
    session.insert("foo", 42);
    QCOMPARE(session.removeValue("foo"), QJsonValue(42));
    QCOMPARE(session.removeValue("foo"), std::nullopt);
    QCOMPARE(session.get<int>("foo"), std::nullopt);
}

void TestSession::clearKeepsTheRecordInTheStore()
{
    Session session = fresh();
    session.insert("foo", 42);
    QVERIFY(!session.isEmpty());
    QVERIFY(done(session.save()));

    session.clear();
    QVERIFY(!session.isEmpty()); // it has an id still
    QCOMPARE(session.get<int>("foo"), std::nullopt);

    Session unread = same(session);
    unread.clear();
    QCOMPARE(unread.get<int>("foo"), std::nullopt);

    QCOMPARE(same(session).get<int>("foo"), 42);
}

void TestSession::isEmptyFollowsIdAndData()
{
    QVERIFY(fresh().isEmpty());
    QVERIFY(!Session(SessionId::generate(), store).isEmpty()); // nobody has looked yet

    Session session = fresh();
    session.insert("foo", 42);
    QVERIFY(!session.isEmpty());
    QVERIFY(done(session.save()));
    QVERIFY(!session.isEmpty());

    Session loaded = same(session);
    QVERIFY(done(loaded.load()));
    QVERIFY(!loaded.isEmpty());
    QCOMPARE(loaded.get<int>("foo"), 42);
    QVERIFY(!loaded.isEmpty());

    Session deleted = same(session);
    QVERIFY(done(deleted.deleteRecord()));
    QVERIFY(!deleted.isEmpty());
    QCOMPARE(deleted.get<int>("foo"), std::nullopt);
    QVERIFY(deleted.isEmpty());

    Session flushed = fresh();
    flushed.insert("foo", 42);
    QVERIFY(done(flushed.flush()));
    QVERIFY(flushed.isEmpty());
}

void TestSession::idIsNoneUntilSaved()
{
    Session session = fresh();
    QVERIFY(!session.id());
    QVERIFY(session.key().isNull());
    session.insert("foo", 42);
    QVERIFY(!session.id());
    QVERIFY(done(session.save()));
    QVERIFY(session.id());
    QCOMPARE(session.key(), session.id()->key());
}

void TestSession::idIsTheOneGiven()
{
    const SessionId id = SessionId::generate();
    QVERIFY(Session(id, store).id() == id);
}

void TestSession::expiryIsNoneByDefault()
{
    QCOMPARE(fresh().expiry(), std::nullopt);
}

void TestSession::setExpiryIsSeen()
{
    Session session = fresh();
    const Expiry expiry = Expiry::atDateTime(toDateTime(now));
    session.setExpiry(expiry);
    QCOMPARE(session.expiry(), expiry);
}

void TestSession::expiryDateIsTwoWeeksAwayByDefault()
{
    QCOMPARE(fresh().expiryDate(), toDateTime(now + 14 * 24h));
    QCOMPARE(fresh().expiryDate().timeSpec(), Qt::UTC);
}

void TestSession::expiryAgeIsTwoWeeksByDefault()
{
    QCOMPARE(fresh().expiryAge(), 14 * 24h);
}

void TestSession::isModifiedOnlyByChanges()
{
    Session session = fresh();
    QVERIFY(!session.isModified());
    QCOMPARE(session.get<int>("foo"), std::nullopt);
    session.remove<int>("foo");
    QVERIFY(!session.isModified());
    session.insert("foo", 42);
    QVERIFY(session.isModified());
}

void TestSession::saveThenReadElsewhere()
{
    Session session = fresh();
    session.insert("foo", 42);
    QVERIFY(done(session.save()));
    QCOMPARE(same(session).get<int>("foo"), 42);
}

void TestSession::loadThenGet()
{
    Session session = fresh();
    session.insert("foo", 42);
    QVERIFY(done(session.save()));

    Session other = same(session);
    QVERIFY(done(other.load()));
    QCOMPARE(other.get<int>("foo"), 42);

    // Loading again shows what others wrote and keeps what is not saved here.
    session.insert("foo", 43);
    QVERIFY(done(session.save()));
    other.insert("bar", 1);
    QVERIFY(done(other.load()));
    QCOMPARE(other.get<int>("foo"), 43);
    QCOMPARE(other.get<int>("bar"), 1);
}

void TestSession::deleteRecordRemovesItFromTheStore()
{
    Session session = fresh();
    session.insert("foo", 42);
    QVERIFY(done(session.save()));
    const SessionKey key = session.key();
    QVERIFY(done(session.deleteRecord()));
    QCOMPARE(store->waitFor(store->load(key)).error().code, Error::NotFound);
    QCOMPARE(session.key(), key);

    // Deleting one that was never there is no error.
    QVERIFY(done(Session(SessionId::generate(), store).deleteRecord()));
    QVERIFY(done(fresh().deleteRecord()));
}

void TestSession::flushRemovesEverything()
{
    Session session = fresh();
    session.insert("foo", "bar");
    QVERIFY(done(session.save()));
    const SessionKey key = session.key();
    QVERIFY(done(session.flush()));
    QVERIFY(!session.id());
    QVERIFY(session.isEmpty());
    QCOMPARE(store->waitFor(store->load(key)).error().code, Error::NotFound);

    session.insert("foo", "again");
    QVERIFY(done(session.save()));
    QVERIFY(session.key() != key);
}

void TestSession::cycleIdKeepsTheData()
{
    Session session = fresh();
    session.insert("foo", 42);
    QVERIFY(done(session.save()));
    const auto id = session.id();

    Session other = same(session);
    QVERIFY(done(other.cycleId()));
    QVERIFY(!other.isEmpty());
    QVERIFY(other.isModified());
    QVERIFY(done(other.save()));

    QVERIFY(other.id() != id);
    QCOMPARE(same(other).get<int>("foo"), 42);
    QCOMPARE(Session(id, store).get<int>("foo"), std::nullopt);
}

// ---- Beyond the pages

void TestSession::anUnknownIdIsNeverAdopted()
{
    const SessionId foreign = SessionId::generate();
    Session session(foreign, store);
    session.insert("foo", 42);
    QVERIFY(!session.id());
    QVERIFY(done(session.save()));
    QVERIFY(session.id() != foreign);
    QCOMPARE(store->waitFor(store->load(foreign.key())).error().code, Error::NotFound);
    QCOMPARE(store->counters().read().rejectedIds, 1);
}

void TestSession::copiesShareState()
{
    Session session = fresh();
    Session copy = session;
    copy.set("foo", u"bar"_s);
    QCOMPARE(session.get<QString>("foo"), u"bar"_s);
    QVERIFY(session.isModified());
}

void TestSession::setIsInsert()
{
    Session session = fresh();
    session.set("list", QStringList{u"a"_s});
    QCOMPARE(session.get<QStringList>("list"), QStringList{u"a"_s});
    session.set("max", std::numeric_limits<quint64>::max());
    QCOMPARE(session.get<quint64>("max"), std::numeric_limits<quint64>::max());
}

void TestSession::getOfAnotherTypeIsNothing()
{
    Session session = fresh();
    session.insert("foo", u"bar"_s);
    QCOMPARE(session.get<int>("foo"), std::nullopt);
    QCOMPARE(session.remove<int>("foo"), std::nullopt);
    QCOMPARE(session.getValue("foo"), std::nullopt);
}

void TestSession::clearKeepsTheId()
{
    Session session = fresh();
    session.insert("foo", 42);
    session.setUser(u"ann"_s);
    QVERIFY(done(session.save()));
    const SessionKey key = session.key();
    session.clear();
    QVERIFY(done(session.save()));
    QCOMPARE(session.key(), key);
    const auto record = store->waitFor(store->load(key));
    QVERIFY(record);
    QVERIFY(record->data.isEmpty());
    QCOMPARE(record->user, u"ann"_s);
    QCOMPARE(record->expiresAt, now + Expiry::DefaultIdle);
}

void TestSession::rotationIsRequestedOnce()
{
    Session session = fresh();
    QVERIFY(!session.rotationRequested());
    session.rotate();
    QVERIFY(session.rotationRequested());
}

void TestSession::destroyIsVisible()
{
    Session session = fresh();
    QVERIFY(!session.isDestroyed());
    session.destroy();
    QVERIFY(session.isDestroyed());
}

void TestSession::incrementAddsInTheStore()
{
    Session first = fresh();
    first.increment("n");
    QVERIFY(done(first.save()));
    Session a = same(first), b = same(first);
    a.increment("n", 2);
    b.increment("n", 3);
    QCOMPARE(a.get<int>("n"), 3);
    QVERIFY(done(a.save()));
    QVERIFY(done(b.save()));
    QCOMPARE(same(first).get<int>("n"), 6);
}

void TestSession::incrementOfTextSetsTheError()
{
    Session session = fresh();
    session.insert("n", u"one"_s);
    session.increment("n");
    QCOMPARE(session.error()->code, Error::Invalid);
    QCOMPARE(session.get<QString>("n"), u"one"_s);
}

void TestSession::userIsBoundAndUnbound()
{
    Session session = fresh();
    QVERIFY(session.user().isNull());
    session.setUser(u"ann"_s);
    QCOMPARE(session.user(), u"ann"_s);
    QVERIFY(done(session.save()));
    Session other = same(session);
    QCOMPARE(other.user(), u"ann"_s);
    other.setUser({});
    QVERIFY(other.user().isNull());
    QVERIFY(done(other.save()));
    QVERIFY(same(session).user().isNull());
}

void TestSession::emptySaveCreatesNothing()
{
    Session session = fresh();
    session.clear();
    session.rotate();
    session.setExpiry(Expiry::onSessionEnd());
    session.setUser({});
    QVERIFY(done(session.save()));
    session.insert("a", 1);
    session.remove<int>("a");
    QVERIFY(done(session.save()));
    QVERIFY(!session.id());
    QCOMPARE(store->waitFor(store->count()), 0);
}

void TestSession::savingAVanishedSessionFails()
{
    Session session = fresh();
    session.insert("foo", 1);
    QVERIFY(done(session.save()));
    Session slow = same(session);
    QVERIFY(slow.isActive());
    QVERIFY(done(session.flush()));
    slow.insert("foo", 2);
    QCOMPARE(store->waitFor(slow.save()).error().code, Error::NotFound);
    QCOMPARE(store->waitFor(store->count()), 0);
    QVERIFY(!slow.isActive());
}

void TestSession::aFailedSaveIsToldToTheOneWhoAsked()
{
    store->setSizeLimit(100);
    Session session = fresh();
    session.insert("small", 1);
    QVERIFY(done(session.save()));
    session.insert("big", QString(200, u'x'));
    QCOMPARE(store->waitFor(session.save()).error().code, Error::TooLarge);
    QCOMPARE(same(session).data(), (QJsonObject{{u"small"_s, 1}}));
    QCOMPARE(session.data(), (QJsonObject{{u"small"_s, 1}}));
    session.insert("ok", 1);
    QVERIFY(done(session.save()));
    QVERIFY(!session.error());
}

void TestSession::aDroppedChangeIsNotSavedByAskingAgain()
{
    store->setSizeLimit(10);
    Session session = fresh();
    session.insert("big", QString(200, u'x'));
    QCOMPARE(store->waitFor(session.save()).error().code, Error::TooLarge);
    QCOMPARE(store->waitFor(session.save()).error().code, Error::TooLarge);
}

void TestSession::loadingAnEndedSessionForgetsWhoItWas()
{
    Session session = saved();
    Session slow = same(session);
    QCOMPARE(slow.user(), u"ann"_s);
    QVERIFY(done(session.flush()));
    QVERIFY(done(slow.load()));
    QVERIFY(slow.user().isNull());
    QCOMPARE(slow.get<int>("foo"), std::nullopt);
    slow.insert("foo", 2);
    QCOMPARE(store->waitFor(slow.save()).error().code, Error::NotFound);
    QCOMPARE(store->waitFor(store->count()), 0);
    QCOMPARE(store->counters().read().rejectedIds, 0);
}

void TestSession::aLostSessionIsNotReplacedByANewOne()
{
    Session session = saved();
    Session slow = same(session);
    QVERIFY(slow.isActive());
    QVERIFY(done(session.cycleId()));
    QVERIFY(done(slow.flush()));
    slow.insert("foo", 2);
    QCOMPARE(store->waitFor(slow.save()).error().code, Error::NotFound);
    QCOMPARE(store->waitFor(store->count()), 1);
}

void TestSession::aReplacedIdIsNoStranger()
{
    const Session old = saved();
    QVERIFY(done(same(old).cycleId()));
    const auto counted = [this] { return QList{store->counters().read().rejectedIds, store->counters().read().conflicts}; };

    const auto reader = stateOf(old);
    QVERIFY(!Session(reader).get<int>("foo"));
    QVERIFY(!Session(reader).isActive());
    QVERIFY(store->waitFor(reader->commit(false)));
    QCOMPARE(reader->cookie(), SessionState::Cookie::None);
    QCOMPARE(counted(), (QList<quint64>{0, 0}));

    const auto writer = stateOf(old);
    Session(writer).insert("late", 1);
    QCOMPARE(store->waitFor(writer->commit(false)).error(), Error::NotFound);
    QCOMPARE(writer->cookie(), SessionState::Cookie::None);
    QCOMPARE(counted(), (QList<quint64>{0, 1}));

    const auto leaver = stateOf(old);
    Session(leaver).destroy();
    QCOMPARE(store->waitFor(leaver->commit(false)).error(), Error::NotFound); // the visitor is still logged in
    QCOMPARE(leaver->cookie(), SessionState::Cookie::None);
    QCOMPARE(store->waitFor(store->count()), 1);
}

void TestSession::leavingASessionThatMovedOnIsNoSuccess()
{
    Session session = saved();
    const auto state = stateOf(session);
    QVERIFY(store->waitFor(state->load()));
    Session leaving(state);
    QVERIFY(done(session.cycleId()));
    leaving.destroy();
    QCOMPARE(store->waitFor(state->commit(false)).error().code, Error::NotFound);
    QCOMPARE(state->cookie(), SessionState::Cookie::None);
}

void TestSession::leavingTwiceIsFine()
{
    Session session = saved();
    const auto state = stateOf(session);
    QVERIFY(store->waitFor(state->load()));
    Session leaving(state);
    QVERIFY(done(session.flush()));
    leaving.destroy();
    QVERIFY(store->waitFor(state->commit(false)));
    QCOMPARE(state->cookie(), SessionState::Cookie::None);
}

void TestSession::revokingFromAnEndedSessionRevokesNothing()
{
    for (const bool keepCurrent : {false, true}) {
        Session session = saved(), other = saved();
        Session ended = same(session);
        QVERIFY(ended.isActive());
        QVERIFY(done(session.cycleId()));
        QCOMPARE(store->waitFor(ended.revokeUserSessions(keepCurrent)).error().code, Error::NotFound);
        QVERIFY(same(session).isActive());
        QVERIFY(same(other).isActive());
        QCOMPARE(store->waitFor(session.revokeUserSessions(keepCurrent)), keepCurrent ? 1 : 2);
        QCOMPARE(session.isActive(), keepCurrent);
    }
}

void TestSession::anOperatorsRotationHarmsNoOverlappingReader()
{
    Session session = saved();
    SessionChange wish;
    wish.rotateRequested = true;
    QVERIFY(store->waitFor(store->update(session.key(), wish)));

    const auto first = stateOf(session), second = stateOf(session);
    QVERIFY(store->waitFor(first->load()));
    QVERIFY(store->waitFor(second->load()));
    QVERIFY(store->waitFor(first->commit(false)));
    QCOMPARE(first->cookie(), SessionState::Cookie::Set);
    QVERIFY(store->waitFor(second->commit(false)));
    QCOMPARE(second->cookie(), SessionState::Cookie::None);
    QVERIFY(Session(first).key() != session.key());
    QVERIFY(same(Session(first)).isActive());
}

void TestSession::anImmediateCookieSurvivesALaterFailure()
{
    store->setSizeLimit(100);
    const auto state = stateOf(saved());
    Session session(state);
    QVERIFY(done(session.cycleId()));
    session.insert("big", QString(200, u'x'));
    QCOMPARE(store->waitFor(state->commit(false)).error().code, Error::TooLarge);
    QCOMPARE(state->cookie(), SessionState::Cookie::Set);
}

void TestSession::flashIsReadOnce()
{
    Session session = fresh();
    session.addFlash(u"saved"_s);
    session.addFlash(7);
    QVERIFY(done(session.save()));
    Session next = same(session), late = same(session);
    QVERIFY(late.isActive());
    QCOMPARE(store->waitFor(next.takeFlash()), (QJsonArray{u"saved"_s, 7}));
    QCOMPARE(store->waitFor(late.takeFlash()), QJsonArray());
    QCOMPARE(same(session).data(), QJsonObject());
}

void TestSession::csrfTokenStaysUntilRotation()
{
    Session session = fresh();
    const QString token = session.csrfToken();
    QCOMPARE(token.size(), 22);
    QVERIFY(done(session.save()));
    QVERIFY(session.id()); // asking for a token creates a session
    QCOMPARE(same(session).csrfToken(), token);

    Session other = same(session);
    QVERIFY(done(other.cycleId()));
    QVERIFY(other.csrfToken() != token);
    QCOMPARE(same(other).csrfToken(), other.csrfToken());
}

void TestSession::csrfTokenIsCompared()
{
    Session session = fresh();
    QVERIFY(!session.verifyCsrfToken(u""));
    QString token = session.csrfToken();
    QVERIFY(done(session.save()));
    QVERIFY(same(session).verifyCsrfToken(token));
    token.front() = token.front() == u'A' ? u'B' : u'A';
    QVERIFY(!same(session).verifyCsrfToken(token));
    QVERIFY(!same(session).verifyCsrfToken(u""));
    QVERIFY(!same(session).verifyCsrfToken(token + token));
}

void TestSession::ownExpiryIsStored()
{
    Session session(std::nullopt, store, Expiry::onInactivity(1h));
    session.insert("foo", 1);
    QVERIFY(done(session.save()));
    QCOMPARE(store->waitFor(store->load(session.key()))->expiresAt, now + 1h);
    QCOMPARE(same(session).expiry(), Expiry::onInactivity(1h));

    now += 30min;
    Session other = same(session);
    other.setExpiry(std::nullopt);
    QCOMPARE(other.expiryAge(), Expiry::DefaultIdle);
    QVERIFY(done(other.save()));
    QCOMPARE(same(session).expiry(), std::nullopt);
    QCOMPARE(same(session).expiryDate(), toDateTime(now + Expiry::DefaultIdle));
}

void TestSession::pastDeadlinesGiveAgeZero()
{
    Session session = fresh();
    session.setExpiry(Expiry::atDateTime(toDateTime(now - 1h)));
    QCOMPARE(session.expiryAge(), 0ms);
    QCOMPARE(session.expiryDate(), toDateTime(now - 1h));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
