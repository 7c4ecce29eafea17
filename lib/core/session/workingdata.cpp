// SPDX-License-Identifier: MIT
#include "workingdata_p.h"

namespace Sojourn {

// Up to so many bytes a search through all attributes is as fast as a look-up.
static constexpr qsizetype SmallBytes = 2048;
// An index costs as much as some searches.
static constexpr int MostSearches = 32;

// Changes of large data in place before others wait beside it: most requests make few, and to move the bytes is quicker than to
// merge.
static constexpr int MostInPlace = 8;

static QByteArray unowned(QByteArrayView name)
{
    return QByteArray::fromRawData(name.data(), name.size());
}

WorkingData &WorkingData::operator=(SessionData data)
{
    m_changes = 0;
    become(std::move(data));
    return *this;
}

bool WorkingData::changesInPlace()
{
    if (!m_pending.isEmpty() || (m_data.sizeOf(0) > SmallBytes && ++m_changes > MostInPlace))
        return false;
    m_index.clear(); // it points into what changes
    return true;
}

QByteArrayView WorkingData::json(QByteArrayView name) const
{
    if (!m_pending.isEmpty()) {
        if (const auto changed = m_pending.constFind(unowned(name)); changed != m_pending.cend())
            return changed->isEmpty() ? QByteArrayView() : QByteArrayView(*changed);
    }
    if (m_data.sizeOf(0) <= SmallBytes)
        return m_data.json(name);
    if (m_index.isEmpty()) {
        if (++m_searches <= MostSearches)
            return m_data.json(name);
        m_data.forEach([this](QByteArrayView known, QByteArrayView json) { m_index.insert(known, json); });
    }
    return m_index.value(name);
}

void WorkingData::insert(QByteArrayView name, QByteArrayView json)
{
    if (changesInPlace())
        m_data.insert(name, json);
    else
        set(name, json.toByteArray());
}

void WorkingData::remove(QByteArrayView name)
{
    if (changesInPlace())
        m_data.remove(name);
    else
        set(name, {});
}

void WorkingData::clear()
{
    become({});
}

void WorkingData::become(SessionData data) const
{
    m_data = std::move(data);
    m_pending.clear();
    m_order.clear();
    m_index.clear();
    m_searches = 0;
}

void WorkingData::set(QByteArrayView name, QByteArray json)
{
    if (const auto changed = m_pending.find(unowned(name)); changed != m_pending.end()) {
        *changed = std::move(json);
        return;
    }
    m_order.push_back(name.toByteArray());
    m_pending.insert(m_order.back(), std::move(json));
}

void WorkingData::merge() const
{
    SessionData merged;
    const auto take = [&](QByteArrayView name, const QByteArray &json) {
        if (!json.isEmpty())
            merged.append(name, json);
    };
    m_data.forEach([&](QByteArrayView name, QByteArrayView json) {
        const auto changed = m_pending.constFind(unowned(name));
        if (changed == m_pending.cend())
            return merged.append(name, json);
        take(name, *changed);
        m_pending.erase(changed);
    });
    for (const QByteArray &name : m_order) {
        if (const auto added = m_pending.constFind(name); added != m_pending.cend())
            take(name, *added);
    }
    become(std::move(merged));
}

} // namespace Sojourn
