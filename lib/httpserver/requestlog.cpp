// SPDX-License-Identifier: MIT
#include "requestlog_p.h"

#include "sessionmanager_p.h"

#include <QtCore/QMetaEnum>

#include <atomic>

using namespace Qt::StringLiterals;

namespace Sojourn::RequestLog {

namespace {

/// Requests with unknown ids after which something is wrong.
constexpr int TooManyUnknownIds = 20;

QString name(const QHttpServerRequest *request)
{
    if (!request)
        return u"A request"_s;
    const QString method =
        QString::fromLatin1(QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(int(request->method())));
    return method.toUpper() + u' ' + request->url().path(QUrl::FullyEncoded);
}

QString offered(const OfferedIds &offer)
{
    QStringList parts;
    for (const SessionId &id : offer.ids)
        parts += id.key().toString();
    if (offer.malformed > 0)
        parts += u"%1 malformed"_s.arg(offer.malformed);
    if (offer.headersMissing)
        parts += u"no headers at all"_s;
    if (offer.withheld)
        parts += u"none, perhaps withheld by SameSite"_s;
    return parts.isEmpty() ? u"none"_s : parts.join(u", "_s);
}

QString foundText(const Visit &visit)
{
    if (visit.offered.ids.empty())
        return u"none"_s;
    if (visit.found->isLoaded)
        return visit.found->key.toString();
    if (visit.session->wroteAtOnce())
        return u"what a call of the handler ended"_s;
    if (!visit.found->isAbsent)
        return u"not looked up"_s;
    if (visit.besideReplaced || visit.session->isLost())
        return u"none, the id was replaced a moment ago or the session ended meanwhile"_s;
    return visit.offered.ids.size() > 1 ? u"none, several are alive or none is"_s : u"none, nobody has this id"_s;
}

QString savedText(const Found &before, const Found &after, SessionState::Cookie cookie)
{
    // A record that nobody read may be removed, too.
    if (!before.isLoaded && cookie == SessionState::Cookie::Remove)
        return u"removed"_s;
    if (before.isLoaded != after.isLoaded)
        return before.isLoaded ? u"removed"_s : u"created"_s;
    if (before.key != after.key)
        return u"moved to a new id"_s;
    if (before.version != after.version)
        return u"changed"_s;
    if (before.movesFlash)
        return u"flash values"_s;
    return before.lastSeenAt != after.lastSeenAt ? u"touched"_s : u"nothing"_s;
}

QString savedText(const Visit &visit, const Found &after)
{
    const SessionState &session = *visit.session;
    if (!session.wroteAtOnce())
        return savedText(*visit.found, after, session.cookie());
    const QString later = savedText(*visit.found, after, SessionState::Cookie::None);
    return u"by a call of the handler"_s + (later == u"nothing"_s ? QString() : u", then "_s + later);
}

bool cameOverTls(const QHttpServerRequest &request)
{
    return request.url().scheme() == "https"_L1 || request.value("X-Forwarded-Proto"_ba).toLower().contains("https")
        || request.value("Forwarded"_ba).toLower().contains("proto=https");
}

} // namespace

bool isEnabled()
{
    return lcHttpServer().isDebugEnabled();
}

Found found(const SessionState &session)
{
    Found found;
    found.isLoaded = session.isLoaded();
    found.isAbsent = session.isAbsent();
    found.movesFlash = session.movesFlash();
    if (found.isLoaded) {
        found.key = session.record().key;
        found.version = quint64(session.record().version);
        found.lastSeenAt = session.record().lastSeenAt;
    }
    return found;
}

void answered(const Visit &visit, const Result<void> &committed, const QHttpServerResponse &response,
              const QHttpServerRequest *request)
{
    static std::atomic_flag warned;
    if (!committed && committed.error() == Error::Invalid && !warned.test_and_set()) {
        qCWarning(lcHttpServer, "%ls: its session was not saved, and the visitor got %d. %ls (This is said once.)",
                  qUtf16Printable(name(request)), int(response.statusCode()), qUtf16Printable(committed.error().text));
    }
    if (!visit.found)
        return;
    const Found now = found(*visit.session);
    const QString saved = committed ? savedText(visit, now) : u"nothing, as "_s + committed.error().text;
    const auto cookie = visit.session->cookie();
    const QString sent = cookie == SessionState::Cookie::Set    ? u"sent for "_s + now.key.toString()
                       : cookie == SessionState::Cookie::Remove ? u"removed"_s
                                                                : u"none"_s;
    qCDebug(lcHttpServer, "%ls: offered %ls; found %ls; saved %ls; cookie %ls; status %d", qUtf16Printable(name(request)),
            qUtf16Printable(offered(visit.offered)), qUtf16Printable(foundText(visit)), qUtf16Printable(saved),
            qUtf16Printable(sent), int(response.statusCode()));
}

void notLoaded(const Visit &visit, const QHttpServerRequest &request, const QString &why)
{
    qCDebug(lcHttpServer, "%ls: offered %ls; not loaded: %ls", qUtf16Printable(name(&request)),
            qUtf16Printable(offered(visit.offered)), qUtf16Printable(why));
}

void newCookie(const CookieOptions &cookie, const QHttpServerRequest &request)
{
    static std::atomic_flag warned;
    if (!cookie.secure || warned.test() || isOwnMachine(request.value("Host"_ba)) || cameOverTls(request)
        || warned.test_and_set())
        return;
    qCWarning(
        lcHttpServer,
        "The session cookie is Secure, but a request came over plain http, so its browser drops the cookie and begins a new "
        "session with every request. Serve https, or have the proxy in front send \"X-Forwarded-Proto: https\"; only where "
        "there is no TLS at all set CookieOptions::secure to false.");
}

void unknownId(const CookieOptions &cookie)
{
    static std::atomic<int> count;
    if (count.load(std::memory_order_relaxed) >= TooManyUnknownIds || ++count != TooManyUnknownIds)
        return;
    qCWarning(lcHttpServer,
              "Cookies named \"%s\" keep coming with ids that this store does not know. If the store was not emptied, another "
              "application on this host uses the same cookie name (cookies do not tell ports apart) and the two log each other's "
              "visitors out: give one of them another CookieOptions::name.",
              cookie.name.constData());
}

} // namespace Sojourn::RequestLog
