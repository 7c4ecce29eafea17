// SPDX-License-Identifier: MIT
// Answers that go on after their headers: devices, chunks, server-sent events.

#include "patience_p.h"
#include "site.h"

#include <QtCore/QBuffer>
#include <QtCore/QScopeGuard>
#include <QtTest/QTest>

#include <thread>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

/// A pipe: what is written to one end can be read at the other.
class Pipe : public QIODevice
{
public:
    Pipe() { open(ReadOnly | Unbuffered); }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_bytes.size(); }
    void push(const QByteArray &bytes)
    {
        m_bytes += bytes;
        Q_EMIT readyRead();
    }
    void finish() { Q_EMIT readChannelFinished(); }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 count = std::min<qint64>(size, m_bytes.size());
        std::copy_n(m_bytes.constData(), count, data);
        m_bytes.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
};

/// A device that has less than it says.
class ShortBuffer : public QBuffer
{
public:
    qint64 size() const override { return QBuffer::size() + 10; }
};

/// What a browser receives, chunks put together.
class Reader
{
public:
    explicit Reader(quint16 port) : client(port) { }

    void get(const QByteArray &target, const QByteArray &cookie = {}, const QByteArray &method = "GET")
    {
        client.send(HttpClient::message(method, target, cookie));
    }
    bool hasHead()
    {
        received += client.socket().readAll();
        return received.contains("\r\n\r\n");
    }
    QByteArray head() { return hasHead() ? received.first(received.indexOf("\r\n\r\n")).toLower() : QByteArray(); }
    QByteArray cookie()
    {
        const QByteArray name = "set-cookie: id=";
        const qsizetype at = received.toLower().indexOf(name);
        return at < 0 ? QByteArray() : "id=" + received.mid(at + name.size(), SessionId::TextSize);
    }
    QByteArray body()
    {
        if (!hasHead())
            return {};
        QByteArray raw = received.sliced(received.indexOf("\r\n\r\n") + 4);
        if (!head().contains("transfer-encoding: chunked"))
            return raw;
        QByteArray joined;
        isComplete = false;
        while (true) {
            const qsizetype end = raw.indexOf("\r\n");
            if (end < 0)
                return joined;
            const qsizetype size = raw.first(end).toLongLong(nullptr, 16);
            if (size == 0) {
                isComplete = true;
                return joined;
            }
            joined += raw.sliced(end + 2).first(std::min(size, raw.size() - end - 2));
            raw = raw.mid(end + 2 + size + 2);
        }
    }
    bool isClosed() { return client.socket().state() == QAbstractSocket::UnconnectedState; }

    HttpClient client;
    QByteArray received;
    bool isComplete = false;
};

} // namespace

class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aFileHasItsSizeAndTheCookie();
    void aFileWorksOverALargeDistance();
    void aPipeLeavesAsItComes();
    void aDeviceThatCannotBeReadIs500();
    void aDeviceThatEndsEarlyBreaksOff();
    void chunksComeFromAnyThread();
    void aStreamThatIsDroppedEnds();
    void headersOfTheHandlerStay();
    void aHeadRequestGetsTheHeadersOnly();
    void aHeadRequestOfAStreamHasNoBody();
    void theAnswerIsAnErrorIfTheSessionCannotBeSaved();
    void nothingLeavesBeforeTheSessionIsSaved();
    void aDownloadKeepsTheLogin_data();
    void aDownloadKeepsTheLogin();
    void aVisitorWhoLeavesIsNoticed();
    void nobodyElseReadsMeanwhile();
    void eventsHaveTheirForm();
    void eventsKeepTheHeadersOfTheHandler();
    void aResponderThatIsReplacedIsAnswered();
    void eventsEndWithTheSession();
    void whoReadsNoEventsIsGivenUp();
    void whoDoesNotReadTheEndIsCutOff();
    void eventsOfASessionThatEndedBeforeDoNotBegin();
    void eventsAreNoActivity();
    void theServerMayGoFirst();

private:
    using Handler = std::function<void(Session &, SessionResponder)>;
    void add(const QString &path, Handler handler)
    {
        QVERIFY(m_site->sessions->route(m_site->server.get(), path, [handler](Session &session, SessionResponder responder) {
            handler(session, std::move(responder));
        }));
    }
    QByteArray logIn()
    {
        Visitor visitor(m_site->port());
        visitor.get("/login");
        return visitor.cookieHeader();
    }
    SessionInfo info(const QByteArray &cookie)
    {
        return m_site->store->inner().load(SessionId::fromCookieValue(cookie.mid(3))->key()).takeResult().value();
    }

    std::unique_ptr<Site> m_site;
    std::optional<SessionStream> m_stream;
};

void TestStreams::init()
{
    m_stream.reset();
    m_site = std::make_unique<Site>(FrontEnd::Routes);
    m_site->route(u"/login"_s, [](Session &session) { session.logIn(u"ann"_s); });
    m_site->route(u"/logout"_s, [](Session &session) { session.logOut(); });
}

void TestStreams::aFileHasItsSizeAndTheCookie()
{
    add(u"/file"_s, [](Session &session, SessionResponder responder) {
        session.insert("downloads", 1);
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData("all of it");
        responder.send(std::move(buffer), "text/plain");
    });
    Reader reader(m_site->port());
    reader.get("/file");
    QTRY_COMPARE(reader.body(), "all of it");
    QVERIFY(reader.head().contains("content-length: 9"));
    QVERIFY(reader.head().contains("content-type: text/plain"));
    QVERIFY(reader.head().contains("cache-control: no-store"));
    QVERIFY(!reader.cookie().isEmpty());
    QCOMPARE(m_site->sessionCount(), 1);
}

void TestStreams::aFileWorksOverALargeDistance()
{
    const QByteArray large = QByteArray("0123456789abcdef").repeated(200'000); // 3.2 MB: many blocks
    add(u"/file"_s, [&](Session &, SessionResponder responder) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(large);
        responder.send(std::move(buffer), "text/plain");
    });
    Reader reader(m_site->port());
    reader.get("/file");
    QTRY_COMPARE(reader.body().size(), large.size());
    QVERIFY(reader.body() == large);
}

void TestStreams::aPipeLeavesAsItComes()
{
    QPointer<Pipe> pipe;
    add(u"/pipe"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        auto device = std::make_unique<Pipe>();
        pipe = device.get();
        device->push("one ");
        responder.send(std::move(device), "text/plain");
    });
    Reader reader(m_site->port());
    reader.get("/pipe");
    QTRY_COMPARE(reader.body(), "one ");
    QVERIFY(!reader.cookie().isEmpty());
    pipe->push("two");
    QTRY_COMPARE(reader.body(), "one two");
    QVERIFY(!reader.isComplete);
    pipe->finish();
    QTRY_VERIFY(reader.body() == "one two" && reader.isComplete);
    QTRY_VERIFY(!pipe);
}

void TestStreams::aDeviceThatCannotBeReadIs500()
{
    add(u"/file"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        responder.send(std::make_unique<QFile>(u"/no/such/file"_s), "text/plain");
    });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"device cannot be read"_s));
    QCOMPARE(HttpClient(m_site->port()).get("/file").status, 500);
    QCOMPARE(m_site->sessionCount(), 0);
}

void TestStreams::aDeviceThatEndsEarlyBreaksOff()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QSKIP("Qt sends it.");
#endif
    add(u"/file"_s, [&](Session &, SessionResponder responder) {
        auto buffer = std::make_unique<ShortBuffer>();
        buffer->setData("less");
        responder.send(std::move(buffer), "text/plain");
    });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"ended early"_s));
    Reader reader(m_site->port());
    reader.get("/file");
    QTRY_VERIFY(reader.isClosed());
}

void TestStreams::chunksComeFromAnyThread()
{
    std::thread writer;
    add(u"/chunks"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        writer = std::thread([stream = responder.stream("text/plain")]() mutable {
            for (int i = 0; i < 100; ++i)
                QVERIFY(stream.write(QByteArray::number(i) + ' '));
            stream.end();
            QVERIFY(!stream.write("too late"));
        });
    });
    Reader reader(m_site->port());
    reader.get("/chunks");
    QTRY_VERIFY(reader.body().endsWith("99 ") && reader.isComplete);
    writer.join();
    QVERIFY(!reader.cookie().isEmpty());
}

void TestStreams::aStreamThatIsDroppedEnds()
{
    add(u"/chunks"_s, [&](Session &, SessionResponder responder) { responder.stream("text/plain").write("all"); });
    Reader reader(m_site->port());
    reader.get("/chunks");
    QTRY_VERIFY(reader.body() == "all" && reader.isComplete);
}

void TestStreams::headersOfTheHandlerStay()
{
    add(u"/chunks"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        responder
            .stream("text/plain",
                    {{"Content-Disposition", "attachment"}, {"Cache-Control", "private"}, {"Set-Cookie", "other=1"}},
                    QHttpServerResponse::StatusCode::Accepted)
            .write("x");
    });
    Reader reader(m_site->port());
    reader.get("/chunks");
    QTRY_COMPARE(reader.body(), "x");
    const QByteArray head = reader.head();
    QVERIFY(head.startsWith("http/1.1 202"));
    QVERIFY(head.contains("content-disposition: attachment"));
    QCOMPARE(head.count("cache-control"), 1);
    QVERIFY(head.contains("cache-control: private"));
    QVERIFY(head.contains("set-cookie: other=1"));
    QVERIFY(head.contains("set-cookie: id="));
    QVERIFY(head.contains("vary: cookie"));
}

void TestStreams::aHeadRequestOfAStreamHasNoBody()
{
    add(u"/chunks"_s, [](Session &, SessionResponder responder) {
        SessionStream stream = responder.stream("text/plain");
        stream.write("nobody asked for it");
        stream.end();
    });
    Reader reader(m_site->port());
    reader.get("/chunks", {}, "HEAD");
    QTRY_VERIFY(reader.hasHead());
    QTest::qWait(10);
    QVERIFY2(reader.body().isEmpty(), reader.body().constData());
}

void TestStreams::aHeadRequestGetsTheHeadersOnly()
{
    add(u"/file"_s, [](Session &, SessionResponder responder) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData("all of it");
        responder.send(std::move(buffer), "text/plain");
    });
    Reader reader(m_site->port());
    reader.get("/file", {}, "HEAD");
    QTRY_VERIFY(reader.head().contains("content-length: 9"));
    QTest::qWait(10);
    QVERIFY(reader.body().isEmpty());
}

void TestStreams::theAnswerIsAnErrorIfTheSessionCannotBeSaved()
{
    bool closed = false;
    add(u"/chunks"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        m_site->store->fail(Error{Error::Unavailable, u"gone"_s});
        m_stream = responder.stream("text/plain");
        m_stream->onClosed(this, [&] { closed = true; });
        m_stream->write("secret");
    });
    const HttpResponse response = HttpClient(m_site->port()).get("/chunks");
    QCOMPARE(response.status, 503);
    QVERIFY(!response.body.contains("secret"));
    QVERIFY(closed);
    QVERIFY(!m_stream->isOpen());
    QVERIFY(!m_stream->write("more"));
}

void TestStreams::nothingLeavesBeforeTheSessionIsSaved()
{
    add(u"/chunks"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        m_site->store->hold();
        m_stream = responder.stream("text/plain");
        m_stream->write("early ");
    });
    Reader reader(m_site->port());
    reader.get("/chunks");
    QTRY_COMPARE(m_site->store->waiting(), 1);
    QVERIFY(!reader.hasHead());
    QCOMPARE(m_stream->bytesToWrite(), 6);
    m_site->store->release();
    m_stream->write("late");
    QTRY_COMPARE(reader.body(), "early late");
}

void TestStreams::aDownloadKeepsTheLogin_data()
{
    QTest::addColumn<bool>("passive");
    QTest::newRow("activity") << false;
    QTest::newRow("set passive") << true;
}

void TestStreams::aDownloadKeepsTheLogin()
{
    QFETCH(bool, passive);
    add(u"/chunks"_s, [&](Session &session, SessionResponder responder) {
        std::ignore = session.user();
        if (passive)
            session.setPassive();
        m_stream = responder.stream("text/plain");
    });
    const QByteArray cookie = logIn();
    Reader reader(m_site->port());
    reader.get("/chunks", cookie);
    QTRY_VERIFY(reader.hasHead());
    for (int day = 0; day < 13; ++day) { // idle ends after 14 days
        m_site->now += std::chrono::days(1);
        m_stream->write(".");
    }
    QCOMPARE(info(cookie).lastSeenAt == m_site->now, !passive);
}

void TestStreams::aVisitorWhoLeavesIsNoticed()
{
    bool closed = false;
    add(u"/chunks"_s, [&](Session &, SessionResponder responder) {
        m_stream = responder.stream("text/plain");
        m_stream->onClosed(this, [&] { closed = true; });
    });
    {
        Reader reader(m_site->port());
        reader.get("/chunks");
        QTRY_VERIFY(reader.hasHead());
        QVERIFY(m_stream->isOpen());
    }
    QTRY_VERIFY(closed);
    QVERIFY(!m_stream->isOpen());
    QVERIFY(!m_stream->write("x"));
}

void TestStreams::nobodyElseReadsMeanwhile()
{
    add(u"/chunks"_s, [&](Session &, SessionResponder responder) { m_stream = responder.stream("text/plain"); });
    Reader reader(m_site->port());
    reader.get("/chunks");
    QTRY_VERIFY(reader.hasHead());
    m_stream->write("one ");
    reader.get("/login"); // pipelined
    QTest::qWait(20);
    m_stream->write("two");
    QTRY_COMPARE(reader.body(), "one two");
    m_stream->end();
    QTRY_VERIFY(reader.body() == "one two" && reader.isComplete);
}

void TestStreams::eventsHaveTheirForm()
{
    add(u"/events"_s, [&](Session &, SessionResponder responder) { m_stream = responder.events(); });
    Reader reader(m_site->port());
    reader.get("/events");
    QTRY_VERIFY(reader.head().contains("content-type: text/event-stream"));
    QVERIFY(reader.head().contains("cache-control: no-cache"));
    m_stream->sendEvent("one\r\ntwo", "news\n", "7");
    m_stream->sendEvent("");
    QTRY_COMPARE(reader.body(), "event: news\nid: 7\ndata: one\ndata: two\n\ndata: \n\n");
}

void TestStreams::eventsKeepTheHeadersOfTheHandler()
{
    add(u"/events"_s, [&](Session &, SessionResponder responder) {
        m_stream = responder.events({{"X-Room"_ba, "7"_ba}, {"cache-control"_ba, "no-store"_ba}});
    });
    Reader reader(m_site->port());
    reader.get("/events");
    QTRY_VERIFY(reader.head().contains("x-room: 7"));
    QVERIFY(reader.head().contains("cache-control: no-store"));
    QCOMPARE(reader.head().count("cache-control"), 1);
}

void TestStreams::aResponderThatIsReplacedIsAnswered()
{
    std::optional<SessionResponder> waiting;
    add(u"/wait"_s, [&](Session &, SessionResponder responder) {
        if (waiting)
            *waiting = std::move(responder);
        else
            waiting.emplace(std::move(responder));
    });
    Reader first(m_site->port()), second(m_site->port());
    first.get("/wait");
    QTRY_VERIFY(waiting);
    second.get("/wait");
    QTRY_VERIFY(first.hasHead());
    QVERIFY2(first.head().contains(" 500 "), first.head().constData());
    QVERIFY(!second.hasHead());
    waiting->send(QHttpServerResponse("the second"));
    QTRY_COMPARE(second.body(), "the second");
}

void TestStreams::eventsEndWithTheSession()
{
    add(u"/events"_s, [&](Session &session, SessionResponder responder) {
        std::ignore = session.user();
        m_stream = responder.events();
    });
    const QByteArray cookie = logIn();
    Reader reader(m_site->port());
    reader.get("/events", cookie);
    QTRY_VERIFY(reader.hasHead());
    QVERIFY(m_stream->isOpen());
    HttpClient(m_site->port()).get("/logout", cookie);
    QVERIFY(!m_stream->isOpen());
    QTRY_VERIFY(reader.body().isEmpty() && reader.isComplete);
}

void TestStreams::whoReadsNoEventsIsGivenUp()
{
    add(u"/events"_s, [&](Session &, SessionResponder responder) { m_stream = responder.events(); });
    Reader reader(m_site->port());
    reader.client.socket().setReadBufferSize(1);
    reader.get("/events");
    QTRY_VERIFY(m_stream);
    const QByteArray block(256 * 1024, 'x');
    for (int i = 0; i < 100 && m_stream->sendEvent(block); ++i)
        QCoreApplication::processEvents();
    QVERIFY(!m_stream->isOpen());
    QCOMPARE(m_stream->bytesToWrite(), 0);
}

void TestStreams::whoDoesNotReadTheEndIsCutOff()
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0) // newer ones do not tell what is unsent
    const auto usual = std::exchange(Detail::sendingPatience, std::chrono::milliseconds(50));
    const auto restore = qScopeGuard([usual] { Detail::sendingPatience = usual; });
    add(u"/data"_s, [&](Session &, SessionResponder responder) {
        m_stream = responder.stream("text/plain");
        m_stream->write(QByteArray(16 * 1024 * 1024, 'x'));
        m_stream->end();
    });
    Reader reader(m_site->port());
    reader.client.socket().setReadBufferSize(1);
    reader.get("/data");
    QTRY_VERIFY(m_stream && !m_stream->isOpen());
    const auto connections = [this] { return m_site->server->findChildren<QTcpSocket *>().size(); };
    QTRY_COMPARE(connections(), 0);
#endif
}

void TestStreams::eventsOfASessionThatEndedBeforeDoNotBegin()
{
    std::optional<SessionResponder> held;
    add(u"/events"_s, [&](Session &session, SessionResponder responder) {
        std::ignore = session.user();
        held.emplace(std::move(responder));
    });
    for (int i = 0; i < 2; ++i) { // the second time sessions are watched already
        const QByteArray cookie = logIn();
        Reader reader(m_site->port());
        reader.get("/events", cookie);
        QTRY_VERIFY(held);
        HttpClient(m_site->port()).get("/logout", cookie);
        m_stream = std::exchange(held, {})->events();
        QVERIFY(!m_stream->sendEvent("a secret"));
        QTRY_VERIFY(reader.body().isEmpty() && reader.isComplete);
    }
}

void TestStreams::eventsAreNoActivity()
{
    add(u"/events"_s, [&](Session &session, SessionResponder responder) {
        std::ignore = session.user();
        m_stream = responder.events();
    });
    const QByteArray cookie = logIn();
    Reader reader(m_site->port());
    reader.get("/events", cookie);
    QTRY_VERIFY(reader.hasHead());
    m_site->now += std::chrono::days(1);
    m_stream->sendEvent("news");
    QTRY_VERIFY(!reader.body().isEmpty());
    QVERIFY(info(cookie).lastSeenAt < m_site->now);
}

void TestStreams::theServerMayGoFirst()
{
    bool closed = false;
    add(u"/chunks"_s, [&](Session &, SessionResponder responder) {
        m_stream = responder.stream("text/plain");
        m_stream->onClosed(this, [&] { closed = true; });
    });
    Reader reader(m_site->port());
    reader.get("/chunks");
    QTRY_VERIFY(reader.hasHead());
    m_site->server.reset();
    QVERIFY(closed);
    QVERIFY(!m_stream->write("x"));
}

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_streams.moc"
