// SPDX-License-Identifier: MIT
#include "storesuite.h"

#include <Sojourn/sessionstate_p.h>

#include <QtCore/QThread>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// A saved session with attribute "a", and its id.
static SessionId newSession(const std::shared_ptr<SessionStore> &store, const QString &user = {})
{
    Session session({}, store);
    session.insert("a", 1);
    session.setUser(user);
    const Result<void> saved = store->waitFor(session.save());
    if (!saved)
        qWarning("%s", qPrintable(saved.error().text));
    return session.id().value_or(SessionId::generate());
}

void StoreSuite::readingASessionCreatesNothing()
{
    const SessionId unknown = SessionId::generate();
    Session session(unknown, m_store);
    QVERIFY(!session.get<int>("a"));
    session.remove<int>("a");
    session.clear();
    session.rotate();
    session.setExpiry(Expiry::onInactivity(1h));
    QVERIFY(m_store->waitFor(session.save()));
    QVERIFY(session.id() != unknown);
    QCOMPARE(must(m_store->count()), 0);
}

void StoreSuite::sessionIsSavedAndReadBack()
{
    Session session({}, m_store, Expiry::onInactivity(30min));
    session.insert("text", u"naïve \U0001F36A"_s);
    session.insert("number", std::numeric_limits<qint64>::max());
    session.insert("list", QList<int>{1, 2, 3});
    session.increment("visits");
    session.setUser(u"ann"_s);
    QVERIFY(m_store->waitFor(session.save()));
    Session same(session.id(), m_store);
    QCOMPARE(same.get<QString>("text"), u"naïve \U0001F36A"_s);
    QCOMPARE(same.get<qint64>("number"), std::numeric_limits<qint64>::max());
    QCOMPARE(same.get<QList<int>>("list"), (QList<int>{1, 2, 3}));
    QCOMPARE(same.get<int>("visits"), 1);
    QCOMPARE(same.user(), u"ann"_s);
    QCOMPARE(same.expiry(), Expiry::onInactivity(30min));
    QCOMPARE(toTimePoint(same.expiryDate()), m_now + 30min);
}

void StoreSuite::overlappingSessionsKeepBothChanges()
{
    const SessionId id = newSession(m_store);
    Session first(id, m_store);
    Session second(id, m_store);
    QCOMPARE(first.get<int>("a"), 1);
    QCOMPARE(second.get<int>("a"), 1);
    first.insert("first", 1);
    second.insert("second", 2);
    auto firstSave = first.save();
    auto secondSave = second.save();
    QVERIFY(m_store->waitFor(secondSave));
    QVERIFY(m_store->waitFor(firstSave));
    QCOMPARE(Session(id, m_store).data(), (QJsonObject{{u"a"_s, 1}, {u"first"_s, 1}, {u"second"_s, 2}}));
}

void StoreSuite::overlappingSessionsCountEveryIncrement()
{
    const SessionId id = newSession(m_store);
    std::vector<Session> sessions;
    for (int i = 0; i < 20; ++i) {
        sessions.emplace_back(id, m_store);
        QCOMPARE(sessions.back().get<int>("a"), 1);
    }
    QList<QFuture<Result<void>>> saves;
    for (Session &session : sessions) {
        session.increment("a", 2);
        saves.append(session.save());
    }
    for (const QFuture<Result<void>> &save : saves)
        QVERIFY(m_store->waitFor(save));
    QCOMPARE(Session(id, m_store).get<int>("a"), 41);
}

void StoreSuite::sessionIsNotRevivedByALateSave()
{
    const SessionId id = newSession(m_store);
    Session writer(id, m_store);
    Session reader(id, m_store);
    Session leaver(id, m_store);
    QCOMPARE(writer.get<int>("a"), 1);
    QCOMPARE(reader.get<int>("a"), 1);
    QVERIFY(m_store->waitFor(leaver.deleteRecord()));
    writer.insert("a", 2);
    m_now += 2min; // a touch is due
    const Result<void> saved = m_store->waitFor(writer.save());
    QVERIFY(!saved && saved.error() == Error::NotFound);
    QVERIFY(m_store->waitFor(reader.save()));
    QVERIFY(!Session(id, m_store).isActive());
    QCOMPARE(must(m_store->count()), 0);
}

void StoreSuite::cycledSessionIsDeadUnderItsOldId()
{
    const SessionId id = newSession(m_store, u"ann"_s);
    Session session(id, m_store);
    session.insert("b", 2);
    QVERIFY(m_store->waitFor(session.cycleId()));
    QVERIFY(session.id() != id);
    QVERIFY(!Session(id, m_store).isActive());
    Session moved(session.id(), m_store);
    QCOMPARE(moved.data(), (QJsonObject{{u"a"_s, 1}, {u"b"_s, 2}}));
    QCOMPARE(moved.user(), u"ann"_s);
}

void StoreSuite::flushedSessionIsGone()
{
    const SessionId id = newSession(m_store);
    Session session(id, m_store);
    QVERIFY(m_store->waitFor(session.flush()));
    QVERIFY(session.isEmpty());
    QVERIFY(!Session(id, m_store).isActive());
    QCOMPARE(must(m_store->count()), 0);
}

void StoreSuite::leavingWhileTheClockIsAheadIsForGood()
{
    const SessionId destroyed = newSession(m_store), flushed = newSession(m_store), kept = newSession(m_store);
    m_now += std::chrono::days(30);
    {
        const auto state = std::make_shared<SessionState>(destroyed, m_store, std::make_shared<SessionPolicy>());
        Session leaving(state);
        QVERIFY(!leaving.isActive());
        leaving.destroy();
        QVERIFY(m_store->waitFor(state->commit(false)));
        QCOMPARE(state->cookie(), SessionState::Cookie::None);
        Session reader(flushed, m_store);
        QVERIFY(!reader.isActive());
        QVERIFY(m_store->waitFor(reader.flush()));
        QVERIFY(!Session(kept, m_store).isActive());
    }
    m_now -= std::chrono::days(30);
    QVERIFY(!Session(destroyed, m_store).isActive());
    QVERIFY(!Session(flushed, m_store).isActive());
    QVERIFY(Session(kept, m_store).isActive());
}

void StoreSuite::flashIsReadByOneOfTwoSessions()
{
    const SessionId id = newSession(m_store);
    Session writer(id, m_store);
    writer.addFlash(u"saved"_s);
    QVERIFY(m_store->waitFor(writer.save()));
    Session first(id, m_store);
    Session second(id, m_store);
    auto takenFirst = first.takeFlash();
    auto takenSecond = second.takeFlash();
    const Result<QJsonArray> one = m_store->waitFor(takenFirst);
    const Result<QJsonArray> other = m_store->waitFor(takenSecond);
    QVERIFY(one && other);
    QCOMPARE(one->size() + other->size(), 1);
    const Result<QJsonArray> later = m_store->waitFor(Session(id, m_store).takeFlash());
    QVERIFY(later && later->isEmpty());
}

void StoreSuite::userLogsOutEverywhere()
{
    const SessionId phone = newSession(m_store, u"ann"_s);
    const SessionId laptop = newSession(m_store, u"ann"_s);
    const SessionId bobs = newSession(m_store, u"bob"_s);
    Session session(laptop, m_store);
    const Result<qint64> revoked = m_store->waitFor(session.revokeUserSessions(true));
    QVERIFY(revoked);
    QCOMPARE(*revoked, 1);
    QVERIFY(!Session(phone, m_store).isActive());
    QVERIFY(Session(laptop, m_store).isActive());
    QVERIFY(Session(bobs, m_store).isActive());
}

void StoreSuite::sessionSurvivesOddText()
{
    const QString noCharacter = QString(QChar(0xffff)) + QChar(u'\0');
    const QString marked = u"\ufeffvalue"_s;
    Session session({}, m_store);
    session.insert(noCharacter, 2);
    session.insert(marked, marked);
    session.insert("value", 1);
    session.insert(QString(), 3);
    session.setUser(marked);
    QVERIFY(!session.error());
    QVERIFY(m_store->waitFor(session.save()));
    Session same(session.id(), m_store);
    QCOMPARE(same.get<int>(noCharacter), 2);
    QCOMPARE(same.get<int>(""), 3);
    QCOMPARE(same.get<int>("value"), 1);
    QCOMPARE(same.get<QString>(marked), marked);
    QCOMPARE(same.user(), marked);
    QCOMPARE(must(m_store->count()), 1);
}

void StoreSuite::sessionRefusesWhatCannotBeKept()
{
    const QString loneSurrogate = u"a"_s + QChar(0xd800) + u"b"_s;
    QJsonValue deep = 1;
    for (int i = 0; i < 201; ++i)
        deep = QJsonArray{deep};
    const QList<std::function<void(Session &)>> calls{
        [&](Session &s) { s.insert(loneSurrogate, 1); },
        [&](Session &s) { s.insert("value", loneSurrogate); },
        [&](Session &s) { s.insert("value", deep); },
        [&](Session &s) { s.insert("value", std::numeric_limits<double>::quiet_NaN()); },
        [&](Session &s) { s.insert("a\xff", 1); },
        [&](Session &s) { s.increment(loneSurrogate); },
        [&](Session &s) { s.setUser(loneSurrogate); },
        [&](Session &s) { s.setUser(QString(1025, u'u')); },
        [&](Session &s) { s.addFlash(loneSurrogate); },
    };
    const SessionId id = newSession(m_store, u"ann"_s);
    const SessionRecord before = must(m_store->load(id.key()));
    for (const auto &call : calls) {
        Session session(id, m_store);
        call(session);
        QVERIFY(session.error());
        QCOMPARE(session.error()->code, Error::Invalid);
        QVERIFY(!session.isModified());
        QVERIFY(!m_store->waitFor(session.save()));
        QCOMPARE(session.data(), before.data.toJson());
        QCOMPARE(session.user(), u"ann"_s);
        QVERIFY(!session.getValue(loneSurrogate));
        QVERIFY(!session.removeValue(loneSurrogate));
    }
    QCOMPARE(must(m_store->load(id.key())), before);
    QCOMPARE(must(m_store->count()), 1);
}

/// A store that lives in one thread refuses the others; one that does not serves them. Neither waits, not even without an event
/// loop.
void StoreSuite::everyThreadIsAnsweredAtOnce()
{
    create(record(1, u"ann"_s));
    QStringList wrong;
    const std::shared_ptr<SessionStore> store = m_store;
    const auto look = [&](const char *name, const std::optional<Error> &error, bool isFinished = true) {
        const bool isRefused = error && error->code == Error::Invalid;
        if (!isFinished || isRefused == store->isThreadSafe())
            wrong.append(QLatin1StringView(name));
    };
    const auto ask = [&](const char *name, auto task) {
        const bool isFinished = task.isFinished();
        const auto result = isFinished ? task.takeResult() : store->waitFor(std::move(task));
        look(name, result ? std::nullopt : std::optional(result.error()), isFinished);
    };
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        ask("create", store->create(record(2)));
        ask("load", store->load(key(1)));
        ask("update", store->update(key(1), setting("a", "1")));
        ask("rotate", store->rotate(key(1), key(3), change()));
        ask("takeFlash", store->takeFlash(key(3)));
        ask("list", store->list({}));
        ask("count", store->count());
        ask("removeExpired", store->removeExpired(1));
        ask("history", store->history({}));
        ask("subscribe", store->subscribe());
        ask("remove", store->remove(key(3), SessionStore::Removal::Destroyed));
        ask("removeUser", store->removeUser(u"ann"_s, {}, SessionStore::Removal::Admin));
        if (!store->isThreadSafe())
            look("waitFor", store->waitFor(TaskPromise<void>().task().future()).error());

        Session session({}, store);
        session.insert("a", 1);
        const QFuture<Result<void>> saved = session.save();
        look("save", saved.isFinished() && !saved.result() ? std::optional(saved.result().error()) : std::nullopt,
             saved.isFinished());

        store->setTimeout(Timeout);
        store->setSizeLimit(store->sizeLimit());
        store->setClock([this] { return m_now; });
        store->setSweepInterval(1h);
    }));
    thread->start();
    const bool hasEnded = thread->wait(60'000);
    if (!hasEnded)
        thread->terminate();
    QVERIFY(hasEnded);
    QCOMPARE(wrong, QStringList());
    QCOMPARE(exists(key(1)), !store->isThreadSafe());
}

/// load() keeps what was not saved; if another request has made that impossible, save() must say so, and saves nothing of it.
void StoreSuite::aSaveOfWhatCannotBeMergedFails()
{
    Session first({}, m_store);
    first.insert("n", 1);
    must(m_store->waitFor(first.save()));
    const SessionKey key = first.key();
    Session mine(first.id(), m_store);
    QCOMPARE(mine.get<int>("n"), 1);
    mine.increment("n");
    mine.insert("cart", u"book"_s);
    must(m_store->update(key, setting("n", "\"text\"")));
    must(m_store->waitFor(mine.load()));
    const Result<void> saved = m_store->waitFor(mine.save());
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, Error::Invalid);
    QCOMPARE(attribute(key, "cart"), QByteArray());
    mine.insert("cart", u"pen"_s); // goes on as ever
    must(m_store->waitFor(mine.save()));
    QCOMPARE(attribute(key, "cart"), "\"pen\"");
    QCOMPARE(attribute(key, "n"), "\"text\"");
}

void StoreSuite::anotherProcessSeesEveryChange()
{
    if (!m_factory.makeAnother)
        QSKIP("This store is not shared between processes.");
    const auto other = makeAnother();
    create(record(1, u"ann"_s));
    QCOMPARE(must(other->waitFor(other->load(key(1)))), record(1, u"ann"_s));
    must(other->waitFor(other->update(key(1), setting("b", "2"))));
    must(m_store->update(key(1), setting("a", "1")));
    QCOMPARE(attribute(key(1), "b"), "2");
    QCOMPARE(must(other->waitFor(other->load(key(1)))).attributeCount, 2);
    SessionChange flash = change();
    flash.addFlash("1");
    must(m_store->update(key(1), flash));
    QCOMPARE(must(other->waitFor(other->takeFlash(key(1)))), "[1]");
    QCOMPARE(must(m_store->takeFlash(key(1))), QByteArray());
    must(m_store->rotate(key(1), key(2), change(), 30s));
    QCOMPARE(must(other->waitFor(other->rotate(key(1), key(3), change(), 30s))).key, key(2));
    QCOMPARE(must(other->waitFor(other->count())), 1);
    QCOMPARE(must(other->waitFor(other->list({}))).total, 1);
    QCOMPARE(must(other->waitFor(other->removeUser(u"ann"_s, {}, SessionStore::Removal::User))), 1);
    QVERIFY(!exists(key(1)));
    QVERIFY(!exists(key(2)));
    QCOMPARE(must(other->waitFor(other->history({}))), must(m_store->history({})));
}

void StoreSuite::factsOfOneVisitMeetAcrossProcesses()
{
    if (!m_factory.makeAnother)
        QSKIP("This store is not shared between processes.");
    const auto other = makeAnother();
    const VisitFacts known{.address = u"192.0.2.7"_s, .userAgent = u"curl/8"_s};
    SessionRecord first = record(1);
    first.visit = known.toText();
    create(first);
    must(m_store->update(key(1), setting("a", "1"))); // both know it now
    must(other->waitFor(other->update(key(1), setting("b", "1"))));
    VisitFacts named = known, elsewhere = known;
    named.label = u"my laptop"_s;
    elsewhere.address = u"::1"_s;
    const auto changeTo = [&known](const VisitFacts &after) {
        SessionChange change;
        change.visit = known.changeTo(after);
        return change;
    };
    must(m_store->update(key(1), changeTo(known))); // nothing, but what it saw
    must(other->waitFor(other->update(key(1), changeTo(elsewhere))));
    must(m_store->update(key(1), changeTo(named)));
    int next = 2;
    while (!other->mayRotate(key(1), key(next)))
        ++next;
    must(other->waitFor(other->rotate(key(1), key(next), changeTo({.address = u"::2"_s, .userAgent = u"curl/8"_s}))));
    QCOMPARE(must(m_store->load(key(next))).visitFacts(),
             (VisitFacts{.address = u"::2"_s, .userAgent = u"curl/8"_s, .label = u"my laptop"_s}));
}

void StoreSuite::twoProcessesLoseNoIncrement()
{
    if (!m_factory.makeAnother)
        QSKIP("This store is not shared between processes.");
    const auto other = makeAnother();
    create(record(1));
    SessionChange increment = change();
    increment.increment("n", 1);
    std::vector<Task<SessionInfo>> mine;
    std::vector<Task<SessionInfo>> others;
    for (int i = 0; i < 50; ++i) {
        mine.push_back(m_store->update(key(1), increment));
        others.push_back(other->update(key(1), increment));
    }
    for (Task<SessionInfo> &task : mine)
        must(std::move(task));
    for (Task<SessionInfo> &task : others)
        must(other->waitFor(std::move(task)));
    QCOMPARE(attribute(key(1), "n"), "100");
}

void StoreSuite::twoProcessesReviveNothing()
{
    if (!m_factory.makeAnother)
        QSKIP("This store is not shared between processes.");
    const auto other = makeAnother();
    create(record(1));
    must(other->waitFor(other->load(key(1))));
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    for (const auto &late : {setting("a", "1"), touching()}) {
        const Result<SessionInfo> updated = other->waitFor(other->update(key(1), late));
        QVERIFY(!updated && updated.error() == Error::NotFound);
    }
    const Result<SessionInfo> rotated = other->waitFor(other->rotate(key(1), key(2), change()));
    QVERIFY(!rotated && rotated.error() == Error::NotFound);
    SessionChange stale = setting("a", "1");
    stale.expectedVersion = 1;
    create(record(3));
    must(m_store->update(key(3), setting("a", "2")));
    const Result<SessionInfo> conflict = other->waitFor(other->update(key(3), stale));
    QVERIFY(!conflict && conflict.error() == Error::Conflict);
    QCOMPARE(attribute(key(3), "a"), "2");
}

void StoreSuite::twoProcessesSweepEachRecordOnce()
{
    if (!m_factory.makeAnother)
        QSKIP("This store is not shared between processes.");
    const auto other = makeAnother();
    QList<SessionEvent> events;
    watch(*m_store, &events);
    for (int n = 0; n < 20; ++n)
        create(record(n));
    m_now += Idle;
    qint64 removed = 0;
    for (int round = 0; round < 3; ++round) {
        Task<qint64> mine = m_store->removeExpired(8);
        Task<qint64> others = other->removeExpired(8);
        removed += must(std::move(mine)) + must(other->waitFor(std::move(others)));
    }
    QCOMPARE(removed, 20);
    create(record(99));
    QTRY_COMPARE(events.size(), 41);
    QCOMPARE(must(m_store->history({})).size(), 41);
}

void StoreSuite::anotherProcessIsToldOfEveryChange()
{
    if (!m_factory.makeAnother)
        QSKIP("This store is not shared between processes.");
    const auto other = makeAnother();
    QList<SessionEvent> mine;
    QList<SessionEvent> others;
    watch(*m_store, &mine);
    watch(*other, &others);
    create(record(1, u"ann"_s));
    must(m_store->update(key(1), setting("a", "1")));
    m_now += 1min;
    must(m_store->update(key(1), touching()));
    must(m_store->rotate(key(1), key(2), change()));
    must(m_store->remove(key(2), SessionStore::Removal::Destroyed));
    QTRY_COMPARE(others.size(), 5);
    QTRY_COMPARE(mine.size(), 5);
    QCOMPARE(others, mine);
    const auto counted = other->counters().read().events;
    QCOMPARE(counted[SessionEvent::Created], 0);
}
