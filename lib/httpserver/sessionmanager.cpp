// SPDX-License-Identifier: MIT
#include "sessionmanager.h"

#include "exchange_p.h"
#include "formdata_p.h"
#include "hooks_p.h"
#include "serverthread_p.h"
#include "sessionwatch_p.h"
#include "websockets_p.h"

#include <Sojourn/RealmStore>
#include <Sojourn/Session>
#include <Sojourn/jsonrules.h>
#include <Sojourn/nostore_p.h>

#include <QtCore/QAbstractEventDispatcher>
#include <QtNetwork/QNetworkRequest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

// Debug is a line a request, which only those get who ask for it.
Q_LOGGING_CATEGORY(lcHttpServer, "sojourn.httpserver", QtInfoMsg)

using Status = QHttpServerResponse::StatusCode;

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

static std::shared_ptr<const SessionPolicy> policyOf(const SessionOptions &options)
{
    auto policy = std::make_shared<SessionPolicy>(options.policy);
    if (options.sizeLimit)
        policy->sizeLimit = options.sizeLimit;
    if (!options.realm.isEmpty())
        policy->userSizeLimit = MaxUserSize - RealmStore::userOverhead(options.realm);
    return policy;
}

/// "redis" of Sojourn::RedisStore.
static QByteArray kindOf(const SessionStore &store)
{
    QByteArray name = store.metaObject()->className();
    name = name.sliced(name.lastIndexOf(':') + 1);
    if (name.endsWith("Store"))
        name.chop(5);
    return name.toLower();
}

static std::shared_ptr<SessionStore> storeFor(const std::shared_ptr<SessionStore> &given, const SessionOptions &options)
{
    const bool hasRealm = given && RealmStore::isRealm(options.realm);
    return hasRealm ? std::make_shared<RealmStore>(options.realm, given) : Detail::orNoStore(given);
}

SessionManagerPrivate::SessionManagerPrivate(const std::shared_ptr<SessionStore> &sessionStore, SessionOptions sessionOptions)
    : store(storeFor(sessionStore, sessionOptions)),
      storeKind(sessionStore ? kindOf(*sessionStore) : QByteArray()),
      options(std::move(sessionOptions)),
      policy(policyOf(options)),
      cookieWriter(options.cookie),
      requestPath(std::make_shared<RequestPath>())
{
    if (!sessionStore) {
        error = Error{Error::Invalid,
                      u"A SessionManager needs a store: give it one, such as std::make_shared<Sojourn::MemoryStore>()."_s};
    } else if (const auto valid = options.validate(); !valid) {
        error = valid.error();
    }
    if (error) {
        qCCritical(lcHttpServer, "%ls", qUtf16Printable(error->text));
        return;
    }
    // A limit that somebody has set stays: another manager on this store goes by its own where that is lower.
    if (options.sizeLimit && store->sizeLimit() == SessionStore::DefaultSizeLimit)
        store->setSizeLimit(*options.sizeLimit);
    sweepHelper = store->sweepAtLeastEvery(options.sweepInterval);
}

SessionManagerPrivate::~SessionManagerPrivate() = default;

SessionWatch &SessionManagerPrivate::watch()
{
    if (!m_watch)
        m_watch = std::make_unique<SessionWatch>(store, policy);
    return *m_watch;
}

// ---- From the cookies to a session

namespace {

/// Whether a cookie of \a sameSite is withheld from a request with these headers (Fetch Metadata).
bool withholds(SameSite sameSite, QHttpServerRequest::Method method, QByteArrayView site, QByteArrayView mode,
               QByteArrayView destination)
{
    if (sameSite == SameSite::None || site != "cross-site")
        return false;
    const bool isTopLevel = (mode == "navigate" && (destination == "document" || destination.isEmpty()))
                         || (mode.isEmpty() && destination == "document");
    const bool isSafe = method == QHttpServerRequest::Method::Get || method == QHttpServerRequest::Method::Head;
    return sameSite == SameSite::Strict || !isTopLevel || !isSafe;
}

bool isBearer(QByteArrayView authorization)
{
    return authorization.size() >= 6 && authorization.first(6).compare("bearer", Qt::CaseInsensitive) == 0
        && (authorization.size() == 6 || authorization[6] == ' ');
}

bool isHeader(QByteArrayView name, QByteArrayView lowerCase)
{
    return name.size() == lowerCase.size() && name.compare(lowerCase, Qt::CaseInsensitive) == 0;
}

/// Reads the headers of a request one by one.
class HeaderReader
{
public:
    explicit HeaderReader(const SessionOptions &options) : m_options(options) { }

    void read(QByteArrayView name, QByteArrayView value)
    {
        if (isHeader(name, "cookie"))
            m_offered.read(value, m_options.cookie.name);
        else if (isHeader(name, "sec-fetch-site"))
            m_site = value.toByteArray();
        else if (isHeader(name, "sec-fetch-mode"))
            m_mode = value.toByteArray();
        else if (isHeader(name, "sec-fetch-dest"))
            m_destination = value.toByteArray();
        else if (m_options.bearer && isHeader(name, "authorization") && isBearer(value))
            m_ownHeader = value.sliced(6).trimmed().toByteArray();
        else if (!m_options.idHeader.isEmpty() && name.compare(m_options.idHeader, Qt::CaseInsensitive) == 0)
            m_ownHeader = value.trimmed().toByteArray();
    }
    OfferedIds offered(QHttpServerRequest::Method method)
    {
        if (m_ownHeader)
            m_offered.readHeader(*m_ownHeader);
        m_offered.withheld = m_offered.ids.empty() && m_offered.malformed == 0 && !m_offered.byHeader
                          && withholds(m_options.cookie.sameSite, method, m_site, m_mode, m_destination);
        return m_offered;
    }

private:
    const SessionOptions &m_options;
    OfferedIds m_offered;
    QByteArray m_site, m_mode, m_destination;
    std::optional<QByteArray> m_ownHeader; // of a client without cookies
};

} // namespace

OfferedIds SessionManagerPrivate::offeredIds(const QHttpServerRequest &request)
{
    HeaderReader reader(options);
    const bool hasHeaders = Compat::visitHeaders(request,
                                                 [&](QByteArrayView name, QByteArrayView value) { reader.read(name, value); });
    OfferedIds offered = reader.offered(request.method());
    offered.headersMissing = !hasHeaders;
    return offered;
}

void SessionManagerPrivate::countMalformed(const OfferedIds &offered)
{
    for (int i = 0; i < offered.malformed; ++i)
        store->counters().countRejectedId();
}

OfferedIds SessionManagerPrivate::offeredIds(const QNetworkRequest &request)
{
    HeaderReader reader(options);
    const QByteArrayList names = request.rawHeaderList();
    for (const QByteArray &name : names)
        reader.read(name, request.rawHeader(name));
    return reader.offered(QHttpServerRequest::Method::Get);
}

QByteArrayList SessionManagerPrivate::headerNames() const
{
    QByteArrayList names = {"Set-Cookie"_ba, "Cache-Control"_ba, "CDN-Cache-Control"_ba, "Surrogate-Control"_ba, "Vary"_ba};
    if (options.bearer || !options.idHeader.isEmpty())
        names += idHeader();
    return names;
}

QList<std::pair<QByteArray, QByteArray>> SessionManagerPrivate::headersOf(QHttpServerResponse &response) const
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    const Compat::ResponseHeaders written(response);
    const QByteArrayList names = headerNames();
    for (const QByteArray &name : names) {
        for (const QByteArray &value : written.values(name))
            headers.emplaceBack(name, value);
    }
    return headers;
}

std::shared_ptr<SessionState> SessionManagerPrivate::newSession(const OfferedIds &offered) const
{
    const auto id = offered.ids.empty() ? std::nullopt : std::optional(offered.ids.front());
    auto session = std::make_shared<SessionState>(id, store, policy);
    if (!offered.allowsNewSession())
        session->keepNothing();
    return session;
}

void SessionManagerPrivate::keepVisit(SessionState &session, const QHttpServerRequest &request) const
{
    if (!options.keepVisit)
        return;
    QString address = request.remoteAddress().toString();
    if (!options.addressHeader.isEmpty()) {
        const QByteArray list = request.value(options.addressHeader); // each proxy adds at the end; the last one is ours
        if (const QByteArray last = list.sliced(list.lastIndexOf(',') + 1).trimmed(); !last.isEmpty())
            address = QString::fromUtf8(last);
    }
    if (address.startsWith("::ffff:"_L1)) // IPv4 through a socket of both kinds
        address.remove(0, 7);
    session.keepVisit(address, QString::fromUtf8(request.value("User-Agent")));
}

Task<LoadedSession> SessionManagerPrivate::load(const OfferedIds &offered)
{
    if (offered.ids.size() > 1)
        return std::make_shared<SessionSearch>(store, policy, offered)->run();
    std::shared_ptr<SessionState> session = newSession(offered);
    if (offered.ids.empty())
        return LoadedSession{std::move(session)};

    Task<void> loading = session->load();
    return loading.then([session = std::move(session)](const Result<void> &loaded) {
        return loaded ? Result<LoadedSession>(LoadedSession{session}) : std::unexpected(loaded.error());
    });
}

// ---- From a session to the response

Task<void> SessionManagerPrivate::commit(Visit &visit, const QHttpServerResponse &response) const
{
    SessionState &session = *visit.session;
    visit.isUnknown = visit.offered.ids.size() == 1 && session.isAbsent() && !session.isLost() && !session.wroteAtOnce();
    if (RequestLog::isEnabled())
        visit.found = RequestLog::found(session);
    return session.commit(hasFailed(response));
}

Error SessionManagerPrivate::headersMissing()
{
    return {Error::Invalid, u"The request came without headers, or had more than this server reads, so nothing was saved."_s};
}

bool SessionManagerPrivate::finish(QHttpServerResponse &response, const Visit &visit, const Result<void> &committed,
                                   const QHttpServerRequest *request)
{
    bool isHandlers = true;
    const bool dropsChange = !committed && committed.error().isAbsence();
    if (!committed && !(dropsChange && options.keepAnswerWhenLost)) {
        response = answerTo(committed.error(), request);
        isHandlers = false;
    } else if (visit.offered.headersMissing && Session(visit.session).isModified() && !hasFailed(response)) {
        response = answerWith({headersMissing(), Status::BadRequest}, request);
        isHandlers = false;
    }
    addHeaders(response, visit);

    if (visit.isUnknown && !visit.offered.byHeader)
        RequestLog::unknownId(options.cookie);
    if (request && !visit.offered.byHeader && visit.session->cookie() == SessionState::Cookie::Set
        && (visit.isUnknown || visit.offered.ids.empty()))
        RequestLog::newCookie(options.cookie, *request);
    RequestLog::answered(visit, committed, response, request);
    return isHandlers;
}

void SessionManagerPrivate::addHeaders(QHttpServerResponse &response, const Visit &visit) const
{
    const SessionState &session = *visit.session;
    auto cookie = session.cookie();
    const std::optional<SessionId> id = cookie == SessionState::Cookie::Set ? Session(visit.session).id() : std::nullopt;
    if (visit.besideReplaced && (!id || std::ranges::find(visit.offered.ids, *id) != visit.offered.ids.end()))
        cookie = SessionState::Cookie::None;

    const bool hasCookie = cookie != SessionState::Cookie::None;
    if (!hasCookie && !session.wasRead() && visit.offered.ids.size() < 2)
        return;
    Compat::ResponseHeaders headers(response);
    if (hasCookie) {
        replaceOwnCookie(headers);
        if (visit.offered.byHeader)
            headers.add(idHeader(), id ? id->toCookieValue() : ""_ba);
        else
            headers.add("Set-Cookie"_ba, id ? cookieWriter.set(*id, session.maxAge()) : cookieWriter.removal());
        forbidSharedCaching(headers);
    }
    addVary(headers);
}

/// No shared cache keeps a response that has a session cookie.
void SessionManagerPrivate::forbidSharedCaching(Compat::ResponseHeaders &headers) const
{
    static const QByteArray name = "Cache-Control"_ba, noStore = "no-store"_ba;
    static const Compat::HeaderName cacheControl = name, ofOneCache[] = {"CDN-Cache-Control"_ba, "Surrogate-Control"_ba};
    for (const Compat::HeaderName &overriding : ofOneCache) // caches that know it go by it instead (RFC 9213)
        headers.remove(overriding);
    const QByteArrayList own = headers.values(cacheControl);
    if (std::ranges::any_of(own, [](const QByteArray &value) { return forbidsSharedCaching(value); }))
        return;
    if (!own.isEmpty())
        headers.remove(cacheControl);
    headers.add(name, noStore);
}

/// What the response depends on.
void SessionManagerPrivate::addVary(Compat::ResponseHeaders &headers) const
{
    static const QByteArray vary = "Vary"_ba, cookie = "Cookie"_ba;
    headers.add(vary, cookie);
    if (options.bearer)
        headers.add(vary, "Authorization"_ba);
    if (!options.idHeader.isEmpty())
        headers.add(vary, options.idHeader);
}

/// A response has one session cookie: what a handler wrote under its name gives way.
void SessionManagerPrivate::replaceOwnCookie(Compat::ResponseHeaders &headers) const
{
    static const Compat::HeaderName setCookie = "Set-Cookie"_ba;
    const QByteArrayList cookies = headers.values(setCookie);
    const auto isSession = [this](const QByteArray &cookie) { return cookie.startsWith(cookieWriter.begin()); };
    if (std::ranges::none_of(cookies, isSession))
        return;
    headers.remove(setCookie);
    for (const QByteArray &cookie : cookies) {
        if (!isSession(cookie))
            headers.add("Set-Cookie"_ba, cookie);
    }
}

QHttpServerResponse SessionManagerPrivate::answerTo(const Error &cause, const QHttpServerRequest *request)
{
    if (cause == Detail::abandoned().error()) // the store has forgotten its promise: it is not down but broken
        return answerWith({cause, Status::InternalServerError}, request);
    switch (cause.code) {
    case Error::NotFound:
    case Error::Replaced:
    case Error::Conflict:
    case Error::Invalid:
        return answerWith({cause, Status::Conflict}, request);
    case Error::TooLarge:
        return answerWith({cause, Status::PayloadTooLarge}, request);
    case Error::LimitReached:
        return answerWith({cause, Status::Forbidden}, request);
    default:
        break;
    }
    if (m_quiet.hasExpired()) {
        qCWarning(lcHttpServer, "The session store fails, so visitors get 503: %ls", qUtf16Printable(cause.text));
        m_quiet.setRemainingTime(std::chrono::seconds(10));
    }
    QHttpServerResponse response = answerWith(
        {{cause.code, u"The session store does not answer. Try again in a moment."_s}, Status::ServiceUnavailable}, request);
    {
        Compat::ResponseHeaders headers(response); // writes at its end, which must come before response is moved out
        if (static const QByteArray retryAfter = "Retry-After"_ba; headers.values(retryAfter).isEmpty())
            headers.add(retryAfter, QByteArray::number(qint64(options.retryAfter.count())));
    }
    return response;
}

QHttpServerResponse SessionManagerPrivate::answerUnloaded(const Error &cause, const QHttpServerRequest *request)
{
    QHttpServerResponse response = answerTo(cause, request);
    {
        Compat::ResponseHeaders headers(response);
        addVary(headers);
    }
    return response;
}

QHttpServerResponse SessionManagerPrivate::answerWith(const RequestError &cause, const QHttpServerRequest *request) const
{
    if (request && options.errorResponse) {
        if (std::optional<QHttpServerResponse> response = options.errorResponse(cause, *request))
            return std::move(*response);
    }
    if (!request || !request->value("Accept"_ba).contains("text/html"))
        return QHttpServerResponse(QJsonObject{{u"error"_s, cause.text}}, cause.status);
    // A value that the application must not store is told to whoever reads the log; the visitor of a page cannot mend it.
    const bool isForTheLog = cause.code == Error::Invalid && cause.status == Status::Conflict;
    const QString text = isForTheLog ? u"This could not be saved. Go back, and tell the owner of this site if it happens again."_s
                                     : cause.text;
    const QString page =
        u"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>%1</title><h1>%1</h1><p>%2</p></html>\n"_s.arg(
            QString::number(static_cast<int>(cause.status)), text.toHtmlEscaped());
    return QHttpServerResponse("text/html; charset=utf-8", page.toUtf8(), cause.status);
}

QHttpServerResponse SessionManagerPrivate::answerWith(const Guard::Refusal &refusal, const QHttpServerRequest &request) const
{
    if (refusal.location.isEmpty())
        return answerWith(refusal.error, &request);
    return SessionManager::redirect(QString::fromUtf8(refusal.location));
}

// ---- Servers and their routes

QString SessionManagerPrivate::attach(QHttpServer *server)
{
    if (error)
        return error->text;
    if (!server)
        return u"There is no server."_s;
    if (server->thread() != QThread::currentThread())
        return u"Call this in the thread of the server, as everything of a SessionManager."_s;
    if (m_servers.contains(server))
        return {};
    if (static std::atomic_flag warned; !QAbstractEventDispatcher::instance() && !warned.test_and_set()) {
        qCWarning(lcHttpServer,
                  "A QHttpServer is set up in a thread without an event loop, so no request will ever arrive. Make the "
                  "QCoreApplication first, or use a QThread that runs exec(). (This is said once.)");
    }

    const QString mark = u"sojourn-cookie-"_s + QString::fromLatin1(options.cookie.name);
    if (server->findChild<QObject *>(mark, Qt::FindDirectChildrenOnly)) {
        static std::atomic_flag warned;
        if (!warned.test_and_set()) {
            qCWarning(
                lcHttpServer,
                "Two SessionManagers serve one QHttpServer with the cookie name \"%s\": each takes the other's sessions for "
                "unknown ones and replaces their cookies. Use one manager for both, or give one another CookieOptions::name.",
                options.cookie.name.constData());
        }
    }
    m_servers.insert(server, ServerThread::of(server, mark));
    QObject::connect(server, &QObject::destroyed, server, [self = weak_from_this(), server] {
        if (const auto manager = self.lock())
            manager->detach(server);
    });
    return {};
}

void SessionManagerPrivate::detach(const QHttpServer *server)
{
    m_servers.remove(server);
    std::erase_if(m_plainRoutes, [server](const PlainRoute &route) { return route.server == server; });
}

QString SessionManagerPrivate::checkRoute(const QHttpServer *server, const QString &path, QHttpServerRequest::Methods methods,
                                          bool captures)
{
    if (!path.startsWith(u'/'))
        return u"Paths begin with \"/\"."_s;
    if (path.contains(u'?') || path.contains(u'#'))
        return u"A path ends before \"?\" and \"#\": read parameters in the handler."_s;
    static const QRegularExpression encoded(u"%[0-9A-Fa-f]{2}"_s);
    if (path.contains(encoded))
        return u"Paths are compared decoded: write the characters themselves in place of %XX."_s;
    if (!(methods & QHttpServerRequest::Method::AnyKnown))
        return u"It names no method."_s;
    if (captures)
        return {};
    QHttpServerRequest::Methods left = methods;
    for (const PlainRoute &route : m_plainRoutes) {
        if (route.server == server && route.path == path)
            left &= ~route.methods;
    }
    if (!left)
        return u"An earlier route takes all its requests."_s;
    m_plainRoutes.push_back({server, path, methods});
    return {};
}

// ---- The manager

// NOLINTNEXTLINE(performance-unnecessary-value-param): handed over, as far as callers see
SessionManager::SessionManager(std::shared_ptr<SessionStore> store, Options options)
    : d(std::make_shared<SessionManagerPrivate>(store, std::move(options))), m_hooks(std::make_shared<Hooks>(d))
{ }

SessionManager::~SessionManager() = default;

std::optional<Error> SessionManager::error() const
{
    return d->error;
}

bool SessionManager::install(QHttpServer *server)
{
    if (const QString problem = d->attach(server); !problem.isEmpty()) {
        qCWarning(lcHttpServer, "install() does nothing. %ls", qUtf16Printable(problem));
        return false;
    }
    Hooks::install(m_hooks, server);
    return true;
}

std::optional<QHttpServerResponse> SessionManager::refusal(const QHttpServerRequest &request, const Guard &guard)
{
    const std::optional<Guard::Refusal> refusal = guard.check(session(request), request);
    return refusal ? std::optional(d->answerWith(*refusal, request)) : std::nullopt;
}

QString SessionManager::formField(const QHttpServerRequest &request, QAnyStringView name)
{
    return Detail::fromUtf8(FormData::formField(request, name.toString().toUtf8()).value_or(QByteArray()));
}

QString SessionManager::nextPage(const QHttpServerRequest &request, const QString &fallback)
{
    auto page = FormData::formField(request, "next");
    if (!page)
        page = FormData::field(request.url().query(QUrl::FullyEncoded).toUtf8(), "next");
    const QString next = Detail::fromUtf8(page.value_or(QByteArray()));
    return FormData::isLocalPage(next) ? next : fallback;
}

QHttpServerResponse SessionManager::redirect(const QString &location)
{
    QHttpServerResponse response(Status::SeeOther);
    Compat::ResponseHeaders(response).add("Location"_ba, QUrl(location).toEncoded());
    return response;
}

Session SessionManager::session(const QHttpServerRequest &request)
{
    return m_hooks->session(request);
}

std::unique_ptr<QHttpServerRouterRule> SessionManager::makeRule(QHttpServer *server, const QString &path,
                                                                QHttpServerRequest::Methods methods, RouteShape shape,
                                                                Detail::RouteFunction function)
{
    QString problem = d->attach(server);
    if (problem.isEmpty())
        problem = d->checkRoute(server, path, methods, shape.captures);
    if (!problem.isEmpty()) {
        qCWarning(lcHttpServer, "route(\"%ls\") is not added, as no request could reach it. %ls", qUtf16Printable(path),
                  qUtf16Printable(problem));
        return nullptr;
    }
    auto route = std::make_shared<Route>(d, d->threadOf(server), server, shape.usesSession, std::move(function));
    auto rule = Compat::makeRule<RouteRule>(
        server, path, methods,
        [route](const QRegularExpressionMatch &match, const QHttpServerRequest &request, Compat::RawResponder responder) {
            Exchange::start(route, match, request, static_cast<Compat::RawResponder>(responder));
        });
    if (!shape.captures)
        rule->setPlainPath(path, methods, d->requestPath);
    return rule;
}

bool SessionManager::setMissingHandler(QHttpServer *server, bool usesSession, Detail::RouteFunction function)
{
    if (const QString problem = d->attach(server); !problem.isEmpty()) {
        qCWarning(lcHttpServer, "missingHandler() does nothing. %ls", qUtf16Printable(problem));
        return false;
    }
    auto route = std::make_shared<Route>(d, d->threadOf(server), server, usesSession, std::move(function));
    Compat::setMissingHandler(server, [route](const QHttpServerRequest &request, Compat::RawResponder responder) {
        Exchange::start(route, {}, request, static_cast<Compat::RawResponder>(responder));
    });
    return true;
}

bool SessionManager::webSocket(QHttpServer *server, const QString &path,
                               std::function<void(QWebSocket *, const Session &)> handler)
{
    QString problem = d->attach(server);
    if (problem.isEmpty() && !path.startsWith(u'/'))
        problem = u"Paths begin with \"/\"."_s;
    const auto open = [manager = d, server, handler = std::move(handler)](std::unique_ptr<QWebSocket> socket) {
        SessionSocket::open(manager, std::move(socket), server, handler);
    };
    if (problem.isEmpty() && !WebSockets::of(server)->add(path, open))
        problem = u"An earlier webSocket() serves this path."_s;
    if (!problem.isEmpty())
        qCWarning(lcHttpServer, "webSocket(\"%ls\") does nothing. %ls", qUtf16Printable(path), qUtf16Printable(problem));
    return problem.isEmpty();
}

Result<SessionManager::Headers> SessionManager::responseHeaders(const QHttpServerRequest &request, Status status)
{
    return m_hooks->responseHeaders(request, status);
}

bool SessionManager::added(const QString &path, bool fits)
{
    if (!fits) {
        qCWarning(lcHttpServer,
                  "route(\"%ls\") is not added: its handler does not take as many arguments as the path has <arg>, or one of a "
                  "type that "
                  "QHttpServerRouter has no converter for.",
                  qUtf16Printable(path));
    }
    return fits;
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

namespace {

QByteArray prometheusText(const Metrics &metrics, const QByteArray &labels, const Result<qint64> &count)
{
    QByteArray text = metrics.toPrometheus(labels);
    text += "# HELP sojourn_store_up Whether the store answers.\n# TYPE sojourn_store_up gauge\nsojourn_store_up{" + labels
          + (count ? "} 1\n" : "} 0\n");
    if (count) {
        text += "# HELP sojourn_sessions Living sessions.\n# TYPE sojourn_sessions gauge\nsojourn_sessions{" + labels + "} "
              + QByteArray::number(*count) + '\n';
    }
    return text;
}

} // namespace

bool SessionManager::metricsRoute(QHttpServer *server, const QString &path, const QString &storeLabel,
                                  const std::optional<Guard> &guard)
{
    QByteArray label = storeLabel.isEmpty() ? d->storeKind : storeLabel.toUtf8();
    label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    const auto answer = [store = d->store, labels = "store=\"" + label + '"'](SessionResponder responder) {
        store->count().then([store, labels, responder = std::move(responder)](const Result<qint64> &count) mutable {
            responder.send(QHttpServerResponse("text/plain; version=0.0.4; charset=utf-8",
                                               prometheusText(store->counters().read(), labels, count)));
        });
    };
    return guard ? route(server, path, QHttpServerRequest::Method::Get, guarded(*guard, answer))
                 : route(server, path, QHttpServerRequest::Method::Get, answer);
}

} // namespace Sojourn
