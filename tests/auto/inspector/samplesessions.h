// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/MemoryStore>
#include <Sojourn/SessionId>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QRandomGenerator>

namespace Sojourn {

/// Sessions as a small shop would have them, the same in every run but for their keys.
inline SessionRecord sampleSession(int number, TimePoint now)
{
    using namespace std::chrono_literals;
    using namespace Qt::StringLiterals;
    static const QStringList users = {u"ann"_s,   u"bob"_s,   u"carla"_s, u"dmitri"_s, u"eva"_s,
                                      u"farid"_s, u"grace"_s, u"hiro"_s,  u"李明"_s,   u"jürgen"_s};
    QRandomGenerator random{quint32(number)};
    SessionRecord record;
    record.key = SessionId::generate().key();
    if (number % 4)
        record.user = users[number % users.size()];
    record.createdAt = now - std::chrono::seconds(random.bounded(40'000));
    record.lastSeenAt = std::min(now, record.createdAt + std::chrono::seconds(random.bounded(40'000)));
    record.lastSeenAt = std::max(record.lastSeenAt, now - std::chrono::seconds(random.bounded(29 * 60)));
    record.idIssuedAt = record.createdAt;
    record.expiresAt = record.lastSeenAt + 30min;
    if (number % 3 == 0)
        record.absoluteExpiresAt = record.createdAt + 12h;
    if (record.absoluteExpiresAt)
        record.expiresAt = std::min(record.expiresAt, *record.absoluteExpiresAt);
    record.version = quint64(1 + random.bounded(40));
    record.rotateRequested = number % 17 == 5;
    QJsonArray cart;
    for (int i = 0; i < int(random.bounded(5)); ++i)
        cart << QJsonObject{{u"sku"_s, u"A-%1"_s.arg(random.bounded(900) + 100)},
                            {u"count"_s, int(random.bounded(1, 4))},
                            {u"price"_s, 4.5 + random.bounded(40)}};
    record.data.insert(u"cart"_s, cart);
    record.data.insert(u"visits"_s, int(random.bounded(1, 60)));
    record.data.insert(u"theme"_s, random.bounded(2) ? u"dark"_s : u"light"_s);
    if (number % 3 == 1) {
        record.data.insert(u"access_token"_s, u"not-a-real-token"_s);
        record.data.insert(u"address"_s,
                           QJsonObject{{u"city"_s, u"Köln"_s}, {u"street"_s, u"Am Ring 5"_s}, {u"verified"_s, true}});
    }
    if (number % 11 == 0)
        record.data.insert(u"notes"_s, QString(3000 + number * 7, u'x'));
    record.updateCounts();
    return record;
}

inline QList<SessionKey> fillWithSamples(MemoryStore &store, int count)
{
    QList<SessionKey> keys;
    for (int i = 0; i < count; ++i) {
        const SessionRecord record = sampleSession(i, store.now());
        if (store.create(record).takeResult())
            keys << record.key;
    }
    return keys;
}

} // namespace Sojourn
