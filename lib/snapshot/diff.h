// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include "snapshot.h"

namespace Sojourn {

/// One session that is not the same in two stores. Activity alone (lastSeenAt, and the deadline that follows it) is no
/// difference.
struct SOJOURN_SNAPSHOT_EXPORT SessionDifference
{
    std::optional<SessionRecord> before = {}; ///< nothing if the session was added
    std::optional<SessionRecord> after = {}; ///< nothing if it was removed

    /// What became of the session.
    enum Kind : quint8 { Added, Removed, Changed };
    /// What became of it from before to after.
    [[nodiscard]] Kind kind() const { return !before ? Added : !after ? Removed : Changed; }
    /// The record as it is after, or as it was if it is gone.
    [[nodiscard]] const SessionRecord &record() const { return after ? *after : *before; }

    /// Whether both records are there and the same.
    [[nodiscard]] bool isEmpty() const;
    /// Which of user, createdAt, absoluteExpiresAt and expiry differ, if both records are there.
    [[nodiscard]] QStringList fields() const;
    /// The names of the attributes that only \c after has, only \c before has, or that differ; sorted.
    [[nodiscard]] QStringList addedAttributes() const;
    /// Names of attributes that are gone.
    [[nodiscard]] QStringList removedAttributes() const;
    /// Names of attributes with another value.
    [[nodiscard]] QStringList changedAttributes() const;

    /// {"change","key","user","fields","attributes":{"added","removed","changed"}}.
    [[nodiscard]] QJsonObject toJson() const;
};

/// How two snapshots differ, counted.
struct DiffSummary
{
    qint64 added = 0; ///< sessions that are new
    qint64 removed = 0; ///< sessions that are gone
    qint64 changed = 0; ///< sessions that are not as they were
    bool canceled = false; ///< whether it ended early because the caller wished so
};

/// Calls \a visit with each difference between two stores that live in the same thread (a snapshot is a store: openSnapshot()).
/// Needs no memory of its own, but looks up every session of each store in the other.
SOJOURN_SNAPSHOT_EXPORT Task<DiffSummary> diffStores(const std::shared_ptr<SessionStore> &before,
                                                     const std::shared_ptr<SessionStore> &after,
                                                     std::function<void(const SessionDifference &)> visit,
                                                     const SnapshotControl &control = {});

} // namespace Sojourn
