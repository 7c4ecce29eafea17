// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/MemoryStore>
#include <Sojourn/StoreWrapper>

#include <deque>

/// A distant store whose parts a test moves by hand: the server carries an operation out, the answer comes back, an event
/// arrives.
class BackDouble final : public Sojourn::StoreWrapper
{
    template<class T>
    using Task = Sojourn::Task<T>;

public:
    BackDouble() : BackDouble(std::make_shared<Sojourn::MemoryStore>()) { }

    /// The server, as other processes use it.
    Sojourn::MemoryStore &server() const { return *m_server; }

    bool holdsOperations = false;
    bool holdsEvents = false;
    bool refusesSubscriptions = false;
    bool holdsSubscriptions = false;
    int loads = 0;

    /// The server carries out the operation of this number, counted from the first that was held.
    void carryOut(size_t number) { m_operations[number].carryOut(); }
    void answer(size_t number) { m_operations[number].answer(); }
    size_t operations() const { return m_operations.size(); }
    bool hasEvent() const { return !m_events.empty(); }
    void deliverEvent()
    {
        const Sojourn::SessionEvent next = m_events.front();
        m_events.pop_front();
        Q_EMIT sessionEvent(next);
    }

    Task<Sojourn::SessionRecord> load(const Sojourn::SessionKey &key) override
    {
        ++loads;
        return remote([=, this] { return m_server->load(key); });
    }
    Task<Sojourn::SessionInfo> update(const Sojourn::SessionKey &key, const Sojourn::SessionChange &change) override
    {
        return remote([=, this] { return m_server->update(key, change); });
    }
    Task<Sojourn::SessionInfo> rotate(const Sojourn::SessionKey &oldKey, const Sojourn::SessionKey &newKey,
                                      const Sojourn::SessionChange &change, std::chrono::milliseconds grace) override
    {
        return remote([=, this] { return m_server->rotate(oldKey, newKey, change, grace); });
    }
    Task<Sojourn::SessionInfo> remove(const Sojourn::SessionKey &key, Removal why) override
    {
        return remote([=, this] { return m_server->remove(key, why); });
    }
    Task<void> subscribe() override
    {
        if (refusesSubscriptions)
            return Sojourn::failure(Sojourn::Error::Unavailable, QStringLiteral("The line is down."));
        return remote([this] { return StoreWrapper::subscribe(); }, holdsSubscriptions);
    }

private:
    struct Operation
    {
        std::function<void()> carryOut;
        std::function<void()> answer;
    };

    explicit BackDouble(const std::shared_ptr<Sojourn::MemoryStore> &server) : StoreWrapper(server, nullptr), m_server(server)
    {
        connect(server.get(), &SessionStore::sessionEvent, this, [this](const Sojourn::SessionEvent &happened) {
            m_events.push_back(happened);
            if (!holdsEvents)
                deliverEvent();
        });
    }

    template<class F>
    auto remote(F operation) -> decltype(operation())
    {
        return remote(std::move(operation), holdsOperations);
    }
    template<class F>
    auto remote(F operation, bool isHeld) -> decltype(operation())
    {
        using T = typename decltype(operation())::Value;
        if (!isHeld)
            return operation();
        const Sojourn::TaskPromise<T> promise;
        const auto result = std::make_shared<std::optional<Sojourn::Result<T>>>();
        m_operations.push_back({[=] { *result = operation().takeResult(); }, [=] { promise.finish(**result); }});
        return promise.task();
    }

    std::shared_ptr<Sojourn::MemoryStore> m_server;
    std::vector<Operation> m_operations;
    std::deque<Sojourn::SessionEvent> m_events;
};
