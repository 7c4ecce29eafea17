// SPDX-License-Identifier: MIT
#include "sessionmanager.h"

#include "endpoint_p.h"
#include "hooks_p.h"
#include "qtcompat_p.h"
#include "sessionmanager_p.h"

#include <Sojourn/Session>

using namespace Qt::StringLiterals;

namespace Sojourn {

Q_LOGGING_CATEGORY(lcHttpServer, "sojourn.httpserver")

namespace {

using Status = QHttpServerResponse::StatusCode;

QHttpServerResponse refusal(Status status, const QString &text)
{
    return QHttpServerResponse(QJsonObject{{u"error"_s, text}}, status);
}

} // namespace

/// The path of the request that the rules look at one after the other, made once for all of them.
class RequestPath
{
public:
    const QString &of(const QHttpServerRequest &request)
    {
        // While it is shared nobody changes it in place: the same address is the same one.
        if (QUrl url = request.url(); url.data_ptr() != m_url.data_ptr()) {
            m_path = url.path();
            m_url = std::move(url);
        }
        return m_path;
    }

private:
    QUrl m_url;
    QString m_path;
};

namespace {

/// A rule that spares paths without captures the regular expression, which costs more than a session does.
class RouteRule : public QHttpServerRouterRule
{
public:
    using QHttpServerRouterRule::QHttpServerRouterRule;

    void setPlainPath(const QString &path, QHttpServerRequest::Methods methods, std::shared_ptr<RequestPath> requestPath)
    {
        static const QRegularExpression plain(u"^/[A-Za-z0-9/_-]*$"_s);
        if (plain.match(path).hasMatch()) {
            m_path = path;
            m_methods = methods;
            m_requestPath = std::move(requestPath);
        }
    }

protected:
    bool matches(const QHttpServerRequest &request, QRegularExpressionMatch *match) const override
    {
        if (m_path.isEmpty())
            return QHttpServerRouterRule::matches(request, match);
        return m_methods.testFlag(request.method()) && m_requestPath->of(request) == m_path;
    }

private:
    QString m_path;
    QHttpServerRequest::Methods m_methods;
    std::shared_ptr<RequestPath> m_requestPath;
};

} // namespace

SessionManagerPrivate::SessionManagerPrivate(std::shared_ptr<SessionStore> sessionStore, SessionOptions sessionOptions)
    : store(std::move(sessionStore)),
      options(std::move(sessionOptions)),
      policy(std::make_shared<SessionPolicy>(options.policy)),
      cookieWriter(options.cookie),
      requestPath(std::make_shared<RequestPath>())
{
    if (const auto valid = options.validate(); !valid) {
        error = valid.error();
        qCCritical(lcHttpServer, "%ls", qUtf16Printable(error->text));
        return;
    }
    if (options.sizeLimit)
        store->setSizeLimit(*options.sizeLimit);
    store->setSweepInterval(options.sweepInterval);
}

std::optional<OfferedIds> SessionManagerPrivate::offeredIds(const QHttpServerRequest &request) const
{
    std::optional<OfferedIds> offered(std::in_place);
    if (!Compat::visitCookieHeaders(request, [&](QByteArrayView header) { offered->read(header, options.cookie.name); }))
        offered.reset();
    return offered;
}

std::shared_ptr<SessionState> SessionManagerPrivate::newSession(std::optional<SessionId> id) const
{
    return std::make_shared<SessionState>(id, store, policy);
}

void SessionManagerPrivate::countMalformed(const OfferedIds &offered)
{
    for (int i = 0; i < offered.malformed; ++i)
        store->counters().countRejectedId();
}

/// Looks ids up, one after the other, for the only one that is alive.
class SessionManagerPrivate::Search : public std::enable_shared_from_this<Search>
{
public:
    Search(const SessionManagerPrivate &manager, const OfferedIds &offered)
        : m_store(manager.store), m_policy(manager.policy), m_ids(offered.ids)
    { }

    Task<std::shared_ptr<SessionState>> run()
    {
        next(0);
        return m_promise.task();
    }

private:
    void next(size_t index)
    {
        if (index == m_ids.size()) {
            m_promise.finish(m_found ? std::make_shared<SessionState>(m_ids[*m_found], std::move(m_record), m_store, m_policy)
                                     : std::make_shared<SessionState>(std::nullopt, m_store, m_policy));
            return;
        }
        const Detail::ChainScope scope(m_promise.task().chain());
        const auto started = std::chrono::steady_clock::now();
        m_store->load(m_ids[index].key()).then([self = shared_from_this(), index, started](Result<SessionRecord> record) {
            self->m_store->counters().countOperation(std::chrono::steady_clock::now() - started,
                                                     record ? nullptr : &record.error());
            if (!record && record.error() != Error::NotFound)
                self->m_promise.finish(std::unexpected(std::move(record.error())));
            else
                self->looked(index, std::move(record));
        });
    }

    void looked(size_t index, Result<SessionRecord> record)
    {
        if (!record) {
            m_store->counters().countRejectedId();
        } else if (m_found) {
            m_store->counters().countRejectedId();
            m_store->counters().countRejectedId();
            m_found.reset();
            next(m_ids.size());
            return;
        } else {
            m_found = index;
            m_record = std::move(*record);
        }
        next(index + 1);
    }

    const std::shared_ptr<SessionStore> m_store;
    const std::shared_ptr<const SessionPolicy> m_policy;
    const std::vector<SessionId> m_ids;
    const TaskPromise<std::shared_ptr<SessionState>> m_promise;
    std::optional<size_t> m_found;
    SessionRecord m_record;
};

Task<std::shared_ptr<SessionState>> SessionManagerPrivate::load(const OfferedIds &offered)
{
    if (offered.ids.empty())
        return newSession(std::nullopt);
    if (offered.ids.size() > 1)
        return std::make_shared<Search>(*this, offered)->run();

    std::shared_ptr<SessionState> session = newSession(offered.ids.front());
    Task<void> loading = session->load();
    if (loading.isFinished()) {
        const Result<void> loaded = loading.takeResult();
        return loaded ? Result<std::shared_ptr<SessionState>>(std::move(session)) : std::unexpected(loaded.error());
    }
    const TaskPromise<std::shared_ptr<SessionState>> promise(loading.chain());
    loading.then([session, promise](Result<void> loaded) {
        promise.finish(loaded ? Result<std::shared_ptr<SessionState>>(session) : std::unexpected(std::move(loaded.error())));
    });
    return promise.task();
}

void SessionManagerPrivate::finish(QHttpServerResponse &response, const std::shared_ptr<SessionState> &session,
                                   const Result<void> &committed)
{
    if (!committed) {
        switch (committed.error().code) {
        case Error::NotFound:
        case Error::Conflict:
        case Error::Invalid:
            if (!options.keepAnswerWhenLost)
                response = refusal(Status::Conflict, committed.error().text);
            break;
        case Error::TooLarge:
            response = refusal(Status::PayloadTooLarge, committed.error().text);
            break;
        case Error::LimitReached:
            response = refusal(Status::Forbidden, committed.error().text);
            break;
        default:
            response = unavailable(committed.error());
        }
    }

    const bool wasRead = session->wasRead();
    if (session->cookie() == SessionState::Cookie::None && !wasRead)
        return;
    static const QByteArray setCookie = "Set-Cookie"_ba, cacheControl = "Cache-Control"_ba, noStore = "no-store"_ba,
                            vary = "Vary"_ba, cookie = "Cookie"_ba;
    Compat::ResponseHeaders headers(response);
    if (session->cookie() != SessionState::Cookie::None) {
        headers.add(setCookie, session->cookie() == SessionState::Cookie::Set
                                   ? cookieWriter.set(*Session(session).id(), session->maxAge())
                                   : cookieWriter.removal());
        if (!headers.contains(cacheControl))
            headers.add(cacheControl, noStore);
    }
    if (wasRead)
        headers.add(vary, cookie);
}

void SessionManagerPrivate::finishWithoutHeaders(QHttpServerResponse &response, const std::shared_ptr<SessionState> &session)
{
    if (Session(session).isModified() && !hasFailed(response))
        response = refusal(Status::BadRequest,
                           u"The request came without headers, or had more than this server reads, so nothing was saved."_s);
}

QHttpServerResponse SessionManagerPrivate::unavailable(const Error &cause)
{
    if (m_quiet.hasExpired()) {
        qCWarning(lcHttpServer, "The session store fails, so visitors get 503: %ls", qUtf16Printable(cause.text));
        m_quiet.setRemainingTime(std::chrono::seconds(10));
    }
    QHttpServerResponse response = refusal(Status::ServiceUnavailable,
                                           u"The session store does not answer. Try again in a moment."_s);
    Compat::ResponseHeaders(response).add("Retry-After"_ba, QByteArray::number(qint64(options.retryAfter.count())));
    return response;
}

SessionManager::SessionManager(std::shared_ptr<SessionStore> store, Options options)
    : d(std::make_shared<SessionManagerPrivate>(std::move(store), std::move(options))), m_hooks(std::make_shared<Hooks>(d))
{ }

SessionManager::~SessionManager() = default;

std::optional<Error> SessionManager::error() const
{
    return d->error;
}

bool SessionManager::install(QHttpServer *server)
{
    if (d->error)
        return false;
    Hooks::install(m_hooks, server);
    return true;
}

Session SessionManager::session(const QHttpServerRequest &request)
{
    return m_hooks->session(request);
}

std::unique_ptr<QHttpServerRouterRule> SessionManager::makeRule(QHttpServer *server, const QString &path,
                                                                QHttpServerRequest::Methods methods, RouteShape shape,
                                                                Detail::RouteFunction function)
{
    if (d->error)
        return nullptr;
    const auto endpoint = std::make_shared<Endpoint>(d, server, shape.usesSession, std::move(function));
    auto rule = Compat::makeRule<RouteRule>(server, path, methods,
                                            [endpoint](const QRegularExpressionMatch &match, const QHttpServerRequest &request,
                                                       Compat::RawResponder responder) {
                                                endpoint->handle(match, request, static_cast<Compat::RawResponder>(responder));
                                            });
    if (!shape.captures)
        rule->setPlainPath(path, methods, d->requestPath);
    return rule;
}

const std::shared_ptr<SessionStore> &SessionManager::store() const
{
    return d->store;
}

const SessionOptions &SessionManager::options() const
{
    return d->options;
}

Metrics SessionManager::metrics() const
{
    return d->store->counters().read();
}

} // namespace Sojourn
