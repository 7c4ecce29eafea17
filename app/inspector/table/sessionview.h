// SPDX-License-Identifier: MIT
#pragma once

#include "sessionmodel.h"

#include <QtWidgets/QTableView>

class QMenu;

namespace Sojourn::Inspector {

/// The session table: tells the model what is in view, keeps selection and place by session rather than by row, and paints the
/// glow of what changed.
class SessionView final : public QTableView
{
    Q_OBJECT
public:
    explicit SessionView(QWidget *parent = nullptr);

    void setSessions(SessionModel *model);
    [[nodiscard]] QList<SessionInfo> selectedSessions() const; ///< the living ones that are loaded
    /// Whether rows were selected that had not been loaded then: selectedKeys() has not all of them, selectedRows() has.
    [[nodiscard]] bool isSelectionPartlyKnown() const { return m_partlyKnown; }
    /// First and last row of each block that is selected, ascending.
    [[nodiscard]] QList<std::pair<int, int>> selectedRows() const;
    /// One of those, or null if there is none.
    [[nodiscard]] const SessionInfo *selectedSession() const;
    /// Whether every row is selected, loaded or not.
    [[nodiscard]] bool isAllSelected() const;
    [[nodiscard]] QList<SessionKey> selectedKeys() const;
    [[nodiscard]] std::optional<SessionKey> currentKey() const;
    /// The two selected sessions, or the selected one and the one that was looked at before it; else nothing.
    [[nodiscard]] QList<SessionKey> keysToCompare() const;
    /// Selects \a key now, or when it is loaded.
    void select(const SessionKey &key);
    /// How many rows are selected, and how many of them are not in view.
    [[nodiscard]] std::pair<qint64, qint64> selectedAndHidden() const;
    /// Puts the whole keys of the selected sessions on the clipboard, one a line.
    void copyKeys() const;

    /// Empty while attributes have columns.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);
    /// Adds a checkable action a column, and one for a further attribute.
    void fillColumnMenu(QMenu *menu);

Q_SIGNALS:
    void selectionChangedByPerson();
    /// Other rows came into view.
    void viewMoved();
    /// Return was pressed, or a row clicked twice.
    void editWanted();
    /// Another attribute is to have a column.
    void attributeColumnWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void beginFilter();
    void keepWhatIsShown();
    void holdRows(const QPoint &at);
    void releaseRows();
    void tellVisible();
    void noteSelection();
    void restoreSelection();
    void setCurrent(const std::optional<SessionKey> &key);
    void keepPlace(int first, int last, int direction);
    void setRowHeight();
    void hideFrom(int first);

    SessionModel *m_model = nullptr;
    QList<SessionKey> m_keys;          ///< selected
    std::optional<SessionKey> m_current;
    std::optional<SessionKey> m_previous; ///< current before
    QList<SessionKey> m_selectedBefore; ///< another filter was set, and its first rows are not there yet
    QTimer m_hold;                      ///< the mouse moves over the rows
    int m_heldRow = -1;
    bool m_wasAtTop = false;
    bool m_partlyKnown = false;
    bool m_restoring = false;
};

} // namespace Sojourn::Inspector
