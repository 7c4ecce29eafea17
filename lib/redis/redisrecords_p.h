// SPDX-License-Identifier: MIT
#pragma once

#include "redishomes_p.h"

#include <Sojourn/SessionEvent>

#include <QtCore/QHash>

#include <array>
#include <deque>
#include <vector>

namespace Sojourn {

/// Single records: how they are read, and how changes are written.
///
/// The merging rule is SessionChange::applyTo(), here as in every store: a change is applied to the record as it was seen last,
/// and the server writes the outcome only if the record is still that one. Otherwise it answers the record as it is, and the
/// change is applied to that. Changes of one record that come in one turn of the event loop, or while others are on their way,
/// are written together.
class RedisRecords
{
public:
    RedisRecords(RedisClient &client, RedisHomes &homes);
    Q_DISABLE_COPY_MOVE(RedisRecords)

    [[nodiscard]] Task<SessionRecord> load(const SessionKey &key);
    /// SessionStore::rotate(); with both keys the same SessionStore::update().
    [[nodiscard]] Task<SessionInfo> change(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                           std::chrono::milliseconds grace);
    /// Writes what has been changed since the last time. Happens by itself when commands leave. \return whether this object is
    /// still there.
    bool writeChanges();

private:
    using Deadline = RedisClient::Deadline;

    /// A record as the server has it, or had it when it was last heard of.
    struct Seen
    {
        QByteArray meta, times; // the fields as they are spelt there
        SessionRecord record;
    };
    struct Change
    {
        SessionKey newKey;
        SessionChange change;
        std::chrono::milliseconds grace;
        TimePoint at;
        Deadline deadline;
        TaskPromise<SessionInfo> promise;
        QString author; // in whose name
    };
    /// Who waits for a record that was asked for in a turn of the router.
    struct Loading
    {
        SessionKey key;
        quint64 turn = 0;
        std::shared_ptr<std::vector<TaskPromise<SessionRecord>>> waiting;
    };
    /// Changes that are written together, and what came of them.
    struct Batch
    {
        SessionKey key;
        std::deque<Change> changes;
        std::vector<Result<SessionInfo>> outcomes;
        std::vector<SessionEvent> events; // not those that the server tells of itself
        std::optional<SessionEvent> end; // an administrator ended the session
        QByteArray cause; // of what the server tells of itself
        Seen after;
        bool moves = false; // to another key or user
        bool rotates = false; // to another key
        bool entered = false; // the home of its user
        RedisHomes::Turn turn = {}; // while it is bound to a user
        TimePoint expiresBefore = {};
    };

    template<class Answer>
    void fetch(const SessionKey &key, Deadline deadline, Answer answer);
    template<class Answer>
    void fetchIndirectly(const SessionKey &key, Deadline deadline, Answer answer);
    template<class Answer>
    void read(const SessionKey &key, const RedisReply &fields, Answer answer);

    void writeNext(const SessionKey &key);
    void fetchAndWrite(const std::shared_ptr<Batch> &batch);
    void write(const std::shared_ptr<Batch> &batch, const Result<Seen> &before);
    void enterHome(const std::shared_ptr<Batch> &batch, const Seen &before);
    void merge(Batch &batch, const SessionRecord &before) const;
    [[nodiscard]] RedisCommand writeCommand(const Batch &batch, const Seen &before) const;
    [[nodiscard]] RedisCommand moveCommand(const Batch &batch, const Seen &before) const;
    void written(const std::shared_ptr<Batch> &batch, const SessionKey &key, const Result<RedisReply> &reply);
    void end(const std::shared_ptr<Batch> &batch);
    void finish(Batch &batch, const std::optional<Error> &error);

    void remember(const Seen &record);
    [[nodiscard]] const Seen *recall(const SessionKey &key) const;
    [[nodiscard]] static size_t slotOf(const SessionKey &key);

    RedisClient &m_client;
    RedisHomes &m_homes;
    QHash<SessionKey, std::deque<Change>> m_waiting; // has the keys of which a batch is on its way, too
    std::vector<SessionKey> m_changed; // keys in m_waiting of which no batch is on its way
    std::array<Loading, 512> m_loading; // by commands some of which have not left yet
    std::array<Seen, 512> m_recent; // most changes come from requests that have just loaded the record
};

} // namespace Sojourn
