// SPDX-License-Identifier: MIT
#include "hooks_p.h"

#include "qtcompat_p.h"
#include "sessionmanager_p.h"

#include <QtCore/QAbstractEventDispatcher>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

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
    m_open.push_back({&request, QThread::currentThread()->loopLevel(), {}, {}, {}});
}

Hooks::OpenRequest *Hooks::find(const QHttpServerRequest &request)
{
    const auto found = std::ranges::find(m_open, &request, &OpenRequest::request);
    return found == m_open.end() ? nullptr : &*found;
}

Session Hooks::session(const QHttpServerRequest &request)
{
    OpenRequest *open = find(request);
    std::optional<OfferedIds> offered = m_manager->offeredIds(request);
    // The second condition: a request that an earlier route took past begin() must not meet what another visitor abandoned here.
    if (!open || (open->session && open->offered != offered)) {
        qCWarning(lcHttpServer,
                  "session(request): this request did not pass SessionManager::install(), so its session is not known and "
                  "will not be saved. Call install() before the first route; in a route of SessionManager::route() take "
                  "a Session & instead.");
        return Session(m_manager->newSession(std::nullopt));
    }
    if (open->session)
        return Session(open->session);

    open->offered = std::move(offered);
    if (!open->offered) {
        open->session = m_manager->newSession(std::nullopt);
        return Session(open->session);
    }
    m_manager->countMalformed(*open->offered);
    const auto &ids = open->offered->ids;
    if (ids.size() <= 1) {
        open->session = m_manager->newSession(ids.empty() ? std::nullopt : std::optional(ids.front()));
    } else if (auto found = m_manager->store->waitFor(m_manager->load(*open->offered))) {
        open->session = std::move(*found);
    } else {
        open->session = m_manager->newSession(std::nullopt);
        open->error = std::move(found.error());
    }
    return Session(open->session);
}

void Hooks::end(QHttpServerResponse &response, const QHttpServerRequest &request)
{
    OpenRequest *found = find(request);
    if (!found)
        return;
    const OpenRequest open = std::move(*found);
    m_open.erase(m_open.begin() + (found - m_open.data()));

    if (!open.session)
        return;
    if (open.error)
        response = m_manager->unavailable(*open.error);
    else if (!open.offered)
        m_manager->finishWithoutHeaders(response, open.session);
    else
        m_manager->finish(response, open.session, m_manager->store->waitFor(open.session->commit(hasFailed(response))));
}

/// The event loop is about to sleep, so no handler of this level or a deeper one is running.
void Hooks::dropAbandoned()
{
    if (m_open.empty())
        return;
    const int level = QThread::currentThread()->loopLevel();
    std::erase_if(m_open, [level](const OpenRequest &open) {
        if (open.loopLevel >= level)
            warnIfAsked(open);
        return open.loopLevel >= level;
    });
}

void Hooks::warnIfAsked(const OpenRequest &abandoned)
{
    if (abandoned.session)
        qCWarning(lcHttpServer,
                  "A handler asked for session(request) and answered through a QHttpServerResponder or a QFuture, so its session "
                  "was not saved. Return the response, or use SessionManager::route() with a SessionResponder.");
}

} // namespace Sojourn
