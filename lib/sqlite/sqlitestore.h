// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/sojournsqlite_export.h>

namespace Sojourn {

class SqliteStorePrivate;

/// How an SQLite file is opened.
struct SqliteOptions
{
    /// What a power cut may take.
    enum Synchronous {
        Normal, ///< a crash of the program loses nothing that was acknowledged; a power cut may lose the last moments
        Full    ///< nor does a power cut; every commit waits for the disk
    };

    Synchronous synchronous = Normal; ///< see Synchronous
    int historyLimit = 10'000; ///< lifecycle events that are kept, the newest ones, within SessionStore::HistoryBytes
    bool create = true;        ///< whether a missing file is made (mode 0600)
    /// Nothing is written, neither to the file nor beside it, and writes are Error::ReadOnly. It suffices that this user may read
    /// the file. A file of an earlier format is read from a copy in the folder for temporary files.
    bool readOnly = false;
};

/// Sessions in an SQLite file, shared by any number of processes on one machine.
///
/// One thread of the process commits the changes that wait in one transaction, for all stores that have the file open with the
/// same options; a task is finished once its change is committed. load() reads in the store's thread and never waits for a
/// writer; list(), count() and history() read in a thread of the store. Where waitFor() has only one change to wait for, it is
/// made in the waiting thread, unless commits wait for the disk. Removals of many sessions are made in steps of some
/// milliseconds. An operation that ends with Error::Timeout never happens afterwards, unless the disk stalled in the middle of
/// its commit: nobody can tell then. removeUser(), removeExpired() and compact() have the timeout for each step. A process that
/// is killed has written an operation as a whole or not at all. The file need not be reachable: until it is, operations fail with
/// Error::Unavailable, and then they work. A file that is locked for longer than timeout() is Error::Unavailable too, and so are
/// changes on a full disk: sessions can be read there and ended, for which a file beside the database (-reserve, at most 1 MiB)
/// holds some room while it is in use. So is, within a second, one that was removed or replaced while it was in use; what takes
/// its place (a restored backup) is used from then on, and the log of the old file (-wal) is put aside. Restore by a rename, not
/// in place: nobody can tell that from what other processes write. Behind a symbolic link all this is of the file that it leads
/// to; a link that is made to lead elsewhere counts as a file that was replaced. A file that is no session database, or one of a
/// newer version of this library, is left untouched: Error::Corrupt and Error::Unsupported.
///
/// Use it in the thread of its first operation, and give it a folder that exists. Not for network file systems, which cannot
/// share SQLite's memory.
class SOJOURN_SQLITE_EXPORT SqliteStore final : public SessionStore
{
    Q_OBJECT
public:
    /// Opens \a path in the background; what fails is the answer to the first operation.
    explicit SqliteStore(const QString &path, const SqliteOptions &options = {}, QObject *parent = nullptr);
    /// Commits what waits, at most for timeout(), and finishes its tasks. Emits no signal but destroyed().
    ~SqliteStore() override;

    /// The file as it was given.
    [[nodiscard]] QString path() const;

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override;
    Task<SessionRecord> load(const SessionKey &key) override;
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override;
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override;
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override;
    Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<SessionPage> list(const SessionQuery &query) override;
    Task<qint64> count() override;
    Task<qint64> removeExpired(int limit) override;
    /// Takes empty pages out of the file in steps, while others use it. A file that an earlier version made is written anew, and
    /// writers wait for that.
    Task<qint64> compact() override;
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override;
    /// Events of other processes arrive within some 25 ms of their commit.
    Task<void> subscribe() override;
    Task<QStringList> identities() override;
    [[nodiscard]] bool isReadOnly() const override;

protected:
    bool process(std::chrono::milliseconds timeout) override;

private:
    std::unique_ptr<SqliteStorePrivate> d;
};

} // namespace Sojourn
