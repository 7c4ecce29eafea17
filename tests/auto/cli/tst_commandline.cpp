// SPDX-License-Identifier: MIT
#include "program.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

// What needs no store: usage, help, and errors that come before.
class tst_CommandLine : public QObject
{
    Q_OBJECT

private:
    const QString m_key = QString(43, u'A');
    const QStringList m_commands{u"list"_s,   u"count"_s,  u"show"_s,   u"get"_s,    u"copy"_s,    u"vacuum"_s,
                                 u"set"_s,    u"unset"_s,  u"expire"_s, u"rotate"_s, u"delete"_s,  u"revoke-user"_s,
                                 u"export"_s, u"import"_s, u"diff"_s,   u"watch"_s,  u"history"_s, u"sweep"_s};

private Q_SLOTS:
    void wrongUsageExitsWith2AndOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QStringList memory{u"--store"_s, u"memory:"_s};
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("no command") << memory;
        QTest::newRow("unknown command") << memory + QStringList{u"frobnicate"_s};
        QTest::newRow("no store") << QStringList{u"list"_s};
        QTest::newRow("store without value") << QStringList{u"list"_s, u"--store"_s};
        QTest::newRow("empty store") << QStringList{u"--store"_s, QString(), u"list"_s};
        QTest::newRow("unknown scheme") << QStringList{u"--store"_s, u"mongodb:x"_s, u"list"_s};
        QTest::newRow("bad port") << QStringList{u"--store"_s, u"redis://localhost:99999"_s, u"list"_s};
        QTest::newRow("unknown option") << memory + QStringList{u"list"_s, u"--frob"_s};
        QTest::newRow("short option") << memory + QStringList{u"list"_s, u"-x"_s};
        QTest::newRow("option of another command") << memory + QStringList{u"count"_s, u"--limit"_s, u"1"_s};
        QTest::newRow("value for a flag") << memory + QStringList{u"list"_s, u"--json=yes"_s};
        QTest::newRow("too many operands") << memory + QStringList{u"count"_s, u"x"_s};
        QTest::newRow("show without key") << memory + QStringList{u"show"_s};
        QTest::newRow("show with two keys") << memory + QStringList{u"show"_s, m_key, m_key};
        QTest::newRow("show with key and cookie") << memory + QStringList{u"show"_s, m_key, u"--cookie"_s, u"x"_s};
        QTest::newRow("empty key") << memory + QStringList{u"show"_s, QString()};
        QTest::newRow("shortened key with -") << memory + QStringList{u"show"_s, u"-Ab"_s};
        QTest::newRow("set without value") << memory + QStringList{u"set"_s, m_key, u"name"_s};
        QTest::newRow("set no JSON") << memory + QStringList{u"set"_s, m_key, u"name"_s, u"dark"_s};
        QTest::newRow("set half JSON") << memory + QStringList{u"set"_s, m_key, u"name"_s, u"{\"a\":"_s};
        QTest::newRow("set two values") << memory + QStringList{u"set"_s, m_key, u"name"_s, u"1,2"_s};
        QTest::newRow("set nothing") << memory + QStringList{u"set"_s, m_key, u"name"_s, QString()};
        QTest::newRow("expire never") << memory + QStringList{u"expire"_s, m_key};
        QTest::newRow("expire twice") << memory + QStringList{u"expire"_s, m_key, u"--now"_s, u"--in"_s, u"5"_s};
        QTest::newRow("expire in text") << memory + QStringList{u"expire"_s, m_key, u"--in"_s, u"soon"_s};
        QTest::newRow("expire in the past") << memory + QStringList{u"expire"_s, m_key, u"--in"_s, u"-5"_s};
        QTest::newRow("expire in nan") << memory + QStringList{u"expire"_s, m_key, u"--in"_s, u"nan"_s};
        QTest::newRow("expire at text") << memory + QStringList{u"expire"_s, m_key, u"--at"_s, u"tomorrow"_s};
        QTest::newRow("limit text") << memory + QStringList{u"list"_s, u"--limit"_s, u"many"_s};
        QTest::newRow("limit negative") << memory + QStringList{u"list"_s, u"--limit"_s, u"-1"_s};
        QTest::newRow("offset text") << memory + QStringList{u"list"_s, u"--offset"_s, u"1.5"_s};
        QTest::newRow("order") << memory + QStringList{u"list"_s, u"--order"_s, u"colour"_s};
        QTest::newRow("format") << memory + QStringList{u"export"_s, u"--format"_s, u"xml"_s};
        QTest::newRow("output") << memory + QStringList{u"export"_s, u"--output="_s};
        QTest::newRow("policy") << memory + QStringList{u"import"_s, u"x.json"_s, u"--on-conflict"_s, u"merge"_s};
        QTest::newRow("where") << memory + QStringList{u"list"_s, u"--where"_s, u"=1"_s};
        QTest::newRow("since") << memory + QStringList{u"history"_s, u"--since"_s, u"soon"_s};
        QTest::newRow("copy to nowhere") << memory + QStringList{u"copy"_s, u"--cookie"_s, u"x"_s};
        QTest::newRow("get without name") << memory + QStringList{u"get"_s, m_key};
        QTest::newRow("duration without unit behind one") << memory + QStringList{u"expire"_s, m_key, u"--in"_s, u"1h30"_s};
        QTest::newRow("duration with unknown unit") << memory + QStringList{u"expire"_s, m_key, u"--in"_s, u"5y"_s};
        QTest::newRow("duration with blank") << memory + QStringList{u"expire"_s, m_key, u"--in"_s, u"1 h"_s};
        QTest::newRow("diff of one") << QStringList{u"diff"_s, u"a.json"_s};
        QTest::newRow("diff with bad URL") << QStringList{u"diff"_s, u"redis://localhost:x"_s, u"memory:"_s};
        QTest::newRow("revoke nobody") << memory + QStringList{u"revoke-user"_s, QString()};
    }
    void wrongUsageExitsWith2AndOneLine()
    {
        QFETCH(QStringList, arguments);
        const Run run = runSojourn(arguments);
        QVERIFY2(run.code == 2, run.text().constData());
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.startsWith("sojourn: ") && run.err.count('\n') == 1, run.text().constData());
    }

    void mistypedWordsAreAnsweredWithTheNearestRightOne_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("meant");
        QTest::newRow("swapped letters") << QStringList{u"lsit"_s} << "list?"_ba;
        QTest::newRow("missing letter") << QStringList{u"shw"_s} << "show?"_ba;
        QTest::newRow("half a word") << QStringList{u"revoke"_s} << "revoke-user?"_ba;
        QTest::newRow("capital letters") << QStringList{u"COUNT"_s} << "count?"_ba;
        QTest::newRow("option") << QStringList{u"list"_s, u"--usr"_s, u"x"_s} << "--user?"_ba;
        QTest::newRow("option before the command") << QStringList{u"--limt=1"_s, u"list"_s} << "--limit?"_ba;
        QTest::newRow("option of another command") << QStringList{u"count"_s, u"--wher"_s, u"x"_s} << "--where?"_ba;
        QTest::newRow("store") << QStringList{u"--stor"_s, u"memory:"_s, u"list"_s} << "--store?"_ba;
    }
    void mistypedWordsAreAnsweredWithTheNearestRightOne()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, meant);
        const Run run = runSojourn(arguments);
        QVERIFY2(run.code == 2 && run.err.count('\n') == 1 && run.err.contains("Did you mean " + meant), run.text().constData());
    }

    void theStoreMayStandInTheEnvironment()
    {
        QCOMPARE(runSojourn({u"count"_s}, {u"SOJOURN_STORE=memory:"_s}).out, "0\n");
        QCOMPARE(runSojourn({u"--store"_s, u"memory:"_s, u"count"_s}, {u"SOJOURN_STORE=live:nobody"_s}).out, "0\n");
        QCOMPARE(runSojourn({u"count"_s}, {u"SOJOURN_STORE="_s}).code, 2);
    }

    void argumentsThatLookLikeOptionsAreTakenForWhatTheyAre_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QString dashed = u'-' + QString(42, u'A'), doubleDashed = u"--"_s + QString(41, u'A');
        QTest::newRow("key with -") << QStringList{u"show"_s, dashed} << 3;
        QTest::newRow("key with --") << QStringList{u"show"_s, doubleDashed} << 3;
        QTest::newRow("keys after the command's options") << QStringList{u"delete"_s, u"--json"_s, dashed, doubleDashed} << 3;
        QTest::newRow("43 characters whose spare bits are set") << QStringList{u"show"_s, QString(43, u'B')} << 3;
        QTest::newRow("shortened key after --") << QStringList{u"show"_s, u"--"_s, u"-AA"_s} << 3;
        QTest::newRow("negative number") << QStringList{u"set"_s, dashed, u"n"_s, u"-5"_s} << 3;
        QTest::newRow("negative fraction") << QStringList{u"set"_s, m_key, u"n"_s, u"-1.5e3"_s} << 3;
        QTest::newRow("cookie that looks like an option") << QStringList{u"show"_s, u"--cookie"_s, u"--json"_s} << 3;
        QTest::newRow("cookie that looks like --") << QStringList{u"show"_s, u"--cookie"_s, u"--"_s} << 3;
        QTest::newRow("unknown cookie") << QStringList{u"show"_s, u"--cookie"_s, QString(22, u'A')} << 3;
        QTest::newRow("cookie with =") << QStringList{u"show"_s, u"--cookie=-x"_s} << 3;
        QTest::newRow("empty cookie") << QStringList{u"show"_s, u"--cookie"_s, QString()} << 3;
        QTest::newRow("set with cookie") << QStringList{u"set"_s, u"--cookie"_s, QString(22, u'A'), u"n"_s, u"-1"_s} << 3;
        QTest::newRow("key that cannot be") << QStringList{u"show"_s, u"no/key!"_s} << 3;
        QTest::newRow("key that is too long") << QStringList{u"show"_s, QString(44, u'A')} << 3;
    }
    void argumentsThatLookLikeOptionsAreTakenForWhatTheyAre()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        for (const bool storeFirst : {true, false}) {
            if (!storeFirst && arguments.contains(u"--"_s))
                continue;
            const QStringList store{u"--store"_s, u"memory:"_s};
            const Run run = runSojourn(storeFirst ? store + arguments : arguments + store);
            QVERIFY2(run.code == code, run.text().constData());
            QVERIFY2(run.err.count('\n') == 1, run.text().constData());
        }
    }

    void aCookieValueIsNeverPrinted()
    {
        const QByteArray cookie = "AbCdEfGhIjKlMnOpQrStUA";
        const Run run = runSojourn({u"--store"_s, u"memory:"_s, u"show"_s, u"--cookie"_s, QString::fromLatin1(cookie)});
        QCOMPARE(run.code, 3);
        QVERIFY(!run.text().contains(cookie));
    }

    void errorsRepeatNeitherCookieNorPassword_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QString cookie = u"s3cretGhIjKlMnOpQrStUA"_s, dashed = u"-s3cretIjKlMnOpQrStUVA"_s,
                      url = u"redis://me:s3cret@127.0.0.1:1"_s;
        const QStringList memory{u"--store"_s, u"memory:"_s};
        QTest::newRow("cookie as key") << memory + QStringList{u"show"_s, cookie} << 3;
        QTest::newRow("cookie with - as key") << memory + QStringList{u"show"_s, dashed} << 3;
        QTest::newRow("cookies as keys") << memory + QStringList{u"delete"_s, m_key, cookie, dashed} << 3;
        QTest::newRow("cookie as key of a history") << memory + QStringList{u"history"_s, cookie} << 3;
        QTest::newRow("URL as command") << QStringList{url, u"list"_s} << 2;
        QTest::newRow("URL as key") << memory + QStringList{u"show"_s, url} << 3;
        QTest::newRow("URL as snapshot") << memory + QStringList{u"import"_s, url} << 2;
        QTest::newRow("URL as output") << memory + QStringList{u"export"_s, u"--output"_s, url} << 2;
        QTest::newRow("diff with a capital scheme") << QStringList{u"diff"_s, u"REDIS"_s + url.sliced(5), u"memory:"_s} << 1;
        QTest::newRow("diff with an unknown scheme") << QStringList{u"diff"_s, u"http"_s + url.sliced(5), u"memory:"_s} << 2;
    }
    void errorsRepeatNeitherCookieNorPassword()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const Run run = runSojourn(arguments);
        QVERIFY2(run.code == code && run.err.count('\n') == 1, run.text().constData());
        QVERIFY2(!run.text().contains("s3cret"), run.text().constData());
    }

    void outputThatCannotBeWrittenExitsWith1AndOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const QStringList &command :
             {QStringList{u"list"_s}, {u"list"_s, u"--json"_s}, {u"export"_s}, {u"--help"_s}, {u"--version"_s}})
            QTest::newRow(qPrintable(command.join(u' '))) << command;
    }
    void outputThatCannotBeWrittenExitsWith1AndOneLine()
    {
        QFETCH(QStringList, arguments);
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("There is no /dev/full here.");
        const Run run = runSojourn(QStringList{u"--store"_s, u"memory:"_s} + arguments, {}, u"/dev/full"_s);
        QVERIFY2(run.code == 1 && run.err.count('\n') == 1, run.text().constData());
    }

    void onlyImportMakesAStore()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"new.db"_s), url = u"sqlite:"_s + file, snapshot = folder.filePath(u"a.json"_s);
        QCOMPARE(runSojourn({u"--store"_s, u"memory:"_s, u"export"_s, u"--output"_s, snapshot}).code, 0);
        QFile broken(folder.filePath(u"broken.json"_s));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1);
        broken.close();
        for (const QStringList &command : {QStringList{u"list"_s},
                                           {u"count"_s},
                                           {u"set"_s, m_key, u"a"_s, u"1"_s},
                                           {u"sweep"_s},
                                           {u"watch"_s},
                                           {u"vacuum"_s},
                                           {u"count"_s, u"--read-only"_s},
                                           {u"import"_s, snapshot, u"--read-only"_s},
                                           {u"import"_s, folder.filePath(u"missing.json"_s)},
                                           {u"import"_s, broken.fileName()},
                                           {u"copy"_s, u"memory:"_s},
                                           {u"diff"_s, url, u"memory:"_s}}) {
            const Run run = runSojourn(command.first() == u"diff" ? command : QStringList{u"--store"_s, url} + command);
            QVERIFY2(run.code == 1 && run.err.count('\n') == 1, run.text().constData());
            QVERIFY2(!QFile::exists(file), qPrintable(command.first()));
        }
        QCOMPARE(runSojourn({u"--store"_s, url, u"import"_s, snapshot}).code, 0);
        QVERIFY(QFile::exists(file));
    }

    void helpAndVersion()
    {
        const Run help = runSojourn({u"--help"_s});
        QCOMPARE(help.code, 0);
        for (const QString &command : m_commands) {
            QVERIFY2(help.out.contains("  " + command.toLatin1() + ' '), qPrintable(command));
            const Run run = runSojourn({command, u"--help"_s});
            QCOMPARE(run.code, 0);
            QVERIFY2(run.out.contains("Example:\n  sojourn "), run.text().constData());
            QVERIFY(run.err.isEmpty());
        }
        const Run version = runSojourn({u"--version"_s});
        QCOMPARE(version.code, 0);
        QVERIFY(version.out.startsWith("sojourn "));
    }

    // What --help tells, the completions and the man page know too.
    void completionsAndManPageKnowEveryWord()
    {
        QByteArrayList words;
        for (const QString &command : m_commands) {
            words.append(command.toUtf8());
            const QByteArray help = runSojourn({command, u"--help"_s}).out;
            const QByteArray options = help.mid(std::max<qsizetype>(help.indexOf("\nOptions:\n"), 0));
            for (const QByteArray &line : options.split('\n')) {
                if (line.startsWith("  --"))
                    words.append(line.sliced(4).split(' ').first());
            }
        }
        QVERIFY(words.contains("where") && words.contains("dry-run"));
        for (const QString &name :
             {u"completion/sojourn"_s, u"completion/_sojourn"_s, u"completion/sojourn.fish"_s, u"sojourn.1"_s}) {
            QFile file(QStringLiteral(SOJOURN_CLI_SOURCE "/") + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll().replace("\\-", "-");
            for (const QByteArray &word : std::as_const(words))
                QVERIFY2(text.contains(word), qPrintable(name + u": "_s + QString::fromUtf8(word)));
        }
    }

    void aStoreThatIsDownExitsWith1AndOneLine_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("redis") << u"redis://127.0.0.1:1"_s;
        QTest::newRow("redis sentinels") << u"redis+sentinel://127.0.0.1:1,127.0.0.1:2/shop"_s;
        QTest::newRow("redis socket") << u"redis+unix:/nowhere/socket"_s;
        QTest::newRow("live") << u"live:nobody-is-there"_s;
        QTest::newRow("sqlite folder") << u"sqlite:/nowhere/at/all.db"_s;
    }
    void aStoreThatIsDownExitsWith1AndOneLine()
    {
        QFETCH(QString, url);
        const QList<QStringList> all{{u"list"_s},          {u"count"_s},   {u"show"_s, m_key}, {u"set"_s, m_key, u"a"_s, u"1"_s},
                                     {u"delete"_s, m_key}, {u"history"_s}, {u"sweep"_s},       {u"export"_s},
                                     {u"watch"_s}};
        for (const QStringList &command : all) {
            const Run run = runSojourn(QStringList{u"--store"_s, url} + command);
            QVERIFY2(run.code == 1, run.text().constData());
            QVERIFY2(run.err.count('\n') == 1, run.text().constData());
        }
    }

    void filesThatAreNoDatabaseAreRefused()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"text.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        const Run run = runSojourn({u"--store"_s, u"sqlite:"_s + file.fileName(), u"list"_s});
        QVERIFY2(run.code == 1 && run.err.count('\n') == 1, run.text().constData());
    }
};

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_commandline.moc"
