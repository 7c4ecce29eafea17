// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/Session>
#include <Sojourn/SessionData>
#include <Sojourn/convert.h>

#include <QtCore/QHash>
#include <QtCore/QMap>
#include <QtCore/QPoint>
#include <QtTest/QTest>

#include <array>
#include <map>
#include <vector>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

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

struct Visit
{
    Q_GADGET
    Q_PROPERTY(QUuid device MEMBER device)
    Q_PROPERTY(QUrl page MEMBER page)
    Q_PROPERTY(QDate day MEMBER day)
    Q_PROPERTY(QTime hour MEMBER hour)
    Q_PROPERTY(std::chrono::milliseconds length MEMBER length)
    Q_PROPERTY(std::string label MEMBER label)
    Q_PROPERTY(std::optional<int> score MEMBER score)
    Q_PROPERTY(std::optional<QString> remark MEMBER remark)
    Q_PROPERTY(std::vector<int> clicks MEMBER clicks)
    Q_PROPERTY(QChar grade MEMBER grade)
    Q_PROPERTY(float speed MEMBER speed)
    Q_PROPERTY(Mood mood MEMBER mood)
    Q_PROPERTY(QVariantList extra MEMBER extra)
    Q_PROPERTY(QVariant any MEMBER any)
public:
    enum class Mood : quint8 { Good, Bad = 200 };
    Q_ENUM(Mood)

    QUuid device;
    QUrl page;
    QDate day;
    QTime hour;
    std::chrono::milliseconds length{};
    std::string label;
    std::optional<int> score;
    std::optional<QString> remark;
    std::vector<int> clicks;
    QChar grade = u'a';
    float speed = 0;
    Mood mood = Mood::Good;
    QVariantList extra;
    QVariant any;
    bool operator==(const Visit &) const = default;
};

struct Corner
{
    Q_GADGET
    Q_PROPERTY(int n MEMBER n)
    Q_PROPERTY(QPoint at MEMBER at)
public:
    int n = 0;
    QPoint at;
    bool operator==(const Corner &) const = default;
};

struct Room
{
    Q_GADGET
    Q_PROPERTY(Corner corner MEMBER corner)
public:
    Corner corner;
    bool operator==(const Room &) const = default;
};

struct Grown
{
    Q_GADGET
    Q_CLASSINFO("sojourn.missing", "default")
    Q_PROPERTY(int old MEMBER old)
    Q_PROPERTY(QString added MEMBER added)
public:
    int old = 0;
    QString added = u"as it was made"_s;
    bool operator==(const Grown &) const = default;
};

struct Everything
{
    Q_GADGET
    Q_PROPERTY(qint8 tiny MEMBER tiny)
    Q_PROPERTY(qint16 small MEMBER small)
    Q_PROPERTY(quint16 port MEMBER port)
    Q_PROPERTY(quint32 address MEMBER address)
    Q_PROPERTY(qint64 large MEMBER large)
    Q_PROPERTY(QJsonValue json MEMBER json)
    Q_PROPERTY(QJsonObject object MEMBER object)
    Q_PROPERTY(QJsonArray array MEMBER array)
    Q_PROPERTY(QVariantMap map MEMBER map)
    Q_PROPERTY(QVariantHash hash MEMBER hash)
public:
    qint8 tiny = 0;
    qint16 small = 0;
    quint16 port = 0;
    quint32 address = 0;
    qint64 large = 0;
    QJsonValue json;
    QJsonObject object;
    QJsonArray array;
    QVariantMap map;
    QVariantHash hash;
    bool operator==(const Everything &) const = default;
};

class TestConvert : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyTypeOfAPropertyComesBack();
    void everyWidthAndJsonTypeOfAPropertyComesBack();
    void textTypesReadTheirOwnFormOnly();
    void durationsAreReadInAnyUnitThatIsExact();
    void whatHasNoJsonFormIsRefusedByName();
    void aPropertyThatDoesNotFitReadsAsNothing_data();
    void aPropertyThatDoesNotFitReadsAsNothing();
    void aMissingPropertyKeepsItsDefaultWhereThatIsAskedFor();
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

void TestConvert::everyTypeOfAPropertyComesBack()
{
    Visit visit;
    visit.device = QUuid::createUuid();
    visit.page = QUrl(u"https://example.org/a b?q=1"_s);
    visit.day = QDate(2026, 2, 28);
    visit.hour = QTime(7, 12, 0, 5);
    visit.length = 90s + 1ms;
    visit.label = "caf\xC3\xA9";
    visit.score = -7;
    visit.remark = u"good"_s;
    visit.clicks = {1, 2, 3};
    visit.grade = u'b';
    visit.speed = 1.5F;
    visit.mood = Visit::Mood::Bad;
    visit.extra = {1, u"two"_s};
    visit.any = u"text"_s;
    const QJsonObject json = toJsonValue(visit).toObject();
    QCOMPARE(json.size(), 14);
    QCOMPARE(json[u"device"_s].toString(), visit.device.toString(QUuid::WithoutBraces));
    QCOMPARE(json[u"page"_s].toString(), u"https://example.org/a%20b?q=1"_s);
    QCOMPARE(json[u"day"_s].toString(), u"2026-02-28"_s);
    QCOMPARE(json[u"hour"_s].toString(), u"07:12:00.005"_s);
    QCOMPARE(json[u"length"_s].toInteger(), 90'001);
    QVERIFY(fromJsonValue<Visit>(json) == visit);

    const Visit unset;
    QVERIFY(toJsonValue(unset)[u"score"_s].isNull());
    QVERIFY(fromJsonValue<Visit>(toJsonValue(unset)) == unset);
}

void TestConvert::everyWidthAndJsonTypeOfAPropertyComesBack()
{
    Everything all;
    all.tiny = -128;
    all.small = -32768;
    all.port = 65535;
    all.address = 4294967295;
    all.large = std::numeric_limits<qint64>::min();
    all.json = QJsonArray{1, u"two"_s};
    all.object = {{u"a"_s, QJsonValue()}};
    all.array = {QJsonObject()};
    all.map = {{u"n"_s, 1.5}, {u"list"_s, QVariantList{u"x"_s}}};
    all.hash = {{u"n"_s, true}};
    QVERIFY(survives(all));
    const QJsonObject json = toJsonValue(all).toObject();
    QCOMPARE(json["port"_L1], QJsonValue(65535));
    QCOMPARE(json["array"_L1], QJsonValue(all.array));
    QCOMPARE(json["json"_L1], all.json);
    const std::pair<QLatin1StringView, QJsonValue> wrongs[] = {{"tiny"_L1, 128},          {"tiny"_L1, -129},
                                                               {"small"_L1, 32768},       {"small"_L1, -32769},
                                                               {"port"_L1, 65536},        {"port"_L1, -1},
                                                               {"address"_L1, 1LL << 32}, {"address"_L1, -1},
                                                               {"large"_L1, 1.5},         {"object"_L1, QJsonArray()},
                                                               {"array"_L1, u"x"_s},      {"map"_L1, 1},
                                                               {"hash"_L1, QJsonArray()}};
    for (const auto &[name, value] : wrongs) {
        QJsonObject changed = json;
        changed.insert(name, value);
        QVERIFY2(!fromJsonValue<Everything>(changed), name.data());
    }
}

void TestConvert::textTypesReadTheirOwnFormOnly()
{
    QCOMPARE(fromJsonValue<QUuid>(toJsonValue(QUuid())), QUuid());
    QVERIFY(!fromJsonValue<QUuid>(u"no uuid"_s));
    QVERIFY(!fromJsonValue<QUuid>(7));
    QCOMPARE(fromJsonValue<QUrl>(toJsonValue(QUrl())), QUrl());
    QVERIFY(!fromJsonValue<QUrl>(u"http://[wrong"_s));
    QVERIFY(!fromJsonValue<QDate>(u"2026-02-30"_s));
    QVERIFY(toJsonValue(QDate()).isNull());
    QVERIFY(!fromJsonValue<QTime>(u"25:00"_s));
    QVERIFY(toJsonValue(QTime()).isNull());
}

void TestConvert::durationsAreReadInAnyUnitThatIsExact()
{
    QCOMPARE(toJsonValue(90s), QJsonValue(90'000));
    QCOMPARE(fromJsonValue<std::chrono::minutes>(toJsonValue(120s)), 2min);
    QVERIFY(!fromJsonValue<std::chrono::minutes>(toJsonValue(90s)));
    QCOMPARE(fromJsonValue<std::chrono::nanoseconds>(toJsonValue(1'234'567ns)), 1'234'567ns);
    QVERIFY(!fromJsonValue<std::chrono::milliseconds>(toJsonValue(1'234'567ns)));
    QCOMPARE((fromJsonValue<std::chrono::duration<double>>(toJsonValue(1500ms))), std::chrono::duration<double>(1.5));
    QCOMPARE(fromJsonValue<std::chrono::milliseconds>(toJsonValue(std::chrono::milliseconds::max())),
             std::chrono::milliseconds::max());
    QVERIFY(toJsonValue(std::chrono::hours(std::numeric_limits<qint64>::max() / 1000)).isUndefined());
    QVERIFY(!fromJsonValue<std::chrono::seconds>(u"90"_s));
    QVERIFY(!fromJsonValue<std::chrono::nanoseconds>(1e300));
}

void TestConvert::whatHasNoJsonFormIsRefusedByName()
{
    const Room room;
    QVERIFY(toJsonValue(room).isUndefined());
    QVERIFY(toJsonValue(QList<Room>{room}).isUndefined());
    QVERIFY(toJsonValue(std::optional(room)).isUndefined());
    QVERIFY(toJsonValue(QVariant(QVariantList{QPoint(1, 2)})).isUndefined());
    QVERIFY(toJsonValue(QVariant(QVariantMap{{u"at"_s, QPoint(1, 2)}})).isUndefined());
    QVERIFY((toJsonValue(QMap<QString, QVariant>{{u"at"_s, QPoint(1, 2)}}).isUndefined()));

    Session session({}, std::make_shared<MemoryStore>());
    session.insert("room", room);
    QVERIFY(!session.getValue("room"));
    QCOMPARE(session.error().value().code, Error::Invalid);
    QVERIFY2(session.error()->text.contains(u"Corner::at"_s) && session.error()->text.contains(u"QPoint"_s),
             qPrintable(session.error()->text));
    session.insert("at", QVariant(QPoint(1, 2)));
    QVERIFY(session.error()->text.contains(u"QPoint"_s));
}

void TestConvert::aPropertyThatDoesNotFitReadsAsNothing_data()
{
    QTest::addColumn<QString>("property");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("enum") << u"mood"_s << QJsonValue(256);
    QTest::newRow("negative enum") << u"mood"_s << QJsonValue(-1);
    QTest::newRow("enum from text") << u"mood"_s << QJsonValue(u"Bad"_s);
    QTest::newRow("float") << u"speed"_s << QJsonValue(1e300);
    QTest::newRow("list from text") << u"extra"_s << QJsonValue(u"one"_s);
    QTest::newRow("list from null") << u"extra"_s << QJsonValue();
    QTest::newRow("vector from text") << u"clicks"_s << QJsonValue(u"1"_s);
    QTest::newRow("vector of others") << u"clicks"_s << QJsonValue(QJsonArray{u"1"_s});
    QTest::newRow("uuid") << u"device"_s << QJsonValue(u"none"_s);
    QTest::newRow("optional of another") << u"score"_s << QJsonValue(u"7"_s);
    QTest::newRow("text from a number") << u"label"_s << QJsonValue(7);
    QTest::newRow("duration from text") << u"length"_s << QJsonValue(u"90"_s);
}

void TestConvert::aPropertyThatDoesNotFitReadsAsNothing()
{
    QFETCH(const QString, property);
    QFETCH(const QJsonValue, value);
    QJsonObject json = toJsonValue(Visit()).toObject();
    QVERIFY(fromJsonValue<Visit>(json));
    json[property] = value;
    QVERIFY(!fromJsonValue<Visit>(json));
}

void TestConvert::aMissingPropertyKeepsItsDefaultWhereThatIsAskedFor()
{
    const auto grown = fromJsonValue<Grown>(QJsonObject{{u"old"_s, 7}});
    QVERIFY(grown);
    QCOMPARE(grown->old, 7);
    QCOMPARE(grown->added, u"as it was made"_s);
    QVERIFY(!fromJsonValue<Grown>(QJsonObject{{u"old"_s, u"seven"_s}}));
    QVERIFY(!fromJsonValue<Item>(QJsonObject{{u"sku"_s, u"a"_s}})); // not asked for
}

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
