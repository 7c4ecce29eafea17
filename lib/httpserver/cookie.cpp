// SPDX-License-Identifier: MIT
#include "cookie_p.h"

#include <algorithm>

namespace Sojourn {

namespace {

/// RFC 6265: a value in double quotes is the value.
QByteArrayView unquoted(QByteArrayView value)
{
    return value.size() >= 2 && value.front() == '"' && value.back() == '"' ? value.sliced(1).chopped(1) : value;
}

QByteArrayView sameSiteName(SameSite sameSite)
{
    switch (sameSite) {
    case SameSite::Strict:
        return "Strict";
    case SameSite::Lax:
        return "Lax";
    case SameSite::None:
        break;
    }
    return "None";
}

} // namespace

void OfferedIds::read(QByteArrayView header, QByteArrayView cookieName)
{
    while (!header.isEmpty()) {
        const qsizetype separator = header.indexOf(';');
        const QByteArrayView pair = (separator < 0 ? header : header.first(separator)).trimmed();
        header = separator < 0 ? QByteArrayView() : header.sliced(separator + 1);

        if (pair.size() <= cookieName.size() || pair[cookieName.size()] != '=' || !pair.startsWith(cookieName))
            continue;
        const std::optional<SessionId> id = SessionId::fromCookieValue(unquoted(pair.sliced(cookieName.size() + 1)));
        if (!id)
            ++malformed;
        else if (ids.size() < IdList::Limit && std::ranges::find(ids, *id) == ids.end())
            ids.push_back(*id);
    }
}

void OfferedIds::readHeader(QByteArrayView value)
{
    *this = {};
    byHeader = true;
    if (value.isEmpty())
        return;
    if (const std::optional<SessionId> id = SessionId::fromCookieValue(value))
        ids.push_back(*id);
    else
        malformed = 1;
}

/// Where the first directive of \a value ends: at a comma that stands in no quotes (RFC 9110, 5.6.4).
static qsizetype endOfDirective(QByteArrayView value)
{
    bool isQuoted = false;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] == '"')
            isQuoted = !isQuoted;
        else if (value[i] == '\\' && isQuoted)
            ++i;
        else if (value[i] == ',' && !isQuoted)
            return i;
    }
    return value.size();
}

bool isOwnMachine(QByteArray host)
{
    const qsizetype port = host.lastIndexOf(':');
    if (port > host.lastIndexOf(']'))
        host.truncate(port);
    host = host.toLower();
    return host.isEmpty() || host == "localhost" || host.endsWith(".localhost") || host.startsWith("127.") || host == "[::1]";
}

bool forbidsSharedCaching(QByteArrayView value)
{
    while (!value.isEmpty()) {
        const qsizetype end = endOfDirective(value);
        const QByteArrayView directive = value.first(end).trimmed();
        value = value.sliced(std::min(end + 1, value.size()));
        // With an argument (private="Set-Cookie") a directive speaks of single headers only.
        for (const QByteArrayView forbidding : {"private", "no-cache", "no-store"}) {
            if (directive.compare(forbidding, Qt::CaseInsensitive) == 0)
                return true;
        }
    }
    return false;
}

CookieWriter::CookieWriter(const CookieOptions &options) : m_begin(options.name + '=')
{
    m_attributes += "; Path=" + options.path;
    if (!options.domain.isEmpty())
        m_attributes += "; Domain=" + options.domain;
    if (options.httpOnly)
        m_attributes += "; HttpOnly";
    if (options.secure)
        m_attributes += "; Secure";
    m_attributes += "; SameSite=";
    m_attributes += sameSiteName(options.sameSite);
    if (options.partitioned)
        m_attributes += "; Partitioned";
    m_removal = m_begin + "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT" + m_attributes;
}

QByteArray CookieWriter::set(const SessionId &id, std::optional<std::chrono::seconds> maxAge) const
{
    QByteArray cookie;
    cookie.reserve(m_begin.size() + SessionId::TextSize + 32 + m_attributes.size());
    cookie += m_begin;
    cookie += id.toCookieValue();
    if (maxAge) {
        cookie += "; Max-Age=";
        cookie += QByteArray::number(qint64(maxAge->count()));
    }
    cookie += m_attributes;
    return cookie;
}

} // namespace Sojourn
