// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractEventDispatcher>

namespace Sojourn::Detail {

/// Runs \a work from the event loop of this thread, so that long work lets others have their turn.
template<class F>
void runLater(F &&work)
{
    QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(), std::forward<F>(work), Qt::QueuedConnection);
}

/// How long work may go on before it lets others have their turn: half a frame of a user interface.
constexpr int SliceMilliseconds = 8;

} // namespace Sojourn::Detail
