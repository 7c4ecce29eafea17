// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "session/comparedialog.h"
#include "session/detailpanel.h"
#include "snapshot/snapshotactions.h"
#include "store/connectiondialog.h"
#include "store/storelist.h"
#include "tab/storetabs.h"
#include "table/sessionview.h"

#include <QtCore/QDir>
#include <QtCore/QMimeData>
#include <QtCore/QTranslator>
#include <QtGui/QDropEvent>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// StoreTabs and MainWindow: windows, tabs, connections, and what is said of a store.
class InspectorStoreTabs : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { speakEnglish(); }
    void tabMovesToAWindowOfItsOwnAndBack();
    void tabDraggedOutOfTheBarGetsAWindow();
    void undoGoesOnInTheNewWindow();
    void tornOffWindowRemembersItsLayoutApart();
    void sideBarSaysWhatToDoFirst();
    void filterSetFromElsewhereLooksAsIfTyped();
    void columnsAreChosenFromTheMenu();
    void comparingStoresSumsUpWhatIsNewAndWhatVanished();
    void lostStoreSaysWhyOnce();
    void endedSessionOpensItsTimeLineAndALivingOneGoesBack();
    void droppedSnapshotOpens();
    void editedConnectionStillAsksForItsPassword();
    void applicationOnAnotherMachineIsProduction();

private:
    StoreTab *openTab(int sessions, const QString &name = u"shop"_s)
    {
        return WindowTest::openTab(sessions, Connection::Development, name, 0);
    }
};

void InspectorStoreTabs::tabMovesToAWindowOfItsOwnAndBack()
{
    StoreTab *stays = openTab(3, u"stays"_s);
    StoreTab *goes = openTab(5, u"goes"_s);
    goes->view().selectRow(2);
    const auto key = goes->view().currentKey();
    m_window->findChild<QAction *>(u"moveTab"_s)->trigger();
    QCOMPARE(m_window->windows().size(), 2);
    MainWindow *other = m_window->windows().last();
    QVERIFY(other->isVisible());
    QVERIFY(other->isWindow());
    QCOMPARE(other->currentTab(), goes);
    QCOMPARE(m_window->currentTab(), stays);
    QVERIFY(other->windowTitle().contains(u"goes"_s));
    QVERIFY(m_window->windowTitle().contains(u"stays"_s));
    // It brought its selection, and what is shown beside it works there.
    QCOMPARE(goes->view().currentKey(), key);
    QTRY_VERIFY(other->findChild<DetailPanel *>()->record());
    QCOMPARE(other->findChild<DetailPanel *>()->record()->key, *key);
    QVERIFY(m_window->findChild<DetailPanel *>()->record() != other->findChild<DetailPanel *>()->record());

    other->findChild<QAction *>(u"moveTab"_s)->trigger();
    QCOMPARE(m_window->currentTab(), goes);
    QTRY_COMPARE(m_window->windows().size(), 1); // empty, it has closed
    QTRY_VERIFY(m_window->findChild<DetailPanel *>()->record());
}

void InspectorStoreTabs::tabDraggedOutOfTheBarGetsAWindow()
{
    openTab(3, u"first"_s);
    StoreTab *goes = openTab(5, u"second"_s);
    auto *bar = m_window->findChild<StoreTabs *>()->tabBar();
    const QPoint from = bar->tabRect(1).center();
    const auto drag = [bar, from](const QPoint &to) {
        QTest::mousePress(bar, Qt::LeftButton, {}, from);
        QTest::mouseMove(bar, (from + to) / 2);
        QTest::mouseMove(bar, to);
        QTest::mouseRelease(bar, Qt::LeftButton, {}, to);
        QCoreApplication::processEvents();
    };
    drag(from - QPoint(bar->tabRect(1).width(), 0)); // only reorders
    QCOMPARE(m_window->windows().size(), 1);
    m_window->findChild<StoreTabs *>()->setCurrentWidget(goes);
    drag(from + QPoint(40, 200));
    QTRY_COMPARE(m_window->windows().size(), 2);
    QCOMPARE(m_window->windows().last()->findChild<StoreTabs *>()->count(), 1);
    QCOMPARE(m_window->findChild<StoreTabs *>()->count(), 1);
}

void InspectorStoreTabs::undoGoesOnInTheNewWindow()
{
    openTab(1, u"stays"_s);
    StoreTab *tab = openTab(6);
    const SessionKey key = tab->model().row(0)->info.key;
    tab->view().selectRow(0);
    tab->actions().remove(StoreActions::Selected);
    QTRY_COMPARE(*m_store->inner.count().takeResult(), 5);
    m_window->findChild<QAction *>(u"moveTab"_s)->trigger();
    MainWindow *other = m_window->windows().last();
    QTRY_VERIFY(other->findChild<QAction *>(u"undo"_s)->isEnabled());
    QVERIFY(!m_window->findChild<QAction *>(u"undo"_s)->isEnabled());
    other->findChild<QAction *>(u"undo"_s)->trigger();
    QTRY_VERIFY(m_store->inner.load(key).takeResult());
    QVERIFY(m_window->log().rowCount() > 1); // one log for all windows
    other->close();
    QTRY_COMPARE(m_window->windows().size(), 1);
}

void InspectorStoreTabs::tornOffWindowRemembersItsLayoutApart()
{
    openTab(2);
    QVERIFY(!m_window->findChild<QAction *>(u"moveTab"_s)->isEnabled()); // the only tab has a window of its own already
    openTab(2);
    m_window->findChild<QAction *>(u"moveTab"_s)->trigger();
    MainWindow *other = m_window->windows().last();
    QVERIFY(other->findChild<QDockWidget *>(u"stores"_s)->isHidden());
    other->findChild<QDockWidget *>(u"activity"_s)->show();
    other->close();
    QTRY_COMPARE(m_window->windows().size(), 1);
    openTab(2);
    m_window->findChild<QAction *>(u"moveTab"_s)->trigger();
    QVERIFY(!m_window->windows().last()->findChild<QDockWidget *>(u"activity"_s)->isHidden());
    QVERIFY(m_window->findChild<QDockWidget *>(u"activity"_s)->isHidden());
}

void InspectorStoreTabs::sideBarSaysWhatToDoFirst()
{
    auto *list = m_window->findChild<StoreList *>();
    QTreeWidgetItem *hint = list->topLevelItem(0)->child(0);
    QVERIFY(hint->flags() & Qt::ItemIsSelectable); // reached by keyboard
    list->setCurrentItem(hint);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(hint).center());
    QVERIFY(dialog<ConnectionDialog>());
    dialog<ConnectionDialog>()->reject();
}

void InspectorStoreTabs::filterSetFromElsewhereLooksAsIfTyped()
{
    StoreTab *tab = openTab(5);
    const auto fields = tab->findChildren<QLineEdit *>();
    const auto clears = [](const QLineEdit *field) { // shown where there is something to clear
        const auto *button = field->findChild<QAbstractButton *>();
        return button && button->property("opacity").toReal() > 0 && button->isEnabled() && !field->text().isEmpty();
    };
    SessionFilter filter;
    filter.user = u"ann"_s;
    tab->setFilter(filter);
    QTRY_VERIFY(clears(fields[0]));
    filter = {};
    filter.keyPrefix = m_store->keys[0].toLatin1();
    tab->setFilter(filter);
    QCOMPARE(fields[0]->text(), u"key:"_s + m_store->keys[0].toString());
    QCOMPARE(fields[0]->cursorPosition(), 0); // its beginning is seen
    QTest::qWait(300);
    QCOMPARE(tab->model().filter().keyPrefix, filter.keyPrefix);
    QVERIFY(!tab->model().filter().user);
}

void InspectorStoreTabs::columnsAreChosenFromTheMenu()
{
    StoreTab *tab = openTab(3);
    QMenu menu;
    tab->view().fillColumnMenu(&menu);
    QCOMPARE(std::ranges::count_if(menu.actions(), &QAction::isCheckable), int(SessionModel::ColumnCount) - 1);
    QVERIFY(tab->view().isColumnHidden(SessionModel::IdleLeft));
    menu.actions().at(SessionModel::IdleLeft - 1)->trigger();
    QVERIFY(!tab->view().isColumnHidden(SessionModel::IdleLeft));
    menu.actions().at(SessionModel::User - 1)->trigger();
    QVERIFY(tab->view().isColumnHidden(SessionModel::User));
}

void InspectorStoreTabs::comparingStoresSumsUpWhatIsNewAndWhatVanished()
{
    auto before = std::make_shared<MemoryStore>(), after = std::make_shared<MemoryStore>();
    for (int i = 0; i < 6; ++i) {
        SessionRecord record = sampleSession(i, before->now());
        record.data = {};
        record.data.insert(u"visits"_s, i);
        record.data.insert(u"theme"_s, u"dark"_s);
        record.updateCounts();
        if (i < 5)
            QVERIFY(before->create(record).takeResult());
        if (i < 3)
            record.data.insert(u"coupon"_s, u"SUMMER"_s);
        if (i < 2)
            record.data.remove("theme");
        record.updateCounts();
        QVERIFY(after->create(record).takeResult());
    }
    auto *compare = new CompareStoresDialog({{u"monday.json"_s, before}, {u"live"_s, after}});
    compare->show();
    QVERIFY(!compare->findChild<QTreeWidget *>(u"details"_s)->isVisible());
    compare->findChild<QPushButton *>()->click();
    const auto says = [compare](const QString &text) {
        return std::ranges::any_of(compare->findChildren<QLabel *>(),
                                   [&](QLabel *label) { return label->text().contains(text); });
    };
    QTRY_VERIFY(says(u"1 added, 0 removed, 3 changed."_s));
    QVERIFY(says(u"new attributes coupon (3); vanished attributes theme (2); "_s));
    QVERIFY(compare->findChild<QTreeWidget *>(u"details"_s)->isVisible()); // the first difference is looked at
    compare->close();
}

void InspectorStoreTabs::lostStoreSaysWhyOnce()
{
    m_store = std::make_shared<FakeStore>(2);
    m_store->failure = Error{Error::Unavailable, u"Nobody is at home."_s};
    StoreTab *tab = m_window->addTab(Connection::forUrl(u"memory:"_s), m_store, false);
    QTRY_COMPARE(tab->store().state(), OpenStore::State::Lost);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Failed);
    const auto labels = tab->findChildren<QLabel *>();
    QCOMPARE(std::ranges::count_if(labels,
                                   [](QLabel *label) { return label->isVisible() && label->text().contains(u"at home"_s); }),
             1);
}

void InspectorStoreTabs::endedSessionOpensItsTimeLineAndALivingOneGoesBack()
{
    StoreTab *tab = openTab(12);
    const SessionRecord record = *m_store->inner.load(m_store->keys[1]).takeResult();
    QVERIFY(m_store->inner.remove(record.key, SessionStore::Removal::Destroyed).takeResult());
    SessionFilter filter;
    filter.user = record.user;
    tab->setFilter(filter);
    QTRY_COMPARE(tab->model().rowCount(), 2);
    auto *pages = m_window->findChild<DetailPanel *>()->findChild<QTabWidget *>();
    tab->view().selectRow(0);
    QTRY_VERIFY(m_window->findChild<DetailPanel *>()->record());
    QCOMPARE(pages->currentIndex(), 0);
    tab->view().selectRow(1);
    QTRY_COMPARE(pages->currentIndex(), 3);
    tab->view().selectRow(0);
    QTRY_COMPARE(pages->currentIndex(), 0);
}

void InspectorStoreTabs::droppedSnapshotOpens()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"tuesday.json"_s);
    auto source = std::make_shared<MemoryStore>();
    fillWithSamples(*source, 7);
    bool written = false;
    exportToFile(source, file).then(this, [&](const Result<ExportSummary> &result) { written = result.has_value(); });
    QTRY_VERIFY(written);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &drop);
    QTRY_VERIFY(m_window->currentTab());
    QTRY_COMPARE(m_window->currentTab()->model().rowCount(), 7);
    QVERIFY(!m_window->currentTab()->store().canBeWritable());
}

void InspectorStoreTabs::editedConnectionStillAsksForItsPassword()
{
    Connection connection = Connection::forUrl(u"redis://db.example:6379/0"_s);
    connection.asksPassword = true;
    for (const bool asks : {true, false}) {
        connection.asksPassword = asks;
        ConnectionDialog dialog(connection);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.connection().asksPassword, asks);
    }
}

void InspectorStoreTabs::applicationOnAnotherMachineIsProduction()
{
    const QString url = u"live+tls://web1:7443?token-file=/a%20b&fingerprint="_s + QString(64, u'a') + u"&ca=/c&cert=/d&key=/e"_s;
    const Connection connection = Connection::forUrl(url);
    QCOMPARE(connection.environment, Connection::Production);
    QVERIFY(connection.opensReadOnly());
    QCOMPARE(connection.name, u"web1"_s);
    const Connection relative = Connection::forUrl(u"live+tls://web1:7443?token-file=a%20b&ca=c&fingerprint=d"_s);
    const QString here = QDir::currentPath(); // whatever folder the program runs in next time
    QCOMPARE(relative.url, u"live+tls://web1:7443?token-file=%1/a%20b&ca=%1/c&fingerprint=d"_s.replace(u"%1"_s, here));
    const auto withToken = Connection::forUrl(u"live+tls://:secret@web1:7443"_s);
    QVERIFY(!withToken.plainUrl().contains(u"secret") && !withToken.name.contains(u"secret"));

    ConnectionDialog edited(connection); // the form has a field for each part
    edited.setAttribute(Qt::WA_DeleteOnClose, false);
    QCOMPARE(edited.connection().url, url);
    QCOMPARE(edited.connection().environment, Connection::Production);

    ConnectionDialog fresh;
    fresh.setAttribute(Qt::WA_DeleteOnClose, false);
    const auto combo = [&fresh](const QString &item) {
        for (QComboBox *const box : fresh.findChildren<QComboBox *>()) {
            if (box->findText(item) >= 0)
                return box;
        }
        return static_cast<QComboBox *>(nullptr);
    };
    QComboBox *const kind = combo(ConnectionDialog::tr("Running application on another machine"));
    QComboBox *const environment = combo(Connection::environmentName(Connection::Production));
    QVERIFY(kind && environment);
    kind->setCurrentText(ConnectionDialog::tr("Running application on another machine"));
    const auto fields = fresh.findChildren<QLineEdit *>();
    const auto host = std::ranges::find(fields, u"web1:7443"_s, &QLineEdit::placeholderText);
    QVERIFY(host != fields.end());
    (*host)->setText(u"web2:1"_s);
    QCOMPARE(fresh.connection().url, u"live+tls://web2:1"_s);
    QCOMPARE(fresh.connection().environment, Connection::Production);
    kind->setCurrentText(ConnectionDialog::tr("SQLite file")); // which is another store, of which nothing is known
    QCOMPARE(fresh.connection().environment, Connection::Development);
    kind->setCurrentText(ConnectionDialog::tr("Running application on another machine"));
    QCOMPARE(fresh.connection().environment, Connection::Production);
    environment->setCurrentIndex(Connection::Development); // as a person says otherwise
    Q_EMIT environment->activated(Connection::Development);
    (*host)->setText(u"web3:1"_s);
    QCOMPARE(fresh.connection().environment, Connection::Development);
}

QTEST_MAIN(InspectorStoreTabs)

#include "tst_inspectorstoretabs.moc"
