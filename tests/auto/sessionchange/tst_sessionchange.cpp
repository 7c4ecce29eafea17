// SPDX-License-Identifier: MIT
#include <Sojourn/SessionChange>

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const TimePoint Now{1'800'000'000'000ms};

SessionRecord record()
{
    SessionRecord record;
    record.createdAt = record.lastSeenAt = Now - 1h;
    record.expiresAt = Now + 1h;
    record.version = 5;
    record.data.insert("n", QJsonValue(10));
    record.data.insert("text", QJsonValue(u"old"_s));
    record.updateCounts();
    return record;
}

} // namespace

class TestSessionChange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyChangesNothing();
    void touchesOnlyTheAttributesItNames();
    void clearComesFirst();
    void laterCallsReplaceEarlierOnes();
    void anEqualValueIsNoChange();
    void incrementsAddUp_data();
    void incrementsAddUp();
    void incrementOfTextIsInvalidAndChangesNothing();
    void anotherVersionIsAConflict();
    void aRecordOverTheLimitStaysAsItWas();
    void userBindsAndUnbinds();
    void expiryStartsAnewAndStaysBeforeTheAbsoluteDeadline();
    void touchNeverMovesBackwards();
    void touchUsesTheIdleTimeOfTheRecord();
    void touchLeavesAFixedDeadline();
    void flashValuesQueueUp();
    void whatRidesBesideTheDataLeavesTheVersion();
};

void TestSessionChange::emptyChangesNothing()
{
    const SessionChange change;
    QVERIFY(change.isEmpty());
    SessionRecord r = record();
    QCOMPARE(change.applyTo(r, Now, 1000), false);
    QCOMPARE(r, record());
}

void TestSessionChange::touchesOnlyTheAttributesItNames()
{
    SessionChange a, b;
    a.set("x", "1");
    b.set("y", "2");
    b.remove("text");
    SessionRecord r = record();
    QCOMPARE(a.applyTo(r, Now, 1000), true);
    QCOMPARE(b.applyTo(r, Now, 1000), true);
    QCOMPARE(r.data.toJson(), (QJsonObject{{u"n"_s, 10}, {u"x"_s, 1}, {u"y"_s, 2}}));
    QCOMPARE(r.version, 7);
    QCOMPARE(r.attributeCount, 3);
}

void TestSessionChange::clearComesFirst()
{
    SessionChange change;
    change.set("gone", "1");
    change.clear();
    change.set("kept", "2");
    change.increment("n", 3);
    SessionRecord r = record();
    QVERIFY(change.applyTo(r, Now, 1000));
    QCOMPARE(r.data.toJson(), (QJsonObject{{u"kept"_s, 2}, {u"n"_s, 3}}));
}

void TestSessionChange::laterCallsReplaceEarlierOnes()
{
    SessionChange change;
    change.set("a", "1");
    change.increment("a", 2);
    change.increment("n", 1);
    change.increment("n", 1);
    change.remove("b");
    change.increment("b", 4);
    change.increment("text", 1);
    change.set("text", "true");
    SessionRecord r = record();
    QVERIFY(change.applyTo(r, Now, 1000));
    QCOMPARE(r.data.toJson(), (QJsonObject{{u"a"_s, 3}, {u"n"_s, 12}, {u"b"_s, 4}, {u"text"_s, true}}));
}

void TestSessionChange::anEqualValueIsNoChange()
{
    SessionChange change;
    change.set("n", "10");
    change.remove("not there");
    change.user = QString();
    SessionRecord r = record();
    QCOMPARE(change.applyTo(r, Now, 1000), false);
    QCOMPARE(r.version, 5);
}

void TestSessionChange::incrementsAddUp_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<qint64>("by");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("missing") << QByteArray() << qint64(5) << "5"_ba;
    QTest::newRow("integer") << "10"_ba << qint64(-11) << "-1"_ba;
    QTest::newRow("past 2^53") << "9007199254740992"_ba << qint64(1) << "9007199254740993"_ba;
    QTest::newRow("saturates") << "9223372036854775807"_ba << qint64(1) << "9223372036854775807"_ba;
    QTest::newRow("saturates below") << "-9223372036854775808"_ba << qint64(-1) << "-9223372036854775808"_ba;
    QTest::newRow("fraction") << "1.5"_ba << qint64(2) << "3.5"_ba;
}

void TestSessionChange::incrementsAddUp()
{
    QFETCH(QByteArray, before);
    QFETCH(qint64, by);
    QFETCH(QByteArray, after);
    QCOMPARE(incrementJson(before.isNull() ? QByteArrayView() : QByteArrayView(before), by), after);
}

void TestSessionChange::incrementOfTextIsInvalidAndChangesNothing()
{
    SessionChange change;
    change.set("x", "1");
    change.increment("text", 1);
    SessionRecord r = record();
    QCOMPARE(change.applyTo(r, Now, 1000).error().code, Error::Invalid);
    QCOMPARE(r, record());
}

void TestSessionChange::anotherVersionIsAConflict()
{
    SessionChange change;
    change.set("x", "1");
    change.expectedVersion = 4;
    SessionRecord r = record();
    QCOMPARE(change.applyTo(r, Now, 1000).error().code, Error::Conflict);
    QCOMPARE(r, record());
    change.expectedVersion = 5;
    QVERIFY(change.applyTo(r, Now, 1000));
}

void TestSessionChange::aRecordOverTheLimitStaysAsItWas()
{
    SessionChange change;
    change.set("big", QByteArray("\"" + QByteArray(50, 'x') + "\""));
    SessionRecord r = record();
    const qsizetype size = r.size + 3 + 52;
    QCOMPARE(change.applyTo(r, Now, size - 1).error().code, Error::TooLarge);
    QCOMPARE(r, record());
    QVERIFY(change.applyTo(r, Now, size));
    QCOMPARE(r.size, size);
}

void TestSessionChange::userBindsAndUnbinds()
{
    SessionChange bind, unbind;
    bind.user = u"ann"_s;
    unbind.user = u""_s;
    SessionRecord r = record();
    QVERIFY(bind.applyTo(r, Now, 1000));
    QCOMPARE(r.user, u"ann"_s);
    QCOMPARE(r.version, 6);
    QVERIFY(unbind.applyTo(r, Now, 1000));
    QVERIFY(r.user.isNull());
}

void TestSessionChange::expiryStartsAnewAndStaysBeforeTheAbsoluteDeadline()
{
    SessionChange change;
    change.expiry = Expiry::onInactivity(10min);
    SessionRecord r = record();
    QVERIFY(change.applyTo(r, Now, 1000));
    QCOMPARE(r.expiresAt, Now + 10min);
    QCOMPARE(r.version, 6);

    r.absoluteExpiresAt = Now + 5min;
    change.expiry = Expiry::atDateTime(toDateTime(Now + 1h));
    QVERIFY(change.applyTo(r, Now, 1000));
    QCOMPARE(r.expiresAt, Now + 5min);
    QCOMPARE(r.expiryReason(), "absolute"_L1);

    change.expiry = std::optional<Expiry>();
    change.defaultIdle = 2min;
    QVERIFY(change.applyTo(r, Now, 1000));
    QCOMPARE(r.expiresAt, Now + 2min);
    QCOMPARE(r.expiry, std::nullopt);
}

void TestSessionChange::touchNeverMovesBackwards()
{
    SessionChange late, early;
    late.touch = SessionChange::Touch{Now};
    late.defaultIdle = 2h;
    early.touch = SessionChange::Touch{Now - 30min};
    early.defaultIdle = 2h;
    SessionRecord r = record();
    QCOMPARE(late.applyTo(r, Now, 1000), false);
    QCOMPARE(r.lastSeenAt, Now);
    QCOMPARE(r.expiresAt, Now + 2h);
    QCOMPARE(early.applyTo(r, Now, 1000), false);
    QCOMPARE(r.lastSeenAt, Now);
    QCOMPARE(r.expiresAt, Now + 2h);
    QCOMPARE(r.version, 5);
}

void TestSessionChange::touchUsesTheIdleTimeOfTheRecord()
{
    SessionChange touch;
    touch.touch = SessionChange::Touch{Now};
    touch.defaultIdle = 24h;
    SessionRecord r = record();
    r.expiry = Expiry::onInactivity(3h);
    QVERIFY(touch.applyTo(r, Now, 1000));
    QCOMPARE(r.expiresAt, Now + 3h);
}

void TestSessionChange::touchLeavesAFixedDeadline()
{
    SessionChange touch;
    touch.touch = SessionChange::Touch{Now};
    SessionRecord r = record();
    r.expiry = Expiry::atDateTime(toDateTime(Now + 1h));
    QVERIFY(touch.applyTo(r, Now, 1000));
    QCOMPARE(r.expiresAt, Now + 1h);
    QCOMPARE(r.lastSeenAt, Now);
    QCOMPARE(r.expiryReason(), "fixed"_L1);
}

void TestSessionChange::flashValuesQueueUp()
{
    SessionChange a, b;
    a.addFlash("\"one\"");
    a.addFlash("2");
    b.addFlash("[3]");
    SessionRecord r = record();
    QVERIFY(a.applyTo(r, Now, 1000));
    QVERIFY(b.applyTo(r, Now, 1000));
    QCOMPARE(r.flash, R"(["one",2,[3]])"_ba);
}

void TestSessionChange::whatRidesBesideTheDataLeavesTheVersion()
{
    SessionChange change;
    change.addFlash("1");
    change.csrfSecret = QByteArray(16, 's');
    change.rotateRequested = true;
    QVERIFY(!change.isEmpty());
    SessionRecord r = record();
    QCOMPARE(change.applyTo(r, Now, 1000), false);
    QCOMPARE(r.version, 5);
    QVERIFY(r.rotateRequested);
    QCOMPARE(r.csrfSecret, QByteArray(16, 's'));
}

QTEST_APPLESS_MAIN(TestSessionChange)
#include "tst_sessionchange.moc"
