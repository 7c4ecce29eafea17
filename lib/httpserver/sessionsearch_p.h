// SPDX-License-Identifier: MIT
#pragma once

#include "cookie_p.h"

#include <Sojourn/SessionRecord>
#include <Sojourn/Task>
#include <Sojourn/sessionpolicy.h>

#include <memory>
#include <vector>

namespace Sojourn {

class SessionState;
class SessionStore;

struct LoadedSession
{
    std::shared_ptr<SessionState> session;
    /// Beside the id of this session came one that rotate() took away a moment ago: the browser is about to get, or has by now,
    /// the id that replaced it, so that only a fresh id may be sent.
    bool besideReplaced = false;
};

/// Looks the ids of a request that offers several up at the same time, and chooses among those that are alive: of one user's
/// sessions the newest, of others none. Kept alive by its pending callbacks.
class SessionSearch : public std::enable_shared_from_this<SessionSearch>
{
public:
    SessionSearch(std::shared_ptr<SessionStore> store, std::shared_ptr<const SessionPolicy> policy, const OfferedIds &offered);

    Task<LoadedSession> run();

private:
    struct Living
    {
        SessionId id;
        SessionRecord record;
    };

    void found(const SessionId &id, Result<SessionRecord> record);
    void addUnknown(const SessionId &id);
    void addLiving(const SessionId &id, SessionRecord record);
    void choose();
    Living *newestOfOneUser();
    Living *ambiguous();

    const std::shared_ptr<SessionStore> m_store;
    const std::shared_ptr<const SessionPolicy> m_policy;
    const OfferedIds m_offered;
    const quint64 m_readAt;
    const TaskPromise<LoadedSession> m_promise;
    std::vector<Living> m_living;
    std::vector<SessionKey> m_endsToo; // with a log-out: ids that lead to nothing, and the user's other sessions
    std::optional<SessionId> m_replaced;
    std::optional<Error> m_error;
    size_t m_missing;
};

} // namespace Sojourn
