// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Stop>

#include <QtCore/QObject>

namespace Sojourn::Inspector {

/// An import, or a look at what it would do, that is under way. It belongs to the tab it fills, and so goes wherever that goes.
class ImportJob final : public QObject
{
    Q_OBJECT
public:
    ImportJob(const QString &text, bool writes, QObject *tab) : QObject(tab), m_text(text), m_writes(writes) { }
    ~ImportJob() override { stop(); }

    /// "Import of monday.json"
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] int percent() const { return m_percent; }
    void setPercent(int percent) { m_percent = percent; }
    [[nodiscard]] StopToken stopToken() const { return m_stop.token(); }
    /// finished() follows.
    void stop() { m_stop.requestStop(); }
    /// Whether the store is being changed.
    [[nodiscard]] bool isWriting() const { return m_running && m_writes; }
    void finish()
    {
        m_running = false;
        Q_EMIT finished();
        deleteLater();
    }

Q_SIGNALS:
    void finished();

private:
    QString m_text;
    StopSource m_stop;
    const bool m_writes;
    int m_percent = 0;
    bool m_running = true;
};

} // namespace Sojourn::Inspector
