// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/storeeditor.h"
#include "look/announce.h"
#include "session/detailpanel.h"
#include "session/jsonpage.h"
#include "table/sessionview.h"

#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;

/// What happens by itself is said to whoever does not see it.
class InspectorSpeech : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void messagesAreSaid();
    void filteredRowsAreCountedAloud();
    void emptyAnswerIsSaid();
    void lostStoreIsSaidAndItsReturn_data();
    void lostStoreIsSaidAndItsReturn();
    void endOfTheSessionShownIsSaid();
    void failedEditIsSaid();
    void fateOfTheJsonPageIsSaid();
    void bulkWorkIsSaidWhenDone();
    void rotationIsSaidWhenAskedAndWhenCollected();

private:
    /// Whether that was said in this test.
    static bool isSaid(const QString &text);

    static inline QStringList s_said;
};

bool InspectorSpeech::isSaid(const QString &text)
{
    return std::ranges::any_of(s_said,
                               [&text](const QString &said) { return QString(said).replace(QChar::Nbsp, u' ').contains(text); });
}

void InspectorSpeech::initTestCase()
{
    announcementListener = [](const QString &text) { s_said << text; };
}

void InspectorSpeech::init()
{
    WindowTest::init();
    s_said.clear();
}

void InspectorSpeech::cleanupTestCase()
{
    announcementListener = {};
}

void InspectorSpeech::messagesAreSaid()
{
    StoreTab *tab = openTab(3);
    tab->showMessage(u"Something went wrong."_s, true);
    QVERIFY(isSaid(u"Something went wrong."_s));
}

void InspectorSpeech::filteredRowsAreCountedAloud()
{
    StoreTab *tab = openTab(40);
    SessionFilter filter;
    filter.user = u"bob"_s;
    tab->setFilter(filter);
    QTRY_VERIFY(tab->model().status() == SessionModel::Status::Ready && tab->model().rowCount() > 0);
    QTRY_VERIFY(isSaid(u"%1 of 40 sessions"_s.arg(tab->model().shown())));
    s_said.clear();
    filter = {};
    filter.text = u"dark"_s; // every session is looked at
    tab->setFilter(filter);
    QTRY_VERIFY(tab->model().searched() == 40 && !tab->model().isSearching());
    QTRY_VERIFY(isSaid(u"%1 of 40 sessions"_s.arg(tab->model().shown())));
}

void InspectorSpeech::emptyAnswerIsSaid()
{
    StoreTab *tab = openTab(4);
    SessionFilter filter;
    filter.user = u"nobody"_s;
    tab->setFilter(filter);
    QTRY_VERIFY(isSaid(u"0 of 4 sessions"_s));
}

void InspectorSpeech::lostStoreIsSaidAndItsReturn_data()
{
    QTest::addColumn<Connection::Environment>("environment");
    QTest::newRow("without a banner") << Connection::Development;
    QTest::newRow("with the banner of production") << Connection::Production;
}

void InspectorSpeech::lostStoreIsSaidAndItsReturn()
{
    QFETCH(const Connection::Environment, environment);
    openTab(3, environment);
    m_store->becomeUnreachable();
    QTRY_VERIFY(isSaid(u"Not connected. The store does not answer."_s));
    s_said.clear();
    m_store->comeBack();
    QTRY_VERIFY(isSaid(u"Connected again."_s));
}

void InspectorSpeech::endOfTheSessionShownIsSaid()
{
    StoreTab *tab = openTab(3);
    const SessionKey key = m_store->keys[1];
    tab->view().select(key);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->findChild<QTreeView *>(u"attributes"_s)->model()->rowCount() > 0);
    QVERIFY(m_store->inner.remove(key, SessionStore::Removal::Destroyed).takeResult());
    QTRY_VERIFY(isSaid(u"destroyed"_s));
}

void InspectorSpeech::failedEditIsSaid()
{
    StoreTab *tab = openTab(3);
    const SessionKey key = m_store->keys[1];
    tab->view().select(key);
    auto *tree = m_window->findChild<DetailPanel *>()->findChild<QTreeView *>(u"attributes"_s);
    QTRY_VERIFY(attribute(*tree, u"visits"_s).isValid());
    m_store->broken << key;
    typeInto(*tree, attribute(*tree, u"visits"_s), u"77"_s);
    QTRY_VERIFY(isSaid(u"The session would be too large."_s));
}

void InspectorSpeech::fateOfTheJsonPageIsSaid()
{
    StoreTab *tab = openTab(3);
    const SessionKey key = m_store->keys[1];
    tab->view().select(key);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->findChild<QTreeView *>(u"attributes"_s)->model()->rowCount() > 0);
    auto *page = panel->findChild<JsonPage *>();
    panel->findChild<QTabWidget *>()->setCurrentWidget(page);
    auto *text = page->findChild<QPlainTextEdit *>();
    m_store->broken << key;
    text->setPlainText(u"{\"visits\": 77}"_s);
    button(page, u"Apply"_s)->click();
    QTRY_VERIFY(isSaid(u"The session would be too large."_s));
    m_store->broken.clear();
    s_said.clear();
    button(page, u"Apply"_s)->click();
    QTRY_COMPARE(m_store->inner.load(key).takeResult()->data.value(u"visits"_s), 77);
    QTRY_VERIFY(isSaid(u"Saved"_s));
}

void InspectorSpeech::bulkWorkIsSaidWhenDone()
{
    StoreTab *tab = openTab(20);
    QList<SessionInfo> sessions;
    for (const SessionKey &key : std::as_const(m_store->keys))
        sessions << *m_store->inner.load(key).takeResult();
    tab->editor().applyAll(u"Rotate"_s, sessions.size(), [sessions](qsizetype i) {
        SessionChange change;
        change.rotateRequested = true;
        return Edit::changing(sessions[i], change);
    });
    QTRY_VERIFY(isSaid(u"Rotate: 20"_s));
}

void InspectorSpeech::rotationIsSaidWhenAskedAndWhenCollected()
{
    StoreTab *tab = openTab(3);
    const SessionKey key = m_store->keys[1];
    tab->view().select(key);
    QTRY_VERIFY(action(u"rotate"_s)->isEnabled());
    action(u"rotate"_s)->trigger();
    QTRY_VERIFY(isSaid(u"1 asked, 0 collected, 1 waiting"_s));
    QVERIFY(m_store->inner.rotate(key, SessionId::generate().key(), {}).takeResult());
    QTRY_VERIFY(isSaid(u"1 asked, 1 collected, 0 waiting"_s));
}

QTEST_MAIN(InspectorSpeech)
#include "tst_inspectorspeech.moc"
