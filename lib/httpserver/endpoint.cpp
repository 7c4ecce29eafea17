// SPDX-License-Identifier: MIT
#include "endpoint_p.h"

#include "exchange_p.h"
#include "sessionmanager_p.h"

namespace Sojourn {

Endpoint::Endpoint(std::shared_ptr<SessionManagerPrivate> manager, QHttpServer *server, bool usesSession,
                   Detail::RouteFunction function)
    : m_manager(std::move(manager)), m_server(server), m_usesSession(usesSession), m_function(std::move(function))
{ }

void Endpoint::handle(const QRegularExpressionMatch &match, const QHttpServerRequest &request, Compat::RawResponder responder)
{
    auto exchange = std::make_unique<Exchange>(m_manager, m_server, request, static_cast<Compat::RawResponder>(responder));
    if (!m_usesSession) {
        call(std::move(exchange), match, request);
        return;
    }
    const std::optional<OfferedIds> offered = m_manager->offeredIds(request);
    if (!offered) {
        exchange->hasHeaders = false;
        exchange->session = m_manager->newSession(std::nullopt);
        call(std::move(exchange), match, request);
        return;
    }
    m_manager->countMalformed(*offered);
    Task<std::shared_ptr<SessionState>> loading = m_manager->load(*offered);
    if (!loading.isFinished() && !Compat::staysWhileHeld(request)) {
        loaded(std::move(exchange), m_manager->store->waitFor(std::move(loading)), match, request);
        return;
    }
    if (loading.isFinished()) {
        loaded(std::move(exchange), loading.takeResult(), match, request);
        return;
    }
    exchange->channel.hold();
    loading.then([self = shared_from_this(), exchange = std::move(exchange), match,
                  held = Compat::HeldRequest(request)](Result<std::shared_ptr<SessionState>> session) mutable {
        if (exchange->channel.isOpen())
            self->loaded(std::move(exchange), std::move(session), match, held);
    });
}

void Endpoint::loaded(std::unique_ptr<Exchange> exchange, Result<std::shared_ptr<SessionState>> session,
                      const QRegularExpressionMatch &match, const QHttpServerRequest &request)
{
    if (!session) {
        exchange->channel.write(m_manager->unavailable(session.error()));
        return;
    }
    exchange->session = std::move(*session);
    call(std::move(exchange), match, request);
}

void Endpoint::call(std::unique_ptr<Exchange> exchange, const QRegularExpressionMatch &match, const QHttpServerRequest &request)
{
    std::optional<QHttpServerResponse> response;
    {
        Detail::RouteCall call(exchange, match, request);
        try {
            response = m_function(call);
        } catch (const std::exception &exception) {
            qCWarning(lcHttpServer, "A route's handler threw: %s", exception.what());
        } catch (...) {
            qCWarning(lcHttpServer, "A route's handler threw an exception that is no std::exception.");
        }
    }
    if (!exchange)
        return; // a SessionResponder has it
    if (!response)
        response = QHttpServerResponse(QHttpServerResponse::StatusCode::InternalServerError);
    Exchange::answer(std::move(exchange), std::move(*response));
}

} // namespace Sojourn
