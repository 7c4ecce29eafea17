// SPDX-License-Identifier: MIT
#include "../../conformance/fullrecord.h"
#include "frame_p.h"

#include <QtCore/QBuffer>
#include <QtCore/QCborStreamWriter>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLiveCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsComeBackAsTheyWere();
    void fieldsAreSentInTheirOrder();
    void changesComeBackAsTheyWere();
    void otherValuesComeBackAsTheyWere();
    void valuesAreWrittenAsQtWritesThem();
    void integersKeepTheirBits_data();
    void integersKeepTheirBits();
    void strangeFramesAreRefused_data();
    void strangeFramesAreRefused();
    void valuesThatNoStoreMayGetAreRefused();
    void timesAreHeldWithinReason();
    void framesAreCollectedByteByByte();
    void announcedBytesTakeNoMemory();
    void everyCutFrameIsRefused();
};

namespace {

SessionKey keyOf(char c)
{
    return *SessionKey::fromBytes(QByteArray(SessionKey::ByteCount, c));
}

SessionRecord fullRecord()
{
    SessionRecord record;
    record.key = keyOf('k');
    record.lastSeenAt = TimePoint(24h);
    fillRecord(record);
    return record;
}

template<class T>
QByteArray payloadOf(const T &value)
{
    return Wire::makeFrame(value).sliced(sizeof(quint32));
}

template<class T>
std::optional<T> read(const QByteArray &payload)
{
    T value = Wire::blank<T>();
    Wire::Payload in(payload);
    return in.readRest(value) ? std::optional(value) : std::nullopt;
}

template<class T>
std::optional<T> roundTrip(const T &value)
{
    return read<T>(payloadOf(value));
}

} // namespace

void TestLiveCodec::recordsComeBackAsTheyWere()
{
    QCOMPARE(roundTrip(fullRecord()), fullRecord());
    QCOMPARE(roundTrip(SessionRecord()), SessionRecord());
    QCOMPARE(roundTrip(SessionInfo(fullRecord())), SessionInfo(fullRecord()));
    QVERIFY(roundTrip(SessionInfo())->user.isNull());
    for (const Expiry &expiry :
         {Expiry::onInactivity(1ms), Expiry::onSessionEnd(), Expiry::atDateTime(toDateTime(TimePoint(9s)))})
        QCOMPARE(roundTrip(expiry), expiry);
}

/// An application and a client of other builds understand one another: what was sent once is sent for ever.
void TestLiveCodec::fieldsAreSentInTheirOrder()
{
    const auto bytesOf = [](const auto &...values) {
        QByteArray bytes;
        Wire::CborWriter writer(bytes);
        Wire::encodeArray(writer, values...);
        return bytes;
    };
    const auto single = [](const auto &value) {
        QByteArray bytes;
        Wire::CborWriter writer(bytes);
        Wire::encode(writer, value);
        return bytes;
    };
    const SessionRecord r = fullRecord();
    const SessionInfo &i = r;
    QCOMPARE(single(i), bytesOf(i.key, i.user, i.createdAt, i.lastSeenAt, i.expiresAt, i.absoluteExpiresAt, i.idIssuedAt,
                                i.version, i.expiry, i.rotateRequested, qint64(i.size), qint64(i.attributeCount), i.visit));
    QCOMPARE(single(r), bytesOf(i, r.data, r.flash, r.csrfSecret));
    const SessionEvent e{.type = SessionEvent::Rotated,
                         .key = keyOf('a'),
                         .oldKey = keyOf('b'),
                         .user = u"ann"_s,
                         .at = TimePoint(1s),
                         .version = 2,
                         .reason = u"admin"_s,
                         .by = u"root"_s};
    QCOMPARE(single(e), bytesOf(e.type, e.key, e.oldKey, e.user, e.at, e.version, e.reason, e.by));
}

void TestLiveCodec::changesComeBackAsTheyWere()
{
    QCOMPARE(roundTrip(SessionChange()), SessionChange());
    SessionChange change;
    change.set("a", "1");
    change.remove("b");
    change.increment("c", std::numeric_limits<qint64>::min());
    change.user = u"ann"_s;
    change.expiry = Expiry::onSessionEnd();
    change.defaultIdle = 30min;
    change.deadline = TimePoint(2h);
    change.touch = SessionChange::Touch{TimePoint(1s)};
    change.addFlash("\"saved\"");
    change.addFlash("[1]");
    change.csrfSecret = QByteArray(16, 's');
    change.rotateRequested = false;
    change.expectedVersion = std::numeric_limits<quint64>::max();
    change.cap = UserCap{3, UserCap::Refuse};
    change.visit = "{\"a\":\"b\"}";
    change.sizeLimit = 1000;
    QCOMPARE(roundTrip(change), change);
    change.csrfSecret = QByteArray(32, 's');
    QCOMPARE(roundTrip(change), change);

    SessionChange clearing;
    clearing.set("a", "1");
    clearing.clear();
    clearing.set("b", "2");
    clearing.remove("c");
    clearing.user = QString();
    clearing.expiry = std::optional<Expiry>();
    QCOMPARE(roundTrip(clearing), clearing);
}

void TestLiveCodec::otherValuesComeBackAsTheyWere()
{
    const SessionQuery query{.order = SessionQuery::ByUser,
                             .descending = true,
                             .user = u"ann"_s,
                             .keyPrefix = "Ab",
                             .offset = 5,
                             .cursor = "here",
                             .limit = 7,
                             .withData = true,
                             .quarantined = true};
    QCOMPARE(roundTrip(query), query);
    QCOMPARE(roundTrip(SessionQuery()), SessionQuery());

    const auto page = roundTrip(SessionPage{{fullRecord(), SessionRecord()}, 99, "there"});
    QCOMPARE(page->records, (QList{fullRecord(), SessionRecord()}));
    QCOMPARE(page->total, 99);
    QCOMPARE(page->nextCursor, "there");

    const SessionEvent event{.type = SessionEvent::Rotated,
                             .key = keyOf('n'),
                             .oldKey = keyOf('o'),
                             .user = u"ann"_s,
                             .at = TimePoint(1s),
                             .version = 2,
                             .reason = u"idle"_s};
    QCOMPARE(roundTrip(event), event);
    QVERIFY(roundTrip(SessionEvent())->user.isNull());
    QCOMPARE(roundTrip(QList{event, event}), (QList{event, event}));

    const Error error{Error::Conflict, u"Newer."_s};
    QCOMPARE(roundTrip(error), error);
    // The format and its arguments arrive apart.
    const Error told{Error::Unavailable, Error::tr("%1 Nothing was changed: %2").arg(Error::tr("No.").withoutStop(), 7)};
    const auto read = roundTrip(told);
    QCOMPARE(read, told);
    QCOMPARE(read->sentence().format(), u"%1 Nothing was changed: %2"_s);
    QCOMPARE(read->sentence().arguments().size(), 2);
    QVERIFY(!read->sentence().arguments().at(0).isVerbatim() && read->sentence().arguments().at(1).isVerbatim());
    // Texts in texts in texts come from nobody who means well.
    ErrorText deep(u"x"_s);
    for (int i = 0; i < 100; ++i)
        deep = Error::tr("%1").arg(deep);
    QVERIFY(!roundTrip(Error{Error::Invalid, deep}));
    QCOMPARE(roundTrip(HistoryQuery{{}, keyOf('h'), 3})->key, keyOf('h'));
    QVERIFY(roundTrip(std::monostate()));
}

void TestLiveCodec::valuesAreWrittenAsQtWritesThem()
{
    QByteArray ours, theirs;
    Wire::CborWriter writer(ours);
    QCborStreamWriter reference(&theirs);
    const auto both = [&](auto value) {
        writer.append(value);
        reference.append(value);
    };
    writer.startArray(1000);
    reference.startArray(1000);
    for (int bit = 0; bit < 64; ++bit) {
        for (const quint64 step : {quint64(0), quint64(1), quint64(2)}) {
            both((quint64(1) << bit) - step);
            both(static_cast<qint64>((quint64(1) << bit) - step));
            both(-static_cast<qint64>((quint64(1) << (bit / 2)) - step));
        }
    }
    both(quint64(23));
    both(quint64(24));
    both(qint64(-24));
    both(qint64(-25));
    both(true);
    both(false);
    both(nullptr);
    for (const qsizetype size : {0, 1, 23, 24, 255, 256, 65535, 65536}) {
        both(QString(size, u'\u2603'));
        writer.appendBytes(QByteArray(size, '\xff'));
        reference.append(QByteArray(size, '\xff'));
    }
    QVERIFY(ours == theirs);
}

void TestLiveCodec::integersKeepTheirBits_data()
{
    QTest::addColumn<qint64>("value");
    for (const qint64 value : {qint64(0), qint64(-1), std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()})
        QTest::addRow("%lld", value) << value;
}

void TestLiveCodec::integersKeepTheirBits()
{
    QFETCH(const qint64, value);
    QCOMPARE(roundTrip(value), value);
    QCOMPARE(roundTrip(static_cast<quint64>(value)), static_cast<quint64>(value));
    QCOMPARE(roundTrip(static_cast<int>(value)), static_cast<int>(value));
}

void TestLiveCodec::strangeFramesAreRefused_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no array") << QByteArray("01");
    QTest::newRow("empty array") << QByteArray("80");
    QTest::newRow("endless array") << QByteArray("9f01ff");
    QTest::newRow("array of 2^64 - 1") << QByteArray("9bffffffffffffffff01");
    QTest::newRow("bytes behind it") << QByteArray("810100");
    QTest::newRow("one too many") << QByteArray("820100");
    QTest::newRow("too large for 64 bits") << QByteArray("811bffffffffffffffff");
    QTest::newRow("too small for 64 bits") << QByteArray("813bffffffffffffffff");
    QTest::newRow("just too small") << QByteArray("813b8000000000000000");
    QTest::newRow("text") << QByteArray("816131");
    QTest::newRow("fraction") << QByteArray("81f93c00");
    QTest::newRow("tag") << QByteArray("81c101");
    QTest::newRow("undefined") << QByteArray("81f7");
    QTest::newRow("reserved") << QByteArray("811c");
    QTest::newRow("cut") << QByteArray("811901");
    QTest::newRow("nested deeply") << QByteArray(10'000, '8').replace("8", "81") + "01";
}

void TestLiveCodec::strangeFramesAreRefused()
{
    QFETCH(const QByteArray, hex);
    QVERIFY(!read<qint64>(QByteArray::fromHex(hex)));
}

void TestLiveCodec::valuesThatNoStoreMayGetAreRefused()
{
    QVERIFY(!read<QString>(QByteArray::fromHex("8162c328"))); // no UTF-8
    QVERIFY(!read<QString>(QByteArray::fromHex("817f6161ff"))); // of unknown length
    QVERIFY(!read<QByteArray>(QByteArray::fromHex("815affffffff00")));
    QVERIFY(!read<SessionKey>(payloadOf(QByteArray(31, 'k'))));
    QVERIFY(!read<int>(payloadOf(qint64(1) << 31)));
    QVERIFY(!read<SessionEvent::Type>(payloadOf(quint64(SessionEvent::TypeCount))));
    QVERIFY(!read<Expiry>(payloadOf(QList<qint64>{3, 0})));
    SessionQuery query;
    query.offset = -1;
    QVERIFY(!roundTrip(query));
    query = {};
    query.limit = -1;
    QVERIFY(!roundTrip(query));
    query.limit = 1'000'000'000;
    QVERIFY(roundTrip(query)->limit <= 10'000);
    HistoryQuery history;
    history.limit = -1;
    QVERIFY(!roundTrip(history));

    SessionRecord record = fullRecord();
    record.data.insert(QByteArrayView("bad"), QByteArrayView("{]"));
    QVERIFY(!roundTrip(record));
    record = fullRecord();
    record.data.insert(QByteArrayView("\xff"), QByteArrayView("1"));
    QVERIFY(!roundTrip(record));
    record = fullRecord();
    const QByteArray twice = record.data.encoded();
    record.data = *SessionData::fromEncoded(twice + twice);
    QVERIFY(!roundTrip(record));
    record = fullRecord();
    record.csrfSecret = "short";
    QVERIFY(!roundTrip(record));
    record = fullRecord();
    record.flash = "1";
    QVERIFY(!roundTrip(record));
    QVERIFY(!read<SessionData>(payloadOf(QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff"))));

    SessionChange change;
    change.setChecked("a", "nonsense"); // as a hostile client would
    QVERIFY(!roundTrip(change));
    change = {};
    for (int i = 0; i <= Wire::MaxAttributeOperations; ++i)
        change.remove(QByteArray::number(i));
    QVERIFY(!roundTrip(change));
    change = {};
    change.flash = " [ 1 , 2 ] "; // flash values are joined as text
    QCOMPARE(roundTrip(change)->flash, "[1,2]");
}

void TestLiveCodec::timesAreHeldWithinReason()
{
    const auto largest = roundTrip(TimePoint::max());
    QCOMPARE(toIsoString(*largest), u"9999-12-31T23:59:59.999Z");
    QCOMPARE(toIsoString(*roundTrip(TimePoint::min())), u"0001-01-01T00:00:00.000Z");
    QVERIFY(roundTrip(std::chrono::milliseconds::max()) < std::chrono::years(2000));
    QCOMPARE(roundTrip(SessionStore::NoGrace), SessionStore::NoGrace);
    QCOMPARE(roundTrip(-5ms), SessionStore::NoGrace);
}

void TestLiveCodec::framesAreCollectedByteByByte()
{
    const QByteArray frames = Wire::makeFrame(QByteArray(300, 'a')) + Wire::makeFrame(7);
    QBuffer pipe;
    pipe.open(QIODevice::ReadWrite);
    Wire::FrameReader reader;
    QList<QByteArray> payloads;
    for (const char c : frames) {
        const qint64 at = pipe.pos();
        pipe.seek(pipe.size());
        pipe.putChar(c);
        pipe.seek(at);
        if (reader.read(pipe, 1000) == Wire::FrameReader::Complete)
            payloads.append(reader.takePayload());
        QCOMPARE(pipe.bytesAvailable(), 0); // or whoever waits for more would not sleep
    }
    QCOMPARE(payloads.size(), 2);
    QCOMPARE(read<QByteArray>(payloads[0]), QByteArray(300, 'a'));
    QCOMPARE(read<int>(payloads[1]), 7);
}

void TestLiveCodec::announcedBytesTakeNoMemory()
{
    QByteArray bytes = QByteArray::fromHex("7fffffff") + "few";
    QBuffer pipe(&bytes);
    pipe.open(QIODevice::ReadOnly);
    Wire::FrameReader reader;
    QCOMPARE(reader.read(pipe, 1000), Wire::FrameReader::TooLarge);
    pipe.seek(0);
    reader.reset();
    QCOMPARE(reader.read(pipe, std::numeric_limits<qsizetype>::max()), Wire::FrameReader::Incomplete);
    QVERIFY(reader.takePayload().capacity() < 1000);
}

void TestLiveCodec::everyCutFrameIsRefused()
{
    const QByteArray payload = payloadOf(fullRecord());
    for (qsizetype size = 0; size < payload.size(); ++size)
        QVERIFY2(!read<SessionRecord>(payload.first(size)), QByteArray::number(size).constData());
}

QTEST_GUILESS_MAIN(TestLiveCodec)
#include "tst_livecodec.moc"
