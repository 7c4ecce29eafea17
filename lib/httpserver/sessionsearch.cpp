// SPDX-License-Identifier: MIT
#include "sessionsearch_p.h"

#include <Sojourn/SessionStore>
#include <Sojourn/sessionstate_p.h>

#include <QtCore/QLoggingCategory>

#include <algorithm>
#include <atomic>

namespace Sojourn {

Q_DECLARE_LOGGING_CATEGORY(lcHttpServer)

SessionSearch::SessionSearch(std::shared_ptr<SessionStore> store, std::shared_ptr<const SessionPolicy> policy,
                             const OfferedIds &offered)
    : m_store(std::move(store)),
      m_policy(std::move(policy)),
      m_offered(offered),
      m_readAt(SessionState::moment()),
      m_missing(offered.ids.size())
{ }

Task<LoadedSession> SessionSearch::run()
{
    const Detail::ChainScope scope(m_promise.task().chain());
    const auto started = std::chrono::steady_clock::now();
    for (const SessionId &id : m_offered.ids) {
        m_store->load(id.key()).then([self = shared_from_this(), id, started](Result<SessionRecord> record) {
            self->m_store->counters().countOperation(std::chrono::steady_clock::now() - started,
                                                     record ? nullptr : &record.error());
            self->found(id, std::move(record));
        });
    }
    return m_promise.task();
}

void SessionSearch::found(const SessionId &id, Result<SessionRecord> record)
{
    if (record)
        addLiving(id, std::move(*record));
    else if (record.error() == Error::Replaced)
        m_replaced = id;
    else if (record.error() == Error::NotFound)
        addUnknown(id);
    else if (!m_error)
        m_error = std::move(record.error());
    if (--m_missing == 0)
        choose();
}

/// Ids of one record count as one: the record's own rather than one in its grace.
void SessionSearch::addLiving(const SessionId &id, SessionRecord record)
{
    const auto same = std::ranges::find(m_living, record.key, [](const Living &living) { return living.record.key; });
    if (same == m_living.end())
        m_living.push_back({id, std::move(record)});
    else if (id.key() == record.key)
        *same = {id, std::move(record)};
}

void SessionSearch::addUnknown(const SessionId &id)
{
    m_store->counters().countRejectedId();
    m_endsToo.push_back(id.key());
}

void SessionSearch::choose()
{
    if (m_error) {
        m_promise.finish(std::unexpected(std::move(*m_error)));
    } else if (Living *chosen = newestOfOneUser()) {
        for (const Living &living : m_living) {
            if (&living != chosen && living.record.user == chosen->record.user)
                m_endsToo.push_back(living.record.key);
        }
        auto session = std::make_shared<SessionState>(chosen->id, std::move(chosen->record), m_readAt, m_store, m_policy);
        session->endsWith(std::move(m_endsToo));
        m_promise.finish(LoadedSession{std::move(session), m_replaced.has_value()});
    } else if (m_replaced) {
        // As if this id had come alone. Not by loading it again, for which a blocked handler would wait in vain.
        auto session = std::make_shared<SessionState>(*m_replaced, m_store, m_policy);
        session->markReplaced();
        m_promise.finish(LoadedSession{std::move(session), true});
    } else {
        auto session = std::make_shared<SessionState>(std::nullopt, m_store, m_policy);
        session->endsWith(std::move(m_endsToo));
        m_promise.finish(LoadedSession{std::move(session)});
    }
}

SessionSearch::Living *SessionSearch::newestOfOneUser()
{
    if (m_living.size() == 1)
        return &m_living.front();
    Living *newest = nullptr;
    for (Living &living : m_living) {
        if (living.record.user.isEmpty())
            continue;
        if (newest && newest->record.user != living.record.user)
            return ambiguous();
        if (!newest || living.record.createdAt > newest->record.createdAt)
            newest = &living;
    }
    return newest || m_living.empty() ? newest : ambiguous();
}

SessionSearch::Living *SessionSearch::ambiguous()
{
    for (size_t i = 0; i < m_living.size(); ++i)
        m_store->counters().countRejectedId();
    static std::atomic_flag warned;
    if (!warned.test_and_set()) {
        qCWarning(lcHttpServer,
                  "A request came with session cookies of several living sessions, of no user or of different ones, so it got "
                  "none of them. Browsers keep one cookie for each Path and Domain: set both in CookieOptions to what they "
                  "always were, or give the cookie a new name.");
    }
    return nullptr;
}

} // namespace Sojourn
