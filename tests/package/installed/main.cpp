// SPDX-License-Identifier: MIT
#include <Sojourn/LiveServer>
#include <Sojourn/MemoryStore>
#include <Sojourn/RedisStore>
#include <Sojourn/Session>
#include <Sojourn/SessionManager>
#include <Sojourn/SqliteStore>
#include <Sojourn/Stores>
#include <Sojourn/version.h>

static_assert(SOJOURN_VERSION >= SOJOURN_VERSION_CHECK(0, 1, 0));

int main()
{
    auto store = std::make_shared<Sojourn::MemoryStore>();
    Sojourn::Session session(std::nullopt, store);
    session.insert("visits", 1);
    const bool saved = store->waitFor(session.save()).has_value();
    return saved && Sojourn::storeFromUrl(QStringLiteral("memory:")) ? 0 : 1;
}
