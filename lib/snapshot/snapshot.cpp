// SPDX-License-Identifier: MIT
#include "snapshot.h"

#include <QtCore/QString>

using namespace Qt::StringLiterals;

namespace Sojourn {

SnapshotFormat snapshotFormatOf(const QString &fileName)
{
    const bool lines = fileName.endsWith(".jsonl"_L1, Qt::CaseInsensitive)
                    || fileName.endsWith(".jsonl.gz"_L1, Qt::CaseInsensitive);
    return lines ? SnapshotFormat::JsonLines : SnapshotFormat::Json;
}

} // namespace Sojourn
