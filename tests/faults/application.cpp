// SPDX-License-Identifier: MIT
#include "application.h"

#include <Sojourn/Session>
#include <Sojourn/TestClient>

using namespace Sojourn;
using namespace Qt::StringLiterals;

Application::Application(std::shared_ptr<SessionStore> inner) : m_store(std::make_shared<StepStore>(std::move(inner)))
{
    m_store->at = [this](Step step) { at(step); };
    m_store->setTimeout(Timeout);
    SessionOptions options;
    options.policy.idle = Idle;
    options.sweepInterval = std::chrono::milliseconds(0);
    m_sessions = std::make_unique<SessionManager>(m_store, options);
    m_sessions->install(&m_server);
    for (const QString &what : {u"write"_s, u"login"_s, u"login-bob"_s, u"logout"_s, u"look"_s}) {
        const bool added = m_sessions->route(&m_server, u"/routes/"_s + what, [this, what](Session &session) {
            return QHttpServerResponse(handle(what, session));
        });
        Q_ASSERT(added);
        m_server.route(u"/hooks/"_s + what, [this, what](const QHttpServerRequest &request) {
            Session session = m_sessions->session(request);
            return QHttpServerResponse(handle(what, session));
        });
    }
    m_port = TestClient::listen(m_server);
}

QString Application::handle(const QString &what, Session &session)
{
    const int value = session.get<int>("value").value_or(0); // hooks load here
    const QString user = session.user();
    if (what != u"look"_s)
        at(Step::InHandler);
    if (what == u"write"_s)
        session.insert("value", value + 1);
    else if (what == u"login"_s)
        session.logIn(u"ann"_s);
    else if (what == u"login-bob"_s)
        session.logIn(u"bob"_s);
    else if (what == u"logout"_s)
        session.destroy();
    return user + u' ' + QString::number(value);
}
