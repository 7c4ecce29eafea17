// SPDX-License-Identifier: MIT
#include <Sojourn/SessionData>

#include <QtCore/QJsonArray>
#include <QtCore/QMap>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <ctime>

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestSessionData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsAttributesByName();
    void replacesAndRemovesInPlace();
    void countsNamesAndValuesOnly();
    void manyInsertsTakeLinearTime();
    void largeDataKeepsAttributesByName();
    void comparesWithoutRegardToOrder();
    void readsBackItsEncoding();
    void refusesDamagedEncodings();
    void everyJsonValueReadsBack_data();
    void everyJsonValueReadsBack();
    void refusesWhatIsNotJson_data();
    void refusesWhatIsNotJson();
    void takesAnyName();
};

void TestSessionData::keepsAttributesByName()
{
    SessionData data;
    QVERIFY(data.isEmpty());
    data.insert("visits", QJsonValue(7));
    data.insert(u"thème"_s, QJsonValue(u"dark"_s));
    QCOMPARE(data.value("visits"), QJsonValue(7));
    QCOMPARE(data.value("thème"), QJsonValue(u"dark"_s));
    QCOMPARE(data.value("Visits"), std::nullopt);
    QCOMPARE(data.toJson(), (QJsonObject{{u"visits"_s, 7}, {u"thème"_s, u"dark"_s}}));
    QCOMPARE(SessionData::fromJson(data.toJson()), data);
}

void TestSessionData::replacesAndRemovesInPlace()
{
    SessionData data;
    for (const char *name : {"a", "b", "c"})
        data.insert(name, QJsonValue(1));
    data.insert("b", QJsonValue(u"a longer value"_s));
    data.insert("b", QJsonValue(2));
    QCOMPARE(data.names(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    QVERIFY(data.remove("a"));
    QVERIFY(!data.remove("a"));
    QCOMPARE(data.names(), (QStringList{u"b"_s, u"c"_s}));
    QCOMPARE(data.value("b"), QJsonValue(2));
}

void TestSessionData::countsNamesAndValuesOnly()
{
    SessionData data;
    QCOMPARE(data.size(), 0);
    data.insert("ab", QJsonValue(123));
    data.insert("c", QJsonValue(u"é"_s));
    QCOMPARE(data.size(), 2 + 3 + 1 + 4);
    QCOMPARE(data.count(), 2);
}

void TestSessionData::manyInsertsTakeLinearTime()
{
    const std::clock_t begin = std::clock(); // of this process, whatever else the machine does
    SessionData data;
    for (int i = 0; i < 40'000; ++i)
        QVERIFY(data.insert(QByteArrayView("attribute" + QByteArray::number(i)), QByteArrayView("1")));
    QCOMPARE(data.count(), 40'000);
    for (int i = 0; i < 40'000; ++i)
        QVERIFY(data.insert(QByteArrayView("attribute" + QByteArray::number(i)), QByteArrayView("2")));
    QCOMPARE(data.count(), 40'000);
    QCOMPARE(data.json("attribute39999"), "2");
    const auto seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
    QVERIFY2(seconds < 3, qPrintable(QString::number(seconds))); // quadratic: many times as long
}

void TestSessionData::largeDataKeepsAttributesByName()
{
    QRandomGenerator random(7);
    SessionData data;
    QMap<QByteArray, QByteArray> expected;
    std::optional<SessionData> copy;
    QMap<QByteArray, QByteArray> expectedOfCopy;
    const auto holds = [](const SessionData &read, const QMap<QByteArray, QByteArray> &wanted) {
        QMap<QByteArray, QByteArray> found;
        read.forEach([&](QByteArrayView name, QByteArrayView json) { found.insert(name.toByteArray(), json.toByteArray()); });
        for (auto it = wanted.begin(); it != wanted.end(); ++it) {
            if (read.json(it.key()) != it.value())
                return false;
        }
        return found == wanted && read.count() == wanted.size();
    };
    for (int i = 0; i < 6'000; ++i) {
        const QByteArray name = "n" + QByteArray::number(random.bounded(600));
        if (random.bounded(50) == 0) {
            QCOMPARE(data.remove(name), expected.remove(name) > 0);
        } else {
            const QByteArray json = QByteArray::number(random.bounded(1 << random.bounded(1, 30)));
            QCOMPARE(data.insert(QByteArrayView(name), QByteArrayView(json)), expected.value(name) != json);
            expected.insert(name, json);
        }
        if (i % 1500 == 1499) {
            QVERIFY(holds(data, expected));
            if (copy)
                QVERIFY(holds(*copy, expectedOfCopy));
            copy = data;
            expectedOfCopy = expected;
            if (i == 2'999)
                std::swap(data, *copy);
        }
    }
    data.clear();
    QVERIFY(!data.contains("n1"));
    QVERIFY(data.insert(QByteArrayView("n1"), QByteArrayView("1")));
    QCOMPARE(data.count(), 1);
}

void TestSessionData::comparesWithoutRegardToOrder()
{
    SessionData a, b;
    a.insert("x", QJsonValue(1));
    a.insert("y", QJsonValue(2));
    b.insert("y", QJsonValue(2));
    b.insert("x", QJsonValue(1));
    QCOMPARE(a, b);
    b.insert("x", QJsonValue(3));
    QVERIFY(!(a == b));
}

void TestSessionData::readsBackItsEncoding()
{
    SessionData data;
    data.insert("a", QJsonValue(QJsonArray{1, u"two"_s}));
    data.insert("", QJsonValue(QJsonValue::Null));
    QCOMPARE(SessionData::fromEncoded(data.encoded()), data);
    QCOMPARE(SessionData::fromEncoded({}), SessionData());
}

void TestSessionData::refusesDamagedEncodings()
{
    SessionData data;
    data.insert("name", QJsonValue(12345));
    const QByteArray good = data.encoded();
    for (qsizetype size = 1; size < good.size(); ++size)
        QVERIFY2(!SessionData::fromEncoded(good.first(size)), qPrintable(QString::number(size)));
    QVERIFY(!SessionData::fromEncoded(QByteArray(8, '\xff')));
}

void TestSessionData::everyJsonValueReadsBack_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("null") << QJsonValue() << "null"_ba;
    QTest::newRow("true") << QJsonValue(true) << "true"_ba;
    QTest::newRow("zero") << QJsonValue(0) << "0"_ba;
    QTest::newRow("largest") << QJsonValue(std::numeric_limits<qint64>::max()) << "9223372036854775807"_ba;
    QTest::newRow("smallest") << QJsonValue(std::numeric_limits<qint64>::min()) << "-9223372036854775808"_ba;
    QTest::newRow("past 2^53") << QJsonValue(qint64(9007199254740993)) << "9007199254740993"_ba;
    QTest::newRow("fraction") << QJsonValue(0.1) << "0.1"_ba;
    QTest::newRow("whole double") << QJsonValue(3.0) << "3"_ba;
    QTest::newRow("text") << QJsonValue(u"dark"_s) << "\"dark\""_ba;
    QTest::newRow("quotes") << QJsonValue(u"a\"b\\c\n"_s) << R"("a\"b\\c\n")"_ba;
    QTest::newRow("NUL") << QJsonValue(u"a\0b"_s) << R"("a\u0000b")"_ba;
    QTest::newRow("emoji") << QJsonValue(u"🛒"_s) << "\"🛒\""_ba;
    QTest::newRow("array") << QJsonValue(QJsonArray{1, QJsonArray()}) << "[1,[]]"_ba;
    QTest::newRow("object") << QJsonValue(QJsonObject{{u"b"_s, 1}, {u"a"_s, 2}}) << R"({"a":2,"b":1})"_ba;
}

void TestSessionData::everyJsonValueReadsBack()
{
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, json);
    QCOMPARE(encodeJson(value), json);
    QCOMPARE(decodeJson(json), value);
    QCOMPARE(decodeJson(" \n" + json + '\t'), value);
}

void TestSessionData::refusesWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *text :
         {"", " ", "nul", "1,2", "1],[2", "]", "\"", "{", "{\"a\"}", "01", "-01", "+1", "1x", "'a'", "NaN", "\x80", "[1] 2"})
        QTest::newRow(*text ? text : "nothing") << QByteArray(text);
}

void TestSessionData::refusesWhatIsNotJson()
{
    QFETCH(QByteArray, json);
    QCOMPARE(decodeJson(json), std::nullopt);
}

void TestSessionData::takesAnyName()
{
    SessionData data;
    const QStringList names{u""_s, u"a b"_s, u"\"quoted\""_s, u"nul\0inside"_s, u"🛒"_s, u"user"_s, u"__proto__"_s};
    for (const QString &name : names)
        data.insert(name, QJsonValue(name));
    QCOMPARE(data.names(), names);
    for (const QString &name : names)
        QCOMPARE(data.value(name), QJsonValue(name));
}

QTEST_APPLESS_MAIN(TestSessionData)
#include "tst_sessiondata.moc"
