// SPDX-License-Identifier: MIT

// Two hundred visitors of a pool who write, read, rotate, log in and out and are revoked, while the store stalls, is killed,
// fails over, and the application starts anew. Nothing that was acknowledged is lost, no id that is dead lives again, and memory,
// descriptors and threads stay as they are, those of an inspector that watches too.
//
// SOJOURN_SOAK_SECONDS  on each store (default 4)
// SOJOURN_INSPECTOR     the program that watches, where it is not the one that was built with this

#include "gauge.h"
#include "visitors.h"

#include <sentinelset.h>

#include <Sojourn/HttpServerPool>
#include <Sojourn/LiveServer>
#include <Sojourn/MemoryStore>
#include <Sojourn/RedisStore>
#include <Sojourn/Session>
#include <Sojourn/SqliteStore>

#include <QtCore/QElapsedTimer>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool MeasuresMemory = false; // sanitizers keep what was freed
#else
constexpr bool MeasuresMemory = true;
#endif

/// Where the sessions are, and what befalls them there.
struct Place
{
    std::function<std::shared_ptr<SessionStore>()> open;
    QString url; ///< for an inspector
    std::vector<std::function<void()>> mishaps; ///< each comes right before it returns
    bool countsMayGoBack = false;
    std::vector<std::shared_ptr<void>> owned;
};

void addRoutes(QHttpServer &server, SessionManager &sessions)
{
    sessions.install(&server);
    /// \a handle works on the session of somebody who is logged in.
    const auto add = [&](const QString &path, const std::function<QString(Session &)> &handle) {
        const bool added = sessions.route(&server, path, [handle](Session &session) {
            if (session.user().isEmpty())
                return QHttpServerResponse(QHttpServerResponse::StatusCode::Unauthorized);
            return QHttpServerResponse(handle(session));
        });
        if (!added)
            qFatal("A route of the test could not be added.");
    };
    add(u"/write"_s, [](Session &session) {
        session.increment("count");
        return session.user();
    });
    add(u"/read"_s,
        [](Session &session) { return session.user() + u' ' + QString::number(session.get<qint64>("count").value_or(0)); });
    add(u"/rotate"_s, [](Session &session) {
        session.rotate();
        return session.user();
    });
    add(u"/logout"_s, [](Session &session) {
        const QString user = session.user();
        session.logOut();
        return user;
    });
    const bool added = sessions.route(&server, u"/login"_s, [](Session &session, const QHttpServerRequest &request) {
        session.logIn(request.query().queryItemValue(u"user"_s));
        session.insert("browser", u"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"_s);
        return QHttpServerResponse("in");
    });
    if (!added)
        qFatal("A route of the test could not be added.");
}

} // namespace

class TestSoak : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsLostRevivedOrPiledUp_data();
    void nothingIsLostRevivedOrPiledUp();

private:
    static constexpr int Clients = 200, ClientThreads = 4;

    Place memory();
    Place sqlite();
    std::optional<Place> redis();
    std::optional<Place> sentinel();
    static std::unique_ptr<HttpServerPool> serve(const Place &place, quint16 port);
    void startInspector(QProcess &inspector, const QString &url);

    QTemporaryDir m_folder;
    int m_seconds = 4;
};

void TestSoak::initTestCase()
{
    QLoggingCategory::setFilterRules(u"sojourn.*=false"_s);
    if (qEnvironmentVariableIsSet("SOJOURN_SOAK_SECONDS"))
        m_seconds = qEnvironmentVariableIntValue("SOJOURN_SOAK_SECONDS");
}

/// Others look into it over its socket, which closes now and then.
Place TestSoak::memory()
{
    const auto store = std::make_shared<MemoryStore>();
    const auto live = std::make_shared<LiveServer>(store);
    const QString name = u"soak-%1"_s.arg(QCoreApplication::applicationPid());
    const auto listen = [live, name] {
        if (const auto listening = live->listen(name); !listening)
            qFatal("%s", qPrintable(listening.error().text));
    };
    listen();
    return {[store] { return store; },
            u"live:"_s + name,
            {[live, listen] {
                live->close();
                listen();
            }},
            false,
            {live}};
}

Place TestSoak::sqlite()
{
    const QString path = m_folder.filePath(u"sessions.db"_s);
    const auto hold = [path](int time) {
        const QString name = u"holder"_s;
        {
            QSqlDatabase holder = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
            holder.setDatabaseName(path);
            holder.open();
            QSqlQuery(u"BEGIN IMMEDIATE"_s, holder);
            QTest::qWait(time);
            holder.close();
        }
        QSqlDatabase::removeDatabase(name);
    };
    return {[path] { return std::make_shared<SqliteStore>(path); },
            u"sqlite:"_s + path,
            {[hold] { hold(300); }, [hold] { hold(2500); }}, // longer than an operation may take
            false,
            {}};
}

std::optional<Place> TestSoak::redis()
{
    if (RedisServer::program().isEmpty())
        return {};
    const auto server = std::make_shared<RedisServer>(QStringList{u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s,
                                                                  u"always"_s}); // so that kill -9 takes nothing back
    if (!server->start())
        return {};
    const quint16 port = server->port();
    return Place{[port] {
                     RedisOptions options;
                     options.port = port;
                     return std::make_shared<RedisStore>(options);
                 },
                 u"redis://127.0.0.1:%1"_s.arg(port),
                 {[server] {
                      server->kill();
                      server->start();
                  },
                  [server] {
                      server->stall();
                      QTest::qWait(700);
                      server->proceed();
                  }},
                 false,
                 {server}};
}

std::optional<Place> TestSoak::sentinel()
{
    if (RedisServer::program().isEmpty())
        return {};
    const auto set = std::make_shared<SentinelSet>();
    if (!set->start())
        return {};
    RedisOptions options;
    options.masterName = u"shop"_s;
    for (const SentinelServer &one : set->sentinels)
        options.sentinels.append({u"127.0.0.1"_s, one.port()});
    return Place{[options] { return std::make_shared<RedisStore>(options); },
                 set->url(),
                 {[set] {
                     const int old = set->master();
                     if (old < 0)
                         return;
                     set->servers[old].kill();
                     ServerProcess::soon([&] { return set->isPromoted(old); });
                     set->heal();
                     set->isWhole();
                 }},
                 true,
                 {set}};
}

std::unique_ptr<HttpServerPool> TestSoak::serve(const Place &place, quint16 port)
{
    auto pool = std::make_unique<HttpServerPool>(2, addRoutes);
    SessionOptions options;
    options.policy.idle = 1h;
    options.cookie.secure = false;
    options.sweepInterval = 1s;
    pool->setOptions(options);
    pool->setStoreFactory([open = place.open] { return Result<std::shared_ptr<SessionStore>>(open()); });
    if (const auto listening = pool->listen(QHostAddress::LocalHost, port); !listening)
        qFatal("%s", qPrintable(listening.error().text));
    return pool;
}

void TestSoak::startInspector(QProcess &inspector, const QString &url)
{
    const QString program = qEnvironmentVariable("SOJOURN_INSPECTOR", QStringLiteral(SOJOURN_INSPECTOR));
    if (program.isEmpty())
        return;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.path());
    inspector.setProcessEnvironment(environment);
    inspector.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    inspector.start(program, {url});
    QVERIFY(inspector.waitForStarted());
}

void TestSoak::nothingIsLostRevivedOrPiledUp_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("memory") << 0;
    QTest::newRow("SQLite") << 1;
    QTest::newRow("Redis") << 2;
    if (m_seconds >= 20) // a failover takes some seconds
        QTest::newRow("Sentinel") << 3;
}

void TestSoak::nothingIsLostRevivedOrPiledUp()
{
    QFETCH(const int, kind);
    const std::optional<Place> place = kind == 0 ? memory() : kind == 1 ? sqlite() : kind == 2 ? redis() : sentinel();
    if (!place)
        QSKIP("There is no Redis here, or it does not start.");
    auto pool = serve(*place, 0);
    const quint16 port = pool->port();
    Tally tally;
    tally.countsMayGoBack = place->countsMayGoBack;
    QProcess inspector;
    startInspector(inspector, place->url);

    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < ClientThreads; ++i) {
        threads.emplace_back(QThread::create([&, i] {
            Visitors(port, i * Clients / ClientThreads, Clients / ClientThreads, place->open, tally).run();
        }));
        threads.back()->start();
    }
    Gauge self(u"server and visitors"_s, QCoreApplication::applicationPid());
    Gauge watcher(u"inspector"_s, inspector.processId());
    QElapsedTimer timer;
    timer.start();
    const qint64 length = m_seconds * 1000, pause = std::clamp<qint64>(length / 8, 400, 4000);
    int mishaps = 0, restarts = 0;
    for (qint64 next = pause; timer.elapsed() < length && !tally.stops;) {
        QTest::qWait(int(std::min<qint64>(pause, 200)));
        self.look();
        watcher.look();
        if (timer.elapsed() < next)
            continue;
        const size_t turn = size_t(mishaps + restarts) % (place->mishaps.size() + 1);
        if (turn < place->mishaps.size()) {
            place->mishaps[turn]();
            ++mishaps;
        } else { // the application starts anew; sessions in memory go with it
            if (kind != 0) {
                pool->stop();
                pool.reset();
                pool = serve(*place, port);
            }
            ++restarts;
        }
        next = timer.elapsed() + pause;
    }
    tally.stops = true;
    for (const auto &thread : threads)
        thread->wait();

    qInfo("%lld answers, %lld refused (503 or none); %lld writes, %lld rotations, %lld log-ins, %lld log-outs, %lld revocations, "
          "%lld tries of dead ids; %d mishaps of the store, %d new starts, %lld ms",
          tally.answers.load(), tally.refusals.load(), tally.writes.load(), tally.rotations.load(), tally.logins.load(),
          tally.logouts.load(), tally.revocations.load(), tally.triesOfDeadIds.load(), mishaps, restarts, timer.elapsed());
    qInfo("%s; %s", qPrintable(self.summary()), qPrintable(watcher.summary()));
    const QStringList complaints = tally.takeComplaints();
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QVERIFY(tally.writes > 0 && tally.rotations > 0 && tally.logouts > 0);
    if (m_seconds >= 60) { // before, all is still on its way up, and new starts weigh too much
        QVERIFY2(self.growth(MeasuresMemory).isEmpty(), qPrintable(self.growth(MeasuresMemory)));
        QVERIFY2(watcher.growth(MeasuresMemory).isEmpty(), qPrintable(watcher.growth(MeasuresMemory)));
    }
    if (inspector.processId() != 0) {
        QCOMPARE(inspector.state(), QProcess::Running);
        inspector.terminate();
        QVERIFY(inspector.waitForFinished(20'000));
        QCOMPARE(inspector.exitStatus(), QProcess::NormalExit);
    }
}

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
