// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QObject>

namespace Sojourn::Inspector {

/// A look at every session of a store, in the background: when they end, when they began, whose they are, how large.
class Survey final : public QObject
{
    Q_OBJECT
public:
    static constexpr int Top = 10;
    /// Up to so many sessions attributes are weighed too.
    static constexpr int WeighedSessions = 20'000;

    struct Named
    {
        QString name;
        qint64 amount = 0;
    };
    struct Findings
    {
        qint64 sessions = 0, total = 0, bytes = 0, anonymous = 0;
        QList<TimePoint> deadlines, creations;    ///< a sample of at most 20,000
        qint64 sampleEvery = 1;
        QList<Named> users, attributes;           ///< most sessions, most bytes
        QList<SessionInfo> largest;
        bool finished = false;
    };

    explicit Survey(std::shared_ptr<SessionStore> store, QObject *parent = nullptr);

    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] const Findings &findings() const { return m_findings; }
    [[nodiscard]] TimePoint startedAt() const { return m_startedAt; }

Q_SIGNALS:
    void progressed();

private:
    void read(const QByteArray &cursor);
    void take(const SessionPage &page);

    std::shared_ptr<SessionStore> m_store;
    Findings m_findings;
    QHash<QString, qint64> m_users, m_attributes;
    TimePoint m_startedAt{};
    bool m_running = false;
    int m_life = 0;
};

} // namespace Sojourn::Inspector
