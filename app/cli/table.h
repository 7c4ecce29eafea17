// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QStringList>

/// Prints rows in columns that fit the terminal; long texts are cut with an ellipsis there, and nowhere else.
class Table
{
public:
    struct Column
    {
        QString title;
        int least = 0; ///< may be cut down to this width; 0 for never
        bool right = false;
    };

    explicit Table(const QList<Column> &columns) : m_columns(columns) { }

    void add(const QStringList &cells) { m_rows.append(cells); }
    /// Prints the rows added since the last time. The first time settles the widths and prints the titles.
    void print();

private:
    void settleWidths();
    QString line(const QStringList &cells) const;

    QList<Column> m_columns;
    QList<QStringList> m_rows;
    QList<qsizetype> m_widths;
};
