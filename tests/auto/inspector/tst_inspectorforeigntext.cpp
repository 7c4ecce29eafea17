// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/conflictdialog.h"
#include "look/activitylog.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "overview/overview.h"
#include "session/comparedialog.h"
#include "session/detailpanel.h"
#include "session/jsonpage.h"
#include "table/sessionview.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Users, names of attributes, values and names of stores are what somebody else typed: they are shown as they are.
class InspectorForeignText : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void lineIsOneLineOfBoundedLength();
    void whatTurnsTheTextIsIsolated();
    void namesInTheTableLookNotAlike();
    void jsonOfAttributesIsNotTurnedRound();
    void ampersandMakesNoShortcut();
    void toolTipShowsTextLetterByLetter();
    void nothingForeignIsHtml();
    void longNamesLeaveTheButtonsOnTheScreen();

private:
    static QString hostile() { return u"<img src=\"/dev/stdin\"> & %1 %2 \u202Eevil"_s; }
    StoreTab *openHostileTab(const QString &name);
    void checkWidgets(const char *where);
    static void checkModel(const QAbstractItemModel &model, const QModelIndex &parent, const char *where);
    static bool isHtml(const QString &text) { return Qt::mightBeRichText(text) && text.contains(u"<img"_s, Qt::CaseInsensitive); }
};

void InspectorForeignText::lineIsOneLineOfBoundedLength()
{
    QCOMPARE(Foreign::line(u"ann"_s), u"ann"_s);
    QCOMPARE(Foreign::line(u"a\nb\tc\u2028d"_s), u"a\u240Ab\u2409c\uFFFDd"_s);
    const QString shown = Foreign::line(u"begin"_s + QString(1000, u'x') + u"end"_s, 40);
    QVERIFY(shown.size() <= 40);
    QVERIFY(shown.startsWith(u"begin"_s) && shown.endsWith(u"end"_s) && shown.contains(u'…'));
    const QString family = u"👨‍👩‍👧"_s; // is never cut in two
    QCOMPARE(Foreign::line(family.repeated(20), 20).remove(family), u"…"_s);
    QVERIFY(Foreign::sentence(u"No such file: "_s + QString(1000, u'x')).size() <= 14 + 60);
}

void InspectorForeignText::whatTurnsTheTextIsIsolated()
{
    // What only turns it, or is not seen at all, is shown: one name must not look like another.
    QCOMPARE(Foreign::line(u"x\u202Enimda"_s), u"x\uFFFDnimda"_s);
    QCOMPARE(Foreign::line(u"adm\u200Bin"_s), u"adm\uFFFDin"_s);
    QCOMPARE(Foreign::line(u"adm\u200Din"_s), u"adm\uFFFDin"_s);
    QCOMPARE(Foreign::line(u"\uFEFFadmin\u2069"_s), u"\uFFFDadmin\uFFFD"_s);
    QCOMPARE(Foreign::line(u"می\u200Cخواهم"_s), u"\u2068می\u200Cخواهم\u2069"_s); // is written with it
    QCOMPARE(Foreign::line(u"👨\u200D👩"_s), u"👨\u200D👩"_s);
    QCOMPARE(Foreign::line(u"admin\U000E0041"_s), u"admin\uFFFD"_s); // a tag, which takes no room either
    QCOMPARE(Foreign::cell(u"דנה"_s), u"דנה"_s);
    QCOMPARE(Foreign::line(u"דנה"_s), u"\u2068דנה\u2069"_s);
    QCOMPARE(Foreign::line(u"李明"_s), u"李明"_s);
}

void InspectorForeignText::namesInTheTableLookNotAlike()
{
    for (const auto &[name, shown] : {std::pair{u"\u202Enimda"_s, u"\uFFFDnimda"_s}, {u"adm\u200Bin"_s, u"adm\uFFFDin"_s}}) {
        StoreTab *tab = openHostileTab(name);
        const QModelIndex cell = tab->model().index(0, SessionModel::User);
        QCOMPARE(cell.data().toString(), shown);
        QCOMPARE(tab->model().row(0)->info.user, name);
    }
}

void InspectorForeignText::jsonOfAttributesIsNotTurnedRound()
{
    const QString name = hostile();
    StoreTab *tab = openHostileTab(name);
    tab->view().select(m_store->keys[0]);
    auto *page = m_window->findChild<JsonPage *>();
    QTRY_VERIFY(page->text().contains(u"\\u202e"_s));
    QVERIFY(!page->text().contains(QChar(0x202E)));
    QCOMPARE(QJsonDocument::fromJson(page->text().toUtf8())[name][name].toString(), name);
}

void InspectorForeignText::ampersandMakesNoShortcut()
{
    QCOMPARE(Foreign::withoutShortcut(u"R&D && co"_s), u"R&&D &&&& co"_s);
}

void InspectorForeignText::toolTipShowsTextLetterByLetter()
{
    QCOMPARE(Foreign::toolTip({}), QString());
    QCOMPARE(Foreign::toolTip(u"cart[0].sku"_s), u"cart[0].sku"_s);
    QVERIFY(!isHtml(Foreign::toolTip(hostile())));
    QVERIFY(Foreign::toolTip(hostile()).contains(u"&lt;img"_s));
    QVERIFY(Foreign::toolTip(QString(10'000, u'x')).size() < 3000);
}

StoreTab *InspectorForeignText::openHostileTab(const QString &name)
{
    m_store = std::make_shared<FakeStore>(0);
    for (int i = 0; i < 3; ++i) {
        SessionRecord record = sampleSession(i, m_store->now());
        record.user = name;
        record.expiresAt = m_store->now() + 1h;
        record.absoluteExpiresAt.reset();
        record.data.insert(name, QJsonObject{{name, name}});
        record.data.insert(u"path"_s, QString(name + QString::number(i)));
        record.updateCounts();
        m_store->keys << record.key;
        [&] { QVERIFY(m_store->inner.create(record).takeResult()); }();
    }
    Connection connection = Connection::forUrl(u"memory:"_s);
    connection.name = name;
    StoreTab *tab = m_window->addTab(connection, m_store, false);
    [&] { QTRY_COMPARE(tab->model().rowCount(), 3); }();
    return tab;
}

void InspectorForeignText::checkModel(const QAbstractItemModel &model, const QModelIndex &parent, const char *where)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            if (isHtml(index.data(Qt::ToolTipRole).toString()))
                QFAIL(qPrintable(u"%1: tool tip %2"_s.arg(QLatin1StringView(where), index.data(Qt::ToolTipRole).toString())));
        }
        checkModel(model, model.index(row, 0, parent), where);
    }
}

/// Whether a mark of direction in \a text reaches what stands behind it.
static bool turnsRound(const QString &text)
{
    int isolates = 0;
    for (const QChar c : text) {
        if (c.unicode() == 0x2068)
            ++isolates;
        else if (c.unicode() == 0x2069)
            --isolates;
        else if (c.unicode() == 0x202E && isolates == 0)
            return true;
    }
    return false;
}

/// Fails where a widget of the program could take foreign text for HTML or for a shortcut.
void InspectorForeignText::checkWidgets(const char *where)
{
    const auto complain = [where](const QWidget *widget, const QString &text) {
        QFAIL(qPrintable(u"%1: %2 %3: %4"_s.arg(QLatin1StringView(where), QLatin1StringView(widget->metaObject()->className()),
                                                widget->objectName(), text)));
    };
    for (QWidget *window : QApplication::topLevelWidgets()) {
        for (QWidget *widget : window->findChildren<QWidget *>() + QWidgetList{window}) {
            if (widget->inherits("QTipLabel"))
                continue;
            if (const auto *label = qobject_cast<QLabel *>(widget); label && label->textFormat() != Qt::PlainText)
                complain(widget, u"may be rich: "_s + label->text());
            if (const auto *button = qobject_cast<QAbstractButton *>(widget); button && button->text().contains(u" & "_s))
                complain(widget, u"shortcut in "_s + button->text());
            const auto *said = qobject_cast<QLabel *>(widget);
            const auto *pressed = qobject_cast<QAbstractButton *>(widget);
            for (const QString &text : {said ? said->text() : QString(), pressed ? pressed->text() : QString(),
                                        widget->isWindow() ? widget->windowTitle() : QString()}) {
                if (turnsRound(text))
                    complain(widget, u"turned round: "_s + text);
            }
            if (const auto *bar = qobject_cast<QTabBar *>(widget)) {
                for (int i = 0; i < bar->count(); ++i) {
                    if (turnsRound(bar->tabText(i)))
                        complain(widget, u"turned round: "_s + bar->tabText(i));
                }
            }
            if (isHtml(widget->toolTip()))
                complain(widget, u"tool tip "_s + widget->toolTip());
            for (const QAction *action : widget->actions()) {
                if (action->text().contains(u" & "_s) || isHtml(action->toolTip()))
                    complain(widget, u"action "_s + action->text());
            }
            if (const auto *tabs = qobject_cast<QTabWidget *>(widget)) {
                for (int i = 0; i < tabs->count(); ++i) {
                    if (tabs->tabText(i).contains(u" & "_s) || isHtml(tabs->tabToolTip(i)))
                        complain(widget, u"tab "_s + tabs->tabText(i));
                }
            }
            if (const auto *view = qobject_cast<QAbstractItemView *>(widget); view && view->model())
                checkModel(*view->model(), {}, where);
        }
    }
}

void InspectorForeignText::nothingForeignIsHtml()
{
    StoreTab *tab = openHostileTab(hostile());
    for (QDockWidget *dock : m_window->findChildren<QDockWidget *>())
        dock->show();
    tab->view().selectRow(0);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record());
    checkWidgets("window");

    // A step of the undo stack, the log, and an error that quotes what was typed.
    auto *tree = m_window->findChild<QTreeView *>(u"attributes"_s);
    typeInto(*tree, attribute(*tree, u"path"_s), hostile());
    QTRY_VERIFY(!tab->editor().isBusy());
    const QModelIndex inside = tree->model()->index(0, 0, attribute(*tree, hostile()).siblingAtColumn(0));
    QVERIFY(inside.isValid());
    QVERIFY(inside.data(JsonTreeModel::PathRole).toString().contains(u"%1 %2"_s));
    tab->editor().applyAll(Foreign::line(hostile()), 0, {});
    m_window->findChild<Overview *>()->start();
    QTest::qWait(50);
    checkWidgets("after an edit");

    tab->actions().revokeUser(hostile());
    QTRY_VERIFY(dialog());
    QVERIFY(dialog()->findChild<QPushButton *>(u"go"_s)->text().contains(u"\uFFFDevil"_s));
    checkWidgets("question");
    dialog()->close();

    tree->setCurrentIndex(attribute(*tree, hostile()).siblingAtColumn(0));
    tree->setExpanded(tree->currentIndex(), true);
    tree->actions().first()->trigger();
    QTRY_VERIFY(dialog());
    checkWidgets("add attribute");
    dialog()->close();

    const SessionRecord left = *m_store->inner.load(m_store->keys[0]).takeResult();
    const SessionRecord right = *m_store->inner.load(m_store->keys[1]).takeResult();
    (new CompareSessionsDialog(left, right, m_window.get()))->show();
    SessionChange change;
    change.set("path", "1");
    (new ConflictDialog({.text = Foreign::line(hostile()), .edit = Edit::changing(left, change), .theirs = right, .seen = left},
                        m_window.get()))
        ->show();
    tab->store().setWritable(true);
    checkWidgets("dialogs");
    for (QDialog *open = dialog(); open; open = dialog())
        open->close();

    Connection production = tab->store().connection();
    production.environment = Connection::Production;
    tab->store().adopt(production);
    tab->changeWritable();
    QTRY_VERIFY(dialog());
    checkWidgets("production");
    dialog()->close();
    tab->store().setWritable(true);
    tab->view().selectAll();
    tab->actions().remove(StoreActions::Selected);
    QTRY_VERIFY(dialog());
    checkWidgets("name of production");
    dialog()->close();
}

void InspectorForeignText::longNamesLeaveTheButtonsOnTheScreen()
{
    const QString name = QString(1024, u'W');
    StoreTab *tab = openHostileTab(name);
    tab->view().selectRow(0);
    tab->actions().revokeUser(name);
    QTRY_VERIFY(dialog());
    QVERIFY2(dialog()->width() <= 1366, qPrintable(QString::number(dialog()->width())));
    dialog()->close();
    tab->showMessage(Format::error({Error::Invalid, u"Attribute %1 is wrong."_s.arg(name)}), true);
    QTest::qWait(20);
    QVERIFY2(m_window->minimumSizeHint().width() <= 1366, qPrintable(QString::number(m_window->minimumSizeHint().width())));
}

QTEST_MAIN(InspectorForeignText)
#include "tst_inspectorforeigntext.moc"
