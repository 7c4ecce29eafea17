// SPDX-License-Identifier: MIT
#include "livehost.h"

#include "frame_p.h"
#include "liveclient_p.h"
#include "localpeer_p.h"

#include <Sojourn/LiveStore>

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QScopeGuard>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLiveServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void badNamesAreRefused();
    void nameInUseIsAClearError();
    void nameOfADeadProcessIsTakenOver();
    void socketIsForThisUserOnly();
    void socketLiesWhereNobodyElseMayEnter();
    void folderOfSomebodyElseIsRefused();
    void silentConnectionsKeepNobodyOut();
    void silentConnectionsAreDropped();
    void pathOfASocketIsANameToo();
    void otherVersionIsAClearError();
    void impostorIsLeftAlone_data();
    void impostorIsLeftAlone();
    void twoClientsSeeTheSame();
    void applicationMayEndTheServerInAnEvent_data();
    void applicationMayEndTheServerInAnEvent();
    void nameIsTakenBack_data();
    void nameIsTakenBack();
    void oneClientTooManyIsToldSo();
    void hostileBytesEndTheConnection_data();
    void hostileBytesEndTheConnection();
    void hostileClientsAreLoggedOnce();
    void readerThatStopsLosesEventsAndIsTold();
    void clientThatReadsNoRepliesIsNotListenedTo();
    void applicationKeepsItsPaceWithStalledAndGreedyClients();
};

namespace {

std::atomic<int> g_warnings = 0;

/// A program that speaks the protocol by hand.
class RawClient
{
public:
    explicit RawClient(const QString &name)
    {
        socket.connectToServer(Wire::serverName(name));
        greeting = readFrame();
    }

    void request(Wire::Operation operation, const auto &...arguments)
    {
        socket.write(Wire::makeFrame(++lastId, operation, systemNow() + 1h, arguments...));
    }

    /// The payload of the next frame, waited for at most two seconds.
    QByteArray readFrame()
    {
        for (;;) {
            const auto status = reader.read(socket, Wire::MaxReplySize);
            if (status == Wire::FrameReader::Complete)
                return reader.takePayload();
            if (!socket.waitForReadyRead(2000))
                return {};
        }
    }
    Wire::Message readMessage()
    {
        Wire::Message message{};
        Wire::Payload in(readFrame());
        return in.read(message) ? message : Wire::Message::Greeting;
    }

    QLocalSocket socket;
    Wire::FrameReader reader;
    QByteArray greeting;
    quint64 lastId = 0;
};

SessionRecord newRecord(int n)
{
    SessionRecord record;
    record.key = *SessionKey::fromBytes(QByteArray::number(n).rightJustified(SessionKey::ByteCount, '0'));
    record.createdAt = record.lastSeenAt = record.idIssuedAt = systemNow();
    record.expiresAt = record.createdAt + 1h;
    return record;
}

SessionChange counting()
{
    SessionChange change;
    change.increment("n", 1);
    return change;
}

/// Resident memory of this process in bytes, 0 where that cannot be read or says nothing, as sanitizers keep what is freed.
qint64 residentMemory()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#endif
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toLongLong() * 4096;
}

} // namespace

// The folders of sockets: as the environment says, and the one among the temporary files.
class Environment
{
public:
    explicit Environment(const QByteArray &runtime) : m_runtime(qgetenv("XDG_RUNTIME_DIR")), m_temp(qgetenv("TMPDIR"))
    {
        qputenv("XDG_RUNTIME_DIR", runtime);
        qputenv("TMPDIR", m_folder.path().toUtf8());
    }
    ~Environment()
    {
        qputenv("XDG_RUNTIME_DIR", m_runtime);
        m_temp.isNull() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", m_temp);
    }
    Q_DISABLE_COPY_MOVE(Environment)

    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QByteArray m_runtime, m_temp;
    QTemporaryDir m_folder;
};

void TestLiveServer::initTestCase()
{
    static const QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
    QVERIFY(Wire::listeningFolder());
}

void TestLiveServer::socketLiesWhereNobodyElseMayEnter()
{
#ifdef Q_OS_UNIX
    const QString name = LiveHost::freshName();
    const auto modeOf = [](const QString &path) { return QFileInfo(path).permissions() & 0x0077; };
    {
        const LiveHost host(name);
        QVERIFY(QFileInfo::exists(QString::fromUtf8(qgetenv("XDG_RUNTIME_DIR")) + u"/sojourn/"_s + name));
    }
    const QTemporaryDir open;
    QVERIFY(QFile::setPermissions(open.path(), QFile::Permissions(0x7777)));
    for (const QByteArray &runtime : {QByteArray(), open.path().toUtf8(), QByteArray("/nowhere"), QByteArray("relative")}) {
        const Environment environment(runtime);
        const QString folder = environment.path(u"sojourn-%1"_s.arg(::geteuid()));
        QVERIFY(QDir().mkdir(folder)); // as a careless script makes it
        QVERIFY(QFile::setPermissions(folder, QFile::Permissions(0x7755)));
        const LiveHost host(name);
        QVERIFY(QFileInfo::exists(folder + u'/' + name));
        QCOMPARE(modeOf(folder), QFile::Permissions());
        LiveStore store(name);
        QCOMPARE(store.waitFor(store.count()), 0);
        QCOMPARE(LiveStore::runningNames(), QStringList{name});
        // Tools of a session find what a service without one started.
        const QTemporaryDir session;
        qputenv("XDG_RUNTIME_DIR", session.path().toUtf8());
        LiveStore other(name);
        QCOMPARE(other.waitFor(other.count()), 0);
    }
#endif
}

void TestLiveServer::folderOfSomebodyElseIsRefused()
{
#ifdef Q_OS_UNIX
    const Environment environment({});
    const QString folder = environment.path(u"sojourn-%1"_s.arg(::geteuid()));
    const QTemporaryDir theirs;
    const auto refused = [] {
        LiveServer server(std::make_shared<MemoryStore>());
        const auto listening = server.listen(u"name"_s);
        return !listening && listening.error() == Error::Unavailable && listening.error().text.contains(u"XDG_RUNTIME_DIR"_s);
    };
    QVERIFY(QFile::link(theirs.path(), folder));
    QVERIFY(refused());
    QVERIFY(QDir(theirs.path()).isEmpty());
    QVERIFY(QFile::remove(folder));
    QFile file(folder);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(refused());
    QVERIFY(file.remove());
    if (::geteuid() == 0) {
        QVERIFY(QDir().mkdir(folder));
        QCOMPARE(::chown(QFile::encodeName(folder).constData(), 12345, 12345), 0);
        QVERIFY(refused());
        QVERIFY(QDir().rmdir(folder));
    }
#endif
}

void TestLiveServer::silentConnectionsKeepNobodyOut()
{
    LiveHost host;
    std::vector<std::unique_ptr<QLocalSocket>> silent;
    for (int i = 0; i < 200; ++i) {
        silent.push_back(std::make_unique<QLocalSocket>());
        silent.back()->connectToServer(Wire::serverName(host.name()));
        QVERIFY(silent.back()->waitForConnected());
        if (i % 40 == 0) {
            LiveStore store(host.name());
            QCOMPARE(store.waitFor(store.count()), 0);
        }
    }
    LiveStore store(host.name());
    QCOMPARE(store.waitFor(store.count()), 0);
}

void TestLiveServer::silentConnectionsAreDropped()
{
    const auto before = std::exchange(Wire::handshakeTick, 20ms);
    LiveHost host;
    LiveStore quiet(host.name()); // asks for nothing, but says that it is there
    QSignalSpy availability(&quiet, &SessionStore::availabilityChanged);
    QTRY_COMPARE(availability.size(), 1);
    RawClient silent(host.name());
    RawClient half(host.name());
    half.socket.write(QByteArray(3, '\0'));
    half.socket.flush();
    QTRY_COMPARE(silent.socket.state(), QLocalSocket::UnconnectedState);
    QTRY_COMPARE(half.socket.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(availability.size(), 1);
    QCOMPARE(quiet.waitFor(quiet.count()), 0);
    Wire::handshakeTick = before;
}

void TestLiveServer::pathOfASocketIsANameToo()
{
    LiveHost host;
    LiveStore store(Wire::serverName(host.name()));
    QVERIFY(store.waitFor(store.create(newRecord(1))));
    QCOMPARE(host.store().count().takeResult(), 1);
}

void TestLiveServer::badNamesAreRefused()
{
    LiveServer server(std::make_shared<MemoryStore>());
    for (const QString &name : {u""_s, u"a/b"_s, u".. "_s, u"é"_s, QString(65, u'x')})
        QVERIFY(server.listen(name).error() == Error::Invalid);
    QVERIFY(server.name().isNull());
}

void TestLiveServer::nameInUseIsAClearError()
{
    LiveHost host;
    LiveServer second(std::make_shared<MemoryStore>());
    const auto listening = second.listen(host.name());
    QVERIFY(!listening);
    QCOMPARE(listening.error().code, Error::Exists);
    QVERIFY2(listening.error().text.contains(host.name()), qPrintable(listening.error().text));
    QVERIFY(LiveStore::runningNames().contains(host.name()));

    host.stop();
    QVERIFY(second.listen(host.name()));
    QCOMPARE(second.name(), host.name());
    second.close();
    QVERIFY(!LiveStore::runningNames().contains(host.name()));
}

void TestLiveServer::nameOfADeadProcessIsTakenOver()
{
#ifdef Q_OS_UNIX
    const QString name = LiveHost::freshName();
    const QByteArray path = QFile::encodeName(Wire::serverName(name));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(::bind(dead, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    ::close(dead); // as a killed process leaves it
    QVERIFY(QFileInfo::exists(QFile::decodeName(path)));
    QVERIFY(!LiveStore::runningNames().contains(name));

    LiveHost host(name);
    LiveStore store(name);
    QCOMPARE(store.waitFor(store.count()), 0);
#else
    QSKIP("Named pipes end with their process.");
#endif
}

void TestLiveServer::socketIsForThisUserOnly()
{
#ifdef Q_OS_UNIX
    LiveHost host;
    const auto permissions = QFileInfo(Wire::serverName(host.name())).permissions();
    QCOMPARE(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
#endif
}

void TestLiveServer::otherVersionIsAClearError()
{
    const QString name = LiveHost::freshName();
    QLocalServer newer;
    QVERIFY(newer.listen(Wire::serverName(name)));
    connect(&newer, &QLocalServer::newConnection, &newer, [&newer] {
        newer.nextPendingConnection()->write(Wire::makeFrame(Wire::Message::Greeting, Wire::ProtocolVersion + 1, u"and more"_s));
    });
    LiveStore store(name);
    std::optional<Error> error;
    store.count().then(this, [&error](const Result<qint64> &result) { error = result.error(); });
    QTRY_VERIFY(error);
    QCOMPARE(error->code, Error::Unsupported);
    for (const int version : {Wire::ProtocolVersion, Wire::ProtocolVersion + 1})
        QVERIFY2(error->text.contains(u"version %1"_s.arg(version)), qPrintable(error->text));
    QVERIFY(store.count().takeResult().error() == Error::Unsupported);
}

void TestLiveServer::impostorIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
    QTest::newRow("no greeting") << Wire::makeFrame(Wire::Message::EventsLost);
    QTest::newRow("cut greeting") << Wire::makeFrame(Wire::Message::Greeting, Wire::ProtocolVersion);
    QTest::newRow("empty frame") << QByteArray(4, '\0');
    QTest::newRow("bad event") << Wire::makeFrame(Wire::Message::Greeting, Wire::ProtocolVersion, TimePoint(), false, qint64(1),
                                                  qint64(1))
                                      + Wire::makeFrame(Wire::Message::Event, 1);
}

void TestLiveServer::impostorIsLeftAlone()
{
    QFETCH(const QByteArray, bytes);
    const QString name = LiveHost::freshName();
    QLocalServer impostor;
    QVERIFY(impostor.listen(Wire::serverName(name)));
    connect(&impostor, &QLocalServer::newConnection, &impostor, [&] { impostor.nextPendingConnection()->write(bytes); });
    LiveStore store(name);
    std::optional<Error> error;
    store.count().then(this, [&error](const Result<qint64> &result) { error = result.error(); });
    QTRY_VERIFY(error);
    QVERIFY2(error->code == Error::Unavailable || error->code == Error::TooLarge, qPrintable(error->text));
}

void TestLiveServer::twoClientsSeeTheSame()
{
    LiveHost host;
    LiveStore first(host.name());
    LiveStore second(host.name());
    QVERIFY(second.waitFor(second.subscribe()));
    QSignalSpy events(&second, &SessionStore::sessionEvent);
    QVERIFY(first.waitFor(first.create(newRecord(1))));
    QCOMPARE(second.waitFor(second.load(newRecord(1).key))->key, newRecord(1).key);
    QTRY_COMPARE(events.size(), 1);
    QCOMPARE(events[0][0].value<SessionEvent>().type, SessionEvent::Created);
    QVERIFY(first.waitFor(first.remove(newRecord(1).key, SessionStore::Removal::Admin)));
    QTRY_COMPARE(events.size(), 2);
    QCOMPARE(events[1][0].value<SessionEvent>().reason, u"admin");
}

void TestLiveServer::applicationMayEndTheServerInAnEvent_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"close", "listen anew", "delete", "close, and an event loop"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestLiveServer::applicationMayEndTheServerInAnEvent()
{
    QFETCH(const QString, how);
    const auto store = std::make_shared<MemoryStore>();
    QVERIFY(store->waitFor(store->subscribe()));
    const QString name = LiveHost::freshName();
    auto server = std::make_unique<LiveServer>(store);
    QVERIFY(server->listen(name));
    LiveStore client(name);
    std::optional<Result<SessionInfo>> answer;
    int events = 0;
    connect(store.get(), &SessionStore::sessionEvent, this, [&] {
        if (++events > 1)
            return;
        if (how == u"delete")
            server.reset();
        else if (how == u"listen anew")
            QVERIFY(server->listen(name));
        else
            server->close();
        if (how.endsWith(u"event loop")) {
            QEventLoop loop; // a dialog, or a task that is waited for
            QTimer::singleShot(0, &loop, &QEventLoop::quit);
            loop.exec();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    });
    client.create(newRecord(1)).then(this, [&](const Result<SessionInfo> &result) { answer = result; });
    QTRY_VERIFY(answer);
    QCOMPARE(answer->error().code, Error::Unavailable);
    QCOMPARE(events, 1);
    QVERIFY(store->waitFor(store->load(newRecord(1).key)));
    if (how == u"listen anew") {
        bool isBack = false;
        QObject asker; // goes before the client does, which fails what is under way
        const auto ask = [&] {
            client.count().then(&asker, [&isBack](const Result<qint64> &count) { isBack = isBack || count; });
            return isBack;
        };
        QTRY_VERIFY(ask());
    } else if (server) {
        QCOMPARE(server->clientCount(), 0);
    }
}

void TestLiveServer::nameIsTakenBack_data()
{
    QTest::addColumn<bool>("noDescriptors");
    QTest::newRow("the socket was removed") << false;
    QTest::newRow("no descriptors were left") << true;
}

void TestLiveServer::nameIsTakenBack()
{
#ifdef Q_OS_UNIX
    QFETCH(const bool, noDescriptors);
    const auto tick = std::exchange(Wire::handshakeTick, 20ms);
    const auto restore = qScopeGuard([tick] { Wire::handshakeTick = tick; });
    const auto store = std::make_shared<MemoryStore>();
    LiveServer server(store);
    const QString name = LiveHost::freshName();
    QVERIFY(server.listen(name));
    const QByteArray path = QFile::encodeName(Wire::serverName(name));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"had lost its socket, and listens again$"_s));
    if (noDescriptors) {
        rlimit usual{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &usual), 0);
        const rlimit few{.rlim_cur = 200, .rlim_max = usual.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &few), 0);
        std::vector<int> descriptors;
        const int visitor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        for (int copy = visitor; copy >= 0; copy = ::fcntl(visitor, F_DUPFD, 0))
            descriptors.push_back(copy);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
        QCOMPARE(::connect(visitor, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"has lost its socket, and tries again each second: "_s));
        QTRY_VERIFY(!QFile::exists(QFile::decodeName(path)));
        QTest::qWait(100);
        for (const int descriptor : descriptors)
            ::close(descriptor);
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &usual), 0);
    } else {
        QVERIFY(QFile::remove(QFile::decodeName(path)));
    }
    QTRY_VERIFY(QFile::exists(QFile::decodeName(path)));
    LiveStore client(name);
    std::optional<qint64> count;
    client.count().then(this, [&count](const Result<qint64> &result) { count = result.value_or(-1); });
    QTRY_COMPARE(count, 0);
#endif
}

void TestLiveServer::oneClientTooManyIsToldSo()
{
    LiveHost host;
    std::vector<std::unique_ptr<LiveStore>> stores;
    Result<qint64> answer;
    while (answer && stores.size() < 100) {
        stores.push_back(std::make_unique<LiveStore>(host.name()));
        answer = stores.back()->waitFor(stores.back()->count());
    }
    QCOMPARE(stores.size(), 65);
    QVERIFY(answer.error() == Error::Unavailable);
    QVERIFY2(answer.error().text.contains(u"as many"), qPrintable(answer.error().text));
    QVERIFY(stores.front()->waitFor(stores.front()->count()));
}

void TestLiveServer::hostileBytesEndTheConnection_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zeros") << QByteArray(100, '\0');
    QTest::newRow("ones") << QByteArray(100, '\xff');
    QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("too large") << QByteArray::fromHex("00100000") + QByteArray(1'000'000, 'x');
    QTest::newRow("no id") << Wire::makeFrame(quint64(0), Wire::Operation::Count, systemNow() + 1h);
    QTest::newRow("unknown operation") << Wire::makeFrame(quint64(1), 99, systemNow() + 1h);
    QTest::newRow("argument missing") << Wire::makeFrame(quint64(1), Wire::Operation::Load, systemNow() + 1h);
    QTest::newRow("argument too many") << Wire::makeFrame(quint64(1), Wire::Operation::Count, systemNow() + 1h, 1);
    QTest::newRow("deep") << QByteArray::fromHex("00002710") + QByteArray(10'000, '\x81');
}

void TestLiveServer::hostileBytesEndTheConnection()
{
    QFETCH(const QByteArray, bytes);
    LiveHost host;
    RawClient hostile(host.name());
    QVERIFY(!hostile.greeting.isEmpty());
    hostile.socket.write(bytes);
    QVERIFY(hostile.socket.state() == QLocalSocket::UnconnectedState || hostile.socket.waitForDisconnected(2000));
    LiveStore store(host.name());
    QCOMPARE(store.waitFor(store.count()), 0);
}

void TestLiveServer::hostileClientsAreLoggedOnce()
{
    LiveHost host;
    static QtMessageHandler before = nullptr;
    g_warnings = 0;
    before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
        if (QByteArrayView(context.category) == "sojourn.live")
            ++g_warnings;
        else
            before(type, context, text);
    });
    for (int i = 0; i < 3; ++i) {
        RawClient hostile(host.name());
        hostile.socket.write(QByteArray(8, '\0'));
        QVERIFY(hostile.socket.state() == QLocalSocket::UnconnectedState || hostile.socket.waitForDisconnected(2000));
    }
    qInstallMessageHandler(before);
    QCOMPARE(g_warnings, 1);
}

void TestLiveServer::readerThatStopsLosesEventsAndIsTold()
{
    constexpr int changes = 100'000; // some 6 MB of events
    LiveHost host;
    RawClient reader(host.name());
    reader.socket.setReadBufferSize(4096);
    reader.request(Wire::Operation::Subscribe);
    QCOMPARE(reader.readMessage(), Wire::Message::Answer);

    host.run([&] { QVERIFY(host.store().create(newRecord(1)).isFinished()); });
    const qint64 before = residentMemory();
    for (int i = 0; i < 100; ++i) // in steps, so that the server has its turns
        host.run([&] {
            for (int j = 0; j < changes / 100; ++j)
                QVERIFY(host.store().update(newRecord(1).key, counting()).isFinished());
        });
    QThread::msleep(20);
    QVERIFY2(residentMemory() - before < 3'000'000, QByteArray::number(residentMemory() - before).constData());

    host.run([&] { // a store that comes and goes is news, but of the last state only
        for (int i = 0; i < 1001; ++i)
            Q_EMIT host.store().availabilityChanged(i % 2);
    });

    // It reads what had been sent, is told that some is missing and how the store is, once, and goes on.
    int events = 0, losses = 0;
    for (Wire::Message message{}; message != Wire::Message::Availability;) {
        message = reader.readMessage();
        QVERIFY(message == Wire::Message::Event || message == Wire::Message::EventsLost
                || message == Wire::Message::Availability);
        events += message == Wire::Message::Event;
        losses += message == Wire::Message::EventsLost;
    }
    QVERIFY(events > 0 && events < changes / 2);
    QVERIFY(losses > 0);
    host.run([&] { QVERIFY(host.store().update(newRecord(1).key, counting()).isFinished()); });
    QCOMPARE(reader.readMessage(), Wire::Message::Event);
}

void TestLiveServer::clientThatReadsNoRepliesIsNotListenedTo()
{
    LiveHost host;
    LiveStore store(host.name());
    for (int i = 0; i < 100; ++i) {
        SessionRecord record = newRecord(i);
        record.data.insert(QByteArrayView("filling"), QByteArrayView('"' + QByteArray(10'000, 'x') + '"'));
        QVERIFY(store.waitFor(store.create(record)));
    }
    RawClient greedy(host.name());
    greedy.socket.setReadBufferSize(4096);
    SessionQuery query;
    query.withData = true;
    constexpr int requests = 1000; // for 1 GB of replies
    const qint64 before = residentMemory();
    for (int i = 0; i < requests; ++i)
        greedy.request(Wire::Operation::List, query);
    for (int i = 0; i < 20 && greedy.socket.bytesToWrite() > 0; ++i)
        greedy.socket.waitForBytesWritten(5);
    QThread::msleep(50);
    QVERIFY2(residentMemory() - before < 20'000'000, QByteArray::number(residentMemory() - before).constData());
    QCOMPARE(store.waitFor(store.count()), 100);

    greedy.socket.setReadBufferSize(0);
    for (int i = 0; i < requests / 10; ++i) // and what was asked for is still answered
        QCOMPARE(greedy.readMessage(), Wire::Message::Answer);
}

void TestLiveServer::applicationKeepsItsPaceWithStalledAndGreedyClients()
{
    LiveHost host;
    host.run([&] { QVERIFY(host.store().create(newRecord(1)).isFinished()); });
    // What the application does all day: the median time of a change with its turn of the event loop.
    const auto pace = [&host] {
        std::vector<qint64> times;
        for (int i = 0; i < 2000; ++i) {
            QElapsedTimer timer;
            timer.start();
            host.run([&host] { QVERIFY(host.store().update(newRecord(1).key, counting()).isFinished()); });
            times.push_back(timer.nsecsElapsed());
        }
        std::ranges::nth_element(times, times.begin() + 1000);
        return times[1000];
    };
    const qint64 alone = pace();

    RawClient stalled(host.name());
    stalled.socket.setReadBufferSize(4096);
    stalled.request(Wire::Operation::Subscribe);
    QCOMPARE(stalled.readMessage(), Wire::Message::Answer);
    RawClient greedy(host.name());
    greedy.socket.setReadBufferSize(4096);
    for (int i = 0; i < 10'000; ++i)
        greedy.request(Wire::Operation::List, SessionQuery());
    greedy.socket.waitForBytesWritten(10);
    const qint64 watched = pace();
    qInfo("a change takes the application %.1f us alone, %.1f us with a stalled and a greedy client", double(alone) / 1000,
          double(watched) / 1000);
    QVERIFY(watched < 3 * alone + 100'000);
}

QTEST_GUILESS_MAIN(TestLiveServer)
#include "tst_liveserver.moc"
