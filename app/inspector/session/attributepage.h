// SPDX-License-Identifier: MIT
#pragma once

#include "jsontreemodel.h"

#include <Sojourn/SessionChange>
#include <Sojourn/SessionRecord>

#include <QtWidgets/QWidget>

class QAction;
class QLabel;

namespace Sojourn::Inspector {

class AttributeView;

/// The attributes of a session as a tree, and what can be done with them. What is typed is handed on as changes of the session.
class AttributePage final : public QWidget
{
    Q_OBJECT
public:
    /// What may be done with the session that is shown.
    enum class State { Gone, ReadOnly, Writable };

    explicit AttributePage(QWidget *parent = nullptr);

    [[nodiscard]] JsonTreeModel &model() { return *m_model; }
    [[nodiscard]] AttributeView &view() { return *m_tree; }
    /// From now on the attributes are those of another session, or of none.
    void leaveSession();
    /// The key that the session has now, by which it is called.
    void setSession(const SessionKey &key);
    void setState(State state);
    /// Goes to the attribute \a name, if there is one.
    void showAttribute(const QString &name);
    /// Puts the keyboard here.
    void focusAttributes();
    /// Opens the value at \a path for typing, if it is one that can be edited in its line.
    bool editAt(const JsonTreeModel::Path &path);

Q_SIGNALS:
    /// \a typed is what now stands at \a path, undefined where nothing does. \a text names the edit.
    void changeWanted(const QString &text, const Sojourn::Inspector::JsonTreeModel::Path &path,
                      const Sojourn::SessionChange &change, const QJsonValue &typed);
    /// The attribute at \a path is to be a column of the table.
    void columnWanted(const QString &path);
    void secretsToggled(bool shown);
    /// Editing in the tree is over.
    void editClosed();

private:
    QWidget *makeBar();
    void connectModel();
    void updateActions();
    void copyJson();
    void forgetFailed(const QModelIndex &left);
    void showFailure();
    void addAttribute();
    void add(const QString &name, const JsonTreeModel::Path &place, const QString &shownPlace);
    void renameAttribute();
    void editOnPage(const QModelIndex &index);
    QString writeAt(int shown, const JsonTreeModel::Path &path, const QJsonValue &value);
    void say(const QString &text);

    JsonTreeModel *m_model;
    AttributeView *m_tree;
    QAction *m_add, *m_rename, *m_remove, *m_copyJson, *m_copyPath;
    QLabel *m_editStatus;
    State m_state = State::Gone;
    QString m_session;
    int m_shown = 0; ///< rises with every other session
};

} // namespace Sojourn::Inspector
