// SPDX-License-Identifier: MIT
#pragma once

#include "sortedchunks_p.h"
#include "store/sessionstore.h"

#include <QtCore/QHash>

#include <array>
#include <compare>
#include <deque>
#include <memory>
#include <vector>

namespace Sojourn {

/// The records of a MemoryStore: small, found by key in a step or two, and kept in every order in which they are listed or
/// expire. Knows nothing of locks and events. The memory of records that are removed is kept for those that come.
class SessionTable
{
public:
    using Id = quint32; ///< names a record while it is in the table, whatever its key
    static constexpr Id None = ~Id(0);

    SessionTable();
    ~SessionTable();
    Q_DISABLE_COPY_MOVE(SessionTable)

    /// The record with exactly this key, expired or not.
    [[nodiscard]] Id find(const SessionKey &key) const;
    /// The living record for which \a key stands at \a now: its own, or one in its grace time.
    [[nodiscard]] Id findLiving(const SessionKey &key, TimePoint now) const;

    [[nodiscard]] SessionRecord record(Id id) const;
    /// The same, to be read or replaced at once: without a copy of its CSRF secret, which is gone when the record is.
    [[nodiscard]] SessionRecord borrowedRecord(Id id) const;
    [[nodiscard]] SessionInfo info(Id id) const;
    [[nodiscard]] QByteArray takeFlash(Id id);

    /// Adds a record whose key is not in the table.
    Id insert(const SessionRecord &record);
    /// Replaces a record; its counts are right. Its key may change to one that is not in the table; keys in grace go on standing
    /// for it.
    void replace(Id id, const SessionRecord &record);
    /// Removes a record and every key in grace.
    void remove(Id id);

    /// Lets \a key stand for the record until then.
    void addGrace(Id id, const SessionKey &key, TimePoint until);
    /// Lets no other key stand for the record any more. \return those that did until \a now.
    QList<SessionKey> endGraces(Id id, TimePoint now);
    /// \a key stands for no other record any more.
    void dropGrace(const SessionKey &key);
    /// Forgets the keys whose grace ended some time before \a now.
    void dropEndedGraces(TimePoint now);

    /// All records, expired or not.
    [[nodiscard]] qsizetype count() const { return m_orders[Order::ByCreated].size(); }
    [[nodiscard]] qsizetype livingCount(TimePoint now) const;
    /// The session to remove when there are too many: the one without a user that was seen longest ago, or nearly so; if all have
    /// users the one that was seen longest ago. None if there are none.
    [[nodiscard]] Id mostDispensable() const;
    /// Every time that the table knows becomes \a by later.
    void moveTimes(std::chrono::milliseconds by);
    /// The record that expired first, None if none has by \a now.
    [[nodiscard]] Id firstExpired(TimePoint now) const;
    /// The living sessions of \a user, those created first in front.
    [[nodiscard]] std::vector<Id> ofUser(const QString &user, TimePoint now) const;
    [[nodiscard]] Result<SessionPage> page(const SessionQuery &query, TimePoint now) const;

private:
    using Order = SessionQuery::Order;

    struct Node;
    struct Slot
    {
        quint32 head;
        Id id = None;
    };
    /// A row of an order. Twelve bytes, so its time lies in two halves.
    struct Entry
    {
        Entry(TimePoint at, Id id);
        TimePoint at() const;
        void setAt(TimePoint at);
        quint32 time[2];
        Id id;
    };
    /// By time and then by key; in the order by user, by user first, those without a user in front.
    struct Less
    {
        const SessionTable *table;
        Order order;
        bool operator()(const Entry &a, const Entry &b) const;
    };
    /// Where a row stands in an order.
    struct Place
    {
        QString user; // in the order by user
        TimePoint at;
        SessionKey key;
    };
    static constexpr std::array Orders = {Order::ByExpiry, Order::ByCreated, Order::ByLastSeen, Order::ByUser};

    Node &node(Id id) const;
    Id newNode();
    static void assign(Node &node, const SessionRecord &record);

    quint32 headOf(const SessionKey &key) const;
    size_t homeOf(quint32 head) const { return size_t(head) >> m_shift; }
    void addSlot(Id id);
    void removeSlot(Id id);
    void rebuildSlots(size_t count);

    Entry entryOf(Id id, Order order) const;
    Less less(Order order) const { return {this, order}; }
    std::strong_ordering compare(const Entry &entry, const Place &place, Order order) const;

    struct Rows
    {
        std::vector<Id> ids; // one more than the limit if there are more
        qsizetype total = 0;
    };
    Rows rowsOfOrder(const SessionQuery &query, Order order, const std::optional<Place> &cursor, TimePoint now) const;
    Rows rowsOfWalk(const SessionQuery &query, Order order, const std::optional<Place> &cursor, TimePoint now) const;
    Rows rowsByFilter(const SessionQuery &query, Order order, const std::optional<Place> &cursor, TimePoint now) const;
    std::pair<qsizetype, qsizetype> rangeOf(const QString &user) const;
    qsizetype rankBehind(const Place &place, Order order, bool descending) const;
    std::vector<Id> withPrefix(const QByteArray &prefix) const;
    QByteArray cursorTo(Id id, Order order, bool descending) const;
    static std::optional<Place> placeOf(const QByteArray &cursor, Order order, bool descending);

    struct Grace
    {
        Id id;
        TimePoint until;
    };

    std::vector<std::unique_ptr<Node[]>> m_blocks;
    std::vector<Id> m_free;
    Id m_used = 0;

    // An open hash table. The first bits of a key, which is a digest, say where it lies, so that keys which begin alike lie
    // together.
    std::vector<Slot> m_slots;
    int m_shift = 32;
    bool m_scattered = false; // keys that are no digests crowded it: now their hash says where they lie

    std::array<SortedChunks<Entry>, Orders.size()> m_orders;
    QHash<SessionKey, Grace> m_graces;
    QMultiHash<Id, SessionKey> m_gracesOf;
    std::deque<std::pair<TimePoint, SessionKey>> m_graceEnds; // in the order in which they were given
};

} // namespace Sojourn
