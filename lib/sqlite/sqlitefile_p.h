// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>

#include <QtCore/QLoggingCategory>

#include <atomic>
#include <memory>
#include <mutex>

namespace Sojourn {

Q_DECLARE_LOGGING_CATEGORY(lcSqlite)

/// Which file a path names, whatever is in it. Invalid for none.
struct SqliteFileId
{
    quint64 device = 0;
    quint64 number = 0;

    [[nodiscard]] bool isValid() const { return number != 0; }
    /// Where the system has no such numbers, an open file cannot be replaced either: then the time of its creation will do.
    [[nodiscard]] static SqliteFileId of(const QByteArray &path);

    friend bool operator==(const SqliteFileId &a, const SqliteFileId &b) = default;
};

/// How the files of a database look from outside. What is equal has not been written to.
struct SqliteFileStamp
{
    struct Part
    {
        SqliteFileId id;
        qint64 size = 0;
        qint64 modified = 0; ///< nanoseconds where the system has them

        friend bool operator==(const Part &a, const Part &b) = default;
    };
    Part database;
    Part log;
    Part journal; ///< of a database that is in no log mode, while it is written to: what undoes that

    friend bool operator==(const SqliteFileStamp &a, const SqliteFileStamp &b) = default;
};

/// What this process knows of the file at a path: shared by all connections to it. All functions are thread-safe.
///
/// A file may be replaced while programs use it, by a restored backup for example. Their connections would go on writing to the
/// old one, and SQLite would copy the log (-wal) of the old file into the new one, which destroys it. So connections ask here
/// whether the path still names their file, and before another file is opened the old log is put aside.
class SqliteFile
{
public:
    /// The one of \a path, an absolute path, in this process.
    [[nodiscard]] static std::shared_ptr<SqliteFile> at(const QString &path);
    explicit SqliteFile(const QString &path);
    ~SqliteFile();
    Q_DISABLE_COPY_MOVE(SqliteFile)

    /// Rises when it is noticed that a file that was used is at the path no more.
    [[nodiscard]] quint64 generation() const { return m_generation.load(std::memory_order_acquire); }
    /// For who is about to open the path: puts the log of another file that was used before aside, unless \a readOnly. Invalid
    /// where no file was ever used; Error::Unavailable if the one that was used has been removed: an empty one in its place would
    /// log everybody out.
    [[nodiscard]] Result<SqliteFileId> enter(bool readOnly);
    /// For who has opened file \a id and used its log.
    void opened(const SqliteFileId &id);
    /// Whether the path still names \a id. If not this is logged once.
    [[nodiscard]] bool isStill(const SqliteFileId &id);
    /// The same for the file that was opened last.
    [[nodiscard]] bool isCurrent();
    /// What to tell those who used a file that is at the path no more.
    [[nodiscard]] Error gone() const;
    /// Whether a log that is not the file's own lies beside it.
    [[nodiscard]] bool hasForeignLog() const;
    /// Whether the folder's file system has locks, found out with another file. SQLite says "locked" where it has none. True if
    /// that cannot be found out.
    [[nodiscard]] bool canLock() const;

    [[nodiscard]] SqliteFileStamp stamp() const;
    /// Behind symbolic links, as who was the last to enter() found it: SQLite keeps the log and the rest beside that one.
    [[nodiscard]] QString target() const;

private:
    /// Keeps the number of a file from being given to another one.
    class Hold
    {
    public:
        ~Hold() { release(); }
        void take(const QByteArray &path);
        void release();
        SqliteFileId id;

    private:
        int m_descriptor = -1;
    };

    void resolve();
    void notice(const SqliteFileId &found);
    void putLogAside();

    const QString m_path;
    const QByteArray m_link; // the same as the system wants it
    std::atomic<quint64> m_generation = 0;
    mutable std::mutex m_mutex;
    QString m_target;
    QByteArray m_database; // names of the target and the files beside it as the system wants them
    QByteArray m_log;
    QByteArray m_index;
    QByteArray m_journal;
    Hold m_usedDatabase;
    Hold m_usedLog;
    Hold m_usedIndex;
    bool m_isNoticed = false; // that the used file is at the path no more
    bool m_hasForeignLog = false;
};

} // namespace Sojourn
