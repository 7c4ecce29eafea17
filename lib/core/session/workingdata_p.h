// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessiondata.h>

#include <QtCore/QHash>

#include <vector>

namespace Sojourn {

/// The attributes of a session while its request reads and changes them, in time that does not grow with their number.
///
/// Small data is changed in place, and large data a few times. Further changes wait beside it until somebody wants it as a whole,
/// and once many attributes were asked for, an index finds them.
class WorkingData
{
public:
    WorkingData &operator=(SessionData data);

    /// The JSON text of attribute \a name (UTF-8), a null view if there is none. Valid until the next change or whole().
    [[nodiscard]] QByteArrayView json(QByteArrayView name) const;
    /// See SessionData::insert().
    void insert(QByteArrayView name, QByteArrayView json);
    void remove(QByteArrayView name);
    void clear();

    /// Every attribute as it is now. Valid until the next change.
    [[nodiscard]] const SessionData &whole() const
    {
        if (!m_pending.isEmpty())
            merge();
        return m_data;
    }

private:
    bool changesInPlace();
    void set(QByteArrayView name, QByteArray json);
    void become(SessionData data) const;
    void merge() const;

    mutable SessionData m_data;
    mutable QHash<QByteArray, QByteArray> m_pending; // name and JSON text, empty for what was removed
    mutable std::vector<QByteArray> m_order; // the names of m_pending as they came
    mutable QHash<QByteArrayView, QByteArrayView> m_index; // into m_data
    mutable int m_searches = 0;
    int m_changes = 0; // of large data
};

} // namespace Sojourn
