// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/sojournstores_export.h>

namespace Sojourn {

/// How storeFromUrl() opens a store, beside what the URL says.
struct StoreOptions
{
    bool readOnly = false;           ///< every write is refused with Error::ReadOnly
    std::optional<QString> password = {}; ///< of Redis, not of the sentinels, or the token of live+tls, where the URL has none
    bool create = true;              ///< whether an SQLite file that does not exist is made; never with readOnly
};

/// The store that \a url names, living in the calling thread:
///
///     memory:
///     sqlite:PATH[?synchronous=full]
///     redis://[user:password@]host[:port][/number][?prefix=P]     rediss:// likewise, over TLS
///     redis+unix:PATH
///     redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&wait=N&sentinel-user=U&sentinel-password=W]
///                                                                 rediss+sentinel:// likewise, over TLS
///     redis+cluster://[user:password@]host[:port],host,...[?prefix=P&shards=N&wait=N]     rediss+cluster:// likewise
///     live:NAME, or live:PATH of a socket (with a / in it)
///     live+tls://[:token@]host:port[?ca=FILE&fingerprint=HEX&cert=FILE&key=FILE&token-file=FILE]
///
/// User, password, prefix and paths may be percent-encoded; an IPv6 host stands in brackets. Error::Invalid names the part of
/// the URL that is wrong. A server or application that cannot be reached is no error here: its store says so when it is used.
[[nodiscard]] SOJOURN_STORES_EXPORT Result<std::shared_ptr<SessionStore>> storeFromUrl(const QString &url,
                                                                                       const StoreOptions &options = {});

/// \a url without its passwords, for logs, window titles and snapshots. Of a URL that makes no sense everything that might be one
/// goes.
[[nodiscard]] SOJOURN_STORES_EXPORT QString displayUrl(const QString &url);

/// The same text for all ways to write the address of one store: with defaults filled in, paths absolute and symbolic links
/// followed, without login and options. That two names lead to one host is not known, but for localhost. Of a URL that makes no
/// sense, displayUrl().
[[nodiscard]] SOJOURN_STORES_EXPORT QString storeAddress(const QString &url);

} // namespace Sojourn
