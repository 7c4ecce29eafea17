// SPDX-License-Identifier: MIT
// A pool of eight threads under the load of several clients at once. Small by default, and made for ./dev tsan;
// SOJOURN_POOL_ROUNDS makes it larger (default 60).

#include "httpclient.h"

#include <Sojourn/HttpServerPool>
#include <Sojourn/MemoryStore>
#include <Sojourn/Session>

#include <QtCore/QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPoolUnderLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatOneConnectionWroteAnotherReads();
    void sessionsExpireExactlyOnce();

private:
    static constexpr int Threads = 8;
    static constexpr int Clients = 4;

    std::unique_ptr<HttpServerPool> makePool();
    /// Runs \a work in as many threads as there are clients, each with its number, until all are done.
    static void inClients(const std::function<void(int client)> &work);

    std::shared_ptr<MemoryStore> m_store;
    std::atomic<qint64> m_now;
    int m_rounds = 60;
};

void TestPoolUnderLoad::init()
{
    if (qEnvironmentVariableIsSet("SOJOURN_POOL_ROUNDS"))
        m_rounds = qEnvironmentVariableIntValue("SOJOURN_POOL_ROUNDS");
    m_now = systemNow().time_since_epoch().count();
    m_store = std::make_shared<MemoryStore>();
    m_store->setClock([this] { return TimePoint(std::chrono::milliseconds(m_now)); });
}

std::unique_ptr<HttpServerPool> TestPoolUnderLoad::makePool()
{
    auto pool = std::make_unique<HttpServerPool>(Threads, [](QHttpServer &server, SessionManager &sessions) {
        sessions.install(&server);
        server.route(u"/write"_s, [&sessions](const QHttpServerRequest &request) {
            Session session = sessions.session(request);
            const int next = session.get<int>("value").value_or(0) + 1;
            session.insert("value", next);
            return QHttpServerResponse(QString::number(next));
        });
        const bool added = sessions.route(&server, u"/read"_s, [](Session &session) {
            return QHttpServerResponse(QString::number(session.get<int>("value").value_or(0)));
        });
        QVERIFY(added);
    });
    SessionOptions options;
    options.policy.idle = 1h;
    options.sweepInterval = 0ms; // the tests sweep
    pool->setOptions(options);
    pool->setStoreFactory([store = m_store] { return Result<std::shared_ptr<SessionStore>>(store); });
    return pool;
}

void TestPoolUnderLoad::inClients(const std::function<void(int)> &work)
{
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < Clients; ++i) {
        threads.emplace_back(QThread::create([&work, i] { work(i); }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        HttpClient::waitUntil([&] { return thread->isFinished(); }, 100'000);
}

void TestPoolUnderLoad::whatOneConnectionWroteAnotherReads()
{
    const auto pool = makePool();
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    std::atomic<int> stale = 0;
    inClients([&](int) {
        HttpClient writer(pool->port()), reader(pool->port());
        QByteArray cookie;
        for (int i = 1; i <= m_rounds; ++i) {
            const HttpResponse written = writer.get("/write", cookie);
            if (!written.cookie().isEmpty())
                cookie = "id=" + written.cookie();
            const bool isRight = written.body == QByteArray::number(i) && reader.get("/read", cookie).body == written.body;
            stale += isRight ? 0 : 1;
        }
    });
    QCOMPARE(stale, 0);
    QCOMPARE(m_store->count().takeResult().value(), Clients);
}

void TestPoolUnderLoad::sessionsExpireExactlyOnce()
{
    const auto pool = makePool();
    std::atomic<int> expired = 0;
    connect(
        m_store.get(), &SessionStore::sessionEvent, m_store.get(),
        [&](const SessionEvent &event) {
            if (event.type == SessionEvent::Expired)
                ++expired;
        },
        Qt::DirectConnection);
    QVERIFY(m_store->subscribe().takeResult());
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    const int before = m_rounds / 3;
    inClients([&](int) {
        HttpClient client(pool->port());
        for (int i = 0; i < before; ++i)
            client.get("/write"); // a session each
    });
    QCOMPARE(m_store->count().takeResult().value(), Clients * before);
    m_now += 3'600'000;
    // All threads sweep, while visitors come who have lost their sessions.
    inClients([&](int) {
        HttpClient client(pool->port());
        for (int i = 0; i < before; ++i)
            client.get("/read", "id=" + SessionId::generate().toCookieValue());
        while (m_store->removeExpired(3).takeResult().value_or(0) > 0) { }
    });
    pool->stop();
    QCOMPARE(expired, Clients * before);
    QCOMPARE(m_store->count().takeResult().value(), 0);
}

QTEST_GUILESS_MAIN(TestPoolUnderLoad)
#include "tst_poolunderload.moc"
