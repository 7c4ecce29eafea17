// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"
#include "usersessions.h"

#include <QtCore/QPointer>
#include <QtWidgets/QDialog>

class QLabel;
class QTreeWidget;

namespace Sojourn::Inspector {

class LaneChart;

/// All sessions of one user, living and ended, on one axis of time, and what happened to them as a list. It follows the store.
class UserPage final : public QDialog
{
    Q_OBJECT
public:
    UserPage(OpenStore *store, const QString &user, QWidget *parent = nullptr);

    [[nodiscard]] const QString &user() const { return m_user; }
    [[nodiscard]] OpenStore *store() const { return m_store; }
    [[nodiscard]] const QList<UserSession> &sessions() const { return m_sessions; }

Q_SIGNALS:
    /// The person wants to see this session.
    void sessionActivated(const Sojourn::SessionKey &key);

private:
    void reload();
    void loaded(const Result<SessionPage> &living, const Result<QList<SessionEvent>> &events);
    void showSessions(const Result<SessionPage> &living, const Result<QList<SessionEvent>> &events);
    void fillList();

    QPointer<OpenStore> m_store;
    QString m_user;
    QList<UserSession> m_sessions;
    QTimer m_reloadTimer;
    bool m_isLoading = false;
    bool m_loadsAgain = false; // something has happened meanwhile
    QLabel *m_summary;
    LaneChart *m_chart;
    QTreeWidget *m_list;
};

} // namespace Sojourn::Inspector
