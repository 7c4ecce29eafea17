// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include "snapshot.h"

namespace Sojourn {

/// Opens the snapshot \a fileName as a read-only store in memory (about 350 bytes a session and its data). Its clock stands at
/// the moment of the export, so that the sessions which were alive then are alive in it. Call it in the thread that will use the
/// store; needs its event loop.
SOJOURN_SNAPSHOT_EXPORT Task<std::shared_ptr<SessionStore>> openSnapshot(const QString &fileName,
                                                                         const SnapshotControl &control = {});

} // namespace Sojourn
