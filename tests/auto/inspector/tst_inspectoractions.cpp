// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/bulkjob.h"
#include "table/sessionview.h"

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Work on many sessions: it is done to those that the question counted, and to no others.
class InspectorActions : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsCountedDoesNotDependOnALaterFilter();
    void walkByCreationMissesNoneThatIsTouched();
    void revokingEndsThoseThatRotateOrLogInMeanwhile();
    void revokingCanBeUndone();
    void undoneRevocationBringsNobodyBackWhoHadLoggedOut();
    void sessionThatHadEndedIsNoFailure();
    void extendedBrowserSessionStaysOne();
    void expiryInThePastIsAskedInProduction();
    void whatTheFilterHidesIsNotActedOn();
    void selectionFollowsASessionThatIsNotLoaded_data();
    void selectionFollowsASessionThatIsNotLoaded();
    void nothingIsDoneToTheLivingWhileTheEndedAreShown_data();
    void nothingIsDoneToTheLivingWhileTheEndedAreShown();

private:
    static qint64 count(FakeStore &store, const QString &user)
    {
        SessionQuery query;
        query.user = user;
        return store.inner.list(query).takeResult()->total;
    }
};

void InspectorActions::whatIsCountedDoesNotDependOnALaterFilter()
{
    StoreTab *tab = openTab(60);
    SessionFilter filter;
    filter.user = u"ann"_s;
    tab->setFilter(filter);
    QTRY_VERIFY(tab->model().status() == SessionModel::Status::Ready);
    const qint64 ann = count(*m_store, u"ann"_s), all = *m_store->inner.count().takeResult();
    m_store->delay = 60;
    tab->actions().remove(StoreActions::Shown);
    tab->clearFilter(); // while it is counted
    QTRY_VERIFY(dialog());
    QVERIFY(dialog()->findChild<QPushButton *>(u"go"_s)->text().contains(QString::number(ann)));
    m_store->delay = 0;
    dialog()->findChild<QPushButton *>(u"go"_s)->click();
    QTRY_COMPARE(*m_store->inner.count().takeResult(), all - ann);
    QCOMPARE(count(*m_store, u"ann"_s), 0);
}

void InspectorActions::walkByCreationMissesNoneThatIsTouched()
{
    StoreTab *tab = openTab(60);
    m_store->longestPage = 5;
    m_store->delay = 5;
    QSet<SessionKey> found;
    bool isDone = false;
    QTimer visitors;
    int next = 0;
    connect(&visitors, &QTimer::timeout, this, [&] { // each touch moves a session to the other end of the order
        SessionChange touch;
        touch.touch = SessionChange::Touch{m_store->now() + 1min, {}};
        (void)m_store->inner.update(m_store->keys[next++ % 60], touch).takeResult();
    });
    visitors.start(1ms);
    tab->actions().gather(StoreActions::Shown, [&](const QList<SessionInfo> &sessions) {
        for (const SessionInfo &session : sessions)
            found.insert(session.key);
        QCOMPARE(sessions.size(), found.size());
        isDone = true;
    });
    QTRY_VERIFY(isDone);
    QCOMPARE(found.size(), 60);
}

void InspectorActions::revokingEndsThoseThatRotateOrLogInMeanwhile()
{
    StoreTab *tab = openTab(60);
    tab->actions().revokeUser(u"ann"_s);
    QTRY_VERIFY(dialog());
    SessionQuery query;
    query.user = u"ann"_s;
    const SessionKey first = m_store->inner.list(query).takeResult()->records.first().key;
    QVERIFY(m_store->inner.rotate(first, SessionId::generate().key(), {}).takeResult());
    SessionRecord fresh = sampleSession(1, m_store->now());
    fresh.user = u"ann"_s;
    fresh.expiresAt = m_store->now() + 1h;
    fresh.absoluteExpiresAt.reset();
    QVERIFY(m_store->inner.create(fresh).takeResult());
    dialog()->findChild<QPushButton *>(u"go"_s)->click();
    QTRY_COMPARE(count(*m_store, u"ann"_s), 0);
}

void InspectorActions::revokingCanBeUndone()
{
    StoreTab *tab = openTab(60);
    const qint64 ann = count(*m_store, u"ann"_s);
    tab->actions().revokeUser(u"ann"_s);
    QTRY_VERIFY(dialog());
    dialog()->findChild<QPushButton *>(u"go"_s)->click();
    QTRY_COMPARE(count(*m_store, u"ann"_s), 0);
    QTRY_VERIFY(tab->editor().stack().canUndo() && !tab->editor().isBusy());
    tab->editor().undo();
    QTRY_COMPARE(count(*m_store, u"ann"_s), ann);
}

void InspectorActions::undoneRevocationBringsNobodyBackWhoHadLoggedOut()
{
    StoreTab *tab = openTab(60);
    SessionQuery query;
    query.user = u"ann"_s;
    const QList<SessionRecord> anns = m_store->inner.list(query).takeResult()->records;
    tab->actions().revokeUser(u"ann"_s);
    QTRY_VERIFY(dialog());
    m_store->beforeRemoval = [&] { std::ignore = m_store->inner.remove(anns.first().key, SessionStore::Removal::Destroyed); };
    dialog()->findChild<QPushButton *>(u"go"_s)->click();
    QTRY_VERIFY(tab->editor().stack().canUndo() && !tab->editor().isBusy());
    tab->editor().undo();
    QTRY_COMPARE(count(*m_store, u"ann"_s), anns.size() - 1);
    QVERIFY(!m_store->inner.load(anns.first().key).takeResult());
}

void InspectorActions::sessionThatHadEndedIsNoFailure()
{
    StoreTab *tab = openTab(10);
    tab->view().selectAll();
    tab->actions().remove(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    QVERIFY(m_store->inner.remove(m_store->keys[3], SessionStore::Removal::Destroyed).takeResult());
    BulkJob *job = nullptr;
    connect(&tab->editor(), &StoreEditor::jobStarted, this, [&job](BulkJob *started) { job = started; });
    dialog()->findChild<QPushButton *>(u"go"_s)->click();
    QTRY_VERIFY(job && !job->isRunning());
    QVERIFY(job->failures().isEmpty());
    QCOMPARE(job->ended(), 1);
    QVERIFY(job->summary().contains(u"ended already"_s));
}

void InspectorActions::extendedBrowserSessionStaysOne()
{
    StoreTab *tab = openTab(3);
    const SessionKey key = tab->model().row(0)->info.key;
    SessionChange change;
    change.expiry = std::optional(Expiry::onSessionEnd());
    change.defaultIdle = 30min;
    QVERIFY(m_store->inner.update(key, change).takeResult());
    const SessionRecord before = *m_store->inner.load(key).takeResult();
    tab->actions().extend(static_cast<const SessionInfo &>(before), 1h);
    QTRY_VERIFY(m_store->inner.load(key).takeResult()->version > before.version);
    const SessionRecord after = *m_store->inner.load(key).takeResult();
    QVERIFY(after.expiry && after.expiry->kind() == Expiry::Kind::OnSessionEnd);
    QVERIFY(after.expiresAt == before.expiresAt + 1h || after.absoluteExpiresAt == after.expiresAt);
}

void InspectorActions::expiryInThePastIsAskedInProduction()
{
    StoreTab *tab = openTab(3, Connection::Production);
    tab->store().setWritable(true);
    const SessionInfo session = tab->model().row(0)->info;
    tab->actions().expireNow(session);
    QTRY_VERIFY(m_window->findChild<QDialog *>(u"confirm"_s));
    QCOMPARE(*m_store->inner.count().takeResult(), 3);
    m_window->findChild<QDialog *>(u"confirm"_s)->reject();
}

void InspectorActions::whatTheFilterHidesIsNotActedOn()
{
    StoreTab *tab = openTab(60);
    tab->view().selectAll();
    QTRY_COMPARE(tab->view().selectedKeys().size(), 60);
    SessionFilter filter;
    filter.user = u"ann"_s;
    tab->setFilter(filter);
    const qint64 ann = count(*m_store, u"ann"_s);
    QTRY_COMPARE(tab->model().rowCount(), ann);
    std::optional<qsizetype> found;
    tab->actions().gather(StoreActions::Selected, [&](const QList<SessionInfo> &sessions) {
        for (const SessionInfo &session : sessions)
            QCOMPARE(session.user, u"ann"_s);
        found = sessions.size();
    });
    QTRY_VERIFY(found);
    QVERIFY(*found <= ann);
}

void InspectorActions::selectionFollowsASessionThatIsNotLoaded_data()
{
    QTest::addColumn<bool>("isTold");
    QTest::addColumn<std::chrono::milliseconds>("grace");
    QTest::newRow("told") << true << std::chrono::milliseconds(0);
    QTest::newRow("not told") << false << std::chrono::milliseconds(0);
    QTest::newRow("not told, with a grace time") << false << std::chrono::milliseconds(1min);
}

void InspectorActions::selectionFollowsASessionThatIsNotLoaded()
{
    QFETCH(const bool, isTold);
    QFETCH(const std::chrono::milliseconds, grace);
    StoreTab *tab = openTab(10);
    SessionRecord record = sampleSession(1, m_store->now());
    record.key = SessionId::generate().key();
    m_store->isMute = true; // the table does not get it
    QVERIFY(m_store->inner.create(record).takeResult());
    tab->view().select(record.key);
    QCOMPARE(tab->model().rowOf(record.key), -1);
    m_store->isMute = !isTold;
    const SessionKey middle = SessionId::generate().key(), now = SessionId::generate().key();
    QVERIFY(m_store->inner.rotate(record.key, middle, {}, grace).takeResult());
    QVERIFY(m_store->inner.rotate(middle, now, {}, grace).takeResult());
    if (isTold)
        QTRY_COMPARE(tab->view().selectedKeys(), QList{now});
    QSignalSpy failed(&tab->actions(), &StoreActions::failed);
    std::optional<QList<SessionInfo>> found;
    tab->actions().gather(StoreActions::Selected, [&](const QList<SessionInfo> &sessions) { found = sessions; });
    QTRY_VERIFY(found || !failed.isEmpty());
    QVERIFY(found && found->size() == 1);
    QCOMPARE(found->first().key, now);
}

void InspectorActions::nothingIsDoneToTheLivingWhileTheEndedAreShown_data()
{
    QTest::addColumn<SearchExpression::State>("state");
    QTest::newRow("ended") << SearchExpression::Ended;
    QTest::newRow("unreadable") << SearchExpression::Quarantined;
}

void InspectorActions::nothingIsDoneToTheLivingWhileTheEndedAreShown()
{
    QFETCH(const SearchExpression::State, state);
    StoreTab *tab = openTab(10);
    const auto action = [this](const QString &name) { return m_window->findChild<QAction *>(name); };
    QTRY_VERIFY(action(u"deleteShown"_s)->isEnabled());
    SessionFilter filter;
    filter.state = state;
    tab->setFilter(filter);
    QTRY_VERIFY(tab->model().status() == SessionModel::Status::Ready);
    for (const QString &name : {u"setExpiryShown"_s, u"expireNowShown"_s, u"rotateShown"_s, u"deleteShown"_s})
        QTRY_VERIFY2(!action(name)->isEnabled(), qPrintable(name));
    for (const StoreActions::Scope scope : {StoreActions::Shown, StoreActions::Selected}) {
        std::optional<qsizetype> found;
        tab->view().selectAll();
        tab->actions().gather(scope, [&](const QList<SessionInfo> &sessions) { found = sessions.size(); });
        QTRY_COMPARE(found, 0);
    }
    QCOMPARE(*m_store->inner.count().takeResult(), 10);
}

QTEST_MAIN(InspectorActions)
#include "tst_inspectoractions.moc"
