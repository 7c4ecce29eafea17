// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include "snapshot.h"

namespace Sojourn {

/// Writes a snapshot record by record. Errors are those of the device: Error::Unavailable.
class SOJOURN_SNAPSHOT_EXPORT SnapshotWriter
{
public:
    /// Writes to \a device, which must be open and outlive the writer.
    SnapshotWriter(QIODevice *device, SnapshotFormat format, const SnapshotHeader &header);

    /// \return false, with nothing written, if \a record holds what no snapshot can (a user that is too long, from an older
    /// store).
    [[nodiscard]] Result<bool> write(const SessionRecord &record);
    /// Writes the end. Without it the snapshot is not whole.
    [[nodiscard]] Result<void> finish();

private:
    Result<void> flush();

    QIODevice *m_device;
    SnapshotFormat m_format;
    QByteArray m_buffer;
    qint64 m_count = 0;
};

} // namespace Sojourn
