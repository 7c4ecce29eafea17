// SPDX-License-Identifier: MIT
#include "survey.h"

#include <QtCore/QTimer>

#include <algorithm>

namespace Sojourn::Inspector {

static constexpr int Page = 500;
static constexpr int SampleLimit = 20'000;

void Ranking::add(const QString &name, qint64 amount)
{
    amount = m_amounts[qHash(name, 0x536f6a6e)] += amount;
    // Amounts only grow: whoever belongs to the top comes by here when that begins.
    if (m_top.size() == m_places && amount <= m_top.last().amount)
        return;
    m_top.removeIf([&name](const Named &named) { return named.name == name; });
    m_top.insert(std::ranges::upper_bound(m_top, amount, std::ranges::greater(), &Named::amount), {name, amount});
    if (m_top.size() > m_places)
        m_top.removeLast();
}

Survey::Survey(std::shared_ptr<SessionStore> store, QObject *parent) : QObject(parent), m_store(std::move(store))
{
}

void Survey::start()
{
    ++m_life;
    m_findings = {};
    m_users = Ranking(Top);
    m_attributes = Ranking(Top);
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
        if (!m_running)
            m_users = m_attributes = Ranking(Top); // the findings have what matters
        Q_EMIT progressed();
        if (m_running) {
            QTimer::singleShot(0, this, [this, life, next = page->nextCursor] {
                if (life == m_life)
                    read(next);
            });
        }
    });
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
            m_users.add(record.user, 1);
        record.data.forEach([this](QByteArrayView name, QByteArrayView json) { m_attributes.add(QString::fromUtf8(name), json.size()); });
        if (f.largest.size() < Top || record.size > f.largest.last().size) {
            const auto at = std::ranges::upper_bound(f.largest, record.size, std::ranges::greater(), &SessionInfo::size);
            f.largest.insert(at, record);
            if (f.largest.size() > Top)
                f.largest.removeLast();
        }
    }
    f.users = m_users.top();
    f.attributes = m_attributes.top();
}

} // namespace Sojourn::Inspector
