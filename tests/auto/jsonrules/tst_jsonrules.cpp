// SPDX-License-Identifier: MIT
#include "jsonsamples.h"

#include <Sojourn/SessionData>
#include <Sojourn/jsonrules.h>

#include <QtTest/QTest>

#include <ctime>

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestJsonRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesJsonAndWritesItCompact_data();
    void takesJsonAndWritesItCompact();
    void refusesWhatCannotBeKept_data();
    void refusesWhatCannotBeKept();
    void refusesTheSameInValues();
    void bothWaysOfWritingAgree();
    void refusesEveryMutilation();
    void takesTimeLinearInTheText();
    void namesAndUsersAreUnicode();
    void keepsALeadingByteOrderMark();
    void findsEveryNameOfAnObject();
    void compactTextKeepsItsOrder();
    void bytesAreCountedAsUtf8();
    void flashIsAnArrayThatCanBeKept();
};

void TestJsonRules::takesJsonAndWritesItCompact_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("compact");
    const auto row = [](const char *text, const QByteArray &compact) { QTest::newRow(text) << QByteArray(text) << compact; };
    row(" null\n", "null");
    row("true", "true");
    row("0", "0");
    row("-0", "0");
    row("-0.0e7", "0");
    row("-9223372036854775808", "-9223372036854775808");
    row("9223372036854775807", "9223372036854775807");
    row("9007199254740993", "9007199254740993");
    row("9007199254740993.00", "9007199254740993");
    row("900719925474099300e-2", "9007199254740993");
    row("18446744073709552e3", "18446744073709552000");
    row("1E30", "1e+30");
    row("1e3", "1000");
    row("12.50", "12.5");
    row("0.1", "0.1");
    row("0.30000000000000004", "0.30000000000000004");
    row("1.7976931348623157E308", "1.7976931348623157e+308");
    row("5e-324", "5e-324");
    row("\"\"", "\"\"");
    row(R"("\u0041\/\b\f\n\r\t\"\\\u0000\u001F\u007f")", "\"A/\\b\\f\\n\\r\\t\\\"\\\\\\u0000\\u001f\x7f\"");
    row(R"("\uD83D\ude00 \u00e9 \u20AC")", "\"😀 é €\"");
    row("\"\xEF\xBB\xBFmark \xEF\xBF\xBF\"", "\"\xEF\xBB\xBFmark \xEF\xBF\xBF\"");
    row("[ ]", "[]");
    row("{ }", "{}");
    row("[1 , [2],\t{ \"b\" : 1 , \"a\" : [ ] } ]", "[1,[2],{\"a\":[],\"b\":1}]");
    row(R"({"":1,"é":2,"e":3,"😀":4})", R"({"":1,"e":3,"é":2,"😀":4})");
    QTest::newRow("200 arrays") << QByteArray(200, '[') + QByteArray(200, ']') << QByteArray(200, '[') + QByteArray(200, ']');
}

void TestJsonRules::takesJsonAndWritesItCompact()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, compact);
    QCOMPARE(readJson(text), compact);
    QCOMPARE(readJson(compact), compact);
    const auto value = readJsonValue(text);
    QVERIFY(value);
    QCOMPARE(writeJson(*value), compact);
    QCOMPARE(encodeJson(*value), compact);
}

void TestJsonRules::refusesWhatCannotBeKept_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *text, const QString &says) {
        QTest::newRow(*text ? text : "nothing") << QByteArray(text) << says;
    };
    for (const char *text :
         {"",          " ",           "nul",      "truth", "1,2",     "]",        "\"",         "\"\\\"", "\"\\x\"",
          "\"\\u12\"", "\"\\u+123\"", "\"a\nb\"", "{",     "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",  "[1,]",
          "[,1]",      "[1 2]",       "[",        "[1",    "01",      "-",        "-01",        "+1",     "1.",
          ".5",        "1e",          "1e+",      "1x",    "'a'",     "NaN",      "Infinity",   "[1] 2",  "\xEF\xBB\xBF{}",
          "// 1",      "\f1"})
        row(text, u"This is not JSON"_s);
    for (const char *text : {"18446744073709551615", "9223372036854775808", "-9223372036854775809", "1e400", "-1e400", "1e-400",
                             "0.12345678901234567890", "0.10000000000000001", "1e99999999999999999999", "[1,{\"a\":1e400}]",
                             "9007199254740993.5", "4.9406564584124654e-324", "123456789012345678901234567890"})
        row(text, u"cannot be kept exactly"_s);
    for (const char *text : {R"({"a":1,"a":2})", R"({"a":1,"b":2,"\u0061":3})", R"([{"":1,"":1}])",
                             R"({"b":{"x":1,"y":2,"x":3}})", R"({"é":1,"\u00e9":1})"})
        row(text, u"twice"_s);
    for (const char *text :
         {R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud800x")", R"("\ud800\n")", R"({"\udfff":1})", "\"\x80\"",
          "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xE2\x82\"", "\xff"})
        row(text, u"not valid Unicode"_s);
    QTest::newRow("201 arrays") << QByteArray(201, '[') + QByteArray(201, ']') << u"deeper than 200 levels"_s;
    QTest::newRow("a million arrays") << QByteArray(1'000'000, '[') << u"deeper than 200 levels"_s;
    QTest::newRow("201 objects") << QByteArray("{\"a\":").repeated(201) + '1' + QByteArray(201, '}')
                                 << u"deeper than 200 levels"_s;
}

void TestJsonRules::refusesWhatCannotBeKept()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const auto read = readJson(text);
    QVERIFY2(!read, read ? read->constData() : "");
    QCOMPARE(read.error().code, Error::Invalid);
    QVERIFY2(read.error().text.contains(says), qPrintable(read.error().text));
    QVERIFY(read.error().text.size() < 160);
    QCOMPARE(readJsonValue(text).error(), read.error());
}

void TestJsonRules::refusesTheSameInValues()
{
    QJsonValue deep = 1;
    for (int i = 0; i < 200; ++i)
        deep = i % 2 ? QJsonValue(QJsonArray{deep}) : QJsonValue(QJsonObject{{u"a"_s, deep}});
    QVERIFY(checkJson(deep));
    QCOMPARE(checkJson(QJsonArray{deep}).error().code, Error::Invalid);
    QVERIFY(checkJson(QJsonArray{deep}).error().text.contains(u"200 levels"_s));

    const QString lone = u"a"_s + QChar(0xD800);
    for (const QJsonValue &value : {QJsonValue(lone), QJsonValue(QJsonArray{lone}), QJsonValue(QJsonObject{{lone, 1}}),
                                    QJsonValue(QJsonArray{QJsonObject{{u"a"_s, QString(QChar(0xDC00))}}})})
        QVERIFY(checkJson(value).error().text.contains(u"Unicode"_s));
    for (const double number : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        QVERIFY(!checkJson(number));
        QVERIFY(!checkJson(QJsonArray{number}));
    }
}

void TestJsonRules::bothWaysOfWritingAgree()
{
    JsonSamples samples(7);
    for (int i = 0; i < 3000; ++i) {
        const QJsonValue value = samples.value();
        const auto text = writeJson(value);
        QVERIFY2(text, text ? "" : qPrintable(text.error().text));
        QCOMPARE(encodeJson(value), *text);
        QCOMPARE(readJson(*text), *text);
        QCOMPARE(readJson(samples.spaced(*text)), *text);
        const auto back = decodeJson(*text);
        QVERIFY2(back, text->constData());
        QCOMPARE(encodeJson(*back), *text);
        QCOMPARE(readJsonValue(*text).value(), *back);
    }
}

// Whatever is taken reads back as what was taken, and what is written of it is taken again.
void TestJsonRules::refusesEveryMutilation()
{
    JsonSamples samples(11);
    int taken = 0, refused = 0;
    for (int i = 0; i < 20000; ++i) {
        const QByteArray text = samples.damaged(encodeJson(samples.value()));
        const auto read = readJson(text);
        (read ? taken : refused)++;
        if (!read) {
            QCOMPARE(read.error().code, Error::Invalid);
            continue;
        }
        QVERIFY2(decodeJson(text), text.constData());
        QCOMPARE(readJson(*read), *read);
        QCOMPARE(writeJson(*decodeJson(*read)), *read);
    }
    QVERIFY(taken > 500 && refused > 500);
}

void TestJsonRules::takesTimeLinearInTheText()
{
    QByteArray object = "{";
    for (int i = 100'000; i > 0; --i) // not in order
        object.append("\"n" + QByteArray::number(i * 7919 % 100'003) + "\":1.5,");
    object.back() = '}';
    const std::clock_t begin = std::clock(); // of this process, whatever else the machine does
    QVERIFY(readJson(object));
    QVERIFY(readJson('"' + QByteArray("\\n").repeated(500'000) + '"'));
    QVERIFY(!readJson(QByteArray(1'000'000, '7')));
    const auto seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
    QVERIFY2(seconds < 5, qPrintable(QString::number(seconds))); // quadratic: minutes
}

void TestJsonRules::namesAndUsersAreUnicode()
{
    const QString lone = u"a"_s + QChar(0xD800);
    QVERIFY(checkAttributeName(u""_s));
    QVERIFY(checkAttributeName("cart"));
    QVERIFY(checkAttributeName("th\xC3\xA8me\xEF\xBB\xBF"));
    QVERIFY(checkAttributeName(QLatin1StringView("\xE8")));
    QVERIFY(checkAttributeName(QStringView(u"😀")));
    QCOMPARE(checkAttributeName(lone).error().code, Error::Invalid);
    QCOMPARE(checkAttributeName("a\x80").error().code, Error::Invalid);
    QCOMPARE(checkAttributeName("\xED\xA0\x80"_ba).error().code, Error::Invalid);

    QVERIFY(checkUser({}));
    QVERIFY(checkUser(QString(1024, u'u')));
    QVERIFY(checkUser(QString(512, u'é')));
    QVERIFY(checkUser(QString(341, u'€')));
    QCOMPARE(checkUser(QString(1025, u'u')).error().code, Error::Invalid);
    QCOMPARE(checkUser(QString(513, u'é')).error().code, Error::Invalid);
    QCOMPARE(checkUser(QString(342, u'€')).error().code, Error::Invalid);
    QCOMPARE(checkUser(lone).error().code, Error::Invalid);
}

void TestJsonRules::keepsALeadingByteOrderMark()
{
    for (const QString &text : {u"\ufeffadmin"_s, u"\ufeff"_s, u"\ufeff\ufeffx"_s, u"a\ufeff"_s, u""_s, u"admin"_s}) {
        QCOMPARE(Detail::fromUtf8(text.toUtf8()), text);
        QCOMPARE(decodeJson(encodeJson(text)), QJsonValue(text));
        QCOMPARE(decodeJson('"' + text.toUtf8() + '"'), QJsonValue(text));
        const QJsonValue nested = QJsonArray{text, QJsonObject{{text, text}}};
        QCOMPARE(decodeJson(encodeJson(nested)), nested);
        SessionData data;
        data.insert(text, QJsonValue(text));
        QCOMPARE(data.names(), QStringList{text});
        QCOMPARE(data.value(text), QJsonValue(text));
        QCOMPARE(data.toJson(), (QJsonObject{{text, text}}));
        QCOMPARE(SessionData::fromJson(data.toJson()), data);
    }
}

void TestJsonRules::findsEveryNameOfAnObject()
{
    const QStringList names{u"😀"_s, u"\ue000"_s, u"\uffff"_s, u"é"_s, u"€"_s, u"z"_s, u""_s, u"\ufeff"_s, u"😀\ue000"_s};
    QJsonObject object;
    for (const QString &name : names)
        object.insert(name, name);
    const QJsonObject read = decodeJson(encodeJson(object))->toObject();
    for (const QString &name : names)
        QCOMPARE(read[name], QJsonValue(name));
    QCOMPARE(read, object);
}

void TestJsonRules::compactTextKeepsItsOrder()
{
    QCOMPARE(*Detail::compactJson(R"( { "b" : [ 1.0 , 2 ] , "a" : "\u0041" } )"), R"({"b":[1,2],"a":"A"})"_ba);
    for (const QByteArray &text : {R"({"a":1,"a":2})"_ba, R"(["\ud800"])"_ba, "1e400"_ba, "[1"_ba, ""_ba})
        QCOMPARE(Detail::compactJson(text).error().code, Error::Invalid);
}

void TestJsonRules::bytesAreCountedAsUtf8()
{
    for (const QString &text : {u""_s, u"a"_s, u"\u007f\u0080"_s, u"\u07ff\u0800"_s, u"\ufeff\uffff"_s, u"😀a😀"_s})
        QCOMPARE(Detail::utf8Size(text), text.toUtf8().size());
}

void TestJsonRules::flashIsAnArrayThatCanBeKept()
{
    for (const QByteArray &flash : {""_ba, "[]"_ba, R"(["saved",{"a":1}])"_ba})
        QVERIFY2(Detail::checkFlash(flash), flash.constData());
    for (const QByteArray &flash : {" "_ba, "null"_ba, "{}"_ba, "[1"_ba, "[1e400]"_ba, "[\"\xff\"]"_ba, "[]]"_ba})
        QVERIFY2(!Detail::checkFlash(flash), flash.constData());
}

QTEST_APPLESS_MAIN(TestJsonRules)
#include "tst_jsonrules.moc"
