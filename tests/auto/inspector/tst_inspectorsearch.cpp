// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "tab/rotationbar.h"
#include "tab/savedviews.h"
#include "tab/searchline.h"
#include "table/sessionview.h"

#include <Sojourn/SessionId>

#include <QtCore/QSettings>
#include <QtGui/QClipboard>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The search line, saved views, columns of attributes, and the bar of a rotation.
class InspectorSearch : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void lineFindsByUserAttributeAndFact();
    void cookieBecomesAKeyAtOnce();
    void cookieIsNeitherCalledBackNorSaved();
    void faultIsShownAtItsPlaceAndTheTableStays();
    void searchesAreCalledBack();
    void recentSessionsAreFoundWithoutReadingAll();
    void viewsAreSavedByName();
    void attributeHasAColumnOfItsOwnForItsStore();
    void secretsAreMaskedInColumns();
    void rotationIsFollowed();
    void rotationThatOthersAskedForIsNotCounted();
    void completionsAreQuotedAsTheLineReadsThem();
    void defaultViewLeavesOutWhatFewNeed();

private:
    SearchLine *line() const { return m_window->findChild<SearchLine *>(); }
    void search(const QString &text) const
    {
        line()->setText(text);
        QTest::keyClick(line(), Qt::Key_Return);
    }
    QLabel *fault() const { return m_window->findChild<QLabel *>(u"searchFault"_s); }
    void setAttribute(const SessionKey &key, const QString &name, const QJsonValue &value) const
    {
        SessionChange change;
        change.set(name.toUtf8(), encodeJson(value));
        QVERIFY(m_store->inner.update(key, change).takeResult());
    }
};

void InspectorSearch::init()
{
    Settings::remove({});
    WindowTest::init();
}

void InspectorSearch::lineFindsByUserAttributeAndFact()
{
    StoreTab *tab = openTab(60);
    setAttribute(m_store->keys[7], u"role"_s, u"admin"_s);
    setAttribute(m_store->keys[9], u"notes"_s, QString(20'000, u'x'));
    search(u"role=admin"_s);
    QTRY_COMPARE(tab->model().rowCount(), 1);
    QCOMPARE(tab->model().row(0)->info.key, m_store->keys[7]);
    search(u"size>10k"_s);
    QTRY_COMPARE(tab->model().rowCount(), 1);
    QTRY_COMPARE(tab->model().row(0)->info.key, m_store->keys[9]);
    search(u"size>10k role=admin"_s);
    QTRY_COMPARE(tab->model().rowCount(), 0);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Ready);
    search({});
    QTRY_COMPARE(tab->model().rowCount(), 60);
}

void InspectorSearch::cookieBecomesAKeyAtOnce()
{
    StoreTab *tab = openTab(5);
    const SessionId id = SessionId::generate();
    SessionRecord record = sampleSession(1, m_store->now());
    record.key = id.key();
    QVERIFY(m_store->inner.create(record).takeResult());
    const QString cookie = QString::fromLatin1(id.toCookieValue());
    QGuiApplication::clipboard()->setText(u"Cookie: theme=dark; id="_s + cookie);
    line()->setFocus();
    QTest::keyClick(line(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(line()->text(), u"key:"_s + id.key().toString());
    QVERIFY(!line()->isUndoAvailable());
    QTRY_COMPARE(tab->model().filter().keyPrefix, id.key().toLatin1());
    QTRY_COMPARE(tab->model().rowCount(), 1);
}

void InspectorSearch::cookieIsNeitherCalledBackNorSaved()
{
    StoreTab *tab = openTab(5);
    const SessionId id = SessionId::generate();
    const QString cookie = QString::fromLatin1(id.toCookieValue()), key = u"key:"_s + id.key().toString();
    line()->setText(u"id="_s + cookie); // by a program, as from a view that an earlier version saved
    QTest::keyClick(line(), Qt::Key_Return);
    line()->clear();
    QTest::keyClick(line(), Qt::Key_Up);
    QCOMPARE(line()->text(), key);
    tab->findChild<SavedViews *>()->save(u"somebody"_s, u"id="_s + cookie);
    Settings::read([&](QSettings &store) {
        for (const QString &name : store.allKeys())
            QVERIFY(!store.value(name).toString().contains(cookie));
    });
    tab->findChild<SavedViews *>()->choose(u"somebody"_s);
    QCOMPARE(line()->text(), key);
}

void InspectorSearch::faultIsShownAtItsPlaceAndTheTableStays()
{
    StoreTab *tab = openTab(5);
    search(u"size>10q"_s);
    QVERIFY(!fault()->isHidden());
    QVERIFY(fault()->text().contains(u"size>10k"));
    QVERIFY(tab->model().filter().isEmpty());
    QCOMPARE(line()->text(), u"size>10q"_s);
    search(u"size>10k"_s);
    QVERIFY(fault()->isHidden());
    search(u"is:ended size>10k"_s); // of which nobody knows the size
    QVERIFY(!fault()->isHidden());
    QVERIFY(fault()->text().contains(u"ended sessions"_s));
    search({});
    // What is still being typed is no fault yet.
    line()->clear();
    line()->setFocus();
    QTest::keyClicks(line(), u"size>"_s);
    QTest::qWait(400);
    QVERIFY(fault()->isHidden());
}

void InspectorSearch::searchesAreCalledBack()
{
    openTab(5);
    search(u"user:ann"_s);
    search(u"user:bob"_s);
    line()->clear();
    QTest::keyClick(line(), Qt::Key_Up);
    QCOMPARE(line()->text(), u"user:bob"_s);
    QTest::keyClick(line(), Qt::Key_Up);
    QCOMPARE(line()->text(), u"user:ann"_s);
    QTest::keyClick(line(), Qt::Key_Down);
    QTest::keyClick(line(), Qt::Key_Down);
    QCOMPARE(line()->text(), QString());
    Settings::read([](QSettings &store) { // names of people are not kept
        for (const QString &key : store.allKeys())
            QVERIFY(!(key + store.value(key).toString()).contains(u"bob"));
    });
}

void InspectorSearch::recentSessionsAreFoundWithoutReadingAll()
{
    StoreTab *tab = openTab(5000);
    SessionRecord record = sampleSession(6000, m_store->now());
    record.createdAt = m_store->now();
    QVERIFY(m_store->inner.create(record).takeResult());
    const int before = m_store->lists;
    search(u"created<5"_s);
    QTRY_VERIFY(!tab->model().isSearching() && tab->model().searched() > 0);
    QVERIFY2(m_store->lists - before <= 4, qPrintable(QString::number(m_store->lists - before)));
}

void InspectorSearch::viewsAreSavedByName()
{
    StoreTab *tab = openTab(40);
    auto *views = m_window->findChild<SavedViews *>();
    search(u"user:eva size<10k"_s);
    views->save(u"Eva & small/ones"_s, line()->text());
    search({});
    QTRY_COMPARE(tab->model().rowCount(), 40);
    QCOMPARE(views->names(), QStringList{u"Eva & small/ones"_s});
    views->choose(u"Eva & small/ones"_s);
    QCOMPARE(line()->text(), u"user:eva size<10k"_s);
    QCOMPARE(tab->model().filter().user, std::optional(u"eva"_s));
    views->remove(u"Eva & small/ones"_s);
    QVERIFY(views->names().isEmpty());
}

void InspectorSearch::attributeHasAColumnOfItsOwnForItsStore()
{
    const auto store = std::make_shared<FakeStore>(30);
    const Connection shop = Connection::forUrl(u"live:shop"_s);
    m_store = store;
    setAttribute(store->keys[3], u"cart"_s, QJsonObject{{"total"_L1, 120}});
    StoreTab *tab = m_window->addTab(shop, store, false);
    QTRY_COMPARE(tab->model().rowCount(), 30);
    tab->model().addAttributeColumns({u"cart.total"_s});
    const int column = SessionModel::ColumnCount;
    QCOMPARE(tab->model().columnCount(), column + 1);
    QCOMPARE(tab->model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), u"cart.total"_s);
    const auto shown = [&](StoreTab *of) {
        return of->model().index(of->model().rowOf(store->keys[3]), column).data().toString();
    };
    QTRY_COMPARE(shown(tab), u"120"_s);
    setAttribute(store->keys[3], u"cart"_s, QJsonObject{{"total"_L1, 121}});
    QTRY_COMPARE(shown(tab), u"121"_s);
    search(u"cart.total>100"_s);
    QTRY_COMPARE(tab->model().rowCount(), 1);
    QCOMPARE(shown(tab), u"121"_s);

    m_window = std::make_unique<MainWindow>();
    tab = m_window->addTab(shop, store, false);
    QCOMPARE(tab->model().attributeColumns(), QStringList{u"cart.total"_s});
    QTRY_VERIFY(tab->model().rowOf(store->keys[3]) >= 0);
    QTRY_COMPARE(shown(tab), u"121"_s);
    QVERIFY(m_window->addTab(Connection::forUrl(u"live:other"_s), store, false)->model().attributeColumns().isEmpty());
    QMenu menu;
    tab->view().fillColumnMenu(&menu);
    for (QAction *action : menu.actions()) {
        if (action->text() == u"cart.total")
            action->trigger();
    }
    QVERIFY(tab->model().attributeColumns().isEmpty());
}

void InspectorSearch::secretsAreMaskedInColumns()
{
    StoreTab *tab = openTab(5);
    setAttribute(m_store->keys[2], u"apiToken"_s, u"very-secret"_s);
    tab->model().addAttributeColumns({u"apiToken"_s});
    const auto shown = [&] { return tab->model().index(tab->model().rowOf(m_store->keys[2]), SessionModel::ColumnCount).data(); };
    QTRY_VERIFY(!shown().toString().isEmpty());
    QVERIFY(!shown().toString().contains(u"secret"));
}

void InspectorSearch::rotationIsFollowed()
{
    StoreTab *tab = openTab(9);
    m_store->delay = 0;
    tab->view().selectAll();
    tab->actions().requestRotation(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    for (QPushButton *button : dialog()->findChildren<QPushButton *>()) {
        if (button->text().contains(u"Rotate"))
            button->click();
    }
    auto *bar = tab->findChild<RotationBar *>();
    auto *counts = bar->findChild<QLabel *>(u"rotationCounts"_s);
    QTRY_COMPARE(bar->waiting().size(), 9);
    for (int row = 0; row < 9; ++row)
        QVERIFY(tab->model().row(row)->info.rotateRequested);
    QVERIFY(m_store->inner.rotate(m_store->keys[0], SessionId::generate().key(), {}).takeResult());
    QVERIFY(m_store->inner.remove(m_store->keys[1], SessionStore::Removal::User).takeResult());
    QTRY_COMPARE(counts->text(), u"Rotation: 9 asked, 1 collected, 7 waiting, 1 ended"_s);
    bar->findChild<QPushButton *>(u"showWaiting"_s)->click();
    QCOMPARE(line()->text(), u"is:rotating"_s);
    QTRY_COMPARE(tab->model().shown(), 7);
    auto *revoke = bar->findChild<QPushButton *>(u"revokeWaiting"_s);
    QCOMPARE(revoke->text(), u"Revoke the 7 waiting"_s);
    revoke->click();
    QTRY_VERIFY(dialog());
    for (QPushButton *button : dialog()->findChildren<QPushButton *>()) {
        if (button->text().contains(u"Revoke"))
            button->click();
    }
    QTRY_COMPARE(counts->text(), u"Rotation: 9 asked, 1 collected, 0 waiting, 8 ended"_s);
    QCOMPARE(m_store->inner.count().takeResult().value(), 1);
}

void InspectorSearch::rotationThatOthersAskedForIsNotCounted()
{
    StoreTab *tab = openTab(5);
    SessionChange theirs;
    theirs.rotateRequested = true;
    QVERIFY(m_store->inner.update(m_store->keys[0], theirs).takeResult());
    const auto edit = [&](int session, const SessionChange &change) {
        const SessionRecord seen = m_store->inner.load(m_store->keys[session]).takeResult().value();
        tab->editor().apply(u"edit"_s, Edit::changing(seen, change));
        [&] { QTRY_VERIFY(!tab->editor().isBusy()); }();
    };
    SessionChange mine;
    mine.set("note", "1");
    edit(0, mine);
    auto *bar = tab->findChild<RotationBar *>();
    QVERIFY(bar->waiting().isEmpty());
    edit(1, theirs); // asked for here
    QCOMPARE(bar->waiting().size(), 1);
    edit(1, mine); // and still waited for
    QCOMPARE(bar->waiting().size(), 1);
}

void InspectorSearch::completionsAreQuotedAsTheLineReadsThem()
{
    for (const QString &user : {u"Ann Lee"_s, uR"(say "hi")"_s, uR"(back\ slash)"_s, u"{odd}"_s}) {
        const QString line = u"user:"_s + SearchExpression::quoted(user);
        const auto read = SearchExpression::parse(line + u" is:living"_s, {}, SearchExpression::Word::User);
        QVERIFY2(read && read->user == user, qPrintable(line));
    }
}

void InspectorSearch::defaultViewLeavesOutWhatFewNeed()
{
    StoreTab *tab = openTab(5);
    for (const int column : {SessionModel::Flags, SessionModel::AbsoluteLeft, SessionModel::IdleLeft})
        QVERIFY(tab->view().isColumnHidden(column));
    QCOMPARE(tab->model().sortColumn(), int(SessionModel::LastSeen));
    QCOMPARE(tab->model().sortOrder(), Qt::DescendingOrder);
    QVERIFY(!m_window->findChild<QLabel *>(u"clock"_s)->text().isEmpty());
}

QTEST_MAIN(InspectorSearch)

#include "tst_inspectorsearch.moc"
