// SPDX-License-Identifier: MIT
#pragma once

#include <await.h>

#include <Sojourn/MemoryStore>
#include <Sojourn/SessionId>

#include <QtTest/QTest>

// Records and stores whose clock stands still.

namespace Sojourn {

inline const TimePoint Now(std::chrono::milliseconds(1'795'331'520'123)); // 2026-11-22

inline SessionRecord makeRecord(const QString &user = {}, const QJsonObject &data = {{QStringLiteral("visits"), 1}})
{
    static int count = 0;
    SessionRecord record;
    record.key = SessionId::generate().key();
    record.user = user;
    record.createdAt = record.idIssuedAt = Now - std::chrono::hours(1) + std::chrono::milliseconds(++count);
    record.lastSeenAt = Now - std::chrono::minutes(1);
    record.expiresAt = Now + std::chrono::hours(24);
    record.data = SessionData::fromJson(data);
    record.updateCounts();
    return record;
}

inline std::shared_ptr<MemoryStore> makeStore(const QList<SessionRecord> &records = {}, TimePoint now = Now)
{
    auto store = std::make_shared<MemoryStore>();
    store->setClock([now] { return now; });
    for (const SessionRecord &record : records)
        [&] { QVERIFY(store->create(record).takeResult().has_value()); }();
    return store;
}

} // namespace Sojourn
