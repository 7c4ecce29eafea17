// SPDX-License-Identifier: MIT
#pragma once

#include "connectionbook.h"
#include "look/activitylog.h"

#include <QtCore/QPointer>
#include <QtCore/QProcess>

namespace Sojourn::Inspector {

class MainWindow;

/// What all windows of the program share.
struct SharedState
{
    explicit SharedState(bool forReadingOnly) : readOnly(forReadingOnly) { }

    ActivityLog log;
    ConnectionBook book;
    const bool readOnly; ///< no store can be written to
    QList<MainWindow *> windows; ///< the first is the one that the program began with
    QPointer<QProcess> demo;     ///< that was started here
    QString demoPage;            ///< its address, once it listens
    bool quits = false;          ///< all windows close one after the other
};

} // namespace Sojourn::Inspector
