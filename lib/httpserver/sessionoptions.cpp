// SPDX-License-Identifier: MIT
#include "sessionoptions.h"

#include <Sojourn/RealmStore>

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

std::unexpected<Error> invalid(const QString &text)
{
    return failure(Error::Invalid, text);
}

/// RFC 6265: a cookie's name is a token of RFC 2616.
bool isToken(QByteArrayView name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](char c) {
        return c > ' ' && c < 0x7f && !QByteArrayView("()<>@,;:\\\"/[]?={}").contains(c);
    });
}

bool isAttributeValue(QByteArrayView value)
{
    return std::ranges::all_of(value, [](char c) { return c >= ' ' && c < 0x7f && c != ';'; });
}

bool isDomain(QByteArrayView domain)
{
    return std::ranges::all_of(domain, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

/// Browsers compare the prefix without case.
bool hasPrefix(const QByteArray &name, QByteArrayView prefix)
{
    return name.size() >= prefix.size() && prefix.compare(QByteArrayView(name).first(prefix.size()), Qt::CaseInsensitive) == 0;
}

Result<void> validateCookie(const CookieOptions &cookie)
{
    const QString name = QString::fromLatin1(cookie.name);
    if (!isToken(cookie.name))
        return invalid(
            u"The cookie name \"%1\" is not allowed: use letters, digits and !#$%&'*+-.^_`|~, and at least one."_s.arg(name));
    if (!cookie.path.startsWith('/') || !isAttributeValue(cookie.path))
        return invalid(u"The cookie path must begin with \"/\" and hold no \";\" and no control characters."_s);
    if (!isDomain(cookie.domain))
        return invalid(u"The cookie domain \"%1\" is no host name: leave it empty or name a domain like \"example.org\"."_s.arg(
            QString::fromLatin1(cookie.domain)));
    if (hasPrefix(cookie.name, "__Host-")) {
        if (!cookie.secure)
            return invalid(u"The cookie name \"%1\" begins with __Host-, so the cookie must be Secure."_s.arg(name));
        if (!cookie.domain.isEmpty())
            return invalid(u"The cookie name \"%1\" begins with __Host-, so the cookie must have no Domain."_s.arg(name));
        if (cookie.path != "/")
            return invalid(u"The cookie name \"%1\" begins with __Host-, so the cookie's Path must be \"/\"."_s.arg(name));
    }
    if (hasPrefix(cookie.name, "__Secure-") && !cookie.secure)
        return invalid(u"The cookie name \"%1\" begins with __Secure-, so the cookie must be Secure."_s.arg(name));
    if (cookie.sameSite == SameSite::None && !cookie.secure)
        return invalid(u"A cookie with SameSite=None must be Secure, or browsers refuse it."_s);
    if (cookie.partitioned && !cookie.secure)
        return invalid(u"A Partitioned cookie must be Secure, or browsers refuse it."_s);
    return {};
}

/// RFC 6454, 6.1: scheme, host, and the port unless it is the usual one.
bool isOrigin(const QString &text)
{
    static const QRegularExpression origin(
        u"^(?!http://[^/]*:80$|https://[^/]*:443$)[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._:\\[\\]-]*$"_s);
    return origin.match(text).hasMatch();
}

Result<void> validatePolicy(const SessionPolicy &policy)
{
    using std::chrono::milliseconds;
    if (policy.idle <= milliseconds::zero())
        return invalid(u"The idle time must be more than 0."_s);
    if (policy.anonymousIdle && (*policy.anonymousIdle <= milliseconds::zero() || *policy.anonymousIdle > policy.idle))
        return invalid(u"The idle time of sessions without a user must be more than 0 and not above that of the others."_s);
    if (policy.absolute && *policy.absolute <= milliseconds::zero())
        return invalid(u"The absolute lifetime must be more than 0; leave it out for none."_s);
    if (policy.touchInterval && *policy.touchInterval < milliseconds::zero())
        return invalid(u"The touch interval must not be negative."_s);
    if (policy.touchInterval && *policy.touchInterval >= policy.idle)
        return invalid(u"The touch interval must be shorter than the idle time, or sessions end while they are used."_s);
    if (policy.renewInterval && *policy.renewInterval <= milliseconds::zero())
        return invalid(u"The renewal interval must be more than 0; leave it out for none."_s);
    if (policy.grace < milliseconds::zero())
        return invalid(u"The grace time must not be negative; 0 ends the old id at once."_s);
    constexpr milliseconds longest = std::chrono::days(100 * 366);
    if (std::max({policy.idle, policy.absolute.value_or(policy.idle), policy.renewInterval.value_or(policy.idle), policy.grace})
        > longest)
        return invalid(
            u"No time of the policy may be longer than a century; leave out the absolute lifetime or renewal for none."_s);
    if (policy.cap && policy.cap->limit <= 0)
        return invalid(u"The cap on a user's sessions must be at least 1; leave it out for none."_s);
    if (policy.sizeLimit && *policy.sizeLimit <= 0)
        return invalid(u"The size limit must be at least 1 byte."_s);
    return {};
}

} // namespace

Result<void> SessionOptions::validate() const
{
    if (const auto cookieResult = validateCookie(cookie); !cookieResult)
        return cookieResult;
    if (const auto policyResult = validatePolicy(policy); !policyResult)
        return policyResult;
    if (!idHeader.isEmpty() && !isToken(idHeader))
        return invalid(
            u"The idHeader \"%1\" is no name of a header: use letters, digits and \"-\"."_s.arg(QString::fromLatin1(idHeader)));
    if (idHeader.compare("Cookie", Qt::CaseInsensitive) == 0 || idHeader.compare("Authorization", Qt::CaseInsensitive) == 0)
        return invalid(u"The idHeader cannot be %1: cookies are read anyway, and for Authorization there is the option bearer."_s
                           .arg(QString::fromLatin1(idHeader)));
    if (!addressHeader.isEmpty() && !isToken(addressHeader))
        return invalid(u"The addressHeader \"%1\" is no name of a header: use letters, digits and \"-\"."_s.arg(
            QString::fromLatin1(addressHeader)));
    if (!addressHeader.isEmpty() && !keepVisit)
        return invalid(u"The addressHeader says whence visits come, and these are not kept: set keepVisit, or leave it out."_s);
    if (!realm.isEmpty() && !RealmStore::isRealm(realm))
        return invalid(u"The realm \"%1\" is not allowed: use at most 64 characters, and no \"/\"."_s.arg(realm));
    for (const QString &origin : webSocketOrigins) {
        if (!isOrigin(origin))
            return invalid(
                u"\"%1\" in webSocketOrigins fits no page: write it as browsers do, such as \"https://shop.example\", with no "
                "path, no \"*\", and a port only if it is not the usual one."_s.arg(origin));
    }
    if (sizeLimit && *sizeLimit <= 0)
        return invalid(u"The size limit must be at least 1 byte."_s);
    if (sweepInterval < std::chrono::milliseconds::zero())
        return invalid(u"The sweep interval must not be negative; 0 switches sweeping off."_s);
    if (retryAfter < std::chrono::seconds::zero())
        return invalid(u"Retry-After must not be negative."_s);
    return {};
}

} // namespace Sojourn
