// SPDX-License-Identifier: MIT
#include "nostore_p.h"

using namespace Qt::StringLiterals;

namespace Sojourn::Detail {

namespace {

std::unexpected<Error> noStore()
{
    return failure(Error::Invalid,
                   u"There is no session store: a null pointer was given. Give one, for example a MemoryStore."_s);
}

class NoStore final : public SessionStore
{
public:
    Task<SessionInfo> create(const SessionRecord &, std::optional<UserCap>, CreateMode) override { return noStore(); }
    Task<SessionRecord> load(const SessionKey &) override { return noStore(); }
    Task<SessionInfo> update(const SessionKey &, const SessionChange &) override { return noStore(); }
    Task<SessionInfo> rotate(const SessionKey &, const SessionKey &, const SessionChange &, std::chrono::milliseconds) override
    {
        return noStore();
    }
    Task<SessionInfo> remove(const SessionKey &, Removal) override { return noStore(); }
    Task<qint64> removeUser(const QString &, std::optional<SessionKey>, Removal) override { return noStore(); }
    Task<QByteArray> takeFlash(const SessionKey &) override { return noStore(); }
    Task<SessionPage> list(const SessionQuery &) override { return noStore(); }
    Task<qint64> count() override { return noStore(); }
    Task<qint64> removeExpired(int) override { return noStore(); }
    Task<qint64> compact() override { return noStore(); }
    Task<QList<SessionEvent>> history(const HistoryQuery &) override { return noStore(); }
    Task<void> subscribe() override { return noStore(); }
    bool isThreadSafe() const override { return true; }
};

} // namespace

std::shared_ptr<SessionStore> orNoStore(std::shared_ptr<SessionStore> store)
{
    return store ? std::move(store) : std::make_shared<NoStore>();
}

} // namespace Sojourn::Detail
