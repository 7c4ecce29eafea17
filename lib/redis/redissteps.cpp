// SPDX-License-Identifier: MIT
#include "redissteps_p.h"

#include "redisrecord_p.h"

using namespace Qt::StringLiterals;

namespace Sojourn {

static constexpr int RevokeStep = 200; // entries that are looked at; the script removes fewer
static constexpr int HistoryStep = 500;
static constexpr int SweepStep = 40;
static constexpr int MendStep = 400;
static constexpr int MendSteps = 4;

void addRemoval(RedisCommand &command, SessionStore::Removal why)
{
    const SessionEvent event = removalEvent({}, why, {});
    const QLatin1StringView name = SessionEvent::name(event.type);
    command.add(qint64(event.type))
        .add(QByteArrayView(name.data(), name.size()))
        .add(event.reason.isNull() ? "-" : event.reason.toLatin1());
}

// ---- All sessions of a user

RedisRevocation::RedisRevocation(RedisClient &client, const QString &user, std::optional<SessionKey> except,
                                 SessionStore::Removal why)
    : m_client(client), m_user(user.toUtf8()), m_except(except ? except->toLatin1() : QByteArray()), m_why(why)
{ }

Task<qint64> RedisRevocation::start()
{
    step();
    return m_promise.task();
}

/// Those that know sessions by user, then those of all sessions.
static QByteArray indexOf(qsizetype number, const QByteArray &user)
{
    static constexpr QByteArrayView names[] = {":created", ":expires",  ":seen",  "i:users",
                                               "i:keys",   "i:expires", "i:seen", "i:created"};
    const QByteArrayView name = names[number];
    return name.startsWith(':') ? "u:" + user + name.toByteArray() : name.toByteArray();
}
static constexpr qsizetype IndexesByUser = 4;
static constexpr qsizetype AllIndexes = 8;

void RedisRevocation::step()
{
    RedisCommand revoke = m_client.command(m_client.scripts.revoke);
    revoke.makeLasting().add(m_user).add(m_except);
    addRemoval(revoke, m_why);
    revoke.add(indexOf(m_index, m_user)).add(m_from).add(RevokeStep);
    m_client.send(m_client.scripts.revoke, std::move(revoke), m_client.connection.deadlineFromNow(),
                  [self = shared_from_this()](Result<RedisReply> reply) {
                      const auto answer = self->m_client.checked(std::move(reply));
                      if (!answer) {
                          Error error = answer.error();
                          if (self->m_removed > 0)
                              error.text += u" %1 sessions had been ended by then."_s.arg(self->m_removed);
                          return self->m_promise.finish(std::unexpected(error));
                      }
                      auto it = answer->begin();
                      const qint64 removed = (*++it).integer(), left = (*++it).integer(), looked = (*++it).integer();
                      self->m_removed += removed;
                      self->m_from += left;
                      if (looked == RevokeStep || left < looked)
                          self->step();
                      else
                          self->nextIndex((*++it).integer() == 1);
                  });
}

void RedisRevocation::nextIndex(bool allKnowAll)
{
    m_from = 0;
    ++m_index;
    if (m_index >= AllIndexes || (m_index >= IndexesByUser && allKnowAll)) {
        // Places have moved where something was removed: nothing may have slipped through.
        if (m_removed == m_removedBefore)
            return m_promise.finish(m_removed);
        m_removedBefore = m_removed;
        m_index = 0;
    }
    step();
}

// ---- History

Task<QList<SessionEvent>> RedisHistory::start()
{
    step();
    return m_promise.task();
}

void RedisHistory::step()
{
    RedisCommand command("XREVRANGE");
    command.add({m_client.options.prefix, "history"}).add(m_end).add("-").add("COUNT").add(HistoryStep);
    m_client.connection.send(std::move(command), [self = shared_from_this()](Result<RedisReply> reply) {
        if (!reply)
            return self->m_promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array)
            return self->m_promise.finish(std::unexpected(RedisClient::serverError(*reply)));
        const HistoryQuery &query = self->m_query;
        QList<SessionEvent> &events = self->m_events;
        const auto isWanted = [&query](const SessionEvent &event) {
            return (!query.user || event.user == *query.user)
                && (!query.key || event.key == *query.key || event.oldKey == query.key);
        };
        const auto isFull = [&] { return events.size() >= query.limit || self->m_seen >= self->m_client.options.historyLimit; };
        QByteArray last;
        for (const RedisReply entry : *reply) {
            if (isFull())
                break;
            last = entry[0].text().toByteArray();
            ++self->m_seen;
            const RedisReply fields = entry[1];
            auto event = fields.size() >= 2 ? readEvent(fields[1].text()) : std::nullopt;
            if (event && isWanted(*event))
                events.append(std::move(*event));
        }
        self->m_end = '(' + last;
        if (reply->size() < HistoryStep || isFull())
            self->m_promise.finish(std::move(events));
        else
            self->step();
    });
}

// ---- Sweep

Task<qint64> RedisSweep::run(int limit)
{
    const auto run = std::make_shared<Run>();
    run->limit = limit;
    sweep(run);
    return run->promise.task();
}

void RedisSweep::sweep(const std::shared_ptr<Run> &run)
{
    const qint64 count = std::min<qint64>(SweepStep, run->limit - run->done);
    RedisCommand sweep = m_client.command(m_client.scripts.sweep);
    sweep.add(count).add(run->left);
    m_client.send(m_client.scripts.sweep, std::move(sweep), m_client.connection.deadlineFromNow(),
                  [this, run, count](Result<RedisReply> reply) {
                      const auto answer = m_client.checked(std::move(reply));
                      if (!answer)
                          return run->promise.finish(std::unexpected(answer.error()));
                      const qint64 done = (*answer)[1].integer(), left = (*answer)[2].integer();
                      run->done += done;
                      run->left += left;
                      if (run->done >= run->limit)
                          run->promise.finish(run->done);
                      else if (done + left >= count && count > 0)
                          this->sweep(run);
                      else
                          mend(run);
                  });
}

void RedisSweep::mend(const std::shared_ptr<Run> &run)
{
    if (run->looks++ >= MendSteps)
        return run->promise.finish(run->done);
    RedisCommand mend = m_client.command(m_client.scripts.mend);
    mend.add(indexOf(m_index + IndexesByUser - 1, {})).add(m_from).add(MendStep);
    m_client.send(m_client.scripts.mend, std::move(mend), m_client.connection.deadlineFromNow(),
                  [this, run](Result<RedisReply> reply) {
                      const auto answer = m_client.checked(std::move(reply));
                      if (!answer)
                          return run->promise.finish(run->done); // what was swept was swept
                      auto it = answer->begin();
                      run->done += (*++it).integer();
                      m_from += (*++it).integer();
                      const bool atEnd = (*++it).integer() == 0;
                      if (!atEnd)
                          return this->mend(run);
                      // Where all know equally many, looking at one of them is enough.
                      const bool allKnowAll = (*++it).integer() == 1;
                      m_from = 0;
                      m_index = allKnowAll ? 1 : (m_index + 1) % (AllIndexes - IndexesByUser + 1);
                      run->promise.finish(run->done);
                  });
}

} // namespace Sojourn
