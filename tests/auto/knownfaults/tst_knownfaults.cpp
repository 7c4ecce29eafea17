// SPDX-License-Identifier: MIT
// Public faults of other session libraries, each tried here over both front ends. docs/security.md names this file.

#include "site.h"

#include <Sojourn/SessionResponder>

#include <QtCore/QCryptographicHash>
#include <QtCore/QLoggingCategory>

#include <chrono>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestKnownFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Fiber: an id that the visitor made up became the id of a session.
    void cve_2024_38513_anInventedIdIsNeverAdopted_data() { frontEnds(); }
    void cve_2024_38513_anInventedIdIsNeverAdopted();
    /// rack-session: a request that was under way during a logout wrote the session back.
    void cve_2025_46336_aLogoutIsNotUndoneByARequestUnderWay_data();
    void cve_2025_46336_aLogoutIsNotUndoneByARequestUnderWay();
    /// Rack: the id was the key of the store's index, so that the time of a look-up told how much of a guess was right.
    void cve_2019_16782_theStoreNeverSeesAnId_data() { frontEnds(); }
    void cve_2019_16782_theStoreNeverSeesAnId();
    /// Spring Session: ids were printed.
    void cve_2023_20866_noIdIsLogged_data() { frontEnds(); }
    void cve_2023_20866_noIdIsLogged();
    /// Django: each unknown id in a cookie left an empty record behind.
    void cve_2015_5143_unknownIdsLeaveNoRecords_data() { frontEnds(); }
    void cve_2015_5143_unknownIdsLeaveNoRecords();
    /// Django: a logout of nobody made a session.
    void cve_2015_5963_aLogoutOfNobodyLeavesNoRecord_data() { frontEnds(); }
    void cve_2015_5963_aLogoutOfNobodyLeavesNoRecord();
    /// rack-session: a cookie that could not be decrypted was decoded as it stood.
    void cve_2026_39324_whatACookieSaysIsNoSession_data();
    void cve_2026_39324_whatACookieSaysIsNoSession();
    /// Flask: a cookie that was sent again, unchanged, could be cached for others.
    void cve_2023_30861_aRefreshedCookieIsNotCached_data() { frontEnds(); }
    void cve_2023_30861_aRefreshedCookieIsNotCached();
    /// Flask: some ways of looking at a session did not make the answer vary by cookie.
    void cve_2026_27205_everyLookAtASessionVariesByCookie_data();
    void cve_2026_27205_everyLookAtASessionVariesByCookie();

private:
    static void frontEnds()
    {
        QTest::addColumn<FrontEnd>("frontEnd");
        QTest::newRow("hooks") << FrontEnd::Hooks;
        QTest::newRow("routes") << FrontEnd::Routes;
    }
    static void addPages(Site &site);
};

void TestKnownFaults::addPages(Site &site)
{
    site.route(u"/login"_s, [](Session &session) { session.logIn(u"ann"_s); });
    site.route(u"/logout"_s, [](Session &session) { session.logOut(); });
    site.route(u"/visit"_s, [](Session &session) { session.increment("visits"); });
    site.route(u"/user"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(session.user().isEmpty() ? u"nobody"_s : session.user());
    });
}

void TestKnownFaults::cve_2024_38513_anInventedIdIsNeverAdopted()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    const QByteArray invented = SessionId::generate().toCookieValue();
    for (const QByteArray &page : {"/visit"_ba, "/login"_ba}) {
        const HttpResponse response = HttpClient(site.port()).get(page, "id=" + invented);
        QCOMPARE(response.status, 200);
        QVERIFY(!response.cookie().isEmpty());
        QVERIFY(response.cookie() != invented);
    }
    QCOMPARE(HttpClient(site.port()).get("/user", "id=" + invented).body, "nobody");

    // Nor does an id that the attacker was given stay good when the visitor logs in with it.
    Visitor attacker(site.port());
    attacker.get("/visit");
    const QByteArray planted = attacker.cookieHeader();
    HttpClient visitor(site.port());
    const HttpResponse loggedIn = visitor.get("/login", planted);
    QCOMPARE(visitor.get("/user", "id=" + loggedIn.cookie()).body, "ann");
    QCOMPARE(attacker.get("/user").body, "nobody");
}

void TestKnownFaults::cve_2025_46336_aLogoutIsNotUndoneByARequestUnderWay_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<bool>("writes");
    QTest::newRow("hooks, reader") << FrontEnd::Hooks << false;
    QTest::newRow("hooks, writer") << FrontEnd::Hooks << true;
    QTest::newRow("routes, reader") << FrontEnd::Routes << false;
    QTest::newRow("routes, writer") << FrontEnd::Routes << true;
}

void TestKnownFaults::cve_2025_46336_aLogoutIsNotUndoneByARequestUnderWay()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(bool, writes);
    Site site(frontEnd);
    addPages(site);
    site.route(u"/long"_s, [&site, writes](Session &session) {
        std::ignore = session.user();
        if (writes)
            session.insert("draft", u"text"_s);
        site.now += 5min; // a touch is due too
        // Another request logs out while this one is under way.
        [&] { QVERIFY(site.store->inner().remove(session.key(), SessionStore::Removal::Destroyed).takeResult()); }();
    });
    Visitor visitor(site.port());
    visitor.get("/login");
    const QByteArray cookie = visitor.cookieHeader();
    const HttpResponse response = visitor.get("/long");
    QCOMPARE(response.status, writes ? 409 : 200);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(site.sessionCount(), 0);
    QCOMPARE(HttpClient(site.port()).get("/user", cookie).body, "nobody");
}

void TestKnownFaults::cve_2019_16782_theStoreNeverSeesAnId()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    Visitor visitor(site.port());
    visitor.get("/login");
    const QByteArray id = visitor.cookies.value("id");
    SessionQuery query;
    query.withData = true;
    const SessionPage page = site.store->inner().list(query).takeResult().value();
    QCOMPARE(page.records.size(), 1);
    const SessionRecord &record = page.records.first();
    const QByteArray bytes = QByteArray::fromBase64(id, QByteArray::Base64UrlEncoding);
    // What is compared in a look-up is a digest, of which an attacker can choose no part.
    QCOMPARE(record.key.bytes().toByteArray(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    const QByteArray kept = record.key.bytes().toByteArray() + record.data.encoded() + record.flash + record.csrfSecret;
    QVERIFY(!kept.contains(bytes) && !kept.contains(id));
    // Whoever reads the store has no cookie.
    const QByteArray key = record.key.toLatin1();
    for (const QByteArray &guess : {key, key.first(22), key.first(21) + 'A', key.last(22)})
        QCOMPARE(HttpClient(site.port()).get("/user", "id=" + guess).body, "nobody");
}

namespace {

QByteArray *logged = nullptr;

void keep(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged->append(text.toUtf8() + '\n');
}

} // namespace

void TestKnownFaults::cve_2023_20866_noIdIsLogged()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    QByteArray log;
    logged = &log;
    QByteArrayList ids;
    {
        const QtMessageHandler before = qInstallMessageHandler(keep);
        QLoggingCategory::setFilterRules(u"sojourn.*=true"_s);
        Visitor visitor(site.port());
        for (const char *page : {"/visit", "/login", "/user", "/visit"}) {
            visitor.get(page);
            ids += visitor.cookies.value("id");
        }
        // An old id, an unknown one, two of them, and a session that cannot be saved.
        const QByteArray unknown = SessionId::generate().toCookieValue();
        ids += unknown;
        HttpClient other(site.port());
        other.get("/visit", "id=" + ids.first());
        other.get("/visit", "id=" + unknown);
        other.get("/visit", "id=" + ids.first() + "; id=" + ids[1] + "; id=" + unknown);
        other.get("/visit", "id=\"" + unknown + "x\"");
        site.store->inner().removeUser(u"ann"_s, {}, SessionStore::Removal::User).takeResult().value();
        visitor.get("/visit");
        ids += visitor.cookies.value("id");
        visitor.get("/logout");
        for (const QByteArray &id : std::as_const(ids))
            qDebug() << *SessionId::fromCookieValue(id);
        QLoggingCategory::setFilterRules({});
        qInstallMessageHandler(before);
    }
    QVERIFY2(log.contains("SessionId(hidden)"), "the log was not kept");
    QVERIFY2(log.contains(SessionId::fromCookieValue(ids.first())->key().toLatin1().first(6)), "keys are logged");
    for (const QByteArray &id : std::as_const(ids))
        QVERIFY2(!log.contains(id), log.constData());
}

void TestKnownFaults::cve_2015_5143_unknownIdsLeaveNoRecords()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    HttpClient client(site.port());
    for (int i = 0; i < 100; ++i) {
        const HttpResponse response = client.get("/user", "id=" + SessionId::generate().toCookieValue());
        QCOMPARE(response.body, "nobody");
        QVERIFY(response.setCookies().isEmpty());
    }
    QCOMPARE(site.sessionCount(), 0);
    QCOMPARE(site.sessions->metrics().rejectedIds, 100);
}

void TestKnownFaults::cve_2015_5963_aLogoutOfNobodyLeavesNoRecord()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    site.route(u"/flush"_s, [&site](Session &session) { std::ignore = site.store->waitFor(session.flush()); });
    site.route(u"/clear"_s, [](Session &session) {
        session.clear();
        session.rotate();
        session.setUser({});
    });
    HttpClient client(site.port());
    for (const char *page : {"/logout", "/flush", "/clear"}) {
        for (const QByteArray &cookie : {QByteArray(), "id=" + SessionId::generate().toCookieValue()}) {
            const HttpResponse response = client.get(page, cookie);
            QCOMPARE(response.status, 200);
            QVERIFY(response.setCookies().isEmpty());
        }
    }
    QCOMPARE(site.sessionCount(), 0);
}

void TestKnownFaults::cve_2026_39324_whatACookieSaysIsNoSession_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<QByteArray>("cookie");
    const QByteArray json = R"({"user":"ann","user_id":1})";
    const auto forms = std::initializer_list<std::pair<const char *, QByteArray>>{
        {"JSON", json},
        {"base64", json.toBase64(QByteArray::Base64UrlEncoding)},
        {"Marshal", QByteArray::fromHex("04087b063a09757365724922086109063a0645543b").toBase64()},
        {"signed", json.toBase64(QByteArray::Base64UrlEncoding) + ".c2lnbmF0dXJl"},
        {"without a signature", "eyJhbGciOiJub25lIn0." + json.toBase64(QByteArray::Base64UrlEncoding) + '.'},
        {"encrypted", "v1." + QByteArray(64, 'A')},
        {"as long as an id", "eyJ1c2VyIjoiYW5uIn0AAAA"},
    };
    for (const auto &[name, cookie] : forms) {
        QTest::addRow("hooks, %s", name) << FrontEnd::Hooks << cookie;
        QTest::addRow("routes, %s", name) << FrontEnd::Routes << cookie;
    }
}

void TestKnownFaults::cve_2026_39324_whatACookieSaysIsNoSession()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(QByteArray, cookie);
    Site site(frontEnd);
    addPages(site);
    const HttpResponse response = HttpClient(site.port()).get("/user", "id=" + cookie);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, "nobody");
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(site.store->calls, 0);
}

void TestKnownFaults::cve_2023_30861_aRefreshedCookieIsNotCached()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addPages(site);
    site.route(u"/logo"_s, [](Session &session, const QHttpServerRequest &) {
        std::ignore = session.user();
        QHttpServerResponse response("logo");
        return withHeader("logo", "Cache-Control", "public, max-age=3600");
    });
    Visitor visitor(site.port());
    visitor.get("/login");
    const HttpResponse plain = visitor.request("GET", "/logo");
    QVERIFY(plain.setCookies().isEmpty());
    QCOMPARE(plain.value("cache-control"), "public, max-age=3600");
    QVERIFY(plain.value("vary").contains("Cookie"));

    site.now += 1h; // a touch sends the cookie again
    const HttpResponse refreshed = visitor.request("GET", "/logo");
    QCOMPARE(refreshed.setCookies().size(), 1);
    QCOMPARE(refreshed.value("cache-control"), "no-store");
    QVERIFY(refreshed.value("vary").contains("Cookie"));
}

using Look = std::function<void(Session &)>;
Q_DECLARE_METATYPE(Look)

void TestKnownFaults::cve_2026_27205_everyLookAtASessionVariesByCookie_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<Look>("look");
    const auto looks = std::initializer_list<std::pair<const char *, Look>>{
        {"get", [](Session &s) { std::ignore = s.get<int>("a"); }},
        {"getValue", [](Session &s) { std::ignore = s.getValue("a"); }},
        {"data", [](Session &s) { std::ignore = s.data(); }},
        {"remove", [](Session &s) { s.removeValue("a"); }},
        {"insert", [](Session &s) { s.insert("a", 1); }},
        {"clear", [](Session &s) { s.clear(); }},
        {"isEmpty", [](Session &s) { std::ignore = s.isEmpty(); }},
        {"isActive", [](Session &s) { std::ignore = s.isActive(); }},
        {"id", [](Session &s) { std::ignore = s.id(); }},
        {"key", [](Session &s) { std::ignore = s.key(); }},
        {"info", [](Session &s) { std::ignore = s.info(); }},
        {"expiry", [](Session &s) { std::ignore = s.expiry(); }},
        {"expiryDate", [](Session &s) { std::ignore = s.expiryDate(); }},
        {"expiryAge", [](Session &s) { std::ignore = s.expiryAge(); }},
        {"user", [](Session &s) { std::ignore = s.user(); }},
        {"setUser", [](Session &s) { s.setUser({}); }},
        {"rotate", [](Session &s) { s.rotate(); }},
        {"destroy", [](Session &s) { s.destroy(); }},
        {"flash", [](Session &s) { std::ignore = s.flash(); }},
        {"takeFlash", [](Session &s) { std::ignore = s.store()->waitFor(s.takeFlash()); }},
        {"csrfToken", [](Session &s) { std::ignore = s.csrfToken(); }},
        {"verifyCsrfToken", [](Session &s) { std::ignore = s.verifyCsrfToken("x"); }},
        {"load", [](Session &s) { std::ignore = s.store()->waitFor(s.load()); }},
        {"deleteRecord", [](Session &s) { std::ignore = s.store()->waitFor(s.deleteRecord()); }},
        {"flush", [](Session &s) { std::ignore = s.store()->waitFor(s.flush()); }},
        {"revokeUserSessions", [](Session &s) { std::ignore = s.store()->waitFor(s.revokeUserSessions(true)); }},
    };
    for (const auto &[name, look] : looks) {
        QTest::addRow("hooks, %s", name) << FrontEnd::Hooks << look;
        QTest::addRow("routes, %s", name) << FrontEnd::Routes << look;
    }
}

void TestKnownFaults::cve_2026_27205_everyLookAtASessionVariesByCookie()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(Look, look);
    Site site(frontEnd);
    addPages(site);
    site.route(u"/look"_s, look);
    Visitor visitor(site.port());
    QVERIFY(visitor.get("/look").value("vary").contains("Cookie"));
    visitor.get("/login");
    QVERIFY(visitor.get("/look").value("vary").contains("Cookie"));
}

QTEST_GUILESS_MAIN(TestKnownFaults)
#include "tst_knownfaults.moc"
