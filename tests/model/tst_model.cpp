// SPDX-License-Identifier: MIT

// Random histories of visitors and administrators on every store, each compared with a small model after each operation. A
// history that fails is made as short as possible and printed.
//
// SOJOURN_MODEL_SEED       with which to begin (default 1, always the same histories; 0: another one each time)
// SOJOURN_MODEL_OPERATIONS how many for each store (default 1200)
// SOJOURN_MODEL_SHORTENS   0: what fails is not made shorter

#include "checker.h"

#include <livehost.h>
#include <rediscluster.h>
#include <sentinelset.h>

#include <Sojourn/CachingStore>
#include <Sojourn/LiveStore>
#include <Sojourn/MemoryStore>
#include <Sojourn/RedisStore>
#include <Sojourn/SqliteStore>

#include <QtCore/QElapsedTimer>
#include <QtCore/QLoggingCategory>
#include <QtCore/QRandomGenerator>
#include <QtCore/QScopeGuard>
#include <QtTest/QTest>

#include <algorithm>
#include <cstdio>

using namespace Sojourn;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Backend *)

class TestModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void historiesAreAsTheModelSays_data();
    void historiesAreAsTheModelSays();

private:
    struct Failure
    {
        QString what;
        QList<Operation> history; // up to what failed
    };

    static std::optional<Failure> play(const Backend &backend, const Setup &setup, const QList<Operation> &history);
    static Failure shortened(const Backend &backend, const Setup &setup, Failure failure);
    static QString told(const Backend &backend, const Setup &setup, const Failure &failure);

    /// No failover, however busy the machine is: the model knows nothing of requests that may have been carried out.
    static bool isPatient(const ServerProcess &server, const QByteArrayList &setting)
    {
        return server.ask(setting + QByteArrayList{"600000"}).startsWith("+OK");
    }
    bool startSentinels()
    {
        return m_sentinels.start() && std::ranges::all_of(m_sentinels.sentinels, [](const SentinelServer &server) {
                   return isPatient(server, {"SENTINEL", "SET", "shop", "down-after-milliseconds"});
               });
    }
    bool startCluster()
    {
        if (!m_cluster.start())
            return false;
        for (int i = 0; i < m_cluster.count(); ++i) {
            if (!isPatient(m_cluster[i], {"CONFIG", "SET", "cluster-node-timeout"}))
                return false;
        }
        return true;
    }

    Backend *add(const QString &name)
    {
        m_backends.push_back(std::make_unique<Backend>());
        m_backends.back()->name = name;
        return m_backends.back().get();
    }

    std::vector<std::unique_ptr<Backend>> m_backends;
    std::shared_ptr<MemoryStore> m_memory;
    std::unique_ptr<LiveHost> m_host;
    QTemporaryDir m_folder;
    QString m_path;
    RedisServer m_redis;
    RedisOptions m_redisOptions;
    SentinelSet m_sentinels;
    RedisCluster m_cluster;
    int m_made = 0;
    quint64 m_seed = 1;
    qint64 m_operations = 1200;
};

void TestModel::initTestCase()
{
    QLoggingCategory::setFilterRules(u"sojourn.*=false"_s);
    if (qEnvironmentVariableIsSet("SOJOURN_MODEL_SEED"))
        m_seed = qEnvironmentVariable("SOJOURN_MODEL_SEED").toULongLong();
    if (m_seed == 0)
        m_seed = QRandomGenerator::system()->generate64();
    if (qEnvironmentVariableIsSet("SOJOURN_MODEL_OPERATIONS"))
        m_operations = qEnvironmentVariable("SOJOURN_MODEL_OPERATIONS").toLongLong();

    Backend *memory = add(u"memory"_s);
    memory->hasOneClock = true;
    memory->reset = [this](const Clock &) { m_memory = std::make_shared<MemoryStore>(); };
    memory->open = [this] { return m_memory; };

    Backend *sqlite = add(u"sqlite"_s);
    sqlite->cost = 4; // its events of other processes take some 25 ms
    sqlite->reset = [this](const Clock &) { m_path = m_folder.filePath(QString::number(++m_made)); };
    sqlite->open = [this] { return std::make_shared<SqliteStore>(m_path); };

    Backend *live = add(u"live"_s);
    live->hasOneClock = true;
    live->reset = [this](const Clock &clock) {
        m_host = std::make_unique<LiveHost>(LiveHost::freshName(), clock);
        m_host->store().setSizeLimit(Model::Policy().sizeLimit);
    };
    live->open = [this] { return std::make_shared<LiveStore>(m_host->name()); };

    if (RedisServer::program().isEmpty())
        return;
    QVERIFY(m_redis.start());
    m_redisOptions.port = m_redis.port();
    Backend *redis = add(u"redis"_s);
    redis->reset = [this](const Clock &) { m_redisOptions.prefix = "model" + QByteArray::number(++m_made) + ':'; };
    redis->open = [this] { return std::make_shared<RedisStore>(m_redisOptions); };

    Backend *cached = add(u"cached"_s);
    cached->reset = redis->reset;
    cached->open = [this] { return std::make_shared<CachingStore>(std::make_shared<RedisStore>(m_redisOptions)); };

    Backend *sentinel = add(u"sentinel"_s);
    sentinel->cost = 8; // its replicas are waited for
    sentinel->reset = redis->reset;
    sentinel->start = [this] { return startSentinels(); };
    sentinel->open = [this] {
        RedisOptions options = m_redisOptions;
        options.masterName = u"shop"_s;
        for (const SentinelServer &server : m_sentinels.sentinels)
            options.sentinels.append({u"127.0.0.1"_s, server.port()});
        return std::make_shared<RedisStore>(options);
    };

    Backend *cluster = add(u"cluster"_s);
    cluster->cost = 8;
    cluster->reset = redis->reset;
    cluster->start = [this] { return startCluster(); };
    cluster->open = [this] {
        RedisOptions options = m_redisOptions;
        options.clusterNodes = {{u"127.0.0.1"_s, m_cluster[0].port()}};
        options.shards = 16;
        return std::make_shared<RedisStore>(options);
    };
}

std::optional<TestModel::Failure> TestModel::play(const Backend &backend, const Setup &setup, const QList<Operation> &history)
{
    Checker checker(backend, setup);
    for (qsizetype i = 0; i < history.size(); ++i) {
        if (const QString failure = checker.run(history[i]); !failure.isEmpty())
            return Failure{failure, history.first(i + 1)};
    }
    return {};
}

/// A history that fails in the same way, from which nothing can be left out.
TestModel::Failure TestModel::shortened(const Backend &backend, const Setup &setup, Failure failure)
{
    const bool shortens = qEnvironmentVariable("SOJOURN_MODEL_SHORTENS") != u"0"_s;
    const QDeadlineTimer deadline(shortens ? 60'000 : 0);
    const int patience = std::exchange(World::patience(), 1000); // what does not come must not take the whole time
    const auto restore = qScopeGuard([&] { World::patience() = patience; });
    const auto stillFails = [&](const QList<Operation> &history) {
        if (deadline.hasExpired())
            return false;
        auto again = play(backend, setup, history);
        if (!again)
            return false;
        failure = *again;
        return true;
    };
    for (qsizetype size = failure.history.size() / 2; size > 0; size /= 2) {
        for (qsizetype at = failure.history.size() - size; at >= 0; at -= size) {
            if (at + size > failure.history.size())
                continue;
            QList<Operation> fewer = failure.history;
            fewer.remove(at, size);
            stillFails(fewer);
        }
    }
    for (qsizetype i = 0; i < failure.history.size(); ++i) {
        for (qsizetype a = failure.history[i].actions.size() - 1; a >= 0; --a) {
            QList<Operation> fewer = failure.history;
            fewer[i].actions.remove(a);
            stillFails(fewer);
            if (i >= failure.history.size())
                return failure;
            a = std::min(a, failure.history[i].actions.size());
        }
        for (qsizetype a = failure.history[i].meanwhile.size() - 1; a >= 0; --a) {
            QList<Operation> fewer = failure.history;
            fewer[i].meanwhile.remove(a);
            stillFails(fewer);
            if (i >= failure.history.size())
                return failure;
            a = std::min(a, failure.history[i].meanwhile.size());
        }
    }
    return failure;
}

QString TestModel::told(const Backend &backend, const Setup &setup, const Failure &failure)
{
    QString text = u"%1: %2\nafter this history (%3):\n"_s.arg(backend.name, failure.what, setup.toString());
    for (const Operation &operation : failure.history)
        text += u"    "_s + operation.toString() + u'\n';
    return text;
}

void TestModel::historiesAreAsTheModelSays_data()
{
    QTest::addColumn<Backend *>("backend");
    for (const auto &backend : m_backends)
        QTest::addRow("%s", qPrintable(backend->name)) << backend.get();
}

void TestModel::historiesAreAsTheModelSays()
{
    constexpr int CaseSize = 120;
    QFETCH(Backend *, backend);
    QVERIFY(!backend->start || backend->start());
    QElapsedTimer timer;
    timer.start();
    qint64 done = 0;
    quint64 seed = m_seed;
    for (; done < m_operations / backend->cost; ++seed) {
        const Setup setup = Setup::random(seed);
        OperationGenerator generator(seed);
        QList<Operation> history;
        for (int i = 0; i < CaseSize; ++i)
            history.append(generator.next());
        if (const auto failure = play(*backend, setup, history)) {
            std::fprintf(stderr, "SOJOURN_MODEL_SEED=%llu after %lld operations\n", static_cast<unsigned long long>(seed),
                         static_cast<long long>(done + failure->history.size()));
            std::fprintf(stderr, "%s\n", qPrintable(failure->what)); // should what follows end with a crash
            const QString text = told(*backend, setup, shortened(*backend, setup, *failure));
            std::fprintf(stderr, "%s\n", qPrintable(text));
            QFAIL("A history differs from the model; it is printed above.");
        }
        done += CaseSize;
    }
    qInfo("%lld operations in %lld ms, seeds %llu to %llu", static_cast<long long>(done), static_cast<long long>(timer.elapsed()),
          static_cast<unsigned long long>(m_seed), static_cast<unsigned long long>(seed - 1));
}

QTEST_GUILESS_MAIN(TestModel)
#include "tst_model.moc"
