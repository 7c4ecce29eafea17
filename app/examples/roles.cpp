// SPDX-License-Identifier: MIT
// An application that was there before, with synchronous handlers, gets a login with roles: one line before its first route, one
// in each handler. Accounts: ann (agent) and bob (admin), password "mug".
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>

#include <QtCore/QCoreApplication>
#include <QtNetwork/QTcpServer>

#include <cstdio>

using Sojourn::Guard;
using Sojourn::Session;
using Sojourn::SessionManager;
using Method = QHttpServerRequest::Method;
using Status = QHttpServerResponse::StatusCode;

namespace {

/// Stands for the application's own look at its accounts: the role, empty if name or password is wrong.
QString roleOf(const QString &user, const QString &password)
{
    if (password != QLatin1String("mug"))
        return {};
    return user == QLatin1String("ann") ? "agent" : user == QLatin1String("bob") ? "admin" : QString();
}

QHttpServerResponse page(const QString &body, Status status = Status::Ok)
{
    return QHttpServerResponse("text/html; charset=utf-8", "<!doctype html><title>Tickets</title>" + body.toUtf8(), status);
}

QHttpServerResponse loginPage(Session session, const QHttpServerRequest &request, const QString &message = {},
                              Status status = Status::Ok)
{
    const QString form = QStringLiteral("<p>%1</p><form method=post action=/login><input name=user placeholder=Name> "
                                        "<input name=password type=password placeholder=Password> "
                                        "<input type=hidden name=next value=\"%2\"><input type=hidden name=csrf value=\"%3\">"
                                        "<button>Log in</button></form>");
    return page(form.arg(message, SessionManager::nextPage(request, "/tickets").toHtmlEscaped(), session.csrfToken()), status);
}

QString logoutForm(Session session)
{
    return QStringLiteral("<form method=post action=/logout><input type=hidden name=csrf value=\"%1\">"
                          "<button>Log out</button></form>")
        .arg(session.csrfToken());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);

    Sojourn::SessionOptions options;
    options.cookie.secure = false; // for plain http on this machine; leave it out behind TLS
    SessionManager sessions(std::make_shared<Sojourn::MemoryStore>(), options);
    QHttpServer server;

    if (!sessions.install(&server)) // before the first route
        return 1; // the log says why
    server.route("/login", Method::Get,
                 [&](const QHttpServerRequest &request) { return loginPage(sessions.session(request), request); });
    server.route("/login", Method::Post, [&](const QHttpServerRequest &request) {
        if (auto refusal = sessions.refusal(request, Guard::csrfToken()))
            return std::move(*refusal);
        Session session = sessions.session(request);
        const QString user = SessionManager::formField(request, "user");
        const QString role = roleOf(user, SessionManager::formField(request, "password"));
        if (role.isEmpty())
            return loginPage(session, request, "Name or password is wrong.", Status::Forbidden);
        session.logIn(user);
        session.insert("role", role); // what Guard::role() looks at; a list of roles does too
        return SessionManager::redirect(SessionManager::nextPage(request, "/tickets"));
    });
    server.route("/logout", Method::Post, [&](const QHttpServerRequest &request) {
        if (auto refusal = sessions.refusal(request, Guard::csrfToken()))
            return std::move(*refusal);
        sessions.session(request).logOut();
        return SessionManager::redirect("/login");
    });
    server.route("/tickets", [&](const QHttpServerRequest &request) {
        if (auto refusal = sessions.refusal(request, Guard::user("/login")))
            return std::move(*refusal); // to the login page and back
        const Session session = sessions.session(request);
        return page("<p>Tickets of " + session.user().toHtmlEscaped() + "</p>" + logoutForm(session));
    });
    server.route("/admin", [&](const QHttpServerRequest &request) {
        if (auto refusal = sessions.refusal(request, Guard::role("admin", "/login")))
            return std::move(*refusal); // 403 for ann
        return page("<p>Everybody's tickets</p>" + logoutForm(sessions.session(request)));
    });

    auto tcpServer = std::make_unique<QTcpServer>();
    if (!tcpServer->listen(QHostAddress::LocalHost, argc > 1 ? QByteArray(argv[1]).toUShort() : quint16(8086)))
        return 1;
    std::printf("listening on http://127.0.0.1:%d/tickets\n", tcpServer->serverPort());
    std::fflush(stdout);
    server.bind(tcpServer.release());
    return application.exec();
}
