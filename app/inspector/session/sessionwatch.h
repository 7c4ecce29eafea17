// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtWidgets/QWidget>

class QLabel;
class QTreeWidget;

namespace Sojourn::Inspector {

/// What requests do to the session that is shown, from the moment it is: each change of an attribute with its value before and
/// after, and each request that was seen.
class SessionWatch final : public QWidget
{
    Q_OBJECT
public:
    explicit SessionWatch(QWidget *parent = nullptr);

    /// Watches another session, from \a now on.
    void start(TimePoint now);
    /// Adds what differs between two states of the session.
    void addChanges(const SessionRecord &before, const SessionRecord &after, TimePoint at);
    /// Adds what an event tells beside the changes.
    void addEvent(const SessionEvent &event);
    void setSecretsShown(bool shown) { m_secretsShown = shown; }

private:
    void add(TimePoint at, const QString &what, const QString &before, const QString &after, const QString &icon);

    QLabel *m_status;
    QTreeWidget *m_list; ///< newest first
    TimePoint m_from{};
    bool m_secretsShown = false;
};

} // namespace Sojourn::Inspector
