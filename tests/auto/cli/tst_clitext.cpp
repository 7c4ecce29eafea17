// SPDX-License-Identifier: MIT
#include "secrets.h"
#include "textwidth.h"
#include "timetext.h"

#include <Sojourn/SessionId>
#include <Sojourn/moment.h>

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Sojourn::parseDuration;
using Sojourn::parsePastMoment;

// The small functions behind the command line.
class tst_CliText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSeenAsOneLetterIsMeasuredAndCutAsOne_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("width");
        QTest::newRow("plain") << u"abc"_s << 3;
        QTest::newRow("accent of its own") << u"e\u0301"_s << 1;
        QTest::newRow("wide") << u"\u4e16\u754c"_s << 4;
        QTest::newRow("Hangul in parts") << u"\u1112\u1161\u11ab"_s << 2;
        QTest::newRow("emoji") << u"\U0001f600"_s << 2;
        QTest::newRow("joined emoji") << u"\U0001f469\u200d\U0001f4bb"_s << 2;
        QTest::newRow("family") << u"\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"_s << 2;
        QTest::newRow("skin") << u"\U0001f44d\U0001f3fd"_s << 2;
        QTest::newRow("flag") << u"\U0001f1e9\U0001f1ea"_s << 2;
        QTest::newRow("heart in colour") << u"\u2764\ufe0f"_s << 2;
        QTest::newRow("Persian with a non-joiner") << u"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"_s << 7;
        QTest::newRow("Devanagari") << u"\u0915\u093f"_s << 2;
    }
    void whatIsSeenAsOneLetterIsMeasuredAndCutAsOne()
    {
        QFETCH(QString, text);
        QFETCH(int, width);
        QCOMPARE(textWidth(text), width);
        QCOMPARE(textWidth(u"a"_s + text + u"b"_s), width + 2);
        QCOMPARE(cutToWidth(text + u"x"_s, width), text);
        for (int room = 0; room < width; ++room) {
            const QString cut = cutToWidth(text, room);
            QVERIFY(textWidth(cut) <= room && !cut.endsWith(QChar(0x200d)) && !(cut.size() > 0 && cut.back().isHighSurrogate()));
        }
    }

    void idsAreTakenOutOfEveryText()
    {
        for (int i = 0; i < 300; ++i) {
            const QString id = QString::fromLatin1(Sojourn::SessionId::generate().toCookieValue());
            for (const QString &form : {u"%1"_s, u"id=%1"_s, u"no session \"%1\"."_s, u"%1;x"_s, u"%1%3D"_s, u"Cookie:id=%1"_s,
                                        u"--%1"_s, u"'%1', %1"_s, u"/tmp/%1"_s, u"a22characters-of-texta %1"_s})
                QVERIFY2(!withoutSecrets(QString(form).replace(u"%1"_s, id)).contains(id), qPrintable(form));
        }
        const QString key = Sojourn::SessionId::generate().key().toString();
        for (const QString &text :
             {key, u"There is no session x. Did you mean --limit?"_s, u"a22characters-of-texta"_s, QString()})
            QCOMPARE(withoutSecrets(text), text);
    }

    void passwordsAreTakenOutOfEveryText()
    {
        for (const auto &[text, shown] : {std::pair(u"'redis://:Secret@h'"_s, u"'redis://:…@h'"_s),
                                          {u"no file redis//:Secret@h."_s, u"no file redis//:…@h."_s},
                                          {u"redis:Secret@h"_s, u"redis:…@h"_s},
                                          {u"REDISS+sentinel://ann:Se/cr@t@h,i/m"_s, u"REDISS+sentinel://ann:…@h,i/m"_s}})
            QCOMPARE(withoutSecrets(text), shown);
        for (const QString &text :
             {u"redis://ann@host:6379/0"_s, u"redis://127.0.0.1:6379 says ann@example.org"_s, u"user:ann@shop.example"_s})
            QCOMPARE(withoutSecrets(text), text);
    }

    void durationsAreReadAsPeopleWriteThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1 for none
        QTest::newRow("seconds") << u"90"_s << qint64(90'000);
        QTest::newRow("fraction") << u"0.5"_s << qint64(500);
        QTest::newRow("s") << u"90s"_s << qint64(90'000);
        QTest::newRow("m") << u"15m"_s << qint64(900'000);
        QTest::newRow("h and m") << u"1h30m"_s << qint64(5'400'000);
        QTest::newRow("d") << u"2d"_s << qint64(172'800'000);
        QTest::newRow("nothing") << u"0"_s << qint64(0);
        for (const QString &text : {u""_s, u"-5"_s, u"1h30"_s, u"h"_s, u"1 h"_s, u"1H"_s, u"5y"_s, u"nan"_s, u"1e3"_s,
                                    u"101000d"_s, u"."_s, QString(400, u'9')})
            QTest::newRow(qPrintable(u"no: "_s + text.left(20))) << text << qint64(-1);
    }
    void durationsAreReadAsPeopleWriteThem()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto duration = parseDuration(text);
        QCOMPARE(duration ? qint64(duration->count()) : -1, milliseconds);
    }

    void momentsOfThePastAreReadAsPeopleWriteThem()
    {
        const Sojourn::TimePoint now = Sojourn::toTimePoint(QDateTime(QDate(2026, 11, 22), QTime(9, 0), Qt::LocalTime));
        const auto at = [](int day, int hour, int minute) {
            return Sojourn::toTimePoint(QDateTime(QDate(2026, 11, day), QTime(hour, minute), Qt::LocalTime));
        };
        QCOMPARE(parsePastMoment(u"15m"_s, now), now - 15min);
        QCOMPARE(parsePastMoment(u"8:30"_s, now), at(22, 8, 30));
        QCOMPARE(parsePastMoment(u"10:42"_s, now), at(21, 10, 42));
        QCOMPARE(parsePastMoment(u"2026-11-20"_s, now), at(20, 0, 0));
        QCOMPARE(parsePastMoment(u"2026-11-20T07:12:00Z"_s, now),
                 Sojourn::TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 7h + 12min));
        for (const QString &text : {u"yesterday"_s, u"25:00"_s, u"10:4"_s, u""_s})
            QVERIFY(!parsePastMoment(text, now));
    }
};

QTEST_GUILESS_MAIN(tst_CliText)
#include "tst_clitext.moc"
