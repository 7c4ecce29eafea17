// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "look/format.h"
#include "overview/dashboard.h"
#include "overview/histogram.h"
#include "overview/trends.h"
#include "session/detailpanel.h"
#include "session/lanechart.h"
#include "session/userpage.h"
#include "session/watchpage.h"
#include "table/sessionview.h"

#include <QtGui/QAction>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is beside the table: a user's sessions over time, a pinned session, what requests do, the trends of a store.
class InspectorPages : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void userSessionsAreFollowedThroughTheirKeys();
    void devicesAreShort_data();
    void devicesAreShort();
    void userPageShowsLivingAndEnded();
    void pinnedSessionShowsDifferencesLive();
    void pinnedSessionStaysWhenItEnds();
    void watchTellsBeforeAndAfter();
    void watchTellsTimesByTheClockOfTheStore();
    void trendsAreSampled();
    void freshIdOfAnUnknownSessionIsNoLogin();
    void trendsAreSavedAsPictureAndTable();

private:
    static SessionKey keyOf(char c) { return *SessionKey::fromBytes(QByteArray(32, c)); }
    DetailPanel *pinned() const { return m_window->findChild<DetailPanel *>(u"pinnedSession"_s); }
    void trigger(const QString &action) { m_window->findChild<QAction *>(action)->trigger(); }
    void picture(QWidget *widget, const QString &name) const
    {
        if (!m_pictures.isEmpty())
            widget->grab().save(m_pictures + u'/' + name + u".png"_s);
    }
    void update(const SessionKey &key, const QByteArray &name, const QByteArray &json)
    {
        SessionChange change;
        change.set(name, json);
        QVERIFY(m_store->inner.update(key, change).takeResult());
    }

    const QString m_pictures = qEnvironmentVariable("SOJOURN_PICTURES");
};

void InspectorPages::userSessionsAreFollowedThroughTheirKeys()
{
    const TimePoint start(1000s);
    const auto event = [&](SessionEvent::Type type, char key, std::chrono::seconds at, std::optional<char> oldKey = {},
                           const QString &reason = {}) {
        SessionEvent made{
            .type = type, .key = keyOf(key), .oldKey = {}, .user = u"ann"_s, .at = start + at, .version = 1, .reason = reason};
        if (oldKey)
            made.oldKey = keyOf(*oldKey);
        return made;
    };
    SessionRecord living;
    living.key = keyOf('c');
    living.user = u"ann"_s;
    living.createdAt = start;
    living.lastSeenAt = start + 50s;
    const QList<UserSession> sessions =
        userSessions({living},
                     {event(SessionEvent::Rotated, 'c', 20s, 'b'), event(SessionEvent::Rotated, 'b', 10s, 'a'),
                      event(SessionEvent::Created, 'x', 5s), event(SessionEvent::Expired, 'x', 40s, {}, u"idle"_s),
                      event(SessionEvent::Revoked, 'y', 45s, {}, u"admin"_s)},
                     start + 60s);
    QCOMPARE(sessions.size(), 3);
    QCOMPARE(sessions[0].key, keyOf('c'));
    QVERIFY(sessions[0].isAlive);
    QCOMPARE(sessions[0].until, start + 60s);
    QCOMPARE(sessions[0].marks.size(), 2);
    QCOMPARE(sessions[0].marks[0].kind, UserSession::Kind::Login);
    QCOMPARE(sessions[0].marks[1].kind, UserSession::Kind::FreshId);
    QCOMPARE(sessions[1].key, keyOf('y')); // ended last, and nobody knows when it began
    QVERIFY(!sessions[1].beginKnown);
    QCOMPARE(sessions[1].ending->reason, u"admin"_s);
    QCOMPARE(sessions[2].from, start + 5s);
    QCOMPARE(sessions[2].until, start + 40s);
    QVERIFY(sessions[2].beginKnown && !sessions[2].isAlive);
    QVERIFY(userSessions({}, {}, start).isEmpty());
}

void InspectorPages::devicesAreShort_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("shown");
    QTest::newRow("firefox") << u"Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"_s
                             << u"Firefox 120, Linux"_s;
    QTest::newRow("edge") << u"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/119.0 Safari/537.36 Edg/119.0"_s
                          << u"Edge 119, Windows"_s;
    QTest::newRow("safari") << u"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1"_s
                            << u"Safari 17, iPhone"_s;
    QTest::newRow("own") << u"kiosk 7"_s << u"kiosk 7"_s;
}

void InspectorPages::devicesAreShort()
{
    QFETCH(QString, agent);
    SessionRecord record;
    record.data.append("userAgent", encodeJson(agent));
    record.data.append("ip", "\"10.0.0.7\"");
    QFETCH(QString, shown);
    QCOMPARE(deviceOf(record), shown + u", 10.0.0.7"_s);
    record.data.clear();
    record.visit = VisitFacts{.address = u"::1"_s, .userAgent = agent}.toText();
    QCOMPARE(deviceOf(record), shown + u", ::1"_s);
}

void InspectorPages::userPageShowsLivingAndEnded()
{
    StoreTab *tab = openTab(0);
    const auto create = [&](char key, const QString &user) {
        SessionRecord record;
        record.key = keyOf(key);
        record.user = user;
        record.createdAt = record.lastSeenAt = record.idIssuedAt = systemNow() - 1h;
        record.expiresAt = systemNow() + 1h;
        record.data.append("userAgent", "\"Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0\"");
        record.updateCounts();
        QVERIFY(m_store->inner.create(record).takeResult());
    };
    create('a', u"ann"_s);
    create('b', u"ann"_s);
    create('c', u"bob"_s);
    QTRY_COMPARE(tab->model().rowCount(), 3);
    QVERIFY(m_store->inner.remove(keyOf('b'), SessionStore::Removal::Admin).takeResult());
    tab->view().select(keyOf('a'));
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record());
    panel->findChild<QToolButton *>(u"userPage"_s)->click();
    auto *page = m_window->findChild<UserPage *>();
    QVERIFY(page);
    QTRY_COMPARE(page->sessions().size(), 2);
    QVERIFY(page->sessions()[0].isAlive);
    QCOMPARE(page->sessions()[0].device, u"Firefox 120, Linux"_s);
    QVERIFY(page->sessions()[1].ending && page->sessions()[1].ending->reason == "admin"_L1);
    QCOMPARE(page->findChild<QTreeWidget *>()->topLevelItemCount(), 3);
    // It follows the store.
    QVERIFY(m_store->inner.remove(keyOf('a'), SessionStore::Removal::Destroyed).takeResult());
    QTRY_VERIFY(!page->sessions()[0].isAlive);
    // The same page again, not another one.
    trigger(u"userPage"_s);
    QCOMPARE(m_window->findChildren<UserPage *>().size(), 1);
    // A session of it is shown in the table.
    auto *chart = page->findChild<LaneChart *>();
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_Down);
    QCOMPARE(chart->current(), 0);
    picture(page, u"user"_s);
    QTest::keyClick(chart, Qt::Key_Return);
    QTRY_COMPARE(tab->model().filter().keyPrefix, page->sessions()[0].key.toLatin1());
}

void InspectorPages::pinnedSessionShowsDifferencesLive()
{
    StoreTab *tab = openTab(5);
    const SessionKey first = m_store->keys[0], second = m_store->keys[1];
    tab->view().select(first);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record());
    panel->findChild<QToolButton *>(u"pin"_s)->click();
    QVERIFY(pinned());
    QTRY_VERIFY(pinned()->record());
    tab->view().select(second);
    QTRY_VERIFY(panel->record() && panel->record()->key == second);
    update(first, "onlyHere", "1");
    update(second, "onlyHere", "1");
    auto *model = pinned()->findChild<JsonTreeModel *>();
    const auto differs = [](JsonTreeModel *of, const QString &name) {
        const auto found = of->match(of->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
        return !found.isEmpty() && found.first().data(JsonTreeModel::DiffersRole).toBool();
    };
    QTRY_VERIFY(model->attributes().contains("onlyHere"_L1)
                && panel->findChild<JsonTreeModel *>()->attributes().contains("onlyHere"_L1));
    QVERIFY(!differs(model, u"onlyHere"_s));
    update(second, "onlyHere", "2");
    QTRY_VERIFY(differs(model, u"onlyHere"_s));
    QVERIFY(differs(panel->findChild<JsonTreeModel *>(), u"onlyHere"_s));
    picture(m_window.get(), u"pinned"_s);
    // Unpinned, nothing is marked any more.
    pinned()->parentWidget()->close();
    QVERIFY(!differs(panel->findChild<JsonTreeModel *>(), u"onlyHere"_s));
}

void InspectorPages::pinnedSessionStaysWhenItEnds()
{
    StoreTab *tab = openTab(5);
    const SessionKey first = m_store->keys[0];
    tab->view().select(first);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record());
    const SessionRecord before = *panel->record();
    trigger(u"pinSession"_s);
    QTRY_VERIFY(pinned()->record());
    QVERIFY(m_store->inner.remove(first, SessionStore::Removal::Admin).takeResult());
    tab->view().select(m_store->keys[1]);
    QTRY_VERIFY(std::ranges::any_of(pinned()->findChildren<QLabel *>(),
                                    [](QLabel *label) { return label->text().contains(u"revoked (admin)"_s); }));
    QCOMPARE(pinned()->record()->data, before.data);
    QCOMPARE(pinned()->findChild<JsonTreeModel *>()->attributes(), before.data.toJson());
    // Pinning an ended one whose attributes are on screen keeps them too.
    QTRY_VERIFY(panel->record() && panel->record()->key == m_store->keys[1]);
    QVERIFY(m_store->inner.remove(m_store->keys[1], SessionStore::Removal::Admin).takeResult());
    QTRY_VERIFY(std::ranges::any_of(panel->findChildren<QLabel *>(),
                                    [](QLabel *label) { return label->text().contains(u"revoked (admin)"_s); }));
    trigger(u"pinSession"_s);
    QTRY_COMPARE(pinned()->record()->key, m_store->keys[1]);
    // The tab closes, and with it what was pinned of it.
    m_window->findChild<QTabWidget *>(u"storeTabs"_s)->tabCloseRequested(0);
    QTRY_VERIFY(!pinned()->key());
}

void InspectorPages::watchTellsBeforeAndAfter()
{
    StoreTab *tab = openTab(5);
    const SessionKey key = m_store->keys[0];
    update(key, "theme", "\"light\"");
    update(key, "apiToken", "\"abc\"");
    tab->view().select(key);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record());
    trigger(u"watchSession"_s);
    auto *list = panel->findChild<QTreeWidget *>(u"watch"_s);
    QVERIFY(list->isVisible());
    QCOMPARE(list->topLevelItemCount(), 0);
    const auto row = [list](const QString &what) -> QTreeWidgetItem * {
        const auto found = list->findItems(what, Qt::MatchExactly, 1);
        return found.isEmpty() ? nullptr : found.first();
    };
    update(key, "theme", "\"dark\"");
    QTRY_VERIFY(row(u"theme"_s));
    QCOMPARE(row(u"theme"_s)->text(2), u"\"light\""_s);
    QCOMPARE(row(u"theme"_s)->text(3), u"\"dark\""_s);
    update(key, "apiToken", "\"def\"");
    QTRY_VERIFY(row(u"apiToken"_s));
    QVERIFY(!row(u"apiToken"_s)->text(3).contains(u"def"_s));
    panel->findChild<WatchPage *>()->setSecretsShown(true);
    QCOMPARE(row(u"apiToken"_s)->text(3), u"\"def\""_s);
    panel->findChild<WatchPage *>()->setSecretsShown(false); // hides what it has shown
    QVERIFY(!row(u"apiToken"_s)->text(3).contains(u"def"_s) && !row(u"apiToken"_s)->toolTip(3).contains(u"def"_s));
    update(key, "fresh", "{\"n\":1}");
    QTRY_VERIFY(row(u"fresh"_s));
    QCOMPARE(row(u"fresh"_s)->text(2), u"–"_s);
    QVERIFY(row(u"fresh"_s)->toolTip(0).contains(u"UTC"_s));
    picture(m_window.get(), u"watch"_s);
    // Another session begins an empty list.
    tab->view().select(m_store->keys[1]);
    QTRY_COMPARE(list->topLevelItemCount(), 0);
}

void InspectorPages::watchTellsTimesByTheClockOfTheStore()
{
    StoreTab *tab = openTab(3);
    tab->view().select(m_store->keys[0]);
    auto *panel = m_window->findChild<DetailPanel *>();
    QTRY_VERIFY(panel->record());
    const TimePoint there = systemNow() + 48h; // a clock that is two days ahead
    m_store->setClock([there] { return there; });
    trigger(u"watchSession"_s);
    SessionEvent event{.type = SessionEvent::Touched,
                       .key = m_store->keys[0],
                       .oldKey = {},
                       .user = {},
                       .at = there,
                       .version = 1,
                       .reason = {}};
    Q_EMIT m_store->sessionEvent(event);
    auto *list = panel->findChild<QTreeWidget *>(u"watch"_s);
    QTRY_COMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(0), Format::when(there, there));
}

void InspectorPages::trendsAreSampled()
{
    FakeStore *store = (m_store = std::make_shared<FakeStore>(3)).get();
    OpenStore open(Connection::forUrl(u"memory:"_s), m_store, false);
    Trends trends(&open);
    QTRY_COMPARE(open.state(), OpenStore::State::Connected);
    trends.sample();
    const qsizetype first = trends.samples().size();
    QTRY_VERIFY((trends.sample(), trends.samples().last().sessions == 3));
    QVERIFY(trends.samples().last().latency >= 0);
    // A login, a fresh id of the same user, and an end.
    SessionRecord record;
    record.key = keyOf('a');
    record.createdAt = record.lastSeenAt = record.idIssuedAt = systemNow();
    record.expiresAt = systemNow() + 1h;
    QVERIFY(store->inner.create(record).takeResult());
    SessionChange login;
    login.user = u"ann"_s;
    QVERIFY(store->inner.rotate(keyOf('a'), keyOf('b'), login).takeResult());
    QVERIFY(store->inner.rotate(keyOf('b'), keyOf('c'), {}).takeResult());
    trends.sample();
    QCOMPARE(trends.samples().last().logins, 1);
    QCOMPARE(trends.samples().last().expiries, 0);
    trends.sample();
    QCOMPARE(trends.samples().last().logins, 0);
    store->becomeUnreachable();
    QTRY_COMPARE(open.state(), OpenStore::State::Lost);
    trends.sample();
    QCOMPARE(trends.samples().last().latency, -1);
    QVERIFY(trends.samples().size() > first);
}

void InspectorPages::freshIdOfAnUnknownSessionIsNoLogin()
{
    m_store = std::make_shared<FakeStore>(0);
    const auto create = [this](char key, const QString &user) {
        SessionRecord record;
        record.key = keyOf(key);
        record.user = user;
        record.createdAt = record.lastSeenAt = record.idIssuedAt = systemNow();
        record.expiresAt = systemNow() + 1h;
        return m_store->inner.create(record).takeResult().has_value();
    };
    QVERIFY(create('a', u"ann"_s) && create('b', {}));
    OpenStore open(Connection::forUrl(u"memory:"_s), m_store, false);
    Trends trends(&open);
    QTRY_COMPARE(open.state(), OpenStore::State::Connected);
    QVERIFY(m_store->inner.rotate(keyOf('a'), keyOf('c'), {}).takeResult());
    SessionChange login;
    login.user = u"bob"_s;
    QVERIFY(m_store->inner.rotate(keyOf('b'), keyOf('d'), login).takeResult());
    QVERIFY(m_store->inner.rotate(keyOf('d'), keyOf('e'), {}).takeResult());
    QTest::qWait(20);
    trends.sample();
    QCOMPARE(trends.samples().last().logins, 1);
}

void InspectorPages::trendsAreSavedAsPictureAndTable()
{
    m_store = std::make_shared<FakeStore>(3);
    OpenStore open(Connection::forUrl(u"memory:"_s), m_store, false);
    const auto trends = std::make_shared<Trends>(&open);
    QTRY_COMPARE(open.state(), OpenStore::State::Connected);
    Dashboard dashboard;
    dashboard.resize(1000, 300);
    dashboard.setTrends(trends);
    dashboard.show();
    for (int i = 0; i < 5; ++i)
        trends->sample();
    picture(&dashboard, u"dashboard"_s);
    QTemporaryDir folder;
    QCOMPARE(dashboard.save(folder.filePath(u"trends.png"_s)), QString());
    QVERIFY(!QImage(folder.filePath(u"trends.png"_s)).isNull());
    QCOMPARE(dashboard.save(folder.filePath(u"trends.csv"_s)), QString());
    QFile file(folder.filePath(u"trends.csv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.first(), "time,sessions,logins,expiries,conflicts,latency_us");
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines.last().count(','), 5);
    QVERIFY(!dashboard.save(u"/nowhere/trends.csv"_s).isEmpty());
}

QTEST_MAIN(InspectorPages)
#include "tst_inspectorpages.moc"
