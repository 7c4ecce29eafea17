// SPDX-License-Identifier: MIT
#pragma once

#include "rowcache.h"

#include <QtCore/QVariant>

namespace Sojourn::Inspector {

/// What the cells of a row of the session table say at a moment. Columns are those of SessionModel.
class SessionCells
{
public:
    static constexpr auto GlowTime = std::chrono::milliseconds(1200);

    /// \a setAside says that the row is of a list of records that could not be read.
    SessionCells(const SessionRow &row, TimePoint now, bool setAside) : m_row(row), m_now(now), m_setAside(setAside) { }

    [[nodiscard]] QString text(int column) const;
    /// The value behind the text: numbers, QDateTime.
    [[nodiscard]] QVariant value(int column) const;
    /// For the roles of Qt and those of SessionModel.
    [[nodiscard]] QVariant data(int column, int role) const;
    [[nodiscard]] static QVariant header(int column, int role);
    /// The header of the column of the attribute \a path.
    [[nodiscard]] static QVariant attributeHeader(const QString &path, int role);
    /// Everything that the column State can say.
    [[nodiscard]] static QStringList states();

    /// The columns, a bit each, in which \a after says something else than \a before.
    [[nodiscard]] static quint32 changedColumns(const SessionRow &before, const SessionRow &after, TimePoint now, bool setAside);

private:
    [[nodiscard]] QString state() const;
    [[nodiscard]] QString flags() const;
    [[nodiscard]] QString visitFact(int column) const;
    [[nodiscard]] QVariant toolTip(int column) const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> idleLeft() const;
    [[nodiscard]] static int alignment(int column);

    const SessionRow &m_row;
    TimePoint m_now;
    bool m_setAside;
};

} // namespace Sojourn::Inspector
