// SPDX-License-Identifier: MIT
#include <rediscluster.h>
#include <sentinelset.h>

#include <Sojourn/RedisStore>
#include <Sojourn/Stores>

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Servers, sentinels and clusters over TLS, as rediss://, rediss+sentinel:// and rediss+cluster:// reach them.
class TestRedisTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oneServerIsReached();
    void serverThatHasRunOutIsRefused();
    void serverWithoutTlsIsToldSo();
    void sentinelsAndTheirMastersAreReached();
    void masterWithACertificateOfAnotherIsRefused();
    void nodesOfAClusterAreReached();

private:
    RedisOptions encrypted() const;
    void identify(const RedisServer &server, const QString &name) const;
    void useStore(SessionStore &store, const SessionKey &key);
    void useByUrl(const QString &url);
    void refusesStrangers(RedisOptions options);

    TlsFiles m_tls;
};

static SessionKey keyOf(char first)
{
    return *SessionKey::fromBytes(QByteArray(32, first));
}

/// Whether all clients have come over TLS, but for the one who asks.
static bool hasEncryptedClientsOnly(const ServerProcess &server, quint16 tlsPort)
{
    const QByteArray clients = server.ask({"CLIENT", "LIST"});
    const auto count = [&clients](quint16 port) { return clients.count(" laddr=127.0.0.1:" + QByteArray::number(port) + ' '); };
    return count(server.port()) == 1 && count(tlsPort) > 0;
}

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

/// Gives a server another certificate.
void TestRedisTls::identify(const RedisServer &server, const QString &name) const
{
    QByteArrayList command = {"CONFIG", "SET"};
    for (const QStringList &setting : m_tls.identity(name))
        command += {setting[0].toLatin1(), QFile::encodeName(setting[1])};
    QVERIFY(server.ask(command).startsWith("+OK"));
}

void TestRedisTls::useStore(SessionStore &store, const SessionKey &key)
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
    QTRY_COMPARE_WITH_TIMEOUT(events.size(), 1, 20'000);
}

/// A URL names no authority: it is one that the machine trusts.
void TestRedisTls::useByUrl(const QString &url)
{
    qputenv("SSL_CERT_FILE", QFile::encodeName(m_tls.certificate()));
    const auto opened = storeFromUrl(url);
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().text));
    (*opened)->setTimeout(20s);
    const Result<qint64> count = (*opened)->waitFor((*opened)->count());
    qunsetenv("SSL_CERT_FILE");
    QVERIFY2(count, qPrintable(count ? QString() : count.error().text));
    QVERIFY(*count > 0);
}

/// Of an authority that nobody knows, or for another host than the one that was asked for. The error says what to do.
void TestRedisTls::refusesStrangers(RedisOptions options)
{
    const auto refusal = [](const RedisOptions &wrong) {
        RedisStore store(wrong);
        const Result<qint64> count = store.waitFor(store.count());
        return count ? QString() : count.error().text;
    };
    RedisOptions unknown = options;
    unknown.caCertificateFile.clear();
    QString text = refusal(unknown);
    QVERIFY2(text.contains(u" is not accepted (") && text.contains(u"SSL_CERT_FILE"), qPrintable(text));

    options.host = u"localhost"_s; // and the certificate is for the address
    for (auto *servers : {&options.sentinels, &options.clusterNodes}) {
        for (RedisAddress &server : *servers)
            server.host = u"localhost"_s;
    }
    text = refusal(options);
    QVERIFY2(text.contains(u"The certificate of the server at localhost:") && text.contains(u"is for other addresses. Use "),
             qPrintable(text));
}

void TestRedisTls::oneServerIsReached()
{
    RedisServer server({}, &m_tls);
    QVERIFY(server.start());
    RedisOptions options = encrypted();
    options.host = u"127.0.0.1"_s;
    options.port = server.servedPort();
    RedisStore store(options);
    useStore(store, keyOf(1));
    QTRY_VERIFY(hasEncryptedClientsOnly(server, server.servedPort()));
    useByUrl(u"rediss://127.0.0.1:%1"_s.arg(server.servedPort()));
    refusesStrangers(options);
}

void TestRedisTls::serverThatHasRunOutIsRefused()
{
    RedisServer server({}, &m_tls);
    QVERIFY(server.start());
    identify(server, u"old"_s);
    RedisOptions options = encrypted();
    options.host = u"127.0.0.1"_s;
    options.port = server.servedPort();
    RedisStore store(options);
    const Result<qint64> count = store.waitFor(store.count());
    QVERIFY(!count);
    QVERIFY2(count.error().text.contains(u" has run out") && count.error().text.contains(u"Renew it"),
             qPrintable(count.error().text));
}

/// And one that wants it.
void TestRedisTls::serverWithoutTlsIsToldSo()
{
    RedisServer server({}, &m_tls);
    QVERIFY(server.start());
    for (const bool tls : {true, false}) {
        RedisOptions options = tls ? encrypted() : RedisOptions();
        options.host = u"127.0.0.1"_s;
        options.port = tls ? server.port() : server.servedPort();
        RedisStore store(options);
        store.setTimeout(2s);
        const Result<qint64> count = store.waitFor(store.count());
        QVERIFY(!count);
        const QString advice = tls ? u"Check that it listens with TLS there"_s : u"If it wants TLS, use a rediss URL."_s;
        QVERIFY2(count.error().text.contains(advice), qPrintable(count.error().text));
    }
}

void TestRedisTls::sentinelsAndTheirMastersAreReached()
{
    SentinelSet set(&m_tls);
    QVERIFY(set.start());
    RedisOptions options = encrypted();
    options.masterName = u"shop"_s;
    for (const SentinelServer &sentinel : set.sentinels)
        options.sentinels.append({u"127.0.0.1"_s, sentinel.servedPort()});
    RedisStore store(options);
    useStore(store, keyOf(1));
    const auto isEncrypted = [&set](int master) {
        return hasEncryptedClientsOnly(set.servers[master], set.servers[master].servedPort())
            && std::ranges::all_of(set.sentinels, [](const SentinelServer &sentinel) {
                   return hasEncryptedClientsOnly(sentinel, sentinel.servedPort());
               });
    };
    const int before = set.master();
    QTRY_VERIFY(isEncrypted(before));
    useByUrl(set.url());
    refusesStrangers(options);

    set.servers[before].kill();
    QTRY_VERIFY_WITH_TIMEOUT(set.isPromoted(before), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(store.waitFor(store.load(keyOf(1))).has_value(), 20'000);
    useStore(store, keyOf(2));
    QTRY_VERIFY(isEncrypted(set.master()));
}

/// Although the sentinels name it.
void TestRedisTls::masterWithACertificateOfAnotherIsRefused()
{
    SentinelSet set(&m_tls);
    QVERIFY(set.start());
    const RedisServer &master = set.masterServer();
    identify(master, u"other"_s);
    RedisOptions options = encrypted();
    options.masterName = u"shop"_s;
    options.sentinels = {{u"127.0.0.1"_s, set.sentinels[0].servedPort()}};
    RedisStore store(options);
    const Result<qint64> count = store.waitFor(store.count());
    QVERIFY(!count);
    const QString expected = u"The certificate of the server at 127.0.0.1:%1 is for other"_s.arg(master.servedPort());
    QVERIFY2(count.error().text.startsWith(expected), qPrintable(count.error().text));
}

void TestRedisTls::nodesOfAClusterAreReached()
{
    RedisCluster cluster(3, &m_tls);
    QVERIFY(cluster.start());
    RedisOptions options = encrypted();
    options.shards = 16;
    options.clusterNodes = {{u"127.0.0.1"_s, cluster[0].servedPort()}, {u"127.0.0.1"_s, cluster[1].servedPort()}};
    RedisStore store(options);
    for (char n = 0; n < 8; ++n) // among all masters
        useStore(store, keyOf(char(n * 32)));
    QCOMPARE(store.servers().toString(), u"3 of 3 masters"_s);
    const auto isEncrypted = [&cluster](int node) { return hasEncryptedClientsOnly(cluster[node], cluster[node].servedPort()); };
    for (int node = 0; node < cluster.masters(); ++node)
        QTRY_VERIFY(isEncrypted(node));
    useByUrl(cluster.url() + u"?shards=16"_s);
    refusesStrangers(options);

    // Where a slot has moved to, and who has come in the place of a dead master, is followed over TLS too.
    const QByteArray slot = cluster[1].ask({"CLUSTER", "KEYSLOT", "{sojourn:0}"}).sliced(1).trimmed();
    const int from = slot.toInt() * 3 / 16384, to = (from + 1) % 3;
    QVERIFY(cluster.move(slot.toInt(), from, to));
    useStore(store, keyOf(2)); // in the same shard as 0
    QVERIFY(store.waitFor(store.load(keyOf(0))));
    QVERIFY(cluster.isFollowed(to));
    cluster[to].kill();
    QTRY_VERIFY_WITH_TIMEOUT(store.waitFor(store.load(keyOf(2))).has_value(), 20'000);
    useStore(store, keyOf(3));
    QTRY_VERIFY(isEncrypted(to + cluster.masters()));
    QTRY_COMPARE(store.servers().toString(), u"3 of 3 masters"_s);
    QCOMPARE(*store.waitFor(store.removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 10);
}

QTEST_GUILESS_MAIN(TestRedisTls)
#include "tst_redistls.moc"
