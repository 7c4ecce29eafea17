// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/conflictdialog.h"
#include "edit/expirydialog.h"
#include "look/format.h"
#include "look/theme.h"
#include "overview/overview.h"
#include "session/comparedialog.h"
#include "session/detailpanel.h"
#include "snapshot/snapshotactions.h"
#include "store/connectiondialog.h"
#include "store/storelist.h"
#include "tab/storetabs.h"
#include "table/sessionview.h"

#include <QtCore/QDir>
#include <QtCore/QMimeData>
#include <QtCore/QProcess>
#include <QtCore/QSettings>
#include <QtCore/QTranslator>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QDropEvent>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QWidgetAction>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What people see, hear and reach: windows, names, contrast, languages.
class InspectorLook : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void tabMovesToAWindowOfItsOwnAndBack();
    void tabDraggedOutOfTheBarGetsAWindow();
    void undoGoesOnInTheNewWindow();
    void tornOffWindowRemembersItsLayoutApart();
    void sideBarSaysWhatToDoFirst();
    void filterSetFromElsewhereLooksAsIfTyped();
    void columnsAreChosenFromTheMenu();
    void headersAreNotCutOff_data();
    void headersAreNotCutOff();
    void comparisonShowsWhatDiffersInside();
    void comparingStoresSumsUpWhatIsNewAndWhatVanished();
    void lostStoreSaysWhyOnce();
    void secretsStayHiddenAtAnyDepth();
    void hiddenValuesSurviveAnEditOfTheJson();
    void escapeLeavesTheJsonAndNotTheFilter();
    void failedEditIsSaidBelowTheTree();
    void endedSessionOpensItsTimeLineAndALivingOneGoesBack();
    void droppedSnapshotOpens();
    void editedConnectionStillAsksForItsPassword();
    void applicationOnAnotherMachineIsProduction();
    void colourSchemeMayChangeWhileItRuns();
    void comparingWithTheSessionSeenBefore();
    void returnGoesToTheAttributes();
    void coloursHaveContrast_data();
    void coloursHaveContrast();
    void iconsAreSharpAtAnyScale();
    void everyInteractiveWidgetHasAName();
    void keyboardStopsAtWhatOneSees();
    void dialogsHaveNames();
    void everyActionIsInAMenu();
    void shortcutsAreNotAmbiguous();
    void cellsSpeakWithTheirColumn();
    void errorsOfTheLibrarySpeakTheLanguage();
    void translationsAreComplete_data();
    void translationsAreComplete();
    void everyTextIsInTheTranslations();

private:
    StoreTab *openTab(int sessions, const QString &name = u"shop"_s)
    {
        return WindowTest::openTab(sessions, Connection::Development, name, 0);
    }
};

void InspectorLook::tabMovesToAWindowOfItsOwnAndBack()
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

void InspectorLook::tabDraggedOutOfTheBarGetsAWindow()
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

void InspectorLook::undoGoesOnInTheNewWindow()
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

void InspectorLook::tornOffWindowRemembersItsLayoutApart()
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

void InspectorLook::sideBarSaysWhatToDoFirst()
{
    auto *list = m_window->findChild<StoreList *>();
    QTreeWidgetItem *hint = list->topLevelItem(0)->child(0);
    QVERIFY(hint->flags() & Qt::ItemIsSelectable); // reached by keyboard
    list->setCurrentItem(hint);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(hint).center());
    QVERIFY(dialog<ConnectionDialog>());
    dialog<ConnectionDialog>()->reject();
}

void InspectorLook::filterSetFromElsewhereLooksAsIfTyped()
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

void InspectorLook::columnsAreChosenFromTheMenu()
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

void InspectorLook::headersAreNotCutOff_data()
{
    QTest::addColumn<QString>("language");
    for (const auto language : {"en", "de", "fr", "zh_CN"})
        QTest::newRow(language) << QString::fromLatin1(language);
}

void InspectorLook::headersAreNotCutOff()
{
    QFETCH(QString, language);
    QTranslator translator;
    QVERIFY(translator.load(u":/i18n/sojourn_%1.qm"_s.arg(language)));
    Settings::remove(u"columns"_s);
    qApp->installTranslator(&translator);
    const StoreTab *tab = openTab(3);
    const auto *header = const_cast<StoreTab *>(tab)->view().horizontalHeader();
    for (int column = 0; column < SessionModel::ColumnCount; ++column) {
        if (!header->isSectionHidden(column))
            QVERIFY2(header->sectionSize(column) >= header->sectionSizeHint(column), qPrintable(QString::number(column)));
    }
    m_window.reset();
    qApp->removeTranslator(&translator);
}

void InspectorLook::comparisonShowsWhatDiffersInside()
{
    SessionRecord left = sampleSession(4, systemNow());
    left.data.insert(u"cart"_s, QJsonArray{QJsonObject{{u"sku"_s, u"A"_s}, {u"count"_s, 1}}});
    left.data.insert(u"provider"_s, QJsonObject{{u"token"_s, u"hidden-1"_s}, {u"issuer"_s, u"x"_s}});
    SessionRecord right = left;
    right.data.insert(u"cart"_s, QJsonArray{QJsonObject{{u"sku"_s, u"A"_s}, {u"count"_s, 2}}});
    right.data.insert(u"provider"_s, QJsonObject{{u"token"_s, u"hidden-2"_s}, {u"issuer"_s, u"x"_s}});
    QTreeWidget table;
    QCOMPARE(fillComparison(&table, {u"a"_s, u"b"_s}, {left.data.toJson(), right.data.toJson()}, true), 2);
    QStringList seen;
    for (QTreeWidgetItemIterator it(&table); *it; ++it) {
        seen << u"%1=%2|%3"_s.arg((*it)->text(0), (*it)->text(1), (*it)->text(2));
        for (int column = 0; column < 3; ++column)
            QVERIFY(!(*it)->toolTip(column).contains(u"hidden"));
        QVERIFY((*it)->data(0, Qt::AccessibleTextRole).toString().contains(u"differs"));
    }
    QCOMPARE(seen, (QStringList{u"cart=[1 item]|[1 item]"_s, u"0={2 names}|{2 names}"_s, u"count=1|2"_s,
                                u"provider={2 names}|{2 names}"_s, u"token=••••••••|••••••••"_s}));
}

void InspectorLook::comparingStoresSumsUpWhatIsNewAndWhatVanished()
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

void InspectorLook::lostStoreSaysWhyOnce()
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

/// A session with secrets inside objects and lists, selected.
static SessionKey addSecretive(FakeStore &store, StoreTab &tab)
{
    SessionRecord record = sampleSession(4, store.now());
    record.data.insert(u"provider"_s, QJsonObject{{u"token"_s, u"deep-secret"_s}, {u"issuer"_s, u"idp"_s}});
    record.data.insert(u"api_keys"_s, QJsonArray{u"first-secret"_s, u"second-secret"_s});
    record.updateCounts();
    (void)store.inner.create(record).takeResult();
    SessionFilter filter;
    filter.keyPrefix = record.key.toLatin1();
    tab.setFilter(filter);
    [&] { QTRY_COMPARE(tab.model().rowCount(), 1); }();
    tab.view().select(record.key);
    return record.key;
}

void InspectorLook::secretsStayHiddenAtAnyDepth()
{
    StoreTab *tab = openTab(3);
    addSecretive(*m_store, *tab);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record() && panel->record()->data.contains("provider"));
    auto *json = panel->findChild<QPlainTextEdit *>();
    QVERIFY(json->toPlainText().contains(u"idp"));
    QVERIFY(!json->toPlainText().contains(u"secret\""));
    panel->showAttribute(u"provider"_s);
    for (QAction *action : panel->findChild<QTreeView *>(u"attributes"_s)->actions()) {
        if (action->shortcut() == QKeySequence(QKeySequence::Copy))
            action->trigger();
    }
    QVERIFY(QApplication::clipboard()->text().contains(u"idp"));
    QVERIFY(!QApplication::clipboard()->text().contains(u"deep-secret"));
    for (QAction *action : panel->findChild<QTreeView *>(u"attributes"_s)->actions()) {
        if (action->isCheckable())
            action->trigger();
    }
    QVERIFY(json->toPlainText().contains(u"deep-secret"));
}

void InspectorLook::hiddenValuesSurviveAnEditOfTheJson()
{
    StoreTab *tab = openTab(3);
    const SessionKey key = addSecretive(*m_store, *tab);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record() && panel->record()->data.contains("provider"));
    panel->findChild<QTabWidget *>()->setCurrentIndex(1);
    auto *json = panel->findChild<QPlainTextEdit *>();
    const auto apply = [&](const QString &text) {
        json->setPlainText(text);
        for (QPushButton *button : panel->findChildren<QPushButton *>()) {
            if (button->text() == "&Apply"_L1)
                button->click();
        }
    };
    const QString shown = json->toPlainText();
    apply(QString(shown).replace(u"\"idp\""_s, u"\"other\""_s));
    const auto value = [&](const char *name) { return m_store->inner.load(key).takeResult()->data.json(name).toByteArray(); };
    QTRY_VERIFY(value("provider").contains("other"));
    QVERIFY(value("provider").contains("deep-secret"));
    QVERIFY(value("api_keys").contains("first-secret"));

    // A list that lost one of two masks: what the other one stands for stays.
    QTRY_VERIFY(json->toPlainText().contains(u"other"));
    QTRY_VERIFY(!tab->editor().isBusy());
    QString shorter = json->toPlainText();
    const auto at = shorter.indexOf(Format::Mask, shorter.indexOf(u"api_keys"));
    shorter.remove(at - 1, shorter.indexOf(Format::Mask, at + 1) - at);
    apply(shorter);
    QTRY_VERIFY(!value("api_keys").contains("first-secret"));
    QVERIFY(value("api_keys").contains("second-secret"));
}

void InspectorLook::escapeLeavesTheJsonAndNotTheFilter()
{
    StoreTab *tab = openTab(3);
    addSecretive(*m_store, *tab);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record() && panel->record()->data.contains("provider"));
    panel->findChild<QTabWidget *>()->setCurrentIndex(1);
    auto *json = panel->findChild<QPlainTextEdit *>();
    const QString before = json->toPlainText();
    json->setFocus();
    QTest::keyClicks(json, u"oops"_s);
    QVERIFY(json->toPlainText() != before);
    QCOMPARE(json->extraSelections().size(), 1); // the fault is marked at its line
    QCOMPARE(json->extraSelections().first().cursor.blockNumber(), 0);
    QTest::keyClick(json, Qt::Key_Escape);
    QCOMPARE(json->toPlainText(), before);
    QVERIFY(json->extraSelections().isEmpty());
    QVERIFY(!tab->model().filter().isEmpty());
}

void InspectorLook::failedEditIsSaidBelowTheTree()
{
    StoreTab *tab = openTab(5);
    tab->view().selectRow(1);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record());
    m_store->broken.insert(panel->record()->key);
    panel->showAttribute(u"theme"_s);
    auto *tree = panel->findChild<QTreeView *>(u"attributes"_s);
    tree->edit(tree->currentIndex());
    auto *editor = tree->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(u"sepia"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    const auto said = [panel] {
        return std::ranges::any_of(panel->findChildren<QLabel *>(), [](QLabel *label) {
            return label->isVisible() && label->text().contains(u"Not saved: The session would be too large.");
        });
    };
    QTRY_VERIFY(said());
    panel->showAttribute(u"visits"_s);
    QVERIFY(!said()); // it belongs to the other one
}

void InspectorLook::endedSessionOpensItsTimeLineAndALivingOneGoesBack()
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

void InspectorLook::droppedSnapshotOpens()
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

void InspectorLook::editedConnectionStillAsksForItsPassword()
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

void InspectorLook::applicationOnAnotherMachineIsProduction()
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

void InspectorLook::colourSchemeMayChangeWhileItRuns()
{
    const QPalette before = qApp->palette();
    openTab(3);
    m_window->currentTab()->store().setWritable(false);
    const QIcon icon = Theme::icon(u"refresh"_s);
    QImage pictures[2];
    for (const bool dark : {false, true}) {
        qApp->setPalette(Theme::palette(dark));
        QTest::qWait(20);
        pictures[dark] = m_window->grab().toImage();
        int lightPixels = 0;
        const QImage drawn = icon.pixmap(QSize(32, 32)).toImage();
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x)
                lightPixels += drawn.pixelColor(x, y).alpha() > 200 && drawn.pixelColor(x, y).lightness() > 128;
        }
        QCOMPARE(lightPixels > 0, dark); // strokes have the colour of text
    }
    const auto lightness = [](const QImage &image) {
        return image.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixelColor(0, 0).lightness();
    };
    QVERIFY(lightness(pictures[0]) > 180);
    QVERIFY(lightness(pictures[1]) < 80);
    qApp->setPalette(before);
}

void InspectorLook::comparingWithTheSessionSeenBefore()
{
    StoreTab *tab = openTab(20);
    auto *compare = m_window->findChild<QAction *>(u"compare"_s);
    const auto seek = [&](int number) {
        SessionFilter filter;
        filter.keyPrefix = m_store->keys[number].toLatin1();
        tab->setFilter(filter);
        [&] { QTRY_COMPARE(tab->model().rowCount(), 1); }();
        tab->view().select(m_store->keys[number]);
    };
    seek(3);
    QVERIFY(!compare->isEnabled());
    seek(8); // the other one is no longer in the table
    QVERIFY(compare->isEnabled());
    QVERIFY(compare->text().contains(Format::shortKey(m_store->keys[3])));
    compare->trigger();
    QTRY_VERIFY(dialog<CompareSessionsDialog>());
    auto *table = dialog<CompareSessionsDialog>()->findChild<QTreeWidget *>();
    QVERIFY(table->headerItem()->text(1).startsWith(Format::shortKey(m_store->keys[3])));
    QVERIFY(table->headerItem()->text(2).startsWith(Format::shortKey(m_store->keys[8])));
    dialog<CompareSessionsDialog>()->close();
}

void InspectorLook::returnGoesToTheAttributes()
{
    StoreTab *tab = openTab(5);
    tab->view().selectRow(1);
    QTRY_VERIFY(m_window->findChild<DetailPanel *>()->record());
    m_window->findChild<QDockWidget *>(u"session"_s)->hide();
    tab->view().setFocus();
    QTest::keyClick(&tab->view(), Qt::Key_Return);
    auto *tree = m_window->findChild<DetailPanel *>()->findChild<QTreeView *>(u"attributes"_s);
    QVERIFY(tree->isVisible());
    QVERIFY(tree->currentIndex().isValid());
    QCOMPARE(m_window->focusWidget(), tree);
}

/// Contrast as WCAG 2 reckons it.
static double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

static QColor over(const QColor &top, const QColor &below)
{
    const auto mix = [alpha = top.alphaF()](float a, float b) { return a * alpha + b * (1 - alpha); };
    return QColor::fromRgbF(mix(top.redF(), below.redF()), mix(top.greenF(), below.greenF()), mix(top.blueF(), below.blueF()));
}

void InspectorLook::coloursHaveContrast_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void InspectorLook::coloursHaveContrast()
{
    QFETCH(bool, dark);
    const QPalette before = qApp->palette();
    const QPalette palette = Theme::palette(dark);
    qApp->setPalette(palette);
    using enum Theme::Colour;
    const QList<Theme::Colour> colours{Accent, Muted, Good, Warning, Bad, JsonName, JsonString, JsonNumber, JsonKeyword};
    for (const auto role : {QPalette::Base, QPalette::Window})
        QVERIFY2(contrast(Theme::colour(Outline), palette.color(role)) >= 3, qPrintable(palette.color(role).name()));
    const auto check = [](const QColor &text, const QColor &on, double least, const QString &what) {
        QVERIFY2(contrast(text, on) >= least,
                 qPrintable(u"%1: %2 on %3 is %4"_s.arg(what, text.name(), on.name()).arg(contrast(text, on))));
    };
    for (const auto role : {QPalette::Base, QPalette::AlternateBase, QPalette::Window}) {
        for (int i = 0; i < colours.size(); ++i)
            check(Theme::colour(colours[i]), palette.color(role), 4.5, u"colour %1"_s.arg(i));
        check(palette.color(QPalette::Text), palette.color(role), 7, u"text"_s);
        check(palette.color(QPalette::Link), palette.color(role), 4.5, u"link"_s);
        for (const QColor &marker : Theme::markers()) // a dot is no text
            check(marker, palette.color(role), 3, u"marker"_s);
    }
    check(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base), 4.5, u"placeholder"_s);
    check(palette.color(QPalette::ButtonText), palette.color(QPalette::Button), 4.5, u"button"_s);
    check(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight), 4.5, u"selection"_s);
    check(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase), 4.5, u"tool tip"_s);
    // What lies on a tint: banners, cells that differ, cells that glow.
    for (QColor tint : Theme::markers() + QList{Theme::colour(Bad), Theme::colour(Accent)}) {
        tint.setAlphaF(0.16f);
        check(palette.color(QPalette::WindowText), over(tint, palette.color(QPalette::Window)), 4.5, u"banner"_s);
        check(palette.color(QPalette::Text), over(tint, palette.color(QPalette::Base)), 4.5, u"tint"_s);
    }
    QColor glow = Theme::colour(Accent);
    glow.setAlphaF(0.35f);
    check(palette.color(QPalette::Text), over(glow, palette.color(QPalette::Base)), 4.5, u"glow"_s);
    qApp->setPalette(before);
}

void InspectorLook::iconsAreSharpAtAnyScale()
{
    for (const QString &name : QDir(u":/icons"_s).entryList({u"*.svg"_s})) {
        const QIcon icon = Theme::icon(QFileInfo(name).baseName());
        for (const double scale : {1.0, 1.5, 2.0}) {
            const QPixmap pixmap = icon.pixmap(QSize(16, 16), scale);
            QCOMPARE(pixmap.width(), qRound(16 * scale)); // drawn at that size, not stretched to it
            QCOMPARE(pixmap.devicePixelRatio(), scale);
            QVERIFY2(!pixmap.toImage().convertToFormat(QImage::Format_Alpha8).allGray() || !pixmap.isNull(), qPrintable(name));
        }
    }
    QCOMPARE(Theme::dot(Qt::red).pixmap(QSize(16, 16), 2.0).width(), 32);
}

/// The name that a screen reader says.
static QString spokenName(QWidget *widget)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
    const QString spoken = accessible ? accessible->text(QAccessible::Name) : QString();
    return spoken.isEmpty() ? widget->accessibleName() : spoken; // a bar of tabs says its current tab, if any
}

static QStringList nameless(const QWidget &window)
{
    QStringList found;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy()
            || qobject_cast<QHeaderView *>(widget) || qobject_cast<QScrollArea *>(widget)
            || widget->objectName().startsWith("qt_"_L1))
            continue;
        const bool part = widget->parentWidget()
                       && (qobject_cast<QComboBox *>(widget->parentWidget())
                           || qobject_cast<QAbstractSpinBox *>(widget->parentWidget()));
        if (!part && spokenName(widget).isEmpty())
            found << u"%1 %2 in %3"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName(),
                                          QLatin1StringView(widget->parentWidget()->metaObject()->className()));
    }
    return found;
}

void InspectorLook::everyInteractiveWidgetHasAName()
{
    QVERIFY2(nameless(*m_window).isEmpty(), qPrintable(nameless(*m_window).join(u"; "_s))); // the welcome
    StoreTab *tab = openTab(20);
    tab->view().selectRow(0);
    for (const QString &dock : {u"overview"_s, u"activity"_s}) {
        m_window->findChild<QDockWidget *>(dock)->show();
        m_window->findChild<QDockWidget *>(dock)->raise();
        QTest::qWait(20);
        auto *pages = m_window->findChild<DetailPanel *>()->findChild<QTabWidget *>();
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            QVERIFY2(nameless(*m_window).isEmpty(), qPrintable(nameless(*m_window).join(u"; "_s)));
        }
    }
    for (QToolBar *bar : m_window->findChildren<QToolBar *>()) {
        for (QAction *action : bar->actions())
            QVERIFY(action->isSeparator() || !action->text().isEmpty() || bar->widgetForAction(action));
    }
}

void InspectorLook::keyboardStopsAtWhatOneSees()
{
    StoreTab *tab = openTab(5);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    tab->view().selectRow(0);
    tab->view().setFocus();
    QWidget *const first = qApp->focusWidget();
    QVERIFY(first);
    int stops = 0;
    for (QWidget *widget = first; widget && (stops == 0 || widget != first) && stops < 100; ++stops) {
        QVERIFY2(m_window->rect().intersects(QRect(widget->mapTo(m_window.get(), QPoint()), widget->size())),
                 widget->metaObject()->className());
        QVERIFY2(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty(),
                 widget->metaObject()->className());
        QTest::keyClick(widget, Qt::Key_Tab);
        QVERIFY(qApp->focusWidget() != widget);
        widget = qApp->focusWidget();
    }
    QVERIFY(stops > 5 && qApp->focusWidget() == first);
}

void InspectorLook::dialogsHaveNames()
{
    const TimePoint now = systemNow();
    const SessionRecord seen = sampleSession(4, now);
    SessionChange change;
    change.set("visits", "5");
    openTab(2);
    for (QDialog *dialog : std::initializer_list<QDialog *>{
             new ConflictDialog({u"Set visits"_s, Edit::changing(seen, change), seen, seen}),
             new CompareSessionsDialog(seen, sampleSession(7, now)),
             new CompareStoresDialog({{u"a"_s, m_store}, {u"b"_s, m_store}}), new ExpiryDialog(seen, 1, now),
             new ConnectionDialog,
             new ConnectionDialog({.name = u"shop"_s, .url = u"redis://localhost:6379/0"_s, .colour = Qt::red})}) {
        dialog->show();
        QVERIFY(!dialog->windowTitle().isEmpty());
        QVERIFY2(nameless(*dialog).isEmpty(), qPrintable(nameless(*dialog).join(u"; "_s)));
        dialog->close();
    }
}

static void collect(const QList<QAction *> &actions, QSet<QAction *> &into)
{
    for (QAction *action : actions) {
        into.insert(action);
        if (action->menu())
            collect(action->menu()->actions(), into);
    }
}

void InspectorLook::everyActionIsInAMenu()
{
    StoreTab *tab = openTab(3);
    QSet<QAction *> inMenus;
    collect(m_window->menuBar()->actions(), inMenus);
    QSet<QAction *> others;
    for (QToolBar *bar : m_window->findChildren<QToolBar *>(Qt::FindDirectChildrenOnly))
        collect(bar->actions(), others);
    collect(tab->view().actions(), others);
    for (QAction *action : std::as_const(others)) {
        if (!action->isSeparator() && !qobject_cast<QWidgetAction *>(action))
            QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    }
    for (QAction *action : std::as_const(inMenus)) {
        if (!action->isSeparator() && !action->text().isEmpty())
            QVERIFY2(action->text().contains(u'&'), qPrintable(action->text())); // reached by its letter
    }
}

void InspectorLook::shortcutsAreNotAmbiguous()
{
    openTab(3);
    QHash<QKeySequence, QString> used;
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->shortcutContext() != Qt::WindowShortcut)
            continue;
        for (const QKeySequence &keys : action->shortcuts()) {
            QVERIFY2(!used.contains(keys), qPrintable(u"%1: %2 and %3"_s.arg(keys.toString(), action->text(), used.value(keys))));
            used.insert(keys, action->text());
        }
    }
    for (const auto standard :
         {QKeySequence::New, QKeySequence::Open, QKeySequence::Save, QKeySequence::Close, QKeySequence::Quit, QKeySequence::Undo,
          QKeySequence::Redo, QKeySequence::Find, QKeySequence::Refresh})
        QVERIFY(QKeySequence(standard).isEmpty() || used.contains(QKeySequence(standard)));
}

void InspectorLook::cellsSpeakWithTheirColumn()
{
    StoreTab *tab = openTab(3);
    for (int column = 0; column < SessionModel::ColumnCount; ++column) {
        const QModelIndex cell = tab->model().index(0, column);
        const QString spoken = cell.data(Qt::AccessibleTextRole).toString();
        QVERIFY(spoken.startsWith(tab->model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + u": "_s));
        QVERIFY(spoken.endsWith(cell.data().toString()));
    }
    QCOMPARE(QAccessible::queryAccessibleInterface(&tab->view())->role(), QAccessible::Table);
}

void InspectorLook::errorsOfTheLibrarySpeakTheLanguage()
{
    const auto text = [](const ErrorText &sentence) { return Format::error({Error::Unavailable, sentence}); };
    const ErrorText noSession = Error::tr("There is no living session with this key.");
    // Without a translation the sentences stay as they are.
    QCOMPARE(text(noSession), u"There is no living session with this key."_s);
    QCOMPARE(text(Error::tr("Redis at %1 has no database %2: %3").arg(u"h:1"_s, 7, u"ERR 5%1"_s)),
             u"Redis at h:1 has no database 7: ERR 5%1"_s);
    QCOMPARE(text(u"of nobody's making"_s), u"of nobody's making"_s);

    QTranslator german;
    QVERIFY(german.load(u":/i18n/sojourn_de.qm"_s));
    qApp->installTranslator(&german);
    QCOMPARE(text(noSession), u"Es gibt keine lebende Sitzung mit diesem Schlüssel."_s);
    QCOMPARE(
        Format::error(SessionChange::tooLarge(12, 10)),
        u"Die Sitzung würde 12 Bytes brauchen, erlaubt sind 10. Speichern Sie weniger darin, oder erhöhen Sie die Grenze."_s);
    // What is quoted is a sentence of its own, or of somebody else.
    QCOMPARE(text(Error::tr("Cannot read the snapshot %1: %2.").arg(u"%2.gz"_s, Error::tr("the gzip file is cut off"))),
             u"Der Schnappschuss %2.gz lässt sich nicht lesen: die gzip-Datei ist abgeschnitten."_s);
    QCOMPARE(text(u"of nobody's making"_s), u"of nobody's making"_s);
    // A sentence that a program put in the place of ours is not hidden by ours.
    Error replaced(Error::NotFound, noSession);
    replaced.text = u"Log in first."_s;
    QCOMPARE(Format::error(replaced), u"Log in first."_s);
    // It is what people see.
    m_store = std::make_shared<FakeStore>(2);
    m_store->failure = Error{Error::Unavailable,
                             Error::tr("The session store did not answer in time. Check that it runs and is not overloaded.")};
    StoreTab *tab = m_window->addTab(Connection::forUrl(u"memory:"_s), m_store, false);
    QTRY_VERIFY(std::ranges::any_of(tab->findChildren<QLabel *>(), [](QLabel *label) {
        return label->text()
                == "Der Sitzungsspeicher hat nicht rechtzeitig geantwortet. Prüfen Sie, ob er läuft und nicht überlastet ist."_L1
            || label->text().contains(u"Der Sitzungsspeicher hat nicht rechtzeitig geantwortet."_s);
    }));
    m_window.reset();
    qApp->removeTranslator(&german);
}

void InspectorLook::translationsAreComplete_data()
{
    QTest::addColumn<QString>("language");
    for (const auto language : {"de", "fr", "zh_CN"})
        QTest::newRow(language) << QString::fromLatin1(language);
}

/// Every text is translated, with the same places to fill in.
void InspectorLook::translationsAreComplete()
{
    QFETCH(QString, language);
    QFile file(QFINDTESTDATA(u"../../../translations/sojourn_%1.ts"_s.arg(language)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    static const QRegularExpression place(u"%(\\d|n|L\\d|Ln)(?![0-9A-F])"_s);
    const auto places = [](const QString &text) {
        QStringList found;
        for (auto it = place.globalMatch(text); it.hasNext();)
            found << it.next().captured();
        found.sort();
        return found;
    };
    QString source;
    int translated = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == "source"_L1) {
            source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            QVERIFY2(!xml.attributes().hasAttribute("type"_L1), qPrintable(source));
            QStringList texts;
            while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == "translation"_L1)) {
                if (xml.isCharacters() && !xml.text().trimmed().isEmpty())
                    texts << xml.text().toString();
            }
            QVERIFY2(!texts.isEmpty(), qPrintable(source));
            ++translated;
            for (const QString &text : std::as_const(texts)) {
                QStringList wanted = places(source), there = places(text);
                if (texts.size() > 1) { // "one session" need not say its number
                    wanted.removeAll(u"%n"_s), there.removeAll(u"%n"_s);
                    wanted.removeAll(u"%Ln"_s), there.removeAll(u"%Ln"_s);
                }
                QVERIFY2(wanted == there, qPrintable(source + u" → "_s + text));
            }
        }
    }
    QVERIFY(!xml.hasError());
    QVERIFY(translated > 400);
}

/// The translations know every text that the sources have now.
void InspectorLook::everyTextIsInTheTranslations()
{
    const QString lupdate = QStringLiteral(SOJOURN_LUPDATE);
    if (lupdate.isEmpty())
        QSKIP("There is no lupdate.");
    QTemporaryDir folder;
    const QString sources = QFileInfo(QFINDTESTDATA("../../../app/inspector/main.cpp")).absolutePath();
    const QString shared = QFileInfo(QFINDTESTDATA("../../../app/shared/arguments.cpp")).absolutePath();
    const QString library = QFileInfo(QFINDTESTDATA("../../../lib/CMakeLists.txt")).absolutePath();
    const QString copy = folder.filePath(u"sojourn_de.ts"_s);
    QVERIFY(QFile::copy(QFINDTESTDATA("../../../translations/sojourn_de.ts"), copy));
    QProcess process;
    process.start(lupdate, {sources, shared, library, u"-I"_s, library + u"/core"_s, u"-I"_s, QStringLiteral(SOJOURN_HEADERS),
                            u"-no-obsolete"_s, u"-locations"_s, u"none"_s, u"-ts"_s, copy});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QFile file(copy);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString source;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (line.contains(u"<source>"))
            source = line.trimmed();
        // Where lupdate does not know the class, the context lacks its namespace. Then write Sojourn::Error::tr().
        QVERIFY2(!line.contains(u"<name>Error</name>"), "A text of Error has no namespace");
        QVERIFY2(!line.contains(u"type=\"unfinished\""), qPrintable(source + u" (build update_translations, and translate)"_s));
    }
}

int main(int argc, char *argv[])
{
    QTemporaryDir folder;
    qputenv("SOJOURN_INSPECTOR_SETTINGS", folder.filePath(u"settings.ini"_s).toUtf8());
    QApplication app(argc, argv);
    app.setStyle(u"Fusion"_s);
    QLocale::setDefault(QLocale(u"en"_s));
    QTranslator english;
    if (english.load(u":/i18n/sojourn_en.qm"_s))
        app.installTranslator(&english);
    InspectorLook test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_inspectorlook.moc"
