// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "look/format.h"
#include "session/detailpanel.h"
#include "session/jsonpage.h"
#include "table/sessionview.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// DetailPanel: what a person types into a session does not get lost, and nothing else is written.
class InspectorDrafts : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void typedJsonWaitsForItsSession();
    void editingAgainKeepsWhatOthersHaveAdded();
    void masksAreNeverWritten();
    void secretThatWasTypedSurvivesAConflict();
    void secretsDoNotChangePlaces();
    void editInsideAnObjectKeepsWhatOthersChangedInIt();
    void treeAndJsonAreEditedSideBySide();
    void sessionMayRotateWhileOneTypes();
    void typingGoesOnWhileItIsSaved();
    void nameInsideAnObjectDoesNotOverwriteAnother();
    void typedJsonSurvivesAConflict_data();
    void typedJsonSurvivesAConflict();
    void valueIsEditedAgainAfterAConflict();
    void whatIsNoJsonStaysInTheEditor();
    void undoGoesOnAfterAConflict_data();
    void undoGoesOnAfterAConflict();

private:
    QTreeView *tree() const { return m_window->findChild<QTreeView *>(u"attributes"_s); }
    void changeElsewhere(const SessionKey &key, const char *name, const char *json)
    {
        SessionChange theirs;
        theirs.set(name, json);
        QVERIFY(m_store->inner.update(key, theirs).takeResult());
    }
};

void InspectorDrafts::typedJsonWaitsForItsSession()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    auto *json = m_window->findChild<QPlainTextEdit *>();
    const QString typed = json->toPlainText().replace(u"\"visits\":"_s, u"\"visited\":"_s) + u"oops"_s;
    json->setPlainText(typed);
    show(tab, 5);
    QVERIFY(json->toPlainText() != typed);
    QVERIFY(!m_window->findChild<JsonPage *>()->isEdited());
    changeElsewhere(key, "theme", "\"sepia\"");
    show(tab, 2);
    QTRY_COMPARE(json->toPlainText(), typed);
    QVERIFY(m_window->findChild<JsonPage *>()->isEdited());

    // It is still an edit of what was seen when it began.
    json->setPlainText(typed.chopped(4));
    button(m_window->findChild<JsonPage *>(), u"Apply"_s)->click();
    QTRY_VERIFY(dialog());
    QCOMPARE(value(key, "theme"), "\"sepia\"");
    dialog()->reject(); // nothing was decided
    QTRY_VERIFY(json->toPlainText().contains(u"sepia"_s)); // what others did is in it now
    QVERIFY(json->toPlainText().contains(u"\"visited\":"_s) && m_window->findChild<JsonPage *>()->isEdited());
}

void InspectorDrafts::editingAgainKeepsWhatOthersHaveAdded()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    auto *page = m_window->findChild<JsonPage *>();
    auto *json = page->findChild<QPlainTextEdit *>();
    json->setPlainText(u"{\"visits\": 7777}"_s); // and nothing else
    changeElsewhere(key, "visits", "123456");
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(dialog());
    changeElsewhere(key, "coupon", "\"SUMMER\"");
    dialog()->findChild<QPushButton *>(u"editAgain"_s)->click();
    QTRY_VERIFY(json->toPlainText().contains(u"SUMMER"_s));
    QVERIFY(json->toPlainText().contains(u"7777"_s) && !json->toPlainText().contains(u"theme"_s));
    button(page, u"Apply"_s)->click();
    QTRY_COMPARE(value(key, "visits"), "7777");
    QCOMPARE(value(key, "coupon"), "\"SUMMER\"");
    QVERIFY(value(key, "theme").isEmpty());
}

void InspectorDrafts::masksAreNeverWritten()
{
    StoreTab *tab = openTab(10);
    int row = 0;
    while (!m_store->inner.load(tab->model().row(row)->info.key).takeResult()->data.contains("access_token"))
        ++row;
    const SessionKey key = show(tab, row);
    const QByteArray secret = value(key, "access_token");
    auto *page = m_window->findChild<JsonPage *>();
    auto *json = page->findChild<QPlainTextEdit *>();
    json->setPlainText(json->toPlainText().replace(u"\"visits\":"_s, u"\"visited\":"_s));
    show(tab, row + 1);
    for (QAction *action : tree()->actions()) {
        if (action->isCheckable())
            action->trigger(); // secrets are shown
    }
    show(tab, row);
    QTRY_VERIFY(page->isEdited());
    QVERIFY(json->toPlainText().contains(Format::Mask));
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(!value(key, "visited").isEmpty());
    QCOMPARE(value(key, "access_token"), secret);

    // Nor does hiding secrets take away what was typed, but it hides them there too.
    QTRY_VERIFY(!page->isEdited());
    json->setPlainText(json->toPlainText().replace(u"\"visited\":"_s, u"\"seen\":"_s));
    QVERIFY(json->toPlainText().contains(QString::fromUtf8(secret)));
    for (QAction *action : tree()->actions()) {
        if (action->isCheckable())
            action->trigger();
    }
    QVERIFY(json->toPlainText().contains(u"\"seen\":"_s) && json->toPlainText().contains(Format::Mask));
    QVERIFY(!json->toPlainText().contains(QString::fromUtf8(secret)));
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(!value(key, "seen").isEmpty());
    QCOMPARE(value(key, "access_token"), secret);
}

void InspectorDrafts::secretThatWasTypedSurvivesAConflict()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    auto *page = m_window->findChild<JsonPage *>();
    auto *json = page->findChild<QPlainTextEdit *>();
    json->setPlainText(u"{\"api_token\": \"new\", \"visits\": 1}"_s);
    changeElsewhere(key, "visits", "123456");
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(dialog());
    dialog()->findChild<QPushButton *>(u"editAgain"_s)->click();
    QTRY_COMPARE(panel()->record()->data.json("visits").toByteArray(), "123456");
    QTRY_VERIFY(json->toPlainText().contains(u"\"new\""_s)); // what one types one sees
    button(page, u"Apply"_s)->click();
    QTRY_COMPARE(value(key, "api_token"), "\"new\"");
    QCOMPARE(value(key, "visits"), "1");
}

void InspectorDrafts::secretsDoNotChangePlaces()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(2)->info.key;
    const QByteArray before = "[{\"host\":\"alpha\",\"password\":\"pa\"},{\"host\":\"beta\",\"password\":\"pb\"}]";
    changeElsewhere(key, "hosts", before.constData());
    show(tab, 2);
    auto *page = m_window->findChild<JsonPage *>();
    auto *json = page->findChild<QPlainTextEdit *>();
    QTRY_VERIFY(json->toPlainText().contains(u"alpha"_s));
    json->setPlainText(json->toPlainText().replace(u"alpha"_s, u"#"_s).replace(u"beta"_s, u"alpha"_s).replace(u"#"_s, u"beta"_s));
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(std::ranges::any_of(page->findChildren<QLabel *>(),
                                    [](QLabel *label) { return label->text().contains(u"have moved"_s); }));
    QCOMPARE(value(key, "hosts"), before);
    json->setPlainText(json->toPlainText()
                           .replace(u"\"host\": \"beta\""_s, u"\"host\": \"gamma\""_s)
                           .replace(u"\"host\": \"alpha\""_s, u"\"host\": \"beta\""_s));
    button(page, u"Apply"_s)->click();
    QTRY_COMPARE(value(key, "hosts"), QByteArray(before).replace("alpha", "gamma"));
}

void InspectorDrafts::editInsideAnObjectKeepsWhatOthersChangedInIt()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(2)->info.key;
    changeElsewhere(key, "box", "{\"a\":1,\"b\":1}");
    show(tab, 2);
    QTRY_VERIFY(attribute(*tree(), u"box"_s).isValid());
    const QModelIndex box = attribute(*tree(), u"box"_s).siblingAtColumn(0);
    tree()->model()->fetchMore(box);
    m_store->delay = 40; // somebody is quicker
    typeInto(*tree(), tree()->model()->index(0, JsonTreeModel::Value, box), u"5"_s);
    changeElsewhere(key, "box", "{\"a\":1,\"b\":99}");
    QTRY_VERIFY(dialog());
    dialog()->findChild<QPushButton *>(u"editAgain"_s)->click();
    auto *page = m_window->findChild<JsonPage *>();
    QTRY_VERIFY(page->isEdited());
    button(page, u"Apply"_s)->click();
    QTRY_COMPARE(value(key, "box"), "{\"a\":5,\"b\":99}");
}

void InspectorDrafts::treeAndJsonAreEditedSideBySide()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    auto *json = m_window->findChild<QPlainTextEdit *>();
    const QString typed = json->toPlainText() + u' ';
    json->setPlainText(typed);
    for (const QString &visits : {u"11"_s, u"12"_s}) {
        typeInto(*tree(), attribute(*tree(), u"visits"_s), visits);
        QTRY_COMPARE(value(key, "visits"), visits.toLatin1());
        QTRY_COMPARE(attribute(*tree(), u"visits"_s).data().toString(), visits);
        QVERIFY(!dialog()); // nobody else did anything
    }
    QCOMPARE(json->toPlainText(), typed);
}

void InspectorDrafts::sessionMayRotateWhileOneTypes()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2), successor = SessionId::generate().key();
    auto *page = m_window->findChild<JsonPage *>();
    auto *json = page->findChild<QPlainTextEdit *>();
    json->setPlainText(json->toPlainText().replace(u"\"visits\":"_s, u"\"visited\":"_s));
    SessionChange login;
    login.set("theme", "\"sepia\"");
    QVERIFY(m_store->inner.rotate(key, successor, login).takeResult());
    QTRY_VERIFY(panel()->record()->key == successor);
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(dialog());
    dialog()->findChild<QPushButton *>(u"editAgain"_s)->click();
    QTRY_VERIFY(json->toPlainText().contains(u"sepia"_s));
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(!value(successor, "visited").isEmpty());
    QCOMPARE(value(successor, "theme"), "\"sepia\"");
}

void InspectorDrafts::typingGoesOnWhileItIsSaved()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    auto *page = m_window->findChild<JsonPage *>();
    auto *json = page->findChild<QPlainTextEdit *>();
    json->setPlainText(u"{\"visits\": 1}"_s);
    m_store->delay = 60;
    button(page, u"Apply"_s)->click();
    json->setPlainText(u"{\"visits\": 12}"_s);
    QTRY_COMPARE(value(key, "visits"), "1");
    QTRY_VERIFY(!tab->editor().isBusy());
    QTest::qWait(250); // the panel has loaded it again
    QCOMPARE(json->toPlainText(), u"{\"visits\": 12}"_s);
    button(page, u"Apply"_s)->click();
    QTRY_COMPARE(value(key, "visits"), "12");
    QVERIFY(!dialog());
}

void InspectorDrafts::nameInsideAnObjectDoesNotOverwriteAnother()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = tab->model().row(2)->info.key;
    changeElsewhere(key, "box", "{\"a\":1,\"b\":2}");
    show(tab, 2);
    QTRY_VERIFY(attribute(*tree(), u"box"_s).isValid());
    auto *model = qobject_cast<JsonTreeModel *>(tree()->model());
    const QModelIndex box = attribute(*tree(), u"box"_s).siblingAtColumn(0);
    model->fetchMore(box);
    model->rename(model->index(0, 0, box), u"b"_s);
    model->add(box, u"b"_s, 3);
    QVERIFY(box.data(JsonTreeModel::FailureRole).toString().contains(u"there already"_s));
    QTest::qWait(50);
    QCOMPARE(value(key, "box"), "{\"a\":1,\"b\":2}");
}

void InspectorDrafts::typedJsonSurvivesAConflict_data()
{
    QTest::addColumn<QString>("choice");
    QTest::newRow("edit again") << u"editAgain"_s;
    QTest::newRow("write mine") << u"writeMine"_s;
    QTest::newRow("keep theirs") << u"keepTheirs"_s;
}

void InspectorDrafts::typedJsonSurvivesAConflict()
{
    QFETCH(QString, choice);
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    auto *page = m_window->findChild<JsonPage *>();
    auto *json = page->findChild<QPlainTextEdit *>();
    const QString before = json->toPlainText();
    const QString typed = QString(before).replace(QRegularExpression(u"\"visits\": *\\d+"_s), u"\"visits\": 7777"_s);
    QVERIFY(typed != before);
    json->setPlainText(typed);
    changeElsewhere(key, "visits", "123456");
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(dialog());
    QCOMPARE(json->toPlainText(), typed);
    QCOMPARE(value(key, "visits"), "123456");
    dialog()->findChild<QPushButton *>(choice)->click();
    if (choice == "keepTheirs"_L1) {
        QTRY_VERIFY(json->toPlainText().contains(u"123456"));
        QVERIFY(!page->isEdited());
        return;
    }
    if (choice == "editAgain"_L1) {
        QTRY_VERIFY(json->toPlainText().contains(u"7777"_s) && page->isEdited());
        QTRY_COMPARE(panel()->record()->data.json("visits").toByteArray(), "123456"); // what it is compared with now
        button(page, u"Apply"_s)->click();
    }
    QTRY_COMPARE(value(key, "visits"), "7777");
    QTRY_VERIFY(!page->isEdited());
    QTRY_VERIFY(json->toPlainText().contains(u"7777"));
}

void InspectorDrafts::valueIsEditedAgainAfterAConflict()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    tree()->setCurrentIndex(attribute(*tree(), u"visits"_s));
    tree()->edit(tree()->currentIndex());
    auto *editor = tree()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    changeElsewhere(key, "visits", "123456");
    editor->setText(u"77"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(dialog());
    dialog()->findChild<QPushButton *>(u"editAgain"_s)->click();
    QTRY_VERIFY(!dialog());
    QTRY_VERIFY(tree()->viewport()->findChild<QLineEdit *>() && tree()->viewport()->findChild<QLineEdit *>()->text() == u"77");
    QTest::keyClick(tree()->viewport()->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_COMPARE(value(key, "visits"), "77");
    QVERIFY(!dialog());
}

void InspectorDrafts::whatIsNoJsonStaysInTheEditor()
{
    StoreTab *tab = openTab(10);
    const SessionKey key = show(tab, 2);
    const QByteArray before = value(key, "visits");
    typeInto(*tree(), attribute(*tree(), u"visits"_s), u"12abc"_s);
    auto *editor = tree()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor && editor->isVisible());
    QCOMPARE(editor->text(), u"12abc"_s);
    QCOMPARE(value(key, "visits"), before);
    editor->setText(u"12"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(value(key, "visits"), "12");
}

void InspectorDrafts::undoGoesOnAfterAConflict_data()
{
    QTest::addColumn<bool>("mine");
    QTest::newRow("keep theirs") << false;
    QTest::newRow("write mine") << true;
}

void InspectorDrafts::undoGoesOnAfterAConflict()
{
    QFETCH(bool, mine);
    StoreTab *tab = openTab(10);
    const SessionKey other = show(tab, 4);
    const QByteArray otherBefore = value(other, "visits");
    typeInto(*tree(), attribute(*tree(), u"visits"_s), u"1"_s);
    QTRY_COMPARE(value(other, "visits"), "1");
    const SessionKey key = show(tab, 2);
    const QByteArray before = value(key, "visits");
    typeInto(*tree(), attribute(*tree(), u"visits"_s), u"2"_s);
    QTRY_COMPARE(value(key, "visits"), "2");
    changeElsewhere(key, "theme", "\"sepia\"");
    QTRY_VERIFY(action(u"undo"_s)->isEnabled());
    action(u"undo"_s)->trigger();
    QTRY_VERIFY(dialog());
    dialog()->findChild<QPushButton *>(mine ? u"writeMine"_s : u"keepTheirs"_s)->click();
    QTRY_VERIFY(!dialog());
    QTRY_COMPARE(value(key, "visits"), mine ? before : QByteArray("2"));
    QCOMPARE(value(key, "theme"), "\"sepia\"");
    QVERIFY(!action(u"undo"_s)->text().contains(u"Undo: Undo"));
    QTRY_VERIFY(action(u"undo"_s)->isEnabled());
    action(u"undo"_s)->trigger(); // the step before is reached
    QTRY_COMPARE(value(other, "visits"), otherBefore);
}

QTEST_MAIN(InspectorDrafts)

#include "tst_inspectordrafts.moc"
