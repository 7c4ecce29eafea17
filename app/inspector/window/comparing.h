// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionRecord>

#include <functional>

class QWidget;

namespace Sojourn::Inspector {

class StoreTab;

/// Opens a dialog of the two sessions that are selected in \a tab, or of the one and the one before it. One that has ended is
/// compared as it was \a seen.
void compareSessions(StoreTab &tab, const std::function<std::optional<SessionRecord>(const SessionKey &)> &seen);

/// Opens a dialog that compares the stores of two of \a tabs: at first \a current and one beside it, the older before the newer.
void compareStores(const QList<StoreTab *> &tabs, const StoreTab *current, QWidget *window);

} // namespace Sojourn::Inspector
