// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Snapshot>

#include <QtCore/QElapsedTimer>

/// A line on the terminal that tells how far long work is, how fast it goes and how long it will take. Nothing if there is no
/// terminal.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine();
    Q_DISABLE_COPY_MOVE(ProgressLine)

    void show(const Sojourn::SnapshotProgress &progress);

private:
    QElapsedTimer m_elapsed;
    qint64 m_shownAt = 0;
    bool m_visible = false;
};
