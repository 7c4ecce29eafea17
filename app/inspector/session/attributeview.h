// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QTreeView>

namespace Sojourn::Inspector {

/// The attributes of a session as a tree. Letters find a name; Return, F2 or a double click edit a value where it stands, Return
/// commits it, and Escape, leaving and whatever else happens do not.
class AttributeView final : public QTreeView
{
    Q_OBJECT
public:
    explicit AttributeView(QWidget *parent = nullptr);

    [[nodiscard]] bool isEditing() const { return state() == EditingState; }
    using QTreeView::edit;
    void keyboardSearch(const QString &search) override;

Q_SIGNALS:
    /// The value at \a index is to be edited, and has no place in a line.
    void pageWanted(const QModelIndex &index);
    /// Escape left the edit at \a index: what was typed there is not wanted.
    void editLeft(const QModelIndex &index);
    /// An edit is over, whichever way.
    void editClosed();

protected:
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    void commitData(QWidget *editor) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeRoomFor(const QModelIndex &index);
};

} // namespace Sojourn::Inspector
