// SPDX-License-Identifier: MIT
#include "table.h"

#include "terminal.h"
#include "textwidth.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

void Table::print()
{
    if (m_widths.isEmpty()) {
        settleWidths();
        QStringList titles;
        for (const Column &column : m_columns)
            titles.append(column.title);
        Terminal::print(Terminal::styled(line(titles), Terminal::Bold) + u'\n');
    }
    for (const QStringList &row : std::as_const(m_rows))
        Terminal::print(line(row) + u'\n');
    m_rows.clear();
}

void Table::settleWidths()
{
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        qsizetype width = textWidth(m_columns.at(i).title);
        for (const QStringList &row : std::as_const(m_rows))
            width = std::max(width, textWidth(Terminal::harmless(row.at(i))));
        m_widths.append(width);
    }
    if (Terminal::width() == 0)
        return;
    const qsizetype room = Terminal::width() - 2 * (m_columns.size() - 1);
    qsizetype excess = std::accumulate(m_widths.begin(), m_widths.end(), qsizetype(0)) - room;
    for (qsizetype i = 0; i < m_columns.size() && excess > 0; ++i) {
        if (m_columns.at(i).least == 0)
            continue;
        const qsizetype cut = std::clamp<qsizetype>(m_widths.at(i) - m_columns.at(i).least, 0, excess);
        m_widths[i] -= cut;
        excess -= cut;
    }
}

QString Table::cellText(qsizetype column, const QString &text) const
{
    const QString cell = Terminal::harmless(text);
    const qsizetype width = m_widths.at(column);
    if (Terminal::width() == 0 || textWidth(cell) <= width)
        return cell;
    if (m_columns.at(column).isKey)
        return cell.startsWith(u'-') ? cell : cell.first(width); // shortened it would be taken for an option
    return cutToWidth(cell, width - 1) + u'…';
}

QString Table::line(const QStringList &cells) const
{
    QString text;
    const bool fits = Terminal::width() > 0;
    qsizetype room = Terminal::width(), used = 0;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const QString cell = cellText(i, cells.at(i));
        const qsizetype width = textWidth(cell);
        if (fits && m_columns.at(i).isKey && used + width > room) {
            if (i > 0) // half a key helps nobody
                break;
            room = width; // it goes over two lines: without it the row tells nothing at all
        }
        const QString blanks(std::max<qsizetype>(0, m_widths.at(i) - width), u' ');
        text += m_columns.at(i).right ? blanks + cell : cell + blanks;
        text += u"  "_s;
        used += width + blanks.size() + 2;
    }
    while (text.endsWith(u' '))
        text.chop(1);
    return fits ? cutToWidth(text, room) : text;
}
