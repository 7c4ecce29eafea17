// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/MemoryStore>

#include <deque>

/// Sessions in memory, with the manners of a distant server: answers wait until release(), or fail, and calls are counted.
class SlowStore final : public Sojourn::SessionStore
{
    template<class T>
    using Task = Sojourn::Task<T>;
    template<class T>
    using Result = Sojourn::Result<T>;

public:
    SlowStore() { connect(&m_inner, &SessionStore::sessionEvent, this, &SessionStore::sessionEvent); }

    /// From now on answers wait.
    void hold() { m_holds = true; }
    /// Carries out what waits, oldest first, and what comes later at once.
    void release()
    {
        m_holds = false;
        while (releaseOne()) { }
    }
    bool releaseOne()
    {
        if (m_waiting.empty())
            return false;
        auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        next();
        return true;
    }
    qsizetype waiting() const { return qsizetype(m_waiting.size()); }
    /// What waits is never answered.
    void forget() { m_waiting.clear(); }
    /// From now on every operation fails; nullopt ends that.
    void fail(std::optional<Sojourn::Error> error) { m_error = std::move(error); }
    /// Whether what waits is carried out when somebody blocks for it.
    bool answersBlocking = true;

    bool failCounting = false;
    bool failSubscribing = false;
    int subscriptions = 0;

    int calls = 0; ///< of any operation
    int loads = 0;

    Sojourn::MemoryStore &inner() { return m_inner; }

    Task<Sojourn::SessionInfo> create(const Sojourn::SessionRecord &record, std::optional<Sojourn::UserCap> cap,
                                      CreateMode mode) override
    {
        return later([=, this] { return m_inner.create(record, cap, mode); });
    }
    Task<Sojourn::SessionRecord> load(const Sojourn::SessionKey &key) override
    {
        ++loads;
        return later([=, this] { return m_inner.load(key); });
    }
    Task<Sojourn::SessionInfo> update(const Sojourn::SessionKey &key, const Sojourn::SessionChange &change) override
    {
        return later([=, this] { return m_inner.update(key, change); });
    }
    Task<Sojourn::SessionInfo> rotate(const Sojourn::SessionKey &oldKey, const Sojourn::SessionKey &newKey,
                                      const Sojourn::SessionChange &change, std::chrono::milliseconds grace) override
    {
        return later([=, this] { return m_inner.rotate(oldKey, newKey, change, grace); });
    }
    Task<Sojourn::SessionInfo> remove(const Sojourn::SessionKey &key, Removal why) override
    {
        return later([=, this] { return m_inner.remove(key, why); });
    }
    Task<qint64> removeUser(const QString &user, std::optional<Sojourn::SessionKey> except, Removal why) override
    {
        return later([=, this] { return m_inner.removeUser(user, except, why); });
    }
    Task<QByteArray> takeFlash(const Sojourn::SessionKey &key) override
    {
        return later([=, this] { return m_inner.takeFlash(key); });
    }
    Task<Sojourn::SessionPage> list(const Sojourn::SessionQuery &query) override { return m_inner.list(query); }
    Task<qint64> count() override
    {
        return failCounting ? Task<qint64>(Sojourn::failure(Sojourn::Error::Unavailable, QStringLiteral("gone")))
                            : m_inner.count();
    }
    Task<qint64> removeExpired(int limit) override { return m_inner.removeExpired(limit); }
    Task<QList<Sojourn::SessionEvent>> history(const Sojourn::HistoryQuery &query) override { return m_inner.history(query); }
    Task<void> subscribe() override
    {
        ++subscriptions;
        return failSubscribing ? Task<void>(Sojourn::failure(Sojourn::Error::Unavailable, QStringLiteral("gone")))
                               : m_inner.subscribe();
    }
    void setClock(Sojourn::Clock clock) override
    {
        m_inner.setClock(clock);
        SessionStore::setClock(std::move(clock));
    }

protected:
    bool process(std::chrono::milliseconds) override { return answersBlocking && releaseOne(); }

private:
    template<class Operation>
    auto later(Operation operation) -> decltype(operation())
    {
        using T = typename decltype(operation())::Value;
        ++calls;
        const auto run = [this, operation = std::move(operation)]() -> Task<T> {
            return m_error ? Task<T>(std::unexpected(*m_error)) : operation();
        };
        if (!m_holds)
            return run();
        const Sojourn::TaskPromise<T> promise;
        m_waiting.push_back([promise, run] { promise.finish(run().takeResult()); });
        return promise.task();
    }

    Sojourn::MemoryStore m_inner;
    std::deque<Sojourn::MoveOnlyFunction<void()>> m_waiting;
    std::optional<Sojourn::Error> m_error;
    bool m_holds = false;
};
