// SPDX-License-Identifier: MIT
// Two threads behind one port, each with a connection of its own to Redis; and a window into the sessions for the inspector:
//     example-threads [PORT [URL of the store [live name]]]
//     sojourn --store live:example list
#include <Sojourn/HttpServerPool>
#include <Sojourn/LiveServer>
#include <Sojourn/Stores>

#include <QtCore/QCoreApplication>

#include <cstdio>

using Sojourn::Session;
using Sojourn::SessionManager;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString url = argc > 2 ? argv[2] : "redis://localhost";

    Sojourn::HttpServerPool pool(2, [](QHttpServer &server, SessionManager &sessions) {
        // Once in each thread. Handlers run in both at once: what they share must be thread-safe, sessions are.
        const bool ready = sessions.route(&server, "/visit", [](Session &session) {
            session.increment("visits");
            return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)));
        });
        if (!ready)
            qFatal("The log says which route, and why.");
    });
    Sojourn::SessionOptions options;
    options.cookie.secure = false; // for plain http on this machine; leave it out behind TLS
    pool.setOptions(options);
    pool.setStoreFactory([url] { return Sojourn::storeFromUrl(url); }); // a store lives in its thread

    // The main thread serves no visitors; its store is for those who look on.
    const auto store = Sojourn::storeFromUrl(url);
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().text));
        return 1;
    }
    Sojourn::LiveServer live(*store);
    if (const auto open = live.listen(argc > 3 ? argv[3] : "example"); !open)
        std::fprintf(stderr, "%s\n", qPrintable(open.error().text)); // it serves all the same

    if (const auto listening = pool.listen(QHostAddress::LocalHost, argc > 1 ? QByteArray(argv[1]).toUShort() : 8083);
        !listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().text));
        return 1;
    }
    std::printf("listening on http://127.0.0.1:%d/visit\n", pool.port());
    std::fflush(stdout);
    return application.exec();
}
