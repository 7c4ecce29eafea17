// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QSet>

#include <functional>
#include <set>

/// Goes through all sessions by creation, in small pages, while each of them is rotated with every page. \a keys are those of the
/// sessions, each created at another time and with an attribute "n"; they are brought up to date.
class WalkUnderRotations
{
public:
    WalkUnderRotations(Sojourn::SessionStore &store, QList<Sojourn::SessionKey> &keys,
                       std::function<Sojourn::SessionKey()> freshKey, Sojourn::SessionChange change)
        : m_store(store), m_keys(keys), m_freshKey(std::move(freshKey)), m_change(std::move(change))
    { }

    /// What is wrong in any direction, of all sessions and of those of \a user, with data and without; empty if every session was
    /// met in each.
    QString runAll(const QString &user)
    {
        for (const std::optional<QString> &whose : {std::optional<QString>(), std::optional(user)}) {
            for (const bool descending : {false, true}) {
                for (const bool withData : {false, true}) {
                    if (const QString wrong = run(whose, descending, withData); !wrong.isEmpty())
                        return wrong;
                }
            }
        }
        return {};
    }

private:
    QString run(const std::optional<QString> &user, bool descending, bool withData)
    {
        using namespace Sojourn;
        SessionQuery query;
        query.user = user;
        query.order = SessionQuery::ByCreated;
        query.descending = descending;
        query.withData = withData;
        query.limit = 7;
        std::set<TimePoint> met; // when they were created
        do {
            Task<SessionPage> listed = m_store.list(query);
            std::vector<std::pair<SessionKey, Task<SessionInfo>>> rotations;
            for (const SessionKey &key : std::as_const(m_keys)) {
                SessionKey fresh = m_freshKey();
                while (!m_store.mayRotate(key, fresh))
                    fresh = m_freshKey();
                rotations.emplace_back(fresh, m_store.rotate(key, fresh, m_change));
            }
            const Result<SessionPage> page = m_store.waitFor(std::move(listed));
            for (qsizetype i = 0; i < m_keys.size(); ++i) {
                const Result<SessionInfo> rotated = m_store.waitFor(std::move(rotations[size_t(i)].second));
                if (!rotated)
                    return rotated.error().text;
                m_keys[i] = rotations[size_t(i)].first;
            }
            if (!page)
                return page.error().text;
            QSet<SessionKey> inPage;
            for (const SessionRecord &record : page->records) {
                inPage.insert(record.key);
                met.insert(record.createdAt);
                if (withData != record.data.contains("n"))
                    return QStringLiteral("a record is not whole");
            }
            if (inPage.size() != page->records.size())
                return QStringLiteral("a session is twice in a page");
            query.cursor = page->nextCursor;
        } while (!query.cursor.isEmpty());
        return qsizetype(met.size()) == m_keys.size()
                 ? QString()
                 : QStringLiteral("%1 of %2 sessions were met").arg(qsizetype(met.size())).arg(m_keys.size());
    }

    Sojourn::SessionStore &m_store;
    QList<Sojourn::SessionKey> &m_keys;
    const std::function<Sojourn::SessionKey()> m_freshKey;
    const Sojourn::SessionChange m_change;
};
