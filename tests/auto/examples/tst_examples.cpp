// SPDX-License-Identifier: MIT
// The programs of app/examples, each run and visited over real HTTP.

#include "redisserver.h"

#include <Sojourn/Stores>
#include <Sojourn/TestClient>

#include <QtNetwork/QNetworkRequest>
#include <QtTest/QTest>
#include <QtWebSockets/QWebSocket>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

/// A running example.
class Example
{
public:
    explicit Example(const QString &name, const QStringList &arguments = {})
    {
        m_process.start(QStringLiteral(EXAMPLES) + name, QStringList{u"0"_s} + arguments);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(10'000)) { }
        const QByteArray line = m_process.readLine().trimmed();
        if (line.startsWith("listening on "))
            m_port = quint16(QUrl(QString::fromLatin1(line.sliced(13))).port());
    }
    ~Example()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    quint16 port() const { return m_port; }
    /// What it said beside its first line.
    QByteArray log()
    {
        m_process.kill();
        m_process.waitForFinished();
        return m_process.readAllStandardOutput() + m_process.readAllStandardError();
    }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

TestResponse logInTo(TestClient &visitor, const QString &name)
{
    return visitor.post("/login", {{u"name"_s, name}}, {{"User-Agent", "browser of " + name.toUtf8()}});
}

} // namespace

class TestExamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void login();
    void roles();
    void cart();
    void threads();
    void chat();
    void devices();
};

void TestExamples::login()
{
    Example example(u"login"_s);
    TestClient ann(example.port());
    const TestResponse away = ann.get("/account");
    QCOMPARE(away.status, 303);
    QCOMPARE(away.location(), "/login?next=/account");
    QCOMPARE(ann.get("/login").formField(u"next"_s), u"/account"_s);
    const TestResponse form = ann.get(away.location());
    const auto send = [&](const QString &password, const QString &token) {
        return ann.post(
            "/login",
            {{u"user"_s, u"ann"_s}, {u"password"_s, password}, {u"next"_s, form.formField(u"next"_s)}, {u"csrf"_s, token}});
    };
    QCOMPARE(send(u"mug"_s, u"forged"_s).status, 403);
    const TestResponse wrong = send(u"cup"_s, form.formField(u"csrf"_s));
    QCOMPARE(wrong.status, 403);
    QVERIFY(wrong.body.contains("Name or password is wrong."));
    const TestResponse right = send(u"mug"_s, form.formField(u"csrf"_s));
    QCOMPARE(right.status, 303);
    QCOMPARE(right.location(), "/account");
    const TestResponse account = ann.get("/account");
    QVERIFY(account.body.contains("Hello ann"));
    QCOMPARE(ann.get("/logout").status, 404); // a link logs nobody out
    QCOMPARE(ann.post("/logout", {{u"csrf"_s, account.formField(u"csrf"_s)}}).status, 303);
    QCOMPARE(ann.get("/account").status, 303);
    QCOMPARE(example.log(), ""); // no line a request unless it is asked for
}

void TestExamples::roles()
{
    Example example(u"roles"_s);
    const auto logIn = [](TestClient &visitor, const QString &user, const QByteArray &page) {
        const TestResponse form = visitor.get(page);
        return visitor.post("/login", {{u"user"_s, user},
                                       {u"password"_s, u"mug"_s},
                                       {u"next"_s, form.formField(u"next"_s)},
                                       {u"csrf"_s, form.formField(u"csrf"_s)}});
    };
    TestClient ann(example.port()), bob(example.port()), eve(example.port());
    const QByteArray toLogin = ann.get("/admin").location();
    QCOMPARE(toLogin, "/login?next=/admin");
    QCOMPARE(logIn(eve, u"eve"_s, toLogin).status, 403);
    QCOMPARE(logIn(ann, u"ann"_s, "/login").location(), "/tickets");
    QCOMPARE(ann.get("/admin").status, 403);
    const TestResponse tickets = ann.get("/tickets");
    QVERIFY(tickets.body.contains("Tickets of ann"));
    QCOMPARE(logIn(bob, u"bob"_s, toLogin).location(), "/admin");
    QVERIFY(bob.get("/admin").body.contains("Everybody's tickets"));
    QCOMPARE(ann.post("/logout", {{u"csrf"_s, u"forged"_s}}).status, 403);
    QCOMPARE(ann.post("/logout", {{u"csrf"_s, tickets.formField(u"csrf"_s)}}).status, 303);
    QCOMPARE(ann.get("/tickets").status, 303);
    QCOMPARE(bob.get("/tickets").status, 200);
}

void TestExamples::cart()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"cart.db"_s);
    QMap<QByteArray, QByteArray> cookies;
    {
        Example example(u"cart"_s, {file});
        TestClient ann(example.port());
        const QString token = ann.get("/").formField(u"csrf"_s);
        const auto add = [&](const QString &item, const QString &price) {
            return ann.post("/add", {{u"item"_s, item}, {u"price"_s, price}, {u"csrf"_s, token}});
        };
        QCOMPARE(add(u"mug"_s, u"7.5"_s).status, 303);
        const QByteArray page = ann.get("/").body;
        QVERIFY(page.contains("mug is in your cart.") && page.contains("<li>mug</li>") && page.contains("Total 7.50"));
        QVERIFY(!ann.get("/").body.contains("is in your cart.")); // once
        QCOMPARE(add(u"<b>"_s, u"1"_s).status, 303);
        QVERIFY(ann.get("/").body.contains("<li>&lt;b&gt;</li>"));
        QCOMPARE(add(u"spoon"_s, u"cheap"_s).status, 303);
        QVERIFY(ann.get("/").body.contains("An item has a name and a price."));
        QCOMPARE(ann.post("/add", {{u"item"_s, u"x"_s}, {u"price"_s, u"1"_s}}).status, 403);
        cookies = ann.cookies;
    }
    Example again(u"cart"_s, {file}); // killed and started anew
    TestClient ann(again.port());
    ann.cookies = cookies;
    QVERIFY(ann.get("/").body.contains("Total 8.50"));
}

void TestExamples::threads()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is no redis-server.");
    RedisServer redis;
    QVERIFY(redis.start());
    const QString name = u"tst-examples-%1"_s.arg(QCoreApplication::applicationPid());
    Example example(u"threads"_s, {u"redis://127.0.0.1:%1"_s.arg(redis.port()), name});
    QVERIFY(example.port());
    TestClient first(example.port()), second(example.port()); // a connection each, so a thread each
    QCOMPARE(first.get("/visit").body, "1");
    second.cookies = first.cookies;
    QCOMPARE(second.get("/visit").body, "2");
    QCOMPARE(first.get("/visit").body, "3");

    const auto onlooker = storeFromUrl(u"live:"_s + name);
    QVERIFY(onlooker);
    QCOMPARE((*onlooker)->waitFor((*onlooker)->count()).value_or(-1), 1);
}

void TestExamples::chat()
{
    Example example(u"chat"_s);
    TestClient ann(example.port());
    QVERIFY(ann.get("/").body.contains("/chat"));
    QCOMPARE(logInTo(ann, u"ann"_s).status, 303);
    const auto open = [&](QWebSocket &socket, QStringList *heard, const QByteArray &cookie) {
        connect(&socket, &QWebSocket::textMessageReceived, this, [heard](const QString &text) { *heard += text; });
        QNetworkRequest request(QUrl(u"ws://127.0.0.1:%1/chat"_s.arg(example.port())));
        request.setRawHeader("Cookie", "id=" + cookie);
        socket.open(request);
    };
    QWebSocket socket, stranger;
    QStringList heard, unheard;
    open(socket, &heard, ann.cookies.value("id"));
    open(stranger, &unheard, "AAAAAAAAAAAAAAAAAAAAAA");
    QTRY_COMPARE(heard, QStringList{u"* Welcome, ann"_s});
    QTRY_COMPARE(stranger.closeReason(), u"Log in first."_s);
    socket.sendTextMessage(u"hello"_s);
    QTRY_COMPARE(heard.value(1), u"ann: hello"_s);
    QCOMPARE(ann.post("/logout").status, 303);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(socket.closeReason(), u"The session has ended."_s);
    QVERIFY(unheard.isEmpty());
}

void TestExamples::devices()
{
    Example example(u"devices"_s);
    TestClient desk(example.port()), phone(example.port()), bob(example.port());
    QCOMPARE(desk.get("/devices").status, 401);
    logInTo(desk, u"ann"_s);
    QTest::qWait(2); // created in another millisecond
    logInTo(phone, u"ann"_s);
    logInTo(bob, u"bob"_s);
    const TestResponse page = desk.get("/devices");
    QCOMPARE(page.body.count("browser of ann, last seen at 127.0.0.1"), 2);
    QCOMPARE(page.body.count("(this one)"), 1);
    QVERIFY(!page.body.contains("browser of bob"));

    const QString key = page.formField(u"key"_s); // of the phone
    QVERIFY(bob.get("/devices").formField(u"key"_s).isNull());
    // bob's own token, ann's session: none of his business
    const TestResponse bobs = [&] {
        TestClient second(example.port());
        logInTo(second, u"bob"_s);
        return bob.get("/devices");
    }();
    QCOMPARE(bob.post("/devices/end", {{u"key"_s, key}, {u"csrf"_s, bobs.formField(u"csrf"_s)}}).status, 404);
    QCOMPARE(desk.post("/devices/end", {{u"key"_s, key}}).status, 403);
    QCOMPARE(desk.post("/devices/end", {{u"key"_s, key}, {u"csrf"_s, page.formField(u"csrf"_s)}}).status, 303);
    QCOMPARE(phone.get("/devices").status, 401);
    QCOMPARE(desk.get("/devices").status, 200);
}

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
