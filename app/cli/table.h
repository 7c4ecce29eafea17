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
        bool isKey = false;
    };
    /// A column of session keys. They are cut without an ellipsis, and not so far that another session might have the same
    /// beginning, so that they can be pasted back.
    [[nodiscard]] static Column key(const QString &title) { return {title, KeyWidth, false, true}; }

    explicit Table(const QList<Column> &columns) : m_columns(columns) { }

    void add(const QStringList &cells) { m_rows.append(cells); }
    /// Prints the rows added since the last time. The first time settles the widths and prints the titles.
    void print();

private:
    // 72 bits of a digest: no two sessions of a store will ever have them in common.
    static constexpr int KeyWidth = 12;

    void settleWidths();
    QString cellText(qsizetype column, const QString &text) const;
    QString line(const QStringList &cells) const;

    QList<Column> m_columns;
    QList<QStringList> m_rows;
    QList<qsizetype> m_widths;
};
