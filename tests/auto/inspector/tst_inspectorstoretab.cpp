// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/bulkjob.h"
#include "session/detailpanel.h"
#include "table/sessionview.h"

#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QTabWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// StoreTab: what is shown of a store, and what must not happen by accident.
class InspectorStoreTab : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void storeThatIsKnownAsProductionIsThatByItsUrlToo();
    void productionBecomesWritableOnlyWhenSaidTwice();
    void bulkExpiryInProductionWantsTheNameTyped();
    void tabWithWorkUnderWayAsksBeforeItCloses();
    void windowWithWorkUnderWayAsksBeforeItCloses();
    void eachJobHasItsBar();
    void nothingIsWrittenOnceReadOnlyAgain();
    void stepThatCanNeverBeUndoneIsForgotten();
    void storeThatBecomesProductionIsThatInItsOpenTabToo();
    void broughtBackSessionStandsOnce();
    void whatIsHighlightedIsWhatIsActedOn();
    void expiredSessionTurnsGreyAndNoOtherGoes();
    void expiringAgainExpires();
    void extendingKeepsAnIdleTimeRolling();
    void actionsFollowWhatBecomesOfTheSelectedSession();
    void broughtBackSessionIsNotCalledDead();
    void replacedIdLeadsToTheSessionItStoodFor();
    void cookieIsFoundInAWholeLine_data();
    void cookieIsFoundInAWholeLine();
    void searchCountsTheWholeStoreToo();

private:
    QTreeView *tree() const { return m_window->findChild<QTreeView *>(u"attributes"_s); }
};

void InspectorStoreTab::storeThatIsKnownAsProductionIsThatByItsUrlToo()
{
    QTemporaryDir folder;
    const QString url = u"sqlite:"_s + folder.filePath(u"orders.db"_s);
    {
        Connection saved = Connection::forUrl(url);
        saved.name = u"orders"_s;
        saved.environment = Connection::Production;
        ConnectionBook book;
        book.add(saved);
    }
    init(); // a window that knows it
    m_window->open(Connection::forUrl(url));
    StoreTab *tab = m_window->currentTab();
    QVERIFY(tab);
    QCOMPARE(tab->store().name(), u"orders"_s);
    QVERIFY(tab->store().isProduction());
    QVERIFY(!tab->store().isWritable());
    m_window->close();
    Settings::remove({});
}

void InspectorStoreTab::productionBecomesWritableOnlyWhenSaidTwice()
{
    StoreTab *tab = openTab(3, Connection::Production);
    for (const bool sure : {false, true}) {
        button(tab, u"Make it writable"_s)->click();
        auto *box = dialog<QMessageBox>();
        QVERIFY(box);
        QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
        sure ? button(box, u"Make it writable"_s)->click() : box->reject();
        QCOMPARE(tab->store().isWritable(), sure);
        QTRY_VERIFY(!dialog<QMessageBox>());
    }
    QVERIFY(m_window->log().toText().contains("Made writable"));
}

void InspectorStoreTab::bulkExpiryInProductionWantsTheNameTyped()
{
    StoreTab *tab = openTab(20, Connection::Production);
    tab->store().setWritable(true);
    const SessionKey key = tab->model().row(5)->info.key;
    tab->view().selectAll();
    tab->actions().setExpiry(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    dialog()->accept();
    QTRY_VERIFY(m_window->findChild<QDialog *>(u"confirm"_s));
    auto *confirm = m_window->findChild<QDialog *>(u"confirm"_s);
    QVERIFY(!confirm->findChild<QPushButton *>(u"go"_s)->isEnabled());
    QCOMPARE(confirm->focusWidget(), confirm->findChild<QLineEdit *>()); // what one types goes where it is wanted
    QVERIFY(!m_store->inner.load(key).takeResult()->expiry);
    QTest::keyClicks(confirm->focusWidget(), u"shop"_s);
    confirm->findChild<QPushButton *>(u"go"_s)->click();
    QTRY_VERIFY(m_store->inner.load(key).takeResult()->expiry);
}

void InspectorStoreTab::tabWithWorkUnderWayAsksBeforeItCloses()
{
    StoreTab *tab = openTab(200);
    m_store->delay = 60;
    tab->view().selectAll();
    tab->actions().requestRotation(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    dialog()->accept();
    QTRY_COMPARE(tab->editor().runningJobs().size(), 1);
    auto *tabs = m_window->findChild<QTabWidget *>(u"storeTabs"_s);
    Q_EMIT tabs->tabCloseRequested(0);
    auto *box = m_window->findChild<QMessageBox *>(u"workUnderWay"_s);
    QVERIFY(box);
    QVERIFY(box->text().contains(u"of 200"));
    QCOMPARE(box->defaultButton(), button(box, u"Go on"_s));
    button(box, u"Go on"_s)->click();
    QCOMPARE(tabs->count(), 1);
    QCOMPARE(tab->editor().runningJobs().size(), 1);
    QTRY_VERIFY(!m_window->findChild<QMessageBox *>(u"workUnderWay"_s));

    Q_EMIT tabs->tabCloseRequested(0);
    button(m_window->findChild<QMessageBox *>(u"workUnderWay"_s), u"Stop and close"_s)->click();
    QTRY_COMPARE(tabs->count(), 0);
    QVERIFY(m_window->log().toText().contains("left out by the stop")); // what was done is on record
}

void InspectorStoreTab::windowWithWorkUnderWayAsksBeforeItCloses()
{
    StoreTab *tab = openTab(200);
    m_store->delay = 60;
    tab->view().selectAll();
    tab->actions().requestRotation(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    dialog()->accept();
    QTRY_COMPARE(tab->editor().runningJobs().size(), 1);
    QVERIFY(!m_window->close());
    QVERIFY(m_window->isVisible());
    button(m_window->findChild<QMessageBox *>(u"workUnderWay"_s), u"Stop and close"_s)->click();
    QTRY_VERIFY(!m_window->isVisible());
}

void InspectorStoreTab::eachJobHasItsBar()
{
    StoreTab *tab = openTab(60);
    for (int i = 0; i < 60; i += 20)
        m_store->broken.insert(m_store->keys[i]);
    const auto bars = [tab] { return tab->findChildren<QFrame *>(u"bulkBar"_s); };
    const auto rotateAll = [&] {
        tab->view().selectAll();
        tab->actions().requestRotation(StoreActions::Selected);
        [&] { QTRY_VERIFY(dialog()); }();
        dialog()->accept();
        [&] { QTRY_VERIFY(tab->editor().runningJobs().isEmpty()); }();
    };
    rotateAll();
    QTRY_COMPARE(bars().size(), 1); // three of it failed
    m_store->broken.clear();
    rotateAll();
    QTRY_COMPARE(bars().size(), 2); // so it stays
    QVERIFY(button(bars().first(), u"Why"_s)->isVisible());
    button(bars().first(), u"Try the rest"_s)->click();
    QTRY_VERIFY(tab->editor().runningJobs().isEmpty());
    rotateAll();
    QTRY_COMPARE(bars().size(), 1); // those with nothing to say made room
}

void InspectorStoreTab::nothingIsWrittenOnceReadOnlyAgain()
{
    StoreTab *tab = openTab(200, Connection::Production);
    tab->store().setWritable(true);
    m_store->delay = 30;
    tab->view().selectAll();
    tab->actions().requestRotation(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    dialog()->accept();
    QTRY_VERIFY(!tab->editor().runningJobs().isEmpty() && tab->editor().runningJobs().first()->done() > 10);
    tab->store().setWritable(false);
    QTRY_VERIFY(tab->editor().runningJobs().isEmpty()); // it stopped by itself
    const auto asked = [this] {
        SessionQuery query;
        query.limit = 1000;
        const auto page = m_store->inner.list(query).takeResult();
        return std::ranges::count_if(page->records, [](const SessionRecord &record) { return record.rotateRequested; });
    };
    const auto before = asked();
    QVERIFY(before < 200);
    m_store->delay = 0;
    auto *retry = button(tab, u"Try the rest"_s);
    QVERIFY(!retry->isEnabled());
    // Nor below the button.
    tab->findChild<BulkJob *>()->retry();
    QTRY_VERIFY(tab->editor().runningJobs().isEmpty());
    QCOMPARE(asked(), before);
    tab->store().setWritable(true);
    QVERIFY(retry->isEnabled());
    retry->click();
    QTRY_COMPARE(asked(), 200);
}

void InspectorStoreTab::stepThatCanNeverBeUndoneIsForgotten()
{
    StoreTab *tab = openTab(10);
    const SessionKey first = show(tab, 1);
    const QByteArray before = value(first, "visits");
    typeInto(*tree(), attribute(*tree(), u"visits"_s), u"1"_s);
    QTRY_COMPARE(value(first, "visits"), "1");
    const SessionKey second = show(tab, 2);
    typeInto(*tree(), attribute(*tree(), u"visits"_s), u"2"_s);
    QTRY_COMPARE(value(second, "visits"), "2");
    QVERIFY(m_store->inner.remove(second, SessionStore::Removal::Destroyed).takeResult());
    QTRY_VERIFY(action(u"undo"_s)->isEnabled());
    action(u"undo"_s)->trigger();
    QTRY_VERIFY(!tab->editor().isBusy());
    QTRY_VERIFY(action(u"undo"_s)->isEnabled());
    action(u"undo"_s)->trigger();
    QTRY_COMPARE(value(first, "visits"), before);
}

void InspectorStoreTab::storeThatBecomesProductionIsThatInItsOpenTabToo()
{
    QTemporaryDir folder;
    Connection connection = Connection::forUrl(u"sqlite:"_s + folder.filePath(u"orders.db"_s));
    makeStoreFile(folder.filePath(u"orders.db"_s));
    m_window->open(connection);
    StoreTab *tab = m_window->currentTab();
    QVERIFY(tab->store().isWritable());
    connection.environment = Connection::Production;
    tab->store().adopt(connection);
    QVERIFY(!tab->store().isWritable());
    QVERIFY(m_window->findChild<QTabWidget *>(u"storeTabs"_s)->tabText(0).contains(u"Production"_s));
    QVERIFY(m_window->windowTitle().contains(u"Production"_s));
    m_window->close();
    // And it is open again as what it was, saved or not; once.
    init();
    m_window->openAgain();
    QVERIFY(m_window->currentTab());
    QVERIFY(m_window->currentTab()->store().isProduction() && !m_window->currentTab()->store().isWritable());
    m_window->open(Connection::forUrl(u"sqlite:"_s + folder.path() + u"/./orders.db?synchronous=full"_s));
    QCOMPARE(m_window->findChild<QTabWidget *>(u"storeTabs"_s)->count(), 1);
    m_window->close();
    Settings::remove({});
}

void InspectorStoreTab::broughtBackSessionStandsOnce()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(3)->info.key;
    const SessionRecord record = *m_store->inner.load(key).takeResult();
    QVERIFY(m_store->inner.remove(key, SessionStore::Removal::Admin).takeResult());
    QTRY_VERIFY(tab->model().row(tab->model().rowOf(key)) && tab->model().row(tab->model().rowOf(key))->isGhost());
    m_store->isMute = true; // a refresh is quicker than the event
    QVERIFY(m_store->inner.create(record).takeResult());
    tab->refresh();
    QTRY_COMPARE(tab->model().shown(), 10);
    QTRY_COMPARE(tab->model().rowCount(), 10);
    QVERIFY(!tab->model().row(tab->model().rowOf(key))->isGhost());
}

void InspectorStoreTab::whatIsHighlightedIsWhatIsActedOn()
{
    StoreTab *tab = openTab(900);
    SessionModel &model = tab->model();
    const auto load = [&](int until) {
        for (int row = 0; row < until; row += 100) {
            model.setVisibleRows(row, row + 99);
            QTRY_VERIFY(model.row(row) && model.row(std::min(until, row + 99)));
        }
    };
    load(300);
    tab->view().selectionModel()->select(QItemSelection(model.index(0, 0), model.index(249, 0)),
                                         QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QVERIFY(!tab->view().isSelectionPartlyKnown());
    const QList<SessionKey> keys = tab->view().selectedKeys();
    QCOMPARE(keys.size(), 250);
    model.sort(SessionModel::User, Qt::DescendingOrder);
    QTRY_COMPARE(model.status(), SessionModel::Status::Ready);
    QTRY_COMPARE(model.rowCount(), 900);
    load(899);
    int wrong = 0, highlighted = 0;
    for (int row = 0; row < 900; ++row) {
        const bool isSelected = tab->view().selectionModel()->isRowSelected(row);
        highlighted += isSelected;
        if (const SessionRow *known = model.row(row))
            wrong += isSelected != keys.contains(known->info.key);
    }
    QCOMPARE(wrong, 0);
    QCOMPARE(highlighted, 250);
}

void InspectorStoreTab::expiredSessionTurnsGreyAndNoOtherGoes()
{
    StoreTab *tab = openTab(6);
    const SessionKey key = show(tab, 2), neighbour = tab->model().row(5)->info.key;
    tab->actions().expireNow(StoreActions::Selected);
    QTRY_VERIFY(tab->model().row(tab->model().rowOf(key)) && tab->model().row(tab->model().rowOf(key))->isGhost());
    QVERIFY(tab->model().index(tab->model().rowOf(key), SessionModel::State).data().toString().startsWith(u"expired"));
    QTRY_COMPARE(tab->model().shown(), 5);
    QTest::qWait(600); // counts have been asked for by now
    QCOMPARE(tab->model().rowCount(), 6);
    QVERIFY(tab->model().rowOf(neighbour) >= 0 && !tab->model().row(tab->model().rowOf(neighbour))->isGhost());
}

void InspectorStoreTab::expiringAgainExpires()
{
    StoreTab *tab = openTab(6);
    const SessionKey key = show(tab, 2);
    const auto isAlive = [&] { return m_store->inner.load(key).takeResult().has_value(); };
    tab->actions().expireNow(StoreActions::Selected);
    QTRY_VERIFY(!isAlive());
    QTRY_VERIFY(action(u"undo"_s)->isEnabled());
    action(u"undo"_s)->trigger();
    QTRY_VERIFY(isAlive());
    QTRY_VERIFY(action(u"redo"_s)->isEnabled());
    action(u"redo"_s)->trigger();
    QTRY_VERIFY(!isAlive());
    QVERIFY(m_store->inner.removeExpired(10).takeResult());
    HistoryQuery query;
    query.key = key;
    QCOMPARE(m_store->inner.history(query).takeResult()->first().type, SessionEvent::Expired); // and was not deleted
}

void InspectorStoreTab::extendingKeepsAnIdleTimeRolling()
{
    StoreTab *tab = openTab(12);
    int row = 0;
    while (tab->model().row(row)->info.absoluteExpiresAt)
        ++row;
    const SessionKey key = show(tab, row);
    const SessionInfo before = *m_store->inner.load(key).takeResult();
    tab->actions().extend(StoreActions::Selected, 1h); // however long ago it was seen
    QTRY_COMPARE(m_store->inner.load(key).takeResult()->expiresAt, before.expiresAt + 1h);
    QCOMPARE(m_store->inner.load(key).takeResult()->expiry, before.expiry);
    tab->editor().undo();
    QTRY_COMPARE(m_store->inner.load(key).takeResult()->expiresAt, before.expiresAt);

    SessionChange fixed;
    fixed.expiry = std::optional(Expiry::atDateTime(toDateTime(before.expiresAt + 2h)));
    QVERIFY(m_store->inner.update(key, fixed).takeResult());
    QTRY_COMPARE(tab->model().row(tab->model().rowOf(key))->info.expiresAt, before.expiresAt + 2h);
    tab->actions().extend(StoreActions::Selected, 1h);
    QTRY_COMPARE(m_store->inner.load(key).takeResult()->expiresAt, before.expiresAt + 3h);
    QCOMPARE(m_store->inner.load(key).takeResult()->expiry->kind(), Expiry::Kind::AtDateTime);
}

void InspectorStoreTab::actionsFollowWhatBecomesOfTheSelectedSession()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    auto *rotate = action(u"rotate"_s);
    QTRY_VERIFY(rotate->isEnabled());
    tab->actions().remove(StoreActions::Selected);
    QTRY_VERIFY(tab->model().row(tab->model().rowOf(key))->isGhost());
    QTRY_VERIFY(!rotate->isEnabled());
    QTRY_VERIFY(action(u"undo"_s)->isEnabled());
    action(u"undo"_s)->trigger();
    QTRY_VERIFY(rotate->isEnabled());

    // A session that is chosen before its row is there.
    SessionFilter filter;
    filter.keyPrefix = m_store->keys[7].toLatin1();
    tab->setFilter(filter);
    tab->view().select(m_store->keys[7]);
    QTRY_VERIFY(rotate->isEnabled());
}

void InspectorStoreTab::broughtBackSessionIsNotCalledDead()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    const auto saysDead = [this] {
        return std::ranges::any_of(panel()->findChildren<QLabel *>(),
                                   [](QLabel *label) { return label->text().contains(u"revoked"); });
    };
    tab->actions().remove(StoreActions::Selected);
    QTRY_VERIFY(saysDead());
    QTRY_VERIFY(action(u"undo"_s)->isEnabled());
    action(u"undo"_s)->trigger();
    QTRY_VERIFY(m_store->inner.load(key).takeResult());
    QTRY_VERIFY(!saysDead());
    panel()->reload();
    QTest::qWait(50);
    QVERIFY(!saysDead());
}

void InspectorStoreTab::replacedIdLeadsToTheSessionItStoodFor()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(4)->info.key, successor = SessionId::generate().key();
    QVERIFY(m_store->inner.rotate(key, successor, {}).takeResult());
    SessionFilter filter;
    filter.keyPrefix = key.toLatin1();
    tab->setFilter(filter); // as somebody who has the old cookie
    tab->view().select(key);
    QLabel *notice = nullptr;
    QTRY_VERIFY([&] {
        const auto labels = panel()->findChildren<QLabel *>();
        const auto found = std::ranges::find_if(labels, [](QLabel *label) { return label->text().contains(u"was replaced"_s); });
        notice = found == labels.end() ? nullptr : *found;
        return notice;
    }());
    panel()->findChild<QPushButton *>(u"showSuccessor"_s)->click();
    QTRY_VERIFY(panel()->record() && panel()->record()->key == successor);
    QCOMPARE(tab->view().currentKey(), std::optional(successor));
}

void InspectorStoreTab::cookieIsFoundInAWholeLine_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("value") << u"%1"_s;
    QTest::newRow("name and value") << u"id=%1"_s;
    QTest::newRow("with attributes") << u"id=%1; Path=/; HttpOnly; SameSite=Strict"_s;
    QTest::newRow("value and attributes") << u"%1; Path=/"_s;
    QTest::newRow("among others") << u"lang=de; id=%1; theme=dark"_s;
    QTest::newRow("behind one that could be it") << u"csrf=AAAAAAAAAAAAAAAAAAAAAA; id=%1"_s;
    QTest::newRow("in quotes") << u"id:\"%1\","_s;
    QTest::newRow("row of a table") << u"id\t%1\tlocalhost\t/\tSession"_s;
    QTest::newRow("header") << u"Cookie: theme=x; id=%1"_s;
    QTest::newRow("answer") << u"Set-Cookie: id=%1; Max-Age=1800"_s;
}

void InspectorStoreTab::cookieIsFoundInAWholeLine()
{
    QFETCH(QString, line);
    StoreTab *tab = openTab(5);
    const SessionId id = SessionId::generate();
    SessionRecord record = sampleSession(4, m_store->now());
    record.key = id.key();
    QVERIFY(m_store->inner.create(record).takeResult());
    tab->findByCookie();
    dialog<QInputDialog>()->setTextValue(line.arg(QString::fromLatin1(id.toCookieValue())));
    dialog<QInputDialog>()->accept();
    QTRY_COMPARE(tab->view().currentKey(), std::optional(record.key));
}

void InspectorStoreTab::searchCountsTheWholeStoreToo()
{
    StoreTab *tab = openTab(60);
    SessionFilter filter;
    filter.user = u"eva"_s;
    filter.text = u"no such text"_s;
    tab->setFilter(filter);
    QTRY_VERIFY(!tab->model().isSearching() && tab->model().searched() > 0);
    QTRY_COMPARE(tab->countText(), u"0 of 60 sessions"_s);
    QVERIFY(tab->model().toSearch() < 60);
}

QTEST_MAIN(InspectorStoreTab)

#include "tst_inspectorstoretab.moc"
