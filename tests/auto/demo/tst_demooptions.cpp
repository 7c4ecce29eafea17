// SPDX-License-Identifier: MIT

// The command line of sojourn-demo: what it takes, what it refuses, how it starts and stops.

#include "../shared/redisserver.h"
#include "demoprocess.h"
#include "visitor.h"

#include <Sojourn/LiveStore>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QTcpServer>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

struct Run
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

/// Runs the demo with \a arguments to its end; one that goes on running is stopped and has the exit code -1.
Run run(const QStringList &arguments, const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SOJOURN_DEMO), arguments);
    Run run;
    if (process.waitForFinished(5000))
        run.exitCode = process.exitCode();
    else
        process.kill();
    process.waitForFinished(1000);
    run.output = process.readAllStandardOutput();
    run.errors = process.readAllStandardError();
    return run;
}

} // namespace

class tst_DemoOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bad_options_get_one_line_and_exit_2_data();
    void bad_options_get_one_line_and_exit_2();
    void help_and_version_exit_0();
    void mistyped_option_gets_a_suggestion();
    void cookie_follows_the_options_data();
    void cookie_follows_the_options();
    void durations_may_have_fractions();
    void of_a_repeated_option_the_last_counts();
    void port_in_use_exits_1();
    void server_of_another_kind_exits_1();
    void first_line_says_where_it_listens();
    void default_store_is_a_private_file_that_outlives_the_program();
    void what_was_answered_survives_kill();
    void writer_that_is_held_up_holds_up_no_reader();
    void live_name_in_use_exits_1_and_the_default_gives_way();
    void starts_while_its_store_is_down_data();
    void starts_while_its_store_is_down();
    void threads_share_their_sessions_data();
    void threads_share_their_sessions();
    void curl_keeps_its_cookie_in_a_jar();
    void signals_stop_it_cleanly();
};

void tst_DemoOptions::bad_options_get_one_line_and_exit_2_data()
{
    QTest::addColumn<QString>("options");
    for (const char *options : {"--no-such-option",
                                "surplus",
                                "--port",
                                "--port x",
                                "--port 65536",
                                "--port -1",
                                "--address nowhere",
                                "--store cloud:",
                                "--store memory:x",
                                "--store sqlite:",
                                "--store redis://host:port",
                                "--store=",
                                "--front-end both",
                                "--cookie-name a;b",
                                "--cookie-name=",
                                "--cookie-name __Host-id --insecure-cookie",
                                "--same-site none --insecure-cookie",
                                "--same-site Strictly",
                                "--idle 0",
                                "--idle -1",
                                "--idle x",
                                "--idle nan",
                                "--idle inf",
                                "--idle 1e99",
                                "--absolute 0",
                                "--renew 0",
                                "--grace -1",
                                "--grace x",
                                "--touch -0.5",
                                "--sweep x",
                                "--store-timeout 0",
                                "--store-timeout 1.5",
                                "--size-limit 0",
                                "--size-limit x",
                                "--max-sessions-per-user 0",
                                "--max-sessions-per-user x",
                                "--cap-policy drop",
                                "--threads 0",
                                "--threads 1.5",
                                "--threads x",
                                "--live=",
                                "--live-tls 127.0.0.1",
                                "--live-tls web1:7443",
                                "--live-tls 127.0.0.1:65536",
                                "--live-tls 127.0.0.1:0",
                                "--live-tls 127.0.0.1:0 --live-cert /nowhere --live-token-file /nowhere",
                                "--live-token-file /nowhere"})
        QTest::addRow("%s", options) << QString::fromLatin1(options);
}

void tst_DemoOptions::bad_options_get_one_line_and_exit_2()
{
    QFETCH(QString, options);
    QStringList arguments = {u"--port"_s, u"0"_s, u"--live"_s, u"none"_s};
    if (!options.contains("--store "_L1))
        arguments += {u"--store"_s, u"memory:"_s};
    const Run result = run(arguments + options.split(u' '));
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.output.isEmpty());
    QCOMPARE(result.errors.count('\n'), 1);
    QVERIFY(result.errors.startsWith("sojourn-demo: "));
    QVERIFY(result.errors.trimmed().size() > 40);
}

void tst_DemoOptions::help_and_version_exit_0()
{
    const Run help = run({u"--help"_s});
    QCOMPARE(help.exitCode, 0);
    for (const char *option : {"--address", "--port", "--store", "--front-end", "--cookie-name", "--insecure-cookie",
                               "--same-site", "--idle", "--absolute", "--renew", "--grace", "--touch", "--session-end", "--live",
                               "--max-sessions-per-user", "--cap-policy", "--store-timeout", "--size-limit", "--sweep"})
        QVERIFY2(help.output.contains(option), option);
    QCOMPARE(run({u"-h"_s}).output, help.output);
    const Run version = run({u"--version"_s});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.output.startsWith("sojourn-demo "));
    QCOMPARE(run({u"-v"_s}).output, version.output);
}

void tst_DemoOptions::mistyped_option_gets_a_suggestion()
{
    const Run result = run({u"--frontend=routes"_s});
    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.errors, "sojourn-demo: There is no option --frontend. Did you mean --front-end?\n");
}

void tst_DemoOptions::cookie_follows_the_options_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("cookie"); // after its value
    QTest::newRow("default") << u""_s << u"Path=/; Max-Age=1209600; HttpOnly; Secure; SameSite=Lax"_s;
    QTest::newRow("insecure") << u"--insecure-cookie"_s << u"Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax"_s;
    QTest::newRow("strict") << u"--same-site strict"_s << u"Path=/; Max-Age=1209600; HttpOnly; Secure; SameSite=Strict"_s;
    QTest::newRow("none") << u"--same-site none"_s << u"Path=/; Max-Age=1209600; HttpOnly; Secure; SameSite=None"_s;
    QTest::newRow("session end") << u"--session-end"_s << u"Path=/; HttpOnly; Secure; SameSite=Lax"_s;
    QTest::newRow("idle") << u"--idle 59.2"_s << u"Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax"_s;
    QTest::newRow("absolute") << u"--absolute 30"_s << u"Path=/; Max-Age=30; HttpOnly; Secure; SameSite=Lax"_s;
    QTest::newRow("name") << u"--cookie-name __Host-sid"_s << u"Path=/; Max-Age=1209600; HttpOnly; Secure; SameSite=Lax"_s;
}

void tst_DemoOptions::cookie_follows_the_options()
{
    QFETCH(QString, options);
    QFETCH(QString, cookie);
    DemoProcess demo(QStringList{u"--store"_s, u"memory:"_s} + options.split(u' ', Qt::SkipEmptyParts));
    const Answer answer = Visitor(demo.url()).get(u"/visit"_s);
    QCOMPARE(answer.cookies.size(), 1);
    const QByteArray sent = answer.cookies.constFirst();
    QVERIFY(sent.startsWith(options.contains("sid"_L1) ? "__Host-sid=" : "id="));
    const auto attributes = [](const QString &text) {
        QStringList list = text.split(u"; "_s);
        list.sort();
        return list;
    };
    QCOMPARE(attributes(QString::fromLatin1(sent.sliced(sent.indexOf("; ") + 2))), attributes(cookie));
}

void tst_DemoOptions::durations_may_have_fractions()
{
    DemoProcess demo({u"--store"_s, u"memory:"_s, u"--insecure-cookie"_s, u"--idle"_s, u"0.3"_s, u"--sweep"_s, u"0.05"_s});
    Visitor visitor(demo.url());
    visitor.get(u"/visit"_s);
    QCOMPARE(visitor.get(u"/read"_s).body, "1");
    QTRY_COMPARE_WITH_TIMEOUT(visitor.get(u"/api/metrics"_s).json.value(u"expired"_s).toInt(), 1, 3000);
    QCOMPARE(visitor.get(u"/read"_s).body, "0");
}

void tst_DemoOptions::of_a_repeated_option_the_last_counts()
{
    DemoProcess demo({u"--store"_s, u"sqlite:/no/such/folder/file"_s, u"--store"_s, u"memory:"_s, u"--idle"_s, u"5"_s,
                      u"--idle"_s, u"1000"_s});
    QVERIFY(Visitor(demo.url()).get(u"/visit"_s).cookies.value(0).contains("Max-Age=1000"));
}

void tst_DemoOptions::port_in_use_exits_1()
{
    QTcpServer occupant;
    QVERIFY(occupant.listen(QHostAddress::LocalHost));
    const Run result = run({u"--store"_s, u"memory:"_s, u"--live"_s, u"none"_s, u"--port"_s,
                            QString::number(occupant.serverPort())});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.errors.count('\n'), 1);
    QVERIFY(result.errors.contains("--port"));
}

/// A server that is away may come back, but a node of a cluster never becomes a single server.
void tst_DemoOptions::server_of_another_kind_exits_1()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    RedisServer node({u"--cluster-enabled"_s, u"yes"_s, u"--cluster-port"_s, QString::number(RedisServer::freePort())});
    QVERIFY(node.start());
    const QString place = u"127.0.0.1:%1"_s.arg(node.port());
    const Run result = run({u"--store"_s, u"redis://"_s + place, u"--live"_s, u"none"_s, u"--port"_s, u"0"_s});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.contains("redis+cluster://" + place.toLatin1()), result.errors.constData());
    QVERIFY(node.ask({"DBSIZE"}).startsWith(":0"));
}

void tst_DemoOptions::first_line_says_where_it_listens()
{
    for (const auto &[address, host] : {std::pair{u"127.0.0.1"_s, u"127.0.0.1"_s}, std::pair{u"::1"_s, u"::1"_s}}) {
        DemoProcess demo({u"--store"_s, u"memory:"_s, u"--address"_s, address});
        if (address.contains(u':') && demo.url().isEmpty())
            QSKIP("This machine has no IPv6.");
        QCOMPARE(demo.url().host(), host);
        QCOMPARE(demo.url().path(), u"/"_s);
        QCOMPARE(Visitor(demo.url()).get(u"/bare"_s).body, "hello");
    }
}

void tst_DemoOptions::default_store_is_a_private_file_that_outlives_the_program()
{
#ifndef Q_OS_LINUX
    QSKIP("The data folder is redirected by XDG_DATA_HOME.");
#endif
    QTemporaryDir home;
    const auto restore = qScopeGuard([before = qgetenv("XDG_DATA_HOME")] { qputenv("XDG_DATA_HOME", before); });
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    QByteArray cookie;
    {
        DemoProcess demo({u"--insecure-cookie"_s});
        Visitor visitor(demo.url());
        visitor.get(u"/visit"_s);
        cookie = visitor.cookie();
        const QFileInfo file(home.filePath(u"sojourn-demo/sessions.sqlite"_s));
        QVERIFY(file.exists());
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }
    DemoProcess demo({u"--insecure-cookie"_s});
    Visitor visitor(demo.url());
    visitor.setCookie(cookie);
    QCOMPARE(visitor.get(u"/read"_s).body, "1");
}

void tst_DemoOptions::what_was_answered_survives_kill()
{
    const QTemporaryDir folder;
    const QStringList options = {u"--store"_s, "sqlite:"_L1 + folder.filePath(u"sessions.sqlite"_s), u"--insecure-cookie"_s};
    QByteArray cookie;
    int answered = 0, sent = 0;
    for (int round = 0; round <= 20; ++round) {
        DemoProcess demo(options);
        Visitor visitor(demo.url());
        if (round > 0)
            visitor.setCookie(cookie);
        else
            visitor.post(u"/api/set?name=n"_s, "0");
        cookie = visitor.cookie();
        const int found = visitor.get(u"/api/get?name=n"_s).json[u"value"_s].toInt(-1);
        QVERIFY2(found >= answered && found <= sent,
                 qPrintable(u"%1 answered, %2 found, %3 sent"_s.arg(answered).arg(found).arg(sent)));

        QList<QNetworkReply *> replies;
        for (int i = 0; i < 40; ++i, ++sent)
            replies.append(visitor.start("POST", u"/api/increment?name=n"_s));
        answered = found;
        for (int i = 0; i < replies.size(); ++i) {
            if (i == round)
                demo.process().kill();
            answered += Visitor::finish(replies[i]) == 200;
        }
    }
}

void tst_DemoOptions::writer_that_is_held_up_holds_up_no_reader()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"sessions.sqlite"_s);
    const DemoProcess demo({u"--store"_s, "sqlite:"_L1 + path, u"--insecure-cookie"_s, u"--store-timeout"_s, u"20000"_s});
    Visitor visitor(demo.url());
    QCOMPARE(visitor.get(u"/visit"_s).body, "1");
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(path);
        QVERIFY(other.open() && QSqlQuery(other).exec(u"BEGIN IMMEDIATE"_s));
        QNetworkReply *write = visitor.start("GET", u"/visit"_s);
        QElapsedTimer held;
        held.start();
        qint64 longest = 0;
        for (qint64 began = 0; (began = held.elapsed()) < 500; longest = std::max(longest, held.elapsed() - began)) {
            QCOMPARE(visitor.get(u"/bare"_s).status, 200);
            QCOMPARE(visitor.get(u"/read"_s).body, "1");
        }
        QVERIFY(!write->isFinished());
        qInfo("/bare and /read together took at most %lld ms", longest);
        QVERIFY(QSqlQuery(other).exec(u"COMMIT"_s));
        QCOMPARE(Visitor::finish(write).body, "2");
    }
    QSqlDatabase::removeDatabase(u"other"_s);
}

void tst_DemoOptions::live_name_in_use_exits_1_and_the_default_gives_way()
{
    const QString name = u"tst-demo-%1"_s.arg(QCoreApplication::applicationPid());
    DemoProcess first({u"--store"_s, u"memory:"_s, u"--live"_s, name});
    QVERIFY(!first.url().isEmpty());
    const Run second = run({u"--store"_s, u"memory:"_s, u"--port"_s, u"0"_s, u"--live"_s, name});
    QCOMPARE(second.exitCode, 1);
    QVERIFY(second.output.isEmpty());
    QCOMPARE(second.errors.count('\n'), 1);
    QVERIFY(second.errors.contains(name.toUtf8()));

    // A name that a dead process left behind is free.
    first.process().kill();
    QVERIFY(first.process().waitForFinished());
    DemoProcess third({u"--store"_s, u"memory:"_s, u"--live"_s, name});
    QVERIFY(!third.url().isEmpty());

    // Both run, whoever has the default name by now.
    DemoProcess fourth({u"--store"_s, u"memory:"_s, u"--live"_s, u"sojourn-demo"_s});
}

void tst_DemoOptions::starts_while_its_store_is_down_data()
{
    QTest::addColumn<QString>("frontEnd");
    QTest::newRow("hooks") << u"hooks"_s;
    QTest::newRow("routes") << u"routes"_s;
}

void tst_DemoOptions::starts_while_its_store_is_down()
{
    QFETCH(QString, frontEnd);
    DemoProcess demo({u"--store"_s, u"redis+unix:/no/such/socket"_s, u"--front-end"_s, frontEnd, u"--store-timeout"_s, u"200"_s});
    Visitor visitor(demo.url());
    QCOMPARE(visitor.get(u"/bare"_s).status, 200);
    QCOMPARE(visitor.get(u"/read"_s).body, "0");
    QCOMPARE(visitor.get(u"/visit"_s).status, 503);
    visitor.setCookie("AAAAAAAAAAAAAAAAAAAAAA");
    for (const QString &path : {u"/read"_s, u"/api/session"_s, u"/api/user-sessions"_s, u"/api/flash"_s}) {
        const Answer answer = visitor.get(path);
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.cookies.isEmpty());
        QCOMPARE(answer.retryAfter, "1");
    }
    QCOMPARE(visitor.cookie(), "AAAAAAAAAAAAAAAAAAAAAA");
}

void tst_DemoOptions::threads_share_their_sessions_data()
{
    QTest::addColumn<QString>("frontEnd");
    QTest::addColumn<QString>("store");
    for (const QString &frontEnd : {u"hooks"_s, u"routes"_s}) {
        for (const QString &store : {u"memory:"_s, u"sqlite:"_s})
            QTest::addRow("%s over %s", qPrintable(frontEnd), qPrintable(store)) << frontEnd << store;
    }
}

void tst_DemoOptions::threads_share_their_sessions()
{
    QFETCH(QString, frontEnd);
    QFETCH(QString, store);
    const QTemporaryDir folder;
    if (store == "sqlite:"_L1)
        store += folder.filePath(u"sessions.sqlite"_s);
    const QString live = u"tst-threads-%1"_s.arg(QCoreApplication::applicationPid());
    DemoProcess demo({u"--threads"_s, u"3"_s, u"--front-end"_s, frontEnd, u"--store"_s, store, u"--insecure-cookie"_s,
                      u"--live"_s, live});
    QVERIFY(!demo.url().isEmpty());
    Visitor first(demo.url());
    first.post(u"/api/login?user=ann"_s);
    std::vector<std::unique_ptr<Visitor>> others; // each on a connection of its own
    for (int i = 0; i < 6; ++i) {
        others.push_back(std::make_unique<Visitor>(demo.url()));
        others.back()->setCookie(first.cookie());
        QCOMPARE(others.back()->post(u"/api/increment?name=n"_s).status, 200);
    }
    QCOMPARE(first.get(u"/api/get?name=n"_s).json.value(u"value"_s), QJsonValue(6));
    const SessionKey key = *SessionKey::fromString(first.get(u"/api/session"_s).json.value(u"key"_s).toString());
    LiveStore operators(live); // counts beside the threads
    QVERIFY(operators.waitFor(operators.remove(key, SessionStore::Removal::Admin)));
    const QJsonObject metrics = first.get(u"/api/metrics"_s).json;
    QCOMPARE(metrics.value(u"created"_s), QJsonValue(1));
    QCOMPARE(metrics.value(u"changed"_s), QJsonValue(6));
    QCOMPARE(metrics.value(u"revoked"_s), QJsonValue(1));
}

void tst_DemoOptions::curl_keeps_its_cookie_in_a_jar()
{
    if (QStandardPaths::findExecutable(u"curl"_s).isEmpty())
        QSKIP("curl is not installed: apt install curl");
    const DemoProcess demo({u"--store"_s, u"memory:"_s, u"--insecure-cookie"_s});
    const QTemporaryDir folder;
    const auto curl = [&](const QString &path, const QStringList &options = {}) {
        QProcess process;
        const QString jar = folder.filePath(u"jar"_s);
        process.start(u"curl"_s, QStringList{u"-sS"_s, u"--max-time"_s, u"5"_s, u"-b"_s, jar, u"-c"_s, jar} + options
                                     + QStringList{demo.url().resolved(QUrl(path)).toString()});
        process.waitForFinished();
        return process.readAllStandardOutput();
    };
    QCOMPARE(curl(u"/visit"_s), "1");
    QCOMPARE(curl(u"/visit"_s), "2");
    QCOMPARE(curl(u"/api/set?name=cart"_s, {u"-d"_s, u"{\"mug\":2}"_s}), "{\"previous\":null}");
    QCOMPARE(curl(u"/api/login?user=ann"_s, {u"-X"_s, u"POST"_s}), "{\"ok\":true}");
    QCOMPARE(curl(u"/api/get?name=cart"_s), "{\"found\":true,\"value\":{\"mug\":2}}");
    curl(u"/api/destroy"_s, {u"-X"_s, u"POST"_s});
    QCOMPARE(curl(u"/read"_s), "0");
    QFile jar(folder.filePath(u"jar"_s));
    QVERIFY(jar.open(QIODevice::ReadOnly));
    QVERIFY(!jar.readAll().contains("\tid\t"));
}

void tst_DemoOptions::signals_stop_it_cleanly()
{
#ifdef Q_OS_UNIX
    for (const int signal : {SIGINT, SIGTERM}) {
        DemoProcess demo({u"--store"_s, u"memory:"_s});
        Visitor visitor(demo.url());
        visitor.get(u"/visit"_s);
        QNetworkReply *unanswered = visitor.start("POST", u"/api/slow?ms=30000&name=a"_s, "1");
        visitor.get(u"/bare"_s);
        QCOMPARE(::kill(pid_t(demo.id()), signal), 0);
        QVERIFY(demo.process().waitForFinished(5000));
        QCOMPARE(demo.process().exitStatus(), QProcess::NormalExit);
        QCOMPARE(demo.process().exitCode(), 0);
        Visitor::finish(unanswered);
    }
#else
    QSKIP("There are no such signals here.");
#endif
}

QTEST_GUILESS_MAIN(tst_DemoOptions)
#include "tst_demooptions.moc"
