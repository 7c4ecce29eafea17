// SPDX-License-Identifier: MIT
#include "arguments.h"
#include "nearest.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr OptionInfo Known[] = {
    {"store", "URL", "Where sessions live."},  {"port", "PORT", "Port to listen on.", "8080"},
    {"read-only", nullptr, "Change nothing."}, {"help", nullptr, "Show this help."},
    {"version", nullptr, "Show the version."},
};

std::expected<Arguments, QString> parse(const QString &line)
{
    return Arguments::parse(line.split(u' ', Qt::SkipEmptyParts), {.options = Known, .hint = u"Try --help."_s});
}

} // namespace

/// The command lines of all programs.
class tst_Arguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void optionsStandAnywhere()
    {
        const auto read = parse(u"--store=memory: one --read-only --port 80 two"_s);
        QVERIFY(read);
        QCOMPARE(read->operands, (QStringList{u"one"_s, u"two"_s}));
        QCOMPARE(read->value(u"store"_s), u"memory:"_s);
        QCOMPARE(read->value(u"port"_s), u"80"_s);
        QVERIFY(read->has(u"read-only"_s) && !read->has(u"help"_s));
    }

    void valuesMayBeginWithADashAndBeEmpty()
    {
        QCOMPARE(parse(u"--port -1"_s)->value(u"port"_s), u"-1"_s);
        QCOMPARE(parse(u"--store --port"_s)->value(u"store"_s), u"--port"_s);
        QCOMPARE(parse(u"--store=a=b"_s)->value(u"store"_s), u"a=b"_s);
        QVERIFY(parse(u"--store="_s)->has(u"store"_s) && parse(u"--store="_s)->value(u"store"_s).isEmpty());
    }

    void ofARepeatedOptionTheLastCounts()
    {
        const auto read = parse(u"--port 1 --port=2"_s);
        QCOMPARE(read->value(u"port"_s), u"2"_s);
        QCOMPARE(read->values(u"port"_s), (QStringList{u"1"_s, u"2"_s}));
        QCOMPARE(read->given(), QStringList{u"port"_s});
    }

    void whatWasNotGivenHasItsDefault()
    {
        QVERIFY(!parse({})->has(u"port"_s));
        QCOMPARE(parse({})->value(u"port"_s), u"8080"_s);
        QCOMPARE(parse({})->value(u"port"_s, u"1"_s), u"1"_s);
        QVERIFY(parse({})->value(u"store"_s).isNull());
    }

    void behindTwoDashesAreOperands()
    {
        const auto read = parse(u"--port 1 -- --port -h -- -"_s);
        QCOMPARE(read->operands, (QStringList{u"--port"_s, u"-h"_s, u"--"_s, u"-"_s}));
        QCOMPARE(parse(u"-"_s)->operands, QStringList{u"-"_s}); // standard input
    }

    void helpAndVersionHaveALetter()
    {
        QVERIFY(parse(u"-h"_s)->has(u"help"_s));
        QVERIFY(parse(u"-v"_s)->has(u"version"_s));
    }

    void whatIsNoOptionMayBeAnOperand()
    {
        const auto isNumber = [](const QString &argument) {
            bool ok = false;
            (void)argument.toInt(&ok);
            return ok;
        };
        const auto read = Arguments::parse({u"-5"_s, u"--port"_s, u"-6"_s}, {.options = Known, .isOperand = isNumber});
        QVERIFY(read);
        QCOMPARE(read->operands, QStringList{u"-5"_s});
        QCOMPARE(read->value(u"port"_s), u"-6"_s);
    }

    void mistakesAreToldInOneLine_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("error");
        QTest::newRow("mistyped") << u"--prot 1"_s << u"There is no option --prot. Did you mean --port?"_s;
        QTest::newRow("unknown") << u"--frobnicate"_s << u"There is no option --frobnicate. Try --help."_s;
        QTest::newRow("its value is a secret") << u"--frobnicate=s3cret"_s << u"There is no option --frobnicate. Try --help."_s;
        QTest::newRow("letter") << u"-x"_s << u"There is no option -x. Try --help."_s;
        QTest::newRow("one dash") << u"-port"_s << u"There is no option -port. Try --help."_s;
        QTest::newRow("no value") << u"--port"_s << u"--port needs a value: --port PORT."_s;
        QTest::newRow("a value too many") << u"--read-only=yes"_s << u"--read-only takes no value."_s;
    }
    void mistakesAreToldInOneLine()
    {
        QFETCH(const QString, line);
        QFETCH(const QString, error);
        const auto read = parse(line);
        QVERIFY(!read);
        QCOMPARE(read.error(), error);
    }

    void suggestionsFitWhatWasGivenBefore()
    {
        const auto fitting = [](const QStringList &operands) {
            return operands.isEmpty() ? QStringList{u"store"_s} : QStringList{u"port"_s};
        };
        const Arguments::Syntax syntax{.options = Known, .fitting = fitting};
        QCOMPARE(Arguments::parse({u"--prot"_s}, syntax).error(), u"There is no option --prot."_s);
        QCOMPARE(Arguments::parse({u"listen"_s, u"--prot"_s}, syntax).error(),
                 u"There is no option --prot. Did you mean --port?"_s);
    }

    void helpIsMadeFromTheTable()
    {
        constexpr OptionInfo options[] = {
            {"port", "PORT", "Port to listen on.", "8080"},
            {"max-sessions-per-user", "NUMBER",
             "How many sessions one user may have, on all devices together and whatever the browser."},
            {"help", nullptr, "Show this help."},
        };
        QCOMPARE(helpText(u"program [OPTIONS]"_s, u"Does something."_s, options),
                 u"Usage: program [OPTIONS]\n\nDoes something.\n\nOptions:\n"
                 "  --port PORT            Port to listen on. Default: 8080.\n"
                 "  --max-sessions-per-user NUMBER\n"
                 "                         How many sessions one user may have, on all devices\n"
                 "                         together and whatever the browser.\n"
                 "  -h, --help             Show this help.\n"_s);
    }

    void onlyNearWordsAreMeant()
    {
        const QStringList words{u"list"_s, u"count"_s, u"revoke-user"_s, u"show"_s, u"set"_s};
        QCOMPARE(nearest(u"lsit"_s, words), u"list"_s);
        QCOMPARE(nearest(u"revoke"_s, words), u"revoke-user"_s);
        QCOMPARE(nearest(u"revokeuser"_s, words), u"revoke-user"_s);
        QCOMPARE(nearest(u"Show"_s, words), u"show"_s);
        QVERIFY(nearest(u"frobnicate"_s, words).isEmpty());
        QVERIFY(nearest(QString(100'000, u'x'), words).isEmpty());
        QVERIFY(nearest({}, words).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_Arguments)
#include "tst_arguments.moc"
