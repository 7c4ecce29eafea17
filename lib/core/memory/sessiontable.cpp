// SPDX-License-Identifier: MIT
#include "sessiontable_p.h"

#include "value/base64url_p.h"
#include "value/jsonrules.h"

#include <QtCore/QtEndian>

#include <bit>
#include <cstring>

namespace Sojourn {

namespace {

constexpr SessionTable::Id BlockSize = 256;
constexpr size_t SmallestTable = 16;
constexpr size_t LongestProbe = 1000; // digests never come near it
constexpr TimePoint NoTime = TimePoint::max();
constexpr qsizetype WorthACopy = 16; // bytes kept for growing

/// Rarely used fields, allocated on demand.
struct Extras
{
    std::optional<Expiry> expiry;
    QByteArray flash;
    QByteArray visit;
    QByteArray oddSecret; // a CSRF secret of another size than the usual
    bool rotateRequested = false;
};

/// The time by which \a record, a node or a SessionInfo, stands in \a order.
template<class T>
TimePoint timeOf(const T &record, SessionQuery::Order order)
{
    switch (order) {
    case SessionQuery::ByExpiry:
        return record.expiresAt;
    case SessionQuery::ByLastSeen:
        return record.lastSeenAt;
    case SessionQuery::ByCreated:
    case SessionQuery::ByUser:
        break;
    }
    return record.createdAt;
}

} // namespace

struct SessionTable::Node
{
    using Secret = std::array<char, 16>;

    SessionKey key;
    QByteArray data; // SessionData::encoded()
    QString user;
    TimePoint createdAt;
    TimePoint lastSeenAt;
    TimePoint expiresAt;
    TimePoint absoluteExpiresAt;
    TimePoint idIssuedAt;
    quint64 version;
    Secret csrfSecret;
    std::unique_ptr<Extras> extras;
    quint32 size;
    quint32 attributeCount : 30;
    quint32 hasSecret : 1;
    quint32 hasGraces : 1;

    void fill(SessionInfo &info) const
    {
        info.key = key;
        info.user = user;
        info.createdAt = createdAt;
        info.lastSeenAt = lastSeenAt;
        info.expiresAt = expiresAt;
        if (absoluteExpiresAt != NoTime)
            info.absoluteExpiresAt = absoluteExpiresAt;
        info.idIssuedAt = idIssuedAt;
        info.version = version;
        info.size = size;
        info.attributeCount = attributeCount;
        if (extras) {
            info.expiry = extras->expiry;
            info.visit = extras->visit;
            info.rotateRequested = extras->rotateRequested;
        }
    }
};

SessionTable::SessionTable() : m_slots(SmallestTable), m_shift(32 - std::countr_zero(SmallestTable)) { }

SessionTable::~SessionTable() = default;

// ---- Records

SessionTable::Node &SessionTable::node(Id id) const
{
    return m_blocks[id / BlockSize][id % BlockSize];
}

SessionTable::Id SessionTable::newNode()
{
    if (!m_free.empty()) {
        const Id id = m_free.back();
        m_free.pop_back();
        return id;
    }
    if (m_used == m_blocks.size() * BlockSize)
        m_blocks.push_back(std::make_unique<Node[]>(BlockSize));
    return m_used++;
}

void SessionTable::assign(Node &node, const SessionRecord &record)
{
    node.key = record.key;
    node.data = record.data.encoded();
    if (node.data.capacity() - node.data.size() >= WorthACopy)
        node.data.squeeze();
    node.user = record.user;
    node.createdAt = record.createdAt;
    node.lastSeenAt = record.lastSeenAt;
    node.expiresAt = record.expiresAt;
    node.absoluteExpiresAt = record.absoluteExpiresAt.value_or(NoTime);
    node.idIssuedAt = record.idIssuedAt;
    node.version = record.version;
    node.size = quint32(record.size);
    node.attributeCount = quint32(record.attributeCount);
    node.hasSecret = record.csrfSecret.size() == qsizetype(sizeof(Node::Secret));
    if (node.hasSecret)
        std::memmove(node.csrfSecret.data(), record.csrfSecret.constData(), sizeof(Node::Secret)); // perhaps its own

    const bool hasOddSecret = !node.hasSecret && !record.csrfSecret.isEmpty();
    if (!record.expiry && record.flash.isEmpty() && record.visit.isEmpty() && !hasOddSecret && !record.rotateRequested) {
        node.extras.reset();
        return;
    }
    if (!node.extras)
        node.extras = std::make_unique<Extras>();
    *node.extras = {record.expiry, record.flash, record.visit, hasOddSecret ? record.csrfSecret : QByteArray(),
                    record.rotateRequested};
}

SessionRecord SessionTable::record(Id id) const
{
    SessionRecord record = borrowedRecord(id);
    record.csrfSecret.detach();
    return record;
}

SessionRecord SessionTable::borrowedRecord(Id id) const
{
    const Node &n = node(id);
    SessionRecord record;
    n.fill(record);
    record.data = SessionData::fromOwnEncoding(n.data);
    if (n.hasSecret)
        record.csrfSecret = QByteArray::fromRawData(n.csrfSecret.data(), n.csrfSecret.size());
    if (n.extras) {
        record.flash = n.extras->flash;
        if (!n.hasSecret)
            record.csrfSecret = n.extras->oddSecret;
    }
    return record;
}

SessionInfo SessionTable::info(Id id) const
{
    SessionInfo info;
    node(id).fill(info);
    return info;
}

QByteArray SessionTable::takeFlash(Id id)
{
    const auto &extras = node(id).extras;
    return extras ? std::exchange(extras->flash, {}) : QByteArray();
}

SessionTable::Id SessionTable::insert(const SessionRecord &record)
{
    const Id id = newNode();
    assign(node(id), record);
    node(id).attributeCount = quint32(record.data.count()); // whoever made the record may not have counted
    node(id).size = quint32(record.data.sizeOf(node(id).attributeCount));
    node(id).hasGraces = false;
    addSlot(id);
    dropGrace(record.key);
    for (const Order order : Orders)
        m_orders[order].insert(entryOf(id, order), less(order));
    return id;
}

void SessionTable::replace(Id id, const SessionRecord &record)
{
    Node &n = node(id);
    const bool keyChanges = n.key != record.key;
    std::array<bool, Orders.size()> moves;
    for (const Order order : Orders) {
        moves[order] = keyChanges || timeOf(n, order) != timeOf(record, order)
                    || (order == Order::ByUser && n.user != record.user);
        if (moves[order])
            m_orders[order].erase(entryOf(id, order), less(order));
    }
    if (keyChanges)
        removeSlot(id);
    assign(n, record);
    if (keyChanges) {
        addSlot(id);
        dropGrace(record.key);
    }
    for (const Order order : Orders) {
        if (moves[order])
            m_orders[order].insert(entryOf(id, order), less(order));
    }
}

void SessionTable::remove(Id id)
{
    endGraces(id, {});
    Node &n = node(id);
    for (const Order order : Orders)
        m_orders[order].erase(entryOf(id, order), less(order));
    removeSlot(id);
    n = Node();
    m_free.push_back(id);
}

// ---- Keys

quint32 SessionTable::headOf(const SessionKey &key) const
{
    return m_scattered ? quint32(qHashBits(key.bytes().data(), SessionKey::ByteCount))
                       : qFromBigEndian<quint32>(key.bytes().data());
}

SessionTable::Id SessionTable::find(const SessionKey &key) const
{
    const quint32 head = headOf(key);
    for (size_t i = homeOf(head); m_slots[i].id != None; i = (i + 1) & (m_slots.size() - 1)) {
        if (m_slots[i].head == head && node(m_slots[i].id).key == key)
            return m_slots[i].id;
    }
    return None;
}

SessionTable::Id SessionTable::findLiving(const SessionKey &key, TimePoint now) const
{
    Id id = find(key);
    if (id == None && !m_graces.isEmpty()) {
        const auto grace = m_graces.constFind(key);
        if (grace != m_graces.cend() && grace->until > now)
            id = grace->id;
    }
    return id != None && node(id).expiresAt > now ? id : None;
}

void SessionTable::addSlot(Id id)
{
    if (size_t(m_orders[Order::ByCreated].size()) >= m_slots.size() / 4 * 3)
        rebuildSlots(m_slots.size() * 2);
    const quint32 head = headOf(node(id).key);
    size_t i = homeOf(head);
    size_t probes = 0;
    for (; m_slots[i].id != None; i = (i + 1) & (m_slots.size() - 1))
        ++probes;
    m_slots[i] = {head, id};
    if (probes > LongestProbe && !m_scattered) {
        m_scattered = true;
        rebuildSlots(m_slots.size());
    }
}

void SessionTable::removeSlot(Id id)
{
    const size_t mask = m_slots.size() - 1;
    size_t hole = homeOf(headOf(node(id).key));
    while (m_slots[hole].id != id)
        hole = (hole + 1) & mask;
    // Backward-shift deletion: entries behind the hole that may lie in it, or before it, move up.
    for (size_t i = (hole + 1) & mask; m_slots[i].id != None; i = (i + 1) & mask) {
        const size_t wayFromHome = (i - homeOf(m_slots[i].head)) & mask;
        if (wayFromHome >= ((i - hole) & mask)) {
            m_slots[hole] = m_slots[i];
            hole = i;
        }
    }
    m_slots[hole] = {};
}

void SessionTable::rebuildSlots(size_t count)
{
    const std::vector<Slot> old = std::exchange(m_slots, std::vector<Slot>(count));
    m_shift = 32 - std::countr_zero(count);
    for (const Slot &slot : old) {
        if (slot.id == None)
            continue;
        const quint32 head = m_scattered ? headOf(node(slot.id).key) : slot.head;
        size_t i = homeOf(head);
        while (m_slots[i].id != None)
            i = (i + 1) & (count - 1);
        m_slots[i] = {head, slot.id};
    }
}

// ---- Keys in grace

void SessionTable::dropGrace(const SessionKey &key)
{
    if (const auto grace = m_graces.constFind(key); grace != m_graces.cend()) {
        m_gracesOf.remove(grace->id, key);
        m_graces.erase(grace);
    }
}

void SessionTable::addGrace(Id id, const SessionKey &key, TimePoint until)
{
    dropGrace(key);
    m_graces.insert(key, {id, until});
    m_gracesOf.insert(id, key);
    m_graceEnds.emplace_back(until, key);
    node(id).hasGraces = true;
}

QList<SessionKey> SessionTable::endGraces(Id id, TimePoint now)
{
    if (!node(id).hasGraces)
        return {};
    node(id).hasGraces = false;
    QList<SessionKey> keys = m_gracesOf.values(id);
    keys.removeIf([&](const SessionKey &key) { return m_graces.take(key).until <= now; });
    m_gracesOf.remove(id);
    return keys;
}

void SessionTable::dropEndedGraces(TimePoint now)
{
    const TimePoint overForGood = now - SessionStore::ReplacedKept; // the clock may go back a little
    while (!m_graceEnds.empty() && m_graceEnds.front().first <= overForGood) {
        const SessionKey key = m_graceEnds.front().second;
        if (const auto grace = m_graces.constFind(key); grace != m_graces.cend() && grace->until <= overForGood)
            dropGrace(key);
        m_graceEnds.pop_front();
    }
}

// ---- Orders

SessionTable::Entry::Entry(TimePoint at, Id id_) : id(id_)
{
    setAt(at);
}

void SessionTable::Entry::setAt(TimePoint at)
{
    static_assert(sizeof time == sizeof at);
    std::memcpy(time, &at, sizeof time);
}

TimePoint SessionTable::Entry::at() const
{
    TimePoint at;
    std::memcpy(&at, time, sizeof time);
    return at;
}

SessionTable::Entry SessionTable::entryOf(Id id, Order order) const
{
    return {timeOf(node(id), order), id};
}

bool SessionTable::Less::operator()(const Entry &a, const Entry &b) const
{
    if (order == Order::ByUser) {
        if (const int compared = table->node(a.id).user.compare(table->node(b.id).user))
            return compared < 0;
    }
    const TimePoint atA = a.at();
    const TimePoint atB = b.at();
    if (atA != atB)
        return atA < atB;
    return a.id != b.id && table->node(a.id).key < table->node(b.id).key;
}

std::strong_ordering SessionTable::compare(const Entry &entry, const Place &place, Order order) const
{
    const Node &n = node(entry.id);
    if (order == Order::ByUser) {
        if (const int compared = n.user.compare(place.user))
            return compared <=> 0;
    }
    return std::pair(entry.at(), n.key) <=> std::pair(place.at, place.key);
}

qsizetype SessionTable::livingCount(TimePoint now) const
{
    const auto &byExpiry = m_orders[Order::ByExpiry];
    return byExpiry.size() - byExpiry.rank([now](const Entry &e) { return e.at() <= now; });
}

SessionTable::Id SessionTable::firstExpired(TimePoint now) const
{
    Id first = None;
    m_orders[Order::ByExpiry].walk(0, false, [&](const Entry &e) {
        if (e.at() <= now)
            first = e.id;
        return false;
    });
    return first;
}

SessionTable::Id SessionTable::mostDispensable() const
{
    // Among those seen long ago there is mostly one without a user; if not, those without users stand in front in the order by
    // user.
    constexpr int MostLookedAt = 64;
    Id seenFirst = None;
    Id anonymous = None;
    int left = MostLookedAt;
    m_orders[Order::ByLastSeen].walk(0, false, [&](const Entry &e) {
        if (seenFirst == None)
            seenFirst = e.id;
        if (node(e.id).user.isEmpty())
            anonymous = e.id;
        return anonymous == None && --left > 0;
    });
    if (anonymous == None) {
        m_orders[Order::ByUser].walk(0, false, [&](const Entry &e) {
            if (node(e.id).user.isEmpty())
                anonymous = e.id;
            return false;
        });
    }
    return anonymous != None ? anonymous : seenFirst;
}

void SessionTable::moveTimes(std::chrono::milliseconds by)
{
    const auto moved = [by](TimePoint at) { return at == NoTime ? at : at + by; };
    for (Id id = 0; id < m_used; ++id) {
        Node &n = node(id);
        for (TimePoint *time : {&n.createdAt, &n.lastSeenAt, &n.expiresAt, &n.absoluteExpiresAt, &n.idIssuedAt})
            *time = moved(*time);
    }
    for (auto &order : m_orders)
        order.changeEach([moved](Entry &e) { e.setAt(moved(e.at())); });
    for (Grace &grace : m_graces)
        grace.until += by;
    for (auto &[until, key] : m_graceEnds)
        until += by;
}

std::vector<SessionTable::Id> SessionTable::ofUser(const QString &user, TimePoint now) const
{
    std::vector<Id> found;
    const auto &byUser = m_orders[Order::ByUser];
    byUser.walk(byUser.rank([&](const Entry &e) { return node(e.id).user < user; }), false, [&](const Entry &e) {
        const Node &n = node(e.id);
        if (n.user != user)
            return false;
        if (n.expiresAt > now)
            found.push_back(e.id);
        return true;
    });
    return found;
}

Result<SessionPage> SessionTable::page(const SessionQuery &query, TimePoint now) const
{
    // The sessions of one user lie together, in the order in which they were created.
    const Order order = query.user && query.order == Order::ByCreated ? Order::ByUser : query.order;
    std::optional<Place> cursor;
    if (!query.cursor.isEmpty()) {
        cursor = placeOf(query.cursor, order, query.descending);
        if (!cursor)
            return failure(Error::Invalid, Error::tr("The cursor does not belong to this query. Start again without one."));
    }
    const auto isLarge = [this](std::pair<qsizetype, qsizetype> range) {
        return (range.second - range.first) * 8 > m_orders[0].size();
    };
    Rows rows;
    if (query.keyPrefix.isEmpty() && (!query.user || order == Order::ByUser))
        rows = rowsOfOrder(query, order, cursor, now);
    else if (query.keyPrefix.isEmpty() && isLarge(rangeOf(*query.user)))
        rows = rowsOfWalk(query, order, cursor, now);
    else
        rows = rowsByFilter(query, order, cursor, now);

    SessionPage page;
    page.total = rows.total;
    const qsizetype count = std::min(qsizetype(rows.ids.size()), qsizetype(std::max(query.limit, 0)));
    page.records.reserve(count);
    for (const Id id : std::span(rows.ids).first(size_t(count))) {
        if (query.withData)
            page.records.append(record(id));
        else
            node(id).fill(page.records.emplaceBack());
    }
    if (count > 0 && size_t(count) < rows.ids.size())
        page.nextCursor = cursorTo(rows.ids[size_t(count) - 1], order, query.descending);
    return page;
}

/// Rows that lie together in an order: all, or those of a user.
SessionTable::Rows SessionTable::rowsOfOrder(const SessionQuery &query, Order order, const std::optional<Place> &cursor,
                                             TimePoint now) const
{
    const auto &entries = m_orders[order];
    const auto [begin, end] = query.user ? rangeOf(*query.user) : std::pair(qsizetype(0), entries.size());

    // Expired records that are not swept yet lie in between and must not count.
    std::vector<qsizetype> expired;
    m_orders[Order::ByExpiry].walk(0, false, [&](const Entry &e) {
        if (e.at() > now)
            return false;
        if (!query.user || node(e.id).user == *query.user)
            expired.push_back(entries.rank([&, entry = entryOf(e.id, order)](const Entry &other) {
                return less(order)(other, entry);
            }));
        return true;
    });
    std::ranges::sort(expired);

    Rows rows;
    rows.total = end - begin - qsizetype(expired.size());
    qsizetype from;
    if (cursor) {
        from = rankBehind(*cursor, order, query.descending);
        from = query.descending ? std::min(from, end - 1) : std::max(from, begin);
    } else {
        const qsizetype offset = std::max<qsizetype>(query.offset, 0);
        if (offset >= rows.total)
            return rows;
        from = begin + (query.descending ? rows.total - 1 - offset : offset);
        for (const qsizetype rank : expired)
            from += rank <= from;
    }
    entries.walk(from, query.descending, [&, first = begin, last = end - 1, rank = from](const Entry &e) mutable {
        if (rank < first || rank > last)
            return false;
        rank += query.descending ? -1 : 1;
        if (node(e.id).expiresAt > now)
            rows.ids.push_back(e.id);
        return qsizetype(rows.ids.size()) <= query.limit;
    });
    return rows;
}

/// Rows of a user who has a good part of all, in an order where they lie scattered: found by going through it.
SessionTable::Rows SessionTable::rowsOfWalk(const SessionQuery &query, Order order, const std::optional<Place> &cursor,
                                            TimePoint now) const
{
    const auto [begin, end] = rangeOf(*query.user);
    Rows rows;
    rows.total = end - begin;
    m_orders[Order::ByExpiry].walk(0, false, [&](const Entry &e) {
        if (e.at() > now)
            return false;
        rows.total -= node(e.id).user == *query.user;
        return true;
    });
    const auto &entries = m_orders[order];
    const qsizetype from = cursor ? rankBehind(*cursor, order, query.descending) : query.descending ? entries.size() - 1 : 0;
    qint64 skip = cursor ? 0 : query.offset;
    entries.walk(from, query.descending, [&](const Entry &e) {
        const Node &n = node(e.id);
        if (n.expiresAt > now && n.user == *query.user && --skip < 0)
            rows.ids.push_back(e.id);
        return qsizetype(rows.ids.size()) <= query.limit;
    });
    return rows;
}

/// Rows that lie scattered in the order: those that pass a filter are put in order here.
SessionTable::Rows SessionTable::rowsByFilter(const SessionQuery &query, Order order, const std::optional<Place> &cursor,
                                              TimePoint now) const
{
    std::vector<Entry> entries;
    for (const Id id : query.keyPrefix.isEmpty() ? ofUser(*query.user, now) : withPrefix(query.keyPrefix)) {
        if (node(id).expiresAt > now && (!query.user || node(id).user == *query.user))
            entries.push_back(entryOf(id, order));
    }
    Rows rows;
    rows.total = qsizetype(entries.size());
    size_t from = size_t(std::clamp<qint64>(query.offset, 0, rows.total));
    if (cursor) {
        std::erase_if(entries, [&](const Entry &e) {
            return query.descending ? compare(e, *cursor, order) >= 0 : compare(e, *cursor, order) <= 0;
        });
        from = 0;
    }
    const size_t count = std::min(entries.size() - from, size_t(std::max(query.limit, 0)) + 1);
    const auto first = entries.begin() + qsizetype(from);
    const auto inOrder = [&, lessOfOrder = less(order)](const Entry &a, const Entry &b) {
        return query.descending ? lessOfOrder(b, a) : lessOfOrder(a, b);
    };
    std::ranges::nth_element(entries, first, inOrder);
    std::partial_sort(first, first + qsizetype(count), entries.end(), inOrder);
    for (const Entry &e : std::span(first, count))
        rows.ids.push_back(e.id);
    return rows;
}

/// The ranks of the user's sessions in the order by user.
std::pair<qsizetype, qsizetype> SessionTable::rangeOf(const QString &user) const
{
    const auto &byUser = m_orders[Order::ByUser];
    return {byUser.rank([&](const Entry &e) { return node(e.id).user < user; }),
            byUser.rank([&](const Entry &e) { return node(e.id).user <= user; })};
}

/// The rank of the first row behind \a place in the direction.
qsizetype SessionTable::rankBehind(const Place &place, Order order, bool descending) const
{
    const auto &entries = m_orders[order];
    return descending ? entries.rank([&](const Entry &e) { return compare(e, place, order) < 0; }) - 1
                      : entries.rank([&](const Entry &e) { return compare(e, place, order) <= 0; });
}

std::vector<SessionTable::Id> SessionTable::withPrefix(const QByteArray &prefix) const
{
    // The first 8 characters spell 6 bytes, and the first 4 of these are the head that says where a key lies.
    const auto headOfText = [&prefix](char padding) -> std::optional<quint32> {
        std::array<quint8, 6> bytes;
        if (!Detail::decodeBase64Url(prefix.first(std::min<qsizetype>(prefix.size(), 8)).leftJustified(8, padding), bytes))
            return std::nullopt;
        return qFromBigEndian<quint32>(bytes.data());
    };
    std::vector<Id> found;
    const std::optional<quint32> lowest = headOfText('A');
    const std::optional<quint32> highest = headOfText('_');
    if (!lowest || !highest)
        return found;
    const auto take = [&](const Slot &slot) {
        const bool mayBegin = slot.id != None && (m_scattered || (slot.head >= *lowest && slot.head <= *highest));
        if (mayBegin && node(slot.id).key.toLatin1().startsWith(prefix))
            found.push_back(slot.id);
    };
    if (m_scattered) {
        std::ranges::for_each(m_slots, take);
        return found;
    }
    // From the first place where one may lie, past the last, to the end of the cluster there.
    const size_t count = m_slots.size();
    const size_t surely = homeOf(*highest) - homeOf(*lowest) + 1;
    for (size_t step = 0; step < count; ++step) {
        const Slot &slot = m_slots[(homeOf(*lowest) + step) & (count - 1)];
        if (step >= surely && slot.id == None)
            break;
        take(slot);
    }
    return found;
}

// A cursor is the place of the last row: order and direction, time, key, user.

QByteArray SessionTable::cursorTo(Id id, Order order, bool descending) const
{
    const Node &n = node(id);
    QByteArray cursor(1 + sizeof(qint64), Qt::Uninitialized);
    cursor[0] = char(order << 1 | int(descending));
    qToBigEndian<qint64>(timeOf(n, order).time_since_epoch().count(), cursor.data() + 1);
    cursor.append(n.key.bytes());
    return order == Order::ByUser ? cursor + n.user.toUtf8() : cursor;
}

std::optional<SessionTable::Place> SessionTable::placeOf(const QByteArray &cursor, Order order, bool descending)
{
    constexpr qsizetype KeyAt = 1 + sizeof(qint64);
    constexpr qsizetype UserAt = KeyAt + SessionKey::ByteCount;
    if (cursor.size() < UserAt || (order != Order::ByUser && cursor.size() > UserAt)
        || cursor[0] != char(order << 1 | int(descending)))
        return std::nullopt;
    return Place{Detail::fromUtf8(cursor.sliced(UserAt)),
                 TimePoint(std::chrono::milliseconds(qFromBigEndian<qint64>(cursor.data() + 1))),
                 *SessionKey::fromBytes(QByteArrayView(cursor).sliced(KeyAt, SessionKey::ByteCount))};
}

} // namespace Sojourn
