// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include "snapshot.h"

namespace Sojourn {

/// One session that is not the same in two stores. Activity alone (lastSeenAt, and the deadline that follows it) is no
/// difference.
struct SOJOURN_SNAPSHOT_EXPORT SessionDifference
{
    std::optional<SessionRecord> before; ///< nothing if the session was added
    std::optional<SessionRecord> after;  ///< nothing if it was removed

    enum Kind : quint8 { Added, Removed, Changed };
    [[nodiscard]] Kind kind() const { return !before ? Added : !after ? Removed : Changed; }
    [[nodiscard]] const SessionRecord &record() const { return after ? *after : *before; }

    /// Whether both records are there and the same.
    [[nodiscard]] bool isEmpty() const;
    /// Which of user, createdAt, absoluteExpiresAt and expiry differ, if both records are there.
    [[nodiscard]] QStringList fields() const;
    /// The names of the attributes that only \c after has, only \c before has, or that differ; sorted.
    [[nodiscard]] QStringList addedAttributes() const;
    [[nodiscard]] QStringList removedAttributes() const;
    [[nodiscard]] QStringList changedAttributes() const;

    /// {"change","key","user","fields","attributes":{"added","removed","changed"}}.
    [[nodiscard]] QJsonObject toJson() const;
};

struct DiffSummary
{
    qint64 added = 0;
    qint64 removed = 0;
    qint64 changed = 0;
    bool canceled = false;
};

/// Calls \a visit with each difference between two stores that live in the same thread (a snapshot is a store: openSnapshot()).
/// Needs no memory of its own, but looks up every session of each store in the other.
SOJOURN_SNAPSHOT_EXPORT Task<DiffSummary> diffStores(const std::shared_ptr<SessionStore> &before,
                                                     const std::shared_ptr<SessionStore> &after,
                                                     std::function<void(const SessionDifference &)> visit,
                                                     const SnapshotControl &control = {});

} // namespace Sojourn
