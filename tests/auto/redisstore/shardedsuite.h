// SPDX-License-Identifier: MIT
#pragma once

#include <storesuite.h>

/// The store suite of a store in shards, which lists as one server does.
class ShardedSuite : public Sojourn::StoreSuite
{
public:
    using StoreSuite::StoreSuite;

protected:
    /// \a count sessions whose times and users are scattered; every seventh ends within 20 s.
    void fill(Sojourn::SessionStore &store, int count)
    {
        using std::chrono::milliseconds, std::chrono::seconds;
        std::vector<Sojourn::Task<Sojourn::SessionInfo>> tasks;
        const auto finish = [&] {
            for (auto &task : std::exchange(tasks, {}))
                must(store.waitFor(std::move(task)));
        };
        for (int n = 0; n < count; ++n) {
            Sojourn::SessionRecord session = record(n, n % 3 == 0 ? QString() : QStringLiteral("user%1").arg(n % 5));
            session.createdAt = m_now - seconds(n * 7 % 1000);
            session.lastSeenAt = m_now + milliseconds(n * 13 % 3000);
            session.expiresAt = m_now + seconds(n % 7 == 0 ? 10 : 100 + n * 11 % 2000);
            tasks.push_back(store.create(session));
            if (tasks.size() == 250) // no more than is answered in time
                finish();
        }
        finish();
    }

    /// In every order, for all and for a user's sessions: at \a offsets, and from page to page by cursors.
    void compareLists(Sojourn::SessionStore &one, Sojourn::SessionStore &many, const QList<int> &offsets)
    {
        using Sojourn::SessionPage, Sojourn::SessionQuery;
        QCOMPARE(must(many.waitFor(many.count())), must(one.waitFor(one.count())));
        for (const auto order :
             {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
            for (const bool descending : {false, true}) {
                for (const std::optional<QString> &user :
                     {std::optional<QString>(), std::optional(QStringLiteral("user1")), std::optional(QStringLiteral(""))}) {
                    SessionQuery query;
                    query.order = order;
                    query.descending = descending;
                    query.user = user;
                    query.limit = 17;
                    const auto comparePages = [&] {
                        const SessionPage expected = must(one.waitFor(one.list(query))),
                                          page = must(many.waitFor(many.list(query)));
                        QCOMPARE(page.records, expected.records);
                        QCOMPARE(page.total, expected.total);
                        QCOMPARE(page.nextCursor, expected.nextCursor);
                        query.cursor = page.nextCursor;
                    };
                    for (const int offset : offsets) {
                        query.offset = offset;
                        query.cursor.clear();
                        comparePages();
                        if (QTest::currentTestFailed())
                            return;
                    }
                    query.offset = 0;
                    query.cursor.clear();
                    for (int pages = 0; pages < 6 && (pages == 0 || !query.cursor.isEmpty()); ++pages) {
                        comparePages();
                        if (QTest::currentTestFailed())
                            return;
                    }
                }
            }
        }
    }
};
