// SPDX-License-Identifier: MIT
#include <Sojourn/SessionData>
#include <Sojourn/convert.h>

#include <QtCore/QHash>
#include <QtCore/QMap>
#include <QtTest/QTest>

#include <array>
#include <map>
#include <vector>

using namespace Sojourn;
using namespace Qt::StringLiterals;

enum class Theme { Light, Dark = 7 };

struct Item
{
    Q_GADGET
    Q_PROPERTY(QString sku MEMBER sku)
    Q_PROPERTY(quint8 count MEMBER count)
    Q_PROPERTY(quint64 serial MEMBER serial)
public:
    QString sku;
    quint8 count = 0;
    quint64 serial = 0;
    bool operator==(const Item &) const = default;
};

struct Cart
{
    Q_GADGET
    Q_PROPERTY(Item best MEMBER best)
    Q_PROPERTY(QStringList notes MEMBER notes)
    Q_PROPERTY(QDateTime since MEMBER since)
    Q_PROPERTY(QByteArray seal MEMBER seal)
    Q_PROPERTY(double discount MEMBER discount)
    Q_PROPERTY(bool open MEMBER open)
    Q_PROPERTY(QList<int> sizes MEMBER sizes)
    Q_PROPERTY(QMap<QString, double> prices MEMBER prices)
public:
    QList<int> sizes;
    QMap<QString, double> prices;
    Item best;
    QStringList notes;
    QDateTime since;
    QByteArray seal;
    double discount = 0;
    bool open = false;
    bool operator==(const Cart &) const = default;
};

class TestConvert : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numbersKeepAllTheirBits();
    void numbersThatDoNotFitReadAsNothing();
    void otherKindsReadAsNothing();
    void textInEveryForm();
    void bytesAndTimes();
    void enumsAndOptionals();
    void listsAndMaps();
    void aListWithOneWrongItemReadsAsNothing();
    void gadgetsThroughTheirProperties();
    void aGadgetWithAnUnsetDateComesBack();
    void aGadgetWithAWrongPropertyReadsAsNothing();
    void whatJsonCannotSayIsNull();

private:
    template<class T>
    static bool survives(const T &value)
    {
        return fromJsonValue<T>(toJsonValue(value)) == value;
    }
};

void TestConvert::numbersKeepAllTheirBits()
{
    QVERIFY(survives(std::numeric_limits<qint64>::max()));
    QVERIFY(survives(std::numeric_limits<qint64>::min()));
    QVERIFY(survives(std::numeric_limits<quint64>::max()));
    QVERIFY(survives(quint64(1) << 63));
    QVERIFY(survives(qint64(9007199254740993)));
    QVERIFY(survives(0.1) && survives(1.5f) && survives(std::numeric_limits<double>::max()));
    QVERIFY(survives(true) && survives(false));
    QVERIFY(survives(short(-3)) && survives(42u) && survives('x'));
}

void TestConvert::numbersThatDoNotFitReadAsNothing()
{
    QCOMPARE(fromJsonValue<int>(QJsonValue(12.5)), std::nullopt);
    QCOMPARE(fromJsonValue<quint8>(QJsonValue(256)), std::nullopt);
    QCOMPARE(fromJsonValue<quint8>(QJsonValue(-1)), std::nullopt);
    QCOMPARE(fromJsonValue<int>(QJsonValue(qint64(1) << 31)), std::nullopt);
    QCOMPARE(fromJsonValue<quint64>(QJsonValue(-1)), std::nullopt);
    QCOMPARE(fromJsonValue<qint64>(QJsonValue(1e30)), std::nullopt);
    QCOMPARE(fromJsonValue<float>(QJsonValue(1e300)), std::nullopt);
    QCOMPARE(fromJsonValue<quint64>(toJsonValue(QVariant(std::numeric_limits<quint64>::max()))),
             std::numeric_limits<quint64>::max());
    QCOMPARE(fromJsonValue<quint8>(QJsonValue(255)), quint8(255));
    QCOMPARE(fromJsonValue<int>(QJsonValue(3.0)), 3);
}

void TestConvert::otherKindsReadAsNothing()
{
    QCOMPARE(fromJsonValue<int>(QJsonValue(u"7"_s)), std::nullopt);
    QCOMPARE(fromJsonValue<quint64>(QJsonValue(u"7"_s)), std::nullopt);
    QCOMPARE(fromJsonValue<int>(QJsonValue(true)), std::nullopt);
    QCOMPARE(fromJsonValue<bool>(QJsonValue(1)), std::nullopt);
    QCOMPARE(fromJsonValue<QString>(QJsonValue(1)), std::nullopt);
    QCOMPARE(fromJsonValue<double>(QJsonValue(QJsonValue::Null)), std::nullopt);
    QCOMPARE(fromJsonValue<QStringList>(QJsonValue(QJsonObject())), std::nullopt);
}

void TestConvert::textInEveryForm()
{
    QCOMPARE(toJsonValue("literal"), QJsonValue(u"literal"_s));
    QCOMPARE(toJsonValue(u"wide"), QJsonValue(u"wide"_s));
    QCOMPARE(toJsonValue("latin"_L1), QJsonValue(u"latin"_s));
    QCOMPARE(toJsonValue(QStringView(u"view")), QJsonValue(u"view"_s));
    const char *pointer = "pointer";
    QCOMPARE(toJsonValue(pointer), QJsonValue(u"pointer"_s));
    QVERIFY(survives(u"nul\0and 🛒"_s));
    QVERIFY(survives(std::string("stdé")));
}

void TestConvert::bytesAndTimes()
{
    QVERIFY(survives(QByteArray("\0\xff\x80", 3)));
    QVERIFY(survives(QByteArray()));
    QCOMPARE(toJsonValue("hello"_ba), QJsonValue(u"aGVsbG8="_s));
    QCOMPARE(fromJsonValue<QByteArray>(QJsonValue(u"not base64!"_s)), std::nullopt);

    const QDateTime berlin = QDateTime::fromString(u"2026-11-22T08:12:00.123+01:00"_s, Qt::ISODateWithMs);
    QCOMPARE(toJsonValue(berlin), QJsonValue(u"2026-11-22T07:12:00.123Z"_s));
    QCOMPARE(fromJsonValue<QDateTime>(toJsonValue(berlin)), berlin);
    QCOMPARE(fromJsonValue<QDateTime>(QJsonValue(u"yesterday"_s)), std::nullopt);
}

void TestConvert::enumsAndOptionals()
{
    QCOMPARE(toJsonValue(Theme::Dark), QJsonValue(7));
    QCOMPARE(fromJsonValue<Theme>(QJsonValue(7)), Theme::Dark);
    QCOMPARE(fromJsonValue<Theme>(QJsonValue(u"Dark"_s)), std::nullopt);
    QCOMPARE(toJsonValue(std::optional<int>()), QJsonValue());
    const auto null = fromJsonValue<std::optional<int>>(QJsonValue());
    QVERIFY(null && !*null);
    QVERIFY(fromJsonValue<std::optional<int>>(QJsonValue(5)) == std::optional<std::optional<int>>(5));
    QVERIFY(!fromJsonValue<std::optional<int>>(QJsonValue(u"5"_s)));
}

void TestConvert::listsAndMaps()
{
    QVERIFY(survives(QStringList{u"a"_s, u""_s}));
    QVERIFY(survives(QList<int>{1, 2, 3}));
    QVERIFY(survives(std::vector<bool>{true, false}));
    QVERIFY(survives(QList<QList<double>>{{0.5}, {}}));
    QVERIFY(survives(QMap<QString, int>{{u"a"_s, 1}}));
    QVERIFY(survives(QHash<QString, QByteArray>{{u"a"_s, "b"_ba}}));
    QVERIFY(survives(std::map<QString, QStringList>{{u"a"_s, {u"x"_s}}}));
    QVERIFY(survives(std::map<std::string, int>{{"é", 1}}));
    QVERIFY(survives(std::array<int, 2>{1, 2}));
    QVERIFY(survives(QJsonArray{1, u"x"_s}) && survives(QJsonObject{{u"a"_s, 1}}));
}

void TestConvert::aListWithOneWrongItemReadsAsNothing()
{
    QCOMPARE(fromJsonValue<QList<int>>(QJsonArray{1, u"2"_s}), std::nullopt);
    const auto map = fromJsonValue<QMap<QString, int>>(QJsonObject{{u"a"_s, 1.5}});
    QVERIFY(!map);
    const auto three = fromJsonValue<std::array<int, 3>>(QJsonArray{1, 2});
    QVERIFY(!three);
}

void TestConvert::gadgetsThroughTheirProperties()
{
    Cart cart;
    cart.best = {u"mug"_s, 200, std::numeric_limits<quint64>::max()};
    cart.notes = {u"fragile"_s, u"🎁"_s};
    cart.since = QDateTime::fromString(u"2026-11-22T07:12:00.000Z"_s, Qt::ISODateWithMs);
    cart.seal = QByteArray("\0\1", 2);
    cart.discount = 0.25;
    cart.open = true;
    cart.sizes = {1, 2};
    cart.prices = {{u"mug"_s, 4.5}};
    const QJsonValue json = toJsonValue(cart);
    QCOMPARE(json["best"_L1]["sku"_L1], QJsonValue(u"mug"_s));
    QCOMPARE(json["since"_L1], QJsonValue(u"2026-11-22T07:12:00.000Z"_s));
    const auto read = fromJsonValue<Cart>(json);
    QVERIFY(read);
    QVERIFY(*read == cart);
}

void TestConvert::aGadgetWithAnUnsetDateComesBack()
{
    QVERIFY(survives(Cart()));
    QVERIFY(survives(QList<Cart>{Cart(), Cart()}));
}

void TestConvert::whatJsonCannotSayIsNull()
{
    QCOMPARE(toJsonValue(nullptr), QJsonValue());
    QCOMPARE(toJsonValue(QDateTime()), QJsonValue());
    for (const double number : {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()}) {
        QCOMPARE(encodeJson(toJsonValue(number)), "null");
        QCOMPARE(fromJsonValue<double>(toJsonValue(number)), std::nullopt);
    }
}

void TestConvert::aGadgetWithAWrongPropertyReadsAsNothing()
{
    QJsonObject json = toJsonValue(Item{u"mug"_s, 1, 1}).toObject();
    json["count"_L1] = 256;
    QVERIFY(!fromJsonValue<Item>(json));
    json.remove("count"_L1);
    QVERIFY(!fromJsonValue<Item>(json));
    QVERIFY(!fromJsonValue<Item>(QJsonValue(1)));
}

QTEST_APPLESS_MAIN(TestConvert)
#include "tst_convert.moc"
