// SPDX-License-Identifier: MIT
#include "hooks_p.h"

#include <QtCore/QAbstractEventDispatcher>

#include <algorithm>

using namespace Qt::StringLiterals;

#ifdef Q_CC_MSVC
#include <intrin.h>
#endif

namespace Sojourn {

namespace {

/// About where the stack is, which grows downwards: a function that is still running has called from a higher place.
quintptr stackPosition()
{
#ifdef Q_CC_MSVC
    return reinterpret_cast<quintptr>(_AddressOfReturnAddress());
#else
    return reinterpret_cast<quintptr>(__builtin_frame_address(0));
#endif
}

} // namespace

/// Sees every request before the rules behind it, and matches none.
class Hooks::Observer : public QHttpServerRouterRule
{
public:
    using QHttpServerRouterRule::QHttpServerRouterRule;

    std::shared_ptr<Hooks> hooks;

protected:
    bool matches(const QHttpServerRequest &request, QRegularExpressionMatch *) const override
    {
        hooks->begin(request);
        return false;
    }
};

Hooks::Hooks(std::shared_ptr<SessionManagerPrivate> manager) : m_manager(std::move(manager)) { }

void Hooks::install(const std::shared_ptr<Hooks> &hooks, QHttpServer *server)
{
    const auto neverCalled = [](const QRegularExpressionMatch &, const QHttpServerRequest &, Compat::RawResponder) { };
    if (hooks->m_servers.contains(server))
        return;
    hooks->m_servers.insert(server);
    hooks->m_thread = server->thread();
    QObject::connect(server, &QObject::destroyed, server, [hooks, server] { hooks->m_servers.remove(server); });
    auto observer = Compat::makeRule<Observer>(server, u"/"_s, QHttpServerRequest::Method::AnyKnown, neverCalled);
    observer->hooks = hooks;
    server->router()->addRule<void (*)()>(std::move(observer));

    Compat::addAfterHook(server, [hooks](QHttpServerResponse &response, const QHttpServerRequest &request) {
        hooks->end(response, request);
    });

    if (auto *dispatcher = QAbstractEventDispatcher::instance())
        QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, server, [hooks] { hooks->dropAbandoned(); });
}

void Hooks::begin(const QHttpServerRequest &request)
{
    // Connections reuse their request: what is still open of this one has been abandoned.
    if (!m_open.empty()) {
        std::erase_if(m_open, [&](const OpenRequest &open) {
            if (open.request == &request)
                warnIfAsked(open);
            return open.request == &request;
        });
    }
    m_open.push_back({&request, stackPosition(), {}, {}});
}

Hooks::OpenRequest *Hooks::find(const QHttpServerRequest &request)
{
    const auto found = std::ranges::find(m_open, &request, &OpenRequest::request);
    return found == m_open.end() ? nullptr : &*found;
}

Session Hooks::session(const QHttpServerRequest &request)
{
    OfferedIds offered = m_manager->offeredIds(request);
    OpenRequest *open = QThread::currentThread() == m_thread ? find(request) : nullptr;
    // The second condition: a request that an earlier route took past begin() must not meet what another visitor abandoned here.
    if (!open || (open->visit.session && open->visit.offered != offered)) {
        if (!m_toldOfUnknown.test_and_set()) {
            qCWarning(
                lcHttpServer,
                "session(request) for %s: this request did not pass SessionManager::install(), or another thread asks, so its "
                "session is not known and will not be saved. Call install() before the first route, and session() only in the "
                "handler; in a route of SessionManager::route() take a Session & instead. (This is said once.)",
                request.url().path(QUrl::FullyEncoded).toLatin1().constData());
        }
        return unknown();
    }
    Visit &visit = open->visit;
    if (visit.session)
        return Session(visit.session);

    visit.offered = offered;
    m_manager->countMalformed(visit.offered);
    if (visit.offered.ids.size() <= 1) {
        visit.session = m_manager->newSession(visit.offered);
    } else if (auto loaded = m_manager->store->waitFor(m_manager->load(visit.offered))) {
        static_cast<LoadedSession &>(visit) = std::move(*loaded);
    } else {
        visit.session = m_manager->newSession(visit.offered);
        visit.session->fail(std::move(loaded.error()));
    }
    m_manager->keepVisit(*visit.session, request);
    return Session(visit.session);
}

Result<Hooks::Headers> Hooks::responseHeaders(const QHttpServerRequest &request, QHttpServerResponse::StatusCode status)
{
    OpenRequest *found = QThread::currentThread() == m_thread ? find(request) : nullptr;
    if (!found) {
        return failure(Error::Invalid, u"responseHeaders(request): this request did not pass SessionManager::install(), or its "
                                       "handler has returned or called this before. Call it once, in the handler."_s);
    }
    OpenRequest open = std::move(*found);
    m_open.erase(m_open.begin() + (found - m_open.data()));
    if (open.errorHeaders)
        return *std::move(open.errorHeaders);
    if (!open.visit.session)
        return Headers();
    QHttpServerResponse response(status);
    Result<void> committed = m_manager->store->waitFor(m_manager->commit(open.visit, response));
    if (!committed)
        m_manager->addHeaders(response, open.visit);
    else if (!m_manager->finish(response, open.visit, {}, &request))
        committed = std::unexpected(SessionManagerPrivate::headersMissing());
    Headers headers = m_manager->headersOf(response);
    if (committed)
        return headers;
    open.errorHeaders = std::move(headers);
    m_open.push_back(std::move(open));
    return std::unexpected(committed.error());
}

/// A session that is never saved.
Session Hooks::unknown() const
{
    auto session = m_manager->newSession({});
    session->keepNothing();
    return Session(std::move(session));
}

void Hooks::end(QHttpServerResponse &response, const QHttpServerRequest &request)
{
    OpenRequest *found = find(request);
    if (!found)
        return;
    OpenRequest open = std::move(*found);
    m_open.erase(m_open.begin() + (found - m_open.data()));
    if (open.visit.session && !open.errorHeaders) {
        const auto committed = m_manager->store->waitFor(m_manager->commit(open.visit, response));
        m_manager->finish(response, open.visit, committed, &request);
    }
}

/// The event loop is about to sleep: requests that began deeper in the stack than we are now have no handler that runs.
void Hooks::dropAbandoned()
{
    if (m_open.empty())
        return;
    const quintptr here = stackPosition();
    std::erase_if(m_open, [here](const OpenRequest &open) {
        if (open.stack < here)
            warnIfAsked(open);
        return open.stack < here;
    });
}

void Hooks::warnIfAsked(const OpenRequest &abandoned)
{
    if (abandoned.visit.session && !abandoned.errorHeaders)
        qCWarning(lcHttpServer,
                  "A handler asked for session(request) and answered through a QHttpServerResponder or a QFuture, so its session "
                  "was not saved. Return the response, or use SessionManager::route() with a SessionResponder.");
}

} // namespace Sojourn
