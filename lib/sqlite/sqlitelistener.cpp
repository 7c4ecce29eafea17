// SPDX-License-Identifier: MIT
#include "sqlitelistener_p.h"

#include "sqliterow_p.h"

namespace Sojourn {

// Events that are read at once, in a few milliseconds: this is the thread of the store.
static constexpr int PollLimit = 1000;

SqliteListener::News SqliteListener::poll()
{
    News news;
    if (!m_position || !m_db.open())
        return news;
    const bool hasNews = m_db.hasNews(&m_lastPoll);
    if (hasNews || m_more)
        read(&news);
    // Nobody writes changes down for itself alone.
    news.silent = hasNews && m_db.number("SELECT count(*) FROM subscribers WHERE until > ?", systemNow()) < 2;
    if (m_db.takeError())
        m_more = true;
    return news;
}

void SqliteListener::read(News *news)
{
    SqliteRows row = m_db.run(
        "SELECT " SOJOURN_EVENT ", origin, seq, seq AS place, 0 AS isChange FROM history WHERE seq > ?"
        " UNION ALL SELECT event, key, NULL, user, at, version,"
        " CASE WHEN typeof(origin) = 'text' THEN substr(origin, instr(origin, '/')) END, CAST(origin AS INTEGER), seq, after,"
        " 1"
        " FROM changes WHERE seq > ?"
        " ORDER BY place, isChange, seq LIMIT ?",
        m_position->history, m_position->changes, PollLimit);
    int count = 0;
    for (; row.next(); ++count) {
        qint64 &last = row.number(10) ? m_position->changes : m_position->history;
        news->lost |= row.number(8) != last + 1;
        last = row.number(8);
        if (row.number(7) == m_origin)
            continue;
        if (const auto event = readEvent(row))
            news->events.append(*event);
    }
    m_more = count == PollLimit;
}

} // namespace Sojourn
