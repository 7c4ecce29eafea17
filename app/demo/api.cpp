// SPDX-License-Identifier: MIT
#include "api.h"

#include "apirequest.h"
#include "frontend.h"

#include <Sojourn/Session>
#include <Sojourn/SessionStore>
#include <Sojourn/guard.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sojourn;

namespace {

using Answer = Checked<QJsonObject>;

/// The largest delay of the slow calls, in ms.
constexpr qint64 LongestDelay = 60'000;
/// How many sessions /api/user-sessions asks for at a time.
constexpr int PageSize = 1000;

const QJsonObject Ok = {{u"ok"_s, true}};

/// Calls that are nothing but one of Session.
/// @{
auto directly(void (Session::*method)())
{
    return [method](Session &session, const ApiRequest &) -> Answer {
        (session.*method)();
        return Ok;
    };
}

template<class T>
auto directly(QFuture<Result<T>> (Session::*method)())
{
    return [method](Session &session, const ApiRequest &) -> Checked<QFuture<Result<T>>> { return (session.*method)(); };
}
/// @}

/// A call on the attribute that the request names.
template<class Call>
auto onAttribute(Call call)
{
    return [call](Session &session, const ApiRequest &request) -> Answer {
        const auto name = request.name();
        if (!name)
            return std::unexpected(name.error());
        return call(session, *name);
    };
}

/// A call on the attribute that the request names, with the JSON value in its body.
template<class Call>
auto withValue(Call call)
{
    return [call](Session &session, const ApiRequest &request) {
        const auto name = request.name();
        if (!name)
            return respond(std::unexpected(name.error()));
        const auto value = request.body();
        if (!value)
            return respond(std::unexpected(value.error()));
        return respond(call(session, *name, *value));
    };
}

QJsonValue orNull(const std::optional<QJsonValue> &value)
{
    return value.value_or(QJsonValue());
}

QByteArray readVisits(Session &session)
{
    const QJsonValue visits = session.getValue("visits").value_or(0);
    return visits.isString() ? visits.toString().toUtf8() : encodeJson(visits);
}

QByteArray visit(Session &session)
{
    // Unsigned, as /api/set may have set the largest number.
    const auto visits = static_cast<qint64>(static_cast<quint64>(session.get<qint64>("visits").value_or(0)) + 1);
    session.insert("visits", visits);
    return QByteArray::number(visits);
}

Answer describe(Session &session, const ApiRequest &)
{
    const bool active = session.isActive();
    const QJsonObject info = session.info().toJson();
    QJsonObject answer = {{u"active"_s, active}, {u"data"_s, active ? QJsonValue(session.data()) : QJsonValue()}};
    for (const auto &field :
         {u"key"_s, u"user"_s, u"createdAt"_s, u"lastSeenAt"_s, u"expiresAt"_s, u"absoluteExpiresAt"_s, u"version"_s})
        answer.insert(field, active ? info.value(field) : QJsonValue());
    return answer;
}

Answer getAttribute(Session &session, const QString &name)
{
    const auto value = session.getValue(name);
    return QJsonObject{{u"found"_s, value.has_value()}, {u"value"_s, orNull(value)}};
}

/// The same, and a login that nobody uses otherwise ends all the same.
Answer peekAttribute(Session &session, const QString &name)
{
    session.setPassive();
    return getAttribute(session, name);
}

Answer setAttribute(Session &session, const QString &name, const QJsonValue &value)
{
    const auto previous = session.getValue(name);
    session.insertValue(name, value);
    return QJsonObject{{u"previous"_s, orNull(previous)}};
}

Answer removeAttribute(Session &session, const QString &name)
{
    return QJsonObject{{u"removed"_s, orNull(session.removeValue(name))}};
}

Answer increment(Session &session, const ApiRequest &request)
{
    const auto name = request.name();
    if (!name)
        return std::unexpected(name.error());
    const auto by = request.integer(u"by"_s, 1);
    if (!by)
        return std::unexpected(by.error());
    session.increment(*name, *by);
    if (const auto error = session.error())
        return refuse(*error);
    return Ok;
}

Answer logIn(Session &session, const ApiRequest &request)
{
    const auto user = request.user();
    if (!user)
        return std::unexpected(user.error());
    session.logIn(*user);
    return Ok;
}

Answer setExpiry(Session &session, const ApiRequest &request)
{
    const auto given = [&](const QString &parameter) { return request.has(parameter); };
    if (std::ranges::count_if(QStringList{u"idle"_s, u"at"_s, u"session-end"_s, u"default"_s}, given) != 1)
        return refuse(400, u"Give one of ?idle=SECONDS, ?at=ISO-DATE, ?session-end=1 and ?default=1."_s);

    if (given(u"idle"_s)) {
        const auto idle = request.seconds(u"idle"_s);
        if (!idle)
            return std::unexpected(idle.error());
        session.setExpiry(Expiry::onInactivity(*idle));
    } else if (given(u"at"_s)) {
        // The + of an offset that the client did not escape has become a space.
        const auto at = fromJsonValue<QDateTime>(request.value(u"at"_s).replace(u' ', u'+'));
        if (!at)
            return refuse(400, u"Give a date such as ?at=2030-12-31T23:59:59Z."_s);
        session.setExpiry(Expiry::atDateTime(*at));
    } else if (request.value(given(u"default"_s) ? u"default"_s : u"session-end"_s) != "1"_L1) {
        return refuse(400, u"The only value of session-end and default is 1."_s);
    } else if (given(u"session-end"_s)) {
        session.setExpiry(Expiry::onSessionEnd());
    } else {
        session.setExpiry({});
    }
    return Ok;
}

Answer fail(Session &session, const QString &name, const QJsonValue &value)
{
    session.insertValue(name, value);
    return refuse(500, u"This call always fails: what it set is not kept."_s);
}

Answer failRotate(Session &session, const ApiRequest &)
{
    session.rotate();
    return refuse(500, u"This call always fails: the old id stays good."_s);
}

Answer addFlash(Session &session, const ApiRequest &request)
{
    const auto message = request.body();
    if (!message || !message->isString())
        return refuse(400, u"Send the message as a JSON string in the body, such as \"Saved\"."_s);
    session.addFlash(*message);
    return Ok;
}

Answer csrf(Session &session, const ApiRequest &)
{
    return QJsonObject{{u"token"_s, session.csrfToken()}};
}

Answer protectedAction(Session &session, const QHttpServerRequest &request)
{
    if (Guard::csrfToken().check(session, request))
        return refuse(403, u"Send the token of GET /api/csrf in the header X-CSRF-Token or in the form field csrf."_s);
    return Ok;
}

QHttpServerResponse setWithOtherCookie(Session &session, const QString &name, const QJsonValue &value)
{
    return withHeader(respond(setAttribute(session, name, value)), "Set-Cookie", "other=1");
}

Checked<QString> loggedInUser(Session &session)
{
    const QString user = session.user();
    if (const auto error = session.error())
        return refuse(*error);
    if (user.isEmpty())
        return refuse(401, u"Log in first: POST /api/login?user=NAME."_s);
    return user;
}

/// Goes on after \a page until the records of all pages are in \a all.
void collect(const std::shared_ptr<SessionStore> &store, SessionQuery query, Task<SessionPage> page, SessionPage all,
             const TaskPromise<SessionPage> &promise)
{
    page.then([store, query, all = std::move(all), promise](Result<SessionPage> result) mutable {
        if (!result)
            return promise.finish(std::move(result));
        all.records += result->records;
        query.cursor = result->nextCursor;
        if (query.cursor.isEmpty())
            return promise.finish(std::move(all));
        collect(store, query, store->list(query), std::move(all), promise);
    });
}

Checked<QFuture<Result<SessionPage>>> startListing(Session &session, const ApiRequest &)
{
    const auto user = loggedInUser(session);
    if (!user)
        return std::unexpected(user.error());
    SessionQuery query;
    query.order = SessionQuery::ByCreated;
    query.descending = true;
    query.user = *user;
    query.limit = PageSize;
    Task<SessionPage> first = session.store()->list(query);
    const TaskPromise<SessionPage> promise(first.chain());
    collect(session.store(), query, std::move(first), {}, promise);
    return promise.task().future();
}

Answer listed(Session &session, const SessionPage &page)
{
    QJsonArray sessions;
    for (const SessionRecord &record : page.records) {
        sessions.append(QJsonObject{{u"key"_s, record.key.toString()},
                                    {u"current"_s, record.key == session.info().key},
                                    {u"createdAt"_s, toIsoString(record.createdAt)},
                                    {u"lastSeenAt"_s, toIsoString(record.lastSeenAt)}});
    }
    return QJsonObject{{u"sessions"_s, sessions}};
}

Checked<QFuture<Result<qint64>>> startLogOutEverywhere(Session &session, const ApiRequest &request)
{
    const auto keepCurrent = request.flag(u"keep-current"_s);
    if (!keepCurrent)
        return std::unexpected(keepCurrent.error());
    if (const auto user = loggedInUser(session); !user)
        return std::unexpected(user.error());
    return session.revokeUserSessions(*keepCurrent);
}

Answer revoked(Session &, qint64 count)
{
    return QJsonObject{{u"revoked"_s, count}};
}

Answer tookFlash(Session &, const QJsonArray &messages)
{
    return QJsonObject{{u"flash"_s, messages}};
}

Answer done(Session &)
{
    return Ok;
}

Checked<std::chrono::milliseconds> delay(const ApiRequest &request)
{
    const auto ms = request.integer(u"ms"_s);
    if (!ms || *ms < 0 || *ms > LongestDelay)
        return refuse(400, u"Give the delay in milliseconds, from 0 to %1: ms=500."_s.arg(LongestDelay));
    return std::chrono::milliseconds(*ms);
}

} // namespace

void addApi(FrontEnd &frontEnd, const std::function<Metrics()> &metrics)
{
    constexpr auto Get = QHttpServerRequest::Method::Get;
    constexpr auto Post = QHttpServerRequest::Method::Post;

    // QHttpServer tries its routes one after the other: the busiest come first.
    frontEnd.add(Get, u"/read"_s, readVisits);
    frontEnd.add(Get, u"/visit"_s, visit);
    frontEnd.addPlain(u"/bare"_s, [] { return respond("hello"_ba); });

    frontEnd.addPlain(u"/api/metrics"_s, [metrics] { return QHttpServerResponse(metrics().toJson()); });
    frontEnd.add(Get, u"/api/session"_s, describe);
    frontEnd.add(Get, u"/api/get"_s, onAttribute(getAttribute));
    frontEnd.add(Get, u"/api/peek"_s, onAttribute(peekAttribute));
    frontEnd.add(Post, u"/api/set"_s, withValue(setAttribute));
    frontEnd.add(Post, u"/api/remove"_s, onAttribute(removeAttribute));
    frontEnd.add(Post, u"/api/increment"_s, increment);
    frontEnd.add(Post, u"/api/clear"_s, directly(&Session::clear));
    frontEnd.add(Post, u"/api/destroy"_s, directly(&Session::destroy));
    frontEnd.add(Post, u"/api/rotate"_s, directly(&Session::rotate));
    frontEnd.add(Post, u"/api/login"_s, logIn);
    frontEnd.add(Post, u"/api/expiry"_s, setExpiry);
    frontEnd.add(Post, u"/api/fail"_s, withValue(fail));
    frontEnd.add(Post, u"/api/fail-rotate"_s, failRotate);
    frontEnd.add(Post, u"/api/flash"_s, addFlash);
    frontEnd.add(Get, u"/api/csrf"_s, csrf);
    frontEnd.add(Post, u"/api/protected"_s, protectedAction);
    frontEnd.add(Post, u"/api/other-cookie"_s, withValue(setWithOtherCookie));

    frontEnd.addAsking(Post, u"/api/flush"_s, directly(&Session::flush), done);
    frontEnd.addAsking(Post, u"/api/cycle"_s, directly(&Session::cycleId), done);
    frontEnd.addAsking(Get, u"/api/flash"_s, directly(&Session::takeFlash), tookFlash);
    frontEnd.addAsking(Get, u"/api/user-sessions"_s, startListing, listed);
    frontEnd.addAsking(Post, u"/api/logout-everywhere"_s, startLogOutEverywhere, revoked);

    frontEnd.addSlow(Post, u"/api/slow"_s, delay, withValue(setAttribute));
    frontEnd.addSlow(Get, u"/api/slow-read"_s, delay, onAttribute(getAttribute));
}
