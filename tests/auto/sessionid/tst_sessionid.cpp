// SPDX-License-Identifier: MIT
#include <Sojourn/SessionId>

#include <QtTest/QTest>

#include <array>
#include <tuple>
#ifdef Q_OS_UNIX
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestSessionId : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void generatesDistinctIdsOf22Characters();
    void parentAndChildOfAForkDrawDifferentIds();
    void readsBackItsCookieValue();
    void refusesOtherSpellings_data();
    void refusesOtherSpellings();
    void keyIsTheSha256OfTheBytes();
    void keyIsTheSameEveryTime();
    void debugOutputHidesTheId();
    void keyReadsBackItsText();
    void keyRefusesOtherSpellings_data();
    void keyRefusesOtherSpellings();
    void nullKeyNamesNothing();
};

void TestSessionId::generatesDistinctIdsOf22Characters()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 10'000; ++i) {
        const QByteArray text = SessionId::generate().toCookieValue();
        QCOMPARE(text.size(), SessionId::TextSize);
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 10'000);
}

void TestSessionId::parentAndChildOfAForkDrawDifferentIds()
{
#ifdef Q_OS_UNIX
    std::ignore = SessionId::generate(); // bytes are in stock now
    std::array<int, 2> ends;
    QCOMPARE(pipe(ends.data()), 0);
    const pid_t child = fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        for (int i = 0; i < 3; ++i) {
            const QByteArray id = SessionId::generate().toCookieValue();
            if (write(ends[1], id.data(), size_t(id.size())) != id.size())
                _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    QSet<QByteArray> ids;
    for (int i = 0; i < 3; ++i) {
        QByteArray id(22, Qt::Uninitialized);
        QCOMPARE(read(ends[0], id.data(), size_t(id.size())), ssize_t(id.size()));
        ids.insert(id);
    }
    close(ends[0]);
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    for (int i = 0; i < 3; ++i)
        ids.insert(SessionId::generate().toCookieValue());
    QCOMPARE(ids.size(), 6);
#else
    QSKIP("No fork() here.");
#endif
}

void TestSessionId::readsBackItsCookieValue()
{
    const SessionId id = SessionId::generate();
    const auto read = SessionId::fromCookieValue(id.toCookieValue());
    QVERIFY(read);
    QVERIFY(*read == id);
}

void TestSessionId::refusesOtherSpellings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one character") << "A"_ba;
    QTest::newRow("too short") << "AAAAAAAAAAAAAAAAAAAAA"_ba;
    QTest::newRow("too long") << "AAAAAAAAAAAAAAAAAAAAAAA"_ba;
    QTest::newRow("padding") << "AAAAAAAAAAAAAAAAAAAAA="_ba;
    QTest::newRow("plain base64") << "AAAAAAAAAA+AAAAAAAAA/A"_ba;
    QTest::newRow("spare bits") << "AAAAAAAAAAAAAAAAAAAAAB"_ba;
    QTest::newRow("NUL") << QByteArray("AAAAAAAAAA\0AAAAAAAAAAA", 22);
    QTest::newRow("quotes") << "\"AAAAAAAAAAAAAAAAAAAA\""_ba;
    QTest::newRow("high bytes") << QByteArray(22, '\xff');
    QTest::newRow("8 KB") << QByteArray(8192, 'A');
}

void TestSessionId::refusesOtherSpellings()
{
    QFETCH(QByteArray, text);
    QVERIFY(!SessionId::fromCookieValue(text));
}

void TestSessionId::keyIsTheSha256OfTheBytes()
{
    // printf '\0%.0s' {1..16} | openssl sha256 -binary | basenc --base64url
    QCOMPARE(SessionId::fromCookieValue("AAAAAAAAAAAAAAAAAAAAAA")->key().toString(),
             u"N0cI__dxndWXnsh11WzSKG9tPPfsMXo7JWMqqyjsN7s"_s);
}

void TestSessionId::keyIsTheSameEveryTime()
{
    QList<SessionId> ids;
    QList<SessionKey> keys;
    for (int i = 0; i < 2000; ++i) {
        ids.append(SessionId::generate());
        keys.append(ids.last().key());
    }
    for (int i = 0; i < ids.size(); ++i)
        QCOMPARE(ids[i].key(), keys[i]);
}

void TestSessionId::debugOutputHidesTheId()
{
    const SessionId id = SessionId::generate();
    QString text;
    QDebug(&text) << id << id.key();
    QVERIFY(!text.contains(QString::fromLatin1(id.toCookieValue())));
    QVERIFY(text.contains("SessionId(hidden)"_L1));
    QVERIFY(text.contains(id.key().toString()));
}

void TestSessionId::keyReadsBackItsText()
{
    const SessionKey key = SessionId::generate().key();
    QCOMPARE(key.toString().size(), SessionKey::TextSize);
    QCOMPARE(SessionKey::fromString(key.toString()), key);
    QCOMPARE(SessionKey::fromBytes(key.bytes()), key);
}

void TestSessionId::keyRefusesOtherSpellings_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("too short") << QString(42, u'A');
    QTest::newRow("too long") << QString(44, u'A');
    QTest::newRow("spare bits") << QString(42, u'A') + u'B';
    QTest::newRow("not Latin-1") << QString(43, u'字');
}

void TestSessionId::keyRefusesOtherSpellings()
{
    QFETCH(QString, text);
    QVERIFY(!SessionKey::fromString(text));
}

void TestSessionId::nullKeyNamesNothing()
{
    QVERIFY(SessionKey().isNull());
    QVERIFY(!SessionId::generate().key().isNull());
}

QTEST_APPLESS_MAIN(TestSessionId)
#include "tst_sessionid.moc"
