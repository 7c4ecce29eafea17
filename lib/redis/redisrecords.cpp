// SPDX-License-Identifier: MIT
#include "redisrecords_p.h"

#include "rediscodec_p.h"

#include <Sojourn/Author>
#include <Sojourn/recordfields_p.h>
#include <Sojourn/recordrules_p.h>

#include <QtCore/QPointer>
#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <ranges>
#include <span>

using namespace std::chrono_literals;

namespace Sojourn {

namespace {

constexpr qsizetype LargestRemembered = 4096;
// Lua passes no more than some 8,000 values to one call.
constexpr qsizetype MostWords = 4000;
constexpr size_t MostGuarded = 1000;

constexpr QByteArrayView AttributePrefix = "a:";

using Names = std::vector<QByteArrayView>;
using Values = std::vector<QByteArrayView>;

/// The names of the attributes that may differ between \a before and what \a changes made of it, each once.
template<class Changes>
Names touchedNames(const Changes &changes, const SessionRecord &before)
{
    Names names;
    if (std::ranges::any_of(changes, [](const auto &c) { return c.change.clearsFirst(); }))
        before.data.forEach([&names](QByteArrayView name, QByteArrayView) { names.push_back(name); });
    for (const auto &c : changes) {
        for (const SessionChange::Attribute &attribute : c.change.attributes())
            names.push_back(attribute.name);
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

/// The values of the attributes \a names, null views for those that are not there.
Values valuesOf(const SessionData &data, const Names &names)
{
    Values values(names.size());
    data.forEach([&](QByteArrayView name, QByteArrayView json) {
        const auto it = std::ranges::lower_bound(names, name);
        if (it != names.end() && *it == name)
            values[size_t(it - names.begin())] = json;
    });
    return values;
}

/// A field of a hash: views into the records, and into what the caller keeps.
struct Field
{
    QByteArrayView prefix, name, value;
};

/// The fields of a hash that a change sets and removes.
struct Fields
{
    QVarLengthArray<Field, 8> set;
    QVarLengthArray<Field, 8> removed; // without a value

    void put(QByteArrayView name, QByteArrayView value, QByteArrayView prefix = {})
    {
        (value.isEmpty() ? removed : set).append({prefix, name, value});
    }
};

/// What distinguishes \a after from \a before, where the attributes \a touched \a were so, without meta and what the script of a
/// move sees to itself.
Fields changedFields(const Names &touched, const Values &were, const SessionRecord &before, const SessionRecord &after)
{
    Fields fields;
    const Values are = valuesOf(after.data, touched);
    for (size_t i = 0; i < touched.size(); ++i) {
        if (are[i] != were[i])
            fields.put(touched[i], are[i], AttributePrefix);
    }
    const auto compare = [&fields](QByteArrayView name, const QByteArray &was, const QByteArray &is) {
        if (is != was)
            fields.put(name, is);
    };
    Detail::forEachOpaqueField(compare, before, after);
    return fields;
}

void addNames(RedisCommand &command, std::span<const Field> fields)
{
    for (const Field &field : fields)
        command.add({field.prefix, field.name});
}

void addNamesAndValues(RedisCommand &command, std::span<const Field> fields)
{
    for (const Field &field : fields)
        command.add({field.prefix, field.name}).add(field.value);
}

/// Adds "COMMAND HASH WORDS...", behind the number of its words, as often as it takes; \a addWords adds those of some \a fields.
template<class AddWords>
void addCommands(RedisCommand &command, QByteArrayView name, QByteArrayView hash, std::span<const Field> fields,
                 qsizetype wordsPerField, AddWords addWords)
{
    while (!fields.empty()) {
        const auto some = fields.first(std::min(fields.size(), size_t(MostWords / wordsPerField)));
        command.add(qsizetype(some.size()) * wordsPerField + 2).add(name).add(hash);
        addWords(command, some);
        fields = fields.subspan(some.size());
    }
}

} // namespace

RedisRecords::RedisRecords(RedisClient &client, RedisHomes &homes) : m_client(client), m_homes(homes)
{
    m_client.router.setGathering([this] { return writeChanges(); });
}

// ---- Reading

Task<SessionRecord> RedisRecords::load(const SessionKey &key)
{
    const TaskPromise<SessionRecord> promise;
    // A command that has not left yet sees everything that happened until now: it serves all who ask meanwhile.
    Loading &loading = m_loading[slotOf(key)];
    const quint64 turn = m_client.router.turn();
    if (loading.waiting && !loading.waiting->empty() && loading.turn == turn && loading.key == key) {
        loading.waiting->push_back(promise);
        return promise.task();
    }
    const auto waiting = std::make_shared<std::vector<TaskPromise<SessionRecord>>>(1, promise);
    if (m_client.router.isReady(m_client.shards.of(key).slot))
        loading = {key, turn, waiting};
    fetch(key, m_client.router.deadlineFromNow(), [this, waiting](Result<Seen> found) {
        Result<SessionRecord> record = found ? Result<SessionRecord>(std::move(found->record)) : std::unexpected(found.error());
        if (record && record->isExpired(m_client.store->now()))
            record = RedisClient::notFound();
        const auto promises = std::exchange(*waiting, {});
        for (const TaskPromise<SessionRecord> &one : promises | std::views::drop(1))
            one.finish(record);
        promises.front().finish(std::move(record));
    });
    return promise.task();
}

/// \a answer(Result<Seen>) gets what the server has under \a key, or what that stands for in its grace time.
template<class Answer>
void RedisRecords::fetch(const SessionKey &key, Deadline deadline, Answer answer)
{
    const RedisShard &shard = m_client.shards.of(key);
    RedisCommand command("HGETALL", shard.slot);
    command.add({shard.prefix, "s:", key.toLatin1()});
    m_client.router.send(
        std::move(command),
        [this, key, deadline, answer = std::move(answer)](const Result<RedisReply> &reply) mutable {
            if (!reply)
                answer(std::unexpected(reply.error()));
            else if (reply->type() == RedisReply::Array && reply->size() == 0)
                fetchIndirectly(key, deadline, std::move(answer));
            else if (reply->type() == RedisReply::Array || reply->isError("WRONGTYPE"))
                read(key, *reply, std::move(answer));
            else
                answer(std::unexpected(RedisClient::serverError(*reply)));
        },
        deadline);
}

template<class Answer>
void RedisRecords::fetchIndirectly(const SessionKey &key, Deadline deadline, Answer answer)
{
    RedisCommand load = m_client.command(m_client.scripts.load, key);
    load.add(key.toLatin1());
    m_client.send(m_client.scripts.load, std::move(load), deadline,
                  [this, answer = std::move(answer)](Result<RedisReply> reply) mutable {
                      const auto found = m_client.checked(std::move(reply));
                      if (found)
                          read(SessionKey::fromString(QLatin1StringView((*found)[1].text())).value_or(SessionKey()), (*found)[2],
                               std::move(answer));
                      else
                          answer(std::unexpected(found.error()));
                  });
}

/// \a answer(Result<Seen>) gets the record of these fields or, once it has been set aside, hears that there is none.
template<class Answer>
void RedisRecords::read(const SessionKey &key, const RedisReply &fields, Answer answer)
{
    InfoFields raw;
    auto record = readRecord(key, fields, raw);
    Seen found{raw.meta.toByteArray(), raw.times.toByteArray(), {}};
    if (!record && isNewerFormat(found.meta)) {
        answer(std::unexpected(RedisClient::newerFormat()));
        return;
    }
    if (!record) {
        m_client.setAside(key, found.meta, [answer = std::move(answer)]() mutable { answer(RedisClient::notFound()); });
        return;
    }
    found.record = std::move(*record);
    remember(found);
    answer(std::move(found));
}

// ---- Changing

Task<SessionInfo> RedisRecords::change(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                       std::chrono::milliseconds grace)
{
    const TaskPromise<SessionInfo> promise;
    auto waiting = m_waiting.find(oldKey);
    if (waiting == m_waiting.end()) {
        waiting = m_waiting.insert(oldKey, {});
        m_changed.push_back(oldKey);
    }
    waiting->push_back({newKey, change, grace, m_client.store->now(), m_client.router.deadlineFromNow(), promise,
                        Author::current()});
    return promise.task();
}

bool RedisRecords::writeChanges()
{
    if (m_changed.empty())
        return true;
    const QPointer<RedisRouter> router = &m_client.router; // what cannot be written fails at once, which may end the store
    while (router && !m_changed.empty()) {
        const SessionKey key = m_changed.back();
        m_changed.pop_back();
        writeNext(key);
    }
    return router;
}

/// Writes the changes that wait for \a key: as many as may go together.
void RedisRecords::writeNext(const SessionKey &key)
{
    std::deque<Change> &waiting = m_waiting[key];
    if (waiting.empty()) {
        m_waiting.remove(key);
        return;
    }
    const auto goesAlone = [&key](const Change &c) { return c.newKey != key || c.change.user; };
    const auto batch = std::make_shared<Batch>();
    batch->key = key;
    do {
        batch->changes.push_back(std::move(waiting.front()));
        waiting.pop_front();
    } while (!waiting.empty() && !goesAlone(batch->changes.back()) && !goesAlone(waiting.front()));

    const auto guardsAll = [](const Change &c) {
        return !c.change.clearsFirst() && size_t(c.change.attributes().size()) <= MostGuarded;
    };
    // What seems to have expired may have been prolonged by another process.
    const Seen *known = recall(key);
    if (known && !known->record.isExpired(m_client.store->now()) && std::ranges::all_of(batch->changes, guardsAll)) {
        write(batch, Seen(*known));
        return;
    }
    fetchAndWrite(batch);
}

void RedisRecords::fetchAndWrite(const std::shared_ptr<Batch> &batch)
{
    fetch(batch->key, batch->changes.front().deadline, [this, batch](const Result<Seen> &found) { write(batch, found); });
}

/// Writes what the changes of \a batch make of \a before.
void RedisRecords::write(const std::shared_ptr<Batch> &batch, const Result<Seen> &before)
{
    if (!before || before->record.isExpired(m_client.store->now())) {
        const bool isGone = before || before.error() == Error::Replaced;
        finish(*batch, isGone ? RedisClient::notFound().error() : before.error());
        return;
    }
    merge(*batch, before->record);
    const SessionRecord &after = batch->after.record;
    if (!m_client.shards.isOne() && !batch->entered && !after.user.isEmpty() && RedisHomes::isNews(after, before->record)) {
        enterHome(batch, *before);
        return;
    }
    const RedisScript &script = batch->moves ? m_client.scripts.move : m_client.scripts.write;
    RedisCommand command = batch->moves ? moveCommand(*batch, *before) : writeCommand(*batch, *before);
    m_client.send(script, std::move(command), batch->changes.front().deadline,
                  [this, batch, key = before->record.key](const Result<RedisReply> &reply) { written(batch, key, reply); });
}

/// Once the home of the user knows of it, and under a cap there is room for who logs in, \a batch is written.
void RedisRecords::enterHome(const std::shared_ptr<Batch> &batch, const Seen &before)
{
    const Change &change = batch->changes.front(); // one that binds a user goes alone
    const bool binds = batch->after.record.user != before.record.user;
    const Detail::ChainScope scope(Detail::InternalChain);
    m_homes.enter(batch->after.record, before.record.key, binds ? change.change.cap : std::nullopt, change.deadline)
        .then([this, batch, before](Result<RedisHomes::Turn> turn) {
            if (!turn && turn.error() == Error::NotFound)
                return fetchAndWrite(batch);
            if (!turn)
                return finish(*batch, turn.error());
            batch->entered = true;
            batch->turn = *std::move(turn);
            write(batch, before);
        });
}

void RedisRecords::merge(Batch &batch, const SessionRecord &before) const
{
    batch.outcomes.clear();
    batch.events.clear();
    batch.end.reset();
    batch.cause = causeWord(SessionEvent());
    batch.moves = batch.rotates = false;
    batch.expiresBefore = before.expiresAt;
    SessionRecord record = before;
    for (const Change &c : batch.changes) {
        const Detail::RecordCall call{.key = batch.key,
                                      .newKey = c.newKey != batch.key ? std::optional(c.newKey) : std::nullopt,
                                      .grace = c.grace,
                                      .now = c.at,
                                      .sizeLimit = m_client.store->sizeLimit()};
        const Author::Scope onBehalf(c.author);
        Result<Detail::RecordStep> step = Detail::recordAfter(SessionRecord(record), c.change, call);
        if (!step) {
            batch.outcomes.push_back(std::unexpected(step.error()));
            continue;
        }
        batch.rotates = step->movesKey();
        batch.moves = batch.rotates || step->changesUser;
        batch.end = std::move(step->end);
        if (step->event && batch.moves) // of which the server tells
            batch.cause = causeWord(*step->event);
        else if (step->event)
            batch.events.push_back(*std::move(step->event));
        record = std::move(step->record);
        batch.outcomes.push_back(SessionInfo(record));
    }
    QByteArray meta = metaField(record), times = timesField(record);
    batch.after = {std::move(meta), std::move(times), std::move(record)};
}

RedisCommand RedisRecords::writeCommand(const Batch &batch, const Seen &before) const
{
    const RedisShard &shard = m_client.shards.of(batch.after.record.key);
    const QByteArray &prefix = shard.prefix;
    const SessionRecord &after = batch.after.record;
    const QByteArray key = after.key.toLatin1();
    const QByteArray hash = prefix + "s:" + key;

    // The attributes too: they are edited by hand at times, without a new version.
    QVarLengthArray<Field, 8> guarded = {{{}, "meta", before.meta}, {{}, "times", before.times}};
    if (std::ranges::any_of(batch.changes, [](const Change &c) { return !c.change.flash.isEmpty(); })) // those refused, too
        guarded.append({{}, "flash", before.record.flash});
    if (std::ranges::any_of(batch.changes, [](const Change &c) { return c.change.visit.has_value(); }))
        guarded.append({{}, "visit", before.record.visit});
    const Names touched = touchedNames(batch.changes, before.record);
    const Values were = valuesOf(before.record.data, touched);
    for (size_t i = 0; i < std::min(touched.size(), MostGuarded); ++i)
        guarded.append({AttributePrefix, touched[i], were[i]});
    RedisCommand command = RedisCommand::script(m_client.scripts.write, prefix + "probe", shard.slot);
    if (after.expiresAt < before.record.expiresAt)
        command.makeLasting(); // who ends a session by its deadline relies on it
    command.add(hash);
    if (m_client.hasOwnClock)
        command.add(QByteArray());
    else
        command.add(toNumber(before.record.expiresAt));
    command.add(guarded.size());
    addNames(command, guarded);
    for (const Field &field : guarded)
        command.add(field.value);

    const auto index = [&](QByteArrayView order, TimePoint was, TimePoint is) {
        if (is == was)
            return;
        const QByteArray time = QByteArray::number(toNumber(is));
        command.add(4).add("ZADD").add({prefix, "i:", order}).add(time).add(key);
        if (!after.user.isEmpty())
            command.add(4).add("ZADD").add({prefix, "u:", after.user.toUtf8(), ":", order}).add(time).add(key);
    };
    index("seen", before.record.lastSeenAt, after.lastSeenAt);
    index("expires", before.record.expiresAt, after.expiresAt);
    if (after.lastSeenAt != before.record.lastSeenAt && m_client.mayEvict) { // the other indexes may have gone
        index("created", {}, after.createdAt);
        command.add(4).add("ZADD").add({prefix, "i:users"}).add("0").add(userMember(after));
        command.add(4).add("ZADD").add({prefix, "i:keys"}).add("0").add({key, after.user.toUtf8()});
    }
    if (after.expiresAt != before.record.expiresAt) {
        // The hash goes by itself a day later, should nobody sweep.
        constexpr std::chrono::milliseconds longest(1'000'000'000'000'000);
        const auto left = std::clamp<std::chrono::milliseconds>(after.expiresAt - m_client.store->now(), 0ms, longest) + 24h;
        command.add(3).add("PEXPIRE").add(hash).add(std::chrono::milliseconds(left).count());
    }

    Fields fields = changedFields(touched, were, before.record, after);
    const QByteArray expiry = expiryField(after.expiry);
    if (after.expiry != before.record.expiry)
        fields.put("expiry", expiry);
    if (batch.after.meta != before.meta)
        fields.put("meta", batch.after.meta);
    if (batch.after.times != before.times)
        fields.put("times", batch.after.times);
    addCommands(command, "HDEL", hash, fields.removed, 1, addNames);
    addCommands(command, "HSET", hash, fields.set, 2, addNamesAndValues);
    for (const SessionEvent &event : batch.events)
        command.add(3).add(m_client.publishCommand).add(shard.channel).add({"- ", eventText(event)});
    return command;
}

RedisCommand RedisRecords::moveCommand(const Batch &batch, const Seen &before) const
{
    const Change &change = batch.changes.front();
    const SessionRecord &after = batch.after.record;
    RedisCommand command = m_client.command(m_client.scripts.move, before.record.key);
    command.makeLasting();
    command.add(before.record.key.toLatin1()).add(before.meta).add(before.times);
    command.add({before.record.flash, QByteArrayView("\0", 1), before.record.visit});
    command.add(batch.rotates ? after.key.toLatin1() : QByteArray()).add(change.grace.count());
    command.add(std::chrono::milliseconds(SessionStore::ReplacedKept).count());
    addCap(command, m_client.shards.isOne() ? change.change.cap : std::nullopt);
    const QByteArray expiry = expiryField(after.expiry);
    command.add(batch.after.meta).add(batch.after.times).add(after.user.toUtf8()).add(expiry).add(batch.cause);
    const Names touched = touchedNames(batch.changes, before.record);
    const Fields fields = changedFields(touched, valuesOf(before.record.data, touched), before.record, after);
    command.add(fields.removed.size());
    addNames(command, fields.removed);
    addNamesAndValues(command, fields.set);
    return command;
}

void RedisRecords::written(const std::shared_ptr<Batch> &batch, const SessionKey &key, const Result<RedisReply> &reply)
{
    if (reply && reply->type() == RedisReply::Integer) { // write.lua has written
        end(batch);
        return;
    }
    if (reply && reply->type() == RedisReply::Array && (*reply)[0].text().startsWith("STALE ")) {
        m_client.countEvents((*reply)[0].text());
        // What a key in its grace stands for may be another record by now, or none.
        const RedisReply fields = (*reply)[1];
        if (key == batch->key && fields.size() > 0)
            read(key, fields, [this, batch](const Result<Seen> &found) { write(batch, found); });
        else
            fetchAndWrite(batch);
        return;
    }
    const auto answer = m_client.checked(reply);
    if (answer)
        end(batch);
    else
        finish(*batch, answer.error());
}

/// A session that an administrator has ended goes now, and not with the next sweep, which could not tell whose doing it was.
void RedisRecords::end(const std::shared_ptr<Batch> &batch)
{
    if (!batch->end)
        return finish(*batch, {});
    const SessionKey &key = batch->after.record.key;
    RedisCommand command = m_client.command(m_client.scripts.remove, key);
    command.makeLasting().add(key.toLatin1());
    addRemoval(command, *batch->end);
    command.add("");
    m_client.send(m_client.scripts.remove, std::move(command), batch->changes.front().deadline,
                  [this, batch](const Result<RedisReply> &reply) {
                      [[maybe_unused]] const auto gone = m_client.checked(reply); // it has ended all the same
                      finish(*batch, {});
                  });
}

/// Hands out what came of the changes, or why none was written. Runs the user's code, which may delete this object.
void RedisRecords::finish(Batch &batch, const std::optional<Error> &error)
{
    batch.turn.reset();
    if (!error) {
        remember(batch.after);
        const SessionRecord &after = batch.after.record;
        if (!m_client.shards.isOne() && !after.user.isEmpty() && after.expiresAt != batch.expiresBefore && !batch.entered)
            m_homes.tell(after);
        for (const SessionEvent &event : batch.events)
            m_client.store->counters().countEvent(event.type);
    }
    writeNext(batch.key);
    m_client.router.wake(); // if it is about to wait for what is here now
    for (size_t i = 0; i < batch.changes.size(); ++i)
        batch.changes[i].promise.finish(error ? Result<SessionInfo>(std::unexpected(*error)) : std::move(batch.outcomes[i]));
}

// ---- What was seen last

size_t RedisRecords::slotOf(const SessionKey &key)
{
    return qHash(key) % std::tuple_size_v<decltype(m_recent)>;
}

void RedisRecords::remember(const Seen &record)
{
    if (record.record.data.encoded().size() + record.record.flash.size() <= LargestRemembered)
        m_recent[slotOf(record.record.key)] = record;
}

const RedisRecords::Seen *RedisRecords::recall(const SessionKey &key) const
{
    const Seen &known = m_recent[slotOf(key)];
    return known.record.key == key && !known.meta.isEmpty() ? &known : nullptr; // an empty slot has a key too, of zeros
}

} // namespace Sojourn
