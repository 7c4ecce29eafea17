// SPDX-License-Identifier: MIT
// "My devices" in one page: where am I logged in, and log out over there.
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>

#include <QtCore/QCoreApplication>
#include <QtNetwork/QTcpServer>

#include <cstdio>

using Sojourn::Session;
using Sojourn::SessionManager;
using Sojourn::SessionResponder;
using Sojourn::SessionStore;
using Method = QHttpServerRequest::Method;

namespace {

QString row(const Sojourn::SessionRecord &record, const Session &current, const QString &token)
{
    const Sojourn::VisitFacts visit = record.visitFacts();
    const QString form = QStringLiteral("<form method=post action=/devices/end><input type=hidden name=csrf value=\"%1\">"
                                        "<input type=hidden name=key value=\"%2\"><button>Log out</button></form>")
                             .arg(token, record.key.toString()); // a key is no secret: it opens nothing
    return "<li>" + visit.device().toHtmlEscaped() + ", last seen at " + visit.address + ", since "
         + Sojourn::toDateTime(record.createdAt).toString(Qt::ISODate)
         + (record.key == current.key() ? QString(" (this one)") : form) + "</li>";
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);

    Sojourn::SessionOptions options;
    options.cookie.secure = false; // for plain http on this machine; leave it out behind TLS
    options.keepVisit = true; // where visitors come from, and with which browser
    SessionManager sessions(std::make_shared<Sojourn::MemoryStore>(), options);
    QHttpServer server;

    const auto logIn = [](Session &session, const QHttpServerRequest &request) {
        session.logIn(SessionManager::formField(request, "name")); // a real application asks for a password: see login.cpp
        return SessionManager::redirect("/devices");
    };
    // What the store is asked comes later, so the answer goes through a SessionResponder.
    const auto devices = [&sessions](Session &session, SessionResponder responder) {
        const QString token = session.csrfToken();
        Sojourn::SessionQuery query;
        query.order = Sojourn::SessionQuery::ByCreated;
        query.descending = true;
        query.user = session.user();
        sessions.store()->list(query).then(
            [session, token, responder = std::move(responder)](Sojourn::Result<Sojourn::SessionPage> page) mutable {
                if (!page)
                    return; // a responder without an answer answers 500
                QString body = "<!doctype html><title>My devices</title>";
                for (const Sojourn::SessionRecord &record : page->records)
                    body += row(record, session, token);
                responder.send(QHttpServerResponse("text/html; charset=utf-8", body.toUtf8()));
            });
    };
    const auto endOne = [&sessions](Session &session, const QHttpServerRequest &request, SessionResponder responder) {
        const std::shared_ptr<SessionStore> store = sessions.store();
        const auto key = Sojourn::SessionKey::fromString(SessionManager::formField(request, "key"));
        if (!key) {
            responder.send(QHttpServerResponse::StatusCode::BadRequest);
            return;
        }
        store->load(*key).then([store, key = *key, user = session.user(),
                                responder = std::move(responder)](Sojourn::Result<Sojourn::SessionRecord> record) mutable {
            if (!record || record->user != user) { // somebody else's is none of this user's business
                responder.send(QHttpServerResponse::StatusCode::NotFound);
                return;
            }
            store->remove(key, SessionStore::Removal::User)
                .then([responder = std::move(responder)](Sojourn::Result<Sojourn::SessionInfo>) mutable {
                    responder.send(SessionManager::redirect("/devices"));
                });
        });
    };
    const bool ready = sessions.route(&server, "/login", Method::Post, logIn)
                    && sessions.route(&server, "/devices", SessionManager::requireUser(devices))
                    && sessions.route(&server, "/devices/end", Method::Post,
                                      SessionManager::requireUser(SessionManager::requireCsrfToken(endOne)));
    if (!ready)
        return 1; // the log says which route, and why

    auto tcpServer = std::make_unique<QTcpServer>();
    if (!tcpServer->listen(QHostAddress::LocalHost, argc > 1 ? QByteArray(argv[1]).toUShort() : quint16(8085)))
        return 1;
    std::printf("listening on http://127.0.0.1:%d/devices\n", tcpServer->serverPort());
    std::fflush(stdout);
    server.bind(tcpServer.release());
    return application.exec();
}
