// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionEvent>
#include <Sojourn/SessionRecord>

namespace Sojourn {

class SqliteRows;

/// The columns that readInfo() and readRecord() want, in front of the key.
#define SOJOURN_INFO_COLUMNS "user, created, seen, expires, absolute, issued, version, expiry, rotate, attributes, size"
#define SOJOURN_RECORD_COLUMNS SOJOURN_INFO_COLUMNS ", CAST(flash AS BLOB), csrf, CAST(data AS BLOB)"
#define SOJOURN_EVENT_COLUMNS "event, key, oldKey, user, at, version, reason"
enum { InfoColumnCount = 11, RecordColumnCount = 14 };

/// The record in \a row, whose columns begin at \a first; nothing if it cannot be decoded.
[[nodiscard]] std::optional<SessionInfo> readInfo(const SqliteRows &row, const SessionKey &key, int first = 0);
[[nodiscard]] std::optional<SessionRecord> readRecord(const SqliteRows &row, const SessionKey &key, int first = 0);
[[nodiscard]] std::optional<SessionEvent> readEvent(const SqliteRows &row, int first = 0);

/// The text of the column: empty, not null, without a user.
[[nodiscard]] QString userText(const QString &user);
[[nodiscard]] QString expiryText(const std::optional<Expiry> &expiry);

} // namespace Sojourn
