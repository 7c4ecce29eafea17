// SPDX-License-Identifier: MIT
#include <Sojourn/Author>
#include <Sojourn/Metrics>
#include <Sojourn/SessionChange>
#include <Sojourn/SessionEvent>
#include <Sojourn/SessionId>
#include <Sojourn/SessionPolicy>
#include <Sojourn/SessionRecord>
#include <Sojourn/SessionStore>

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRecords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timesAreReadInBothFormsOfIso8601_data();
    void timesAreReadInBothFormsOfIso8601();
    void recordReadsBackItsJson();
    void recordNamesTheFieldThatIsWrong_data();
    void recordNamesTheFieldThatIsWrong();
    void expiryReadsBackItsJson();
    void expiryStaysWithinWhatStoresKeep();
    void expiryRefusesNonsense_data();
    void expiryRefusesNonsense();
    void reasonNamesTheDeadlineThatEndsTheSession();
    void deadlineNeverLiesBehindTheAbsoluteOne();
    void changeSaysWhatItIs();
    void mergedDataIsTakenOnlyWhereTheRecordIsTheSame();
    void recordTakesMoreMemoryTheMoreItHolds();
    void eventReadsBackItsJson();
    void eventsHaveNamesAndSayWhatEnds();
    void metricsNameEveryEvent();
    void metricsCountLatencyInBuckets();
    void removalSaysWhyAndWhoDidIt();
    void visitIsAsItWrites();
    void changeOfAVisitSaysWhatDiffers();

private:
    static SessionRecord record()
    {
        SessionRecord r;
        r.key = SessionId::generate().key();
        r.user = u"ann"_s;
        r.createdAt = r.idIssuedAt = TimePoint(1'800'000'000'001ms);
        r.lastSeenAt = r.createdAt + 1min;
        r.expiresAt = r.createdAt + 1h;
        r.absoluteExpiresAt = r.createdAt + 24h;
        r.version = 3;
        r.expiry = Expiry::onInactivity(59min);
        r.data.insert("cart", QJsonValue(QJsonArray{1, 2}));
        r.visit = VisitFacts{.address = u"::1"_s, .userAgent = u"curl/8"_s}.toText();
        r.updateCounts();
        return r;
    }
};

void TestRecords::timesAreReadInBothFormsOfIso8601_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time");
    const QString noon = u"2026-11-26T12:00:00.000Z"_s;
    QTest::newRow("extended") << u"2026-11-26T12:00:00Z"_s << noon;
    QTest::newRow("extended, offset") << u"2026-11-26T13:00:00+01:00"_s << noon;
    QTest::newRow("extended, milliseconds") << u"2026-11-26T12:00:00.250Z"_s << u"2026-11-26T12:00:00.250Z"_s;
    QTest::newRow("basic") << u"20261126T120000Z"_s << noon;
    QTest::newRow("basic, offset") << u"20261126T130000+0100"_s << noon;
    QTest::newRow("basic, milliseconds") << u"20261126T120000.250Z"_s << u"2026-11-26T12:00:00.250Z"_s;
    for (const char *none :
         {"", "20261126T1200000Z", "2026112T120000Z", "20261326T120000Z", "20261126 120000Z", "x20261126T120000Z", "tomorrow"})
        QTest::newRow(none) << QString::fromLatin1(none) << QString();
}

void TestRecords::timesAreReadInBothFormsOfIso8601()
{
    QFETCH(QString, text);
    QFETCH(QString, time);
    const QDateTime read = fromIsoString(text);
    QCOMPARE(read.isValid(), !time.isEmpty());
    if (read.isValid())
        QCOMPARE(toIsoString(toTimePoint(read)), time);
}

void TestRecords::recordReadsBackItsJson()
{
    const SessionRecord r = record();
    QCOMPARE(SessionRecord::fromJson(r.toJson()), r);
    QCOMPARE(r.toJson()["createdAt"_L1], QJsonValue(u"2027-01-15T08:00:00.001Z"_s));

    SessionRecord bare = r;
    bare.user = QString();
    bare.absoluteExpiresAt.reset();
    bare.expiry.reset();
    QVERIFY(bare.toJson()["user"_L1].isNull());
    QCOMPARE(SessionRecord::fromJson(bare.toJson()), bare);
}

void TestRecords::recordNamesTheFieldThatIsWrong_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("key missing") << u"key"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("key short") << u"key"_s << QJsonValue(u"abc"_s);
    QTest::newRow("user empty") << u"user"_s << QJsonValue(u""_s);
    QTest::newRow("user number") << u"user"_s << QJsonValue(1);
    QTest::newRow("time without zone") << u"createdAt"_s << QJsonValue(u"2026-11-22T07:12:00"_s);
    QTest::newRow("time number") << u"lastSeenAt"_s << QJsonValue(12345);
    QTest::newRow("expires missing") << u"expiresAt"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("absolute text") << u"absoluteExpiresAt"_s << QJsonValue(u"later"_s);
    QTest::newRow("version zero") << u"version"_s << QJsonValue(0);
    QTest::newRow("version fraction") << u"version"_s << QJsonValue(1.5);
    QTest::newRow("expiry") << u"expiry"_s << QJsonValue(QJsonObject{{u"idle"_s, -1}});
    QTest::newRow("data list") << u"data"_s << QJsonValue(QJsonArray());
}

void TestRecords::recordNamesTheFieldThatIsWrong()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QJsonObject json = record().toJson();
    if (value.isUndefined())
        json.remove(field);
    else
        json[field] = value;
    const auto read = SessionRecord::fromJson(json);
    QVERIFY(!read);
    QCOMPARE(read.error().code, Error::Invalid);
    QVERIFY2(read.error().text.startsWith(field + u':'), qPrintable(read.error().text));
}

void TestRecords::expiryReadsBackItsJson()
{
    for (const Expiry &expiry :
         {Expiry::onInactivity(1500ms), Expiry::onSessionEnd(), Expiry::atDateTime(toDateTime(systemNow()))})
        QCOMPARE(Expiry::fromJson(expiry.toJson()), expiry);
}

void TestRecords::expiryStaysWithinWhatStoresKeep()
{
    const QDateTime year10000 = QDateTime::fromString(u"9999-12-31T23:59:59-01:00"_s, Qt::ISODate);
    for (const Expiry &expiry :
         {Expiry::onInactivity(std::chrono::years(5000)), Expiry::onInactivity(-1s), Expiry::atDateTime(year10000),
          Expiry::atDateTime(toDateTime(TimePoint(-1ms))), Expiry::atDateTime(QDateTime())})
        QCOMPARE(Expiry::fromJson(expiry.toJson()), expiry);
}

void TestRecords::expiryRefusesNonsense_data()
{
    QTest::addColumn<QJsonValue>("json");
    QTest::newRow("null") << QJsonValue();
    QTest::newRow("empty") << QJsonValue(QJsonObject());
    QTest::newRow("zero") << QJsonValue(QJsonObject{{u"idle"_s, 0}});
    QTest::newRow("forever") << QJsonValue(QJsonObject{{u"idle"_s, 1e300}});
    QTest::newRow("text") << QJsonValue(QJsonObject{{u"idle"_s, u"60"_s}});
    QTest::newRow("two") << QJsonValue(QJsonObject{{u"idle"_s, 1}, {u"sessionEnd"_s, true}});
    QTest::newRow("no end") << QJsonValue(QJsonObject{{u"sessionEnd"_s, false}});
    QTest::newRow("no date") << QJsonValue(QJsonObject{{u"at"_s, u"soon"_s}});
}

void TestRecords::expiryRefusesNonsense()
{
    QFETCH(QJsonValue, json);
    QVERIFY(!Expiry::fromJson(json));
}

void TestRecords::reasonNamesTheDeadlineThatEndsTheSession()
{
    SessionRecord r = record();
    QCOMPARE(r.expiryReason(), "idle"_L1);
    r.expiry = Expiry::atDateTime(toDateTime(r.expiresAt));
    QCOMPARE(r.expiryReason(), "fixed"_L1);
    r.expiresAt = *r.absoluteExpiresAt;
    QCOMPARE(r.expiryReason(), "absolute"_L1);
}

void TestRecords::deadlineNeverLiesBehindTheAbsoluteOne()
{
    const TimePoint at(1'800'000'000'000ms);
    QCOMPARE(Expiry::onInactivity(5min).deadlineFrom(at, 1h), at + 5min);
    QCOMPARE(Expiry::onSessionEnd().deadlineFrom(at, 1h), at + 1h);
    const TimePoint fixed = at + 3h;
    const QDateTime date = QDateTime::fromMSecsSinceEpoch(fixed.time_since_epoch().count(), Qt::UTC);
    QCOMPARE(Expiry::atDateTime(date).deadlineFrom(at, 1h), fixed);

    SessionInfo info;
    QCOMPARE(info.deadlineFrom(at, 1h), at + 1h);
    info.expiry = Expiry::onInactivity(5min);
    QCOMPARE(info.deadlineFrom(at, 1h), at + 5min);
    info.absoluteExpiresAt = at + 1min;
    QCOMPARE(info.deadlineFrom(at, 1h), at + 1min);

    SessionPolicy policy;
    policy.idle = 2h;
    QCOMPARE(policy.idleFor({}), 2h);
    policy.anonymousIdle = 10min;
    QCOMPARE(policy.idleFor({}), 10min);
    QCOMPARE(policy.idleFor(u"ann"_s), 2h);
}

void TestRecords::changeSaysWhatItIs()
{
    SessionChange change;
    QVERIFY(change.isEmpty() && !change.clearsFirst());
    change.touch = SessionChange::Touch{};
    QVERIFY(change.isTouchOnly() && !change.isEmpty());
    change.clear();
    QVERIFY(change.clearsFirst() && !change.isTouchOnly());

    QVERIFY(SessionChange::checkVersion(3, {}));
    QVERIFY(SessionChange::checkVersion(3, 3));
    QVERIFY(SessionChange::checkVersion(4, 3).error() == Error::Conflict);
}

/// Somebody else's change may have come in between.
void TestRecords::mergedDataIsTakenOnlyWhereTheRecordIsTheSame()
{
    SessionRecord seen = record();
    SessionChange change;
    change.set("n", "1");
    SessionData after = seen.data;
    after.insert("n", QJsonValue(1));
    change.setMerged(seen.data, after);

    SessionRecord same = seen, other = seen;
    QVERIFY(change.applyTo(same, same.lastSeenAt, 1024 * 1024).value_or(false));
    QCOMPARE(same.data, after);
    other.data.insert("theirs", QJsonValue(2));
    QVERIFY(change.applyTo(other, other.lastSeenAt, 1024 * 1024).value_or(false));
    QVERIFY(other.data.value("theirs") == QJsonValue(2));
    QVERIFY(other.data.value("n") == QJsonValue(1));
}

void TestRecords::recordTakesMoreMemoryTheMoreItHolds()
{
    const SessionRecord small = record();
    SessionRecord large = small;
    large.data.insert("text", QJsonValue(QString(10'000, u'x')));
    large.updateCounts();
    QVERIFY(small.memoryUse() > 0);
    QVERIFY(large.memoryUse() >= small.memoryUse() + 10'000);
}

void TestRecords::eventsHaveNamesAndSayWhatEnds()
{
    int ends = 0;
    for (int i = 0; i < SessionEvent::TypeCount; ++i) {
        SessionEvent event;
        event.type = SessionEvent::Type(i);
        QVERIFY(SessionEvent::typeFromName(SessionEvent::name(event.type)) == event.type);
        ends += event.isEnd();
        QVERIFY(!event.isEnd() || event.isLifecycle());
    }
    QCOMPARE(ends, 4); // destroyed, expired, revoked, quarantined
    QVERIFY(!SessionEvent::typeFromName(u"Created"_s));
    QVERIFY(!SessionEvent::typeFromName(u""_s));
}

void TestRecords::eventReadsBackItsJson()
{
    SessionEvent event{.type = SessionEvent::Rotated,
                       .key = SessionId::generate().key(),
                       .oldKey = SessionId::generate().key(),
                       .user = u"ann"_s,
                       .at = TimePoint(1'800'000'000'001ms),
                       .version = 4,
                       .reason = {}};
    QCOMPARE(SessionEvent::fromJson(event.toJson()), event);
    QVERIFY(!event.toJson().contains("reason"_L1));

    event.type = SessionEvent::Revoked;
    event.oldKey.reset();
    event.user = QString();
    event.reason = u"cap"_s;
    QCOMPARE(SessionEvent::fromJson(event.toJson()), event);
    QVERIFY(event.toJson()["user"_L1].isNull());
    QVERIFY(!event.toJson().contains("oldKey"_L1));
    QVERIFY(!event.toJson().contains("by"_L1));

    event.by = u"root@web 1, 100% \u00fcnal/x"_s;
    QCOMPARE(event.toJson()["by"_L1].toString(), event.by);
    QCOMPARE(event.toJson()["reason"_L1].toString(), u"cap"_s);
    QCOMPARE(SessionEvent::fromJson(event.toJson()), event);
    SessionEvent read = event;
    read.setCause(event.cause());
    QCOMPARE(read, event);
    QVERIFY(!event.cause().contains(' '));
    read.setCause("idle"); // as earlier versions wrote it
    QCOMPARE(read.reason, u"idle"_s);
    QVERIFY(read.by.isNull());
    read.setCause({});
    QVERIFY(read.reason.isNull() && read.by.isNull());
    QVERIFY(!SessionEvent::fromJson(QJsonObject{{u"event"_s, u"born"_s}}));
}

void TestRecords::metricsNameEveryEvent()
{
    Counters counters;
    counters.countEvent(SessionEvent::Created);
    counters.countEvent(SessionEvent::Created);
    counters.countRejectedId();
    const QJsonObject json = counters.read().toJson();
    QCOMPARE(json.size(), SessionEvent::TypeCount + 3);
    QCOMPARE(json["created"_L1], QJsonValue(2));
    QCOMPARE(json["quarantined"_L1], QJsonValue(0));
    QCOMPARE(json["rejectedIds"_L1], QJsonValue(1));
}

void TestRecords::metricsCountLatencyInBuckets()
{
    Counters counters;
    const Error down{Error::Unavailable, u"down"_s};
    const Error conflict{Error::Conflict, u"newer"_s};
    counters.countOperation(10us, nullptr);
    counters.countOperation(11us, &conflict);
    counters.countOperation(10s, &down);
    const Metrics metrics = counters.read();
    QCOMPARE(metrics.latency.front(), 1);
    QCOMPARE(metrics.latency[1], 1);
    QCOMPARE(metrics.latency.back(), 1);
    QCOMPARE(metrics.storeErrors, 1);
    QCOMPARE(metrics.conflicts, 1);
    const QByteArray text = metrics.toPrometheus();
    QVERIFY(text.contains("sojourn_store_seconds_bucket{le=\"0.0001\"} 2\n"));
    QVERIFY(text.contains("sojourn_store_seconds_bucket{le=\"+Inf\"} 3\n"));
    QVERIFY(text.contains("sojourn_store_seconds_count 3\n"));
    QVERIFY(text.contains("sojourn_events_total{event=\"expired\"} 0\n"));
}

void TestRecords::removalSaysWhyAndWhoDidIt()
{
    using Removal = SessionStore::Removal;
    const SessionRecord removed = record();
    const auto eventOf = [&](Removal why) { return removalEvent(removed, why, removed.expiresAt); };
    QVERIFY(Author::current().isEmpty());
    {
        const Author::Scope scope(u"root@web1, "_s + QString(500, u'x'));
        QCOMPARE(Author::current().size(), Author::MaxLength);
        QCOMPARE(eventOf(Removal::Admin).by, Author::current());
        for (const Removal why : {Removal::Destroyed, Removal::User, Removal::Cap})
            QVERIFY(eventOf(why).by.isEmpty());
        const Author::Scope inner({});
        QVERIFY(eventOf(Removal::Admin).by.isEmpty());
    }
    QVERIFY(Author::current().isEmpty());

    Author::setTool(u"sojourn"_s);
    QVERIFY(Author::current().endsWith(u", sojourn"_s));
    QVERIFY(Author::current().contains(u'@'));
    SessionEvent created;
    Author::sign(created);
    QCOMPARE(created.by, Author::current());
    QCOMPARE(created.reason, u"imported"_s);
    {
        const Author::Scope undo(Author::current(), true);
        Author::sign(created);
        QCOMPARE(created.reason, u"restored"_s);
    }
    for (const auto type :
         {SessionEvent::Changed, SessionEvent::Rotated, SessionEvent::Touched, SessionEvent::Destroyed, SessionEvent::Expired}) {
        SessionEvent event;
        event.type = type;
        Author::sign(event);
        const bool isByPeople = type == SessionEvent::Changed || type == SessionEvent::Rotated;
        QCOMPARE(event.by, isByPeople ? Author::current() : QString());
        QVERIFY(event.reason.isEmpty());
    }
    Author::setTool({});
    QVERIFY(Author::current().isEmpty());

    for (const auto &[why, type, reason] :
         {std::tuple(Removal::Destroyed, SessionEvent::Destroyed, u""_s),
          std::tuple(Removal::User, SessionEvent::Revoked, u"user"_s), std::tuple(Removal::Cap, SessionEvent::Revoked, u"cap"_s),
          std::tuple(Removal::Admin, SessionEvent::Revoked, u"admin"_s)}) {
        const SessionEvent event = eventOf(why);
        QCOMPARE(event.type, type);
        QCOMPARE(event.reason, reason);
        QCOMPARE(event.key, removed.key);
        QCOMPARE(event.user, removed.user);
        QCOMPARE(event.version, removed.version);
        QCOMPARE(event.at, removed.expiresAt);
    }
}

void TestRecords::visitIsAsItWrites()
{
    QVERIFY(Detail::checkVisit({}));
    const VisitFacts facts{.realm = u"shop"_s, .address = u"::1"_s, .userAgent = u"Firefox\u0000\ufeff😀"_s, .label = u"\"x\""_s};
    const QByteArray text = facts.toText();
    QVERIFY(Detail::checkVisit(text));
    QCOMPARE(VisitFacts::fromText(text), facts);
    for (const QByteArray &wrong : {" "_ba, "{}"_ba, "null"_ba, text + ' ', text.chopped(1), "{\"label\":\"\xff\"}"_ba})
        QCOMPARE(Detail::checkVisit(wrong).error().code, Error::Invalid);
}

void TestRecords::changeOfAVisitSaysWhatDiffers()
{
    const VisitFacts before{.realm = u"shop"_s, .address = u"::1"_s, .userAgent = u"curl/8"_s, .label = u"phone"_s};
    QVERIFY(!before.changeTo(before));
    QVERIFY(!before.changeTo({.realm = u"other"_s, .address = u"::1"_s, .userAgent = u"curl/8"_s, .label = u"phone"_s}));
    const auto after = [&before](const QByteArray &change) {
        VisitFacts facts = before;
        facts.apply(change);
        return facts;
    };
    VisitFacts other = before;
    other.userAgent = QString(1000, u'x');
    other.label.clear();
    const QByteArray change = before.changeTo(other).value();
    QVERIFY(Detail::checkVisitChange(change));
    other.userAgent.truncate(256);
    QCOMPARE(after(change), other);
    QVERIFY(!other.changeTo(after(change)));
    QCOMPARE(after({}), VisitFacts{.realm = u"shop"_s});
    QVERIFY(Detail::checkVisitChange({}));
    QCOMPARE(after(VisitFacts{.realm = u"other"_s, .label = u"\"\u2603"_s}.toText()),
             (VisitFacts{.realm = u"shop"_s, .address = u"::1"_s, .userAgent = u"curl/8"_s, .label = u"\"\u2603"_s}));
    for (const QByteArray &wrong :
         {" "_ba, "{}"_ba, "null"_ba, "[]"_ba, change + '}', R"({"label":1})"_ba, R"({"labels":"x"})"_ba,
          R"({"label":"x","more":"y"})"_ba, "{\"label\":\"\xff\"}"_ba, "{\"label\":\"" + QByteArray(101, 'x') + "\"}"})
        QCOMPARE(Detail::checkVisitChange(wrong).error().code, Error::Invalid);
}

QTEST_APPLESS_MAIN(TestRecords)
#include "tst_records.moc"
