// SPDX-License-Identifier: MIT
// A chat in one page: a WebSocket that knows who is at its other end, and closes when that login ends.
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>

#include <QtCore/QCoreApplication>
#include <QtNetwork/QTcpServer>
#include <QtWebSockets/QWebSocket>

#include <cstdio>

using Sojourn::Session;
using Sojourn::SessionManager;
using Method = QHttpServerRequest::Method;

namespace {

const char Page[] = R"(<!doctype html><title>Chat</title>
<form method=post action=/login><input name=name placeholder=Name> <button>Log in</button></form>
<form method=post action=/logout><button>Log out</button></form>
<input id=line placeholder="Say something"><pre id=log></pre>
<script>
const log = text => document.getElementById('log').textContent += text + '\n';
const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/chat`); // wss behind TLS
socket.onmessage = event => log(event.data);
socket.onclose = event => log(`* ${event.reason || 'closed'}`);
document.getElementById('line').onchange = event => { socket.send(event.target.value); event.target.value = ''; };
</script>)";

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);

    Sojourn::SessionOptions options;
    options.cookie.secure = false; // for plain http on this machine; leave it out behind TLS
    SessionManager sessions(std::make_shared<Sojourn::MemoryStore>(), options);
    QHttpServer server;
    QList<QWebSocket *> visitors;

    const auto chat = [&visitors](QWebSocket *socket, const Session &session) {
        const QString user = session.user();
        if (user.isEmpty()) {
            socket->close(QWebSocketProtocol::CloseCodePolicyViolated, "Log in first.");
            return;
        }
        visitors += socket;
        QObject::connect(socket, &QWebSocket::disconnected, [&visitors, socket] { visitors.removeOne(socket); });
        QObject::connect(socket, &QWebSocket::textMessageReceived, [&visitors, user](const QString &text) {
            for (QWebSocket *visitor : visitors)
                visitor->sendTextMessage(user + ": " + text);
        });
        socket->sendTextMessage("* Welcome, " + user);
    };
    const auto logIn = [](Session &session, const QHttpServerRequest &request) {
        if (const QString name = SessionManager::formField(request, "name"); !name.isEmpty())
            session.logIn(name); // a real application asks for a password: see login.cpp
        return SessionManager::redirect("/");
    };
    const auto logOut = [](Session &session) {
        session.logOut(); // closes the sockets of this login, in every tab
        return SessionManager::redirect("/");
    };
    const bool isServed = sessions.webSocket(&server, "/chat", chat);
    const bool ready = isServed
                    && sessions.route(&server, "/", [] { return QHttpServerResponse("text/html; charset=utf-8", Page); })
                    && sessions.route(&server, "/login", Method::Post, logIn)
                    && sessions.route(&server, "/logout", Method::Post, logOut);
    if (!ready)
        return 1; // the log says which, and why

    auto tcpServer = std::make_unique<QTcpServer>();
    if (!tcpServer->listen(QHostAddress::LocalHost, argc > 1 ? QByteArray(argv[1]).toUShort() : quint16(8084)))
        return 1;
    std::printf("listening on http://127.0.0.1:%d/\n", tcpServer->serverPort());
    std::fflush(stdout);
    server.bind(tcpServer.release());
    return application.exec();
}
