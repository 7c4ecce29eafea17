// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "look/format.h"
#include "session/detailpanel.h"
#include "store/connectiondialog.h"
#include "table/sessionview.h"

#include <Sojourn/Snapshot>
#include <Sojourn/Stores>

#include <QtCore/QSettings>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeWidget>

#ifdef Q_OS_LINUX
#include <sys/stat.h>
#endif

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;

/// Drives the window as a person does: keys, fields, buttons.
class InspectorWindow : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void editingAnAttributeInPlaceAndUndoingIt();
    void conflictShowsThreeSidesAndWritesOnlyWhenTold();
    void changeThatArrivesDuringAnEditIsAConflict();
    void deletingManyAsksSaysHowManyAndCanBeUndone();
    void productionIsReadOnlyAndWantsItsNameTyped();
    void filterByUserShowsTheDeadOnesToo();
    void stateFilterIsRememberedForItsStoreAndNothingAboutPeople();
    void exportIsOfferedForWhatCanBeExportedOnly();
    void exportOfASearchHoldsWhatWasFound();
    void exportReplacesNoDatabase();
    void lookAtADatabaseKeepsItsLocks();
    void selectionOfRowsThatAreNotLoadedIsWhole();
    void selectionByKeysReachesRowsThatAreNotLoaded();
    void selectionFarFromWhatIsInViewIsWhole();
    void exportOfEndedSessionsWritesNothing();
    void importShowsWhatItWouldDoAndDoesIt();
    void findByCookieSelectsTheSessionAndForgetsTheCookie();
    void storeThatDiesAndReturnsIsShownAgain();
    void addressOfAStoreThatIsNotThereCanBeCorrected();
    void snapshotOpensReadOnly();
    void sessionsOfAnySizeAreEditedAndBroughtBack();
    void storesThatWereOpenAreOpenedAgain();
    void sessionPanelReturnsAfterACloseWithoutAStore();
    void selectionStaysOnTheSessionWhenRowsCome();
    void everyActionHasATextAndWidgetsHaveNames();

private:
    QSet<SessionKey> selectedOf(StoreTab &tab);
};

/// What an action on the selection would get.
QSet<SessionKey> InspectorWindow::selectedOf(StoreTab &tab)
{
    std::optional<QSet<SessionKey>> keys;
    tab.actions().gather(StoreActions::Selected, [&keys](const QList<SessionInfo> &sessions) {
        keys.emplace();
        for (const SessionInfo &session : sessions)
            keys->insert(session.key);
    });
    [&] { QTRY_VERIFY(keys.has_value()); }();
    return keys.value_or(QSet<SessionKey>());
}

void InspectorWindow::editingAnAttributeInPlaceAndUndoingIt()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(2)->info.key;
    tab->view().selectRow(2);
    auto *panel = m_window->findChild<DetailPanel *>();
    auto *tree = panel->findChild<QTreeView *>(u"attributes"_s);
    QTRY_VERIFY(attribute(*tree, u"theme"_s).isValid());
    const QByteArray before = m_store->inner.load(key).takeResult()->data.json("theme").toByteArray();
    typeInto(*tree, attribute(*tree, u"theme"_s), u"sepia"_s);
    QTRY_COMPARE(m_store->inner.load(key).takeResult()->data.json("theme").toByteArray(), "\"sepia\"");
    auto *undo = m_window->findChild<QAction *>(u"undo"_s);
    QTRY_VERIFY(undo->isEnabled());
    QVERIFY(undo->text().contains(u"theme"));
    QTRY_COMPARE(attribute(*tree, u"theme"_s).data().toString(), u"\"sepia\""_s);
    undo->trigger();
    QTRY_COMPARE(m_store->inner.load(key).takeResult()->data.json("theme").toByteArray(), before);
    QTRY_VERIFY(m_window->findChild<QAction *>(u"redo"_s)->isEnabled());
}

void InspectorWindow::conflictShowsThreeSidesAndWritesOnlyWhenTold()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(0)->info.key;
    tab->view().selectRow(0);
    auto *tree = m_window->findChild<DetailPanel *>()->findChild<QTreeView *>(u"attributes"_s);
    QTRY_VERIFY(attribute(*tree, u"visits"_s).isValid());
    for (const bool mine : {false, true}) {
        QTRY_VERIFY(!tab->editor().isBusy());
        // Somebody else is quicker; the window learns of it only after the edit was sent.
        SessionChange theirs;
        theirs.set("visits", mine ? "1001" : "1000");
        QVERIFY(m_store->inner.update(key, theirs).takeResult());
        typeInto(*tree, attribute(*tree, u"visits"_s), u"700"_s);
        QTRY_VERIFY2(dialog(), qPrintable(attribute(*tree, u"visits"_s).data().toString()));
        QDialog *conflict = dialog();
        QCOMPARE(m_store->inner.load(key).takeResult()->data.json("visits").toByteArray(), mine ? "1001" : "1000");
        QTest::mouseClick(conflict->findChild<QPushButton *>(mine ? u"writeMine"_s : u"keepTheirs"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog());
        if (!mine)
            QTRY_COMPARE(attribute(*tree, u"visits"_s).data().toString(), u"1000"_s);
    }
    QTRY_COMPARE(m_store->inner.load(key).takeResult()->data.json("visits").toByteArray(), "700");
}

void InspectorWindow::changeThatArrivesDuringAnEditIsAConflict()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(0)->info.key;
    tab->view().selectRow(0);
    auto *tree = m_window->findChild<DetailPanel *>()->findChild<QTreeView *>(u"attributes"_s);
    QTRY_VERIFY(attribute(*tree, u"visits"_s).isValid());
    for (const int finish : {Qt::Key_Escape, Qt::Key_Return}) {
        const QModelIndex visits = attribute(*tree, u"visits"_s);
        tree->setCurrentIndex(visits);
        tree->edit(visits);
        auto *editor = tree->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        SessionChange theirs;
        theirs.set("visits", QByteArray::number(finish));
        QVERIFY(m_store->inner.update(key, theirs).takeResult());
        QTest::qWait(500); // the panel has learned of it
        QVERIFY(!dialog());
        editor->selectAll();
        QTest::keyClicks(editor, u"700"_s);
        QTest::keyClick(editor, Qt::Key(finish));
        if (finish == Qt::Key_Escape)
            QTRY_COMPARE(attribute(*tree, u"visits"_s).data().toString(), QString::number(finish));
    }
    QTRY_VERIFY(dialog());
    QCOMPARE(m_store->inner.load(key).takeResult()->data.json("visits").toByteArray(), QByteArray::number(Qt::Key_Return));
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"keepTheirs"_s), Qt::LeftButton);
    QTRY_COMPARE(attribute(*tree, u"visits"_s).data().toString(), QString::number(Qt::Key_Return));
}

void InspectorWindow::deletingManyAsksSaysHowManyAndCanBeUndone()
{
    StoreTab *tab = openTab(40);
    SessionFilter filter;
    filter.user = u"bob"_s;
    tab->setFilter(filter);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Ready);
    const int bobs = int(tab->model().shown());
    QVERIFY(bobs > 1);
    m_window->findChild<QAction *>(u"deleteShown"_s)->trigger();
    QTRY_VERIFY(dialog());
    auto *go = dialog()->findChild<QPushButton *>(u"go"_s);
    QCOMPARE(go->text(), u"Delete %1 sessions of bob"_s.arg(bobs));
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE(int(*m_store->inner.count().takeResult()), 40 - bobs);
    QTRY_VERIFY(m_window->findChild<QAction *>(u"undo"_s)->isEnabled());
    m_window->findChild<QAction *>(u"undo"_s)->trigger();
    QTRY_COMPARE(int(*m_store->inner.count().takeResult()), 40);
}

void InspectorWindow::productionIsReadOnlyAndWantsItsNameTyped()
{
    StoreTab *tab = openTab(20, Connection::Production);
    QVERIFY(!tab->store().isWritable());
    QVERIFY(m_window->windowTitle().contains(u"Production"));
    tab->view().selectAll();
    QVERIFY(!m_window->findChild<QAction *>(u"deleteShown"_s)->isEnabled());
    // Even what goes round the interface is refused.
    tab->editor().apply(u"Delete"_s, Edit::removing(tab->model().row(0)->info));
    QTRY_VERIFY(!tab->editor().isBusy());
    QCOMPARE(*m_store->inner.count().takeResult(), 20);

    tab->store().setWritable(true);
    m_window->findChild<QAction *>(u"deleteShown"_s)->trigger();
    QTRY_VERIFY(dialog());
    auto *go = dialog()->findChild<QPushButton *>(u"go"_s);
    auto *name = dialog()->findChild<QLineEdit *>();
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(name, u"sho"_s);
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(name, u"p"_s);
    QVERIFY(go->isEnabled());
    dialog()->reject();
    QCOMPARE(*m_store->inner.count().takeResult(), 20);
}

void InspectorWindow::filterByUserShowsTheDeadOnesToo()
{
    StoreTab *tab = openTab(40);
    SessionQuery query;
    query.user = u"eva"_s;
    const auto page = m_store->inner.list(query).takeResult();
    QVERIFY(m_store->inner.remove(page->records.first().key, SessionStore::Removal::User).takeResult());
    auto *user = tab->findChild<QLineEdit *>();
    QTest::keyClicks(user, u"eva"_s);
    QTest::keyClick(user, Qt::Key_Return);
    QTRY_COMPARE(tab->model().rowCount(), int(page->total));
    QCOMPARE(tab->model().shown(), page->total - 1);
    tab->view().selectRow(tab->model().rowCount() - 1);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(std::ranges::any_of(panel->findChildren<QLabel *>(),
                                    [](QLabel *label) { return label->text().contains(u"revoked (by user)"); }));
}

void InspectorWindow::stateFilterIsRememberedForItsStoreAndNothingAboutPeople()
{
    m_store = std::make_shared<FakeStore>(5);
    const Connection connection = Connection::forUrl(u"live:remembered"_s);
    SessionFilter filter;
    filter.user = u"ann"_s;
    filter.state = SessionFilter::Living;
    filter.text = u"a secret"_s;
    m_window->addTab(connection, m_store, false)->setFilter(filter);

    m_window = std::make_unique<MainWindow>();
    filter = {};
    filter.state = SessionFilter::Living;
    QVERIFY(m_window->addTab(connection, m_store, false)->model().filter() == filter);
    QVERIFY(m_window->addTab(Connection::forUrl(u"live:another"_s), m_store, false)->model().filter().isEmpty());
}

void InspectorWindow::exportIsOfferedForWhatCanBeExportedOnly()
{
    StoreTab *tab = openTab(10);
    auto *action = m_window->findChild<QAction *>(u"exportShown"_s);
    QTRY_VERIFY(action->isEnabled());
    for (const auto state : {SessionFilter::Ended, SessionFilter::Quarantined}) {
        SessionFilter filter;
        filter.state = state;
        tab->setFilter(filter);
        QTRY_COMPARE(tab->model().status(), SessionModel::Status::Ready);
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(u"export"_s));
    }
    tab->clearFilter();
    QTRY_VERIFY(action->isEnabled());
}

void InspectorWindow::exportOfASearchHoldsWhatWasFound()
{
    StoreTab *tab = openTab(30);
    SessionFilter filter;
    filter.text = u"access_token"_s;
    tab->setFilter(filter);
    auto *action = m_window->findChild<QAction *>(u"exportShown"_s);
    QVERIFY(!action->isEnabled());
    QTRY_VERIFY(action->isEnabled());
    QCOMPARE(tab->model().shown(), 10);
    action->trigger();
    QTemporaryDir folder;
    const QString file = folder.filePath(u"found.jsonl"_s);
    Q_EMIT dialog<QFileDialog>()->fileSelected(file);
    QTRY_VERIFY(QFile::exists(file));
    QFile exported(file);
    QVERIFY(exported.open(QIODevice::ReadOnly));
    const QByteArray text = exported.readAll();
    for (const SessionKey &key : tab->model().loadedKeys())
        QVERIFY(text.contains(key.toLatin1()));
    QCOMPARE(text.count("access_token"), 10);
    QCOMPARE(text.count('\n'), 12); // with the lines that begin and end it
    dialog<QFileDialog>()->close();
}

void InspectorWindow::exportReplacesNoDatabase()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"sessions.json"_s), log = folder.filePath(u"log.json"_s);
    const QString other = folder.filePath(u"other.json"_s); // as it may be that of an application with a live tab
    makeStoreFile(file);
    makeStoreFile(other);
    m_window->open(Connection::forUrl(u"sqlite:"_s + file));
    StoreTab *tab = m_window->currentTab();
    QTRY_COMPARE(tab->model().rowCount(), 1);
    QVERIFY(QFile::exists(file + u"-wal"_s) && QFile::link(file + u"-wal"_s, log));
    auto *action = m_window->findChild<QAction *>(u"exportShown"_s);
    QTRY_VERIFY(action->isEnabled());
    for (const QString &target : {file, log, other}) {
        const auto bytes = [&target] {
            QFile present(target);
            return present.open(QIODevice::ReadOnly) ? present.readAll() : QByteArray();
        };
        const QByteArray before = bytes();
        action->trigger();
        Q_EMIT dialog<QFileDialog>()->fileSelected(target);
        auto *message = tab->findChild<QLabel *>(u"message"_s);
        QTRY_VERIFY(message->isVisible() && message->text().contains(u"SQLite database"_s));
        QCOMPARE(bytes(), before);
        tab->showMessage({}, false);
        dialog<QFileDialog>()->close();
        QTRY_VERIFY(!dialog<QFileDialog>());
    }
}

/// To close a descriptor of a file drops the locks that SQLite has on it in this process (fcntl(2)), and another one would take
/// away the log.
void InspectorWindow::lookAtADatabaseKeepsItsLocks()
{
#ifdef Q_OS_LINUX
    QTemporaryDir folder;
    const QString file = folder.filePath(u"sessions.json"_s);
    makeStoreFile(file);
    m_window->open(Connection::forUrl(u"sqlite:"_s + file));
    StoreTab *tab = m_window->currentTab();
    QTRY_COMPARE(tab->model().rowCount(), 1);
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(file).constData(), &status), 0);
    const auto locks = [inode = ':' + QByteArray::number(qulonglong(status.st_ino)) + ' '] {
        QFile all(u"/proc/locks"_s);
        return all.open(QIODevice::ReadOnly) ? all.readAll().count(inode) : 0;
    };
    QVERIFY(locks() > 0);
    auto *action = m_window->findChild<QAction *>(u"exportShown"_s);
    QTRY_VERIFY(action->isEnabled());
    action->trigger();
    Q_EMIT dialog<QFileDialog>()->fileSelected(file);
    QTRY_VERIFY(tab->findChild<QLabel *>(u"message"_s)->text().contains(u"SQLite database"_s));
    dialog<QFileDialog>()->close();
    QVERIFY(locks() > 0);
#else
    QSKIP("Only Linux tells what is locked.");
#endif
}

void InspectorWindow::selectionOfRowsThatAreNotLoadedIsWhole()
{
    StoreTab *tab = openTab(4000);
    SessionModel &model = tab->model();
    QVERIFY(!model.row(2000));
    QItemSelection selection(model.index(1500, 0), model.index(2999, 0));
    selection.merge(QItemSelection(model.index(10, 0), model.index(12, 0)), QItemSelectionModel::Select);
    tab->view().selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QVERIFY(tab->view().isSelectionPartlyKnown());

    QSet<SessionKey> expected;
    for (const auto &[offset, limit] : {std::pair(10, 3), std::pair(1500, 1500)}) {
        SessionQuery query = model.query();
        query.offset = offset;
        query.limit = limit;
        const auto page = m_store->inner.list(query).takeResult();
        for (const SessionRecord &record : page->records)
            expected.insert(record.key);
    }
    QCOMPARE(expected.size(), 1503);
    QCOMPARE(selectedOf(*tab), expected);
    model.setVisibleRows(2000, 2030); // some of them are loaded meanwhile
    QTRY_VERIFY(model.row(2000));
    QCOMPARE(selectedOf(*tab), expected);
    QCOMPARE(tab->view().selectionModel()->selectedRows().size(), 1503);

    tab->view().selectAll();
    QCOMPARE(selectedOf(*tab).size(), 4000);
    tab->actions().remove(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    QVERIFY(dialog()->findChild<QPushButton *>(u"go"_s)->text().contains(Format::number(4000)));
    dialog()->reject();
}

void InspectorWindow::selectionByKeysReachesRowsThatAreNotLoaded()
{
    for (const int delay : {0, 20}) {
        StoreTab *tab = openTab(900);
        m_store->delay = delay;
        tab->view().setFocus();
        tab->view().selectRow(3);
        QTest::keyClick(&tab->view(), Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(tab->model().row(899));
        QTest::qWait(100);
        QCOMPARE(tab->view().selectionModel()->selectedRows().size(), 897);
        QCOMPARE(selectedOf(*tab).size(), 897);
        // Shift goes on from where it began, as in any list.
        QTest::keyClick(&tab->view(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(selectedOf(*tab).size(), 896);
        QTest::keyClick(&tab->view(), Qt::Key_Home);
        const int page = int(selectedOf(*tab).size());
        QCOMPARE(page, 1);
        QTest::keyClick(&tab->view(), Qt::Key_PageDown, Qt::ShiftModifier);
        QVERIFY(selectedOf(*tab).contains(tab->model().row(0)->info.key));
        QTest::keyClick(&tab->view(), Qt::Key_End);
        QTRY_VERIFY(tab->model().row(899));
        QTest::keyClick(&tab->view(), Qt::Key_PageUp, Qt::ShiftModifier);
        const qsizetype onPage = selectedOf(*tab).size();
        QVERIFY2(onPage > 3 && onPage < 60, qPrintable(QString::number(onPage)));
        QTest::keyClick(&tab->view(), Qt::Key_End);
        QTRY_COMPARE(tab->view().selectedKeys(), QList{tab->model().row(899)->info.key});
        QTRY_VERIFY(m_window->findChild<DetailPanel *>()->record()
                    && m_window->findChild<DetailPanel *>()->record()->key == tab->model().row(899)->info.key);
    }
}

/// Rows far from what is in view are forgotten; what was selected of them is not.
void InspectorWindow::selectionFarFromWhatIsInViewIsWhole()
{
    StoreTab *tab = openTab(9000);
    SessionModel &model = tab->model();
    tab->view().selectionModel()->select(QItemSelection(model.index(3, 0), model.index(5, 0)),
                                         QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    const QSet<SessionKey> chosen = selectedOf(*tab);
    QCOMPARE(chosen.size(), 3);
    for (int row = 1000; row < 9000 && model.row(4); row += 100) {
        model.setVisibleRows(row, row + 99);
        QTRY_VERIFY(model.row(row) && model.row(row + 99));
    }
    QVERIFY(!model.row(4));
    QCOMPARE(selectedOf(*tab), chosen);
}

void InspectorWindow::exportOfEndedSessionsWritesNothing()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(3)->info.key;
    tab->view().selectRow(3);
    QVERIFY(m_store->inner.remove(key, SessionStore::Removal::Destroyed).takeResult());
    QTRY_VERIFY(tab->model().row(3)->isGhost());
    QTemporaryDir folder;
    const QString file = folder.filePath(u"selected.json"_s);
    m_window->findChild<QAction *>(u"exportSelected"_s)->trigger();
    Q_EMIT dialog<QFileDialog>()->fileSelected(file);
    dialog<QFileDialog>()->close();
    QTRY_VERIFY(std::ranges::any_of(tab->findChildren<QLabel *>(),
                                    [](QLabel *label) { return label->text().contains(u"nothing to export"_s); }));
    QVERIFY(!QFile::exists(file));
}

void InspectorWindow::importShowsWhatItWouldDoAndDoesIt()
{
    openTab(10);
    QTemporaryDir folder;
    const QString file = folder.filePath(u"monday.json"_s);
    auto other = std::make_shared<MemoryStore>();
    const QList<SessionKey> keys = fillWithSamples(*other, 5);
    SessionRecord present = *other->load(keys[2]).takeResult();
    bool written = false;
    exportToFile(other, file).then(this, [&](const Result<ExportSummary> &result) { written = result.has_value(); });
    QTRY_VERIFY(written);
    present.version += 7;
    QVERIFY(m_store->inner.create(present).takeResult());

    const auto ask = [&] {
        m_window->findChild<QAction *>(u"importSnapshot"_s)->trigger();
        Q_EMIT dialog<QFileDialog>()->fileSelected(file);
        dialog<QFileDialog>()->close();
        [&] { QTRY_VERIFY(m_window->findChild<QDialog *>(u"importPreview"_s)); }();
        return m_window->findChild<QDialog *>(u"importPreview"_s);
    };
    QDialog *preview = ask();
    auto *list = preview->findChild<QTreeWidget *>();
    QCOMPARE(list->topLevelItemCount(), 5);
    const auto listed = list->findItems(Format::shortKey(present.key), Qt::MatchExactly);
    QCOMPARE(listed.size(), 1);
    QVERIFY(listed.first()->text(5).contains(u"newer"_s));
    QVERIFY(button(preview, u"replacing 1"_s));
    preview->reject();
    QCOMPARE(*m_store->inner.count().takeResult(), 11); // looking writes nothing
    QTRY_VERIFY(!m_window->findChild<QDialog *>(u"importPreview"_s));

    button(ask(), u"4 new"_s)->click();
    QTRY_COMPARE(*m_store->inner.count().takeResult(), 15);
    QCOMPARE(m_store->inner.load(present.key).takeResult()->version, present.version); // skipped
    QTRY_VERIFY(!m_window->findChild<QDialog *>(u"importPreview"_s));
    preview = ask();
    QVERIFY(!button(preview, u" new"_s)->isEnabled());
    button(preview, u"replacing 5"_s)->click();
    QTRY_VERIFY(m_store->inner.load(present.key).takeResult()->version != present.version);
    QCOMPARE(*m_store->inner.count().takeResult(), 15);
}

void InspectorWindow::findByCookieSelectsTheSessionAndForgetsTheCookie()
{
    StoreTab *tab = openTab(30);
    const SessionId id = SessionId::generate();
    SessionRecord record = sampleSession(4, m_store->now());
    record.key = id.key();
    QVERIFY(m_store->inner.create(record).takeResult());
    tab->findByCookie();
    auto *ask = dialog<QInputDialog>();
    QVERIFY(ask);
    QCOMPARE(ask->textEchoMode(), QLineEdit::Password);
    ask->setTextValue(u"id=%1;"_s.arg(QString::fromLatin1(id.toCookieValue())));
    ask->accept();
    QTRY_COMPARE(tab->view().currentKey(), std::optional(record.key));
    QTRY_COMPARE(tab->model().rowCount(), 1);
    QVERIFY(!m_window->log().toText().contains(id.toCookieValue()));
}

void InspectorWindow::storeThatDiesAndReturnsIsShownAgain()
{
    StoreTab *tab = openTab(15);
    m_store->becomeUnreachable();
    QTRY_COMPARE(tab->store().state(), OpenStore::State::Lost);
    tab->refresh();
    QCOMPARE(tab->model().rowCount(), 15); // what was seen stays
    QVERIFY(!dialog());           // nothing interrupts
    m_store->comeBack();
    QTRY_COMPARE(tab->store().state(), OpenStore::State::Connected);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Ready);
    QTRY_COMPARE(tab->model().rowCount(), 15);
    QVERIFY(tab->model().row(0));
}

void InspectorWindow::addressOfAStoreThatIsNotThereCanBeCorrected()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"sessions.db"_s);
    {
        auto store = storeFromUrl(u"sqlite:"_s + file);
        for (int i = 0; i < 3; ++i)
            QVERIFY((*store)->waitFor((*store)->create(sampleSession(i, (*store)->now()))));
    }
    auto lost = std::make_shared<FakeStore>(0);
    lost->becomeUnreachable();
    Connection wrong = Connection::forUrl(u"sqlite:"_s + folder.filePath(u"wrong.db"_s));
    wrong.name = u"shop"_s;
    StoreTab *tab = m_window->addTab(wrong, lost, false);
    QTRY_COMPARE(tab->store().state(), OpenStore::State::Lost);
    const auto buttons = tab->findChildren<QPushButton *>();
    const auto edit = std::ranges::find_if(buttons, [](QPushButton *button) {
        return button->isVisible() && button->text() == StoreTab::tr("Edit connection…");
    });
    QVERIFY(edit != buttons.end());
    (*edit)->click();
    auto *connection = dialog<ConnectionDialog>();
    QVERIFY(connection);
    const auto fields = connection->findChildren<QLineEdit *>();
    const auto path = std::ranges::find_if(fields, [](QLineEdit *field) { return field->text().endsWith(u"wrong.db"_s); });
    QVERIFY(path != fields.end());
    (*path)->setText(file);
    connection->accept();
    QTRY_VERIFY(m_window->currentTab() && m_window->currentTab() != tab);
    QTRY_COMPARE(m_window->currentTab()->model().rowCount(), 3);
    QCOMPARE(m_window->currentTab()->store().name(), u"shop"_s);
    QCOMPARE(m_window->findChild<QTabWidget *>(u"storeTabs"_s)->count(), 1);
}

/// Applications may allow more than is usual; what such a one wrote is edited here like any other.
void InspectorWindow::sessionsOfAnySizeAreEditedAndBroughtBack()
{
    QTemporaryDir folder;
    const QString url = u"sqlite:"_s + folder.filePath(u"sessions.db"_s);
    {
        auto store = *storeFromUrl(url);
        store->setSizeLimit(2 * SessionStore::DefaultSizeLimit);
        SessionRecord large = sampleSession(0, store->now());
        large.data.insert("report"_L1, QString(SessionStore::DefaultSizeLimit + 1, u'x'));
        large.updateCounts();
        QVERIFY(store->waitFor(store->create(large)));
    }
    m_window->open(Connection::forUrl(url));
    StoreTab *tab = m_window->currentTab();
    QVERIFY(tab && tab->store().isWritable());
    QTRY_COMPARE(tab->model().rowCount(), 1);
    SessionChange change;
    change.set("seen", "true");
    tab->editor().apply(u"edit"_s, Edit::changing(tab->model().row(0)->info, change));
    QTRY_COMPARE(tab->editor().stack().count(), 1);
    const SessionKey key = tab->model().row(0)->info.key;
    SessionStore &store = *tab->store().reader();
    tab->editor().apply(u"delete"_s, Edit::removing(*store.waitFor(store.load(key))));
    QTRY_COMPARE(tab->editor().stack().count(), 2);
    QVERIFY(!store.waitFor(store.load(key)));
    tab->editor().undo();
    QTRY_VERIFY(!tab->editor().isBusy());
    const auto again = store.waitFor(store.load(key));
    QVERIFY(again && again->size > SessionStore::DefaultSizeLimit);
}

void InspectorWindow::storesThatWereOpenAreOpenedAgain()
{
    QTemporaryDir folder;
    const QString there = folder.filePath(u"there.db"_s), gone = folder.filePath(u"gone.db"_s);
    for (const QString &file : {there, gone}) {
        makeStoreFile(file);
        m_window->open(Connection::forUrl(u"sqlite:"_s + file));
        QTRY_COMPARE(m_window->currentTab()->store().state(), OpenStore::State::Connected);
    }
    m_window->addTab(Connection::forUrl(u"live:no-such-application"_s), std::make_shared<FakeStore>(1), false);
    auto memory = std::make_shared<MemoryStore>();
    fillWithSamples(*memory, 2);
    for (const QString &name : {u"monday.json"_s, u"friday.json"_s}) {
        bool written = false;
        exportToFile(memory, folder.filePath(name)).then(this, [&](const Result<ExportSummary> &result) {
            written = result.has_value();
        });
        QTRY_VERIFY(written);
        m_window->open(Connection::forUrl(folder.filePath(name)));
        QTRY_COMPARE(m_window->currentTab()->store().name(), name); // each in a tab of its own
    }
    m_window->close();
    m_window = std::make_unique<MainWindow>();
    for (const QString &rest : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(gone + rest);
    m_window->openAgain();
    auto *tabs = m_window->findChild<QTabWidget *>(u"storeTabs"_s);
    QTRY_COMPARE(tabs->count(), 3);
    QCOMPARE(static_cast<StoreTab *>(tabs->widget(0))->store().connection().url, u"sqlite:"_s + there);
    QVERIFY(!dialog());
    QVERIFY(!QFile::exists(gone));
    m_window->close(); // so that no other test finds it
    Settings::remove({});
}

void InspectorWindow::snapshotOpensReadOnly()
{
    QTemporaryDir folder;
    auto store = std::make_shared<MemoryStore>();
    fillWithSamples(*store, 12);
    const QString file = folder.filePath(u"monday.json"_s);
    bool written = false;
    exportToFile(store, file).then(this, [&](const Result<ExportSummary> &result) { written = result.has_value(); });
    QTRY_VERIFY(written);
    m_window->open(Connection::forUrl(file));
    QTRY_VERIFY(m_window->currentTab());
    StoreTab *tab = m_window->currentTab();
    QTRY_COMPARE(tab->model().rowCount(), 12);
    QVERIFY(!tab->store().canBeWritable());
    tab->store().setWritable(true);
    QVERIFY(!tab->store().isWritable());
}

void InspectorWindow::sessionPanelReturnsAfterACloseWithoutAStore()
{
    m_window->close();
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    auto *panel = m_window->findChild<QDockWidget *>(u"session"_s);
    QVERIFY(panel->isHidden());
    openTab(3);
    QVERIFY(panel->isVisible());
}

void InspectorWindow::selectionStaysOnTheSessionWhenRowsCome()
{
    StoreTab *tab = openTab(30);
    tab->model().sort(SessionModel::Created, Qt::DescendingOrder);
    QTRY_COMPARE(tab->model().rowCount(), 30);
    tab->view().selectRow(4);
    const auto key = tab->view().currentKey();
    QVERIFY(key);
    SessionRecord record = sampleSession(4, m_store->now());
    record.createdAt = m_store->now();
    QVERIFY(m_store->inner.create(record).takeResult());
    QTRY_COMPARE(tab->model().rowCount(), 31);
    QCOMPARE(tab->view().currentKey(), key);
    QCOMPARE(tab->view().selectionModel()->selectedRows().size(), 1);
    QCOMPARE(tab->model().row(tab->view().selectionModel()->selectedRows().first().row())->info.key, *key);
}

void InspectorWindow::everyActionHasATextAndWidgetsHaveNames()
{
    openTab(3);
    for (QMenu *menu : m_window->menuBar()->findChildren<QMenu *>()) {
        for (QAction *action : menu->actions())
            QVERIFY(action->isSeparator() || !action->text().isEmpty());
    }
    for (QAbstractItemView *view : m_window->findChildren<QAbstractItemView *>()) {
        if (view->isVisible() && !qobject_cast<QHeaderView *>(view))
            QVERIFY2(!view->accessibleName().isEmpty(), view->metaObject()->className());
    }
    for (QLineEdit *edit : m_window->findChildren<QLineEdit *>()) {
        if (edit->isVisible())
            QVERIFY(!edit->accessibleName().isEmpty());
    }
}

QTEST_MAIN(InspectorWindow)

#include "tst_inspectorwindow.moc"
