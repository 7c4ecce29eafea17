// SPDX-License-Identifier: MIT
#include "sqlitefile_p.h"

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QHash>
#include <QtCore/QLockFile>
#include <QtCore/QTemporaryFile>

#include <filesystem>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn {

Q_LOGGING_CATEGORY(lcSqlite, "sojourn.sqlite", QtWarningMsg)

namespace {

SqliteFileStamp::Part partAt(const QByteArray &path)
{
#ifdef Q_OS_UNIX
    struct stat status;
    if (stat(path.constData(), &status) != 0)
        return {};
#ifdef Q_OS_DARWIN
    const timespec modified = status.st_mtimespec;
#else
    const timespec modified = status.st_mtim;
#endif
    return {{quint64(status.st_dev), quint64(status.st_ino)},
            qint64(status.st_size),
            qint64(modified.tv_sec) * 1'000'000'000 + modified.tv_nsec};
#else
    const QFileInfo info(QFile::decodeName(path));
    if (!info.exists())
        return {};
    return {{1, quint64(info.birthTime().toMSecsSinceEpoch())}, info.size(), info.lastModified().toMSecsSinceEpoch()};
#endif
}

/// The same without links among its folders: the file need not exist.
QString inRealFolder(const QFileInfo &info)
{
    const QString folder = QFileInfo(info.path()).canonicalFilePath();
    return folder.isEmpty() ? info.absoluteFilePath() : folder + u'/' + info.fileName();
}

/// The name of the file to which \a path leads at last, which need not exist.
QString withoutLinks(const QString &path)
{
    static constexpr int mostLinks = 40; // as many as Linux follows
    QFileInfo info(path);
    std::error_code error;
    for (int links = 0; links < mostLinks && info.isSymLink(); ++links)
        info.setFile(info.filesystemPath() / std::filesystem::read_symlink(info.filesystemFilePath(), error));
    return inRealFolder(info);
}

} // namespace

SqliteFileId SqliteFileId::of(const QByteArray &path)
{
    return partAt(path).id;
}

void SqliteFile::Hold::take(const QByteArray &path)
{
    const SqliteFileId found = SqliteFileId::of(path);
    if (found == id)
        return;
    release();
    id = found;
#ifdef O_PATH
    // To close any other descriptor would drop the locks that SQLite has on the file.
    m_descriptor = open(path.constData(), O_PATH | O_CLOEXEC);
#endif
}

void SqliteFile::Hold::release()
{
    id = {};
#ifdef O_PATH
    if (m_descriptor >= 0)
        close(std::exchange(m_descriptor, -1));
#endif
}

std::shared_ptr<SqliteFile> SqliteFile::at(const QString &path)
{
    static std::mutex mutex;
    static QHash<QString, std::weak_ptr<SqliteFile>> files;
    const QString name = inRealFolder(QFileInfo(path)); // not that of what it leads to, which may change
    const std::lock_guard lock(mutex);
    std::shared_ptr<SqliteFile> file = files.value(name).lock();
    if (!file) {
        files.removeIf([](const auto &entry) { return entry.value().expired(); });
        file = std::make_shared<SqliteFile>(path);
        files.insert(name, file);
    }
    return file;
}

SqliteFile::SqliteFile(const QString &path) : m_path(path), m_link(QFile::encodeName(path))
{
    resolve();
}

SqliteFile::~SqliteFile() = default;

Result<SqliteFileId> SqliteFile::enter(bool readOnly)
{
    std::unique_lock lock(m_mutex);
    resolve();
    const SqliteFileId found = SqliteFileId::of(m_database);
    const SqliteFileId used = m_usedDatabase.id;
    if (!used.isValid())
        return found;
    if (!found.isValid()) {
        lock.unlock();
        return std::unexpected(gone());
    }
    if (found == used) {
        m_isNoticed = false; // it may have been moved away and back
    } else {
        notice(found);
        m_hasForeignLog = m_usedLog.id.isValid() && SqliteFileId::of(m_log) == m_usedLog.id;
        if (!readOnly) {
            putLogAside();
            m_usedDatabase.release();
            m_isNoticed = false;
        }
    }
    return found;
}

void SqliteFile::opened(const SqliteFileId &id)
{
    const std::lock_guard lock(m_mutex);
    if (SqliteFileId::of(m_link) != id || SqliteFileId::of(m_database) != id)
        return;
    m_usedDatabase.take(m_database);
    m_usedLog.take(m_log);
    m_usedIndex.take(m_index);
}

bool SqliteFile::isStill(const SqliteFileId &id)
{
    const SqliteFileId found = SqliteFileId::of(m_link);
    if (found == id)
        return true;
    const std::lock_guard lock(m_mutex);
    if (id == m_usedDatabase.id)
        notice(found);
    return false;
}

bool SqliteFile::isCurrent()
{
    std::unique_lock lock(m_mutex);
    const SqliteFileId used = m_usedDatabase.id;
    lock.unlock();
    return !used.isValid() || isStill(used);
}

void SqliteFile::notice(const SqliteFileId &found)
{
    if (std::exchange(m_isNoticed, true))
        return;
    ++m_generation;
    if (found.isValid())
        qCWarning(lcSqlite,
                  "The session database %ls was replaced by another file while it was in use. From now on its sessions come from "
                  "the new file. Before you restore a backup, stop the programs that use the file.",
                  qUtf16Printable(m_path));
    else
        qCWarning(lcSqlite,
                  "The session database %ls was removed while it was in use. Put it back, from a backup for example, or restart "
                  "this program to begin with an empty one.",
                  qUtf16Printable(m_path));
}

Error SqliteFile::gone() const
{
    if (SqliteFileId::of(m_link).isValid())
        return {Error::Unavailable, Error::tr("%1 was replaced by another file. Try again to use that one.").arg(m_path)};
    return {
        Error::Unavailable,
        Error::tr("%1 was removed. Put it back, from a backup for example, or restart this program to begin with an empty one.")
            .arg(m_path)};
}

bool SqliteFile::hasForeignLog() const
{
    const std::lock_guard lock(m_mutex);
    return m_hasForeignLog && SqliteFileId::of(m_log) == m_usedLog.id;
}

bool SqliteFile::canLock() const
{
#ifdef Q_OS_UNIX
    QTemporaryFile file(target() + "-lock-XXXXXX"_L1);
    if (!file.open())
        return true;
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(file.handle(), F_SETLK, &lock) == 0;
#else
    return true;
#endif
}

SqliteFileStamp SqliteFile::stamp() const
{
    const std::lock_guard lock(m_mutex);
    return {partAt(m_link), partAt(m_log), partAt(m_journal)};
}

QString SqliteFile::target() const
{
    const std::lock_guard lock(m_mutex);
    return m_target;
}

void SqliteFile::resolve()
{
    m_target = withoutLinks(m_path);
    m_database = QFile::encodeName(m_target);
    m_log = m_database + "-wal";
    m_index = m_database + "-shm";
    m_journal = m_database + "-journal";
}

/// Keeps what the old file's log holds: the old file may still be somewhere.
void SqliteFile::putLogAside()
{
    // Another process may do the same and open the new file in between.
    QLockFile alone(m_target + "-restore"_L1);
    (void)alone.tryLock(100);
    const QString log = QFile::decodeName(m_log);
    if (m_usedLog.id.isValid() && SqliteFileId::of(m_log) == m_usedLog.id) {
        const QString aside = log + ".old"_L1;
        QFile::remove(aside);
        if (QFile::rename(log, aside))
            qCWarning(lcSqlite, "What the replaced session database had not yet taken over from its log was put aside as %ls.",
                      qUtf16Printable(aside));
        else
            QFile::remove(log);
    }
    if (m_usedIndex.id.isValid() && SqliteFileId::of(m_index) == m_usedIndex.id)
        QFile::remove(QFile::decodeName(m_index));
    m_usedLog.release();
    m_usedIndex.release();
    m_hasForeignLog = false;
}

} // namespace Sojourn
