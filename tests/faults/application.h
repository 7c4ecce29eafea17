// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionManager>
#include <Sojourn/StoreWrapper>

#include <QtHttpServer/QHttpServer>

/// The steps of a request at which something can break.
enum class Step { BeforeLoad, DuringLoad, InHandler, BeforeSave, DuringSave, AfterAnswer };

/// A store that tells when a request loads and saves.
class StepStore final : public Sojourn::StoreWrapper
{
public:
    explicit StepStore(std::shared_ptr<SessionStore> inner) : StoreWrapper(std::move(inner), nullptr) { }

    std::function<void(Step)> at = [](Step) { };

    Sojourn::Task<Sojourn::SessionInfo> create(const Sojourn::SessionRecord &record, std::optional<Sojourn::UserCap> cap,
                                               CreateMode mode) override
    {
        return around(Step::BeforeSave, Step::DuringSave, [&] { return inner().create(record, cap, mode); });
    }
    Sojourn::Task<Sojourn::SessionRecord> load(const Sojourn::SessionKey &key) override
    {
        return around(Step::BeforeLoad, Step::DuringLoad, [&] { return inner().load(key); });
    }
    Sojourn::Task<Sojourn::SessionInfo> update(const Sojourn::SessionKey &key, const Sojourn::SessionChange &change) override
    {
        return around(Step::BeforeSave, Step::DuringSave, [&] { return inner().update(key, change); });
    }
    Sojourn::Task<Sojourn::SessionInfo> rotate(const Sojourn::SessionKey &oldKey, const Sojourn::SessionKey &newKey,
                                               const Sojourn::SessionChange &change, std::chrono::milliseconds grace) override
    {
        return around(Step::BeforeSave, Step::DuringSave, [&] { return inner().rotate(oldKey, newKey, change, grace); });
    }
    Sojourn::Task<Sojourn::SessionInfo> remove(const Sojourn::SessionKey &key, Removal why) override
    {
        return around(Step::BeforeSave, Step::DuringSave, [&] { return inner().remove(key, why); });
    }

private:
    template<class Operation>
    auto around(Step before, Step during, Operation operation) -> decltype(operation())
    {
        at(before);
        auto task = operation(); // on its way
        at(during);
        return task;
    }
};

/// A server with sessions over both front ends, at /routes/WHAT and /hooks/WHAT: write, login, login-bob, logout and look.
class Application
{
public:
    explicit Application(std::shared_ptr<Sojourn::SessionStore> inner);

    /// Called at each step of each request.
    std::function<void(Step)> at = [](Step) { };
    quint16 port() const { return m_port; }
    QHttpServer &server() { return m_server; }

    /// An operation takes no longer.
    static constexpr std::chrono::milliseconds Timeout{300};
    /// Of an idle session.
    static constexpr std::chrono::hours Idle{1};

private:
    QString handle(const QString &what, Sojourn::Session &session);

    std::shared_ptr<StepStore> m_store;
    std::unique_ptr<Sojourn::SessionManager> m_sessions;
    QHttpServer m_server;
    quint16 m_port = 0;
};
