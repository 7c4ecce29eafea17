// SPDX-License-Identifier: MIT
#pragma once

#include "store/connection.h"

#include <QtWidgets/QToolButton>

#include <functional>

class QMenu;

namespace Sojourn::Inspector {

/// The button with the views of a store that were saved by name. A view is what stands in the search line; it is kept in the
/// settings because somebody said so.
class SavedViews final : public QToolButton
{
    Q_OBJECT
public:
    /// \a connection says which store it is, \a line what stands in the search line.
    SavedViews(std::function<Connection()> connection, std::function<QString()> line, QWidget *parent = nullptr);

    [[nodiscard]] QStringList names() const;
    void save(const QString &name, const QString &line);
    void remove(const QString &name);
    void choose(const QString &name);

Q_SIGNALS:
    /// The view with this search was chosen.
    void chosen(const QString &line);

private:
    void fill();
    void askName();
    [[nodiscard]] QString group() const;

    std::function<Connection()> m_connection;
    std::function<QString()> m_line;
    QMenu *m_menu;
};

} // namespace Sojourn::Inspector
