// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include <Sojourn/sessionrecord.h>

namespace Sojourn::Detail {

// The text of a record in a snapshot. It is that of record.toJson(), in the order that reads well; these two take a small part of
// the time that JSON documents and QDateTime would.

void appendTime(QByteArray &out, TimePoint time);
/// \a utf8 as a JSON string.
void appendString(QByteArray &out, QByteArrayView utf8);
SOJOURN_SNAPSHOT_EXPORT void appendRecord(QByteArray &out, const SessionRecord &record);

/// What SessionRecord::fromJson() makes of \a text, if that is exactly as appendRecord() writes it. Nothing if it is not, or if
/// it might not be: whoever reads has to try a JSON parser then.
[[nodiscard]] SOJOURN_SNAPSHOT_EXPORT std::optional<SessionRecord> readPlainRecord(QByteArrayView text);

} // namespace Sojourn::Detail
