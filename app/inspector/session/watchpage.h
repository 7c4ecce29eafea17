// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtWidgets/QWidget>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace Sojourn::Inspector {

/// What requests do to the session that is shown, from the moment it is: each change of an attribute with its value before and
/// after, and each request that was seen.
class WatchPage final : public QWidget
{
    Q_OBJECT
public:
    explicit WatchPage(QWidget *parent = nullptr);

    /// Watches another session from now on, by the clock of its store.
    void start(Clock clock);
    /// Adds what differs between two states of the session.
    void addChanges(const SessionRecord &before, const SessionRecord &after, TimePoint at);
    /// Adds what an event tells beside the changes.
    void addEvent(const SessionEvent &event);
    /// Shows or masks values of attributes with secret names, those that are in the list already too.
    void setSecretsShown(bool shown);

private:
    /// A value as it is shown, and as it is while secrets are.
    struct Value
    {
        QString masked, plain;
    };
    void add(TimePoint at, const QString &what, const Value &before, const Value &after, const QString &icon);
    void showValues(QTreeWidgetItem *item);

    QLabel *m_status;
    QTreeWidget *m_list; ///< newest first
    Clock m_clock = &systemNow;
    bool m_secretsShown = false;
};

} // namespace Sojourn::Inspector
