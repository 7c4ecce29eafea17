// SPDX-License-Identifier: MIT
#pragma once

#include "connection.h"
#include "look/activitylog.h"

namespace Sojourn::Inspector {

class MainWindow;

/// What all windows of the program share.
struct Desk
{
    ActivityLog log;
    ConnectionBook book;
    QList<MainWindow *> windows; ///< the first is the one that the program began with
    bool quits = false;          ///< all windows close one after the other
};

} // namespace Sojourn::Inspector
