// SPDX-License-Identifier: MIT
#pragma once

#include "sessionevent.h"
#include "sessionrecord.h"

#include <algorithm>
#include <limits>

namespace Sojourn::Detail {

// The fields of records and events, in one place. What writes or reads every field goes by these lists, so that a field which is
// added here is stored, sent and exported too. Stores that keep fields apart (a node in memory, columns in SQLite) name them
// again. A record may be const or not; the lists are unrolled by the compiler.

/// Calls \a use with all fields of a SessionInfo, in the order in which the live protocol sends them.
template<class Info, class Use>
constexpr decltype(auto) withInfoFields(Info &info, Use &&use)
{
    return use(info.key, info.user, info.createdAt, info.lastSeenAt, info.expiresAt, info.absoluteExpiresAt, info.idIssuedAt,
               info.version, info.expiry, info.rotateRequested, info.size, info.attributeCount, info.visit);
}

/// Calls \a use with what a SessionRecord has beside its SessionInfo, in the order in which the live protocol sends it.
template<class Record, class Use>
constexpr decltype(auto) withRecordFields(Record &record, Use &&use)
{
    return use(record.data, record.flash, record.csrfSecret);
}

/// Calls \a use with all fields of a SessionEvent, in the order in which the live protocol sends them.
template<class Event, class Use>
constexpr decltype(auto) withEventFields(Event &event, Use &&use)
{
    return use(event.type, event.key, event.oldKey, event.user, event.at, event.version, event.reason, event.by);
}

/// What follows from the fields of a record that was read from a text, which may come from anywhere.
inline void completeRead(SessionRecord &record)
{
    record.idIssuedAt = record.createdAt;
    if (record.absoluteExpiresAt)
        record.expiresAt = std::min(record.expiresAt, *record.absoluteExpiresAt);
    record.updateCounts();
}

/// Of a record, that every store and a snapshot can keep.
inline constexpr quint64 LargestVersion = std::numeric_limits<qint64>::max();

/// What follows \a version. The largest stays: a record that began anew would be lost.
constexpr quint64 versionAfter(quint64 version)
{
    return version < LargestVersion ? version + 1 : version;
}

/// Calls \a use with the name of each field that stores keep as it is, without looking into it, and with its values in \a
/// records. An empty one need not be stored.
template<class Use, class... Records>
constexpr void forEachOpaqueField(Use &&use, Records &...records)
{
    use(QByteArrayView("flash"), records.flash...);
    use(QByteArrayView("csrf"), records.csrfSecret...);
    use(QByteArrayView("visit"), records.visit...);
}

/// The name of a field of JSON, ready to be written: `,"name":`.
class FieldName
{
public:
    template<size_t Size>
    explicit consteval FieldName(const char (&member)[Size]) : m_member(member), m_size(Size - 1)
    { }

    [[nodiscard]] constexpr QByteArrayView member() const { return {m_member, m_size}; }
    [[nodiscard]] constexpr QLatin1StringView name() const { return {m_member + 2, m_size - 4}; }

private:
    const char *m_member;
    qsizetype m_size;
};

/// Calls \a use with the name and the value of each field that snapshots, `show` and the API print, in the order of snapshots. A
/// SessionInfo has no data.
template<class Record, class Use>
constexpr void forEachJsonField(Record &record, Use &&use)
{
    use(FieldName(",\"key\":"), record.key);
    use(FieldName(",\"user\":"), record.user);
    use(FieldName(",\"createdAt\":"), record.createdAt);
    use(FieldName(",\"lastSeenAt\":"), record.lastSeenAt);
    use(FieldName(",\"expiresAt\":"), record.expiresAt);
    use(FieldName(",\"absoluteExpiresAt\":"), record.absoluteExpiresAt);
    use(FieldName(",\"version\":"), record.version);
    if constexpr (requires { record.data; })
        use(FieldName(",\"data\":"), record.data);
    use(FieldName(",\"expiry\":"), record.expiry);
    use(FieldName(",\"visit\":"), record.visit);
}

} // namespace Sojourn::Detail
