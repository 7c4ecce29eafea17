// SPDX-License-Identifier: MIT
// The cookie reader against what hostile or careless clients send.

#include "cookie_p.h"
#include "site.h"

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray IdA = "AAAAAAAAAAAAAAAAAAAAAA";
const QByteArray IdB = "BBBBBBBBBBBBBBBBBBBBBA";

OfferedIds read(const QByteArrayList &headers, const QByteArray &name = "id")
{
    OfferedIds offered;
    for (const QByteArray &header : headers)
        offered.read(header, name);
    return offered;
}

} // namespace

class TestCookies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsIdsOfTheExactName_data();
    void readsIdsOfTheExactName();
    void looksAtFourDifferentIds();
    void writesEveryAttribute();

    void hostileCookiesNameNoSession_data();
    void hostileCookiesNameNoSession();
    void ofSeveralIdsTheOnlyOneAliveIsUsed_data();
    void ofSeveralIdsTheOnlyOneAliveIsUsed();
};

void TestCookies::readsIdsOfTheExactName_data()
{
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<QByteArrayList>("ids");
    QTest::addColumn<int>("malformed");
    const QByteArrayList a = {IdA}, none;
    QTest::newRow("alone") << QByteArrayList{"id=" + IdA} << a << 0;
    QTest::newRow("among others") << QByteArrayList{"x=1; id=" + IdA + "; y=2"} << a << 0;
    QTest::newRow("no space") << QByteArrayList{"x=1;id=" + IdA + ";y=2"} << a << 0;
    QTest::newRow("spaces and tabs") << QByteArrayList{" \tid=" + IdA + "\t ; "} << a << 0;
    QTest::newRow("joined by a proxy") << QByteArrayList{"x=1, id=" + IdA + ", y=2"} << a << 0;
    QTest::newRow("second header") << QByteArrayList{"x=1", "id=" + IdA} << a << 0;
    QTest::newRow("the same twice") << QByteArrayList{"id=" + IdA + "; id=" + IdA} << a << 0;
    QTest::newRow("two") << QByteArrayList{"id=" + IdA + "; id=" + IdB} << QByteArrayList{IdA, IdB} << 0;
    QTest::newRow("one malformed") << QByteArrayList{"id=short; id=" + IdA} << a << 1;
    QTest::newRow("name that ends so") << QByteArrayList{"myid=" + IdA} << none << 0;
    QTest::newRow("name that begins so") << QByteArrayList{"id2=" + IdA} << none << 0;
    QTest::newRow("other case") << QByteArrayList{"ID=" + IdA} << none << 0;
    QTest::newRow("no value") << QByteArrayList{"id"} << none << 0;
    QTest::newRow("empty value") << QByteArrayList{"id="} << none << 1;
    QTest::newRow("only a value") << QByteArrayList{"=" + IdA} << none << 0;
    QTest::newRow("nested") << QByteArrayList{"x=id=" + IdA} << none << 0;
    QTest::newRow("empty") << QByteArrayList{""} << none << 0;
    QTest::newRow("separators") << QByteArrayList{";;; , ,;"} << none << 0;
}

void TestCookies::readsIdsOfTheExactName()
{
    QFETCH(QByteArrayList, headers);
    QFETCH(QByteArrayList, ids);
    QFETCH(int, malformed);
    const OfferedIds offered = read(headers);
    QByteArrayList values;
    for (const SessionId &id : offered.ids)
        values += id.toCookieValue();
    QCOMPARE(values, ids);
    QCOMPARE(offered.malformed, malformed);
}

void TestCookies::looksAtFourDifferentIds()
{
    QByteArrayList pairs;
    for (char c = 'a'; c <= 'f'; ++c)
        pairs += "id=" + QByteArray(21, c) + "A";
    const OfferedIds offered = read({pairs.join("; ")});
    QCOMPARE(offered.ids.size(), 4u);
    QCOMPARE(offered.ids.back().toCookieValue(), QByteArray(21, 'd') + "A");
}

void TestCookies::writesEveryAttribute()
{
    const SessionId id = *SessionId::fromCookieValue(IdA);
    QCOMPARE(CookieWriter({}).set(id, 60s), "id=" + IdA + "; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict");
    QCOMPARE(CookieWriter({}).set(id, {}), "id=" + IdA + "; Path=/; HttpOnly; Secure; SameSite=Strict");
    const CookieWriter all({.name = "sid",
                            .path = "/a",
                            .domain = "example.org",
                            .httpOnly = false,
                            .sameSite = SameSite::None,
                            .partitioned = true});
    QCOMPARE(all.set(id, 1s), "sid=" + IdA + "; Max-Age=1; Path=/a; Domain=example.org; Secure; SameSite=None; Partitioned");
    QCOMPARE(all.removal(), "sid=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/a; Domain=example.org; Secure; "
                            "SameSite=None; Partitioned");
    QCOMPARE(CookieWriter({.secure = false, .sameSite = SameSite::Lax}).set(id, {}),
             "id=" + IdA + "; Path=/; HttpOnly; SameSite=Lax");
}

void TestCookies::hostileCookiesNameNoSession_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<QByteArray>("cookie");
    const std::pair<const char *, QByteArray> cookies[] = {
        {"empty", "id="},
        {"one character", "id=A"},
        {"8 KB", "id=" + QByteArray(8192, 'A')},
        {"too short", "id=" + IdA.chopped(1)},
        {"too long", "id=" + IdA + "A"},
        {"spare bits", "id=" + IdA.chopped(1) + "B"},
        {"wrong alphabet", "id=" + IdA.chopped(1) + "+"},
        {"wrong alphabet 2", "id=" + IdA.chopped(1) + "/"},
        {"padding", "id=" + IdA + "=="},
        {"high bytes", "id=" + QByteArray(22, '\xff')},
        {"NUL", "id=" + QByteArray(11, 'A') + '\0' + QByteArray(10, 'A')},
        {"quotes", "id=\"" + IdA + "\""},
        {"quotes inside", "id=\"" + IdA.chopped(2) + "\""},
        {"path", "id=../../../../etc/passwd"},
        {"header", "id=" + IdA.chopped(4) + "%0d%0a"},
        {"key pattern", "id=sojourn:*"},
        {"another name", "notid=" + IdA},
    };
    for (const auto &[name, cookie] : cookies) {
        QTest::addRow("hooks %s", name) << FrontEnd::Hooks << cookie;
        QTest::addRow("routes %s", name) << FrontEnd::Routes << cookie;
    }
}

void TestCookies::hostileCookiesNameNoSession()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(QByteArray, cookie);
    Site site(frontEnd);
    site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(session.isActive() || session.id() ? "some" : "none");
    });
    const HttpResponse response = HttpClient(site.port()).get("/read", cookie);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, "none");
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(site.store->calls, 0); // no look-up either
    const quint64 rejected = site.sessions->metrics().rejectedIds;
    const bool dropsControlBytes = QT_VERSION >= QT_VERSION_CHECK(6, 8, 0) && cookie.contains('\0');
    if (!dropsControlBytes)
        QCOMPARE(rejected, cookie.startsWith("id=") ? 1u : 0u);
}

void TestCookies::ofSeveralIdsTheOnlyOneAliveIsUsed_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<bool>("slow");
    QTest::newRow("hooks") << FrontEnd::Hooks << false;
    QTest::newRow("routes") << FrontEnd::Routes << false;
    QTest::newRow("hooks, slow store") << FrontEnd::Hooks << true;
    QTest::newRow("routes, slow store") << FrontEnd::Routes << true;
}

void TestCookies::ofSeveralIdsTheOnlyOneAliveIsUsed()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(bool, slow);
    Site site(frontEnd);
    site.route(u"/visit"_s, [](Session &session) { session.insert("visits", 1); });
    site.route(u"/who"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(session.key().isNull() ? u"none"_s : session.key().toString());
    });
    HttpClient client(site.port());
    const auto create = [&] { return client.get("/visit").cookie(); };
    const QByteArray first = create(), second = create();
    const QByteArray firstKey = SessionId::fromCookieValue(first)->key().toLatin1();

    const auto who = [&](const QByteArrayList &headers) {
        QByteArray message = "GET /who HTTP/1.1\r\nHost: localhost\r\n";
        for (const QByteArray &header : headers)
            message += "Cookie: " + header + "\r\n";
        if (slow)
            site.store->hold();
        client.send(message + "\r\n");
        if (slow && frontEnd == FrontEnd::Routes) {
            HttpClient::waitUntil([&] { return site.store->waiting() > 0; }, 500);
            site.store->release();
        }
        const QByteArray body = client.read().body;
        site.store->release();
        return body;
    };
    QCOMPARE(who({"id=" + first + "; id=" + first}), firstKey);
    QCOMPARE(who({"id=" + IdA + "; id=" + first}), firstKey);
    QCOMPARE(who({"id=" + first, "id=" + IdB}), firstKey);
    QCOMPARE(who({"id=" + IdA + "; id=" + IdB + "; id=nonsense; id=" + first}), firstKey);
    const quint64 rejected = site.sessions->metrics().rejectedIds;
    QCOMPARE(who({"id=" + first + "; id=" + second}), "none");
    QCOMPARE(site.sessions->metrics().rejectedIds, rejected + 2);
    QCOMPARE(who({"id=" + IdA + "; id=" + IdB}), "none");

    site.store->fail(Error{Error::Unavailable, u"down"_s});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"store fails"_s));
    QCOMPARE(client.get("/who", "id=" + first + "; id=" + IdA).status, 503);
}

QTEST_GUILESS_MAIN(TestCookies)
#include "tst_cookies.moc"
