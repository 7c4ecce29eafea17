// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Stop>

#include <QtCore/QTimer>

/// Ctrl-C ends the program at once with 130: each operation of a store is done whole or not at all. While an Interrupt lives, the
/// first Ctrl-C only asks long work to stop, so that it can clean up; the second ends the program.
class Interrupt
{
public:
    /// Call it once, before anything else.
    static void install();

    Interrupt();
    ~Interrupt();
    Q_DISABLE_COPY_MOVE(Interrupt)

    [[nodiscard]] Sojourn::StopToken token() const { return m_stop.token(); }

private:
    Sojourn::StopSource m_stop;
    QTimer m_timer; // a signal handler may do little more than set a flag
};
