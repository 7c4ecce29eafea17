// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QObject>

namespace Sojourn::Inspector {

/// Reads the sessions of a query page by page. Between two pages the event loop has its turn, so that a store that answers at
/// once does not hold the window.
class StoreWalk final : public QObject
{
    Q_OBJECT
public:
    /// Called with each page; may change the next query, except its order and filters. \return false to stop.
    using Take = std::function<bool(const SessionPage &page, SessionQuery &next)>;
    /// Called at the end, with the error if there was one.
    using Done = std::function<void(const std::optional<Error> &error)>;

    explicit StoreWalk(std::shared_ptr<SessionStore> store, QObject *parent = nullptr);

    /// Ends a walk that is under way, and begins another.
    void start(const SessionQuery &query, Take take, Done done);
    /// Cancels: no callback follows.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_done != nullptr; }

private:
    void read();
    void finish(const std::optional<Error> &error);

    std::shared_ptr<SessionStore> m_store;
    SessionQuery m_query;
    Take m_take;
    Done m_done;
    int m_life = 0; ///< rises with every start and stop; answers of an earlier life are dropped
};

} // namespace Sojourn::Inspector
