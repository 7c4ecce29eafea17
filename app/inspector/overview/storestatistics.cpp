// SPDX-License-Identifier: MIT
#include "storestatistics.h"

#include <algorithm>

namespace Sojourn::Inspector {

static constexpr int Page = 500, PageWithData = 200; // so that taking one in is quick
static constexpr int SampleLimit = 20'000;

void Ranking::add(const QString &name, qint64 amount)
{
    amount = m_amounts[qHash(name, 0x536f6a6e)] += amount;
    // Totals never shrink, so checking on each increase is enough.
    if (m_top.size() == m_places && amount <= m_top.last().amount)
        return;
    m_top.removeIf([&name](const Named &named) { return named.name == name; });
    m_top.insert(std::ranges::upper_bound(m_top, amount, std::ranges::greater(), &Named::amount), {name, amount});
    if (m_top.size() > m_places)
        m_top.removeLast();
}

StoreStatistics::StoreStatistics(std::shared_ptr<SessionStore> store, QObject *parent)
    : QObject(parent), m_store(store), m_walk(std::move(store))
{ }

void StoreStatistics::start()
{
    m_findings = {};
    m_users = Ranking(Top);
    m_attributes = Ranking(Top);
    m_startedAt = m_store->now();
    SessionQuery query;
    query.order = SessionQuery::ByCreated;
    query.limit = PageWithData;
    query.withData = true;
    m_walk.start(
        query,
        [this](const SessionPage &page, SessionQuery &next) {
            take(page);
            next.withData = m_findings.sessions < WeighedSessions && m_findings.total <= WeighedSessions;
            next.limit = next.withData ? PageWithData : Page;
            Q_EMIT progressed();
            return true;
        },
        [this](const std::optional<Error> &error) {
            m_findings.finished = !error;
            m_users = m_attributes = Ranking(Top); // the findings have what matters
            Q_EMIT progressed();
        });
}

void StoreStatistics::stop()
{
    m_walk.stop();
    Q_EMIT progressed();
}

void StoreStatistics::take(const SessionPage &page)
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
        record.data.forEach([this](QByteArrayView name, QByteArrayView json) {
            m_attributes.add(QString::fromUtf8(name), json.size());
        });
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
