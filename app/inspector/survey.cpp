// SPDX-License-Identifier: MIT
#include "survey.h"

#include <QtCore/QTimer>

#include <algorithm>

namespace Sojourn::Inspector {

static constexpr int Page = 500;
static constexpr int SampleLimit = 20'000;

Survey::Survey(std::shared_ptr<SessionStore> store, QObject *parent) : QObject(parent), m_store(std::move(store))
{
}

void Survey::start()
{
    ++m_life;
    m_findings = {};
    m_users.clear();
    m_attributes.clear();
    m_startedAt = m_store->now();
    m_running = true;
    read({});
}

void Survey::stop()
{
    ++m_life;
    m_running = false;
    Q_EMIT progressed();
}

void Survey::read(const QByteArray &cursor)
{
    SessionQuery query;
    query.order = SessionQuery::ByCreated;
    query.cursor = cursor;
    query.limit = Page;
    query.withData = m_findings.sessions < WeighedSessions && m_findings.total <= WeighedSessions;
    m_store->list(query).then(this, [this, life = m_life](const Result<SessionPage> &page) {
        if (life != m_life)
            return;
        if (!page) {
            stop();
            return;
        }
        take(*page);
        m_running = !page->nextCursor.isEmpty();
        m_findings.finished = !m_running;
        Q_EMIT progressed();
        if (m_running) {
            QTimer::singleShot(0, this, [this, life, next = page->nextCursor] {
                if (life == m_life)
                    read(next);
            });
        }
    });
}

static QList<Survey::Named> largest(const QHash<QString, qint64> &amounts)
{
    QList<Survey::Named> list;
    for (auto it = amounts.begin(); it != amounts.end(); ++it)
        list.append({it.key(), it.value()});
    const auto end = list.begin() + std::min<qsizetype>(Survey::Top, list.size());
    std::partial_sort(list.begin(), end, list.end(), [](const auto &a, const auto &b) { return a.amount > b.amount; });
    list.erase(end, list.end());
    return list;
}

void Survey::take(const SessionPage &page)
{
    Findings &f = m_findings;
    f.total = page.total;
    f.sampleEvery = std::max<qint64>(1, page.total / SampleLimit);
    for (const SessionRecord &record : page.records) {
        if (f.sessions++ % f.sampleEvery == 0) {
            f.deadlines << record.expiresAt;
            f.creations << record.createdAt;
        }
        f.bytes += record.size;
        if (record.user.isEmpty())
            ++f.anonymous;
        else
            ++m_users[record.user];
        record.data.forEach([this](QByteArrayView name, QByteArrayView json) { m_attributes[QString::fromUtf8(name)] += json.size(); });
        if (f.largest.size() < Top || record.size > f.largest.last().size) {
            const auto at = std::ranges::upper_bound(f.largest, record.size, std::ranges::greater(), &SessionInfo::size);
            f.largest.insert(at, record);
            if (f.largest.size() > Top)
                f.largest.removeLast();
        }
    }
    // Ranking a million users for each page would hold the window: only now and then, and at the end.
    if (page.nextCursor.isEmpty() || f.sessions / Page % 64 == 1) {
        f.users = ::Sojourn::Inspector::largest(m_users);
        f.attributes = ::Sojourn::Inspector::largest(m_attributes);
    }
}

} // namespace Sojourn::Inspector
