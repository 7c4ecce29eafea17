// SPDX-License-Identifier: MIT
#include "sqliteformat_p.h"

#include "sqliteconnection_p.h"

#include <iterator>

using namespace Qt::StringLiterals;

namespace Sojourn {

// "Sojn" in PRAGMA application_id: how a file says that it is one of ours.
static constexpr qint64 ApplicationId = 0x536f6a6e;

// migrations[n] leads from format n to format n + 1; format 0 is the empty file. Never change one that was released: add the
// next.
//
// Times are milliseconds since 1970. Orders tie by id, which every index ends with.
static constexpr const char *Migrations[] = {
    R"(
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    user TEXT NOT NULL, -- empty for none
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    absolute INTEGER,
    issued INTEGER NOT NULL,
    version INTEGER NOT NULL,
    expiry TEXT, -- JSON, the session's own policy
    rotate INTEGER NOT NULL,
    attributes INTEGER NOT NULL,
    size INTEGER NOT NULL,
    flash TEXT, -- JSON array
    csrf BLOB,
    data TEXT NOT NULL -- JSON object
);
CREATE INDEX sessions_by_expiry ON sessions (expires);
CREATE INDEX sessions_by_creation ON sessions (created);
CREATE INDEX sessions_by_use ON sessions (seen);
CREATE INDEX sessions_by_user ON sessions (user, created);
CREATE TABLE graces (key TEXT PRIMARY KEY, session INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX graces_by_session ON graces (session);
CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    key TEXT NOT NULL,
    oldKey TEXT,
    user TEXT NOT NULL,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    reason TEXT
);
CREATE TABLE quarantined (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    key, user, created, seen, expires, absolute, issued, version, expiry, rotate, attributes, size, flash, csrf, data
);
)",
    // What other processes did: see SqliteListener.
    R"(
ALTER TABLE history ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    after INTEGER NOT NULL, -- the last event in the history then
    event TEXT NOT NULL,
    key TEXT NOT NULL,
    user TEXT NOT NULL,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    origin INTEGER NOT NULL -- as text with SessionEvent::cause() behind it, from its '/' on, where an administrator did it
);
CREATE TABLE subscribers (origin INTEGER PRIMARY KEY, until INTEGER NOT NULL);
)",
    // Keys that rotation took away, and the version of each row: a newer program may write newer ones into this file.
    R"(
CREATE TABLE replaced (key TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX replaced_by_time ON replaced (until);
ALTER TABLE sessions ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quarantined ADD COLUMN format;
)",
    // What an application keeps of the visit.
    R"(
ALTER TABLE sessions ADD COLUMN visit TEXT; -- JSON object, empty for none
ALTER TABLE quarantined ADD COLUMN visit;
)",
};

static constexpr qint64 CurrentFormat = std::size(Migrations);

qint64 currentFormat()
{
    return CurrentFormat;
}

static Error olderFormat(const QString &path, qint64 format)
{
    return {Error::Unsupported,
            Error::tr("%1 has the older format %2. Open it once for writing to update it.").arg(path).arg(format)};
}

Error wrongFormat(const QString &path, qint64 format)
{
    if (format <= 0)
        return damagedFile(path);
    if (format < CurrentFormat)
        return olderFormat(path, format);
    return {Error::Unsupported,
            Error::tr("%1 was written by a newer version of Sojourn (format %2, known here: up to %3). Update this program.")
                .arg(path)
                .arg(format)
                .arg(CurrentFormat)};
}

static std::unexpected<Error> takeError(SqliteConnection &db)
{
    return std::unexpected(*db.takeError());
}

namespace {

/// What a file says of itself.
struct FileHeader
{
    qint64 format;
    qint64 application;
    qint64 tables;
};

/// In a transaction, as somebody else may be filling a new file.
FileHeader readHeader(SqliteConnection &db)
{
    return {.format = db.number("PRAGMA user_version"),
            .application = db.number("PRAGMA application_id"),
            .tables = db.number("SELECT count(*) FROM sqlite_master")};
}

/// 0 is an empty file.
Result<qint64> formatOf(const FileHeader &header, SqliteConnection &db)
{
    if (db.hasError())
        return takeError(db);
    const bool hasTables = header.tables != 0;
    const bool isNew = header.application == 0 && header.format == 0 && !hasTables;
    if (header.application != ApplicationId && !isNew)
        return failure(Error::Corrupt,
                       Error::tr("%1 is a database of another program. Choose another file for the sessions.").arg(db.path()));
    if (header.format > CurrentFormat)
        return std::unexpected(wrongFormat(db.path(), header.format));
    if (header.format < 0 || (header.format > 0) != hasTables)
        return std::unexpected(damagedFile(db.path()));
    return header.format;
}

Result<qint64> readFormat(SqliteConnection &db)
{
    db.begin();
    const FileHeader header = readHeader(db);
    db.commit();
    return formatOf(header, db);
}

/// Readers must never wait for a writer. The mode is kept in the file, but not in a copy that VACUUM INTO has made.
Result<void> setLogMode(SqliteConnection &db)
{
    const QString mode = db.text("PRAGMA journal_mode = WAL");
    db.number("PRAGMA user_version"); // makes the log and its index: they are looked for once the file is open
    if (db.hasError())
        return takeError(db);
    if (mode != "wal"_L1)
        return std::unexpected(unsharableFolder(db.path()));
    return {};
}

} // namespace

Result<void> checkFormat(SqliteConnection &db)
{
    const auto format = readFormat(db);
    if (!format)
        return std::unexpected(format.error());
    if (*format < CurrentFormat)
        return std::unexpected(olderFormat(db.path(), *format));
    return {};
}

Result<void> prepareFormat(SqliteConnection &db)
{
    auto format = readFormat(db);
    if (!format)
        return std::unexpected(format.error());
    // So that the file can be made smaller step by step. It must be said before anything is in it.
    if (*format == 0)
        db.runScript("PRAGMA auto_vacuum = INCREMENTAL");
    if (const auto set = setLogMode(db); !set && !(*format == CurrentFormat && set.error() == Error::ReadOnly))
        return set; // what may only be read serves as it is
    if (*format == CurrentFormat)
        return {};

    db.begin("BEGIN IMMEDIATE");
    format = formatOf(readHeader(db), db); // another process may have been quicker
    if (!format)
        return std::unexpected(format.error()); // and the connection is closed, so that nothing was written
    for (qint64 from = *format; from < CurrentFormat && !db.hasError(); ++from)
        db.runScript(Migrations[from]);
    db.runScript("PRAGMA application_id = " + QByteArray::number(ApplicationId));
    db.runScript("PRAGMA user_version = " + QByteArray::number(CurrentFormat));
    db.commit();
    if (db.hasError())
        return takeError(db);
    return {};
}

} // namespace Sojourn
