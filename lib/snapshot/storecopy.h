// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include "snapshot.h"

namespace Sojourn {

/// What is copied, and what of sessions that are there already.
struct CopyOptions
{
    /// What becomes of a session whose key the target has.
    ImportOptions::OnConflict onConflict = ImportOptions::Fail;
    bool dryRun = false;         ///< only look: counts what a copy would meet, and is no error where there are conflicts
    std::optional<QString> user = {}; ///< only this user's; an empty one means sessions without a user
    QList<SessionKey> keys = {}; ///< if not empty, exactly these sessions; one that is gone is Error::NotFound
    std::function<bool(const SessionRecord &)> filter = {}; ///< if set, only sessions for which it returns true
};

/// Copies the sessions of \a from into \a to, which lives in the same thread, under their keys, so that visitors' cookies go on
/// working; flash values and CSRF secrets come along. Conflicts are looked for before anything is written where they are to fail.
/// In constant memory. What expires on the way is counted as expired.
SOJOURN_SNAPSHOT_EXPORT Task<ImportSummary> copySessions(const std::shared_ptr<SessionStore> &from,
                                                         const std::shared_ptr<SessionStore> &to, const CopyOptions &options = {},
                                                         const SnapshotControl &control = {});

} // namespace Sojourn
