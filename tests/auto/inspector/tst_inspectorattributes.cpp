// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/conflictdialog.h"
#include "look/format.h"
#include "session/comparedialog.h"
#include "session/detailpanel.h"
#include "table/sessionview.h"

#include <QtCore/QTranslator>
#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QTreeWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// AttributeView and CompareDialog: what is shown of the attributes of sessions, and what stays hidden.
class InspectorAttributes : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { speakEnglish(); }
    void comparisonShowsWhatDiffersInside();
    void secretsStayHiddenAtAnyDepth();
    void hiddenValuesSurviveAnEditOfTheJson();
    void escapeLeavesTheJsonAndNotTheFilter();
    void failedEditIsSaidBelowTheTree();
    void comparingWithTheSessionSeenBefore();
    void returnGoesToTheAttributes();

private:
    StoreTab *openTab(int sessions, const QString &name = u"shop"_s)
    {
        return WindowTest::openTab(sessions, Connection::Development, name, 0);
    }
};

void InspectorAttributes::comparisonShowsWhatDiffersInside()
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

void InspectorAttributes::secretsStayHiddenAtAnyDepth()
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

void InspectorAttributes::hiddenValuesSurviveAnEditOfTheJson()
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

void InspectorAttributes::escapeLeavesTheJsonAndNotTheFilter()
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

void InspectorAttributes::failedEditIsSaidBelowTheTree()
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

void InspectorAttributes::comparingWithTheSessionSeenBefore()
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

void InspectorAttributes::returnGoesToTheAttributes()
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

QTEST_MAIN(InspectorAttributes)

#include "tst_inspectorattributes.moc"
