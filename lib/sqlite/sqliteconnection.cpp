// SPDX-License-Identifier: MIT
#include "sqliteconnection_p.h"

#include "sqliteformat_p.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>
#include <QtSql/QSqlError>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

// Outside of transactions. Less than the second within which another file must be noticed, also where no timer runs.
constexpr auto CheckInterval = std::chrono::milliseconds(250);

QString uri(const QString &path, QLatin1StringView options)
{
    return QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded()) + u'?' + options;
}

// Known changes that wait for somebody who asks for them; of more it is only known that there are some.
constexpr size_t MostChanges = 512;

// Primary result codes of SQLite, https://www.sqlite.org/rescode.html
enum SqliteCode {
    Permission = 3, // only locks are refused with it
    Busy = 5,
    Locked = 6,
    ReadOnlyFile = 8,
    IoError = 10,
    CorruptFile = 11,
    Full = 13,
    CannotOpen = 14,
    Protocol = 15, // locks contradict each other
    Constraint = 19,
    NotADatabase = 26
};

// Of IoError: locks and memory that processes share do not work (UNLOCK, RDLOCK, CHECKRESERVEDLOCK, LOCK, SHMLOCK, SHMMAP).
constexpr int SharingErrors[] = {2058, 2314, 3594, 3850, 5130, 5386};
// Of IoError: WRITE, as where a quota is used up, and SHMSIZE.
constexpr int WriteError = 778;
constexpr int SharedSizeError = 4874;

Error explain(int extendedCode, const QString &details, const QString &path)
{
    const int code = extendedCode & 0xff;
    switch (code) {
    case Permission:
    case Protocol:
        return unsharableFolder(path);
    case Busy:
    case Locked:
        return {Error::Unavailable, Error::tr("%1 is locked by another program. Try again when that has finished.").arg(path)};
    case ReadOnlyFile:
        return {Error::ReadOnly,
                Error::tr("%1 is write-protected. Make the file and its folder writable for this user.").arg(path)};
    case Full:
        return diskFull(path);
    case CannotOpen:
        return {
            Error::Unavailable,
            Error::tr("%1 cannot be opened. Check that it is a file, and that this user may read and write it and its folder.")
                .arg(path)};
    case IoError:
        if (std::ranges::find(SharingErrors, extendedCode) != std::end(SharingErrors))
            return unsharableFolder(path);
        if (extendedCode == SharedSizeError)
            return diskFull(path);
        return {Error::Unavailable, Error::tr("%1 cannot be read or written: %2. Check its disk.").arg(path, details)};
    case NotADatabase:
        return {Error::Corrupt, Error::tr("%1 is no SQLite database. Choose another file for the sessions.").arg(path)};
    case CorruptFile:
        return damagedFile(path);
    default:
        return {Error::Unavailable, Error::tr("%1 does not work: %2.").arg(path, details)};
    }
}

} // namespace

Error damagedFile(const QString &path)
{
    return {Error::Corrupt,
            Error::tr("%1 is damaged. Restore it from a backup, or repair it with sqlite3's .recover.").arg(path)};
}

Error unsharableFolder(const QString &path)
{
    return {Error::Unavailable,
            Error::tr("%1 lies on a file system without locks or shared memory, as some network file systems are."
                      " Choose a folder on a local disk.")
                .arg(path)};
}

Error diskFull(const QString &path)
{
    return {Error::Unavailable, Error::tr("The disk of %1 is full. Free some space on it.").arg(path)};
}

const std::array<QString, 16> SqliteConnection::s_places = [] {
    std::array<QString, 16> names;
    for (size_t i = 0; i < names.size(); ++i)
        names[i] = u":v%1"_s.arg(i);
    return names;
}();

bool SqliteRows::next()
{
    if (m_query && m_query->next())
        return true;
    if (m_query && m_query->lastError().isValid())
        m_connection.keepError(m_query->lastError());
    return false;
}

SqliteConnection::SqliteConnection(const QString &path, const SqliteOptions &options, Duty duty)
    : m_path(path), m_options(options), m_file(SqliteFile::at(path)), m_duty(duty)
{
    static std::atomic<quint64> s_count = 0;
    m_name = u"sojourn-%1"_s.arg(++s_count);
}

SqliteConnection::~SqliteConnection()
{
    close();
}

Result<void> SqliteConnection::open()
{
    if (m_open)
        return {};
    m_copies = false;
    Result<void> opened = openOnce();
    if (!opened && m_options.readOnly && opened.error() != Error::Corrupt
        && SqliteFileId::of(QFile::encodeName(m_path)).isValid()) {
        // What SQLite needs beside the file is missing and cannot be made, or the format is an earlier one.
        m_copies = true;
        opened = openOnce();
    }
    return opened;
}

Result<void> SqliteConnection::openOnce()
{
    m_busy = m_refused = m_stale = m_full = false;
    m_generation = m_file->generation();
    const auto before = m_file->enter(m_options.readOnly);
    if (!before)
        return std::unexpected(before.error());
    m_target = m_file->target();
    Result<void> opened = connect();
    if (opened) {
        // First, as a new file waits for the disk less often then.
        runScript(m_options.synchronous == SqliteOptions::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        runScript("PRAGMA cache_size = -8000");
        if (m_duty == Use)
            runScript("PRAGMA wal_autocheckpoint = 0");
        opened = m_copy || (m_duty == Prepare && !m_options.readOnly) ? prepareFormat(*this) : checkFormat(*this);
    }
    m_id = SqliteFileId::of(QFile::encodeName(m_target));
    if (opened && (!m_id.isValid() || (before->isValid() && *before != m_id)))
        opened = std::unexpected(m_file->gone());
    if (opened) {
        m_file->opened(m_id);
        m_open = true;
    } else {
        close();
    }
    return opened;
}

Result<void> SqliteConnection::connect()
{
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s))
        return failure(Error::Unsupported,
                       Error::tr("Qt's driver for SQLite is missing. On Debian and Ubuntu: apt install libqt6sql6-sqlite"));
    if (const auto found = findOrCreateFile(); !found)
        return found;
    // As an URI, so that SQLite never makes the file: it would be readable for everybody.
    const auto name = m_options.readOnly ? chooseForReading() : uri(m_target, "mode=rw"_L1);
    if (!name)
        return std::unexpected(name.error());
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    database.setDatabaseName(*name);
    database.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1"_s.arg(m_duty == Prepare ? BusyTimeout.count() : 0));
    if (!database.open())
        return std::unexpected(explain(database.lastError().nativeErrorCode().toInt(), database.lastError().databaseText(),
                                       m_path));
    return {};
}

/// How to open the file so that SQLite writes nothing.
Result<QString> SqliteConnection::chooseForReading()
{
    m_stamp = m_file->stamp();
    const bool hasLog = m_stamp->log.size > 0 && !m_file->hasForeignLog();
    // In a copy SQLite undoes what was never committed.
    if (m_copies || m_stamp->journal.size > 0 || (hasLog && !QFile::exists(m_target + "-shm"_L1)))
        return copy();
    if (!hasLog) // with "mode=ro" SQLite would make one
        return uri(m_target, "mode=ro&immutable=1"_L1);
    m_stamp.reset(); // SQLite's locks are enough
    return uri(m_target, "mode=ro&readonly_shm=1"_L1);
}

/// To read what must be written to before, from a copy.
Result<QString> SqliteConnection::copy()
{
    auto folder = std::make_unique<QTemporaryDir>();
    const QString name = folder->filePath(u"sessions.db"_s);
    const bool hasLog = m_stamp->log.size > 0 && !m_file->hasForeignLog();
    const auto copied = [&](QLatin1StringView suffix) { return QFile::copy(m_target + suffix, name + suffix); };
    if (!copied(""_L1) || (hasLog && !copied("-wal"_L1)) || (m_stamp->journal.size > 0 && !copied("-journal"_L1)))
        return failure(Error::Unavailable,
                       Error::tr("%1 cannot be read. Check that this user may read it, and that there is room for a copy in %2.")
                           .arg(m_path, QDir::tempPath()));
    if (m_file->stamp() != m_stamp)
        return failure(Error::Unavailable, Error::tr("%1 is being written to. Try again later.").arg(m_path));
    for (const auto suffix : {""_L1, "-wal"_L1, "-journal"_L1})
        QFile::setPermissions(name + suffix, QFile::ReadOwner | QFile::WriteOwner);
    m_copy = std::move(folder);
    return uri(name, "mode=rw"_L1);
}

Result<void> SqliteConnection::findOrCreateFile() const
{
    // Smaller than the smallest page; SQLite would take a very short file for an empty database.
    static constexpr qint64 smallest = 512;
    QFile file(m_target);
    if (file.exists()) {
        // Not by reading it: to close the file would drop the locks that this process has on it through other connections, and
        // another process would take away the log that they use (https://www.sqlite.org/howtocorrupt.html, 2.2).
        if (file.size() > 0 && file.size() < smallest)
            return std::unexpected(explain(NotADatabase, {}, m_path));
        return {};
    }
    if (!m_options.create || m_options.readOnly || m_duty == Use)
        return failure(Error::Unavailable, Error::tr("There is no file %1. Check the path.").arg(m_path));
    // SQLite gives its -wal and -shm files the same permissions.
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner) || file.exists())
        return {};
    return failure(Error::Unavailable,
                   Error::tr("%1 cannot be made: %2. Check that its folder exists and that this user may write there.")
                       .arg(m_path, file.errorString()));
}

void SqliteConnection::close()
{
    m_open = false;
    m_broken = false;
    m_transaction = 0;
    m_dataVersion = 0;
    ++m_epoch;
    m_busyTimeout = BusyTimeout;
    m_prepared.clear();
    m_once.reset();
    if (QSqlDatabase::contains(m_name))
        QSqlDatabase::removeDatabase(m_name);
    m_index.reset(); // after SQLite has gone
    m_header.reset();
    m_changes.clear();
    m_changesOfOthers.clear();
    m_stamp.reset();
    m_copy.reset();
}

void SqliteConnection::setBusyTimeout(std::chrono::milliseconds timeout)
{
    if (std::exchange(m_busyTimeout, timeout) != timeout)
        runScript("PRAGMA busy_timeout = " + QByteArray::number(qint64(timeout.count())));
}

QSqlQuery *SqliteConnection::prepared(const char *sql)
{
    if (const auto it = m_prepared.find(sql); it != m_prepared.end())
        return &it->second;
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    QString text = QString::fromLatin1(sql);
    // NOLINTNEXTLINE(bugprone-infinite-loop): each round takes a question mark away
    for (size_t place = 0; const qsizetype at = text.indexOf(u'?') + 1; ++place)
        text.replace(at - 1, 1, s_places.at(place));
    if (!query.prepare(text)) {
        keepError(query.lastError());
        return nullptr;
    }
    return &m_prepared.emplace(sql, std::move(query)).first->second;
}

QSqlQuery *SqliteConnection::execute(QSqlQuery *query)
{
    if (query->exec())
        return query;
    keepError(query->lastError());
    query->finish();
    return nullptr;
}

SqliteRows SqliteConnection::runOnce(const QString &sql, const QVariantList &values)
{
    if (m_error)
        return SqliteRows(nullptr, *this);
    Q_ASSERT(!m_once || !m_once->isActive()); // or its rows would be read from nothing
    m_once = std::make_unique<QSqlQuery>(QSqlDatabase::database(m_name, false));
    m_once->setForwardOnly(true);
    if (!m_once->prepare(sql)) {
        keepError(m_once->lastError());
        return SqliteRows(nullptr, *this);
    }
    for (const QVariant &value : values)
        m_once->addBindValue(value);
    return SqliteRows(execute(m_once.get()), *this);
}

void SqliteConnection::runScript(QByteArrayView sql)
{
    for (const QByteArray &statement : sql.toByteArray().split(';')) {
        if (!statement.trimmed().isEmpty())
            runOnce(QString::fromLatin1(statement), {});
    }
}

void SqliteConnection::begin(const char *sql)
{
    run(sql);
    m_nextCheck = {};
    look(sql);
    m_transaction = m_error ? 0 : ++m_transactions;
    m_isWriting = m_transaction != 0 && QLatin1StringView(sql) == "BEGIN IMMEDIATE"_L1;
    m_changes.clear();
}

void SqliteConnection::changes(const SessionKey &key, std::shared_ptr<const SqliteRecord> row)
{
    m_changes.push_back({key, std::move(row)});
}

void SqliteConnection::commit()
{
    if (m_open && !m_error)
        checkFile();
    run("COMMIT");
    m_transaction = 0;
    if (m_error) {
        rollback();
    } else if (m_isWriting && m_index && m_header) { // that was the header when it took the lock
        if (const auto header = m_index->committed(*m_header, std::exchange(m_changes, {})))
            m_header = header;
    }
}

/// Whether the file at the path is still the one that is open; an error if not.
bool SqliteConnection::checkFile()
{
    m_nextCheck.setRemainingTime(CheckInterval);
    if (m_stamp) {
        if (m_file->stamp() == *m_stamp)
            return true;
        fail({Error::Unavailable, Error::tr("%1 is being written to. Try again later.").arg(m_path)});
        m_stale = true;
        return false;
    }
    if (m_file->isStill(m_id))
        return true;
    fail(m_file->gone());
    return false;
}

void SqliteConnection::rollback()
{
    // Many errors have ended the transaction already, and then this is one more.
    QSqlQuery(QSqlDatabase::database(m_name, false)).exec(u"ROLLBACK"_s);
    m_transaction = 0;
    ++m_epoch;
}

/// Finds out whether another connection has committed, and whether that was a newer program's. \a transaction is how the one
/// began that this is in.
void SqliteConnection::look(const char *transaction)
{
    if (m_error || !m_open)
        return;
    const bool isDue = m_stamp || m_generation != m_file->generation() || m_nextCheck.hasExpired();
    if (isDue && !checkFile())
        return;
    // Nobody can commit after this look, or it does not matter. A deferred transaction begins to see the database with its first
    // statement only, which must be the one that tells what it sees.
    const bool isDeferred = transaction && QLatin1StringView(transaction) == "BEGIN"_L1;
    const auto header = log();
    if (!isDeferred && header && (header == m_header || takeIn(*header)))
        return;
    const qint64 before = std::exchange(m_dataVersion, number("PRAGMA data_version"));
    m_header = m_error ? std::nullopt : header;
    if (m_dataVersion == before || m_error)
        return;
    if (!m_index && !m_options.readOnly) // a file that was in no log mode may be in it now
        m_index = SqliteLogIndex::of(m_target);
    if (const qint64 format = number("PRAGMA user_version"); !m_error && format != currentFormat()) {
        fail(wrongFormat(m_path, format));
    }
}

/// Whether nobody but this process has committed since m_header, and it is known what.
bool SqliteConnection::takeIn(const SqliteLogIndex::Header &header)
{
    auto changes = m_index && m_header ? m_index->changesBetween(*m_header, header) : std::nullopt;
    if (!changes || m_changesOfOthers.size() + changes->size() > MostChanges)
        return false;
    std::ranges::move(*changes, std::back_inserter(m_changesOfOthers));
    m_header = header;
    ++m_known;
    return true;
}

/// Whether there is news, and whether some of it is unknown.
std::pair<bool, bool> SqliteConnection::newsSince(Moment *last)
{
    if (m_transaction != 0 && last->transaction == m_transaction)
        return {false, false};
    if (m_transaction == 0)
        look();
    const Moment now{m_epoch, m_transaction, m_dataVersion, m_known};
    const Moment before = std::exchange(*last, now);
    const bool isUnknown = before.epoch != now.epoch || before.dataVersion != now.dataVersion;
    return {isUnknown || before.known != now.known, isUnknown};
}

bool SqliteConnection::hasNews(Moment *last)
{
    return newsSince(last).first;
}

bool SqliteConnection::hasUnknownNews(Moment *last)
{
    return newsSince(last).second;
}

/// For an error after which the file must be opened anew.
void SqliteConnection::fail(const Error &error)
{
    m_busy = m_refused = m_stale = m_full = false;
    m_broken = true;
    m_error = error;
}

void SqliteConnection::keepError(const QSqlError &error)
{
    if (m_error)
        return;
    const int extended = error.nativeErrorCode().toInt();
    const int code = extended & 0xff;
    m_stale = false;
    m_busy = code == Busy || code == Locked;
    m_full = code == Full || extended == WriteError || extended == SharedSizeError;
    m_refused = code == Constraint;
    m_broken = code == IoError || code == CorruptFile || code == CannotOpen || code == NotADatabase;
    m_error = explain(extended, error.databaseText(), m_path);
}

std::optional<Error> SqliteConnection::takeError()
{
    // What is read without a lock is true if nobody wrote meanwhile.
    if (m_stamp && m_open && !m_error)
        checkFile();
    if (m_broken)
        close();
    return std::exchange(m_error, std::nullopt);
}

} // namespace Sojourn
