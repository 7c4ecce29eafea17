// SPDX-License-Identifier: MIT
#include <Sojourn/SearchExpression>
#include <Sojourn/SessionId>
#include <Sojourn/moment.h>

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The language of the search line and of --where.
class tst_SearchExpression : public QObject
{
    Q_OBJECT

    const TimePoint now = toTimePoint(QDateTime({2026, 11, 29}, {18, 0}));

    SessionRecord record() const
    {
        SessionRecord made;
        made.key = SessionId::generate().key();
        made.user = u"ann"_s;
        made.createdAt = now - 3h;
        made.lastSeenAt = now - 2min;
        made.expiresAt = now + 28min;
        made.data.insert("role"_L1, u"admin"_s);
        made.data.insert("cart"_L1, QJsonObject{{"total"_L1, 120}});
        made.data.insert("my attr"_L1, true);
        made.data.insert("size"_L1, 3);
        made.updateCounts();
        return made;
    }
    SearchExpression read(const QString &line, SearchExpression::Word word = SearchExpression::Word::User) const
    {
        auto expression = SearchExpression::parse(line, now, word);
        if (!expression)
            qWarning("%s: %s", qPrintable(line), qPrintable(expression.error().text));
        return expression ? *expression : SearchExpression{.user = u"not read"_s};
    }

private Q_SLOTS:
    void everyKindOfTermFindsWhatItSays_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("found");
        for (const auto line : {"",
                                "ann",
                                "user:ann",
                                "user:\"ann\"",
                                "role=admin",
                                "role=\"admin\"",
                                "cart.total>=100",
                                "cart.total>=120",
                                "cart.total<=120",
                                "cart.total<121",
                                "cart.total>119.5",
                                "cart={\"total\": 120}",
                                "has:role",
                                "has:\"my attr\"",
                                "\"my attr\"=true",
                                "role!=user",
                                "size>40",
                                "size<10k",
                                "size<=2M",
                                "attributes=4",
                                "seen<5m",
                                "seen>90",
                                "created>2h",
                                "ends<1h",
                                "around:17:00",
                                "around:2h",
                                "\"dmi\"",
                                "\"TOTAL\"",
                                "\"size\"=3",
                                "user:ann role=admin size<10k seen<5m around:17:00 \"adm\"",
                                "is:living",
                                "  ann   role=admin "})
            QTest::addRow("%s", line) << QString::fromLatin1(line) << true;
        for (const auto line : {"bob", "user:", "role=user", "cart.total>120", "cart.total<120", "cart.total<=119",
                                "cart.total>=121", "has:rol", "size>10k", "attributes>4", "seen<1m", "created<2h", "ends<5m",
                                "around:14:00", "\"nothing\"", "is:rotating", "is:ending", "is:ended", "ann role=user"})
            QTest::addRow("not %s", line) << QString::fromLatin1(line) << false;
    }
    void everyKindOfTermFindsWhatItSays()
    {
        QFETCH(const QString, line);
        const SearchExpression expression = read(line);
        QTEST(expression.matches(record(), now), "found");
        QCOMPARE(read(expression.toString()).toString(), expression.toString());
        QCOMPARE(read(expression.toString()).matches(record(), now), expression.matches(record(), now));
    }

    void textIsFoundHoweverJsonSpellsIt()
    {
        SessionRecord one = record();
        one.data.insert("note"_L1, u"Said \"hé\\\",\n\r\tthen \b\f\u0001\u00e9 / 🎁."_s);
        for (const QString &text : {u"\"Hé\\\","_s, u",\n\r\tTHEN"_s, u"\b\f\u0001é"_s, u"É / 🎁."_s, u"\\\""_s})
            QVERIFY2(read(SearchExpression::quoted(text)).matches(one, now), qPrintable(text));
        for (const QString &text : {u"n\r"_s, u"Said hé"_s, u"\u0002"_s})
            QVERIFY2(!read(SearchExpression::quoted(text)).matches(one, now), qPrintable(text));
    }

    void faultIsToldAtItsPlace_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("part");
        for (const auto &[line, part] :
             std::initializer_list<std::pair<const char *, const char *>>{{"ann size>10q", "size>10q"},
                                                                          {"ann role=", "role="},
                                                                          {"ann \"open end", "\"open end"},
                                                                          {"seen<soon x=1", "seen<soon"},
                                                                          {"around:25:00", "around:25:00"},
                                                                          {"ann bob", "bob"},
                                                                          {"x=1 usr:ann", "usr:ann"},
                                                                          {"is:asleep", "is:asleep"},
                                                                          {"key:a+b", "key:a+b"},
                                                                          {"x={\"a\":", "x={\"a\":"},
                                                                          {"\"a\" \"b\"", "\"b\""},
                                                                          {"=1", "=1"},
                                                                          {"seen=5m", "seen=5m"},
                                                                          {"is:ended user:ann size>10M", "size>10M"},
                                                                          {"has:role key:WQ1a is:ended", "has:role"},
                                                                          {"is:ended \"text\" around:2h", "\"text\""}})
            QTest::addRow("%s", line) << QString::fromLatin1(line) << QString::fromLatin1(part);
    }
    void faultIsToldAtItsPlace()
    {
        QFETCH(const QString, line);
        const auto read = SearchExpression::parse(line, now, SearchExpression::Word::User);
        QVERIFY(!read);
        QTEST(line.sliced(read.error().position, read.error().length), "part");
        QVERIFY(read.error().text.endsWith(u'.'));
    }

    void cookieIsKnownByItsShapeAndKeptNowhere_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<SearchExpression::Word>("word");
        for (const auto form : {"%1", "id=%1", "id=\"%1\"", "Cookie: theme=dark; id=%1; x=y"}) {
            QTest::addRow("window %s", form) << QString::fromLatin1(form) << SearchExpression::Word::User;
        }
        QTest::newRow("command line") << u"%1"_s << SearchExpression::Word::Attribute;
    }
    void cookieIsKnownByItsShapeAndKeptNowhere()
    {
        QFETCH(const QString, form);
        QFETCH(const SearchExpression::Word, word);
        const SessionId id = SessionId::generate();
        const QString cookie = QString::fromLatin1(id.toCookieValue()), line = form.arg(cookie);
        const SearchExpression expression = read(line, word);
        QCOMPARE(expression.keyPrefix, id.key().toLatin1());
        QVERIFY(!expression.toString().contains(cookie));
        QVERIFY(!SearchExpression::withoutCookies(line).contains(cookie));
        QVERIFY(SearchExpression::withoutCookies(line).contains(id.key().toString()));
    }

    void cookieGoesFromWhateverIsPasted_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("shown");
        for (const auto &[form, shown] : std::initializer_list<std::pair<const char *, const char *>>{
                 {"id=%1;theme=dark", "key:%2"},
                 {"id=%1; theme=dark; HttpOnly", "key:%2"},
                 {"'id=%1'", "key:%2"},
                 {"'id=%1; theme=dark'", "key:%2"},
                 {"Cookie: id=%1, theme=dark", "key:%2"},
                 {"Cookie: a=\"x; id=%1", "key:%2"},
                 {"Cookie:id=%1; theme=dark", "key:%2"},
                 {"cookie:%1", "key:%2"},
                 {"Set-Cookie: id=%1; Max-Age=1800; Path=/", "key:%2"},
                 {"Cookie: id=%1; id=%1", "key:%2"},
                 {"pref=a\"b id=%1", "pref=a\"b key:%2"},
                 {"user:ann id=%1", "user:ann key:%2"},
                 {"user:ann;id=%1,x", "user:ann;key:%2 x"},
                 {"id\t%1\t127.0.0.1", "id\tkey:%2\t127.0.0.1"},
                 {"[{\"id\":\"%1\"}]", "[{\"id\":\"key:%2\"}]"},
                 {"id:\"%1\"", "id:\"key:%2\""},
                 {"\"Cookie: id=%1\"", "\"Cookie: key:%2\""},
                 {"-H 'Cookie: n=1; id=%1'", "-H 'Cookie: n=1; key:%2'"}})
            QTest::addRow("%s", form) << QString::fromLatin1(form) << QString::fromLatin1(shown);
    }
    void cookieGoesFromWhateverIsPasted()
    {
        QFETCH(const QString, form);
        QFETCH(const QString, shown);
        const SessionId id = SessionId::generate();
        const QString line = form.arg(QString::fromLatin1(id.toCookieValue()));
        const QString clean = SearchExpression::withoutCookies(line);
        QCOMPARE(clean, QString(shown).replace("%2"_L1, id.key().toString()));
        QCOMPARE(SearchExpression::withoutCookies(clean), clean);
        if (shown == "key:%2"_L1)
            QCOMPARE(read(clean).keyPrefix, id.key().toLatin1());
        if (line.startsWith("cookie:"_L1, Qt::CaseInsensitive))
            QCOMPARE(read(line).keyPrefix, id.key().toLatin1());
    }

    /// Text and names in quotes are none, whatever they say.
    void headerBeginsWithoutAQuote()
    {
        const SearchExpression search = read(uR"("Cookie:AAAAAAAAAAAAAAAAAAAAAA"="x")"_s);
        QVERIFY(search.keyPrefix.isEmpty());
        QCOMPARE(read(search.toString()).attributes, search.attributes);
    }

    /// 22 letters may look like an id by chance.
    void wordsAPersonLooksForStay()
    {
        for (const QString &line :
             {u"user:internationalizationsQ"_s, u"user:somebody-with-long-nag"_s, u"user:\"somebody-with-long-nag\" size>10k"_s,
              u"user:\"Ann somebody-with-long-nag\""_s, u"has:\"my somebody-with-long-nag\""_s, u"somebody-with-long-nag=1"_s,
              u"key:AAAAAAAAAAAAAAAAAAAAAA"_s, u"AAAAAAAAAAAAAAAAAAAAAA…"_s, u"somebody-with-long-name"_s,
              u"Cookie: theme=dark"_s})
            QCOMPARE(SearchExpression::withoutCookies(line), line);
        QCOMPARE(read(u"user:somebody-with-long-nag"_s).user, u"somebody-with-long-nag"_s);
    }

    void keyIsKnownByItsShape()
    {
        const SessionKey key = SessionId::generate().key();
        QCOMPARE(read(key.toString()).keyPrefix, key.toLatin1());
        QCOMPARE(read(u"WQ1aBcdX…"_s).keyPrefix, "WQ1aBcdX"_ba);
        QCOMPARE(read(u"key:WQ1a"_s).keyPrefix, "WQ1a"_ba);
        QCOMPARE(SearchExpression::withoutCookies(key.toString()), key.toString());
    }

    /// `$` of a regular expression holds before a last line feed, too. A fuzzer found it.
    void userThatEndsWithALineFeedIsWrittenSo()
    {
        const SearchExpression search = read(uR"(user:"er:\n" has:cart)"_s);
        QCOMPARE(search.user, u"er:\n"_s);
        QCOMPARE(read(search.toString()).user, search.user);
        QVERIFY(!SearchExpression::parse(uR"(key:"abc\n")"_s, now, SearchExpression::Word::User));
    }

    void attributesComeFirstOnTheCommandLine()
    {
        const auto matches = [this](const QString &line) {
            return read(line, SearchExpression::Word::Attribute).matches(record(), now);
        };
        QVERIFY(matches(u"role"_s));
        QVERIFY(!matches(u"ann"_s)); // no attribute of that name
        QVERIFY(matches(u"size=3"_s)); // as --where always read it
        QVERIFY(matches(u"size<10k user:ann seen<5m"_s));
        QVERIFY(!SearchExpression::parse(u"role=admin"_s, now, SearchExpression::Word::Attribute)); // JSON has quotes
    }

    void itTellsWhatItMustLookAt()
    {
        for (const auto line : {"", "user:ann", "key:WQ1a", "size>10k", "seen<5m", "is:ended", "around:15:00"})
            QVERIFY2(!read(QString::fromLatin1(line)).needsData(), line);
        for (const auto line : {"role=admin", "has:role", "\"some text\"", "user:ann has:role"})
            QVERIFY2(read(QString::fromLatin1(line)).needsData(), line);
        for (const auto line : {"seen<5m", "created>2d", "ends<1h"})
            QVERIFY2(read(QString::fromLatin1(line)).facts.constFirst().isAboutTime(), line);
        for (const auto line : {"size>10k", "attributes>50"})
            QVERIFY2(!read(QString::fromLatin1(line)).facts.constFirst().isAboutTime(), line);
    }

    void lenientConditionTakesWhatIsNoJsonForText()
    {
        const auto matches = [this](const QString &text) {
            const auto condition = AttributeCondition::parseLeniently(text);
            return condition && condition->matches(record().data);
        };
        for (const QString &text :
             {u"role=admin"_s, u"role=\"admin\""_s, u"\"my attr\"=true"_s, u"cart.total>=120"_s, u"role!=user"_s})
            QVERIFY2(matches(text), qPrintable(text));
        for (const QString &text : {u"role=user"_s, u"cart.total<120"_s, u"none=1"_s})
            QVERIFY2(!matches(text), qPrintable(text));
        for (const QString &text : {u""_s, u"="_s, u"=1"_s, u"role"_s, u"role="_s, u"role=[1"_s, u"role=\"x"_s, u"\"role"_s,
                                    u"\"\"=1"_s, u"\"a\\"_s, u"!"_s})
            QVERIFY2(!AttributeCondition::parseLeniently(text), qPrintable(text));
        const auto condition = AttributeCondition::parseLeniently(u"\"a=b\"=\"c d\""_s);
        QVERIFY(condition);
        QCOMPARE(condition->path(), u"a=b"_s);
        QCOMPARE(*AttributeCondition::parseLeniently(condition->toString()), *condition);
    }
};

QTEST_GUILESS_MAIN(tst_SearchExpression)
#include "tst_searchexpression.moc"
