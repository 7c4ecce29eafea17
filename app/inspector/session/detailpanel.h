// SPDX-License-Identifier: MIT
#pragma once

#include "edit/editor.h"
#include "jsontreemodel.h"

#include <QtWidgets/QWidget>

class QAction;
class QFormLayout;
class QLabel;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace Sojourn::Inspector {

class AttributeView;
class JsonPage;

/// One session: its attributes, the raw JSON, its times and what happened to it.
class DetailPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit DetailPanel(QWidget *parent = nullptr);

    /// Shows the session \a key of \a store, edited through \a editor; nothing without a key.
    void showSession(OpenStore *store, Editor *editor, const std::optional<SessionKey> &key);
    /// Loads the session again.
    void reload();
    [[nodiscard]] const std::optional<SessionRecord> &record() const { return m_record; }
    void showAttribute(const QString &name);
    /// The session of \a oldKey goes on under \a newKey.
    void changeKey(const SessionKey &oldKey, const SessionKey &newKey);
    /// Whether JSON was typed for sessions of \a store and not applied.
    [[nodiscard]] bool hasDrafts(const OpenStore *store) const;
    /// Puts the keyboard where attributes are edited.
    void focusAttributes();

Q_SIGNALS:
    void expiryWanted();
    void expireNowWanted();
    /// The person wants to see the session of \a key, which followed on the one that is shown.
    void keyActivated(const Sojourn::SessionKey &key);

private:
    QWidget *makeAttributes();
    QWidget *makeTimes();
    QWidget *makeTimeLine();

    void take(const SessionRecord &record);
    void catchUp();
    void takeHistory(const SessionKey &key, int depth, QList<SessionEvent> known);
    void showHeader();
    void showTimes();
    void updateActions();
    void keepDraft();
    void write(const QString &text, const QString &attribute, SessionChange change);
    bool restoreDraft();
    void editAgain(const QString &attribute, const SessionChange &change, const SessionRecord &seen);
    void showFailure();
    void addAttribute();
    void renameAttribute();

    QPointer<OpenStore> m_store;
    QPointer<Editor> m_editor;
    std::optional<SessionKey> m_key;
    bool m_gone = false; ///< the session is not in the store any more
    std::optional<SessionRecord> m_record;
    std::optional<SessionEvent> m_ending;
    QMetaObject::Connection m_events, m_writable, m_applied;
    QTimer m_reloadTimer, m_second;
    int m_life = 0;

    QLabel *m_title, *m_subtitle, *m_notice;
    QTabWidget *m_tabs;
    JsonTreeModel *m_model;
    AttributeView *m_tree;
    QAction *m_add, *m_rename, *m_remove, *m_copyJson, *m_copyPath, *m_secrets;
    QLabel *m_editStatus;
    JsonPage *m_json;
    struct Draft
    {
        QPointer<OpenStore> store;
        QString text;
        SessionRecord seen; ///< when the editing began
    };
    std::optional<SessionRecord> m_jsonSeen; ///< when what is typed as JSON began
    int m_shown = 0;         ///< rises with every other session that is shown
    QList<Draft> m_drafts; ///< typed as JSON for sessions that are not shown now
    std::optional<int> m_tabBefore; ///< before the time line of an ended session came in front
    bool m_missed = false; ///< attributes have changed since what is being edited was loaded
    QFormLayout *m_times;
    QList<QLabel *> m_timeLabels;
    QPushButton *m_setExpiry, *m_expireNow, *m_showSuccessor;
    SessionKey m_successor; ///< of a session whose id was replaced
    QTreeWidget *m_timeLine;
};

} // namespace Sojourn::Inspector
