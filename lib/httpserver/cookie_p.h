// SPDX-License-Identifier: MIT
#pragma once

#include "sessionoptions.h"

#include <Sojourn/SessionId>

#include <algorithm>
#include <memory>

namespace Sojourn {

/// A few ids, which need no memory of their own.
class IdList
{
public:
    static constexpr size_t Limit = 4;

    IdList() { } // which leaves the places as they are
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] size_t size() const { return m_size; }
    [[nodiscard]] const SessionId *begin() const { return m_ids; }
    [[nodiscard]] const SessionId *end() const { return m_ids + m_size; }
    [[nodiscard]] const SessionId &front() const { return m_ids[0]; }
    [[nodiscard]] const SessionId &back() const { return m_ids[m_size - 1]; }
    /// For a list that is not full.
    void push_back(const SessionId &id) { std::construct_at(m_ids + m_size++, id); }

    friend bool operator==(const IdList &a, const IdList &b) { return std::ranges::equal(a, b); }

private:
    union {
        SessionId m_ids[Limit];
    };
    size_t m_size = 0;
};

/// What the headers of a request say about its session.
struct SOJOURN_HTTPSERVER_EXPORT OfferedIds
{
    IdList ids;        ///< different ones; those after the first few are not looked at
    int malformed = 0; ///< cookies of the name that spell no id
    /// Qt drops all headers of a request that has too many: such a visitor may well have a session.
    bool headersMissing = false;
    /// The browser may hold a session cookie that it did not send, because the request comes from another site.
    bool withheld = false;
    /// The client has no cookies: its id came in a header, or the header came empty for a first one.
    bool byHeader = false;

    /// Adds what a Cookie header offers under \a cookieName. Pairs are separated by ";" alone (RFC 6265).
    void read(QByteArrayView header, QByteArrayView cookieName);
    /// What the header of a client without cookies says, in place of all cookies.
    void readHeader(QByteArrayView value);
    /// Whether a new session may be stored and its cookie sent. If not, the cookie could replace one that is good.
    [[nodiscard]] bool allowsNewSession() const { return !headersMissing && !withheld; }

    friend bool operator==(const OfferedIds &a, const OfferedIds &b) = default;
};

/// Whether who asks for \a host, as a Host header names it, asks its own machine: browsers need no TLS for that.
[[nodiscard]] bool isOwnMachine(QByteArray host);

/// Whether a response with the Cache-Control header \a value is kept out of shared caches.
[[nodiscard]] SOJOURN_HTTPSERVER_EXPORT bool forbidsSharedCaching(QByteArrayView value);

/// Writes Set-Cookie values; what does not change from one to the next is put together once.
class SOJOURN_HTTPSERVER_EXPORT CookieWriter
{
public:
    explicit CookieWriter(const CookieOptions &options);

    [[nodiscard]] QByteArray set(const SessionId &id, std::optional<std::chrono::seconds> maxAge) const;
    [[nodiscard]] const QByteArray &removal() const { return m_removal; }
    /// What every Set-Cookie header of the session cookie begins with: "name=".
    [[nodiscard]] const QByteArray &begin() const { return m_begin; }

private:
    QByteArray m_begin;
    QByteArray m_attributes; // "; Path=/; HttpOnly..."
    QByteArray m_removal;
};

} // namespace Sojourn
