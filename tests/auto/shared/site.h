// SPDX-License-Identifier: MIT
#pragma once

#include "httpclient.h"
#include "slowstore.h"

#include <Sojourn/SessionManager>

#include <QtNetwork/QTcpServer>

enum class FrontEnd { Hooks, Routes };
Q_DECLARE_METATYPE(FrontEnd)

/// \a response with one more header.
inline QHttpServerResponse withHeader(QHttpServerResponse response, const QByteArray &name, const QByteArray &value)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    response.addHeader(name, value);
#else
    QHttpHeaders headers = response.headers();
    headers.append(name, value);
    response.setHeaders(headers);
#endif
    return response;
}

/// A server on a free port whose handlers are the same over both front ends, with time in the test's hands.
class Site
{
public:
    using Handler = std::function<QHttpServerResponse(Sojourn::Session &, const QHttpServerRequest &)>;

    explicit Site(FrontEnd frontEnd, Sojourn::SessionOptions options = {})
        : m_frontEnd(frontEnd), sessions(std::make_unique<Sojourn::SessionManager>(store, std::move(options)))
    {
        store->setClock([this] { return now; });
        if (frontEnd == FrontEnd::Hooks)
            sessions->install(server.get());
    }

    void route(const QString &path, Handler handler)
    {
        if (m_frontEnd == FrontEnd::Routes) {
            mustAdd(sessions->route(server.get(), path, [handler](Sojourn::Session &session, const QHttpServerRequest &request) {
                return handler(session, request);
            }));
        } else {
            server->route(path, [this, handler](const QHttpServerRequest &request) {
                Sojourn::Session session = sessions->session(request);
                return handler(session, request);
            });
        }
    }
    /// A handler without an answer of its own.
    void route(const QString &path, std::function<void(Sojourn::Session &)> handler)
    {
        route(path, [handler](Sojourn::Session &session, const QHttpServerRequest &) {
            handler(session);
            return QHttpServerResponse("ok");
        });
    }

    quint16 port()
    {
        if (!m_listener) {
            auto *listener = new QTcpServer(server.get());
            m_listener = listener;
            listener->listen(QHostAddress::LocalHost);
            server->bind(listener);
            m_port = listener->serverPort();
        }
        return m_port;
    }

    qint64 sessionCount() { return store->inner().count().takeResult().value(); }

    Sojourn::TimePoint now = Sojourn::systemNow();
    std::shared_ptr<SlowStore> store = std::make_shared<SlowStore>();
    std::unique_ptr<QHttpServer> server = std::make_unique<QHttpServer>();

private:
    static void mustAdd(bool added)
    {
        if (!added)
            qFatal("A route of the test could not be added.");
    }

    FrontEnd m_frontEnd;
    QPointer<QTcpServer> m_listener;
    quint16 m_port = 0;

public:
    std::unique_ptr<Sojourn::SessionManager> sessions;
};
