// SPDX-License-Identifier: MIT
#include "snapshotreader.h"
#include <Sojourn/later_p.h>
#include <Sojourn/nostore_p.h>
#include <Sojourn/random_p.h>
#include <Sojourn/recordrules_p.h>

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

// Reads the file first to check it, without the store, which a bad file must not even create; then, where conflicts are to be
// known beforehand, to look for them; then to write.
// Kept alive by its pending callbacks.
class Import : public std::enable_shared_from_this<Import>
{
public:
    Import(std::shared_ptr<SessionStore> store, const QString &fileName, const ImportOptions &options, SnapshotControl control)
        : m_store(std::move(store)), m_fileName(fileName), m_options(options), m_control(std::move(control))
    { }

    Task<ImportSummary> start()
    {
        readFromStart(Pass::Check);
        return m_promise.task();
    }

private:
    static constexpr int MaxInFlight = 512;
    static constexpr qsizetype MaxBytesInFlight = 8 * 1024 * 1024;

    enum class Pass : quint8 { Check, Look, Write };

    void readFromStart(Pass pass)
    {
        m_pass = pass;
        auto reader = SnapshotReader::open(m_fileName);
        if (!reader)
            return m_promise.finish(std::unexpected(reader.error()));
        m_reader = std::move(*reader);
        m_summary = {};
        m_sessions = 0;
        m_ended = false;
        schedule();
    }

    void schedule()
    {
        if (std::exchange(m_scheduled, true))
            return;
        Detail::runLater([self = shared_from_this()] { self->runSlice(); });
    }

    void runSlice()
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_ended && hasRoom() && timer.elapsed() < Detail::SliceMilliseconds)
            step();
        m_scheduled = false;
        if (m_ended && m_inFlight == 0)
            endPass();
        else if (!m_ended && hasRoom())
            schedule();
    }

    bool hasRoom() const { return m_inFlight < MaxInFlight && m_bytesInFlight < MaxBytesInFlight; }

    void step()
    {
        if (m_control.stop.isStopRequested()) {
            m_summary.canceled = true;
            m_ended = true;
            return;
        }
        Result<std::optional<SessionRecord>> record = m_reader->next();
        if (!record)
            return fail(record.error());
        if (!*record) {
            m_ended = true;
            return;
        }
        if (++m_sessions % 1000 == 0)
            report();
        const bool isExpired = (*record)->isExpired(m_store->now());
        m_summary.expired += isExpired;
        switch (m_pass) {
        case Pass::Check:
            remember((*record)->key);
            if (!isExpired && Detail::countedSize(**record) > Detail::countedSize(m_largest))
                m_largest = **record;
            break;
        case Pass::Look:
            if (isExpired)
                preview({**record, true, {}});
            else
                look(**record);
            break;
        case Pass::Write:
            if (!isExpired)
                write(**record);
            break;
        }
    }

    void preview(const ImportCandidate &candidate) const
    {
        if (m_options.preview && m_options.dryRun)
            m_options.preview(candidate);
    }

    // Keys are digests: among millions of sessions no two differ and begin with the same 8 bytes.
    void remember(const SessionKey &key)
    {
        static_assert(sizeof m_keys[0] <= SessionKey::ByteCount);
        std::memcpy(&m_keys.emplace_back(), key.bytes().data(), sizeof m_keys[0]);
    }

    void checkForTwins()
    {
        std::ranges::sort(m_keys);
        const auto twin = std::ranges::adjacent_find(m_keys);
        if (twin == m_keys.end())
            return;
        const QByteArray beginning =
            QByteArray(reinterpret_cast<const char *>(&*twin), 6).toBase64(QByteArray::Base64UrlEncoding);
        fail({Error::Corrupt,
              Error::tr("A session is in the snapshot twice: the one whose key begins with %1. Nothing was imported.")
                  .arg(QLatin1StringView(beginning))});
    }

    void look(const SessionRecord &record)
    {
        if (!m_looksForConflicts)
            return preview({record, false, {}});
        sent(record);
        m_store->load(record.key).then([self = shared_from_this(), record](Result<SessionRecord> found) {
            if (!found && !found.error().isAbsence()) {
                self->fail(found.error());
            } else {
                self->m_summary.conflicts += found.has_value();
                self->preview({record, false, found ? std::optional<SessionInfo>(*found) : std::nullopt});
            }
            self->answered(record.size);
        });
    }

    void write(SessionRecord &record)
    {
        record.csrfSecret.resize(16);
        Detail::fillRandom({reinterpret_cast<quint8 *>(record.csrfSecret.data()), 16});
        // First as a new session whatever the policy, so that conflicts can be counted.
        sent(record);
        m_store->create(record).then([self = shared_from_this(), record](const Result<SessionInfo> &created) {
            if (created)
                ++self->m_summary.imported;
            else
                self->refused(record, created.error());
            self->answered(record.size);
        });
    }

    void refused(const SessionRecord &record, const Error &error)
    {
        if (record.isExpired(m_store->now())) {
            ++m_summary.expired; // on the way
        } else if (error != Error::Exists) {
            fail(error);
        } else if (m_options.onConflict == ImportOptions::Fail) {
            fail({Error::Conflict, Error::tr("Session %1 was created meanwhile.").arg(record.key.toString())});
        } else {
            ++m_summary.conflicts;
            if (m_options.onConflict == ImportOptions::Overwrite)
                overwrite(record);
        }
    }

    void overwrite(const SessionRecord &record)
    {
        sent(record);
        m_store->create(record, {}, SessionStore::CreateMode::Overwrite)
            .then([self = shared_from_this(), size = record.size](const Result<SessionInfo> &created) {
                if (created)
                    ++self->m_summary.imported;
                else
                    self->fail(created.error());
                self->answered(size);
            });
    }

    void sent(const SessionRecord &record)
    {
        ++m_inFlight;
        m_bytesInFlight += record.size;
    }

    void answered(qsizetype size)
    {
        --m_inFlight;
        m_bytesInFlight -= size;
        if (m_ended ? m_inFlight == 0 : hasRoom())
            schedule();
    }

    // The first failure counts; what is in flight is waited for.
    void fail(const Error &error)
    {
        m_ended = true;
        if (!m_error)
            m_error = error;
    }

    void endPass()
    {
        if (m_pass == Pass::Check && !m_summary.canceled)
            checkForTwins();
        m_keys = {};
        if (m_error) {
            if (m_pass == Pass::Write && m_summary.imported > 0)
                m_error->text += u" %1 sessions had been imported before; import again with the policy skip to go on."_s.arg(
                    m_summary.imported);
            return m_promise.finish(std::unexpected(*m_error));
        }
        report();
        if (m_pass == Pass::Write || m_summary.canceled)
            return m_promise.finish(m_summary);
        if (m_pass == Pass::Check)
            return askStore();
        if (m_options.dryRun) {
            m_summary.imported = m_sessions - m_summary.expired - m_summary.conflicts;
            return m_promise.finish(m_summary);
        }
        if (m_summary.conflicts > 0)
            return m_promise.finish(failure(Error::Conflict,
                                            Error::tr("%1 sessions of the file are in the store already. Nothing was imported: "
                                                      "choose whether to skip or to overwrite them.")
                                                .arg(m_summary.conflicts)));
        readFromStart(Pass::Write);
    }

    void askStore()
    {
        m_store->count().then([self = shared_from_this()](Result<qint64> count) {
            if (!count)
                return self->m_promise.finish(std::unexpected(count.error()));
            const SessionInfo &largest = self->m_largest;
            const qsizetype size = Detail::countedSize(largest);
            if (const qsizetype limit = self->m_store->sizeLimit(); size > limit)
                return self->m_promise.finish(
                    failure(Error::TooLarge,
                            Error::tr("Session %1 takes %2 bytes, and the limit of the store is %3. Nothing was imported.")
                                .arg(largest.key.toString())
                                .arg(size)
                                .arg(limit)));
            // An empty store has no conflicts, and the other policies meet them while they write.
            const bool isDryRun = self->m_options.dryRun;
            self->m_looksForConflicts = *count > 0 && (isDryRun || self->m_options.onConflict == ImportOptions::Fail);
            self->readFromStart(isDryRun || self->m_looksForConflicts ? Pass::Look : Pass::Write);
        });
    }

    void report() const
    {
        if (!m_control.progress)
            return;
        // Which part of the time each pass takes, about, so that the time left can be told.
        constexpr double checks = 0.05;
        const double looks = m_options.dryRun ? 1 - checks : m_looksForConflicts ? 0.3 : 0;
        const double before = m_pass == Pass::Check ? 0 : m_pass == Pass::Look ? checks : checks + looks;
        const double part = m_pass == Pass::Check ? checks : m_pass == Pass::Look ? looks : 1 - checks - looks;
        const double fraction = before + part * m_reader->fraction();
        m_control.progress({m_sessions, fraction});
    }

    std::shared_ptr<SessionStore> m_store;
    QString m_fileName;
    ImportOptions m_options;
    SnapshotControl m_control;
    std::unique_ptr<SnapshotReader> m_reader;
    ImportSummary m_summary;
    TaskPromise<ImportSummary> m_promise;
    std::optional<Error> m_error;
    std::vector<quint64> m_keys; // their beginnings
    qint64 m_sessions = 0;
    int m_inFlight = 0;
    qsizetype m_bytesInFlight = 0;
    SessionInfo m_largest;
    Pass m_pass = Pass::Check;
    bool m_looksForConflicts = false;
    bool m_ended = false; // nothing more to read
    bool m_scheduled = false; // or running
};

} // namespace

Task<ImportSummary> importSessions(const std::shared_ptr<SessionStore> &store, const QString &fileName,
                                   const ImportOptions &options, const SnapshotControl &control)
{
    return std::make_shared<Import>(Detail::orNoStore(store), fileName, options, control)->start();
}

} // namespace Sojourn
