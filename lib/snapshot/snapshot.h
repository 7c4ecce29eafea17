// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include <Sojourn/sessionstore.h>
#include <Sojourn/stop.h>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace Sojourn {

enum class SnapshotFormat : quint8 {
    Json,     ///< one JSON document
    JsonLines ///< a header line, a record a line, and a line that says how many there were
};

/// JsonLines for names that end in .jsonl or .jsonl.gz, else Json.
[[nodiscard]] SOJOURN_SNAPSHOT_EXPORT SnapshotFormat snapshotFormatOf(const QString &fileName);

/// What a snapshot says of itself.
struct SnapshotHeader
{
    static constexpr int FormatVersion = 1; ///< the version that this library writes

    TimePoint exportedAt{}; ///< when the export began
    QString store = {}; ///< URL of the store it was taken from, without password
};

/// How far long work is.
struct SnapshotProgress
{
    qint64 sessions = 0;  ///< looked at so far
    double fraction = 0;  ///< of the whole work, 0 to 1
};

/// How to watch and stop long work; both are optional.
struct SnapshotControl
{
    std::function<void(const SnapshotProgress &)> progress = {}; ///< called now and then in the thread of the store
    StopToken stop = {}; ///< may be stopped from any thread
};

/// What is exported, and how.
struct ExportOptions
{
    SnapshotFormat format = SnapshotFormat::Json; ///< one JSON document or a line a session
    QString storeUrl = {}; ///< what the header says; give it without password
    std::optional<QString> user = {}; ///< only this user's; an empty one means sessions without a user
    QByteArray keyPrefix = {}; ///< only keys whose text begins so
    QList<SessionKey> keys = {}; ///< if not empty, exactly these sessions in this order; one that is gone is Error::NotFound
    std::function<bool(const SessionRecord &)> filter = {}; ///< if set, only sessions for which it returns true
    bool skipMissing = false; ///< those of \a keys that are gone are left out instead, and counted
};

/// What an export did.
struct ExportSummary
{
    qint64 sessions = 0;   ///< that were written
    qint64 missing = 0;    ///< that ExportOptions::skipMissing left out
    qint64 unfit = 0;      ///< that no snapshot can hold, and so were left out
    bool canceled = false; ///< what was written is not whole
};

/// Writes the sessions of \a store to \a device, which must be open and stay so, in constant memory, those created first first.
///
/// This and the functions below run in the thread of the store, need its event loop and never block it for more than some
/// milliseconds.
SOJOURN_SNAPSHOT_EXPORT Task<ExportSummary> exportSessions(const std::shared_ptr<SessionStore> &store, QIODevice *device,
                                                           const ExportOptions &options = {},
                                                           const SnapshotControl &control = {});

/// The same into a file, through gzip if its name ends in .gz. The file appears whole or, after an error or a stop, not at all;
/// a device or pipe is written to as it is.
SOJOURN_SNAPSHOT_EXPORT Task<ExportSummary> exportToFile(const std::shared_ptr<SessionStore> &store, const QString &fileName,
                                                         const ExportOptions &options = {}, const SnapshotControl &control = {});

/// A session of a snapshot, and what an import would meet.
struct ImportCandidate
{
    const SessionRecord &record; ///< the session in the snapshot
    bool isExpired = false; ///< it is past its deadline and left out
    std::optional<SessionInfo> present = {}; ///< the session of that key in the store, if there is one
};

/// What is imported, and what of sessions that are there already.
struct ImportOptions
{
    /// What becomes of a session whose key the store has.
    enum OnConflict : quint8 {
        Fail,     ///< nothing is written and the import fails with Error::Conflict
        Skip,     ///< the session in the store stays
        Overwrite ///< the session in the file replaces it
    };

    OnConflict onConflict = Fail; ///< see OnConflict
    bool dryRun = false; ///< only look: counts what an import would meet, and is no error where there are conflicts
    /// Called by a dry run with each session of the file, in about their order, in the thread of the store.
    std::function<void(const ImportCandidate &)> preview = {};
};

/// What an import did.
struct ImportSummary
{
    qint64 imported = 0; ///< sessions that were written
    qint64 conflicts = 0; ///< sessions that the store had already: skipped or overwritten
    qint64 expired = 0;   ///< sessions of the file that have expired and were left out
    bool canceled = false; ///< whether it ended early because the caller wished so
};

/// Puts the sessions of the snapshot \a fileName into \a store, under their keys, so that visitors' cookies go on working; each
/// gets a fresh CSRF secret. The whole file is checked before anything is written: Error::Corrupt names the line or path of the
/// first fault, or a session that is in the file twice. Takes 8 bytes of memory a session.
SOJOURN_SNAPSHOT_EXPORT Task<ImportSummary> importSessions(const std::shared_ptr<SessionStore> &store, const QString &fileName,
                                                           const ImportOptions &options = {},
                                                           const SnapshotControl &control = {});

} // namespace Sojourn
