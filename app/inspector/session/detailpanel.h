// SPDX-License-Identifier: MIT
#pragma once

#include "drafts.h"
#include "edit/storeeditor.h"
#include "jsontreemodel.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace Sojourn::Inspector {

class AttributePage;
class JsonPage;
class WatchPage;
class TimeLine;
class TimesPage;

/// One session: its attributes, the raw JSON, its times and what happened to it. It follows the store's events, and reads the
/// session only where these do not tell what it is now.
class DetailPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit DetailPanel(QWidget *parent = nullptr);

    /// Shows the session \a key of \a store, edited through \a editor, or for looking only without one; nothing without a key.
    /// If it is gone, \a known is what it was.
    void showSession(OpenStore *store, StoreEditor *editor, const std::optional<SessionKey> &key,
                     const std::optional<SessionRecord> &known = {});
    /// Marks the differences between the sessions of both panels from now on.
    static void markDifferences(DetailPanel *one, DetailPanel *other);
    /// Opens the Watch page: changes of the session as they happen.
    void showWatch();
    [[nodiscard]] OpenStore *store() const { return m_store; }
    [[nodiscard]] const std::optional<SessionKey> &key() const { return m_key; }
    /// Loads the session and its history again.
    void reload();
    [[nodiscard]] const std::optional<SessionRecord> &record() const { return m_record; }
    /// The session of \a key as it was seen here last, if it is shown or was before the present one.
    [[nodiscard]] std::optional<SessionRecord> seen(const SessionKey &key) const;
    void showAttribute(const QString &name);
    /// The session of \a oldKey goes on under \a newKey.
    void changeKey(const SessionKey &oldKey, const SessionKey &newKey);
    /// Whether anything was typed for sessions of \a store that is not in it.
    [[nodiscard]] bool hasDrafts(const OpenStore *store) const;
    /// Puts the keyboard where attributes are edited.
    void focusAttributes();

Q_SIGNALS:
    /// record() is another one.
    void recordChanged();
    /// The session is to stay in sight beside others.
    void pinWanted();
    /// The person wants to see all sessions of \a user.
    void userPageWanted(const QString &user);
    /// The expiry of \a session, which is the one shown, is to be set.
    void expiryWanted(const Sojourn::SessionInfo &session);
    void expireNowWanted(const Sojourn::SessionInfo &session);
    /// The person wants to see the session of \a key, which followed on the one that is shown.
    void keyActivated(const Sojourn::SessionKey &key);
    /// The attribute at \a path is to be a column of the table.
    void columnWanted(const QString &path);

private:
    /// An edit that was sent and not settled yet.
    struct Sent
    {
        QPointer<OpenStore> store;
        SessionKey key;
        JsonTreeModel::Path path; ///< empty for the JSON page
        SessionChange change;
        QJsonValue typed{QJsonValue::Undefined};
        SessionRecord seen;
        QString json; ///< what stood on the JSON page
    };

    QLayout *makeTitle();
    QWidget *makeAttributes();
    QWidget *makeTimes();

    void leaveSession();
    void load(bool withHistory);
    void handleEvent(const SessionEvent &event);
    void take(const SessionRecord &record, bool isOwn = false);
    void catchUp();
    void showHistory();
    void showHeader();
    void showTimes();
    void updateActions();
    void compareWith(const std::optional<SessionRecord> &other);
    [[nodiscard]] QString user() const;
    bool restoreDraft();

    void write(const QString &text, const JsonTreeModel::Path &path, SessionChange change, const QJsonValue &typed);
    void settle(int sent, EditOutcome outcome, const QString &error);
    void settleJson(const Sent &sent, EditOutcome outcome, const QString &error);
    void showEdit(const Sent &sent, const JsonTreeModel::ValueEdit &edit);
    [[nodiscard]] bool isShown(const Sent &sent) const { return sent.store == m_store && sent.key == m_key; }
    void editAgain(const Sent &sent);
    void rename(const QString &name, const QString &newName);

    QPointer<OpenStore> m_store;
    QPointer<StoreEditor> m_editor;
    std::optional<SessionKey> m_key;
    bool m_gone = false; ///< the session is not in the store any more
    std::optional<SessionRecord> m_record;
    std::optional<SessionRecord> m_previous; ///< of the session that was shown before
    std::optional<SessionEvent> m_ending;
    QList<QMetaObject::Connection> m_connections; ///< to the store and the editor
    QTimer m_reloadTimer, m_second;
    quint64 m_awaited = 0; ///< the newest version that an event told of
    bool m_moved = false; ///< an event told of new times
    bool m_isKnown = false; ///< the edit that was just done told what it made of the session
    int m_life = 0;

    QLabel *m_title, *m_subtitle, *m_notice;
    QToolButton *m_userPage, *m_pin;
    QTabWidget *m_tabs;
    AttributePage *m_attributes;
    JsonTreeModel *m_model; ///< of that page
    JsonPage *m_json;
    std::optional<SessionRecord> m_jsonSeen; ///< when what is typed as JSON began
    int m_shown = 0; ///< rises with every other session that is shown
    Drafts m_drafts;
    QHash<int, Sent> m_sent;
    int m_lastSent = 0;
    std::optional<int> m_tabBefore; ///< before the time line of an ended session came in front
    bool m_missed = false; ///< attributes have changed since what is being edited was loaded
    TimesPage *m_times;
    QPushButton *m_showSuccessor;
    SessionKey m_successor; ///< of a session whose id was replaced
    TimeLine *m_timeLine;
    WatchPage *m_watch;
    std::optional<int> m_differing; ///< attributes that differ from those of the session in the other panel
};

} // namespace Sojourn::Inspector
