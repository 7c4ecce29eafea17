// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QHash>
#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;

namespace Sojourn::Inspector {

struct Edit;

/// Follows a rotation that was asked for: which visitors have come for their fresh id, which not yet, and which sessions ended
/// instead. It stays until it is closed.
class RotationBar final : public QFrame
{
    Q_OBJECT
public:
    explicit RotationBar(QWidget *parent = nullptr);

    /// What \a edit made of a session: perhaps it asked for a fresh id, or took that back. What others ask for is theirs.
    void note(const SessionRecord &now, const Edit &edit);
    void handleEvent(const SessionEvent &event);
    /// Nothing may be revoked any more, or again.
    void setWritable(bool writable);
    /// Those whose visitors have not come yet, as they were when it was asked for.
    [[nodiscard]] QList<SessionInfo> waiting() const { return m_waiting.values(); }

Q_SIGNALS:
    void showWaitingWanted();
    void revokeWanted(const QList<Sojourn::SessionInfo> &sessions);

private:
    void close();
    void showCounts();

    QHash<SessionKey, SessionInfo> m_waiting;
    int m_collected = 0, m_ended = 0;
    bool m_writable = true;
    QLabel *m_text;
    QPushButton *m_show, *m_revoke;
};

} // namespace Sojourn::Inspector
