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

private:
    static void frontEnds()
    {
        QTest::addColumn<FrontEnd>("frontEnd");
        QTest::newRow("hooks") << FrontEnd::Hooks;
        QTest::newRow("routes") << FrontEnd::Routes;
    }

private Q_SLOTS:
    void readsIdsOfTheExactName_data();
    void readsIdsOfTheExactName();
    void looksAtFourDifferentIds();
    void writesEveryAttribute();

    void hostileCookiesNameNoSession_data();
    void hostileCookiesNameNoSession();
    void whatAnotherCookieHoldsIsNoCookie_data() { frontEnds(); }
    void whatAnotherCookieHoldsIsNoCookie();
    void aMalformedCookieCountsOnceHoweverOftenItsSessionIsAskedFor();
    void ofSeveralIdsTheOnlyOneAliveIsUsed_data();
    void ofSeveralIdsTheOnlyOneAliveIsUsed();
    void ofTheSessionsOfOneUserTheNewestIsUsed_data() { frontEnds(); }
    void ofTheSessionsOfOneUserTheNewestIsUsed();
    void idsOfOneRecordCountAsOne_data() { frontEnds(); }
    void idsOfOneRecordCountAsOne();
    void aReplacedIdBesideOthersSendsNoOldCookie_data() { frontEnds(); }
    void aReplacedIdBesideOthersSendsNoOldCookie();
    void aReplacedIdBesideAnUnknownOneBlocksNobody();
    void aLogOutEndsAllThatTheBrowserOfferedOfTheUser_data() { frontEnds(); }
    void aLogOutEndsAllThatTheBrowserOfferedOfTheUser();
    void severalOfferedCookiesDecideTheAnswer_data() { frontEnds(); }
    void severalOfferedCookiesDecideTheAnswer();
    void oneOfTwoThatCannotBeReadFailsTheRequest();
    void aCookieThatIsSetLastsASecondAtLeast_data() { frontEnds(); }
    void aCookieThatIsSetLastsASecondAtLeast();
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
    QTest::newRow("in the value of another") << QByteArrayList{"theme=dark, id=" + IdA + ", y=2"} << none << 0;
    QTest::newRow("in double quotes") << QByteArrayList{"x=1; id=\"" + IdA + "\"; y=2"} << a << 0;
    QTest::newRow("with and without quotes") << QByteArrayList{"id=\"" + IdA + "\"; id=" + IdA} << a << 0;
    QTest::newRow("one quote") << QByteArrayList{"id=\"" + IdA} << none << 1;
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
    QCOMPARE(CookieWriter({}).set(id, 60s), "id=" + IdA + "; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax");
    QCOMPARE(CookieWriter({}).set(id, {}), "id=" + IdA + "; Path=/; HttpOnly; Secure; SameSite=Lax");
    const CookieWriter all({.name = "sid",
                            .path = "/a",
                            .domain = "example.org",
                            .httpOnly = false,
                            .sameSite = SameSite::None,
                            .partitioned = true});
    QCOMPARE(all.set(id, 1s), "sid=" + IdA + "; Max-Age=1; Path=/a; Domain=example.org; Secure; SameSite=None; Partitioned");
    QCOMPARE(all.removal(), "sid=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/a; Domain=example.org; Secure; "
                            "SameSite=None; Partitioned");
    QCOMPARE(CookieWriter({.secure = false, .sameSite = SameSite::Strict}).set(id, {}),
             "id=" + IdA + "; Path=/; HttpOnly; SameSite=Strict");
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
        {"one quote", "id=" + IdA + "\""},
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

void TestCookies::aMalformedCookieCountsOnceHoweverOftenItsSessionIsAskedFor()
{
    Site site(FrontEnd::Hooks);
    site.route(u"/read"_s, [&site](Session &session, const QHttpServerRequest &request) {
        return QHttpServerResponse(session.isActive() || site.sessions->session(request).isActive() ? "some" : "none");
    });
    QCOMPARE(HttpClient(site.port()).get("/read", "id=short").body, "none");
    QCOMPARE(site.sessions->metrics().rejectedIds, 1u);
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
    const HttpResponse failed = client.get("/visit", "id=" + first);
    QCOMPARE(failed.status, 503);
    QCOMPARE(failed.value("Vary"), "Cookie"); // the cookie has decided
}

namespace {

/// What the tests of several cookies ask of a site.
void addPages(Site &site)
{
    site.route(u"/visit"_s, [](Session &session) { session.insert("visits", session.get<int>("visits").value_or(0) + 1); });
    site.route(u"/read"_s, [](Session &session) { std::ignore = session.get<int>("visits"); });
    site.route(u"/login/ann"_s, [](Session &session) { session.setUser(u"ann"_s); });
    site.route(u"/login/ben"_s, [](Session &session) { session.setUser(u"ben"_s); });
    site.route(u"/rotate"_s, [](Session &session) { session.rotate(); });
    site.route(u"/who"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(session.isActive() ? session.key().toString() : u"none"_s);
    });
}

QByteArray keyOf(const QByteArray &cookie)
{
    return SessionId::fromCookieValue(cookie)->key().toLatin1();
}

} // namespace

void TestCookies::whatAnotherCookieHoldsIsNoCookie()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    HttpClient client(site.port());
    const QByteArray attacker = client.get("/login/ben").cookie(), victim = client.get("/login/ann").cookie();
    QCOMPARE(client.get("/who", "theme=dark, id=" + attacker).body, "none");
    QCOMPARE(client.get("/who", "theme=\"dark, id=" + attacker + ", x\"; id=" + victim).body, keyOf(victim));
    QCOMPARE(client.get("/who", "id=\"" + victim + "\"").body, keyOf(victim));
}

void TestCookies::ofTheSessionsOfOneUserTheNewestIsUsed()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    HttpClient client(site.port());
    const QByteArray oldest = client.get("/login/ann").cookie();
    site.now += 1s;
    const QByteArray newest = client.get("/login/ann").cookie();
    site.now += 1s;
    const QByteArray anonymous = client.get("/visit").cookie(), other = client.get("/login/ben").cookie();

    const quint64 rejected = site.sessions->metrics().rejectedIds;
    QCOMPARE(client.get("/who", "id=" + oldest + "; id=" + newest).body, keyOf(newest));
    QCOMPARE(client.get("/who", "id=" + newest + "; id=" + oldest).body, keyOf(newest));
    QCOMPARE(client.get("/who", "id=" + anonymous + "; id=" + oldest + "; id=" + newest).body, keyOf(newest));
    QCOMPARE(client.get("/who", "id=" + anonymous + "; id=" + other).body, keyOf(other));
    QCOMPARE(site.sessions->metrics().rejectedIds, rejected);
    QCOMPARE(client.get("/who", "id=" + newest + "; id=" + other).body, "none");
    QCOMPARE(site.sessions->metrics().rejectedIds, rejected + 2);
    QCOMPARE(client.get("/who", "id=" + IdA + "; id=" + IdB + "; id=" + oldest + "; id=" + newest).body, keyOf(newest));
}

void TestCookies::idsOfOneRecordCountAsOne()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.renewInterval = 10min, .grace = 30s}});
    addPages(site);
    HttpClient client(site.port());
    const QByteArray before = client.get("/visit").cookie();
    site.now += 10min;
    const QByteArray after = client.get("/read", "id=" + before).cookie();
    QVERIFY(!after.isEmpty());
    QCOMPARE(client.get("/who", "id=" + before + "; id=" + after).body, keyOf(after));
    QCOMPARE(client.get("/who", "id=" + after + "; id=" + before).body, keyOf(after));
    QVERIFY(!client.get("/rotate", "id=" + before + "; id=" + after).cookie().isEmpty());
}

void TestCookies::aReplacedIdBesideOthersSendsNoOldCookie()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.idle = 100s}});
    addPages(site);
    HttpClient client(site.port());
    const QByteArray living = client.get("/visit").cookie(), replaced = client.get("/visit").cookie();
    site.now += 20s; // a touch is due
    const QByteArray rotated = client.get("/rotate", "id=" + replaced).cookie();
    QVERIFY(!rotated.isEmpty());

    // The one that is alive is used, yet its touch must not push out the id that the browser is about to get.
    const HttpResponse read = client.get("/read", "id=" + living + "; id=" + replaced);
    QCOMPARE(read.status, 200);
    QVERIFY(read.setCookies().isEmpty());
    QCOMPARE(client.get("/who", "id=" + replaced + "; id=" + living).body, keyOf(living));
    QCOMPARE(client.get("/rotate", "id=" + replaced + "; id=" + living).setCookies().size(), 1);
    // With none alive the request is late, as if the replaced id had come alone.
    const HttpResponse late = client.get("/visit", "id=" + replaced + "; id=" + IdA);
    QCOMPARE(late.status, 409);
    QVERIFY(late.setCookies().isEmpty());
    QCOMPARE(client.get("/read", "id=" + replaced + "; id=" + IdA).status, 200);
    QCOMPARE(site.sessionCount(), 2);
}

void TestCookies::aReplacedIdBesideAnUnknownOneBlocksNobody()
{
    Site site(FrontEnd::Hooks);
    addPages(site);
    HttpClient client(site.port());
    const QByteArray replaced = client.get("/visit").cookie();
    client.get("/rotate", "id=" + replaced);
    site.store->hold(); // answers only while somebody waits
    const HttpResponse late = client.get("/visit", "id=" + replaced + "; id=" + IdA);
    QCOMPARE(late.status, 409); // and no 503 after the timeout
    QVERIFY(late.setCookies().isEmpty());
}

/// A cookie that is left, of another Path perhaps, must not log the user in again with the next request; and what is over by this
/// machine's clock must not live on when that is put right.
void TestCookies::aLogOutEndsAllThatTheBrowserOfferedOfTheUser()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    site.route(u"/logout"_s, [](Session &session) { session.destroy(); });
    HttpClient client(site.port());
    const auto logIn = [&](const QByteArray &page) { return client.get(page).cookie(); };
    const QByteArray old = logIn("/login/ann"), ben = logIn("/login/ben"), anonymous = logIn("/visit");
    site.now += 1s;
    const QByteArray newer = logIn("/login/ann");
    QCOMPARE(client.get("/logout", "id=" + old + "; id=" + anonymous + "; id=" + newer).status, 200);
    QCOMPARE(client.get("/who", "id=" + old).body, "none");
    QCOMPARE(client.get("/who", "id=" + newer).body, "none");
    QVERIFY(client.get("/who", "id=" + anonymous).body != "none");

    site.now += 24h;
    QCOMPARE(client.get("/logout", "id=" + ben + "; id=" + IdA).status, 200);
    site.now -= 24h;
    QCOMPARE(client.get("/who", "id=" + ben).body, "none");
}

void TestCookies::severalOfferedCookiesDecideTheAnswer()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    site.route(u"/insert"_s, [](Session &session) { session.insert("a", 1); });
    HttpClient client(site.port());
    const HttpResponse response = client.get("/insert", "id=" + IdA + "; id=" + IdB);
    QCOMPARE(response.setCookies().size(), 1);
    QCOMPARE(response.value("vary"), "Cookie");
    site.store->fail(Error{Error::Unavailable, u"down"_s});
    site.route(u"/error"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(!session.get<int>("visits") && session.error() ? "told" : "silent");
    });
    const HttpResponse failed = client.get("/error", "id=" + IdA + "; id=" + IdB);
    QCOMPARE(failed.status, 503); // and never an empty session
    QVERIFY(!failed.value("retry-after").isEmpty());
}

/// Else its user would be somebody else for a moment.
void TestCookies::oneOfTwoThatCannotBeReadFailsTheRequest()
{
    Site site(FrontEnd::Routes);
    addPages(site);
    HttpClient client(site.port());
    const QByteArray ann = client.get("/login/ann").cookie(), ben = client.get("/login/ben").cookie();
    site.store->hold();
    client.send(HttpClient::message("GET", "/who", "id=" + ann + "; id=" + ben));
    QTRY_COMPARE(site.store->waiting(), 2);
    site.store->releaseOne();
    site.store->fail(Error{Error::Timeout, u"stalled"_s});
    site.store->release();
    QCOMPARE(client.read().status, 503);
}

void TestCookies::aCookieThatIsSetLastsASecondAtLeast()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.idle = 100s}});
    addPages(site);
    std::ignore = site.store->inner().subscribe();
    QObject::connect(&site.store->inner(), &SessionStore::sessionEvent, [&site] { site.now += 200s; }); // a slow answer
    HttpClient client(site.port());
    const HttpResponse visit = client.get("/visit");
    QCOMPARE(visit.setCookies().size(), 1);
    QVERIFY2(visit.setCookies().first().toLower().contains("max-age=1;"), visit.setCookies().first().constData());
}

QTEST_GUILESS_MAIN(TestCookies)
#include "tst_cookies.moc"
