// SPDX-License-Identifier: MIT
// What a visitor sees of his session, the same over hooks and routes.

#include "site.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::function<void(Sojourn::Session &)>)
Q_DECLARE_METATYPE(Sojourn::SessionOptions)
Q_DECLARE_METATYPE(Sojourn::SameSite)

namespace {

const QByteArray UnknownId = "AAAAAAAAAAAAAAAAAAAAAA";

void visit(Session &session)
{
    session.insert("visits", session.get<int>("visits").value_or(0) + 1);
}

QByteArray attribute(const QByteArray &setCookie, const QByteArray &name)
{
    for (const QByteArray &part : setCookie.split(';')) {
        if (part.trimmed().startsWith(name))
            return part.trimmed();
    }
    return {};
}

} // namespace

class TestSessionManager : public QObject
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
    // ---- Cost and laziness (numbers as in the design: 1 to 3)
    void readingCreatesNothing_data() { frontEnds(); }
    void readingCreatesNothing();
    void whatCreatesASession_data();
    void whatCreatesASession();
    void anEmptiedSessionStays_data() { frontEnds(); }
    void anEmptiedSessionStays();
    void anEqualValueIsNoChange_data() { frontEnds(); }
    void anEqualValueIsNoChange();
    void aTouchIsSentOncePerInterval_data() { frontEnds(); }
    void aTouchIsSentOncePerInterval();
    void ofOverlappingReadersOneTouches_data() { frontEnds(); }
    void ofOverlappingReadersOneTouches();

    // ---- Ids (4, 6, 7, 8)
    void anUnknownIdIsNeverAdopted_data() { frontEnds(); }
    void anUnknownIdIsNeverAdopted();
    void rotationSendsANewIdAndKillsTheOld_data() { frontEnds(); }
    void rotationSendsANewIdAndKillsTheOld();
    void aFailedResponseSavesNothing_data() { frontEnds(); }
    void aFailedResponseSavesNothing();
    void immediateCallsOutliveAFailedResponse_data() { frontEnds(); }
    void immediateCallsOutliveAFailedResponse();
    void aRefusedSaveDoesNotUndoTheOneBefore_data() { frontEnds(); }
    void aRefusedSaveDoesNotUndoTheOneBefore();
    void aSaveBeforeARenewalSendsNoOldCookie_data() { frontEnds(); }
    void aSaveBeforeARenewalSendsNoOldCookie();
    void flashValuesCanBeReadAfterASave_data() { frontEnds(); }
    void flashValuesCanBeReadAfterASave();
    void renewalKeepsTheOldIdForItsGrace_data() { frontEnds(); }
    void renewalKeepsTheOldIdForItsGrace();
    void idsReachNoLog_data() { frontEnds(); }
    void idsReachNoLog();

    // ---- Concurrency and failure (10, 14, 16)
    void aWriterWhoseSessionEndedGetsConflict_data() { frontEnds(); }
    void aWriterWhoseSessionEndedGetsConflict();
    void aReaderWhoseSessionEndedNoticesNothing_data() { frontEnds(); }
    void aReaderWhoseSessionEndedNoticesNothing();
    void theHandlersAnswerCanBeKept_data() { frontEnds(); }
    void theHandlersAnswerCanBeKept();
    void aFailingStoreAnswers503_data() { frontEnds(); }
    void aFailingStoreAnswers503();
    void aTooLargeSessionAnswers413_data() { frontEnds(); }
    void aTooLargeSessionAnswers413();
    void oneSessionTooManyAnswers403_data() { frontEnds(); }
    void oneSessionTooManyAnswers403();

    // ---- Cookies on the wire (17 to 19)
    void theDefaultCookieIsLax_data() { frontEnds(); }
    void theDefaultCookieIsLax();
    void maxAgeFollowsTheDeadline_data() { frontEnds(); }
    void maxAgeFollowsTheDeadline();
    void destroyRemovesRecordAndCookie_data() { frontEnds(); }
    void destroyRemovesRecordAndCookie();
    void otherCookiesSurvive_data() { frontEnds(); }
    void otherCookiesSurvive();
    void responsesWithACookieAreNotStored_data() { frontEnds(); }
    void responsesWithACookieAreNotStored();
    void cachingThatTheHandlerAllowedIsTakenBack_data();
    void cachingThatTheHandlerAllowedIsTakenBack();
    void headersOfTheHandlerCountHoweverTheyAreWritten_data() { frontEnds(); }
    void headersOfTheHandlerCountHoweverTheyAreWritten();
    void aWithheldCookieIsNotReplaced_data();
    void aWithheldCookieIsNotReplaced();
    void aResponseHasOneSessionCookie_data() { frontEnds(); }
    void aResponseHasOneSessionCookie();

    // ---- Expiry (20), CSRF (24)
    void idleAndAbsoluteDeadlinesHoldTogether_data() { frontEnds(); }
    void idleAndAbsoluteDeadlinesHoldTogether();
    void theCsrfTokenFollowsTheRotation_data() { frontEnds(); }
    void theCsrfTokenFollowsTheRotation();
    void aTokenAskedForBeforeTheRotationIsGoodForItsPage_data() { frontEnds(); }
    void aTokenAskedForBeforeTheRotationIsGoodForItsPage();

    // ---- Connections
    void visitorsOnOneConnectionNeverMix_data() { frontEnds(); }
    void visitorsOnOneConnectionNeverMix();
    void pipelinedRequestsKeepOrderAndSession_data() { frontEnds(); }
    void pipelinedRequestsKeepOrderAndSession();
    void aRequestWithoutHeadersSavesNothing_data() { frontEnds(); }
    void aRequestWithoutHeadersSavesNothing();
    void tooManyHeadersLogNobodyOut_data() { frontEnds(); }
    void tooManyHeadersLogNobodyOut();

    // ---- Options
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
    void optionsReachTheStore();
    void withoutAStoreThereIsAClearError();
    void theApplicationShapesWhatTheLibraryAnswers_data() { frontEnds(); }
    void theApplicationShapesWhatTheLibraryAnswers();
    void browsersGetAPageAndOthersJson_data() { frontEnds(); }
    void browsersGetAPageAndOthersJson();
    void aRefusedValueIsNoMatterOfTheVisitor_data() { frontEnds(); }
    void aRefusedValueIsNoMatterOfTheVisitor();

    // ---- Logging in
    void guardsLetInWhoMayEnter_data() { frontEnds(); }
    void guardsLetInWhoMayEnter();
    void theCsrfTokenMayComeInAForm_data() { frontEnds(); }
    void theCsrfTokenMayComeInAForm();
    void theWayBackStaysOnThisSite_data();
    void theWayBackStaysOnThisSite();
};

void TestSessionManager::readingCreatesNothing()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/read"_s, [](Session &session) { QVERIFY(!session.get<int>("visits")); });
    const HttpResponse response = HttpClient(site.port()).get("/read");
    QCOMPARE(response.status, 200);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(site.store->calls, 0);
}

void TestSessionManager::whatCreatesASession_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<std::function<void(Session &)>>("act");
    QTest::addColumn<bool>("creates");
    using Act = std::function<void(Session &)>;
    const std::tuple<const char *, Act, bool> acts[] = {
        {"insert", [](Session &s) { s.insert("a", 1); }, true},
        {"increment", [](Session &s) { s.increment("a"); }, true},
        {"user", [](Session &s) { s.setUser(u"ada"_s); }, true},
        {"flash", [](Session &s) { s.addFlash(u"hello"_s); }, true},
        {"csrf", [](Session &s) { std::ignore = s.csrfToken(); }, true},
        {"clear", [](Session &s) { s.clear(); }, false},
        {"remove", [](Session &s) { s.remove<int>("a"); }, false},
        {"rotate", [](Session &s) { s.rotate(); }, false},
        {"expiry", [](Session &s) { s.setExpiry(Expiry::onInactivity(1h)); }, false},
        {"destroy", [](Session &s) { s.destroy(); }, false},
    };
    for (const auto &[name, act, creates] : acts) {
        QTest::addRow("hooks %s", name) << FrontEnd::Hooks << act << creates;
        QTest::addRow("routes %s", name) << FrontEnd::Routes << act << creates;
    }
}

void TestSessionManager::whatCreatesASession()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(std::function<void(Session &)>, act);
    QFETCH(bool, creates);
    Site site(frontEnd);
    site.route(u"/act"_s, act);
    const HttpResponse response = HttpClient(site.port()).get("/act");
    QCOMPARE(response.status, 200);
    QCOMPARE(response.setCookies().size(), creates ? 1 : 0);
    QCOMPARE(site.sessionCount(), creates ? 1 : 0);
}

void TestSessionManager::anEmptiedSessionStays()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/clear"_s, [](Session &session) { session.clear(); });
    site.route(u"/active"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(session.isActive() && session.data().isEmpty() ? "yes" : "no");
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const QByteArray cookie = visitor.cookieHeader();
    visitor.get("/clear");
    QCOMPARE(visitor.cookieHeader(), cookie);
    QCOMPARE(visitor.get("/active").body, "yes");
}

void TestSessionManager::anEqualValueIsNoChange()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/set"_s, [](Session &session) { session.insert("colour", "red"); });
    Visitor visitor(site.port());
    visitor.get("/set");
    const int calls = site.store->calls;
    QVERIFY(visitor.get("/set").setCookies().isEmpty());
    QCOMPARE(site.store->calls, calls + 1); // it was loaded, not saved
}

void TestSessionManager::aTouchIsSentOncePerInterval()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.idle = 100s}});
    site.route(u"/visit"_s, visit);
    site.route(u"/read"_s, [](Session &session) { std::ignore = session.get<int>("visits"); });
    Visitor visitor(site.port());
    visitor.get("/visit");

    site.now += 9s;
    QVERIFY(visitor.get("/read").setCookies().isEmpty());
    site.now += 1s;
    const HttpResponse touched = visitor.get("/read");
    QCOMPARE(touched.setCookies().size(), 1);
    QCOMPARE(attribute(touched.setCookies().first(), "Max-Age"), "Max-Age=100");
    QVERIFY(visitor.get("/read").setCookies().isEmpty());
    site.now += 99s;
    QCOMPARE(visitor.get("/read").status, 200);
    QCOMPARE(site.sessionCount(), 1);
}

void TestSessionManager::ofOverlappingReadersOneTouches()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.idle = 100s}});
    site.route(u"/visit"_s, visit);
    site.route(u"/late"_s, [&](Session &session) {
        std::ignore = session.get<int>("visits");
        Session overlapping(session.id(), site.sessions->store());
        std::ignore = overlapping.get<int>("visits");
        QVERIFY(site.store->waitFor(overlapping.save()));
        site.now += 1s;
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    site.now += 100s - 1ms;
    QVERIFY(visitor.get("/late").setCookies().isEmpty());
    QCOMPARE(site.store->inner().counters().read().events[SessionEvent::Touched], 1u);
}

void TestSessionManager::anUnknownIdIsNeverAdopted()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    const HttpResponse response = HttpClient(site.port()).get("/visit", "id=" + UnknownId);
    QCOMPARE(response.setCookies().size(), 1);
    QVERIFY(response.cookie() != UnknownId);
    QCOMPARE(site.sessions->metrics().rejectedIds, 1u);
}

void TestSessionManager::rotationSendsANewIdAndKillsTheOld()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/login"_s, [](Session &session) {
        session.setUser(u"ada"_s);
        session.rotate();
    });
    site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)) + session.user());
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const QByteArray oldCookie = visitor.cookieHeader();
    QCOMPARE(visitor.get("/login").setCookies().size(), 1);
    QVERIFY(visitor.cookieHeader() != oldCookie);
    QCOMPARE(visitor.get("/read").body, "1ada");
    QCOMPARE(HttpClient(site.port()).get("/read", oldCookie).body, "0");
    QCOMPARE(site.sessionCount(), 1);
}

void TestSessionManager::aFailedResponseSavesNothing()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/fail"_s, [](Session &session, const QHttpServerRequest &) {
        session.insert("visits", 99);
        session.rotate();
        return QHttpServerResponse(QHttpServerResponse::StatusCode::BadGateway);
    });
    site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)));
    });
    Visitor visitor(site.port());
    QVERIFY(visitor.get("/fail").setCookies().isEmpty());
    QCOMPARE(site.sessionCount(), 0);
    visitor.get("/visit");
    const HttpResponse failed = visitor.get("/fail");
    QCOMPARE(failed.status, 502);
    QVERIFY(failed.setCookies().isEmpty());
    QCOMPARE(visitor.get("/read").body, "1");
}

void TestSessionManager::immediateCallsOutliveAFailedResponse()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    const auto failing = [&](const QString &path, auto act) {
        site.route(path, [&site, act](Session &session, const QHttpServerRequest &) {
            std::ignore = site.store->waitFor(act(session));
            return QHttpServerResponse(QHttpServerResponse::StatusCode::InternalServerError);
        });
    };
    failing(u"/cycle"_s, [](Session &session) { return session.cycleId(); });
    failing(u"/flush"_s, [](Session &session) { return session.flush(); });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const QByteArray oldCookie = visitor.cookieHeader();
    const HttpResponse cycled = visitor.get("/cycle");
    QCOMPARE(cycled.status, 500);
    QCOMPARE(cycled.setCookies().size(), 1);
    QVERIFY(visitor.cookieHeader() != oldCookie);
    const HttpResponse flushed = visitor.get("/flush");
    QCOMPARE(flushed.status, 500);
    QVERIFY(flushed.setCookies().first().contains("Max-Age=0"));
    QCOMPARE(site.sessionCount(), 0);
}

void TestSessionManager::aRefusedSaveDoesNotUndoTheOneBefore()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.store->inner().setSizeLimit(1000);
    site.route(u"/save"_s, [&](Session &session) {
        session.insert("small", 1);
        QVERIFY(site.store->waitFor(session.save()));
        session.insert("large", QString(2000, u'x'));
        QVERIFY(!site.store->waitFor(session.save()));
    });
    site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(QString::number(session.get<int>("small").value_or(0)));
    });
    Visitor visitor(site.port());
    const HttpResponse response = visitor.get("/save");
    QCOMPARE(response.status, 200);
    QCOMPARE(response.setCookies().size(), 1);
    QCOMPARE(visitor.get("/read").body, "1");
}

void TestSessionManager::aSaveBeforeARenewalSendsNoOldCookie()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/save"_s, [&](Session &session) {
        session.insert("before", 1);
        QVERIFY(site.store->waitFor(session.save())); // touches, so the cookie would be sent again
        // Another request renews the id meanwhile.
        QVERIFY(site.store->inner().rotate(session.key(), SessionId::generate().key(), {}, 30s).takeResult());
        session.insert("after", 2);
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    site.now += 5min;
    const HttpResponse response = visitor.get("/save");
    QCOMPARE(response.status, 200);
    QVERIFY(response.setCookies().isEmpty());
}

void TestSessionManager::flashValuesCanBeReadAfterASave()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/add"_s, [](Session &session) { session.addFlash(u"hello"_s); });
    site.route(u"/save"_s, [&](Session &session, const QHttpServerRequest &) {
        session.insert("visits", session.get<int>("visits").value_or(0) + 1);
        session.addFlash(u"for the next"_s);
        [&] { QVERIFY(site.store->waitFor(session.save())); }();
        return QHttpServerResponse(session.flash());
    });
    Visitor visitor(site.port());
    visitor.get("/add");
    QCOMPARE(visitor.get("/save").body, R"(["hello"])");
    QCOMPARE(visitor.get("/save").body, R"(["for the next"])");
}

void TestSessionManager::renewalKeepsTheOldIdForItsGrace()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.touchInterval = 1h, .renewInterval = 10min, .grace = 30s}});
    site.route(u"/visit"_s, visit);
    site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)));
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const QByteArray oldCookie = visitor.cookieHeader();
    site.now += 10min;
    QCOMPARE(visitor.get("/read").setCookies().size(), 1);
    QVERIFY(visitor.cookieHeader() != oldCookie);

    HttpClient late(site.port());
    const HttpResponse inGrace = late.get("/visit", oldCookie);
    QCOMPARE(inGrace.status, 200);
    QVERIFY(inGrace.setCookies().isEmpty());
    QCOMPARE(visitor.get("/read").body, "2");
    site.now += 31s;
    QCOMPARE(late.get("/read", oldCookie).body, "0");
    QCOMPARE(visitor.get("/read").body, "2");
}

void TestSessionManager::idsReachNoLog()
{
    QFETCH(FrontEnd, frontEnd);
    static QString log;
    log.clear();
    const auto previous = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) { log += text; });
    QByteArrayList ids = {UnknownId};
    {
        Site site(frontEnd);
        site.route(u"/visit"_s, visit);
        site.route(u"/print"_s, [](Session &session) { qDebug() << *session.id() << session.key(); });
        Visitor visitor(site.port());
        visitor.get("/visit");
        ids += visitor.cookies.value("id");
        visitor.get("/print");
        site.store->fail(Error{Error::Unavailable, u"gone"_s});
        visitor.get("/visit");
        HttpClient(site.port()).get("/visit", "id=" + UnknownId);
    }
    qInstallMessageHandler(previous);
    QVERIFY(!log.isEmpty());
    for (const QByteArray &id : ids)
        QVERIFY(!log.contains(QLatin1StringView(id)));
}

void TestSessionManager::aWriterWhoseSessionEndedGetsConflict()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/late"_s, [&](Session &session) {
        session.insert("visits", 7);
        std::ignore = site.store->inner().remove(session.key(), SessionStore::Removal::User); // logged out elsewhere
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const HttpResponse response = visitor.get("/late");
    QCOMPARE(response.status, 409);
    QVERIFY(response.setCookies().isEmpty());
    QVERIFY(response.body.contains("\"error\""));
    QCOMPARE(site.sessionCount(), 0);
}

void TestSessionManager::aReaderWhoseSessionEndedNoticesNothing()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/late"_s, [&](Session &session) {
        std::ignore = session.get<int>("visits");
        std::ignore = site.store->inner().remove(session.key(), SessionStore::Removal::User);
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    site.now += 61s; // a touch is due
    const HttpResponse response = visitor.get("/late");
    QCOMPARE(response.status, 200);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(site.sessionCount(), 0);
}

void TestSessionManager::theHandlersAnswerCanBeKept()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.keepAnswerWhenLost = true});
    site.route(u"/visit"_s, visit);
    site.route(u"/late"_s, [&](Session &session) {
        session.insert("visits", 7);
        std::ignore = site.store->inner().remove(session.key(), SessionStore::Removal::User);
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const HttpResponse response = visitor.get("/late");
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, "ok");
    QVERIFY(response.setCookies().isEmpty());
}

void TestSessionManager::aFailingStoreAnswers503()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.retryAfter = 3s});
    site.store->fail(Error{Error::Unavailable, u"down at start"_s});
    site.route(u"/visit"_s, visit);
    site.server->route(u"/bare"_s, [] { return QHttpServerResponse("hello"); });
    Visitor visitor(site.port());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"store fails"_s));
    QCOMPARE(visitor.get("/visit").status, 503);
    site.store->fail(std::nullopt);
    QCOMPARE(visitor.get("/visit").status, 200);

    site.store->fail(Error{Error::Timeout, u"stalled"_s});
    const HttpResponse response = visitor.get("/visit");
    QCOMPARE(response.status, 503);
    QCOMPARE(response.value("retry-after"), "3");
    QVERIFY(response.setCookies().isEmpty());
    QVERIFY(!response.body.contains("stalled")); // the cause is for the log
    QCOMPARE(visitor.get("/bare").body, "hello");
    site.store->fail(std::nullopt);
    QCOMPARE(visitor.get("/visit").status, 200);
    QCOMPARE(site.sessionCount(), 1);
    QVERIFY(site.sessions->metrics().storeErrors >= 2);
}

void TestSessionManager::aTooLargeSessionAnswers413()
{
    QFETCH(FrontEnd, frontEnd);
    for (const SessionOptions &options : {SessionOptions{.sizeLimit = 100}, SessionOptions{.policy = {.sizeLimit = 100}}}) {
        Site site(frontEnd, options);
        site.route(u"/visit"_s, visit);
        site.route(u"/grow"_s, [](Session &session) { session.insert("much", QString(100, u'x')); });
        site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) { return QHttpServerResponse(session.data()); });
        Visitor visitor(site.port());
        QCOMPARE(visitor.get("/grow").status, 413);
        QCOMPARE(site.sessionCount(), 0);
        visitor.get("/visit");
        const HttpResponse response = visitor.get("/grow");
        QCOMPARE(response.status, 413);
        QVERIFY(response.setCookies().isEmpty());
        QCOMPARE(QJsonDocument::fromJson(visitor.get("/read").body).object(), QJsonObject({{u"visits"_s, 1}}));
    }
}

void TestSessionManager::oneSessionTooManyAnswers403()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.cap = UserCap{1, UserCap::Refuse}}});
    site.route(u"/login"_s, [](Session &session) { session.setUser(u"ada"_s); });
    QCOMPARE(HttpClient(site.port()).get("/login").status, 200);
    const HttpResponse second = HttpClient(site.port()).get("/login");
    QCOMPARE(second.status, 403);
    QVERIFY(second.setCookies().isEmpty());
    QCOMPARE(site.sessionCount(), 1);
}

void TestSessionManager::theDefaultCookieIsLax()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    const HttpResponse response = HttpClient(site.port()).get("/visit");
    QCOMPARE(response.setCookies().first(),
             "id=" + response.cookie() + "; Max-Age=1209600; Path=/; HttpOnly; Secure; SameSite=Lax");
    QVERIFY(SessionId::fromCookieValue(response.cookie()));
}

void TestSessionManager::maxAgeFollowsTheDeadline()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.idle = 10s, .absolute = 12'500ms}});
    site.route(u"/visit"_s, visit);
    site.route(u"/browser"_s, [](Session &session) { session.setExpiry(Expiry::onSessionEnd()); });
    site.route(u"/fixed"_s, [&](Session &session) { session.setExpiry(Expiry::atDateTime(toDateTime(site.now + 1'200ms))); });
    Visitor visitor(site.port());
    QCOMPARE(attribute(visitor.get("/visit").setCookies().first(), "Max-Age"), "Max-Age=10");
    site.now += 9s;
    QCOMPARE(attribute(visitor.get("/visit").setCookies().first(), "Max-Age"), "Max-Age=4"); // 3.5 s to the absolute deadline
    QCOMPARE(attribute(visitor.get("/fixed").setCookies().first(), "Max-Age"), "Max-Age=2");
    const HttpResponse browser = visitor.get("/browser");
    QCOMPARE(browser.setCookies().size(), 1);
    QCOMPARE(attribute(browser.setCookies().first(), "Max-Age"), QByteArray());
}

void TestSessionManager::destroyRemovesRecordAndCookie()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.cookie = {.name = "sid", .path = "/shop", .domain = "example.org", .partitioned = true}});
    site.route(u"/visit"_s, visit);
    site.route(u"/logout"_s, [](Session &session) { session.destroy(); });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const HttpResponse response = visitor.get("/logout");
    QCOMPARE(response.setCookies("sid"), QByteArrayList{"sid=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/shop; "
                                                        "Domain=example.org; HttpOnly; Secure; SameSite=Lax; Partitioned"});
    QCOMPARE(site.sessionCount(), 0);
    QVERIFY(visitor.get("/logout").setCookies("sid").isEmpty());
    // Nor for an id that is not alive: it may be another visitor's newer session that the browser holds by now.
    QVERIFY(HttpClient(site.port()).get("/logout", "sid=" + UnknownId).setCookies("sid").isEmpty());
}

void TestSessionManager::otherCookiesSurvive()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/both"_s, [](Session &session, const QHttpServerRequest &) {
        session.insert("a", 1);
        session.rotate();
        return withHeader("ok", "Set-Cookie", "other=1");
    });
    const HttpResponse response = HttpClient(site.port()).get("/both");
    QCOMPARE(response.values("set-cookie").size(), 2);
    QCOMPARE(response.cookie("other"), "1");
    QCOMPARE(response.setCookies().size(), 1);
}

void TestSessionManager::responsesWithACookieAreNotStored()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/read"_s, [](Session &session) { std::ignore = session.get<int>("visits"); });
    site.route(u"/own"_s, [](Session &session, const QHttpServerRequest &) {
        session.insert("own", 1);
        session.rotate();
        return withHeader("ok", "Cache-Control", "private");
    });
    site.server->route(u"/bare"_s, [] { return QHttpServerResponse("hello"); });
    Visitor visitor(site.port());
    const HttpResponse created = visitor.get("/visit");
    QCOMPARE(created.value("cache-control"), "no-store");
    QCOMPARE(created.value("vary"), "Cookie");
    const HttpResponse readAgain = visitor.get("/read");
    QCOMPARE(readAgain.value("cache-control"), QByteArray());
    QCOMPARE(readAgain.value("vary"), "Cookie");
    QCOMPARE(visitor.get("/own").value("cache-control"), "private");
    const HttpResponse bare = visitor.get("/bare");
    QCOMPARE(bare.value("vary"), QByteArray());
    QVERIFY(bare.setCookies().isEmpty());
}

void TestSessionManager::cachingThatTheHandlerAllowedIsTakenBack_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<QByteArray>("sent");
    const std::pair<QByteArray, QByteArray> rows[] = {
        {"public, max-age=3600", "no-store"},
        {"max-age=60", "no-store"},
        {"s-maxage=9, must-revalidate", "no-store"},
        {"private=\"set-cookie\", max-age=60", "no-store"},
        {"x-private", "no-store"},
        {R"(ext="a, private, b", max-age=60)", "no-store"},
        {R"(ext="a\", private", max-age=60)", "no-store"},
        {R"(ext="a, b", private)", R"(ext="a, b", private)"},
        {"private, max-age=60", "private, max-age=60"},
        {"max-age=0,No-Cache", "max-age=0,No-Cache"},
        {"no-store", "no-store"},
    };
    for (const auto &[own, sent] : rows) {
        QTest::addRow("hooks %s", own.constData()) << FrontEnd::Hooks << own << sent;
        QTest::addRow("routes %s", own.constData()) << FrontEnd::Routes << own << sent;
    }
}

void TestSessionManager::cachingThatTheHandlerAllowedIsTakenBack()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(QByteArray, own);
    QFETCH(QByteArray, sent);
    Site site(frontEnd);
    site.route(u"/page"_s, [own](Session &session, const QHttpServerRequest &) {
        session.insert("a", 1);
        return withHeader("ok", "Cache-Control", own);
    });
    Visitor visitor(site.port());
    const HttpResponse first = visitor.get("/page");
    QCOMPARE(first.setCookies().size(), 1);
    QCOMPARE(first.value("cache-control"), sent);
    QCOMPARE(first.value("vary"), "Cookie");
    const HttpResponse second = visitor.get("/page"); // changes nothing, sends no cookie
    QCOMPARE(second.value("cache-control"), own);
    QCOMPARE(second.value("vary"), "Cookie");
}

void TestSessionManager::headersOfTheHandlerCountHoweverTheyAreWritten()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, [](Session &session, const QHttpServerRequest &request) {
        visit(session);
        session.rotate();
        const QByteArray spelling = request.query().queryItemValue(u"as"_s).toLatin1();
        const auto as = [&](const QByteArray &name) {
            return spelling == "lower" ? name.toLower()
                 : spelling == "upper" ? name.toUpper()
                 : spelling == "first" ? name.first(1) + name.sliced(1).toLower()
                                       : name;
        };
        const std::pair<QByteArray, QByteArray> own[] = {{"Cache-Control", "public, max-age=60"},
                                                         {"CDN-Cache-Control", "max-age=60"},
                                                         {"Surrogate-Control", "max-age=60"},
                                                         {"Set-Cookie", "id=mine"},
                                                         {"Set-Cookie", "other=1"}};
        QHttpServerResponse response("ok");
        for (const auto &[name, value] : own)
            response = withHeader(std::move(response), as(name), value);
        return response;
    });
    Visitor visitor(site.port());
    for (const QByteArray spelling : {"mixed", "lower", "upper", "first"}) {
        const HttpResponse response = visitor.get("/visit?as=" + spelling);
        QCOMPARE(response.values("cache-control"), QByteArrayList{"no-store"});
        QVERIFY(response.values("cdn-cache-control").isEmpty() && response.values("surrogate-control").isEmpty());
        QCOMPARE(response.setCookies().size(), 1);
        QVERIFY(SessionId::fromCookieValue(response.cookie()));
        QCOMPARE(response.cookie("other"), "1");
    }
}

void TestSessionManager::aWithheldCookieIsNotReplaced_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<SameSite>("sameSite");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<bool>("withheld");
    const QByteArray cross = "Sec-Fetch-Site: cross-site";
    const QByteArrayList link{cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"};
    const QByteArrayList frame{cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"};
    const QByteArrayList image{cross, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"};
    const std::tuple<const char *, SameSite, QByteArray, QByteArrayList, bool> rows[] = {
        {"strict, link", SameSite::Strict, "GET", link, true},
        {"strict, own page", SameSite::Strict, "GET", {"Sec-Fetch-Site: same-origin", link[1], link[2]}, false},
        {"strict, other host of the site", SameSite::Strict, "GET", {"Sec-Fetch-Site: same-site", link[1], link[2]}, false},
        {"strict, typed in", SameSite::Strict, "GET", {"Sec-Fetch-Site: none", link[1], link[2]}, false},
        {"strict, no browser", SameSite::Strict, "GET", {}, false},
        {"lax, link", SameSite::Lax, "GET", link, false},
        {"lax, form", SameSite::Lax, "POST", link, true},
        {"lax, frame", SameSite::Lax, "GET", frame, true},
        {"lax, image", SameSite::Lax, "GET", image, true},
        {"lax, says no more", SameSite::Lax, "GET", {cross}, true},
        {"lax, own form", SameSite::Lax, "POST", {"Sec-Fetch-Site: same-origin", link[1], link[2]}, false},
        {"none, form", SameSite::None, "POST", link, false},
    };
    for (const auto &[name, sameSite, method, headers, withheld] : rows) {
        QTest::addRow("hooks %s", name) << FrontEnd::Hooks << sameSite << method << headers << withheld;
        QTest::addRow("routes %s", name) << FrontEnd::Routes << sameSite << method << headers << withheld;
    }
}

void TestSessionManager::aWithheldCookieIsNotReplaced()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(SameSite, sameSite);
    QFETCH(QByteArray, method);
    QFETCH(QByteArrayList, headers);
    QFETCH(bool, withheld);
    Site site(frontEnd, {.cookie = {.sameSite = sameSite}});
    site.route(u"/visit"_s, [&site](Session &session, const QHttpServerRequest &) {
        visit(session);
        session.setUser(u"ann"_s);
        session.rotate();
        const auto saved = site.store->waitFor(session.save());
        return QHttpServerResponse(saved ? session.user() : u"not saved"_s);
    });
    HttpClient client(site.port());
    const HttpResponse response = client.request(method, "/visit", {}, {}, headers);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, "ann");
    QCOMPARE(response.setCookies().size(), withheld ? 0 : 1);
    QCOMPARE(site.sessionCount(), withheld ? 0 : 1);

    // A cookie that did come was not withheld, whatever it is worth.
    const QByteArray own = client.get("/visit").cookie();
    QCOMPARE(client.request(method, "/visit", "id=" + own, {}, headers).setCookies().size(), 1);
    QCOMPARE(client.request(method, "/visit", "id=" + UnknownId, {}, headers).setCookies().size(), 1);
}

void TestSessionManager::aResponseHasOneSessionCookie()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, [](Session &session, const QHttpServerRequest &) {
        visit(session);
        session.rotate();
        return withHeader(withHeader("ok", "Set-Cookie", "id=mine"), "Set-Cookie", "other=1");
    });
    site.route(u"/again"_s, [&site](Session &session, const QHttpServerRequest &) {
        QTest::qVerify(site.store->waitFor(session.flush()).has_value(), "flush", "", __FILE__, __LINE__);
        session.insert("a", 1);
        return QHttpServerResponse("ok");
    });
    Visitor visitor(site.port());
    const HttpResponse response = visitor.get("/visit");
    QCOMPARE(response.setCookies().size(), 1);
    QVERIFY(SessionId::fromCookieValue(response.cookie()));
    QCOMPARE(response.cookie("other"), "1");
    const HttpResponse again = visitor.get("/again");
    QCOMPARE(again.setCookies().size(), 1);
    QVERIFY(SessionId::fromCookieValue(again.cookie()));
}

void TestSessionManager::idleAndAbsoluteDeadlinesHoldTogether()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.policy = {.idle = 10s, .absolute = 25s}});
    site.route(u"/visit"_s, visit);
    site.route(u"/rotate"_s, [](Session &session) { session.rotate(); });
    site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(session.isActive() ? "alive" : "none");
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    site.now += 9s;
    QCOMPARE(visitor.get("/read").body, "alive");
    site.now += 9s;
    visitor.get("/rotate");
    QCOMPARE(visitor.get("/read").body, "alive");
    site.now += 7s;
    QCOMPARE(visitor.get("/read").body, "none"); // 25 s after it was created

    Visitor idler(site.port());
    idler.get("/visit");
    site.now += 10s;
    QCOMPARE(idler.get("/read").body, "none");
}

/// "/token" gives the session's token, "/protected" asks for it.
static void addCsrfRoutes(Site &site)
{
    site.route(u"/token"_s,
               [](Session &session, const QHttpServerRequest &) { return QHttpServerResponse(session.csrfToken()); });
    site.route(u"/protected"_s, [](Session &session, const QHttpServerRequest &request) {
        const bool right = session.verifyCsrfToken(QString::fromLatin1(request.value("X-CSRF-Token")));
        return QHttpServerResponse(right ? QHttpServerResponse::StatusCode::Ok : QHttpServerResponse::StatusCode::Forbidden);
    });
}

static int statusWithToken(Visitor &visitor, const QByteArray &token)
{
    return visitor.request("POST", "/protected", "{}", {"X-CSRF-Token: " + token}).status;
}

void TestSessionManager::theCsrfTokenFollowsTheRotation()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addCsrfRoutes(site);
    site.route(u"/login"_s, [](Session &session, const QHttpServerRequest &) {
        session.rotate();
        return QHttpServerResponse(session.csrfToken());
    });
    Visitor visitor(site.port());
    const auto post = [&](const QByteArray &token) { return statusWithToken(visitor, token); };
    const QByteArray first = visitor.get("/token").body;
    QVERIFY(!first.isEmpty());
    QCOMPARE(visitor.get("/token").body, first);
    QCOMPARE(post(first), 200);
    QCOMPARE(post("x"), 403);
    const QByteArray second = visitor.get("/login").body;
    QVERIFY(second != first);
    QCOMPARE(post(first), 403);
    QCOMPARE(post(second), 200);
}

void TestSessionManager::aTokenAskedForBeforeTheRotationIsGoodForItsPage()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addCsrfRoutes(site);
    site.route(u"/login"_s, [](Session &session, const QHttpServerRequest &) {
        const QString token = session.csrfToken();
        session.logIn(u"ann"_s);
        return QHttpServerResponse(token);
    });
    site.route(u"/cycle"_s, [](Session &session, const QHttpServerRequest &) {
        const QString token = session.csrfToken();
        std::ignore = session.cycleId();
        return QHttpServerResponse(token);
    });
    site.route(u"/rotate"_s, [](Session &session, const QHttpServerRequest &) {
        session.rotate();
        return QHttpServerResponse("ok");
    });
    Visitor visitor(site.port());
    const auto post = [&](const QByteArray &token) { return statusWithToken(visitor, token); };
    for (const QByteArray &page : {"/login"_ba, "/cycle"_ba}) { // the first without a session, the second with one
        const QByteArray inThePage = visitor.get(page).body;
        QCOMPARE(post(inThePage), 200);
        const QByteArray fresh = visitor.get("/token").body;
        QCOMPARE(post(fresh), 200);
        QCOMPARE(post(inThePage), 200); // asking does not end it
        visitor.get("/rotate");
        QCOMPARE(post(inThePage), 403);
        QCOMPARE(post(fresh), 403);
    }
}

void TestSessionManager::visitorsOnOneConnectionNeverMix()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/name"_s, [](Session &session, const QHttpServerRequest &request) {
        session.insert("name", QString::fromLatin1(request.value("X-Name")));
        return QHttpServerResponse("ok");
    });
    site.route(u"/who"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(session.get<QString>("name").value_or(u"nobody"_s));
    });
    HttpClient proxy(site.port());
    QByteArrayList cookies;
    for (int i = 0; i < 9; ++i) {
        const HttpResponse named = proxy.get("/name", {}, {"X-Name: visitor" + QByteArray::number(i)});
        cookies += "id=" + named.cookie();
    }
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 9; ++i) {
            QCOMPARE(proxy.get("/who", cookies[i]).body, "visitor" + QByteArray::number(i));
            QCOMPARE(proxy.get("/who").body, "nobody");
        }
    }
}

void TestSessionManager::pipelinedRequestsKeepOrderAndSession()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/who"_s,
               [](Session &session, const QHttpServerRequest &) { return QHttpServerResponse(session.key().toString()); });
    QByteArrayList cookies;
    QByteArray all;
    for (int i = 0; i < 5; ++i) {
        cookies += HttpClient(site.port()).get("/visit").cookie();
        all += HttpClient::message("GET", "/who", "id=" + cookies.last());
    }
    HttpClient client(site.port());
    client.send(all);
    for (const QByteArray &cookie : cookies)
        QCOMPARE(client.read().body, SessionId::fromCookieValue(cookie)->key().toLatin1());
}

void TestSessionManager::aRequestWithoutHeadersSavesNothing()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.route(u"/read"_s, [](Session &session) { std::ignore = session.get<int>("visits"); });
    HttpClient client(site.port());
    client.send("GET /read HTTP/1.1\r\n\r\n");
    QCOMPARE(client.read().status, 200);
    client.send("GET /visit HTTP/1.1\r\n\r\n");
    const HttpResponse response = client.read();
    QCOMPARE(response.status, 400);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(site.sessionCount(), 0);
}

void TestSessionManager::tooManyHeadersLogNobodyOut()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    Visitor visitor(site.port());
    visitor.get("/visit");
    const QByteArrayList tooMany(101, "X-Filler: 1"), tooLong{"X-Filler: " + QByteArray(120'000, 'x')};
    for (const QByteArrayList &headers : {tooMany, tooLong}) {
        // Qt drops them all, or refuses the request.
        QVERIFY(HttpClient(site.port()).get("/visit", visitor.cookieHeader(), headers).setCookies().isEmpty());
        QCOMPARE(site.sessionCount(), 1);
    }
    HttpClient bareNewline(site.port());
    bareNewline.send("GET /visit HTTP/1.1\r\nHost: localhost\nX: 1\r\nCookie: " + visitor.cookieHeader() + "\r\n\r\n");
    QVERIFY(bareNewline.read(500).setCookies().isEmpty());
    QCOMPARE(site.sessionCount(), 1);
    QCOMPARE(visitor.get("/visit").status, 200);
}

void TestSessionManager::badOptionsAreRefused_data()
{
    QTest::addColumn<SessionOptions>("options");
    QTest::addColumn<QString>("says");
    const auto cookie = [](const char *row, const CookieOptions &options, const QString &says) {
        QTest::newRow(row) << SessionOptions{.cookie = options} << says;
    };
    cookie("__Host- with Domain", {.name = "__Host-id", .domain = "example.org"}, u"must have no Domain"_s);
    cookie("__Host- with Path", {.name = "__Host-id", .path = "/shop"}, u"Path must be \"/\""_s);
    cookie("__Host- without Secure", {.name = "__Host-id", .secure = false}, u"must be Secure"_s);
    cookie("__host- in small letters", {.name = "__host-id", .secure = false}, u"must be Secure"_s);
    cookie("__Secure- without Secure", {.name = "__Secure-id", .secure = false}, u"must be Secure"_s);
    cookie("SameSite=None without Secure", {.secure = false, .sameSite = SameSite::None}, u"SameSite=None must be Secure"_s);
    cookie("Partitioned without Secure", {.secure = false, .partitioned = true}, u"Partitioned cookie must be Secure"_s);
    for (const char *name : {"", "a b", "a;b", "a=b", "a,b", "a\"b", "a\tb", "a\nb", "a(b", "\xc3\xa9"})
        cookie(QByteArray("name " + QByteArray(name).toHex()).constData(), {.name = name}, u"not allowed"_s);
    cookie("path without slash", {.path = "shop"}, u"begin with \"/\""_s);
    cookie("path with an attribute", {.path = "/; Domain=evil.example"}, u"no \";\""_s);
    cookie("domain with an attribute", {.domain = "a; Path=/"}, u"no host name"_s);
    QTest::newRow("idle") << SessionOptions{.policy = {.idle = 0s}} << u"idle time"_s;
    QTest::newRow("absolute") << SessionOptions{.policy = {.absolute = -1s}} << u"absolute lifetime"_s;
    QTest::newRow("touch") << SessionOptions{.policy = {.touchInterval = -1s}} << u"touch interval"_s;
    QTest::newRow("no touch in time") << SessionOptions{.policy = {.idle = 60s, .touchInterval = 60s}} << u"touch interval"_s;
    QTest::newRow("renewal") << SessionOptions{.policy = {.renewInterval = 0s}} << u"renewal interval"_s;
    QTest::newRow("grace") << SessionOptions{.policy = {.grace = -1s}} << u"grace time"_s;
    QTest::newRow("cap") << SessionOptions{.policy = {.cap = UserCap{0, UserCap::Evict}}} << u"cap"_s;
    QTest::newRow("size") << SessionOptions{.sizeLimit = 0} << u"size limit"_s;
    QTest::newRow("size of the policy") << SessionOptions{.policy = {.sizeLimit = 0}} << u"size limit"_s;
    for (const char *origin :
         {"shop.example", "https://shop.example/", "*", "https://*.shop.example", "null", "", "https://shop.example:443",
          "http://shop.example:80", "https://ann@shop.example", "https://shop.example "}) {
        QTest::newRow(origin) << SessionOptions{.webSocketOrigins = {u"https://good.example"_s, QString::fromLatin1(origin)}}
                              << u'"' + QString::fromLatin1(origin) + u"\" in webSocketOrigins"_s;
    }
    QTest::newRow("sweep") << SessionOptions{.sweepInterval = -1s} << u"sweep interval"_s;
    QTest::newRow("retry") << SessionOptions{.retryAfter = -1s} << u"Retry-After"_s;
}

void TestSessionManager::badOptionsAreRefused()
{
    QFETCH(SessionOptions, options);
    QFETCH(QString, says);
    const Result<void> valid = SessionManager::validate(options);
    QVERIFY(!valid);
    QCOMPARE(valid.error().code, Error::Invalid);
    QVERIFY2(valid.error().text.contains(says), qPrintable(valid.error().text));

    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QRegularExpression::escape(says)));
    QHttpServer server;
    SessionManager sessions(std::make_shared<MemoryStore>(), options);
    QVERIFY(sessions.error());
    QVERIFY(!sessions.install(&server));
    QVERIFY(!sessions.route(&server, u"/"_s, [](Session &) { return QHttpServerResponse("ok"); }));
}

void TestSessionManager::optionsReachTheStore()
{
    const auto store = std::make_shared<MemoryStore>();
    const SessionManager sessions(store, {.cookie = {.name = "__Host-id"}, .sizeLimit = 1234});
    QVERIFY(!sessions.error());
    QCOMPARE(store->sizeLimit(), 1234);
    const SessionManager second(store, {.cookie = {.name = "second"}, .sizeLimit = 10});
    QCOMPARE(store->sizeLimit(), 1234); // each keeps its own
    QCOMPARE(sessions.store(), store);
    QCOMPARE(sessions.options().cookie.name, "__Host-id");
}

void TestSessionManager::withoutAStoreThereIsAClearError()
{
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"needs a store"_s));
    QHttpServer server;
    SessionManager sessions(nullptr);
    QVERIFY(sessions.error());
    QCOMPARE(sessions.error()->code, Error::Invalid);
    QVERIFY(!sessions.install(&server));
    QVERIFY(!sessions.route(&server, u"/"_s, [](Session &) { return QHttpServerResponse("ok"); }));
    QCOMPARE(sessions.metrics().rejectedIds, 0u);
    QVERIFY(sessions.store());
}

void TestSessionManager::theApplicationShapesWhatTheLibraryAnswers()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, {.errorResponse = [](const RequestError &error, const QHttpServerRequest &request) {
                  QHttpServerResponse response(request.url().path() + u' ' + QString::number(int(error.code)), error.status);
                  return request.url().hasQuery() ? withHeader(std::move(response), "Retry-After", "30") : std::move(response);
              }});
    site.route(u"/visit"_s, visit);
    site.route(u"/late"_s, [&](Session &session) {
        session.insert("visits", 7);
        std::ignore = site.store->inner().remove(session.key(), SessionStore::Removal::User);
    });
    Visitor visitor(site.port());
    visitor.get("/visit");
    const HttpResponse conflict = visitor.get("/late");
    QCOMPARE(conflict.status, 409);
    QCOMPARE(conflict.body, "/late " + QByteArray::number(Error::NotFound));
    site.store->fail(Error{Error::Timeout, u"stalled"_s});
    const HttpResponse unavailable = visitor.get("/visit");
    QCOMPARE(unavailable.status, 503);
    QCOMPARE(unavailable.body, "/visit " + QByteArray::number(Error::Timeout));
    QCOMPARE(unavailable.value("retry-after"), "1");
    QCOMPARE(visitor.get("/visit?later").values("retry-after"), QByteArrayList{"30"});
}

void TestSessionManager::browsersGetAPageAndOthersJson()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/visit"_s, visit);
    site.store->fail(Error{Error::Timeout, u"stalled"_s});
    HttpClient client(site.port());
    const HttpResponse json = client.get("/visit", {}, {"Accept: */*"});
    QCOMPARE(json.status, 503);
    QVERIFY(json.value("content-type").startsWith("application/json"));
    const HttpResponse page = client.get("/visit", {}, {"Accept: text/html,application/xhtml+xml"});
    QCOMPARE(page.status, 503);
    QVERIFY(page.value("content-type").startsWith("text/html"));
    QVERIFY(page.body.contains("<h1>503</h1>"));
}

void TestSessionManager::aRefusedValueIsNoMatterOfTheVisitor()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    site.route(u"/bad"_s, [](Session &session) { session.insert(QString(QChar(0xd800)), 1); });
    HttpClient client(site.port());
    const HttpResponse json = client.get("/bad", {}, {"Accept: */*"});
    QCOMPARE(json.status, 409);
    QVERIFY2(json.body.contains("Unicode"), json.body.constData());
    const HttpResponse page = client.get("/bad", {}, {"Accept: text/html"});
    QCOMPARE(page.status, 409);
    QVERIFY2(!page.body.contains("Unicode") && page.body.contains("could not be saved"), page.body.constData());
}

namespace {

/// A page of \a site behind \a guard.
void addGuarded(Site &site, FrontEnd frontEnd, const QString &path, const Guard &guard)
{
    if (frontEnd == FrontEnd::Routes) {
        QVERIFY(site.sessions->route(site.server.get(), path, SessionManager::guarded(guard, [] { return "in"; })));
        return;
    }
    site.server->route(path, [&site, guard](const QHttpServerRequest &request) {
        if (auto refusal = site.sessions->refusal(request, guard))
            return std::move(*refusal);
        return QHttpServerResponse("in");
    });
}

} // namespace

void TestSessionManager::guardsLetInWhoMayEnter()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addGuarded(site, frontEnd, u"/user"_s, Guard::user());
    addGuarded(site, frontEnd, u"/page"_s, Guard::user(u"/login"_s));
    addGuarded(site, frontEnd, u"/admin"_s, Guard::role(u"admin"_s));
    addGuarded(site, frontEnd, u"/editor"_s, Guard::role(u"editor"_s, u"/login"_s, u"roles"_s));
    addGuarded(site, frontEnd, u"/even"_s,
               Guard::that([](const Session &session, const QHttpServerRequest &) { return session.get<int>("n") == 2; }));
    site.route(u"/login"_s, [](Session &session) { session.setUser(u"ada"_s); });
    site.route(u"/become"_s, [](Session &session, const QHttpServerRequest &request) {
        session.insert("role", request.query().queryItemValue(u"role"_s));
        return QHttpServerResponse("ok");
    });
    site.route(u"/promote"_s, [](Session &session) {
        session.insert("role", "admin");
        session.insert("roles", QStringList{u"reader"_s, u"editor"_s});
        session.insert("n", 2);
    });
    Visitor visitor(site.port());
    QCOMPARE(visitor.get("/user").status, 401);
    QCOMPARE(visitor.get("/admin").status, 401);
    QCOMPARE(visitor.get("/even").status, 401);
    QCOMPARE(visitor.get("/page?n=1").value("location"), "/login?next=/page%3Fn%3D1");
    QCOMPARE(visitor.get("/editor").value("location"), "/login?next=/editor");
    QVERIFY(visitor.get("/user").value("vary") == "Cookie");
    QCOMPARE(site.sessionCount(), 0);
    {
        Visitor stranger(site.port()); // a role without a user is nobody's
        stranger.get("/promote");
        QCOMPARE(stranger.get("/admin").status, 401);
        QCOMPARE(stranger.get("/editor").value("location"), "/login?next=/editor");
    }
    visitor.get("/login");
    for (const char *other : {"administrator", "not-admin", "Admin"}) {
        visitor.get("/become?role="_ba + other);
        QCOMPARE(visitor.get("/admin").status, 403);
    }
    QCOMPARE(visitor.get("/user").body, "in");
    QCOMPARE(visitor.get("/page").body, "in");
    QCOMPARE(visitor.get("/admin").status, 403);
    QCOMPARE(visitor.get("/editor").status, 403);
    QCOMPARE(visitor.get("/even").status, 403);
    visitor.get("/promote");
    for (const char *page : {"/admin", "/editor", "/even"})
        QCOMPARE(visitor.get(page).body, "in");
    site.store->fail(Error{Error::Unavailable, u"down"_s});
    QCOMPARE(visitor.get("/user").status, 503);
}

void TestSessionManager::theCsrfTokenMayComeInAForm()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addGuarded(site, frontEnd, u"/transfer"_s, Guard::csrfToken());
    site.route(u"/token"_s,
               [](Session &session, const QHttpServerRequest &) { return QHttpServerResponse(session.csrfToken()); });
    Visitor visitor(site.port());
    const QByteArray token = visitor.get("/token").body;
    const auto post = [&](const QByteArray &body, const QByteArrayList &headers) {
        return visitor.request("POST", "/transfer", body, headers).status;
    };
    const QByteArray form = "Content-Type: application/x-www-form-urlencoded; charset=utf-8";
    QCOMPARE(post("a=1&csrf=" + token + "&b=2", {form}), 200);
    QCOMPARE(post("%63srf=" + token, {form}), 200);
    QCOMPARE(post("x", {"X-CSRF-Token: " + token}), 200);
    QCOMPARE(post("csrf=" + token, {"Content-Type: text/plain"}), 403);
    QCOMPARE(post("csrf=" + token, {}), 403);
    QCOMPARE(post("xcsrf=" + token, {form}), 403);
    QCOMPARE(post("csrf=", {form}), 403);
    QCOMPARE(post("csrf=" + token, {form, "X-CSRF-Token: wrong"}), 403);
    QCOMPARE(visitor.request("POST", "/transfer?csrf=" + token).status, 403);
}

void TestSessionManager::theWayBackStaysOnThisSite_data()
{
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("page") << QByteArray("/cart%3Fa%3D1") << QByteArray("/cart?a=1");
    QTest::newRow("none") << QByteArray() << QByteArray("/home");
    for (const char *next :
         {"https://evil.example/", "//evil.example/", "%2F%2Fevil.example", "/%5Cevil.example", "%5C%5Cevil.example",
          "/%09/evil.example", "/a%0D%0ASet-Cookie:%20x=1", "javascript:alert(1)", "evil", "%20//evil.example", "/%7F"})
        QTest::newRow(next) << QByteArray(next) << QByteArray("/home");
}

void TestSessionManager::theWayBackStaysOnThisSite()
{
    QFETCH(QByteArray, next);
    QFETCH(QByteArray, location);
    Site site(FrontEnd::Routes);
    site.route(u"/login"_s, [](Session &, const QHttpServerRequest &request) {
        return SessionManager::redirect(SessionManager::nextPage(request, u"/home"_s));
    });
    HttpClient client(site.port());
    const HttpResponse inUrl = client.get("/login?x=1&next=" + next);
    QCOMPARE(inUrl.status, 303);
    QCOMPARE(inUrl.value("location"), location);
    QCOMPARE(client.request("POST", "/login", {}, "next=" + next, {"Content-Type: application/x-www-form-urlencoded"})
                 .value("location"),
             location);
}

QTEST_GUILESS_MAIN(TestSessionManager)
#include "tst_sessionmanager.moc"
