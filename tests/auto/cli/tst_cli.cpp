// SPDX-License-Identifier: MIT
#include "program.h"

#include <await.h>
#include <redisserver.h>

#include <Sojourn/LiveServer>
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionId>
#include <Sojourn/Stores>

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#endif

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Every command, run as a program, over every store that programs can share.
class tst_Cli : public QObject
{
    Q_OBJECT

private:
    struct Visitor
    {
        SessionId id = SessionId::generate();
        QString key = id.key().toString();
        QString cookie = QString::fromLatin1(id.toCookieValue());
    };

    Run run(const QStringList &arguments) const { return runSojourn(QStringList{u"--store"_s, m_url} + arguments); }

    Visitor add(const QString &user = {}, const QJsonObject &data = {{u"visits"_s, 1}}, std::chrono::milliseconds lifetime = 24h)
    {
        const Visitor visitor;
        add(visitor, user, data, lifetime);
        return visitor;
    }
    void add(const Visitor &visitor, const QString &user, const QJsonObject &data, std::chrono::milliseconds lifetime)
    {
        const TimePoint now = m_store->now();
        SessionRecord record;
        record.key = visitor.id.key();
        record.user = user;
        record.createdAt = record.idIssuedAt = now - 1h + std::chrono::milliseconds(++m_added);
        record.lastSeenAt = now - std::chrono::minutes(m_added);
        record.expiresAt = now + lifetime;
        record.absoluteExpiresAt = now + 48h;
        record.csrfSecret = QByteArray(16, 'x');
        record.data = SessionData::fromJson(data);
        record.updateCounts();
        const auto created = await(m_store->create(record));
        QVERIFY2(created.has_value(), created ? "" : qPrintable(created.error().text));
    }
    void addVisit(const QString &user, const QString &userAgent, const QString &label = {})
    {
        SessionRecord record;
        record.key = Visitor().id.key();
        record.user = user;
        record.createdAt = record.idIssuedAt = record.lastSeenAt = m_store->now();
        record.expiresAt = m_store->now() + 1h;
        record.visit = VisitFacts{.address = u"192.0.2.7"_s, .userAgent = userAgent, .label = label}.toText();
        QVERIFY(await(m_store->create(record)));
    }
    Visitor addWithKey(QLatin1StringView beginning)
    {
        Visitor visitor;
        while (!visitor.key.startsWith(beginning))
            visitor = Visitor();
        add(visitor, {}, {}, 24h);
        return visitor;
    }
    std::optional<SessionRecord> load(const Visitor &visitor)
    {
        auto record = await(m_store->load(visitor.id.key()));
        return record ? std::optional(*record) : std::nullopt;
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray contentOf(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LiveServer> m_live;
    std::shared_ptr<SessionStore> m_store;
    QString m_url;
    int m_added = 0;

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("sqlite") << u"sqlite"_s;
        QTest::newRow("live") << u"live"_s;
        if (!RedisServer::program().isEmpty())
            QTest::newRow("redis") << u"redis"_s;
    }
    void initTestCase()
    {
        m_redis = std::make_unique<RedisServer>();
        if (!RedisServer::program().isEmpty())
            QVERIFY(m_redis->start());
    }
    void init()
    {
        QFETCH_GLOBAL(QString, kind);
        static int count = 0;
        ++count;
        m_folder = std::make_unique<QTemporaryDir>();
        if (kind == u"sqlite") {
            m_url = u"sqlite:"_s + path(u"sessions.db"_s);
        } else if (kind == u"redis") {
            m_url = u"redis://127.0.0.1:%1/0?prefix=t%2:"_s.arg(m_redis->port()).arg(count);
        } else {
            m_store = std::make_shared<MemoryStore>();
            m_live = std::make_unique<LiveServer>(m_store);
            const QString name = u"tst-cli-%1-%2"_s.arg(QCoreApplication::applicationPid()).arg(count);
            QVERIFY(m_live->listen(name).has_value());
            m_url = u"live:"_s + name;
            return;
        }
        auto store = storeFromUrl(m_url);
        QVERIFY(store.has_value());
        m_store = *store;
        const auto empty = await(m_store->count()); // the file is there, as most commands make none
        QVERIFY2(empty == 0, empty ? "" : qPrintable(empty.error().text));
    }
    void cleanup()
    {
        m_live.reset();
        m_store.reset();
    }
    void cleanupTestCase() { m_redis.reset(); }

    void listsAndCounts()
    {
        QCOMPARE(run({u"list"_s, u"--json"_s}).json(), QJsonDocument(QJsonArray()));
        const Visitor first = add(u"alice"_s, {}, 3h), second = add(u"bob"_s, {}, 1h), third = add({}, {{u"a"_s, u"text"_s}}, 2h);
        const auto keys = [this](const QStringList &arguments) {
            QStringList found;
            for (const QJsonValue record : run(QStringList{u"list"_s, u"--json"_s} + arguments).json().array())
                found.append(record.toObject()["key"_L1].toString());
            return found;
        };
        QCOMPARE(keys({}), (QStringList{second.key, third.key, first.key}));
        QCOMPARE(keys({u"--order"_s, u"created"_s}), (QStringList{first.key, second.key, third.key}));
        QCOMPARE(keys({u"--order=seen"_s}), (QStringList{third.key, second.key, first.key}));
        QCOMPARE(keys({u"--reverse"_s, u"--limit"_s, u"2"_s}), (QStringList{first.key, third.key}));
        QCOMPARE(keys({u"--offset"_s, u"1"_s, u"--limit"_s, u"1"_s}), QStringList{third.key});
        QCOMPARE(keys({u"--limit"_s, u"0"_s}), QStringList());
        QCOMPARE(keys({u"--user"_s, u"alice"_s}), QStringList{first.key});
        QCOMPARE(keys({u"--user"_s, QString()}), QStringList{third.key});

        const QJsonObject record = run({u"list"_s, u"--json"_s}).json().array().at(0).toObject();
        QCOMPARE(record["attributes"_L1], 0);
        QCOMPARE(record["size"_L1], 0);
        QCOMPARE(record.keys(), (QStringList{u"absoluteExpiresAt"_s, u"attributes"_s, u"createdAt"_s, u"expiresAt"_s, u"expiry"_s,
                                             u"key"_s, u"lastSeenAt"_s, u"size"_s, u"user"_s, u"version"_s}));
        const Run table = run({u"list"_s});
        QCOMPARE(table.code, 0);
        QCOMPARE(table.out.count('\n'), 4);
        QVERIFY2(table.out.contains(third.key.toLatin1()) && table.out.contains("alice"), table.text().constData());
        QVERIFY(!table.out.contains('\x1b'));

        QCOMPARE(run({u"count"_s}).out, "3\n");
        QCOMPARE(run({u"--json"_s, u"count"_s}).out, "{\"count\":3}\n");
    }

    void showsASessionByKeyPrefixAndCookie()
    {
        const Visitor visitor = add(u"alice"_s,
                                    {{u"cart"_s, QJsonArray{u"\u20ac\x1b[31m"_s}}, {u"n"_s, qint64(9007199254740993)}});
        const QJsonObject expected = load(visitor)->toJson();
        QCOMPARE(run({u"show"_s, visitor.key, u"--json"_s}).json().object(), expected);
        QCOMPARE(run({u"show"_s, u"--json"_s, u"--"_s, visitor.key.first(6)}).json().object(), expected);
        QCOMPARE(run({u"show"_s, u"--cookie"_s, visitor.cookie, u"--json"_s}).json().object(), expected);
        const Run text = run({u"show"_s, visitor.key});
        QCOMPARE(text.code, 0);
        QVERIFY2(text.out.contains("alice") && text.out.contains("9007199254740993"), text.text().constData());
        QVERIFY(!text.out.contains('\x1b'));
        QVERIFY(!text.out.contains(visitor.cookie.toLatin1()));
    }

    void keysMayBeShortenedAsLongAsTheyAreUnambiguous()
    {
        const Visitor dashed = addWithKey("-"_L1), first = addWithKey("A"_L1);
        Visitor second = addWithKey("A"_L1);
        while (second.key[1] == first.key[1]) {
            run({u"delete"_s, second.key});
            second = addWithKey("A"_L1);
        }
        QCOMPARE(run({u"show"_s, u"A"_s}).code, 2);
        QCOMPARE(run({u"show"_s, first.key.first(2), u"--json"_s}).json()["key"_L1].toString(), first.key);
        QCOMPARE(run({u"show"_s, dashed.key, u"--json"_s}).json()["key"_L1].toString(), dashed.key);
        QCOMPARE(run({u"show"_s, u"--json"_s, u"--"_s, u"-"_s}).json()["key"_L1].toString(), dashed.key);
        QCOMPARE(run({u"delete"_s, first.key, u"A"_s}).code, 2);
        QVERIFY(load(first));
        QCOMPARE(run({u"show"_s, u"%"_s}).code, 3);
        QCOMPARE(run({u"show"_s, u"?"_s}).code, 3);
    }

    void setsAndUnsetsAttributes()
    {
        const Visitor visitor = add();
        QCOMPARE(run({u"set"_s, visitor.key, u"theme"_s, u"\"dark\""_s}).code, 0);
        QCOMPARE(run({u"set"_s, u"--cookie"_s, visitor.cookie, u"n"_s, u"-5"_s}).code, 0);
        QCOMPARE(run({u"set"_s, visitor.key, u"--"_s, u"-odd name"_s, u" { \"b\" : [1, null] } "_s}).code, 0);
        const QJsonObject expected{{u"visits"_s, 1},
                                   {u"theme"_s, u"dark"_s},
                                   {u"n"_s, -5},
                                   {u"-odd name"_s, QJsonObject{{u"b"_s, QJsonArray{1, QJsonValue()}}}}};
        QCOMPARE(load(visitor)->data.toJson(), expected);
        QCOMPARE(run({u"set"_s, visitor.key, u"theme"_s, u"dark"_s}).code, 2);
        QCOMPARE(run({u"unset"_s, visitor.key, u"theme"_s}).code, 0);
        QCOMPARE(run({u"unset"_s, visitor.key, u"theme"_s}).code, 3);
        QVERIFY(!load(visitor)->data.contains("theme"));
        const Visitor nobody;
        QCOMPARE(run({u"set"_s, nobody.key, u"a"_s, u"1"_s}).code, 3);
        QCOMPARE(run({u"unset"_s, nobody.key, u"a"_s}).code, 3);
        const Run large = run({u"set"_s, visitor.key, u"a"_s, u'"' + QString(100'000, u'x') + u'"'});
        QCOMPARE(large.code, 0);
    }

    void setsWhenASessionEnds()
    {
        const Visitor visitor = add(u"alice"_s);
        QCOMPARE(run({u"expire"_s, visitor.key, u"--in"_s, u"600.5"_s}).code, 0);
        SessionRecord record = *load(visitor);
        QVERIFY(std::chrono::abs(record.expiresAt - m_store->now() - 600500ms) < 20s);
        QCOMPARE(record.expiry->kind(), Expiry::Kind::AtDateTime);

        const TimePoint at = std::chrono::floor<std::chrono::seconds>(m_store->now()) + 2h;
        QCOMPARE(run({u"expire"_s, u"--at"_s, toIsoString(at), visitor.key}).code, 0);
        QCOMPARE(load(visitor)->expiresAt, at);
        QCOMPARE(run({u"expire"_s, u"--at"_s, toDateTime(at + 1h).toString(u"yyyyMMdd'T'HHmmss'Z'"_s), visitor.key}).code, 0);
        QCOMPARE(load(visitor)->expiresAt, at + 1h);

        const Run late = run({u"expire"_s, visitor.key, u"--in"_s, u"999999"_s});
        QCOMPARE(late.code, 0);
        record = *load(visitor);
        QCOMPARE(record.expiresAt, *record.absoluteExpiresAt);
        QVERIFY2(late.err.contains("absolute deadline"), late.text().constData());

        QCOMPARE(run({u"expire"_s, visitor.key, u"--now"_s}).code, 0);
        QVERIFY(!load(visitor));
        const QJsonObject event = run({u"history"_s, visitor.key, u"--json"_s}).json().array().at(0).toObject();
        QCOMPARE(event["event"_L1].toString(), u"expired"_s);
        QCOMPARE(event["reason"_L1].toString(), u"fixed"_s);
        QCOMPARE(event["user"_L1].toString(), u"alice"_s);
        QCOMPARE(run({u"expire"_s, visitor.key, u"--now"_s}).code, 3);
    }
    void setsWhenAllSessionsOfAUserEnd()
    {
        const Visitor bob = add(u"bob"_s, {}, 30min), other = add(u"bob"_s, {}, 30min), nobody = add();
        const TimePoint before = load(nobody)->expiresAt;
        QCOMPARE(run({u"expire"_s, u"--user"_s, u"bob"_s, u"--in"_s, u"2h"_s, u"--dry-run"_s}).out.count("would end"), 2);
        QVERIFY(load(bob)->expiresAt < m_store->now() + 100min);
        const Run done = run({u"expire"_s, u"--user"_s, u"bob"_s, u"--in"_s, u"2h"_s});
        QVERIFY2(done.code == 0 && done.out.count("ends") == 2, done.text().constData());
        for (const Visitor &one : {bob, other})
            QVERIFY(load(one)->expiresAt > m_store->now() + 100min);
        QCOMPARE(load(nobody)->expiresAt, before);
        for (const QStringList &wrong : {QStringList{u"--user"_s, u"bob"_s, bob.key}, QStringList{u"--user"_s, u""_s},
                                         QStringList{u"--user"_s, u"bob"_s, u"--if-version"_s, u"1"_s}})
            QCOMPARE(run(QStringList{u"expire"_s, u"--in"_s, u"2h"_s} + wrong).code, 2);
        QCOMPARE(run({u"expire"_s, u"--user"_s, u"zoe"_s, u"--now"_s}).code, 3);
        QCOMPARE(run({u"expire"_s, u"--user"_s, u"bob"_s, u"--now"_s}).code, 0);
        QVERIFY(!load(bob) && !load(other) && load(nobody));
    }

    void rotateAsksForAFreshId()
    {
        const Visitor visitor = add();
        QCOMPARE(run({u"rotate"_s, visitor.key}).code, 0);
        QVERIFY(load(visitor)->rotateRequested);
        QCOMPARE(run({u"rotate"_s, Visitor().key}).code, 3);
    }

    void deletesAndRevokes()
    {
        const Visitor first = add(), second = add(), third = add(u"alice"_s), fourth = add(u"alice"_s), fifth = add(u"bob"_s);
        const Run some = run({u"delete"_s, first.key, Visitor().key, u"--cookie"_s, second.cookie});
        QVERIFY2(some.code == 3 && some.err.count('\n') == 1, some.text().constData());
        QVERIFY(!load(first) && !load(second) && load(third));
        QCOMPARE(run({u"delete"_s, fifth.key, fifth.key}).code, 0);
        QCOMPARE(run({u"revoke-user"_s, u"alice"_s}).out, "2\n");
        QCOMPARE(run({u"revoke-user"_s, u"alice"_s, u"--json"_s}).out, "{\"revoked\":0}\n");
        QVERIFY(!load(third) && !load(fourth));
        const QJsonArray history = run({u"history"_s, u"--user"_s, u"alice"_s, u"--limit"_s, u"2"_s, u"--json"_s}).json().array();
        QCOMPARE(history.size(), 2);
        for (const QJsonValue event : history) {
            QCOMPARE(event.toObject()["event"_L1].toString(), u"revoked"_s);
            QCOMPARE(event.toObject()["reason"_L1].toString(), u"admin"_s);
        }
    }

    void exportedSessionsComeBackTheSame()
    {
        QList<Visitor> visitors;
        for (int i = 0; i < 1200; ++i)
            visitors.append(add(i % 2 ? u"user %1"_s.arg(i % 5) : QString(),
                                {{u"n"_s, i}, {u"a"_s, QJsonArray{u"\u4e16"_s, -0.5}}}));
        for (const QString &name : {u"a.json"_s, u"a.jsonl"_s, u"a.json.gz"_s}) {
            const Run exported = run({u"export"_s, u"--output"_s, path(name)});
            QVERIFY2(exported.code == 0 && exported.out.isEmpty() && exported.err.isEmpty(), exported.text().constData());
        }
        QCOMPARE(runSojourn({u"diff"_s, path(u"a.json.gz"_s), m_url}).out, "No session differs.\n");
        const QJsonObject header = QJsonDocument::fromJson(contentOf(u"a.jsonl"_s).split('\n').at(0)).object();
        QCOMPARE(header["store"_L1].toString(), displayUrl(m_url));
        const SessionRecord before = *load(visitors.at(7));

        QStringList keys;
        for (const Visitor &visitor : visitors)
            keys.append(visitor.key);
        QCOMPARE(run(QStringList{u"delete"_s} + keys).code, 0);
        QCOMPARE(run({u"count"_s}).out, "0\n");
        const Run imported = run({u"import"_s, path(u"a.jsonl"_s)});
        QVERIFY2(imported.code == 0 && imported.out == "1200 sessions imported.\n", imported.text().constData());
        SessionRecord after = *load(visitors.at(7));
        QCOMPARE(after.csrfSecret.size(), 16);
        QVERIFY(after.csrfSecret != before.csrfSecret);
        QCOMPARE(after.toJson(), before.toJson());

        const auto withoutTime = [](QByteArray text) { return text.replace(text.indexOf("\"exportedAt\""), 40, {}); };
        QCOMPARE(withoutTime(run({u"export"_s}).out), withoutTime(contentOf(u"a.json"_s)));
        QCOMPARE(withoutTime(run({u"export"_s, u"--format"_s, u"jsonl"_s}).out), withoutTime(contentOf(u"a.jsonl"_s)));

        QCOMPARE(withoutTime(run({u"export"_s, u"--output"_s, u"-"_s}).out), withoutTime(contentOf(u"a.json"_s)));
        QVERIFY(!QFile::exists(u"-"_s));
#ifdef Q_OS_UNIX
        QCOMPARE(withoutTime(run({u"export"_s, u"--output"_s, u"/dev/stdout"_s}).out), withoutTime(contentOf(u"a.json"_s)));
#endif
        const Run two = run({u"export"_s, visitors.at(3).key, u"--cookie"_s, visitors.at(1).cookie});
        QCOMPARE(two.json()["sessions"_L1].toArray().size(), 2);
        QCOMPARE(run({u"export"_s, Visitor().key, u"--output"_s, path(u"none.json"_s)}).code, 3);
        QVERIFY(!QFile::exists(path(u"none.json"_s)));
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"no/folder.json"_s)}).code, 1);
    }

    void recordsOverTheDefaultLimitComeBackWhereTheStoreHasNoOther()
    {
        QFETCH_GLOBAL(QString, kind);
        m_store->setSizeLimit(10 * SessionStore::DefaultSizeLimit);
        const Visitor visitor = add({}, {{u"text"_s, QString(2 * SessionStore::DefaultSizeLimit, u'x')}});
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        QCOMPARE(run({u"set"_s, visitor.key, u"n"_s, u"1"_s}).code, 0);
        QCOMPARE(run({u"delete"_s, visitor.key}).code, 0);
        const Run imported = run({u"import"_s, path(u"a.json"_s)});
        QVERIFY2(imported.code == 0 && load(visitor), imported.text().constData());
        if (kind == u"live") {
            m_store->setSizeLimit(SessionStore::DefaultSizeLimit);
            QCOMPARE(run({u"import"_s, path(u"a.json"_s), u"--on-conflict=overwrite"_s}).code, 1);
        }
    }

    void importMeetsConflictsByItsPolicy()
    {
        const Visitor kept = add(u"alice"_s, {{u"v"_s, 1}}), deleted = add(u"bob"_s, {{u"v"_s, 1}});
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        QCOMPARE(run({u"delete"_s, deleted.key}).code, 0);
        QCOMPARE(run({u"set"_s, kept.key, u"v"_s, u"2"_s}).code, 0);

        const Run failed = run({u"import"_s, path(u"a.json"_s)});
        QVERIFY2(failed.code == 4 && failed.err.count('\n') == 1, failed.text().constData());
        QVERIFY(!load(deleted));
        const Run skipped = run({u"import"_s, path(u"a.json"_s), u"--on-conflict"_s, u"skip"_s, u"--json"_s});
        QCOMPARE(skipped.json().object(),
                 (QJsonObject{{u"imported"_s, 1}, {u"skipped"_s, 1}, {u"overwritten"_s, 0}, {u"expired"_s, 0}}));
        QCOMPARE(load(kept)->data.value(u"v")->toInteger(), 2);
        QCOMPARE(run({u"import"_s, path(u"a.json"_s), u"--on-conflict=overwrite"_s}).code, 0);
        QCOMPARE(load(kept)->data.value(u"v")->toInteger(), 1);
    }

    void badSnapshotsExitWith1AndChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello\n");
        QTest::newRow("other JSON") << QByteArray("{\"a\":1}");
        QTest::newRow("bad second line") << QByteArray(
            "{\"format\":\"sojourn-snapshot\",\"version\":1,\"exportedAt\":\"2026-11-22T07:12:00.000Z\","
            "\"store\":\"memory:\"}\n{\"key\":1}\n");
    }
    void badSnapshotsExitWith1AndChangeNothing()
    {
        QFETCH(QByteArray, content);
        QFile file(path(u"bad.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const Run imported = run({u"import"_s, file.fileName()});
        QVERIFY2(imported.code == 1 && imported.err.count('\n') == 1, imported.text().constData());
        QCOMPARE(runSojourn({u"diff"_s, file.fileName(), m_url}).code, 1);
        QCOMPARE(run({u"import"_s, path(u"nowhere.json"_s)}).code, 1);
        QCOMPARE(run({u"count"_s}).out, "0\n");
    }

    void diffTellsWhatDiffers()
    {
        const Visitor kept = add(), changed = add(u"alice"_s, {{u"a"_s, 1}, {u"b"_s, 1}}), removed = add(u"bob"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        QCOMPARE(run({u"set"_s, changed.key, u"a"_s, u"2"_s}).code, 0);
        QCOMPARE(run({u"unset"_s, changed.key, u"b"_s}).code, 0);
        QCOMPARE(run({u"delete"_s, removed.key}).code, 0);
        const Visitor added = add();

        const Run text = runSojourn({u"diff"_s, path(u"a.json"_s), m_url});
        QCOMPARE(text.code, 5);
        QVERIFY(text.err.isEmpty());
        QVERIFY2(text.out.contains("+ " + added.key.toLatin1()) && text.out.contains("- " + removed.key.toLatin1())
                     && text.out.contains("~ " + changed.key.toLatin1() + "  alice  removed: b; changed: a\n")
                     && text.out.endsWith("1 added, 1 removed, 1 changed\n"),
                 text.text().constData());
        QVERIFY(!text.out.contains(kept.key.toLatin1()));
        const QJsonArray json = runSojourn({u"diff"_s, m_url, path(u"a.json"_s), u"--json"_s}).json().array();
        QCOMPARE(json.size(), 3);
        QCOMPARE(json.at(0).toObject()["change"_L1].toString(), u"changed"_s);
        QCOMPARE(run({u"diff"_s, m_url, m_url, u"--json"_s}).out, "[]\n");
        QCOMPARE(run({u"diff"_s, m_url, m_url}).code, 0);
        QCOMPARE(runSojourn({u"diff"_s, u"-"_s, m_url}, {}, {}, contentOf(u"a.json"_s)).out, text.out);
        QCOMPARE(runSojourn({u"diff"_s, u"-"_s, u"-"_s}).code, 2);
    }

    // The ten things that people on call were seen to need, each as one command.
    void tenSupportTasksAreOneCommandEach()
    {
        const QJsonObject large{{u"role"_s, u"user"_s}, {u"cart"_s, QJsonObject{{u"mugs"_s, 2}}}, {u"t"_s, QString(500, u'x')}};
        const Visitor ann = add(u"ann"_s, {{u"cart"_s, QJsonObject{{u"mugs"_s, 4}}}}), bob = add(u"bob"_s, large),
                      bob2 = add(u"bob"_s), carol = add(u"carol"_s, {}, 10min), test = add(u"test"_s);
        addVisit(u"dan"_s, u"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"_s);
        addVisit(u"dan"_s, u"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"yesterday.json"_s)}).code, 0);

        // Whose session is this cookie?
        const QString header = u"Cookie: theme=dark, id=x; id="_s + ann.cookie + u"; n=1"_s;
        QCOMPARE(run({u"show"_s, u"--cookie"_s, header, u"--json"_s}).json()["user"_L1].toString(), u"ann"_s);
        // The largest sessions.
        const QJsonArray largest = run({u"list"_s, u"--order"_s, u"size"_s, u"--limit"_s, u"2"_s, u"--json"_s}).json().array();
        QCOMPARE(largest.size(), 2);
        QCOMPARE(largest.at(0)["key"_L1].toString(), bob.key);
        QCOMPARE(largest.at(1)["key"_L1].toString(), ann.key);
        // Carts with more than three mugs.
        QCOMPARE(run({u"list"_s, u"--where"_s, u"cart.mugs>3"_s, u"--json"_s}).json().array().at(0)["key"_L1].toString(),
                 ann.key);
        QCOMPARE(run({u"count"_s, u"--where"_s, u"cart.mugs>3"_s}).out, "1\n");
        // Log bob out and say how many.
        QCOMPARE(run({u"revoke-user"_s, u"bob"_s}).out, "2\n");
        // Why was ann logged out at 10:42?
        QCOMPARE(run({u"delete"_s, ann.key}).code, 0);
        const QJsonArray why = run({u"history"_s, u"--user"_s, u"ann"_s, u"--since"_s, u"1h"_s, u"--json"_s}).json().array();
        QCOMPARE(why.at(0)["event"_L1].toString(), u"revoked"_s);
        QCOMPARE(why.at(0)["reason"_L1].toString(), u"admin"_s);
        // One more hour for carol.
        const TimePoint before = m_store->now();
        QCOMPARE(run({u"expire"_s, u"--user"_s, u"carol"_s, u"--in"_s, u"1h"_s}).code, 0);
        QVERIFY(load(carol)->expiresAt >= before + 1h && load(carol)->expiresAt < before + 1h + 20s);
        // What changed since yesterday's backup?
        const Run differences = runSojourn({u"diff"_s, path(u"yesterday.json"_s), m_url});
        QVERIFY2(differences.code == 5 && differences.out.endsWith("0 added, 3 removed, 1 changed\n"),
                 differences.text().constData());
        // Delete all of a test user's.
        QCOMPARE(run({u"revoke-user"_s, u"test"_s}).out, "1\n");
        // Which devices has dan?
        const QByteArray devices = run({u"list"_s, u"--user"_s, u"dan"_s, u"--visit"_s}).out;
        QVERIFY2(devices.contains("Firefox 140, Linux") && devices.contains("Safari 17, iPhone"), devices.constData());
        // Move to another store.
        const QString other = u"sqlite:"_s + path(u"other.db"_s);
        QCOMPARE(run({u"copy"_s, other}).out, "3 sessions copied.\n");
        QCOMPARE(runSojourn({u"diff"_s, m_url, other}).code, 0);
        Q_UNUSED(bob2);
        Q_UNUSED(test);
    }

    void exportGoesThroughAPipeIntoImport()
    {
        const Visitor visitor = add(u"\ufeffalice"_s, {{u"\ufeffn"_s, 1}});
        for (const QString &format : {u"json"_s, u"jsonl"_s}) {
            const Run exported = run({u"export"_s, u"--output"_s, u"-"_s, u"--format"_s, format});
            QCOMPARE(run({u"delete"_s, visitor.key}).code, 0);
            const Run imported = runSojourn({u"--store"_s, m_url, u"import"_s, u"-"_s}, {}, {}, exported.out);
            QVERIFY2(imported.code == 0 && imported.out == "1 session imported.\n", imported.text().constData());
            QCOMPARE(load(visitor)->user, u"\ufeffalice"_s);
            QCOMPARE(load(visitor)->data.json("\xef\xbb\xbfn"), "1");
            const Run damaged = runSojourn({u"--store"_s, m_url, u"import"_s, u"-"_s}, {}, {}, exported.out.chopped(30));
            QVERIFY2(damaged.code == 1 && !damaged.err.contains("/tmp"), damaged.text().constData());
        }
    }

    void selectsByUserAndAttributes()
    {
        const Visitor admin = add(u"ann"_s, {{u"role"_s, u"admin"_s}, {u"a.b"_s, 1}, {u"list"_s, QJsonArray{u"x"_s}}}),
                      user = add(u"ann"_s, {{u"role"_s, u"user"_s}, {u"a"_s, QJsonObject{{u"b"_s, 2}}}, {u"x=1"_s, u"y=2"_s}}),
                      other = add({}, {{u"n"_s, qint64(9007199254740993)}});
        const auto keys = [this](const QStringList &arguments) {
            QStringList found;
            for (const QJsonValue record :
                 run(QStringList{u"list"_s, u"--json"_s, u"--order=created"_s} + arguments).json().array())
                found.append(record.toObject()["key"_L1].toString());
            return found;
        };
        QCOMPARE(keys({u"--where"_s, u"role"_s}), (QStringList{admin.key, user.key}));
        QCOMPARE(keys({u"--where=role=\"admin\""_s}), QStringList{admin.key});
        QCOMPARE(keys({u"--where"_s, u"role!=\"admin\""_s}), QStringList{user.key});
        QCOMPARE(keys({u"--where"_s, u"a.b"_s}), (QStringList{admin.key, user.key}));
        QCOMPARE(keys({u"--where"_s, u"a.b>=2"_s}), QStringList{user.key});
        QCOMPARE(keys({u"--where"_s, u"a.b"_s, u"--where"_s, u"role=\"user\""_s}), QStringList{user.key});
        QCOMPARE(keys({u"--where"_s, u"x=1=\"y=2\""_s}), QStringList{user.key});
        QCOMPARE(keys({u"--where"_s, u"list.0=\"x\""_s}), QStringList{admin.key});
        QCOMPARE(keys({u"--where"_s, u"n=9007199254740993"_s}), QStringList{other.key});
        QCOMPARE(keys({u"--where"_s, u"n=9007199254740992"_s}), QStringList());
        QCOMPARE(keys({u"--where"_s, u"role"_s, u"--offset=1"_s}), QStringList{user.key});
        QCOMPARE(keys({u"--where"_s, u"role"_s, u"--limit=1"_s}), QStringList{admin.key});
        QCOMPARE(keys({u"--where"_s, u"role"_s, u"--limit=0"_s}), QStringList());
        QCOMPARE(keys({u"--order=size"_s, u"--user"_s, u"ann"_s}), (QStringList{user.key, admin.key}));
        QCOMPARE(keys({u"--order=size"_s, u"--user"_s, u"ann"_s, u"--reverse"_s, u"--limit=1"_s}), QStringList{admin.key});
        QCOMPARE(keys({u"--order=size"_s, u"--offset=2"_s}), QStringList{other.key});
        QCOMPARE(run({u"count"_s, u"--user"_s, u"ann"_s}).out, "2\n");
        QCOMPARE(run({u"count"_s, u"--user"_s, u"ann"_s, u"--where"_s, u"a.b=1"_s}).out, "1\n");
        QCOMPARE(run({u"export"_s, u"--where"_s, u"a.b=2"_s}).json()["sessions"_L1].toArray().at(0)["key"_L1].toString(),
                 user.key);
        QCOMPARE(run({u"export"_s, u"--user"_s, QString()}).json()["sessions"_L1].toArray().size(), 1);
        QCOMPARE(run({u"list"_s, u"--where"_s, u"role=admin"_s}).code, 2);
        QCOMPARE(run({u"list"_s, u"--where"_s, QString()}).code, 2);
    }

    void getPrintsOneAttribute()
    {
        const Visitor visitor = add({}, {{u"theme"_s, u"d\"\u20ac"_s}, {u"cart"_s, QJsonObject{{u"n"_s, QJsonArray{1, 2}}}}});
        QCOMPARE(run({u"get"_s, visitor.key, u"theme"_s}).out, "\"d\\\"\u20ac\"\n");
        QCOMPARE(run({u"get"_s, u"--cookie"_s, u"id="_s + visitor.cookie, u"cart"_s}).out, "{\"n\":[1,2]}\n");
        QCOMPARE(run({u"get"_s, visitor.key, u"cart.n.1"_s}).out, "2\n");
        QCOMPARE(run({u"get"_s, visitor.key, u"cart.x"_s}).code, 3);
        QCOMPARE(run({u"get"_s, visitor.key, u"nothing"_s}).code, 3);
        QCOMPARE(run({u"get"_s, Visitor().key, u"theme"_s}).code, 3);
    }

    void cookiesMayBeGivenAsTheyAreCopied()
    {
        const Visitor visitor = add(u"alice"_s), other = add(u"bob"_s), nobody;
        const auto code = [this](const QString &cookie) { return run({u"show"_s, u"--cookie"_s, cookie}).code; };
        QCOMPARE(code(u"id="_s + visitor.cookie), 0);
        QCOMPARE(code(u"id=\""_s + visitor.cookie + u'"'), 0);
        QCOMPARE(code(u"theme=a; id=%1; n=1"_s.arg(visitor.cookie)), 0);
        QCOMPARE(code(u"cookie: theme=a;id=%1"_s.arg(visitor.cookie)), 0);
        QCOMPARE(code(u"id=%1; old=%2"_s.arg(nobody.cookie, visitor.cookie)), 0);
        QCOMPARE(code(u"id=%1; id=%1"_s.arg(visitor.cookie)), 0);
        QCOMPARE(code(u"id=%1; sid=%2"_s.arg(other.cookie, visitor.cookie)), 2);
        QCOMPARE(code(u"theme=dark, id=%1"_s.arg(visitor.cookie)), 3);
        QCOMPARE(code(u"id=%1; b=%2"_s.arg(nobody.cookie, Visitor().cookie)), 3);
        QCOMPARE(code(u"; ;=;"_s), 3);
    }

    void dryRunsChangeNothing()
    {
        const Visitor first = add(u"alice"_s), second = add(u"alice"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        const QByteArray before = run({u"export"_s, u"--format=jsonl"_s}).out.split('\n').at(1);
        const auto dry = [this](const QStringList &arguments) { return run(arguments + QStringList{u"--dry-run"_s}); };
        QCOMPARE(dry({u"delete"_s, first.key, second.key}).out, "2 sessions would be deleted.\n");
        QCOMPARE(dry({u"delete"_s, first.key, Visitor().key}).code, 3);
        QCOMPARE(dry({u"revoke-user"_s, u"alice"_s}).out, "2\n");
        QCOMPARE(dry({u"revoke-user"_s, u"alice"_s, u"--json"_s}).out, "{\"revoked\":2,\"dryRun\":true}\n");
        QVERIFY(dry({u"expire"_s, first.key, u"--now"_s}).out.contains("would end at once"));
        QVERIFY(dry({u"expire"_s, first.key, u"--in"_s, u"2h"_s}).out.contains("would end"));
        QCOMPARE(dry({u"set"_s, first.key, u"a"_s, u"1"_s}).code, 0);
        QCOMPARE(dry({u"unset"_s, first.key, u"visits"_s}).code, 0);
        QCOMPARE(dry({u"unset"_s, first.key, u"nothing"_s}).code, 3);
        QCOMPARE(dry({u"rotate"_s, first.key}).code, 0);
        QCOMPARE(dry({u"sweep"_s}).code, 0);
        QCOMPARE(dry({u"import"_s, path(u"a.json"_s)}).code, 4);
        QCOMPARE(dry({u"import"_s, path(u"a.json"_s), u"--on-conflict=overwrite"_s}).out,
                 "2 sessions would be imported, of these 2 in place of others.\n");
        QCOMPARE(dry({u"copy"_s, u"sqlite:"_s + path(u"none.db"_s)}).out, "2 sessions would be copied.\n");
        QCOMPARE(
            runSojourn({u"--store"_s, u"sqlite:"_s + path(u"none.db"_s), u"import"_s, path(u"a.json"_s), u"--dry-run"_s}).out,
            "2 sessions would be imported.\n");
        QVERIFY(!QFile::exists(path(u"none.db"_s)));
        QCOMPARE(run({u"export"_s, u"--format=jsonl"_s}).out.split('\n').at(1), before);
        QCOMPARE(run({u"count"_s}).out, "2\n");
    }

    void onlyTheVersionSeenIsChanged()
    {
        const Visitor visitor = add(u"alice"_s), other = add(u"alice"_s);
        const auto seen = [this](const QString &key) {
            return QString::number(run({u"show"_s, key, u"--json"_s}).json().object().value("version"_L1).toInteger());
        };
        const QString old = seen(visitor.key);
        QCOMPARE(run({u"set"_s, visitor.key, u"a"_s, u"1"_s, u"--if-version"_s, old}).code, 0);
        const QString now = seen(visitor.key);
        for (const QStringList &command : {QStringList{u"set"_s, visitor.key, u"a"_s, u"2"_s},
                                           {u"unset"_s, visitor.key, u"a"_s},
                                           {u"expire"_s, visitor.key, u"--now"_s},
                                           {u"rotate"_s, visitor.key},
                                           {u"delete"_s, visitor.key}}) {
            for (const QStringList &dryRun : {QStringList{}, {u"--dry-run"_s}}) {
                const Run late = run(command + QStringList{u"--if-version"_s, old} + dryRun);
                QVERIFY2(late.code == 4 && late.err.count('\n') == 1, late.text().constData());
            }
        }
        QCOMPARE(seen(visitor.key), now);
        QCOMPARE(run({u"delete"_s, visitor.key, u"--if-version=x"_s}).code, 2);
        QCOMPARE(run({u"delete"_s, visitor.key, other.key, u"--if-version"_s, now}).code, 2);
        QCOMPARE(run({u"delete"_s, visitor.key, u"--if-version"_s, now, u"--dry-run"_s}).code, 0);
        QCOMPARE(run({u"delete"_s, visitor.key, u"--if-version"_s, now}).code, 0);
        QCOMPARE(run({u"show"_s, visitor.key}).code, 3);
        QCOMPARE(run({u"delete"_s, visitor.key, u"--if-version"_s, now}).code, 3);
    }

    void copiesFromStoreToStore()
    {
        QList<Visitor> visitors;
        for (int i = 0; i < 250; ++i)
            visitors.append(add(i % 2 ? u"alice"_s : QString(), {{u"n"_s, i}}));
        const QString other = u"sqlite:"_s + path(u"other.db"_s);
        QCOMPARE(run({u"copy"_s, other, visitors.at(0).key, u"--cookie"_s, visitors.at(1).cookie}).out, "2 sessions copied.\n");
        const Run refused = run({u"copy"_s, other});
        QVERIFY2(refused.code == 4 && refused.err.count('\n') == 1, refused.text().constData());
        QCOMPARE(runSojourn({u"count"_s}, {u"SOJOURN_STORE="_s + path(u"other.db"_s)}).out, "2\n");
        QCOMPARE(runSojourn({u"--store"_s, other, u"set"_s, visitors.at(0).key, u"n"_s, u"-1"_s}).code, 0);
        QCOMPARE(run({u"copy"_s, path(u"other.db"_s), u"--on-conflict=skip"_s, u"--json"_s}).json().object(),
                 (QJsonObject{{u"copied"_s, 248}, {u"skipped"_s, 2}, {u"overwritten"_s, 0}, {u"expired"_s, 0}}));
        QCOMPARE(runSojourn({u"--store"_s, other, u"get"_s, visitors.at(0).key, u"n"_s}).out, "-1\n");
        QCOMPARE(run({u"copy"_s, other, u"--on-conflict=overwrite"_s, u"--user"_s, QString()}).out,
                 "125 sessions copied, of these 125 in place of others.\n");
        QCOMPARE(runSojourn({u"diff"_s, m_url, other}).code, 0);
        QCOMPARE(run({u"copy"_s, m_url}).code, 2);
        QCOMPARE(runSojourn({u"--store"_s, other, u"copy"_s, path(u"other.db"_s)}).code, 2);
        QCOMPARE(run({u"copy"_s, other, Visitor().key}).code, 3);
        QCOMPARE(run({u"copy"_s, path(u"nothing.db"_s)}).code, 1);
        QVERIFY(!QFile::exists(path(u"nothing.db"_s)));
    }

    void oneStoreByTwoAddressesIsNotCopiedToItself()
    {
        QFETCH_GLOBAL(QString, kind);
        add(u"alice"_s);
        QString again = u"sqlite:"_s + path(u"again.db"_s);
        if (kind == u"sqlite")
            QVERIFY(QFile::link(path(u"sessions.db"_s), path(u"again.db"_s)));
        else if (kind == u"redis")
            again = QString(m_url).replace("127.0.0.1"_L1, "localhost"_L1);
        else
            QSKIP("A live store has one address.");
        const Run copy = run({u"copy"_s, again, u"--on-conflict=overwrite"_s});
        QVERIFY2(copy.code == 2 && copy.err.contains("Both stores are the same"), copy.text().constData());
    }

    void aKeyThatWasRotatedIsNoConflict()
    {
        const Visitor old = add(u"alice"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        QVERIFY(await(m_store->rotate(old.id.key(), Visitor().id.key(), {})));
        const Run differences = runSojourn({u"diff"_s, path(u"a.json"_s), m_url});
        QVERIFY2(differences.code == 5 && differences.out.endsWith("1 added, 1 removed, 0 changed\n"),
                 differences.text().constData());
        QCOMPARE(run({u"import"_s, path(u"a.json"_s), u"--dry-run"_s}).out, "1 session would be imported.\n");
        QCOMPARE(runSojourn({u"--store"_s, path(u"a.json"_s), u"copy"_s, m_url, u"--dry-run"_s}).out,
                 "1 session would be copied.\n");
        QCOMPARE(run({u"import"_s, path(u"a.json"_s)}).out, "1 session imported.\n");
    }

    void aDryRunCountsNoExpiredSessions()
    {
        add();
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        QString text = QString::fromUtf8(contentOf(u"a.json"_s));
        const auto moved = [&text](QLatin1StringView name, const QString &time) {
            text.replace(QRegularExpression(u"\"%1\":\\s*\"[^\"]*\""_s.arg(name)), u"\"%1\": \"%2\""_s.arg(name, time));
        };
        moved("exportedAt"_L1, u"2001-01-01T00:00:00.000Z"_s);
        moved("expiresAt"_L1, u"2001-01-02T00:00:00.000Z"_s);
        QFile file(path(u"old.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        file.close();
        for (const QStringList &option : {QStringList{u"--dry-run"_s}, {}}) {
            const QStringList copy{u"--store"_s, file.fileName(), u"copy"_s, m_url, u"--json"_s};
            const QJsonObject summary = runSojourn(copy + option).json().object();
            QCOMPARE(summary["copied"_L1].toInt(-1), 0);
            QCOMPARE(summary["expired"_L1].toInt(-1), 1);
        }
    }

    void exportReplacesNoDatabase()
    {
        QFETCH_GLOBAL(QString, kind);
        if (kind != u"sqlite")
            QSKIP("Only SQLite has a file of its own.");
        const Visitor visitor = add(u"alice"_s);
        add();
        const QString file = path(u"sessions.db"_s);
        const QString link = path(u"log.json"_s), dangling = path(u"dangling.json"_s);
        const QString journal = file + u"-journal"_s; // which is not there, and would block the database
        QVERIFY(!QFile::exists(journal) && QFile::link(journal, dangling));
        QVERIFY(QFile::exists(file + u"-wal"_s) && QFile::link(file + u"-wal"_s, link));
        for (const QString &target : {file, file + u"-wal"_s, file + u"-shm"_s, file + u"-reserve"_s, link, journal, dangling}) {
            const Run run = runSojourn({u"--store"_s, file, u"export"_s, visitor.key, u"--output"_s, target});
            QVERIFY2(run.code == 2 && run.err.contains("Give another name"), run.text().constData());
        }
        QCOMPARE(run({u"count"_s}).out, "2\n");
    }

    void argumentsThatAreNoTextAreRefused()
    {
        const Visitor visitor = add(u"\ufffd"_s);
        const QString line = u"'%1' --store '%2' "_s.arg(QStringLiteral(SOJOURN_PROGRAM), m_url);
        for (const QString &command :
             {u"set "_s + visitor.key + u" $'bad\\xff' 1"_s, u"set "_s + visitor.key + u" v $'\"\\xff\"'"_s,
              u"revoke-user $'\\xff'"_s, u"revoke-user $'\\xed\\xa0\\x80'"_s}) {
            const Run run = runProgram(u"bash"_s, {u"-c"_s, line + command});
            QVERIFY2(run.code == 2 && run.err.contains("is not valid UTF-8"), run.text().constData());
        }
        QCOMPARE(load(visitor)->data.toJson(), (QJsonObject{{u"visits"_s, 1}}));
        for (const QString &variable : {u"SOJOURN_STORE=$'sqlite:a\\xff'"_s, u"SOJOURN_PASSWORD=$'\\xff'"_s}) {
            const Run run = runProgram(u"bash"_s, {u"-c"_s, variable + u' ' + line + u"count"_s});
            QVERIFY2(run.code == 2 && run.err.contains("is not valid UTF-8"), run.text().constData());
        }
    }

    void outputThatIsClosedReachesNoServer()
    {
        const Visitor visitor = add(u"alice"_s, {{u"FLUSHALL"_s, u"ASYNC"_s}, {u"pad"_s, QString(5000, u'x')}});
        const QString line = u"'%1' --store '%2' "_s.arg(QStringLiteral(SOJOURN_PROGRAM), m_url);
        for (const QString &closed : {u" <&- >&-"_s, u" >&-"_s, u" <&- >&- 2>&-"_s}) {
            for (const QString &command : {u"show "_s + visitor.key, u"export"_s, u"list"_s}) {
                const Run run = runProgram(u"bash"_s, {u"-c"_s, line + command + closed});
                QVERIFY2(run.code == 1, run.text().constData());
            }
        }
        QCOMPARE(run({u"count"_s}).out, "1\n");
        QVERIFY(load(visitor));
    }

    void idsAreNeverRepeated()
    {
        const Visitor visitor = add(u"alice"_s), other;
        const QString &id = other.cookie;
        const QList<QStringList> commands = {{u"show"_s, u"id="_s + id},
                                             {u"get"_s, u"id="_s + id, u"a"_s},
                                             {u"delete"_s, u"id="_s + id + u"; theme=dark"_s},
                                             {u"show"_s, u'"' + id + u'"'},
                                             {u"show"_s, u"theme=dark-and-long; language=en-US; consent=yes; id="_s + id},
                                             {u"get"_s, visitor.key, id},
                                             {u"unset"_s, visitor.key, id},
                                             {u"show"_s, u"--"_s + id},
                                             {id},
                                             {u"list"_s, u"--limit"_s, id},
                                             {u"list"_s, u"--order"_s, id},
                                             {u"export"_s, u"--format"_s, id},
                                             {u"import"_s, id},
                                             {u"copy"_s, id},
                                             {u"diff"_s, id, m_url},
                                             {u"expire"_s, visitor.key, u"--in"_s, id},
                                             {u"history"_s, u"--since"_s, id},
                                             {u"list"_s, u"--store"_s, id},
                                             {u"set"_s, visitor.key, u"--if-version"_s, id, u"a"_s, u"1"_s}};
        for (const QStringList &command : commands) {
            const Run said = run(command);
            QVERIFY2(said.code != 0 && !said.err.contains(id.toLatin1()), said.text().constData());
        }
    }

    void aSnapshotIsNeitherWrittenNorWatched()
    {
        add();
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        for (const Run &run : {run({u"copy"_s, path(u"a.json"_s)}), runSojourn({u"--store"_s, path(u"a.json"_s), u"watch"_s})})
            QVERIFY2(run.code == 2 && run.err.count('\n') == 1 && run.out.isEmpty(), run.text().constData());
    }

    void historyFindsAnEndedSessionByAWholeCookieHeader()
    {
        const Visitor visitor = add(u"alice"_s);
        QCOMPARE(run({u"delete"_s, visitor.key}).code, 0);
        const Run history = run({u"history"_s, u"--cookie"_s, u"csrf=%1; id=%2"_s.arg(Visitor().cookie, visitor.cookie),
                                 u"--json"_s});
        QVERIFY2(history.code == 0 && history.out.contains("revoked"), history.text().constData());
        QCOMPARE(run({u"history"_s, u"--cookie"_s, u"a=%1; b=%2"_s.arg(Visitor().cookie, Visitor().cookie)}).code, 3);
    }

    void snapshotsComeThroughPipes()
    {
        add(u"alice"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        const QString file = path(u"a.json"_s), fifo = path(u"fifo"_s);
        const auto shell = [](const QString &line) { return runProgram(u"bash"_s, {u"-c"_s, line}); };
        QCOMPARE(shell(u"'%1' diff <(cat '%2') <(cat '%2')"_s.arg(QStringLiteral(SOJOURN_PROGRAM), file)).out,
                 "No session differs.\n");
        QCOMPARE(shell(u"mkfifo '%3'; cat '%2' > '%3' & timeout 20 '%1' --store '%3' count"_s.arg(QStringLiteral(SOJOURN_PROGRAM),
                                                                                                  file, fifo))
                     .out,
                 "1\n");
    }

    void filesAreStoresToo()
    {
        const Visitor visitor = add(u"alice"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.jsonl.gz"_s)}).code, 0);
        const Run listed = runSojourn({u"--store"_s, path(u"a.jsonl.gz"_s), u"list"_s, u"--json"_s});
        QCOMPARE(listed.json().array().at(0)["key"_L1].toString(), visitor.key);
        QCOMPARE(runSojourn({u"get"_s, visitor.key, u"visits"_s}, {u"SOJOURN_STORE="_s + path(u"a.jsonl.gz"_s)}).out, "1\n");
        const Run refused = runSojourn({u"--store"_s, path(u"a.jsonl.gz"_s), u"delete"_s, visitor.key});
        QVERIFY2(refused.code == 1 && refused.err.contains("read"), refused.text().constData());
        const Run missing = runSojourn({u"--store"_s, path(u"nothing.db"_s), u"list"_s});
        QVERIFY2(missing.code == 1 && missing.err.count('\n') == 1, missing.text().constData());
        QCOMPARE(QDir(m_folder->path()).entryList({u"nothing*"_s}, QDir::Files), QStringList());
    }

    void historyCanBeNarrowedToATime()
    {
        const Visitor visitor = add(u"alice"_s);
        const auto size = [&](const QStringList &arguments) {
            const Run history = run(QStringList{u"history"_s, u"--json"_s} + arguments);
            return history.code == 0 ? history.json().array().size() : -history.code;
        };
        QCOMPARE(size({u"--since"_s, u"5m"_s}), 1);
        QCOMPARE(size({u"--until"_s, u"5m"_s}), 0);
        QCOMPARE(size({u"--since"_s, toIsoString(m_store->now() + 1h)}), 0);
        QCOMPARE(size({u"--since"_s, u"2000-01-01"_s, u"--until"_s, toIsoString(m_store->now() + 1h)}), 1);
        QCOMPARE(size({u"--since"_s, u"99:99"_s}), -2);
        QCOMPARE(size({u"--until"_s, u"yesterday"_s}), -2);
        const Run text = run({u"history"_s});
        QVERIFY2(text.out.contains(toDateTime(m_store->now()).toLocalTime().toString(u"yyyy-MM-dd HH:"_s).toLatin1()),
                 text.text().constData());
    }

    void whatJsonCannotKeepIsRefused()
    {
        const Visitor visitor = add();
        for (const QString &json : {u"18446744073709551615"_s, u"1e400"_s, u"{\"a\":1,\"a\":2}"_s, u"\"\\ud800\""_s,
                                    QString(201, u'[') + QString(201, u']')}) {
            const Run refused = run({u"set"_s, visitor.key, u"a"_s, json});
            QVERIFY2(refused.code == 2 && refused.err.count('\n') == 1, refused.text().constData());
        }
        QCOMPARE(run({u"set"_s, visitor.key, u"a"_s, u"9223372036854775807"_s}).code, 0);
        QCOMPARE(run({u"get"_s, visitor.key, u"a"_s}).out, "9223372036854775807\n");
        QCOMPARE(run({u"set"_s, visitor.key, u"\ufeffb"_s, QString(200, u'[') + QString(200, u']')}).code, 0);
        const Run exported = run({u"export"_s});
        QCOMPARE(run({u"delete"_s, visitor.key}).code, 0);
        const Run imported = runSojourn({u"--store"_s, m_url, u"import"_s, u"-"_s}, {}, {}, exported.out);
        QVERIFY2(imported.code == 0, imported.text().constData());
        QVERIFY(load(visitor)->data.contains("\xef\xbb\xbf"
                                             "b"));
    }

    void everyChangeSaysWhatItDid()
    {
        const Visitor visitor = add();
        for (const QStringList &command : {QStringList{u"set"_s, visitor.key, u"a"_s, u"1"_s},
                                           {u"unset"_s, visitor.key, u"a"_s},
                                           {u"rotate"_s, visitor.key},
                                           {u"expire"_s, visitor.key, u"--in"_s, u"1h30m"_s},
                                           {u"expire"_s, visitor.key, u"--now"_s}}) {
            const Run said = run(command);
            QVERIFY2(said.code == 0 && said.out.contains(visitor.key.toLatin1()), said.text().constData());
        }
    }

    void watchPrintsEventsAsTheyHappen()
    {
        QProcess watch;
        watch.start(QStringLiteral(SOJOURN_PROGRAM), {u"--store"_s, m_url, u"watch"_s});
        QByteArray err, out;
        QTRY_VERIFY2((err += watch.readAllStandardError()).contains("Watching"), err.constData());
        const Visitor visitor = add(u"alice"_s);
        QCOMPARE(run({u"set"_s, visitor.key, u"a"_s, u"1"_s}).code, 0);
        QCOMPARE(run({u"delete"_s, visitor.key}).code, 0);
        QTRY_VERIFY2((out += watch.readAllStandardOutput()).count('\n') >= 3, out.constData());
        const QList<QByteArray> lines = out.split('\n');
        const QJsonObject created = QJsonDocument::fromJson(lines.at(0)).object();
        QCOMPARE(created.keys(), (QStringList{u"at"_s, u"event"_s, u"key"_s, u"user"_s, u"version"_s}));
        QCOMPARE(created["event"_L1].toString(), u"created"_s);
        QCOMPARE(created["key"_L1].toString(), visitor.key);
        QCOMPARE(QJsonDocument::fromJson(lines.at(1))["event"_L1].toString(), u"changed"_s);
        QCOMPARE(QJsonDocument::fromJson(lines.at(2))["event"_L1].toString(), u"revoked"_s);
        QCOMPARE(QJsonDocument::fromJson(lines.at(2))["reason"_L1].toString(), u"admin"_s);
#ifdef Q_OS_UNIX
        ::kill(pid_t(watch.processId()), SIGINT);
        QTRY_COMPARE(watch.state(), QProcess::NotRunning);
        QCOMPARE(watch.exitCode(), 0);
#endif
    }

    void watchTellsWhatHappenedWhileItWasCutOffAndNothingTwice()
    {
        QFETCH_GLOBAL(QString, kind);
        if (kind != u"live")
            QSKIP("Only a live application can be stopped here.");
        QProcess watch;
        watch.start(QStringLiteral(SOJOURN_PROGRAM), {u"--store"_s, m_url, u"watch"_s, u"--user"_s, u"alice"_s});
        QByteArray err, out;
        QTRY_VERIFY2((err += watch.readAllStandardError()).contains("Watching"), err.constData());
        const Visitor before = add(u"alice"_s), other = add(u"bob"_s);
        QTRY_COMPARE((out += watch.readAllStandardOutput()).count('\n'), 1);
        const QString name = m_live->name();
        m_live->close();
        QTRY_VERIFY2((err += watch.readAllStandardError()).contains("cannot be reached"), err.constData());
        const Visitor meanwhile = add(u"alice"_s);
        QVERIFY(m_live->listen(name).has_value());
        QTRY_COMPARE((out += watch.readAllStandardOutput()).count('\n'), 2);
        const Visitor after = add(u"alice"_s);
        QTRY_COMPARE((out += watch.readAllStandardOutput()).count('\n'), 3);
        err += watch.readAllStandardError();
        QVERIFY2(err.count("cannot be reached") == 1 && err.count("lost meanwhile") == 1, err.constData());
        const QByteArrayList lines = out.split('\n');
        QVERIFY(lines.at(0).contains(before.key.toUtf8()) && lines.at(1).contains(meanwhile.key.toUtf8())
                && lines.at(2).contains(after.key.toUtf8()));
        QVERIFY(!out.contains(other.key.toUtf8()));
        watch.kill();
        watch.waitForFinished();
    }

    void whoAdministersIsTold()
    {
        static const QRegularExpression author(u"^\\S+@\\S+, sojourn$"_s);
        const Visitor alice = add(u"alice"_s), bob = add(u"bob"_s), carol = add(u"carol"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s)}).code, 0);
        QCOMPARE(run({u"delete"_s, alice.key}).code, 0);
        QCOMPARE(run({u"revoke-user"_s, u"bob"_s}).code, 0);
        QCOMPARE(run({u"import"_s, path(u"a.json"_s), u"--on-conflict"_s, u"skip"_s}).code, 0);
        int revoked = 0, imported = 0;
        for (const QJsonValue &value : run({u"history"_s, u"--json"_s}).json().array()) {
            const QJsonObject event = value.toObject();
            const QString by = event["by"_L1].toString();
            if (event["event"_L1] == "revoked"_L1) {
                QCOMPARE(event["reason"_L1].toString(), u"admin"_s);
                QVERIFY2(by.contains(author), qPrintable(by));
                ++revoked;
            } else if (event.contains("by"_L1)) { // what the application did has none
                QCOMPARE(event["event"_L1].toString(), u"created"_s);
                QCOMPARE(event["reason"_L1].toString(), u"imported"_s);
                QVERIFY2(by.contains(author), qPrintable(by));
                ++imported;
            }
        }
        QCOMPARE(revoked, 2);
        QCOMPARE(imported, 2);
        QCOMPARE(run({u"expire"_s, carol.key, u"--now"_s}).code, 0);
        const QJsonObject ended = run({u"history"_s, u"--limit"_s, u"1"_s, u"--json"_s}).json().array().at(0).toObject();
        QCOMPARE(ended["event"_L1].toString(), u"expired"_s);
        QVERIFY2(ended["by"_L1].toString().contains(author), qPrintable(ended["by"_L1].toString()));
        const QByteArray text = run({u"history"_s}).out;
        QVERIFY2(text.contains(", sojourn"), text.constData());
        QVERIFY2(text.contains("admin, by "), text.constData());
    }

    void visitsAreListedWhereAskedFor()
    {
        addVisit({}, u"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"_s, u"old laptop"_s);
        const QByteArray plain = run({u"list"_s}).out, listed = run({u"list"_s, u"--visit"_s}).out;
        QVERIFY(!plain.contains("192.0.2.7") && !plain.contains("ADDRESS"));
        for (const char *part : {"ADDRESS", "DEVICE", "BROWSER", "192.0.2.7", "old laptop", "Firefox 140, Linux"})
            QVERIFY2(listed.contains(part), listed.constData());
    }

    void historyTellsOfSessionsThatAreGone()
    {
        const Visitor first = add(u"alice"_s), second = add(u"bob"_s);
        QCOMPARE(run({u"delete"_s, first.key}).code, 0);
        const QJsonArray all = run({u"history"_s, u"--json"_s}).json().array();
        QCOMPARE(all.size(), 3);
        QCOMPARE(all.at(0).toObject()["event"_L1].toString(), u"revoked"_s);
        QCOMPARE(run({u"history"_s, u"--limit"_s, u"1"_s, u"--json"_s}).json().array().size(), 1);
        QCOMPARE(run({u"history"_s, u"--json"_s, u"--"_s, first.key.first(7)}).json().array().size(), 2);
        QCOMPARE(run({u"history"_s, u"--cookie"_s, second.cookie, u"--json"_s}).json().array().size(), 1);
        QCOMPARE(run({u"history"_s, Visitor().key}).code, 3);
        QCOMPARE(run({u"history"_s, u"--cookie"_s, Visitor().cookie}).code, 3);
        QVERIFY(run({u"history"_s}).out.contains("bob"));
    }

    void sweepSaysHowManyWereRemoved()
    {
        add({}, {}, 200ms);
        add({}, {}, 200ms);
        add();
        QTRY_COMPARE(run({u"count"_s}).out, "1\n");
        QCOMPARE(run({u"sweep"_s}).out, "2\n");
        QCOMPARE(run({u"sweep"_s, u"--json"_s}).out, "{\"removed\":0}\n");
    }

    void readOnlyRefusesEveryChange()
    {
        const Visitor visitor = add(u"alice"_s);
        QCOMPARE(run({u"export"_s, u"--output"_s, path(u"a.json"_s), u"--read-only"_s}).code, 0);
        const QList<QStringList> writes{{u"set"_s, visitor.key, u"a"_s, u"1"_s},
                                        {u"unset"_s, visitor.key, u"visits"_s},
                                        {u"expire"_s, visitor.key, u"--now"_s},
                                        {u"rotate"_s, visitor.key},
                                        {u"delete"_s, visitor.key},
                                        {u"revoke-user"_s, u"alice"_s},
                                        {u"sweep"_s},
                                        {u"import"_s, path(u"a.json"_s), u"--on-conflict"_s, u"overwrite"_s}};
        for (const QStringList &write : writes) {
            const Run refused = run(QStringList{u"--read-only"_s} + write);
            QVERIFY2(refused.code == 1 && refused.err.contains("read"), refused.text().constData());
        }
        QCOMPARE(load(visitor)->version, 1u);
        QCOMPARE(run({u"--read-only"_s, u"count"_s}).out, "1\n");
    }

    void passwordsAreNeverShown()
    {
        QFETCH_GLOBAL(QString, kind);
        if (kind != u"redis")
            QSKIP("Only Redis has passwords.");
        RedisServer server({u"--requirepass"_s, u"s3cret"_s});
        QVERIFY(server.start());
        const QString open = u"redis://127.0.0.1:%1"_s.arg(server.port()),
                      closed = u"redis://default:%2@127.0.0.1:%1"_s.arg(server.port());
        QCOMPARE(runSojourn({u"--store"_s, closed.arg(u"s3cret"_s), u"count"_s}).out, "0\n");
        QCOMPARE(runSojourn({u"--store"_s, open, u"count"_s}, {u"SOJOURN_PASSWORD=s3cret"_s}).out, "0\n");
        QVERIFY(!runSojourn({u"--store"_s, closed.arg(u"s3cret"_s), u"export"_s}).out.contains("s3cret"));
        // What is meant for one server is not shown to another.
        QCOMPARE(runSojourn({u"--store"_s, open, u"copy"_s, u"redis://127.0.0.1:%1"_s.arg(m_redis->port())},
                            {u"SOJOURN_PASSWORD=s3cret"_s})
                     .out,
                 "0 sessions copied.\n");
        for (const Run &run :
             {runSojourn({u"--store"_s, closed.arg(u"wr0ng"_s), u"count"_s}), runSojourn({u"--store"_s, open, u"count"_s}),
              runSojourn({u"--store"_s, open, u"count"_s}, {u"SOJOURN_PASSWORD=wr0ng"_s})}) {
            QVERIFY2(run.code == 1 && run.err.count('\n') == 1, run.text().constData());
            QVERIFY2(!run.text().contains("wr0ng"), run.text().constData());
        }
    }

    void watchSurvivesARestartOfTheStore()
    {
        QFETCH_GLOBAL(QString, kind);
        if (kind != u"redis")
            QSKIP("The test owns only Redis.");
        RedisServer server;
        QVERIFY(server.start());
        const QString url = u"redis://127.0.0.1:%1"_s.arg(server.port());
        QProcess watch;
        watch.start(QStringLiteral(SOJOURN_PROGRAM), {u"--store"_s, url, u"watch"_s});
        QByteArray err, out;
        QTRY_VERIFY2((err += watch.readAllStandardError()).contains("Watching"), err.constData());
        server.kill();
        QTRY_VERIFY2((err += watch.readAllStandardError()).contains("cannot be reached"), err.constData());
        QVERIFY(server.start());
        QTRY_VERIFY2_WITH_TIMEOUT((err += watch.readAllStandardError()).contains("again"), err.constData(), 15'000);
        m_store = *storeFromUrl(url);
        add(u"alice"_s);
        QTRY_VERIFY2((out += watch.readAllStandardOutput()).contains("alice"), out.constData());
        watch.kill();
        watch.waitForFinished();
    }

    void tablesFitTheTerminal_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {40, 80, 200})
            QTest::addRow("%d columns", width) << width;
    }
    void tablesFitTheTerminal()
    {
#ifdef Q_OS_LINUX
        QFETCH(int, width);
        const Visitor visitor = add(QString(30, u'\u4e16'), {{u"visits"_s, 1}});
        const auto isDashedKey = [](const QString &line) {
            return line.startsWith(u'-') && SessionKey::fromString(line).has_value();
        };
        std::optional<Visitor> dashed; // a key that is shown whole where it has room, as no option begins so
        do
            dashed.emplace();
        while (!dashed->key.startsWith(u'-'));
        add(*dashed, u"a name without wide letters that is long all the same"_s, {{u"visits"_s, 1}}, 24h);
        const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
        QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
        const winsize size{24, static_cast<unsigned short>(width), 0, 0};
        QCOMPARE(::ioctl(terminal, TIOCSWINSZ, &size), 0);
        QFile screen, held; // a terminal that nobody holds open loses what was not read yet
        QVERIFY(screen.open(terminal, QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle));
        QVERIFY(held.open(::open(::ptsname(terminal), O_RDWR | O_NOCTTY), QIODevice::ReadOnly, QFileDevice::AutoCloseHandle));
        for (const QString &command : {u"list"_s, u"history"_s}) {
            QCOMPARE(runSojourn({u"--store"_s, m_url, command}, {u"TERM=xterm"_s}, QFile::decodeName(::ptsname(terminal))).code,
                     0);
            QByteArray bytes;
            QStringList lines;
            do { // a terminal gives what was written in pieces
                pollfd more{terminal, POLLIN, 0};
                QVERIFY2(::poll(&more, 1, 5000) == 1, bytes.constData());
                std::array<char, 4096> piece;
                bytes.append(piece.data(), qMax<qsizetype>(0, ::read(terminal, piece.data(), piece.size())));
                lines = QString::fromUtf8(bytes)
                            .remove(QRegularExpression(u"\x1b\\[[0-9;]*m"_s))
                            .split(u"\r\n"_s, Qt::SkipEmptyParts);
            } while (lines.size() < 3 || !bytes.endsWith("\r\n"));
            QCOMPARE(lines.size(), 3);
            QVERIFY(bytes.contains('\x1b'));
            for (const QString &line : lines) // but for a key that would be an option if it were cut
                QVERIFY2(isDashedKey(line) || line.size() + line.count(u'\u4e16') <= width, qPrintable(line));
            const bool isList = command == "list"_L1;
            QCOMPARE(lines.join(u' ').contains(visitor.key),
                     width == 200 || ((width == 80 || isList) && visitor.key.startsWith(u'-')));
            for (const QString &line : isList ? lines.sliced(1) : QStringList()) { // each can be pasted back as it stands
                const QString key = line.section(u' ', 0, 0);
                QVERIFY2(runSojourn({u"--store"_s, m_url, u"show"_s, key}).code == 0, qPrintable(key));
            }
        }
#endif
    }

    void ctrlCLeavesNoHalfFile()
    {
#ifdef Q_OS_UNIX
        for (int i = 0; i < 1500; ++i)
            add({}, {{u"text"_s, QString(2000, u'x')}});
        QProcess slow; // its output is not read, so that it cannot end before it is stopped
        slow.setProcessChannelMode(QProcess::SeparateChannels);
        slow.start(QStringLiteral(SOJOURN_PROGRAM), {u"--store"_s, m_url, u"export"_s, u"--output"_s, path(u"a.json"_s)});
        QVERIFY(slow.waitForStarted());
        ::kill(pid_t(slow.processId()), SIGINT);
        QTRY_COMPARE(slow.state(), QProcess::NotRunning);
        // Too fast for the signal is fine too, but nothing in between.
        const QStringList files = QDir(m_folder->path()).entryList({u"a.json*"_s}, QDir::Files);
        if (slow.exitStatus() == QProcess::NormalExit && slow.exitCode() == 0)
            QCOMPARE(files, QStringList{u"a.json"_s});
        else
            QCOMPARE(files, QStringList());
#endif
    }
};

QTEST_GUILESS_MAIN(tst_Cli)
#include "tst_cli.moc"
