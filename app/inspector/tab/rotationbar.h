// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QHash>
#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;

namespace Sojourn::Inspector {

/// Follows a rotation that was asked for: which visitors have come for their fresh id, which not yet, and which sessions ended
/// instead. It stays until it is closed.
class RotationBar final : public QFrame
{
    Q_OBJECT
public:
    explicit RotationBar(QWidget *parent = nullptr);

    /// What an edit made of a session: perhaps a fresh id was asked for it, or that was taken back.
    void note(const SessionRecord &now);
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
