// SPDX-License-Identifier: MIT
#include <Sojourn/LiveServer>
#include <Sojourn/MemoryStore>
#include <Sojourn/RedisStore>
#include <Sojourn/Session>
#include <Sojourn/SessionManager>
#include <Sojourn/SqliteStore>
#include <Sojourn/StoreCopy>
#include <Sojourn/Stores>
#include <Sojourn/version.h>

static_assert(SOJOURN_VERSION >= SOJOURN_VERSION_CHECK(0, 1, 0));

// Options and queries grow at their end: who names what they want is not warned of the rest, which CMakeLists.txt makes an error.
[[maybe_unused]] const Sojourn::CookieOptions cookie{.name = "shop"};
[[maybe_unused]] const Sojourn::CopyOptions copied{.user = "ann"};
[[maybe_unused]] const Sojourn::ExportOptions exported{.format = Sojourn::SnapshotFormat::JsonLines};
[[maybe_unused]] const Sojourn::HistoryQuery history{.user = "ann"};
[[maybe_unused]] const Sojourn::ImportOptions imported{.onConflict = Sojourn::ImportOptions::Skip};
[[maybe_unused]] const Sojourn::LiveTlsAddress address{.host = "shop.example"};
[[maybe_unused]] const Sojourn::LiveTlsOptions tls{.certificateFile = "shop.pem"};
[[maybe_unused]] const Sojourn::RedisOptions redis{.host = "redis.example"};
[[maybe_unused]] const Sojourn::SessionOptions options{.cookie = {.name = "shop"}};
[[maybe_unused]] const Sojourn::SessionPolicy policy{.idle = std::chrono::minutes(30)};
[[maybe_unused]] const Sojourn::SessionQuery query{.order = Sojourn::SessionQuery::ByUser};
[[maybe_unused]] const Sojourn::SnapshotControl control{.progress = {}};
[[maybe_unused]] const Sojourn::SqliteOptions sqlite{.synchronous = Sojourn::SqliteOptions::Full};
[[maybe_unused]] const Sojourn::StoreOptions opened{.readOnly = true};
[[maybe_unused]] const Sojourn::UserCap cap{.limit = 2};

int main()
{
    auto store = std::make_shared<Sojourn::MemoryStore>();
    Sojourn::Session session(std::nullopt, store);
    session.insert("visits", 1);
    const bool saved = store->waitFor(session.save()).has_value();
    return saved && Sojourn::storeFromUrl(QStringLiteral("memory:")) ? 0 : 1;
}
