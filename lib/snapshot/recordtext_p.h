// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include <Sojourn/sessionrecord.h>

namespace Sojourn::Detail {

// The text of a record in a snapshot. It is that of record.toJson(), in the order that reads well; these take a small part of
// the time that JSON documents and QDateTime would.

void appendTime(QByteArray &out, TimePoint time);
/// \a utf8 as a JSON string.
void appendString(QByteArray &out, QByteArrayView utf8);
/// Appends the text of \a record. What somebody wrote into a store by hand must not spoil the whole snapshot: a value that no
/// store takes is written as null. \return false, having appended nothing, if the record would not be read again even so.
SOJOURN_SNAPSHOT_EXPORT bool appendRecord(QByteArray &out, const SessionRecord &record);

/// What SessionRecord::fromJson() makes of \a text, if that is exactly as appendRecord() writes it. Nothing if it is not, or if
/// it might not be: whoever reads has to try a JSON parser then.
[[nodiscard]] SOJOURN_SNAPSHOT_EXPORT std::optional<SessionRecord> readPlainRecord(QByteArrayView text);

/// The record that \a text spells in JSON. Error::Corrupt if it is no JSON that can be kept, Error::Invalid if a field is wrong:
/// the error begins with its name.
[[nodiscard]] Result<SessionRecord> readRecord(QByteArrayView text);

} // namespace Sojourn::Detail
