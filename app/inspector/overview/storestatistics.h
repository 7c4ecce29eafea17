// SPDX-License-Identifier: MIT
#pragma once

#include "store/storewalk.h"

#include <QtCore/QHash>

namespace Sojourn::Inspector {

/// The largest of many amounts that grow. Only their names are kept: those of a million users would take too much room.
class Ranking
{
public:
    struct Named
    {
        QString name;
        qint64 amount = 0;
    };

    explicit Ranking(int places) : m_places(places) { }
    void add(const QString &name, qint64 amount);
    /// Largest first.
    [[nodiscard]] const QList<Named> &top() const { return m_top; }

private:
    int m_places;
    QHash<quint64, qint64> m_amounts; // by the hash of the name
    QList<Named> m_top;
};

/// A look at every session of a store, in the background: when they end, when they began, whose they are, how large.
class StoreStatistics final : public QObject
{
    Q_OBJECT
public:
    static constexpr int Top = 10;
    /// Up to so many sessions attributes are weighed too.
    static constexpr int WeighedSessions = 20'000;

    using Named = Ranking::Named;
    struct Findings
    {
        qint64 sessions = 0, total = 0, bytes = 0, anonymous = 0;
        QList<TimePoint> deadlines, creations;    ///< a sample of at most 20,000
        qint64 sampleEvery = 1;
        QList<Named> users, attributes;           ///< most sessions, most bytes
        QList<SessionInfo> largest;
        bool finished = false;
    };

    explicit StoreStatistics(std::shared_ptr<SessionStore> store, QObject *parent = nullptr);

    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_walk.isRunning(); }
    [[nodiscard]] const Findings &findings() const { return m_findings; }
    [[nodiscard]] TimePoint startedAt() const { return m_startedAt; }

Q_SIGNALS:
    void progressed();

private:
    void take(const SessionPage &page);

    std::shared_ptr<SessionStore> m_store;
    StoreWalk m_walk;
    Findings m_findings;
    Ranking m_users{Top}, m_attributes{Top};
    TimePoint m_startedAt{};
};

} // namespace Sojourn::Inspector
