// SPDX-License-Identifier: MIT
#include "snapshotstore.h"

#include "snapshotreader.h"
#include <Sojourn/Author>
#include <Sojourn/later_p.h>
#include <Sojourn/memorystore.h>
#include <Sojourn/readonlystore.h>

#include <QtCore/QElapsedTimer>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

class Opening : public std::enable_shared_from_this<Opening>
{
public:
    Opening(std::unique_ptr<SnapshotReader> reader, SnapshotControl control)
        : m_reader(std::move(reader)), m_control(std::move(control)), m_store(std::make_shared<MemoryStore>(0))
    {
        m_store->setSizeLimit(SnapshotReader::MaxRecordSize);
        m_store->setClock([] { return TimePoint(); }); // the time of the export may stand at the end of the file
    }

    Task<std::shared_ptr<SessionStore>> start()
    {
        schedule();
        return m_promise.task();
    }

private:
    void schedule()
    {
        Detail::runLater([self = shared_from_this()] { self->runSlice(); });
    }

    void runSlice()
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < Detail::SliceMilliseconds) {
            const Result<std::optional<SessionRecord>> record = m_reader->next();
            if (!record)
                return m_promise.finish(std::unexpected(record.error()));
            if (!*record)
                return finish();
            ++m_sessions;
            if ((*record)->isExpired(m_reader->header().exportedAt))
                continue;
            const Author::Scope scope{QString()}; // it only shows what is in the file
            const Result<SessionInfo> created = m_store->create(**record).takeResult();
            if (!created && created.error() != Error::Exists)
                return m_promise.finish(std::unexpected(created.error()));
            if (!created)
                return m_promise.finish(
                    failure(Error::Corrupt, Error::tr("Session %1 is in the snapshot twice.").arg((*record)->key.toString())));
        }
        if (m_control.progress)
            m_control.progress({m_sessions, m_reader->fraction()});
        if (m_control.stop.isStopRequested())
            return m_promise.finish(failure(Error::Unavailable, Error::tr("Opening the snapshot was stopped.")));
        schedule();
    }

    void finish()
    {
        const TimePoint exportedAt = m_reader->header().exportedAt;
        m_store->setClock([exportedAt] { return exportedAt; });
        auto readOnly = std::make_shared<ReadOnlyStore>(m_store);
        readOnly->setClock([exportedAt] { return exportedAt; });
        m_promise.finish(std::shared_ptr<SessionStore>(std::move(readOnly)));
    }

    std::unique_ptr<SnapshotReader> m_reader;
    SnapshotControl m_control;
    std::shared_ptr<MemoryStore> m_store;
    TaskPromise<std::shared_ptr<SessionStore>> m_promise;
    qint64 m_sessions = 0;
};

} // namespace

Task<std::shared_ptr<SessionStore>> openSnapshot(const QString &fileName, const SnapshotControl &control)
{
    auto reader = SnapshotReader::open(fileName);
    if (!reader)
        return std::unexpected(reader.error());
    return std::make_shared<Opening>(std::move(*reader), control)->start();
}

} // namespace Sojourn
