// SPDX-License-Identifier: MIT
// What the log says to whoever uses the library for the first time, and wrongly: each once, with its remedy.

#include "site.h"

#include <QtCore/QLoggingCategory>
#include <QtTest/QTest>

#include <thread>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

QStringList said; ///< what the log said since it was last emptied
QtMessageHandler others;

void listen(QtMsgType, const QMessageLogContext &context, const QString &text)
{
    if (QByteArrayView(context.category).startsWith("sojourn."))
        said += text;
    else
        others(QtWarningMsg, context, text);
}

/// Whether the log said one thing, which has all of \a words.
bool saidOnce(const QStringList &words)
{
    const QStringList texts = std::exchange(said, {});
    const bool fits = texts.size() == 1
                   && std::ranges::all_of(words, [&](const QString &word) { return texts.first().contains(word); });
    if (!fits)
        qWarning("The log said: %ls", qUtf16Printable(texts.join(u"\n"_s)));
    return fits;
}

} // namespace

class TestFirstHour : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { others = qInstallMessageHandler(listen); }
    void init()
    {
        said.clear();
        QLoggingCategory::setFilterRules(u"sojourn.*.debug=false"_s); // QTest wants all
    }

    void noStore();
    void noEventLoop();
    void installTooLate();
    void aHandlerThatDoesNotFitItsPath();
    void theWrongThread();
    void aSecondRouteOfOnePath();
    void secureOverPlainHttp();
    void noWarningWhereTheCookieIsKept_data();
    void noWarningWhereTheCookieIsKept();
    void logOutsAreNoUnknownIds();
    void anotherApplicationWithTheSameCookie();
    void twoManagersOfOneName();
    void aChangeAfterTheResponse();
    void aSessionInAForeignThread();
    void aStoreInAForeignThread();
    void aWaitThatCannotEnd();
    void theDebugLineTells();
    void theDebugLineKnowsImmediateSaves();
    void theDebugLineKnowsWhatWasRemovedUnread();
    void theDebugLineKnowsAStoreThatFails();
    void theDebugLineCostsNothingWhenItIsOff();
};

void TestFirstHour::noStore()
{
    SessionManager sessions(nullptr);
    QVERIFY(saidOnce({u"needs a store"_s, u"std::make_shared<Sojourn::MemoryStore>()"_s}));
    QHttpServer server;
    QVERIFY(!sessions.install(&server));
    QVERIFY(saidOnce({u"install() does nothing"_s, u"needs a store"_s}));
    QVERIFY(!sessions.route(&server, u"/a"_s, [](Session &) { return QHttpServerResponse("ok"); }));
    QVERIFY(saidOnce({u"route(\"/a\") is not added"_s, u"needs a store"_s}));
}

void TestFirstHour::noEventLoop()
{
    std::thread([] {
        const auto server = std::make_unique<QHttpServer>();
        SessionManager sessions(std::make_shared<MemoryStore>());
        sessions.install(server.get());
    }).join();
    said.removeIf([](const QString &text) { return !text.contains(u"event loop"_s); });
    QVERIFY(saidOnce({u"Make the QCoreApplication first"_s, u"exec()"_s}));
}

void TestFirstHour::installTooLate()
{
    Site site(FrontEnd::Routes);
    site.server->route(u"/early"_s, [&](const QHttpServerRequest &request) {
        site.sessions->session(request).insert("a", 1);
        return QHttpServerResponse("ok");
    });
    QVERIFY(site.sessions->install(site.server.get()));
    HttpClient client(site.port());
    QCOMPARE(client.get("/early").status, 200);
    QVERIFY(saidOnce({u"Call install() before the first route"_s}));
}

void TestFirstHour::aHandlerThatDoesNotFitItsPath()
{
    Site site(FrontEnd::Routes);
    QVERIFY(!site.sessions->route(site.server.get(), u"/item/<arg>/<arg>"_s, [](int) { return QHttpServerResponse("ok"); }));
    QVERIFY(saidOnce({u"does not take as many arguments as the path has <arg>"_s}));
    QVERIFY(!site.sessions->route(site.server.get(), u"item"_s, [] { return QHttpServerResponse("ok"); }));
    QVERIFY(saidOnce({u"Paths begin with \"/\""_s}));
}

void TestFirstHour::theWrongThread()
{
    Site site(FrontEnd::Routes);
    std::thread([&] {
        if (site.sessions->route(site.server.get(), u"/a"_s, [] { return QHttpServerResponse("ok"); }))
            said += u"It was added."_s;
    }).join();
    QVERIFY(saidOnce({u"Call this in the thread of the server"_s}));
}

void TestFirstHour::aSecondRouteOfOnePath()
{
    Site site(FrontEnd::Routes);
    QVERIFY(site.sessions->route(site.server.get(), u"/a"_s, [] { return QHttpServerResponse("ok"); }));
    QVERIFY(!site.sessions->route(site.server.get(), u"/a"_s, [] { return QHttpServerResponse("ok"); }));
    QVERIFY(saidOnce({u"An earlier route takes all its requests"_s}));
}

namespace {

HttpResponse getFrom(quint16 port, const QByteArray &host, const QByteArray &header = {})
{
    HttpClient client(port);
    client.send("GET /visit HTTP/1.1\r\nHost: " + host + "\r\n" + (header.isEmpty() ? QByteArray() : header + "\r\n") + "\r\n");
    return client.read();
}

void addVisit(Site &site)
{
    site.route(u"/visit"_s, [](Session &session) { session.increment("visits"); });
}

} // namespace

void TestFirstHour::noWarningWhereTheCookieIsKept_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("secure");
    QTest::newRow("localhost") << QByteArray("localhost:8080") << QByteArray() << true;
    QTest::newRow("127.0.0.1") << QByteArray("127.0.0.1:8080") << QByteArray() << true;
    QTest::newRow("IPv6") << QByteArray("[::1]:8080") << QByteArray() << true;
    QTest::newRow("proxy") << QByteArray("shop.example") << QByteArray("X-Forwarded-Proto: https") << true;
    QTest::newRow("standard proxy") << QByteArray("shop.example") << QByteArray("Forwarded: for=1.2.3.4;proto=https") << true;
    QTest::newRow("not Secure") << QByteArray("shop.example") << QByteArray() << false;
}

void TestFirstHour::noWarningWhereTheCookieIsKept()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, header);
    QFETCH(bool, secure);
    SessionOptions options;
    options.cookie.secure = secure;
    Site site(FrontEnd::Routes, options);
    addVisit(site);
    QVERIFY(!getFrom(site.port(), host, header).setCookies().isEmpty());
    QCOMPARE(said, QStringList());
}

void TestFirstHour::secureOverPlainHttp()
{
    Site site(FrontEnd::Routes);
    addVisit(site);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!getFrom(site.port(), "shop.example:8080").setCookies().isEmpty());
    QVERIFY(saidOnce({u"Secure"_s, u"X-Forwarded-Proto: https"_s, u"CookieOptions::secure"_s}));
}

void TestFirstHour::logOutsAreNoUnknownIds()
{
    Site site(FrontEnd::Routes);
    site.route(u"/login"_s, [](Session &session) { session.logIn(u"ann"_s); });
    site.route(u"/everywhere"_s, [](Session &session) { session.revokeUserSessions(false); });
    HttpClient client(site.port());
    for (int i = 0; i < 40; ++i)
        client.get("/everywhere", "id=" + client.get("/login").cookie());
    QCOMPARE(said, QStringList());
}

void TestFirstHour::anotherApplicationWithTheSameCookie()
{
    Site site(FrontEnd::Routes);
    addVisit(site);
    HttpClient client(site.port());
    for (int i = 0; i < 40; ++i)
        client.get("/visit", "id=" + SessionId::generate().toCookieValue());
    QVERIFY(saidOnce({u"another application on this host"_s, u"CookieOptions::name"_s}));
}

void TestFirstHour::twoManagersOfOneName()
{
    Site site(FrontEnd::Routes);
    SessionManager first(site.store);
    SessionManager second(site.store);
    QVERIFY(first.install(site.server.get()));
    QVERIFY(second.install(site.server.get()));
    QVERIFY(saidOnce({u"Two SessionManagers"_s, u"CookieOptions::name"_s}));
}

void TestFirstHour::aChangeAfterTheResponse()
{
    for (int i = 0; i < 2; ++i) {
        Site site(FrontEnd::Routes);
        std::optional<Session> kept;
        site.route(u"/visit"_s, [&](Session &session) {
            session.increment("visits");
            kept = session;
        });
        HttpClient(site.port()).get("/visit");
        kept->insert("late", 1);
        kept.reset();
    }
    QVERIFY(saidOnce({u"changed after"_s, u"save()"_s}));
}

void TestFirstHour::aSessionInAForeignThread()
{
    auto store = std::make_shared<SlowStore>(); // one of its thread
    Session session({}, store);
    for (int i = 0; i < 2; ++i)
        std::thread([&] { session.insert("a", 1); }).join();
    QVERIFY(saidOnce({u"in a thread that is not its own"_s, u"QMetaObject::invokeMethod()"_s}));
}

void TestFirstHour::aStoreInAForeignThread()
{
    for (int i = 0; i < 2; ++i)
        std::ignore = SessionStore::foreignThreadError();
    QVERIFY(saidOnce({u"in a thread that is not its own"_s, u"QMetaObject::invokeMethod()"_s}));
}

void TestFirstHour::aWaitThatCannotEnd()
{
    SlowStore store;
    store.hold();
    store.answersBlocking = false;
    for (int i = 0; i < 2; ++i)
        QCOMPARE(store.waitFor(store.load(SessionId::generate().key())).error().code, Error::Timeout);
    QVERIFY(saidOnce({u"can never come"_s, u"then()"_s}));
    QPromise<Result<void>> promise;
    promise.start();
    QCOMPARE(store.waitFor(promise.future(), std::chrono::milliseconds(5)).error().code, Error::Timeout); // another of this kind
}

void TestFirstHour::theDebugLineTells()
{
    QLoggingCategory::setFilterRules(u"sojourn.*.debug=true"_s);
    Site site(FrontEnd::Routes);
    addVisit(site);
    HttpClient client(site.port());
    const QByteArray id = client.get("/visit").cookie();
    const QString key = SessionId::fromCookieValue(id)->key().toString();
    QVERIFY(saidOnce({u"GET /visit"_s, u"offered none"_s, u"found none"_s, u"saved created"_s, u"cookie sent for "_s + key}));
    client.get("/visit", "id=" + id);
    QVERIFY(!said.value(0).contains(QString::fromLatin1(id)));
    QVERIFY(saidOnce({u"offered "_s + key, u"found "_s + key, u"saved changed"_s, u"cookie none"_s, u"status 200"_s}));
    client.get("/visit", "id=nonsense");
    QVERIFY(saidOnce({u"offered 1 malformed"_s, u"saved created"_s}));
    client.get("/visit", "id=" + SessionId::generate().toCookieValue());
    QVERIFY(saidOnce({u"found none, nobody has this id"_s, u"saved created"_s}));
}

void TestFirstHour::theDebugLineKnowsImmediateSaves()
{
    QLoggingCategory::setFilterRules(u"sojourn.*.debug=true"_s);
    Site site(FrontEnd::Routes);
    site.route(u"/save"_s, [](Session &session) {
        session.increment("visits");
        session.save();
    });
    site.route(u"/both"_s, [](Session &session) {
        session.increment("visits");
        session.save();
        session.increment("visits");
    });
    site.route(u"/flush"_s, [](Session &session) { session.flush(); });
    HttpClient client(site.port());
    const QByteArray cookie = "id=" + client.get("/save").cookie();
    QVERIFY(saidOnce({u"saved by a call of the handler"_s}));
    client.get("/both", cookie);
    QVERIFY(saidOnce({u"saved by a call of the handler, then changed"_s}));
    client.get("/flush", cookie);
    QVERIFY(saidOnce({u"found what a call of the handler ended"_s, u"saved by a call of the handler;"_s, u"cookie removed"_s}));
}

void TestFirstHour::theDebugLineKnowsWhatWasRemovedUnread()
{
    QLoggingCategory::setFilterRules(u"sojourn.*.debug=true"_s);
    Site site(FrontEnd::Hooks);
    addVisit(site);
    site.route(u"/destroy"_s, [](Session &session) { session.destroy(); });
    HttpClient client(site.port());
    const QByteArray cookie = "id=" + client.get("/visit").cookie();
    QVERIFY(saidOnce({u"saved created"_s}));
    client.get("/destroy", cookie);
    QVERIFY(saidOnce({u"found not looked up"_s, u"saved removed"_s, u"cookie removed"_s}));
    client.get("/destroy", cookie);
    QVERIFY(saidOnce({u"saved nothing"_s, u"cookie none"_s}));
}

void TestFirstHour::theDebugLineKnowsAStoreThatFails()
{
    Site site(FrontEnd::Routes);
    addVisit(site);
    HttpClient client(site.port());
    const QByteArray id = client.get("/visit").cookie();
    QLoggingCategory::setFilterRules(u"sojourn.httpserver.debug=true"_s);
    site.store->fail(Error{Error::Unavailable, u"The disk is gone."_s});
    QCOMPARE(client.get("/visit", "id=" + id).status, 503);
    const QString key = SessionId::fromCookieValue(id)->key().toString();
    QCOMPARE(said.value(0), u"GET /visit: offered %1; not loaded: The disk is gone."_s.arg(key));
}

void TestFirstHour::theDebugLineCostsNothingWhenItIsOff()
{
    Site site(FrontEnd::Routes);
    addVisit(site);
    HttpClient(site.port()).get("/visit");
    QCOMPARE(said, QStringList());
}

QTEST_GUILESS_MAIN(TestFirstHour)
#include "tst_firsthour.moc"
