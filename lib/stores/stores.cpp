// SPDX-License-Identifier: MIT
#include "stores.h"

#include "storeurl_p.h"

#include <Sojourn/LiveStore>
#include <Sojourn/MemoryStore>
#include <Sojourn/ReadOnlyStore>
#include <Sojourn/RedisStore>
#include <Sojourn/SqliteStore>

using namespace Qt::StringLiterals;

namespace Sojourn {

QString displayUrl(const QString &url)
{
    const auto parsed = StoreUrl::parse(url);
    if (!parsed)
        return url.left(url.indexOf(u':') + 1) + u'…';
    return parsed->display;
}

} // namespace Sojourn
