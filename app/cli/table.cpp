// SPDX-License-Identifier: MIT
#include "table.h"

#include "terminal.h"

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
        qsizetype width = m_columns.at(i).title.size();
        for (const QStringList &row : std::as_const(m_rows))
            width = std::max(width, Terminal::widthOf(Terminal::harmless(row.at(i))));
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

QString Table::line(const QStringList &cells) const
{
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        QString cell = Terminal::harmless(cells.at(i));
        const qsizetype width = m_widths.at(i);
        if (Terminal::width() > 0 && Terminal::widthOf(cell) > width)
            cell = Terminal::cut(cell, width - 1) + u'…';
        const QString blanks(std::max<qsizetype>(0, width - Terminal::widthOf(cell)), u' ');
        text += m_columns.at(i).right ? blanks + cell : cell + blanks;
        text += u"  "_s;
    }
    while (text.endsWith(u' '))
        text.chop(1);
    return Terminal::width() > 0 ? Terminal::cut(text, Terminal::width()) : text;
}
