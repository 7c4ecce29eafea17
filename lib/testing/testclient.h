// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojourntesting_export.h>

#include <QtCore/QJsonValue>
#include <QtCore/QMap>
#include <QtNetwork/QTcpServer>

#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace Sojourn {

/// A response as it came over the wire.
struct SOJOURN_TESTING_EXPORT TestResponse
{
    int status = 0; ///< 0: there was none in time
    QList<std::pair<QByteArray, QByteArray>> headers = {}; ///< names in lower case
    QByteArray body = {}; ///< as it came

    /// The values of the header \a name, joined by ", ".
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    /// Where a redirect leads to.
    [[nodiscard]] QByteArray location() const { return header("location"); }
    /// What the body holds; undefined if it is no JSON.
    [[nodiscard]] QJsonValue json() const;
    /// The value of the first `<input>` called \a name in a page, such as the token of a form; null if there is none.
    [[nodiscard]] QString formField(const QString &name) const;
};

/// A visitor with a browser's cookies, for the test of an application: drives a server in its own process and thread, over real
/// HTTP on this machine.
///
/// \code
/// QHttpServer server;
/// auto store = std::make_shared<Sojourn::MemoryStore>();
/// Sojourn::SessionManager sessions(store);
/// Sojourn::TestClock clock(*store);
/// addRoutes(server, sessions); // the application's own
///
/// Sojourn::TestClient ann(Sojourn::TestClient::listen(server));
/// const QString csrf = ann.get("/login").formField("csrf"); // as the form of the page has it
/// QCOMPARE(ann.post("/login", {{"csrf", csrf}, {"user", "ann"}, {"password", "mug"}}).status, 303);
/// QCOMPARE(ann.get("/account").status, 200);
/// clock.advance(std::chrono::days(15));
/// QCOMPARE(ann.get("/account").status, 303);
/// \endcode
///
/// Calls run the event loop until the response is there. The cookies are kept whatever their Path, Domain and Secure say, and
/// those with Max-Age=0 dropped; other deadlines are the server's business. Redirects are not followed. Each visitor has one
/// connection.
class SOJOURN_TESTING_EXPORT TestClient
{
public:
    /// Header lines: names and values.
    using Headers = QList<std::pair<QByteArray, QByteArray>>;
    /// Fields of a form: names and values.
    using Form = QList<std::pair<QString, QString>>;

    /// A visitor of the server at \a port of this machine.
    explicit TestClient(quint16 port);
    ~TestClient();
    Q_DISABLE_COPY_MOVE(TestClient)

    /// Has \a server, a QHttpServer, listen on a free port of this machine. \return the port, 0 if none could be had.
    template<class Server>
    [[nodiscard]] static quint16 listen(Server &server)
    {
        auto *listener = new QTcpServer(&server);
        if (!listener->listen(QHostAddress::LocalHost))
            return 0;
        server.bind(listener);
        return listener->serverPort();
    }

    /// Asks for \a target and waits for the answer.
    TestResponse get(const QByteArray &target, const Headers &headers = {});
    /// Sends \a form as a browser does (application/x-www-form-urlencoded).
    TestResponse post(const QByteArray &target, const Form &form = {}, const Headers &headers = {});
    /// The same with any \a method and \a body.
    TestResponse request(const QByteArray &method, const QByteArray &target, const Headers &headers = {},
                         const QByteArray &body = {});

    /// How long a response may take. Default 5 s.
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }

    QMap<QByteArray, QByteArray> cookies; ///< by name; a test may change them

private:
    bool connectToServer();
    template<class Done>
    bool waitUntil(Done &&done) const;
    void keepCookies(const TestResponse &response);

    const quint16 m_port;
    std::chrono::milliseconds m_timeout = std::chrono::seconds(5);
    std::unique_ptr<QTcpSocket> m_socket;
};

} // namespace Sojourn
