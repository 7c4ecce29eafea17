// SPDX-License-Identifier: MIT
#pragma once

#include "samplesessions.h"

#include <QtCore/QTimer>

#include <functional>
#include <vector>

namespace Sojourn {

/// A store of samples in memory that answers late, in any order, or not at all well.
class FakeStore final : public SessionStore
{
    Q_OBJECT
public:
    explicit FakeStore(int sessions = 0)
    {
        connect(&inner, &SessionStore::sessionEvent, this, [this](const SessionEvent &event) {
            if (!isMute)
                Q_EMIT this->sessionEvent(event);
        });
        keys = fillWithSamples(inner, sessions);
    }

    /// Answers take up to so many milliseconds, each another time, so that they come in another order than they were asked for.
    int delay = 0;
    static constexpr int Held = -1; ///< as a delay: until release()
    /// Every operation fails like this.
    std::optional<Error> failure;
    /// Writes of these sessions fail.
    QSet<SessionKey> broken;
    /// The most records in a page, as of a store that answers in short frames.
    int longestPage = 100'000;
    int lists = 0;
    /// How many sessions it says there are, where that is another number.
    qint64 claimedTotal = 0;
    /// The sessions that single calls were about: loads, updates, removals, histories.
    QList<SessionKey> asked;
    int updates = 0; ///< of single sessions, asked for
    /// How many lists were asked for at the same time, while answers take their time.
    int listsNow = 0, mostListsAtOnce = 0;
    /// Called before each removal.
    std::function<void()> beforeRemoval;
    /// What identities() answers to who asks now; at once if it is nothing.
    QStringList names;
    /// Nobody learns of what happens.
    bool isMute = false;
    MemoryStore inner;
    QList<SessionKey> keys;

    void release()
    {
        for (const auto &answer : std::exchange(m_held, {}))
            answer();
    }

    void becomeUnreachable()
    {
        failure = Error{Error::Unavailable, QStringLiteral("The store does not answer.")};
        Q_EMIT availabilityChanged(false);
    }
    void comeBack()
    {
        failure.reset();
        Q_EMIT availabilityChanged(true);
    }

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override
    {
        return later<SessionInfo>([=, this] { return inner.create(record, cap, mode); });
    }
    Task<SessionRecord> load(const SessionKey &key) override
    {
        asked << key;
        return later<SessionRecord>([=, this] { return inner.load(key); });
    }
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override
    {
        asked << key;
        ++updates;
        return later<SessionInfo>([=, this]() -> Task<SessionInfo> {
            if (broken.contains(key))
                return Sojourn::failure(Error::TooLarge, QStringLiteral("The session would be too large."));
            return inner.update(key, change);
        });
    }
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override
    {
        return later<SessionInfo>([=, this] { return inner.rotate(oldKey, newKey, change, grace); });
    }
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override
    {
        asked << key;
        return later<SessionInfo>([=, this]() -> Task<SessionInfo> {
            if (broken.contains(key))
                return Sojourn::failure(Error::Timeout, QStringLiteral("No answer in time."));
            return inner.remove(key, why);
        });
    }
    Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why) override
    {
        asked << key;
        return later<SessionInfo>([=, this]() -> Task<SessionInfo> {
            if (broken.contains(key))
                return Sojourn::failure(Error::Timeout, QStringLiteral("No answer in time."));
            if (beforeRemoval)
                beforeRemoval();
            return inner.removeVersion(key, version, why);
        });
    }
    Task<QStringList> identities() override
    {
        if (names.isEmpty())
            return QStringList();
        return later<QStringList>([names = names] { return Task<QStringList>(names); });
    }
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override
    {
        return later<qint64>([=, this] {
            if (beforeRemoval)
                beforeRemoval();
            return inner.removeUser(user, except, why);
        });
    }
    Task<QByteArray> takeFlash(const SessionKey &key) override
    {
        return later<QByteArray>([=, this] { return inner.takeFlash(key); });
    }
    Task<SessionPage> list(const SessionQuery &query) override
    {
        ++lists;
        SessionQuery shorter = query;
        shorter.limit = std::min(query.limit, longestPage);
        mostListsAtOnce = std::max(mostListsAtOnce, ++listsNow);
        return later<SessionPage>([=, this] {
            --listsNow;
            return inner.list(shorter).then([this](Result<SessionPage> page) {
                if (page && claimedTotal)
                    page->total = claimedTotal;
                return page;
            });
        });
    }
    Task<qint64> count() override
    {
        return later<qint64>([this] { return claimedTotal ? Task<qint64>(claimedTotal) : inner.count(); });
    }
    Task<qint64> removeExpired(int limit) override
    {
        return later<qint64>([=, this] { return inner.removeExpired(limit); });
    }
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override
    {
        if (query.key)
            asked << *query.key;
        return later<QList<SessionEvent>>([=, this] { return inner.history(query); });
    }
    Task<void> subscribe() override { return inner.subscribe(); }
    void setClock(Clock clock) override
    {
        SessionStore::setClock(clock);
        inner.setClock(clock);
    }

private:
    template<class T, class F>
    Task<T> later(F operation)
    {
        if (delay == 0)
            return failure ? Task<T>(std::unexpected(*failure)) : operation();
        TaskPromise<T> promise;
        const auto answer = [this, promise, operation] {
            promise.finish(failure ? Result<T>(std::unexpected(*failure)) : operation().takeResult());
        };
        if (delay == Held)
            m_held.push_back(answer);
        else
            QTimer::singleShot(QRandomGenerator::global()->bounded(delay + 1), this, answer);
        return promise.task();
    }

    std::vector<std::function<void()>> m_held;
};

} // namespace Sojourn
