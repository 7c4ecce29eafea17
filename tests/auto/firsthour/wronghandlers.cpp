// SPDX-License-Identifier: MIT
// Compiled by wronghandlers.cmake with each number that stands here.

#include <Sojourn/SessionManager>

using namespace Sojourn;

struct Shop
{
    QHttpServerResponse cart(Session &) { return "cart"; }
};

bool add(SessionManager &sessions, QHttpServer *server, Shop &shop)
{
    const QString path = QStringLiteral("/<arg>");
#if WRONG == 1 // WRONG 1: a pointer to a member function has no object to call it on
    return sessions.route(server, path, &Shop::cart);
#elif WRONG == 2 // WRONG 2: returns its response, or takes a SessionResponder and returns void
    return sessions.route(server, path, [](int, Session &) { });
#elif WRONG == 3 // WRONG 3: first those captured from the path, then any of Session &
    return sessions.route(server, path, [](Session &, int) { return QHttpServerResponse("ok"); });
#elif WRONG == 4 // WRONG 4: takes a SessionResponder in place of QHttpServerResponder
    return sessions.route(server, path, [](int, QHttpServerResponder) { });
#elif WRONG == 5 // WRONG 5: a missing handler takes no captured arguments
    return sessions.missingHandler(server, [](int) { return QHttpServerResponse("ok"); });
#else
    return sessions.route(server, path, [&shop](int, Session &session) { return shop.cart(session); });
#endif
}
