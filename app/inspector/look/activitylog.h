// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>

#include <QtCore/QAbstractTableModel>
#include <QtCore/QDateTime>

#include <deque>

namespace Sojourn::Inspector {

/// Every command that the inspector sent and what came of it, newest last; the oldest go after 10,000.
class ActivityLog final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Store, Action, Outcome, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void done(const QString &store, const QString &action, const QString &outcome = {});
    void failed(const QString &store, const QString &action, const Error &error);
    /// One line an entry, fields separated by tabs, times in UTC.
    [[nodiscard]] QByteArray toText() const;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_entries.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Entry
    {
        QDateTime at;
        QString store, action, outcome;
        bool failed;
    };
    void add(Entry entry);

    std::deque<Entry> m_entries;
};

} // namespace Sojourn::Inspector
