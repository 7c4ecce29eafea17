// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>

#include <QtCore/QCoreApplication>
#include <QtHttpServer/qhttpserver.h>

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QHttpServer server;
    Sojourn::SessionManager sessions(std::make_shared<Sojourn::MemoryStore>());
    const auto answer = [](Sojourn::Session &session) { return QHttpServerResponse(session.user()); };
    return sessions.route(&server, "/", answer) ? 0 : 1;
}
