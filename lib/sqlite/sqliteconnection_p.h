// SPDX-License-Identifier: MIT
#pragma once

#include "sqlitefile_p.h"
#include "sqlitelogindex_p.h"
#include "sqlitestore.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <array>
#include <unordered_map>

namespace Sojourn {

class SqliteConnection;

[[nodiscard]] Error damagedFile(const QString &path);
/// For a file system that has no locks, or cannot share memory.
[[nodiscard]] Error unsharableFolder(const QString &path);
[[nodiscard]] Error diskFull(const QString &path);

/// The rows of a statement, or none after an error. The statement is done when this goes.
class SqliteRows
{
public:
    ~SqliteRows()
    {
        if (m_query)
            m_query->finish();
    }
    SqliteRows(SqliteRows &&other) noexcept : m_query(std::exchange(other.m_query, nullptr)), m_connection(other.m_connection) { }
    SqliteRows &operator=(SqliteRows &&) = delete;

    bool next();
    QVariant value(int column) const { return m_query->value(column); }
    qint64 number(int column) const { return value(column).toLongLong(); }
    QString text(int column) const { return value(column).toString(); }
    QByteArray bytes(int column) const { return value(column).toByteArray(); }
    bool isNull(int column) const { return m_query->isNull(column); }

private:
    friend class SqliteConnection;
    SqliteRows(QSqlQuery *query, SqliteConnection &connection) : m_query(query), m_connection(connection) { }

    QSqlQuery *m_query;
    SqliteConnection &m_connection;
};

/// One connection to the file, for use in one thread.
///
/// The first error is kept until takeError(), and statements after it do nothing: code that runs several looks once, at the end.
class SqliteConnection
{
public:
    enum Duty {
        Prepare, ///< makes the file, brings it to the present format, waits some time for locks
        Use      ///< opens a file that is ready, and never waits: neither for locks nor, after a commit, for the disk
    };

    /// How long SQLite waits for a lock before it gives the word back, at first.
    static constexpr std::chrono::milliseconds BusyTimeout{25};

    SqliteConnection(const QString &path, const SqliteOptions &options, Duty duty);
    ~SqliteConnection();
    Q_DISABLE_COPY_MOVE(SqliteConnection)

    [[nodiscard]] QString path() const { return m_path; }
    /// Nothing to do if it is open.
    [[nodiscard]] Result<void> open();
    [[nodiscard]] bool isOpen() const { return m_open; }
    void close();
    /// For an open connection.
    void setBusyTimeout(std::chrono::milliseconds timeout);

    /// Runs a statement with \a values for its question marks. It is prepared once: \a sql must be a literal.
    template<class... Values>
    SqliteRows run(const char *sql, const Values &...values)
    {
        QSqlQuery *query = m_error ? nullptr : prepared(sql);
        if (query) {
            auto place = s_places.begin();
            (query->bindValue(*place++, toVariant(values)), ...);
            query = execute(query);
        }
        return SqliteRows(query, *this);
    }
    /// The same for a statement that is put together for one use.
    SqliteRows runOnce(const QString &sql, const QVariantList &values);
    /// Runs statements without values, separated by semicolons (none within one).
    void runScript(QByteArrayView sql);
    /// The first column of the first row, 0 if there is none.
    template<class... Values>
    qint64 number(const char *sql, const Values &...values)
    {
        SqliteRows rows = run(sql, values...);
        return rows.next() ? rows.number(0) : 0;
    }
    QString text(const char *sql)
    {
        SqliteRows rows = run(sql);
        return rows.next() ? rows.text(0) : QString();
    }
    void begin(const char *sql = "BEGIN");
    /// Undoes the transaction if there is an error.
    void commit();
    void rollback();

    /// What other connections can see of the log, where that can be had without a statement.
    [[nodiscard]] std::optional<SqliteLogIndex::Header> log() const { return m_index ? m_index->read() : std::nullopt; }

    /// What somebody knew of the database when it called hasNews().
    struct Moment
    {
        quint64 epoch = 0;
        quint64 transaction = 0;
        qint64 dataVersion = 0;
        quint64 known = 0;
    };
    /// Whether what was read up to \a last, which this call brings up to date, may have changed without this connection's doing:
    /// another one has committed, a transaction was undone, or the file was opened anew. Costs nothing more than once in a
    /// transaction.
    bool hasNews(Moment *last);
    /// The same but for the commits of this process whose changes are known: takeChanges() tells these.
    bool hasUnknownNews(Moment *last);
    /// What other connections of this process have changed, in its order, up to the last look for news.
    [[nodiscard]] SqliteChanges takeChanges() { return std::exchange(m_changesOfOthers, {}); }
    /// For the transaction that this is in: it changes a record. \a row is how it is to be read from now on, null where that is
    /// to be found out.
    void changes(const SessionKey &key, std::shared_ptr<const SqliteRecord> row = nullptr);

    [[nodiscard]] bool hasError() const { return m_error.has_value(); }
    [[nodiscard]] std::optional<Error> takeError();
    /// Whether the last error was that somebody else holds the lock.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// Whether the last error was that there is no room on the disk.
    [[nodiscard]] bool isFull() const { return m_full; }
    /// Whether the last error was that somebody wrote to a file that SQLite has not locked: to read it again will do.
    [[nodiscard]] bool isStale() const { return m_stale; }
    /// Whether the last error was that the database refused a value, and nothing is wrong with the file.
    [[nodiscard]] bool isRefused() const { return m_refused; }

    static QVariant toVariant(const QVariant &value) { return value; }
    static QVariant toVariant(qint64 number) { return QVariant::fromValue<qlonglong>(number); }
    static QVariant toVariant(TimePoint time) { return toVariant(qint64(time.time_since_epoch().count())); }
    static QVariant toVariant(const std::optional<TimePoint> &time) { return time ? toVariant(*time) : QVariant(); }
    static QVariant toVariant(const SessionKey &key) { return key.toString(); }
    static QVariant toVariant(const QString &text) { return text; }
    static QVariant toVariant(const QByteArray &bytes) { return bytes; }

private:
    friend class SqliteRows;
    QSqlQuery *prepared(const char *sql);
    QSqlQuery *execute(QSqlQuery *query);
    void look(const char *transaction = nullptr);
    bool takeIn(const SqliteLogIndex::Header &header);
    std::pair<bool, bool> newsSince(Moment *last);
    void fail(const Error &error);
    void keepError(const QSqlError &error);
    Result<void> openOnce();
    Result<void> connect();
    Result<QString> chooseForReading();
    Result<QString> copy();
    bool checkFile();
    Result<void> findOrCreateFile() const;

    // What question marks become: Qt makes such names anyway, anew for each value that is bound by number.
    static const std::array<QString, 16> s_places;

    QString m_path;
    QString m_target; // SqliteFile::target() when it was opened
    SqliteOptions m_options;
    std::shared_ptr<SqliteFile> m_file;
    SqliteFileId m_id; // of the file that is open
    QDeadlineTimer m_nextCheck; // of the file, outside of transactions
    quint64 m_generation = 0;
    std::optional<SqliteFileStamp> m_stamp; // of a file that is read without locks
    std::unique_ptr<QTemporaryDir> m_copy;
    bool m_copies = false; // whether the file can only be read from a copy
    Duty m_duty;
    QString m_name;
    std::unordered_map<const char *, QSqlQuery> m_prepared;
    std::unique_ptr<QSqlQuery> m_once;
    std::optional<Error> m_error;
    quint64 m_epoch = 1;
    quint64 m_transaction = 0; // 0 outside of one
    quint64 m_transactions = 0;
    bool m_isWriting = false; // the transaction has the lock for writing
    qint64 m_dataVersion = 0; // when look() was called last
    quint64 m_known = 0; // commits, or runs of them, whose changes are known
    SqliteChanges m_changes; // of the transaction
    SqliteChanges m_changesOfOthers;
    std::shared_ptr<SqliteLogIndex> m_index;
    std::optional<SqliteLogIndex::Header> m_header; // before m_dataVersion was read
    std::chrono::milliseconds m_busyTimeout = BusyTimeout;
    bool m_busy = false;
    bool m_stale = false;
    bool m_full = false;
    bool m_refused = false;
    bool m_broken = false;
    bool m_open = false;
};

} // namespace Sojourn
