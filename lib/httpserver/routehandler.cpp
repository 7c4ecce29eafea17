// SPDX-License-Identifier: MIT
#include "routehandler.h"

#include "exchange_p.h"

#include <QtCore/QFutureWatcher>

using namespace Qt::StringLiterals;

namespace Sojourn::Detail {

RouteCall::RouteCall(std::unique_ptr<Exchange> &exchange, const QRegularExpressionMatch &match, const QHttpServerRequest &request)
    : m_exchange(exchange), m_match(match), m_request(request), m_session(exchange->session())
{ }

std::optional<QHttpServerResponse> RouteCall::run()
{
    const auto route = m_exchange->sharedRoute(); // the handler may take the exchange away
    return route->function(*this);
}

SessionResponder RouteCall::takeResponder()
{
    m_exchange->hold(m_request);
    return SessionResponder(std::move(m_exchange));
}

void RouteCall::answerWith(QFuture<QHttpServerResponse> future)
{
    QHttpServer *server = m_exchange->route().server;
    const auto send = [responder = std::make_shared<SessionResponder>(takeResponder())](QFuture<QHttpServerResponse> finished) {
        if (finished.resultCount() > 0)
            responder->send(finished.takeResult());
    };
    if (future.isFinished()) {
        send(std::move(future));
        return;
    }
    auto *watcher = new QFutureWatcher<QHttpServerResponse>(server);
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, send] {
        send(watcher->future());
        watcher->deleteLater();
    });
    watcher->setFuture(future);
}

QHttpServerResponse RouteCall::refuse(const Guard::Refusal &refusal) const
{
    return m_exchange->route().manager->answerWith(refusal, m_request);
}

} // namespace Sojourn::Detail
