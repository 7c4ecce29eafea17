// SPDX-License-Identifier: MIT
#include "sqlitelogindex_p.h"

#include <QtCore/QFile>

#include <algorithm>
#include <atomic>
#include <map>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn {

#ifdef Q_OS_UNIX

namespace {

constexpr size_t MappedSize = sizeof(SqliteLogIndex::Header);
// In the header's first word.
constexpr quint32 KnownVersion = 3'007'000;

using FileKey = std::pair<quint64, quint64>; // device and number

std::mutex indexMutex;
std::map<FileKey, std::weak_ptr<SqliteLogIndex>> usedIndexes;
// Descriptors that nobody uses. To close one would drop the locks that SQLite has on the file through others in this process, so
// they stay until SQLite has removed the file.
std::multimap<FileKey, int> unusedDescriptors;

FileKey keyOf(const SqliteFileId &id)
{
    return {id.device, id.number};
}

void closeRemoved()
{
    std::erase_if(unusedDescriptors, [](const auto &entry) {
        struct stat status;
        const bool isRemoved = fstat(entry.second, &status) != 0 || status.st_nlink == 0;
        if (isRemoved)
            close(entry.second);
        return isRemoved;
    });
}

/// A descriptor for the file with this \a id, still among the unused ones.
std::multimap<FileKey, int>::iterator descriptorOf(const SqliteFileId &id, const QByteArray &path)
{
    if (const auto kept = unusedDescriptors.find(keyOf(id)); kept != unusedDescriptors.end())
        return kept;
    const int descriptor = open(path.constData(), O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0)
        return unusedDescriptors.end();
    // Another file may be there by now.
    const SqliteFileId opened{quint64(status.st_dev), quint64(status.st_ino)};
    const auto place = unusedDescriptors.emplace(keyOf(opened), descriptor);
    return opened == id && status.st_size >= off_t(MappedSize) ? place : unusedDescriptors.end();
}

} // namespace

std::shared_ptr<SqliteLogIndex> SqliteLogIndex::of(const QString &path)
{
    const QByteArray name = QFile::encodeName(path + "-shm"_L1);
    const SqliteFileId id = SqliteFileId::of(name);
    if (!id.isValid())
        return nullptr;
    const std::lock_guard lock(indexMutex);
    if (auto index = usedIndexes[keyOf(id)].lock())
        return index;
    closeRemoved();
    const auto place = descriptorOf(id, name);
    const void *memory = place == unusedDescriptors.end() ? MAP_FAILED
                                                          : mmap(nullptr, MappedSize, PROT_READ, MAP_SHARED, place->second, 0);
    if (memory == MAP_FAILED)
        return nullptr;
    const auto index = std::make_shared<SqliteLogIndex>(id, place->second, memory);
    unusedDescriptors.erase(place);
    usedIndexes[keyOf(id)] = index;
    return index;
}

SqliteLogIndex::SqliteLogIndex(const SqliteFileId &id, int descriptor, const void *memory)
    : m_id(id), m_descriptor(descriptor), m_memory(memory)
{ }

SqliteLogIndex::~SqliteLogIndex()
{
    munmap(const_cast<void *>(m_memory), MappedSize);
    const std::lock_guard lock(indexMutex);
    if (const auto it = usedIndexes.find(keyOf(m_id)); it != usedIndexes.end() && it->second.expired())
        usedIndexes.erase(it);
    unusedDescriptors.emplace(keyOf(m_id), m_descriptor);
    closeRemoved();
}

std::optional<SqliteLogIndex::Header> SqliteLogIndex::read() const
{
    const auto *words = static_cast<const volatile quint32 *>(m_memory);
    Header header;
    for (size_t i = 0; i < header.size(); ++i)
        header[i] = words[i];
    std::atomic_thread_fence(std::memory_order_acquire);
    if (header[0] != KnownVersion)
        return std::nullopt;
    return header;
}

#else

std::shared_ptr<SqliteLogIndex> SqliteLogIndex::of(const QString &)
{
    return nullptr;
}

SqliteLogIndex::SqliteLogIndex(const SqliteFileId &id, int descriptor, const void *memory)
    : m_id(id), m_descriptor(descriptor), m_memory(memory)
{ }

SqliteLogIndex::~SqliteLogIndex() = default;

std::optional<SqliteLogIndex::Header> SqliteLogIndex::read() const
{
    return std::nullopt;
}

#endif

std::optional<SqliteLogIndex::Header> SqliteLogIndex::committed(const Header &before, SqliteChanges changes)
{
    // Counts the commits of all processes.
    constexpr size_t Counter = 2;
    const std::optional<Header> after = read();
    if (!after || (*after)[Counter] != before[Counter] + 1)
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    if (m_commits.size() == MostCommits)
        m_commits.pop_front();
    m_commits.push_back({before, *after, std::move(changes)});
    return after;
}

std::optional<SqliteChanges> SqliteLogIndex::changesBetween(const Header &before, const Header &after) const
{
    const std::lock_guard lock(m_mutex);
    auto commit = std::ranges::find(m_commits, before, &Commit::before);
    SqliteChanges changes;
    for (Header reached = before; commit != m_commits.end() && commit->before == reached; ++commit) {
        changes.insert(changes.end(), commit->changes.begin(), commit->changes.end());
        reached = commit->after;
        if (reached == after)
            return changes;
    }
    return std::nullopt;
}

} // namespace Sojourn
