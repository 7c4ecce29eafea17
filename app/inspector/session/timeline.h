// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

class QTreeWidget;

namespace Sojourn::Inspector {

/// What happened to one session, under its key and those that it had before: read from the store's history once, and kept up by
/// events.
class TimeLine final : public QWidget
{
    Q_OBJECT
public:
    explicit TimeLine(QWidget *parent = nullptr);

    /// Reads the history of \a key in \a store. What is shown stays until it is there.
    void load(OpenStore *store, const SessionKey &key);
    void clear();
    /// Adds an event, unless it is known already.
    void add(const SessionEvent &event);
    /// The session of the time line goes on under \a key.
    void changeKey(const SessionKey &key) { m_key = key; }
    /// The session as it is, for what no history tells; null if it is not known.
    void setRecord(const SessionRecord *record);

    /// The event that ended the session, if one did.
    [[nodiscard]] std::optional<SessionEvent> ending() const;
    /// The key that the session went on under.
    [[nodiscard]] std::optional<SessionKey> successor() const;

Q_SIGNALS:
    /// The contents have changed.
    void changed();

private:
    void loadKey(const SessionKey &key, int depth, const QList<SessionEvent> &known);
    void take(QList<SessionEvent> events);
    void show();

    QPointer<OpenStore> m_store;
    SessionKey m_key;
    QList<SessionEvent> m_events; ///< newest first
    std::optional<SessionInfo> m_info;
    QTreeWidget *m_list;
    bool m_loaded = false;
    int m_life = 0; ///< rises with every load; answers of an earlier life are dropped
};

} // namespace Sojourn::Inspector
