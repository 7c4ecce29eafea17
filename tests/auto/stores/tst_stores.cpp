// SPDX-License-Identifier: MIT
#include "storeurl_p.h"

#include <Sojourn/MemoryStore>
#include <Sojourn/Stores>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestStores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urlsAreRead_data();
    void urlsAreRead();
    void wrongPartIsNamed_data();
    void wrongPartIsNamed();
    void passwordsAreNeverShown_data();
    void passwordsAreNeverShown();
    void oneStoreHasOneAddress();
    void everySchemeOpensItsStore_data();
    void everySchemeOpensItsStore();
    void tlsIsNeverDowngraded();
    void sqliteFileIsMadeOnlyWhenWanted();
    void readOnlyStoreRefusesWrites();
};

static StoreUrl sqlite(const QString &path, bool full = false)
{
    StoreUrl url;
    url.scheme = StoreUrl::Sqlite;
    url.path = path;
    url.synchronousFull = full;
    return url;
}

static StoreUrl redis(const QString &host, quint16 port = 6379, int database = 0)
{
    StoreUrl url;
    url.scheme = StoreUrl::Redis;
    url.host = host;
    url.port = port;
    url.database = database;
    return url;
}

static StoreUrl redisFor(const QString &user, const std::optional<QString> &password)
{
    StoreUrl url = redis(u"h"_s);
    url.user = user;
    url.password = password;
    return url;
}

static StoreUrl sentinel(const QList<StoreUrl::Server> &servers, const QString &master)
{
    StoreUrl url;
    url.scheme = StoreUrl::RedisSentinel;
    url.servers = servers;
    url.master = master;
    return url;
}

static StoreUrl path(StoreUrl::Scheme scheme, const QString &path)
{
    StoreUrl url;
    url.scheme = scheme;
    url.path = path;
    return url;
}

void TestStores::urlsAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<StoreUrl>("expected");
    const auto row = [](const QString &text, const StoreUrl &expected) { QTest::newRow(qPrintable(text)) << text << expected; };

    row(u"memory:"_s, StoreUrl());
    row(u"MEMORY:"_s, StoreUrl());
    row(u"sqlite:sessions.db"_s, sqlite(u"sessions.db"_s));
    row(u"sqlite:../a b/sessions.db"_s, sqlite(u"../a b/sessions.db"_s));
    row(u"sqlite:/var/lib/sessions.db"_s, sqlite(u"/var/lib/sessions.db"_s));
    row(u"sqlite:///var/lib/sessions.db"_s, sqlite(u"///var/lib/sessions.db"_s));
    row(u"sqlite:C:/data/s.db"_s, sqlite(u"C:/data/s.db"_s));
    row(u"sqlite:/a?synchronous=full"_s, sqlite(u"/a"_s, true));
    row(u"sqlite:/what%3F%20now%25.db"_s, sqlite(u"/what? now%.db"_s));
    row(u"sqlite:/sch%C3%B6n.db"_s, sqlite(u"/schön.db"_s));
    row(u"sqlite:/schön.db"_s, sqlite(u"/schön.db"_s));

    row(u"redis://localhost"_s, redis(u"localhost"_s));
    row(u"redis://localhost/"_s, redis(u"localhost"_s));
    row(u"redis://10.0.0.1:7000/3"_s, redis(u"10.0.0.1"_s, 7000, 3));
    row(u"redis://[::1]"_s, redis(u"::1"_s));
    row(u"redis://[2001:db8::7]:7000/3"_s, redis(u"2001:db8::7"_s, 7000, 3));
    row(u"redis://user:secret@h"_s, redisFor(u"user"_s, u"secret"_s));
    row(u"redis://user@h"_s, redisFor(u"user"_s, {}));
    row(u"redis://:secret@h"_s, redisFor({}, u"secret"_s));
    row(u"redis://user:@h"_s, redisFor(u"user"_s, u""_s));
    row(u"redis://us%40er:s%3Ae%2Fc%3Fr%40e%25t@h"_s, redisFor(u"us@er"_s, u"s:e/c?r@e%t"_s));
    row(u"redis://user:a:b@c@h"_s, redisFor(u"user"_s, u"a:b@c"_s));
    StoreUrl url = redis(u"h"_s, 6379, 2);
    url.prefix = u"shop:é&"_s;
    row(u"redis://h/2?prefix=shop:é%26"_s, url);
    url = redis(u"h"_s);
    url.prefix = u"p"_s;
    row(u"redis://h?prefix=p"_s, url);
    url = redis(u"h"_s);
    url.tls = true;
    row(u"rediss://h"_s, url);

    row(u"redis+sentinel://h/shop"_s, sentinel({{u"h"_s, 26379}}, u"shop"_s));
    row(u"redis+sentinel://a,b:1,[::1]:2,a:26379/my%2Fmaster/"_s,
        sentinel({{u"a"_s, 26379}, {u"b"_s, 1}, {u"::1"_s, 2}}, u"my/master"_s));
    StoreUrl cluster{.scheme = StoreUrl::RedisCluster};
    cluster.servers = {{u"a"_s, 6379}, {u"b"_s, 7}};
    row(u"redis+cluster://a,b:7"_s, cluster);
    cluster.tls = true;
    cluster.shards = 16;
    cluster.wait = 0;
    cluster.prefix = u"p:"_s;
    cluster.user = u"u"_s;
    cluster.password = u"se,cret"_s;
    row(u"rediss+cluster://u:se,cret@a,b:7/?shards=16&wait=0&prefix=p:"_s, cluster);
    url = sentinel({{u"a"_s, 26379}, {u"b"_s, 26379}}, u"shop"_s);
    url.tls = true;
    url.database = 3;
    url.user = u"us@er"_s;
    url.password = u"se,cret"_s;
    url.wait = 0;
    url.prefix = u"p&"_s;
    url.sentinelUser = u"watch"_s;
    url.sentinelPassword = u"wo=rd"_s;
    row(u"rediss+sentinel://us%40er:se,cret@a,b/shop/3?wait=0&sentinel-password=wo=rd&prefix=p%26&sentinel-user=watch"_s, url);

    row(u"redis+unix:/run/redis.sock"_s, path(StoreUrl::RedisUnix, u"/run/redis.sock"_s));
    row(u"redis+unix:a%3Fb"_s, path(StoreUrl::RedisUnix, u"a?b"_s));
    row(u"live:/run/shop.sock"_s, path(StoreUrl::Live, u"/run/shop.sock"_s));
    row(u"live:sojourn-demo"_s, path(StoreUrl::Live, u"sojourn-demo"_s));

    StoreUrl live{.scheme = StoreUrl::LiveTls, .tls = true, .host = u"web1"_s, .port = 7443};
    live.application.host = u"web1"_s;
    live.application.port = 7443;
    row(u"live+tls://web1:7443"_s, live);
    live.application.fingerprint = u"AB:"_s.repeated(31) + u"cd"_s;
    live.application.caFile = u"/a b/ca.crt"_s;
    live.application.certificateFile = u"me.crt"_s;
    live.application.keyFile = u"me.key"_s;
    live.application.tokenFile = u"token"_s;
    row(u"live+tls://web1:7443?ca=/a%20b/ca.crt&cert=me.crt&key=me.key&token-file=token&fingerprint="_s
            + live.application.fingerprint,
        live);
    live = {.scheme = StoreUrl::LiveTls, .tls = true, .host = u"::1"_s, .port = 1};
    live.application.host = u"::1"_s;
    live.application.port = 1;
    live.password = live.application.token = u"se:cr@t"_s;
    row(u"LIVE+TLS://:se:cr%40t@[::1]:1"_s, live);
}

void TestStores::urlsAreRead()
{
    QFETCH(const QString, text);
    QFETCH(StoreUrl, expected);
    const auto url = StoreUrl::parse(text);
    QVERIFY2(url.has_value(), url ? "" : qPrintable(url.error().text));
    expected.display = url->display;
    QCOMPARE(*url, expected);
}

void TestStores::wrongPartIsNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *text, const char *part) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(part);
    };

    row("", "scheme");
    row("sessions.db", "scheme");
    row("/var/lib/sessions.db", "scheme");
    row("mysql://host", "scheme");
    row("snapshot:file.json", "scheme");
    row("://", "scheme");
    row("memory:x", "behind memory:");
    row("memory://", "behind memory:");
    row("sqlite:", "path");
    row("sqlite:?synchronous=full", "path");
    row("sqlite::memory:", "path");
    row("sqlite:/100%", "path");
    row("sqlite:/100%zz", "path");
    row("sqlite:/a?synchronous=off", "synchronous");
    row("sqlite:/a?synchronous", "synchronous");
    row("sqlite:/a?journal=wal", "option");
    row("sqlite:/a?", "option");
    row("redis:localhost", "//");
    row("redis://", "host");
    row("redis://:6379", "host");
    row("redis://user@", "host");
    row("redis://ho st", "host");
    row("redis://::1", "host");
    row("redis://fe80::1:6379", "host");
    row("redis://[localhost]", "host");
    row("redis://[127.0.0.1]", "host");
    row("redis://[::1", "host");
    row("redis://[", "host");
    row("redis://[::1]6379", "host");
    row("redis://h:", "port");
    row("redis://h:0", "port");
    row("redis://h:65536", "port");
    row("redis://h:+1", "port");
    row("redis://h:redis", "port");
    row("redis://h/x", "database");
    row("redis://h/-1", "database");
    row("redis://h/0/1", "database");
    row("redis://h/99999999999", "database");
    row("redis://h?db=1", "option");
    row("redis://h?prefix=", "prefix");
    row("redis://h?prefix=a&db=1", "option");
    row("redis://h?prefix=%", "prefix");
    row("redis://u%:p@h", "user");
    row("redis://u:p%@h", "password");
    row("redis+sentinel:h/m", "//");
    row("redis+sentinel://h", "name of the master");
    row("redis+sentinel://h/", "name of the master");
    row("redis+sentinel://h//1", "name of the master");
    row("redis+sentinel://h/m%", "name of the master");
    row("redis+sentinel:///m", "host");
    row("redis+sentinel://a,,b/m", "host");
    row("redis+sentinel://a,b,/m", "host");
    row("redis+sentinel://a,b:x/m", "port");
    row("redis+sentinel://h/m/x", "database");
    row("redis+sentinel://h/m?wait=", "wait");
    row("redis+sentinel://h/m?wait=-1", "wait");
    row("redis+sentinel://h/m?wait=one", "wait");
    row("redis+sentinel://h/m?shards=2", "option");
    row("redis+sentinel://h/m?prefix=a&", "option");
    row("redis+sentinel://h/m?prefix=", "prefix");
    row("redis+sentinel://h/m?sentinel-user=%", "sentinel-user");
    row("redis+cluster:h", "//");
    row("redis+cluster://", "host");
    row("redis+cluster://a,,b", "host");
    row("redis+cluster://a,b:0", "port");
    row("redis+cluster://a/1", "database");
    row("redis+cluster://a?shards=3", "shards");
    row("redis+cluster://a?shards=0", "shards");
    row("redis+cluster://a?shards=2048", "shards");
    row("redis+cluster://a?wait=x", "wait");
    row("redis+cluster://a?sentinel-user=u", "option");
    row("redis+cluster://a?prefix={p}", "prefix");
    row("redis+sentinel://h/m?sentinel-password=%", "sentinel-password");
    row("redis://h?wait=1", "option");
    row("redis+unix:", "path");
    row("redis+unix:/a?prefix=p", "option");
    row("live:", "name");
    row("live:a b", "name");
    row("live:..%2F", "name");
    row("live+tls:web1:7443", "//");
    row("live+tls://web1", "port");
    row("live+tls://:7443", "host");
    row("live+tls://web1:0", "port");
    row("live+tls://web1:7443/shop", "path");
    row("live+tls://user@web1:7443", "user");
    row("live+tls://user:token@web1:7443", "user");
    row("live+tls://web1:7443?tokenfile=x", "option");
    row("live+tls://web1:7443?ca=", "ca");
    row("live+tls://web1:7443?ca=%", "ca");
    row("live+tls://web1:7443?fingerprint=abc", "fingerprint");
    row("live+tls://web1:7443?key=me.key", "private key");
    row("live+tls://:token@web1:7443?token-file=x", "twice");
}

void TestStores::wrongPartIsNamed()
{
    QFETCH(const QString, text);
    QFETCH(const QString, part);
    const auto store = storeFromUrl(text);
    QVERIFY(!store);
    QCOMPARE(store.error().code, Error::Invalid);
    QVERIFY2(store.error().text.contains(part), qPrintable(store.error().text));
}

void TestStores::passwordsAreNeverShown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *text, const char *shown) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromUtf8(shown);
    };

    row("redis://user:secret@h:7000/1?prefix=p@q", "redis://user@h:7000/1?prefix=p@q");
    row("redis://:secret@h", "redis://h");
    row("redis://user@h/1", "redis://user@h/1");
    row("REDISS://us%65r:secret@[::1]/", "REDISS://us%65r@[::1]/");
    row("redis://user:sec@secret@h", "redis://user@h");
    row("redis://h/1", "redis://h/1");
    row("redis+sentinel://u:secret@a:1,b/m/2?prefix=p&sentinel-password=secret&wait=2",
        "redis+sentinel://u@a:1,b/m/2?prefix=p&wait=2");
    row("redis+sentinel://:secret@a/m?sentinel-password=secret", "redis+sentinel://a/m");
    row("redis+sentinel://a/m?sentinel-password=secret%", "redis+sentinel:…");
    row("redis://a?sentinel-password=secret", "redis:…");
    row("redis+cluster://u:secret@a:1,b?shards=16", "redis+cluster://u@a:1,b?shards=16");
    row("sqlite:/a:secret-no@b", "sqlite:/a:secret-no@b");
    row("memory:", "memory:");
    row("live:shop", "live:shop");
    row("live+tls://:secret@web1:7443?token-file=secret-no", "live+tls:…");
    row("live+tls://:secret@web1:7443?ca=/etc/ca.crt", "live+tls://web1:7443?ca=/etc/ca.crt");
    row("live+tls://secret@web1:7443", "live+tls:…");
    row("live+tls://secret:secret@web1:7443", "live+tls:…");
    row("live+tls://:secret@web1", "live+tls:…");
    // What cannot be read may hold one anywhere.
    row("redis://user:secret/secret@h", "redis:…");
    row("redis://user:secret?secret@h", "redis:…");
    row("redis://user:secret", "redis:…");
    row("redis://user:secret%@h", "redis:…");
    row("redi://user:secret@h", "redi:…");
    row("secret", "…");
}

void TestStores::passwordsAreNeverShown()
{
    QFETCH(const QString, text);
    QFETCH(const QString, shown);
    QCOMPARE(displayUrl(text), shown);
    const auto parsed = StoreUrl::parse(text);
    QVERIFY2(parsed || !parsed.error().text.contains(u"secret"), parsed ? "" : qPrintable(parsed.error().text));
}

void TestStores::oneStoreHasOneAddress()
{
    const QString redis = storeAddress(u"redis://localhost"_s);
    for (const QString &same : {u"redis://127.0.0.1:6379"_s, u"redis://user:word@LOCALHOST/0"_s,
                                u"redis://[::1]:6379/0?prefix=sojourn:"_s, u"rediss://localhost/"_s})
        QCOMPARE(storeAddress(same), redis);
    for (const QString &other :
         {u"redis://localhost:6380"_s, u"redis://localhost/1"_s, u"redis://localhost?prefix=other:"_s, u"redis://example.org"_s})
        QVERIFY2(storeAddress(other) != redis, qPrintable(other));
    QVERIFY(!storeAddress(u"redis://user:word@h"_s).contains(u"word"));
    QCOMPARE(storeAddress(u"redis+sentinel://user:word@a,B:26379/m?wait=2&sentinel-password=word"_s),
             storeAddress(u"redis+sentinel://b,a/m/0"_s));
    QCOMPARE(storeAddress(u"redis+cluster://u:w@b,a:6379?wait=2"_s), storeAddress(u"redis+cluster://A,b"_s));
    QVERIFY(storeAddress(u"redis+sentinel://a/m"_s) != storeAddress(u"redis+sentinel://a/n"_s));
    QCOMPARE(storeAddress(u"sqlite:a.db?synchronous=full"_s),
             storeAddress(u"sqlite:"_s + QDir::current().absoluteFilePath(u"a.db"_s)));
    QVERIFY(storeAddress(u"sqlite:a.db"_s) != storeAddress(u"sqlite:b.db"_s));
    QVERIFY(storeAddress(u"live:a"_s) != storeAddress(u"live:b"_s));
    QCOMPARE(storeAddress(u"live+tls://:token@LOCALHOST:1"_s), storeAddress(u"live+tls://127.0.0.1:1?token-file=x"_s));
    QVERIFY(storeAddress(u"live+tls://web1:1"_s) != storeAddress(u"live+tls://web1:2"_s));

    const QTemporaryDir folder;
    QFile file(folder.filePath(u"real.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.link(folder.filePath(u"link.db"_s)));
    QVERIFY(QFile::link(folder.path(), folder.filePath(u"loop"_s)));
    const auto address = [&folder](const QString &name) { return storeAddress(u"sqlite:"_s + folder.filePath(name)); };
    QCOMPARE(address(u"link.db"_s), address(u"real.db"_s));
    QCOMPARE(address(u"loop/real.db"_s), address(u"real.db"_s));
    QCOMPARE(address(u"loop/new.db"_s), address(u"new.db"_s)); // which does not exist yet
}

void TestStores::everySchemeOpensItsStore_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("className");
    QTest::newRow("memory") << u"memory:"_s << QByteArray("Sojourn::MemoryStore");
    QTest::newRow("sqlite") << u"sqlite:/nowhere/at/all.db"_s << QByteArray("Sojourn::SqliteStore");
    QTest::newRow("redis") << u"redis://127.0.0.1:1"_s << QByteArray("Sojourn::RedisStore");
    QTest::newRow("redis+unix") << u"redis+unix:/nowhere"_s << QByteArray("Sojourn::RedisStore");
    QTest::newRow("redis+cluster") << u"redis+cluster://127.0.0.1:1,127.0.0.1:2"_s << QByteArray("Sojourn::RedisStore");
    QTest::newRow("redis+sentinel") << u"redis+sentinel://127.0.0.1:1,127.0.0.1:2/shop"_s << QByteArray("Sojourn::RedisStore");
    QTest::newRow("live") << u"live:nobody-is-here"_s << QByteArray("Sojourn::LiveStore");
    QTest::newRow("live+tls") << u"live+tls://127.0.0.1:1"_s << QByteArray("Sojourn::LiveStore");
}

void TestStores::everySchemeOpensItsStore()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, className);
    const auto store = storeFromUrl(text);
    QVERIFY(store);
    QCOMPARE((*store)->metaObject()->className(), className);
    QVERIFY(!(*store)->isReadOnly());
    const Result<qint64> count = (*store)->waitFor((*store)->count());
    QVERIFY(count ? text == u"memory:" : count.error() == Error::Unavailable);
}

void TestStores::tlsIsNeverDowngraded()
{
    const auto store = storeFromUrl(u"rediss://127.0.0.1:1"_s);
    if (!store)
        QCOMPARE(store.error().code, Error::Unsupported);
    else
        QVERIFY((*store)->waitFor((*store)->count()).error() == Error::Unavailable);
}

void TestStores::sqliteFileIsMadeOnlyWhenWanted()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a ?.db"_s);
    const QString url = "sqlite:"_L1 + QString(path).replace(u'?', "%3F"_L1);
    for (const StoreOptions &options :
         {StoreOptions{.readOnly = true, .password = {}}, StoreOptions{.password = {}, .create = false}}) {
        const auto store = storeFromUrl(url, options);
        QVERIFY(store);
        QVERIFY(!(*store)->waitFor((*store)->count()));
        QVERIFY(!QFile::exists(path));
    }
    const auto store = storeFromUrl(url);
    QVERIFY(store);
    QCOMPARE((*store)->waitFor((*store)->count()), 0);
    QVERIFY(QFile::exists(path));
}

void TestStores::readOnlyStoreRefusesWrites()
{
    const auto store = storeFromUrl(u"memory:"_s, {.readOnly = true, .password = {}});
    QVERIFY(store);
    QVERIFY((*store)->isReadOnly());
    QVERIFY((*store)->waitFor((*store)->remove({}, SessionStore::Removal::Admin)).error() == Error::ReadOnly);
    QCOMPARE((*store)->waitFor((*store)->count()), 0);
}

QTEST_GUILESS_MAIN(TestStores)
#include "tst_stores.moc"
