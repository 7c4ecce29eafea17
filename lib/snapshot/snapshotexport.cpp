// SPDX-License-Identifier: MIT
#include "gzipdevice_p.h"
#include "snapshotwriter.h"
#include <Sojourn/later_p.h>
#include <Sojourn/nostore_p.h>
#include <Sojourn/pagesize_p.h>

#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

// Kept alive by its pending callbacks.
class Export : public std::enable_shared_from_this<Export>
{
public:
    Export(std::shared_ptr<SessionStore> store, QIODevice *device, const ExportOptions &options, SnapshotControl control)
        : m_store(std::move(store)),
          m_control(std::move(control)),
          m_keys(options.keys),
          m_filter(options.filter),
          m_skipsMissing(options.skipMissing),
          m_writer(device, options.format, {m_store->now(), options.storeUrl})
    {
        // The time of creation never moves, so that no session is met twice.
        m_query.order = SessionQuery::ByCreated;
        m_query.user = options.user;
        m_query.keyPrefix = options.keyPrefix;
        m_query.limit = Detail::FirstPageSize;
        m_query.withData = true;
    }

    Task<ExportSummary> start()
    {
        // Heard at once, even if the store does not answer: nothing of what was written has to stay.
        m_whenStopped.emplace(m_control.stop, [weak = weak_from_this(), dispatcher = QAbstractEventDispatcher::instance()] {
            QMetaObject::invokeMethod(
                dispatcher,
                [weak] {
                    if (const auto self = weak.lock())
                        self->cancel();
                },
                Qt::QueuedConnection);
        });
        if (m_keys.isEmpty())
            receive(m_store->list(m_query));
        else
            loadKeys();
        return m_promise.task();
    }

private:
    // Goes on from the event loop, so that neither the stack nor the time in one call grows with the number of pages.
    void receive(Task<SessionPage> page)
    {
        page.then([self = shared_from_this()](Result<SessionPage> result) {
            Detail::runLater([self, result = std::move(result)] { self->writePage(result); });
        });
    }

    void writePage(const Result<SessionPage> &page)
    {
        if (m_done)
            return;
        if (!page)
            return finish(std::unexpected(page.error()));
        // The store works on the next page while this one is written.
        std::optional<Task<SessionPage>> next;
        if (!page->nextCursor.isEmpty()) {
            m_query.cursor = page->nextCursor;
            m_query.limit = Detail::nextPageSize(*page);
            next = m_store->list(m_query);
        }
        for (const SessionRecord &record : page->records) {
            if (!write(record))
                return;
        }
        report(page->total);
        if (next)
            receive(std::move(*next));
        else
            finish(m_writer.finish());
    }

    void loadKeys()
    {
        if (m_nextKey == m_keys.size())
            return finish(m_writer.finish());
        // One page of keys at a time, all of it in flight; the answers are kept in the order of the keys.
        const qsizetype begin = m_nextKey;
        const qsizetype size = std::min<qsizetype>(Detail::FirstPageSize, m_keys.size() - begin);
        m_loaded.assign(static_cast<size_t>(size), {});
        m_awaited = size;
        m_nextKey += size;
        for (qsizetype i = 0; i < size; ++i) {
            m_store->load(m_keys.at(begin + i)).then([self = shared_from_this(), i](Result<SessionRecord> record) {
                self->m_loaded[static_cast<size_t>(i)] = std::move(record);
                if (--self->m_awaited == 0)
                    Detail::runLater([self] { self->writeLoaded(); });
            });
        }
    }

    void writeLoaded()
    {
        if (m_done)
            return;
        for (const Result<SessionRecord> &record : m_loaded) {
            if (!record && m_skipsMissing && record.error().isAbsence()) {
                ++m_summary.missing;
                continue;
            }
            if (!record)
                return finish(std::unexpected(record.error()));
            if (!write(*record))
                return;
        }
        report(m_keys.size());
        loadKeys();
    }

    bool write(const SessionRecord &record)
    {
        ++m_seen;
        if (m_filter && !m_filter(record))
            return true;
        const Result<bool> written = m_writer.write(record);
        if (!written)
            finish(std::unexpected(written.error()));
        else
            ++(*written ? m_summary.sessions : m_summary.unfit);
        return written.has_value();
    }

    void report(qint64 total) const
    {
        if (m_control.progress && total > 0)
            m_control.progress({m_summary.sessions, std::min(1.0, static_cast<double>(m_seen) / static_cast<double>(total))});
    }

    void cancel()
    {
        m_summary.canceled = true;
        finish({});
    }

    void finish(const Result<void> &result)
    {
        if (std::exchange(m_done, true))
            return;
        m_promise.finish(result ? Result<ExportSummary>(m_summary) : std::unexpected(result.error()));
    }

    std::shared_ptr<SessionStore> m_store;
    SnapshotControl m_control;
    SessionQuery m_query;
    QList<SessionKey> m_keys;
    std::function<bool(const SessionRecord &)> m_filter;
    bool m_skipsMissing;
    std::vector<Result<SessionRecord>> m_loaded;
    qsizetype m_nextKey = 0;
    qsizetype m_awaited = 0; // of m_loaded
    qint64 m_seen = 0;
    bool m_done = false; // what still comes is of no use
    SnapshotWriter m_writer;
    ExportSummary m_summary;
    TaskPromise<ExportSummary> m_promise;
    std::optional<StopCallback> m_whenStopped;
};

} // namespace

Task<ExportSummary> exportSessions(const std::shared_ptr<SessionStore> &store, QIODevice *device, const ExportOptions &options,
                                   const SnapshotControl &control)
{
    return std::make_shared<Export>(Detail::orNoStore(store), device, options, control)->start();
}

Task<ExportSummary> exportToFile(const std::shared_ptr<SessionStore> &store, const QString &fileName,
                                 const ExportOptions &options, const SnapshotControl &control)
{
    const QFileInfo old(fileName);
    if (old.isDir())
        return failure(Error::Invalid,
                       Error::tr("%1 is a folder and cannot be replaced by a snapshot. Choose another name.").arg(fileName));
    std::shared_ptr<QFileDevice> file;
    if (old.exists() && !old.isFile())
        file = std::make_shared<QFile>(fileName);
    else
        file = std::make_shared<QSaveFile>(fileName);
    if (!file->open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return failure(Error::Unavailable, Error::tr("Cannot write the snapshot %1: %2.").arg(fileName, file->errorString()));
    // Like the store itself, a snapshot is nobody else's business.
    if (!old.exists())
        file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    std::shared_ptr<QIODevice> packed;
    if (fileName.endsWith(".gz"_L1, Qt::CaseInsensitive)) {
        auto opened = openGzip(file.get(), QIODevice::WriteOnly);
        if (!opened)
            return std::unexpected(opened.error());
        packed = std::move(*opened);
    }

    const TaskPromise<ExportSummary> promise;
    QIODevice *const device = packed ? packed.get() : file.get();
    exportSessions(store, device, options, control).then([promise, file, packed, fileName](Result<ExportSummary> summary) {
        if (packed)
            packed->close();
        // A QSaveFile that is not committed leaves no trace.
        auto *const replacement = qobject_cast<QSaveFile *>(file.get());
        if (summary && !summary->canceled && !(replacement ? replacement->commit() : file->flush()))
            summary = failure(Error::Unavailable,
                              Error::tr("Cannot write the snapshot %1: %2.").arg(fileName, file->errorString()));
        promise.finish(std::move(summary));
    });
    return promise.task();
}

} // namespace Sojourn
