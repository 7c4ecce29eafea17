// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionEvent>
#include <Sojourn/SessionRecord>

#include <QtCore/QVarLengthArray>

namespace Sojourn {

class SqliteConnection;
class SqliteRows;

// A record as one column of bytes: Qt describes every column anew each time a statement runs, which takes longer than reading it.
// The parts are separated by a control character that occurs in no number, key or JSON text; the user, who may have any name, is
// last.
#define SOJOURN_US " || '\x1f' || "
#define SOJOURN_INFO_PARTS                                                                                                       \
    "id" SOJOURN_US "key" SOJOURN_US "created" SOJOURN_US "seen" SOJOURN_US "expires" SOJOURN_US                                 \
    "ifnull(absolute, '')" SOJOURN_US "issued" SOJOURN_US "version" SOJOURN_US "rotate" SOJOURN_US "attributes" SOJOURN_US       \
    "size" SOJOURN_US "ifnull(expiry, '')" SOJOURN_US "ifnull(visit, '')" SOJOURN_US
#define SOJOURN_INFO "CAST(" SOJOURN_INFO_PARTS "user AS BLOB)"
#define SOJOURN_RECORD                                                                                                           \
    "CAST(format" SOJOURN_US SOJOURN_INFO_PARTS "hex(ifnull(csrf, ''))" SOJOURN_US "ifnull(flash, '')" SOJOURN_US                \
    "data" SOJOURN_US "user AS "                                                                                                 \
    "BLOB)"

/// The columns in which insertRow() puts a record.
#define SOJOURN_COLUMNS                                                                                                          \
    "key, user, created, seen, expires, absolute, issued, version, expiry, rotate, attributes, size, flash, csrf, visit, data"

/// The newest format of a row that can be decoded.
inline constexpr qint64 RowFormat = 1;

struct SqliteInfo
{
    qint64 id = 0;
    SessionInfo info;
    bool isSound = false; ///< if not, parts of the info are missing
};

struct SqliteRecord
{
    qint64 id = 0;
    std::optional<SessionRecord> record; ///< nothing if the row cannot be decoded
    bool isNewer = false; ///< it cannot be decoded as a newer version of this library wrote it
};

/// Reads what SOJOURN_INFO gives.
[[nodiscard]] SqliteInfo readInfo(const QByteArray &row);
/// Reads what SOJOURN_RECORD gives.
[[nodiscard]] SqliteRecord readRecord(const QByteArray &row);

/// Writes \a record, with \a data as JSON.
void insertRow(SqliteConnection &db, const SessionRecord &record, const QByteArray &data);
/// Writes what \a after has in other columns than \a before.
void saveRow(SqliteConnection &db, qint64 id, const SessionRecord &before, const SessionRecord &after, const QByteArray &data);
/// Whether two states of a record have the same key, user, time of issue and expiry: its entries in the indexes stay.
[[nodiscard]] bool samePlace(const SessionInfo &a, const SessionInfo &b);

/// What one operation did: mostly one thing, which needs no memory of its own.
using SqliteEvents = QVarLengthArray<SessionEvent, 1>;

#define SOJOURN_EVENT "event, key, oldKey, user, at, version, reason"
/// Reads the columns SOJOURN_EVENT.
[[nodiscard]] std::optional<SessionEvent> readEvent(const SqliteRows &row);

/// What CAST(? AS TEXT) makes the text of the column: empty, not null, without a user. SQLite would drop U+FEFF at the beginning
/// of a QString.
[[nodiscard]] QByteArray userText(const QString &user);
[[nodiscard]] QString expiryText(const std::optional<Expiry> &expiry);

} // namespace Sojourn
