// SPDX-License-Identifier: MIT
#include "demoprocess.h"
#include "redisserver.h"
#include "visitor.h"

#include "session/detailpanel.h"
#include "session/jsontreemodel.h"
#include "store/connectionbook.h"
#include "store/settings.h"
#include "tab/storetab.h"
#include "table/sessionview.h"
#include "window/mainwindow.h"

#include <Sojourn/SessionId>

#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeView>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;

/// The whole window on the running demo, whose visitors come and go meanwhile, over every store.
class InspectorTour : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tour_data();
    void tour();
    void demoStartedTwiceIsGoneToTheSecondTime();
    void cleanup();

private:
    void edit(const QString &name, const QString &text, bool finish = true);
    void trigger(const QString &text);
    void answer(const QString &button);
    QModelIndex attribute(const QString &name) const;
    QString shown(const QString &name) const { return attribute(name).data().toString(); }
    QDialog *dialog() const;
    StoreTab &tab() const { return *m_window->currentTab(); }
    SessionModel &model() const { return tab().model(); }
    QString state(const SessionKey &key) const
    {
        const int row = model().rowOf(key);
        return row < 0 ? u"not there"_s : model().index(row, SessionModel::State).data().toString();
    }
    SessionKey keyOf(const Visitor &visitor) const { return SessionId::fromCookieValue(visitor.cookie()).value().key(); }

    std::unique_ptr<MainWindow> m_window;
    QTreeView *m_tree = nullptr;
};

QDialog *InspectorTour::dialog() const
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *found = qobject_cast<QDialog *>(widget); found && found->isVisible())
            return found;
    }
    return nullptr;
}

QModelIndex InspectorTour::attribute(const QString &name) const
{
    const auto found = m_tree->model()->match(m_tree->model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
    return found.isEmpty() ? QModelIndex() : found.first().siblingAtColumn(JsonTreeModel::Value);
}

/// Types into the value of an attribute.
void InspectorTour::edit(const QString &name, const QString &text, bool finish)
{
    QTRY_VERIFY(!tab().editor().isBusy());
    m_tree->setCurrentIndex(attribute(name));
    m_tree->edit(attribute(name));
    auto *editor = m_tree->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, text);
    if (finish)
        QTest::keyClick(editor, Qt::Key_Return);
}

/// Chooses from the menus.
void InspectorTour::trigger(const QString &text)
{
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->text().remove(u'&').startsWith(text)) {
            QTRY_VERIFY2(action->isEnabled(), qPrintable(text));
            action->trigger();
            return;
        }
    }
    QFAIL(qPrintable(text + u" is in no menu"_s));
}

void InspectorTour::answer(const QString &button)
{
    QTRY_VERIFY(dialog());
    QTest::mouseClick(dialog()->findChild<QPushButton *>(button), Qt::LeftButton);
    QTRY_VERIFY(!dialog());
}

void InspectorTour::demoStartedTwiceIsGoneToTheSecondTime()
{
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    const auto isTold = [this] {
        const StoreTab *tab = m_window->currentTab();
        const auto labels = tab ? tab->findChildren<QLabel *>() : QList<QLabel *>();
        return std::ranges::any_of(labels, [](QLabel *label) {
            return label->text().startsWith(u"The demo runs at http://127.0.0.1:"_s) && label->isVisible();
        });
    };
    auto *start = m_window->findChild<QAction *>(u"startDemo"_s);
    QVERIFY(start && start->isEnabled());
    start->trigger();
    start->trigger(); // before it has said where it is
    QTRY_VERIFY(isTold());
    const QString url = tab().store().connection().url;
    QVERIFY(url.startsWith(u"live:"_s));
    Connection other = Connection::forUrl(u"memory:"_s);
    m_window->open(other);
    QTRY_COMPARE(tab().store().connection().url, u"memory:"_s);
    QVERIFY(!isTold());
    start->trigger();
    QTRY_VERIFY(isTold());
    QCOMPARE(tab().store().connection().url, url);
    QCOMPARE(m_window->findChildren<StoreTab *>().size(), 2);
}

void InspectorTour::cleanup()
{
    if (m_window && QTest::currentTestFailed())
        qWarning("%s", m_window->log().toText().constData());
    m_window.reset();
}

void InspectorTour::tour_data()
{
    QTest::addColumn<QString>("store");
    QTest::newRow("memory of the running demo") << u"memory"_s;
    QTest::newRow("sqlite") << u"sqlite"_s;
    QTest::newRow("redis") << u"redis"_s;
}

void InspectorTour::tour()
{
    QFETCH(QString, store);
    if (store == "redis"_L1 && RedisServer::program().isEmpty())
        QSKIP("There is no redis-server.");
    QTemporaryDir folder;
    RedisServer redis({u"--dir"_s, folder.path(), u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s, u"always"_s});
    const QString live = u"tour-%1"_s.arg(QCoreApplication::applicationPid());
    QString url = u"live:"_s + live;
    QStringList options = {u"--insecure-cookie"_s, u"--touch"_s, u"0"_s, u"--store"_s, u"memory:"_s, u"--live"_s, live};
    if (store == "redis"_L1) {
        QVERIFY(redis.start());
        url = u"redis://127.0.0.1:%1"_s.arg(redis.port());
    } else if (store == "sqlite"_L1) {
        url = u"sqlite:"_s + folder.filePath(u"sessions.db"_s);
    }
    if (store != "memory"_L1)
        options << u"--store"_s << url << u"--live"_s << u"none"_s;
    auto demo = std::make_unique<DemoProcess>(options);
    QVERIFY(!demo->url().isEmpty());

    // Ann and Bob are there when the window opens.
    Visitor ann(demo->url()), bob(demo->url());
    QCOMPARE(ann.post(u"/api/login?user=ann"_s), 200);
    QCOMPARE(ann.post(u"/api/set?name=theme"_s, "\"dark\""), 200);
    QCOMPARE(bob.post(u"/api/login?user=bob"_s), 200);
    QCOMPARE(bob.get(u"/visit"_s).body, "1");
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1300, 800);
    m_window->show();
    m_window->open(Connection::forUrl(url));
    QTRY_VERIFY(m_window->currentTab());
    if (store == "sqlite"_L1)
        tab().store().writer()->setTimeout(std::chrono::seconds(20)); // a busy machine is no dead store
    m_tree = m_window->findChild<DetailPanel *>()->findChild<QTreeView *>(u"attributes"_s);
    m_window->findChild<QDockWidget *>(u"overview"_s)->show();
    QTRY_COMPARE(model().rowCount(), 2);
    QTRY_COMPARE(tab().store().state(), OpenStore::State::Connected);
    QTest::qWait(50); // subscribed

    // What is edited here is what her next request sees; undo gives it back.
    tab().view().select(keyOf(ann));
    QTRY_COMPARE(shown(u"theme"_s), u"\"dark\""_s);
    edit(u"theme"_s, u"light"_s);
    QTRY_COMPARE(ann.get(u"/api/get?name=theme"_s).json[u"value"].toString(), u"light"_s);
    trigger(u"Undo"_s);
    QTRY_COMPARE(ann.get(u"/api/get?name=theme"_s).json[u"value"].toString(), u"dark"_s);
    QTRY_COMPARE(shown(u"theme"_s), u"\"dark\""_s);

    // She is quicker than the edit: nothing is overwritten unless that is chosen.
    for (const QString &choice : {u"keepTheirs"_s, u"writeMine"_s}) {
        const QByteArray hers = '"' + choice.toLatin1() + '"';
        edit(u"theme"_s, u"mine"_s, false);
        QCOMPARE(ann.post(u"/api/set?name=theme"_s, hers), 200);
        QTest::keyClick(m_tree->viewport()->findChild<QLineEdit *>(), Qt::Key_Return);
        QTRY_VERIFY(dialog());
        QCOMPARE(ann.get(u"/api/get?name=theme"_s).json[u"value"].toString(), choice);
        answer(choice);
        QTRY_COMPARE(ann.get(u"/api/get?name=theme"_s).json[u"value"].toString(), choice == "keepTheirs"_L1 ? choice : u"mine"_s);
        QTRY_COMPARE(shown(u"theme"_s), choice == "keepTheirs"_L1 ? u"\"keepTheirs\""_s : u"\"mine\""_s);
    }

    // A newcomer's row appears; his visits change it.
    Visitor cleo(demo->url());
    QCOMPARE(cleo.get(u"/visit"_s).body, "1");
    QTRY_VERIFY(model().rowOf(keyOf(cleo)) >= 0);
    QTRY_COMPARE(model().shown(), 3);
    QCOMPARE(cleo.post(u"/api/set?name=cart"_s, "[1,2,3]"), 200);
    QTRY_COMPARE(model().row(model().rowOf(keyOf(cleo)))->info.attributeCount, 2);

    // Rotated on her next request: she stays logged in under a fresh id, and stays selected here.
    const SessionKey before = keyOf(ann);
    trigger(u"Rotate on next request"_s);
    QTRY_COMPARE(state(before), u"fresh id due"_s);
    QCOMPARE(ann.get(u"/visit"_s), 200);
    QVERIFY(keyOf(ann) != before);
    QCOMPARE(ann.session(u"user"_s).toString(), u"ann"_s);
    QTRY_COMPARE(tab().view().currentKey(), std::optional(keyOf(ann)));
    QTRY_COMPARE(state(keyOf(ann)), u"active"_s);

    // Deleted: she is logged out, the ghost says by whom. Undone: the same id is good again.
    const SessionKey anns = keyOf(ann);
    const QByteArray cookie = ann.cookie();
    QTRY_VERIFY(!tab().editor().isBusy());
    trigger(u"Delete"_s);
    QTRY_COMPARE(state(anns), u"revoked (admin)"_s);
    QTRY_COMPARE(model().shown(), 2);
    QVERIFY(!ann.session(u"active"_s).toBool());
    ann.setCookie(cookie);
    trigger(u"Undo"_s);
    QTRY_COMPARE(state(anns), u"active"_s);
    QCOMPARE(ann.session(u"user"_s).toString(), u"ann"_s);
    QTRY_COMPARE(model().shown(), 3);

    // All that the filter shows, after a question that says how many.
    SessionFilter filter;
    filter.user = u"bob"_s;
    tab().setFilter(filter);
    QTRY_COMPARE(model().shown(), 1);
    QCOMPARE(model().total(), 3);
    Visitor another(demo->url());
    QCOMPARE(another.post(u"/api/login?user=bob"_s), 200);
    QTRY_COMPARE(model().shown(), 2);
    m_window->findChild<QAction *>(u"deleteShown"_s)->trigger();
    QTRY_VERIFY(dialog());
    QCOMPARE(dialog()->findChild<QPushButton *>(u"go"_s)->text(), u"Delete 2 sessions of bob"_s);
    answer(u"go"_s);
    QTRY_COMPARE(model().shown(), 0);
    QVERIFY(!bob.session(u"active"_s).toBool());
    tab().clearFilter();
    QTRY_COMPARE(model().shown(), 2);

    // The store dies, and returns: nothing interrupts, what was seen stays, and then it goes on.
    const quint16 port = quint16(demo->url().port());
    if (store == "redis"_L1)
        redis.kill();
    else
        demo.reset();
    if (store != "sqlite"_L1) {
        QTRY_COMPARE(tab().store().state(), OpenStore::State::Lost);
        QVERIFY(!dialog());
        QVERIFY(model().rowCount() >= 2);
    }
    if (store == "redis"_L1)
        QVERIFY(redis.start());
    else
        demo = std::make_unique<DemoProcess>(options + QStringList{u"--port"_s, QString::number(port)});
    QTRY_COMPARE_WITH_TIMEOUT(tab().store().state(), OpenStore::State::Connected, 10'000);
    const int kept = store == "memory"_L1 ? 0 : 2; // its memory went with the demo
    QTRY_COMPARE_WITH_TIMEOUT(model().shown(), kept, 10'000);
    Visitor dora(demo->url());
    QTRY_COMPARE_WITH_TIMEOUT(dora.get(u"/visit"_s).status, 200, 10'000);
    QTRY_COMPARE(model().shown(), kept + 1);
    QVERIFY(model().rowOf(keyOf(dora)) >= 0);
    if (kept)
        QCOMPARE(ann.session(u"user"_s).toString(), u"ann"_s);

    const QByteArray log = m_window->log().toText();
    for (const Visitor *visitor : {&ann, &bob, &cleo, &dora})
        QVERIFY(visitor->cookie().isEmpty() || !log.contains(visitor->cookie()));
    m_window.reset();
}

int main(int argc, char *argv[])
{
    QTemporaryDir settings;
    qputenv("SOJOURN_INSPECTOR_SETTINGS", settings.filePath(u"settings.ini"_s).toUtf8());
    QApplication app(argc, argv);
    InspectorTour test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_inspectortour.moc"
