// SPDX-License-Identifier: MIT
#include "readonlystore.h"

namespace Sojourn {

static std::unexpected<Error> refusal()
{
    return failure(Error::ReadOnly, Error::tr("The store is open for reading only. Open it for writing to change sessions."));
}

ReadOnlyStore::ReadOnlyStore(std::shared_ptr<SessionStore> wrapped, QObject *parent) : StoreWrapper(std::move(wrapped), parent)
{
    connect(&inner(), &SessionStore::sessionEvent, this, &SessionStore::sessionEvent);
    connect(&inner(), &SessionStore::availabilityChanged, this, &SessionStore::availabilityChanged);
    connect(&inner(), &SessionStore::eventsLost, this, &SessionStore::eventsLost);
}

ReadOnlyStore::~ReadOnlyStore() = default;

Task<SessionInfo> ReadOnlyStore::create(const SessionRecord &, std::optional<UserCap>, CreateMode)
{
    return refusal();
}

Task<SessionInfo> ReadOnlyStore::update(const SessionKey &, const SessionChange &)
{
    return refusal();
}

Task<SessionInfo> ReadOnlyStore::rotate(const SessionKey &, const SessionKey &, const SessionChange &, std::chrono::milliseconds)
{
    return refusal();
}

Task<SessionInfo> ReadOnlyStore::remove(const SessionKey &, Removal)
{
    return refusal();
}

Task<SessionInfo> ReadOnlyStore::removeVersion(const SessionKey &, quint64, Removal)
{
    return refusal();
}

Task<qint64> ReadOnlyStore::removeUser(const QString &, std::optional<SessionKey>, Removal)
{
    return refusal();
}

Task<QByteArray> ReadOnlyStore::takeFlash(const SessionKey &)
{
    return refusal();
}

Task<qint64> ReadOnlyStore::removeExpired(int)
{
    return refusal();
}

Task<qint64> ReadOnlyStore::compact()
{
    return refusal();
}

} // namespace Sojourn
