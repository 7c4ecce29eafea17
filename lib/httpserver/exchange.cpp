// SPDX-License-Identifier: MIT
#include "exchange_p.h"

#include "serverthread_p.h"
#include "stream_p.h"

namespace Sojourn {

using Status = QHttpServerResponse::StatusCode;

Exchange::~Exchange()
{
    // A store, a promise or a responder has dropped it. In a foreign thread the connection must be left alone.
    if (m_channel.isOpen() && m_route->thread->isCurrent())
        m_channel.write(Status::InternalServerError);
    if (m_stream && (m_route->thread->isCurrent() || m_route->thread->isGone()))
        m_stream->close();
}

void Exchange::start(std::shared_ptr<Route> route, const QRegularExpressionMatch &match, const QHttpServerRequest &request,
                     Compat::RawResponder responder)
{
    auto exchange = std::make_unique<Exchange>(std::move(route), request, static_cast<Compat::RawResponder>(responder));
    if (!exchange->route().usesSession) {
        call(std::move(exchange), match, request);
        return;
    }
    SessionManagerPrivate &manager = *exchange->route().manager;
    exchange->m_visit.offered = manager.offeredIds(request);
    manager.countMalformed(exchange->m_visit.offered);
    Task<LoadedSession> loading = manager.load(exchange->m_visit.offered);
    if (!loading.isFinished() && !Compat::staysWhileHeld(request)) {
        loaded(std::move(exchange), manager.store->waitFor(std::move(loading)), match, request);
        return;
    }
    if (loading.isFinished()) {
        loaded(std::move(exchange), loading.takeResult(), match, request);
        return;
    }
    exchange->hold(request);
    loading.then([exchange = std::move(exchange), match](Result<LoadedSession> session) mutable {
        if (exchange->m_channel.isOpen()) {
            const QHttpServerRequest &held = *exchange->m_held;
            loaded(std::move(exchange), std::move(session), match, held);
        }
    });
}

void Exchange::hold(const QHttpServerRequest &request)
{
    if (!m_held && Compat::staysWhileHeld(request))
        m_held.emplace(request);
    m_channel.hold();
}

const QHttpServerRequest *Exchange::heldRequest() const
{
    return m_held ? &static_cast<const QHttpServerRequest &>(*m_held) : nullptr;
}

void Exchange::loaded(std::unique_ptr<Exchange> exchange, Result<LoadedSession> session, const QRegularExpressionMatch &match,
                      const QHttpServerRequest &request)
{
    if (!session) {
        if (RequestLog::isEnabled())
            RequestLog::notLoaded(exchange->m_visit, request, session.error().text);
        exchange->m_channel.write(exchange->route().manager->answerUnloaded(session.error(), &request));
        return;
    }
    static_cast<LoadedSession &>(exchange->m_visit) = std::move(*session);
    exchange->route().manager->keepVisit(*exchange->session(), request);
    call(std::move(exchange), match, request);
}

void Exchange::call(std::unique_ptr<Exchange> exchange, const QRegularExpressionMatch &match, const QHttpServerRequest &request)
{
    std::optional<QHttpServerResponse> response;
    {
        Detail::RouteCall call(exchange, match, request);
        try {
            response = call.run();
        } catch (const std::exception &exception) {
            qCWarning(lcHttpServer, "A route's handler threw: %s", exception.what());
        } catch (...) {
            qCWarning(lcHttpServer, "A route's handler threw an exception that is no std::exception.");
        }
    }
    if (!exchange)
        return; // a SessionResponder has it
    if (!response)
        response = Status::InternalServerError;
    save(std::move(exchange), std::move(*response), &request);
}

void Exchange::answer(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&response)
{
    const std::shared_ptr<ServerThread> thread = exchange->m_route->thread;
    if (thread->isCurrent()) {
        const QHttpServerRequest *request = exchange->m_channel.isOpen() ? exchange->heldRequest() : nullptr;
        save(std::move(exchange), std::move(response), request);
        return;
    }
    // Functions of Qt's event queue are copied.
    auto parts = std::make_shared<std::pair<std::unique_ptr<Exchange>, QHttpServerResponse>>(std::move(exchange),
                                                                                             std::move(response));
    thread->post([parts] { answer(std::move(parts->first), std::move(parts->second)); });
}

void Exchange::stream(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&head, std::shared_ptr<Stream> stream)
{
    exchange->m_stream = std::move(stream);
    answer(std::move(exchange), std::move(head));
}

void Exchange::save(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&response, const QHttpServerRequest *request)
{
    Exchange &self = *exchange;
    if (!self.session()) {
        self.leave(std::move(response), true, request);
        return;
    }
    Task<void> committing = self.route().manager->commit(self.m_visit, response);
    if (committing.isFinished()) {
        self.finish(std::move(response), committing.takeResult(), request);
        return;
    }
    if (request)
        self.hold(*request);
    else
        self.m_channel.hold();
    committing.then([exchange = std::move(exchange), response = std::move(response)](Result<void> committed) mutable {
        exchange->finish(std::move(response), committed, exchange->m_channel.isOpen() ? exchange->heldRequest() : nullptr);
        // So that those whose changes were saved together come back together, and the next ones are, too.
        exchange->m_channel.flush();
    });
}

void Exchange::finish(QHttpServerResponse &&response, const Result<void> &committed, const QHttpServerRequest *request)
{
    const bool isHandlers = route().manager->finish(response, m_visit, committed, request);
    leave(std::move(response), isHandlers, request);
}

void Exchange::leave(QHttpServerResponse &&response, bool isHandlers, const QHttpServerRequest *request)
{
    const std::shared_ptr<Stream> stream = std::move(m_stream);
    if (stream && isHandlers && m_channel.isOpen()) {
        stream->begin(route().server, m_channel, m_visit, response, request, route().manager);
        return;
    }
    m_channel.write(std::move(response));
    if (stream)
        stream->close();
}

} // namespace Sojourn
