// SPDX-License-Identifier: MIT

// What the demo's /bare is measured against: the same answer from a QHttpServer without Sojourn. Its routes are the demo's as far
// as that one, as each that stands before it is looked at first.

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
    for (const QString &path : {u"/read"_s, u"/visit"_s, u"/bare"_s})
        server.route(path, QHttpServerRequest::Method::Get,
                     [] { return QHttpServerResponse("text/plain", QByteArray("hello")); });
    auto *listener = new QTcpServer(&server);
    if (!listener->listen(QHostAddress::LocalHost))
        return 1;
    server.bind(listener);
    std::printf("listening on http://127.0.0.1:%d/\n", listener->serverPort());
    std::fflush(stdout);
    return application.exec();
}
