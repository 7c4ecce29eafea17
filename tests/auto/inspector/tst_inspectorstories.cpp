// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "session/comparedialog.h"
#include "session/timeline.h"
#include "session/userpage.h"
#include "tab/rotationbar.h"
#include "tab/searchline.h"
#include "table/sessionview.h"

#include <Sojourn/LiveServer>
#include <Sojourn/SessionId>

#include <QtGui/QClipboard>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTreeWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What people come for, each in the actions that it may take: something typed, a row or a button clicked, a key pressed.
class InspectorStories : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whyWasAnnLoggedOut();
    void somebodyElsesCart();
    void aTokenLeaked();
    void editWhileThePageIsOpen();
    void whatFillsTheStore();
    void whatChangedSinceTheSnapshot();
    void isItAlive();
    void doNotLetMeBreakProduction();
    void oneMoreHourForCarol();
    void whichDevicesHasDan();
    void cartsWithMoreThanThreeMugs();
    void deleteAllOfATestUser();
    void applicationOfAnotherMachineOverAForwardedSocket();

private:
    SearchLine *line() const { return m_window->findChild<SearchLine *>(); }
    SessionKey add(const QString &user, const QJsonObject &data = {}, const SessionId &id = SessionId::generate())
    {
        SessionRecord record = sampleSession(1, m_store->now());
        record.key = id.key();
        record.user = user;
        record.data = SessionData::fromJson(data);
        record.updateCounts();
        [&] { QVERIFY(m_store->inner.create(record).takeResult()); }();
        return record.key;
    }

    // The actions, each counted.
    void type(const QString &text)
    {
        ++m_actions;
        line()->setText(text);
        QTest::keyClick(line(), Qt::Key_Return);
    }
    void paste(const QString &text)
    {
        ++m_actions;
        QGuiApplication::clipboard()->setText(text);
        line()->setFocus();
        QTest::keyClick(line(), Qt::Key_V, Qt::ControlModifier);
    }
    void clickRow(int row)
    {
        ++m_actions;
        QTRY_VERIFY(tab().model().row(row));
        const QModelIndex index = tab().model().index(row, SessionModel::User);
        QTest::mouseClick(tab().view().viewport(), Qt::LeftButton, {}, tab().view().visualRect(index).center());
    }
    void choose(const QString &name)
    {
        ++m_actions;
        QTRY_VERIFY2(action(name)->isEnabled(), qPrintable(name));
        action(name)->trigger();
    }
    void clickHeader(int column)
    {
        ++m_actions;
        QHeaderView *header = tab().view().horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(column) + 8, header->height() / 2));
    }
    void answer(const QString &text)
    {
        ++m_actions;
        QTRY_VERIFY(dialog());
        QPushButton *found = button(dialog(), text);
        QVERIFY2(found, qPrintable(text));
        QTRY_VERIFY(found->isEnabled());
        found->click();
    }

    StoreTab &tab() const { return *m_window->currentTab(); }
    QString timeLine() const
    {
        QString text;
        for (const QTreeWidget *list : m_window->findChild<TimeLine *>()->findChildren<QTreeWidget *>()) {
            for (int i = 0; i < list->topLevelItemCount(); ++i)
                text += list->topLevelItem(i)->text(0) + u' ' + list->topLevelItem(i)->text(1) + u'\n';
        }
        return text;
    }

    int m_actions = 0;
};

void InspectorStories::init()
{
    Settings::remove({});
    WindowTest::init();
    m_actions = 0;
}

void InspectorStories::whyWasAnnLoggedOut()
{
    openTab(0);
    m_store->delay = 0;
    const SessionKey key = add(u"ann"_s);
    QVERIFY(m_store->inner.remove(key, SessionStore::Removal::Admin).takeResult());
    add(u"bob"_s);
    type(u"ann"_s);
    QTRY_COMPARE(tab().model().rowCount(), 1);
    clickRow(0);
    QTRY_VERIFY2(timeLine().contains(u"Revoked by an administrator"), qPrintable(timeLine()));
    QVERIFY(m_actions <= 3);
}

void InspectorStories::somebodyElsesCart()
{
    openTab(20);
    m_store->delay = 0;
    const SessionId id = SessionId::generate();
    const SessionKey first = add(u"ann"_s, {{u"cart"_s, u"mugs"_s}}, id), second = add(u"bob"_s, {{u"cart"_s, u"hats"_s}});
    paste(u"Cookie: theme=dark; id="_s + QString::fromLatin1(id.toCookieValue()));
    QTRY_COMPARE(tab().model().rowCount(), 1);
    clickRow(0);
    QTRY_COMPARE(tab().view().currentKey(), first);
    QVERIFY(m_actions <= 2);
    // What differs from another one.
    m_actions = 0;
    type(u"key:"_s + second.toString().left(10));
    QTRY_COMPARE(tab().model().rowCount(), 1);
    clickRow(0);
    QTRY_COMPARE(tab().view().currentKey(), second);
    choose(u"compare"_s);
    QTRY_VERIFY(dialog<CompareSessionsDialog>());
    QVERIFY(m_actions <= 3);
    dialog<CompareSessionsDialog>()->close();
}

void InspectorStories::aTokenLeaked()
{
    openTab(0);
    m_store->delay = 0;
    for (int i = 0; i < 4; ++i)
        add(u"ann"_s);
    add(u"bob"_s);
    type(u"user:ann"_s);
    QTRY_COMPARE(tab().model().rowCount(), 4);
    choose(u"rotateShown"_s);
    answer(u"Rotate"_s);
    auto *bar = tab().findChild<RotationBar *>();
    QTRY_COMPARE(bar->waiting().size(), 4);
    QVERIFY2(m_actions <= 3, "more than three actions");
    // Those that must go now: with how many there are on the button.
    QCOMPARE(bar->findChild<QPushButton *>(u"revokeWaiting"_s)->text(), u"Revoke the 4 waiting"_s);
}

void InspectorStories::editWhileThePageIsOpen()
{
    openTab(0);
    m_store->delay = 0;
    const SessionKey key = add(u"ann"_s, {{u"theme"_s, u"light"_s}});
    type(u"ann"_s);
    QTRY_COMPARE(tab().model().rowCount(), 1);
    clickRow(0);
    QTreeView *tree = nullptr;
    const auto findTree = [&] {
        for (QTreeView *view : m_window->findChildren<QTreeView *>()) {
            if (qobject_cast<JsonTreeModel *>(view->model()) && view->isVisible())
                tree = view;
        }
        return tree && attribute(*tree, u"theme"_s).isValid();
    };
    QTRY_VERIFY(findTree());
    ++m_actions;
    typeInto(*tree, attribute(*tree, u"theme"_s), u"dark"_s);
    const auto theme = [&] { return m_store->inner.load(key).takeResult()->data.value(u"theme"_s)->toString(); };
    QTRY_COMPARE(theme(), u"dark"_s);
    QVERIFY(m_actions <= 3);
    choose(u"undo"_s);
    QTRY_COMPARE(theme(), u"light"_s);
}

void InspectorStories::whatFillsTheStore()
{
    openTab(30);
    m_store->delay = 0;
    const SessionKey large = add(u"eva"_s, {{u"notes"_s, QString(20'000, u'x')}});
    QTRY_COMPARE(tab().model().rowCount(), 31);
    clickHeader(SessionModel::Size);
    QTRY_VERIFY(tab().model().row(0) && tab().model().row(0)->info.key == large);
    QCOMPARE(m_actions, 1);
    // The large ones are deleted together.
    type(u"size>10k"_s);
    QTRY_COMPARE(tab().model().rowCount(), 1);
    choose(u"deleteShown"_s);
    QTRY_COMPARE(m_store->inner.count().takeResult().value(), 30);
    QCOMPARE(m_actions, 3);
}

void InspectorStories::whatChangedSinceTheSnapshot()
{
    openTab(3);
    m_store->delay = 0;
    const auto monday = std::make_shared<MemoryStore>();
    for (const SessionKey &key : std::as_const(m_store->keys))
        QVERIFY(monday->create(*m_store->inner.load(key).takeResult()).takeResult());
    monday->setClock([] { return systemNow() - 1h; }); // as a snapshot's stands still
    m_window->addTab(Connection::forUrl(u"monday.json"_s), monday, true);
    add(u"zoe"_s, {{u"coupon"_s, u"SUMMER"_s}});
    choose(u"compareStores"_s);
    answer(u"Compare"_s);
    const auto says = [](const QString &text) {
        return std::ranges::any_of(dialog<CompareStoresDialog>()->findChildren<QLabel *>(),
                                   [&text](QLabel *label) { return label->text().contains(text); });
    };
    QTRY_VERIFY(says(u"1 added, 0 removed, 0 changed."_s)); // the snapshot is the side before
    QVERIFY(m_actions <= 3);
    dialog<CompareStoresDialog>()->close();
}

void InspectorStories::isItAlive()
{
    openTab(0);
    m_store->delay = 0;
    add(u"ann"_s); // somebody clicks
    QTRY_COMPARE(tab().model().rowCount(), 1);
    QCOMPARE(m_actions, 0);
}

void InspectorStories::doNotLetMeBreakProduction()
{
    openTab(3, Connection::Production);
    m_store->delay = 0;
    QVERIFY(!tab().store().isWritable());
    QVERIFY(m_window->windowTitle().contains(u"roduction"));
    choose(u"writable"_s);
    QTRY_VERIFY(dialog());
    QVERIFY(!tab().store().isWritable()); // only after the question
    dialog()->close();
    QVERIFY(!action(u"deleteShown"_s)->isEnabled());
}

void InspectorStories::oneMoreHourForCarol()
{
    openTab(0);
    m_store->delay = 0;
    const SessionKey key = add(u"carol"_s);
    const TimePoint before = m_store->inner.load(key).takeResult()->expiresAt;
    type(u"carol"_s);
    QTRY_COMPARE(tab().model().rowCount(), 1);
    clickRow(0);
    choose(u"extendHour"_s);
    QTRY_VERIFY(m_store->inner.load(key).takeResult()->expiresAt >= before + 1h);
    QVERIFY(m_actions <= 3);
}

void InspectorStories::whichDevicesHasDan()
{
    openTab(0);
    m_store->delay = 0;
    add(u"dan"_s, {{u"user_agent"_s, u"Firefox"_s}});
    add(u"dan"_s, {{u"user_agent"_s, u"Safari"_s}});
    type(u"dan"_s);
    QTRY_COMPARE(tab().model().rowCount(), 2);
    clickRow(0);
    choose(u"userPage"_s);
    QTRY_VERIFY(m_window->findChild<UserPage *>());
    QVERIFY(m_actions <= 3);
}

void InspectorStories::cartsWithMoreThanThreeMugs()
{
    openTab(10);
    m_store->delay = 0;
    const SessionKey key = add(u"ann"_s, {{u"cart"_s, QJsonObject{{u"mugs"_s, 4}}}});
    add(u"bob"_s, {{u"cart"_s, QJsonObject{{u"mugs"_s, 3}}}});
    type(u"cart.mugs>3"_s);
    QTRY_COMPARE(tab().model().rowCount(), 1);
    QCOMPARE(tab().model().row(0)->info.key, key);
    QCOMPARE(m_actions, 1);
}

void InspectorStories::deleteAllOfATestUser()
{
    openTab(5);
    m_store->delay = 0;
    add(u"test"_s);
    add(u"test"_s);
    type(u"user:test"_s);
    QTRY_COMPARE(tab().model().rowCount(), 2);
    choose(u"deleteShown"_s);
    answer(u"Delete"_s);
    QTRY_COMPARE(m_store->inner.count().takeResult().value(), 5);
    QVERIFY(m_actions <= 3);
}

/// As `ssh -L PATH:SOCKET` does: whoever connects to a path here is connected to the socket there.
class Tunnel : public QObject
{
public:
    Tunnel(const QString &here, const QString &there) : m_there(there)
    {
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            while (QLocalSocket *near = m_server.nextPendingConnection()) {
                auto *far = new QLocalSocket(near);
                far->connectToServer(m_there);
                connect(near, &QIODevice::readyRead, far, [near, far] { far->write(near->readAll()); });
                connect(far, &QIODevice::readyRead, near, [near, far] { near->write(far->readAll()); });
                connect(far, &QLocalSocket::disconnected, near, &QLocalSocket::disconnectFromServer);
                connect(near, &QLocalSocket::disconnected, near, &QObject::deleteLater);
            }
        });
        isOpen = m_server.listen(here);
    }

    bool isOpen = false;

private:
    QString m_there;
    QLocalServer m_server;
};

void InspectorStories::applicationOfAnotherMachineOverAForwardedSocket()
{
    QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
    const auto store = std::make_shared<MemoryStore>();
    LiveServer server(store);
    QVERIFY(server.listen(u"shop"_s));
    const QString here = folder.filePath(u"web1.sock"_s);
    auto tunnel = std::make_unique<Tunnel>(here, folder.filePath(u"sojourn/shop"_s));
    QVERIFY(tunnel->isOpen);
    SessionRecord record = sampleSession(1, store->now());
    QVERIFY(store->create(record).takeResult());

    m_window->open(Connection::forUrl(u"live:"_s + here));
    QTRY_VERIFY(m_window->currentTab());
    QTRY_COMPARE(tab().model().rowCount(), 1);
    QTRY_COMPARE(tab().model().row(0)->info.key, record.key);
    record.key = SessionId::generate().key(); // somebody comes there
    QVERIFY(store->create(record).takeResult());
    QTRY_COMPARE(tab().model().rowCount(), 2);

    tunnel.reset(); // the connection to that machine breaks, and comes back
    QTRY_COMPARE(tab().store().state(), OpenStore::State::Lost);
    record.key = SessionId::generate().key();
    QVERIFY(store->create(record).takeResult());
    tunnel = std::make_unique<Tunnel>(here, folder.filePath(u"sojourn/shop"_s));
    QTRY_COMPARE(tab().store().state(), OpenStore::State::Connected);
    QTRY_COMPARE(tab().model().rowCount(), 3);
}

QTEST_MAIN(InspectorStories)

#include "tst_inspectorstories.moc"
