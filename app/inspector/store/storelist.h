// SPDX-License-Identifier: MIT
#pragma once

#include "connectionbook.h"

#include <QtCore/QTimer>
#include <QtWidgets/QTreeWidget>

namespace Sojourn::Inspector {

/// The side bar: saved connections, applications that run now, snapshots opened last.
class StoreList final : public QTreeWidget
{
    Q_OBJECT
public:
    explicit StoreList(ConnectionBook *book, QWidget *parent = nullptr);

    /// The names of the stores that are open in tabs have a filled dot.
    void setOpen(const QList<Connection> &connections);

Q_SIGNALS:
    void openWanted(const Sojourn::Inspector::Connection &connection);
    void editWanted(const Sojourn::Inspector::Connection &connection);
    void connectWanted();
    void snapshotWanted();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;

private:
    void rebuild();
    void lookForApplications();

    ConnectionBook *m_book;
    QTreeWidgetItem *m_saved, *m_running, *m_snapshots;
    QStringList m_names;
    QList<Connection> m_open;
    QTimer m_timer;
};

} // namespace Sojourn::Inspector
