// SPDX-License-Identifier: MIT
// A login in one page: plain http on this machine, one account (ann, "mug"), sessions in memory.
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>

#include <QtCore/QCoreApplication>
#include <QtNetwork/QTcpServer>

#include <cstdio>

using Sojourn::Session;
using Sojourn::SessionManager;
using Method = QHttpServerRequest::Method;
using Status = QHttpServerResponse::StatusCode;

namespace {

/// Stands for the application's own look at its accounts.
bool passwordFits(const QString &user, const QString &password)
{
    return user == QLatin1String("ann") && password == QLatin1String("mug");
}

QHttpServerResponse page(const QString &body, Status status = Status::Ok)
{
    return QHttpServerResponse("text/html; charset=utf-8", "<!doctype html><title>Login</title>" + body.toUtf8(), status);
}

/// The form sends back where the visitor wanted to go, and the token that shows that it came from this page.
QString loginForm(Session &session, const QHttpServerRequest &request, const QString &message = {})
{
    return QStringLiteral("<p>%1</p><form method=post action=/login><input name=user placeholder=Name> "
                          "<input name=password type=password placeholder=Password> "
                          "<input type=hidden name=next value=\"%2\"><input type=hidden name=csrf value=\"%3\"><button>Log "
                          "in</button></form>")
        .arg(message, SessionManager::nextPage(request, "/account").toHtmlEscaped(), session.csrfToken());
}

QHttpServerResponse accountPage(Session &session)
{
    return page(QStringLiteral("<p>Hello %1</p><form method=post action=/logout><input type=hidden name=csrf value=\"%2\">"
                               "<button>Log out</button></form>")
                    .arg(session.user().toHtmlEscaped(), session.csrfToken()));
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);

    Sojourn::SessionOptions options;
    options.cookie.secure = false; // for plain http on this machine; leave it out behind TLS
    SessionManager sessions(std::make_shared<Sojourn::MemoryStore>(), options);
    QHttpServer server;

    const auto showForm = [](Session &session, const QHttpServerRequest &request) {
        return page(loginForm(session, request)); // the form carries session.csrfToken()
    };
    const auto logIn = [](Session &session, const QHttpServerRequest &request) {
        const QString user = SessionManager::formField(request, "user");
        if (!passwordFits(user, SessionManager::formField(request, "password")))
            return page(loginForm(session, request, "Name or password is wrong."), Status::Forbidden);
        session.logIn(user); // binds the user; a fresh id and CSRF token, the old id is dead in the same step
        return SessionManager::redirect(SessionManager::nextPage(request, "/account"));
    };
    const auto logOut = [](Session &session) {
        session.logOut();
        return SessionManager::redirect("/login");
    };
    const bool ready = sessions.route(&server, "/login", Method::Get, showForm)
                    && sessions.route(&server, "/login", Method::Post, SessionManager::requireCsrfToken(logIn))
                    && sessions.route(&server, "/logout", Method::Post, SessionManager::requireCsrfToken(logOut))
                    && sessions.route(&server, "/account", SessionManager::requireUser(accountPage, "/login"));
    if (!ready)
        return 1; // the log says which route, and why

    auto tcpServer = std::make_unique<QTcpServer>();
    if (!tcpServer->listen(QHostAddress::LocalHost, argc > 1 ? QByteArray(argv[1]).toUShort() : quint16(8081)))
        return 1;
    std::printf("listening on http://127.0.0.1:%d/account\n", tcpServer->serverPort());
    std::fflush(stdout);
    server.bind(tcpServer.release());
    return application.exec();
}
