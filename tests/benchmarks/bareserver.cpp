// SPDX-License-Identifier: MIT

// What the demo's /bare is measured against: the same answer from a QHttpServer without Sojourn.

#include <QtCore/QCoreApplication>
#include <QtHttpServer/QHttpServer>
#include <QtHttpServer/QHttpServerResponse>
#include <QtNetwork/QTcpServer>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QHttpServer server;
    server.route(u"/bare"_s, QHttpServerRequest::Method::Get, [] { return QHttpServerResponse("text/plain", QByteArray("hello")); });
    auto *listener = new QTcpServer(&server);
    if (!listener->listen(QHostAddress::LocalHost))
        return 1;
    server.bind(listener);
    std::printf("listening on http://127.0.0.1:%d/\n", listener->serverPort());
    std::fflush(stdout);
    return application.exec();
}
