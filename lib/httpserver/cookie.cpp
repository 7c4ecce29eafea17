// SPDX-License-Identifier: MIT
#include "cookie_p.h"

#include <algorithm>

namespace Sojourn {

namespace {

qsizetype pairEnd(QByteArrayView header)
{
    for (qsizetype i = 0; i < header.size(); ++i) {
        if (header[i] == ';' || (header[i] == ',' && i + 1 < header.size() && header[i + 1] == ' '))
            return i;
    }
    return header.size();
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
        const qsizetype end = pairEnd(header);
        const QByteArrayView pair = header.first(end).trimmed();
        header = header.sliced(std::min(end + 1, header.size()));

        if (pair.size() <= cookieName.size() || pair[cookieName.size()] != '=' || !pair.startsWith(cookieName))
            continue;
        const std::optional<SessionId> id = SessionId::fromCookieValue(pair.sliced(cookieName.size() + 1));
        if (!id)
            ++malformed;
        else if (ids.size() < Limit && std::ranges::find(ids, *id) == ids.end())
            ids.push_back(*id);
    }
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
