// SPDX-License-Identifier: MIT
#include <rediscluster.h>
#include <sentinelset.h>

#include <Sojourn/RedisStore>

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Sentinels and clusters over TLS, as rediss+sentinel:// and rediss+cluster:// reach them.
class TestRedisTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void sentinelsAndTheirMasterAreReached();
    void nodesOfAClusterAreReached();

private:
    RedisOptions encrypted() const;
    void useStore(RedisStore &store, const SessionKey &key);
    void refusesOthers(RedisOptions options);

    TlsFiles m_tls;
};

RedisOptions TestRedisTls::encrypted() const
{
    RedisOptions options;
    options.tls = true;
    options.caCertificateFile = m_tls.certificate();
    return options;
}

void TestRedisTls::initTestCase()
{
    if (RedisStore probe(encrypted()); probe.waitFor(probe.count()).error() == Error::Unsupported)
        QSKIP("This build has no TLS for Redis.");
    if (!m_tls.make())
        QSKIP("There is no openssl to make a certificate with.");
    if (RedisServer server({}, &m_tls); RedisServer::program().isEmpty() || !server.start())
        QSKIP("This server has no TLS.");
}

void TestRedisTls::useStore(RedisStore &store, const SessionKey &key)
{
    store.setTimeout(20s);
    QSignalSpy events(&store, &SessionStore::sessionEvent);
    QVERIFY(store.waitFor(store.subscribe()));
    SessionRecord record;
    record.key = key;
    record.user = u"ann"_s;
    record.createdAt = record.lastSeenAt = record.idIssuedAt = store.now();
    record.expiresAt = record.createdAt + std::chrono::hours(1);
    record.data.insert("text", '"' + QByteArray(100'000, 'x') + '"');
    record.updateCounts();
    const auto created = store.waitFor(store.create(record));
    QVERIFY2(created, qPrintable(created ? QString() : created.error().text));
    QCOMPARE(*store.waitFor(store.load(key)), record);
    QTRY_COMPARE(events.size(), 1);
}

/// A certificate that nobody knows.
void TestRedisTls::refusesOthers(RedisOptions options)
{
    options.caCertificateFile.clear();
    RedisStore store(options);
    const Result<qint64> count = store.waitFor(store.count());
    QVERIFY(!count);
    QVERIFY2(count.error().text.contains(u"certificate") || count.error().text.contains(u"None of the sentinels"),
             qPrintable(count.error().text));
}

void TestRedisTls::sentinelsAndTheirMasterAreReached()
{
    SentinelSet set(&m_tls);
    QVERIFY(set.start());
    RedisOptions options = encrypted();
    options.masterName = u"shop"_s;
    for (const SentinelServer &sentinel : set.sentinels)
        options.sentinels.append({u"127.0.0.1"_s, sentinel.servedPort()});
    RedisStore store(options);
    const SessionKey key = *SessionKey::fromBytes(QByteArray(32, '\1'));
    useStore(store, key);
    const int before = set.master();
    set.servers[before].kill();
    QTRY_VERIFY_WITH_TIMEOUT(set.isPromoted(before), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(store.waitFor(store.load(key)).has_value(), 20'000);
    refusesOthers(options);
}

void TestRedisTls::nodesOfAClusterAreReached()
{
    RedisCluster cluster(3, &m_tls);
    QVERIFY(cluster.start());
    RedisOptions options = encrypted();
    options.shards = 16;
    options.clusterNodes = {{u"127.0.0.1"_s, cluster[0].servedPort()}};
    RedisStore store(options);
    for (char n = 0; n < 8; ++n) // among all masters
        useStore(store, *SessionKey::fromBytes(QByteArray(32, char(n * 32))));
    QCOMPARE(*store.waitFor(store.removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 8);
    QCOMPARE(store.servers(), u"3 of 3 masters"_s);
    refusesOthers(options);
}

QTEST_GUILESS_MAIN(TestRedisTls)
#include "tst_redistls.moc"
