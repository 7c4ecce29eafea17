// SPDX-License-Identifier: MIT
#include "storewalk.h"

#include <QtCore/QTimer>

namespace Sojourn::Inspector {

StoreWalk::StoreWalk(std::shared_ptr<SessionStore> store, QObject *parent) : QObject(parent), m_store(std::move(store)) { }

void StoreWalk::start(const SessionQuery &query, Take take, Done done)
{
    ++m_life;
    m_query = query;
    m_take = std::move(take);
    m_done = std::move(done);
    read();
}

void StoreWalk::stop()
{
    ++m_life;
    m_take = {};
    m_done = {};
}

void StoreWalk::read()
{
    m_store->list(m_query).then(this, [this, life = m_life](const Result<SessionPage> &page) {
        if (life != m_life)
            return;
        if (!page)
            return finish(page.error());
        m_query.cursor = page->nextCursor;
        const Take take = m_take; // which may start another walk
        const bool enough = !take(*page, m_query) || page->nextCursor.isEmpty();
        if (life != m_life)
            return;
        if (enough)
            return finish({});
        QTimer::singleShot(0, this, [this, life] {
            if (life == m_life)
                read();
        });
    });
}

void StoreWalk::finish(const std::optional<Error> &error)
{
    const Done done = std::move(m_done);
    stop();
    done(error);
}

} // namespace Sojourn::Inspector
