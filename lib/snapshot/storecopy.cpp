// SPDX-License-Identifier: MIT
#include "storecopy.h"

#include <Sojourn/later_p.h>
#include <Sojourn/nostore_p.h>
#include <Sojourn/pagesize_p.h>
#include <Sojourn/random_p.h>
#include <Sojourn/recordrules_p.h>

#include <QtCore/QSet>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

// Walks the store by pages: once to look for conflicts where they are to fail, once to write. All of a page is in flight at once.
// Kept alive by its pending callbacks.
class Copy : public std::enable_shared_from_this<Copy>
{
public:
    Copy(std::shared_ptr<SessionStore> from, std::shared_ptr<SessionStore> to, const CopyOptions &options,
         SnapshotControl control)
        : m_from(std::move(from)), m_to(std::move(to)), m_options(options), m_control(std::move(control))
    {
        QSet<SessionKey> met; // who names a key twice does not mean two sessions
        m_options.keys.removeIf([&met](const SessionKey &key) {
            const qsizetype before = met.size();
            met.insert(key);
            return met.size() == before;
        });
    }

    Task<ImportSummary> start()
    {
        m_to->count().then([self = shared_from_this()](Result<qint64> count) {
            if (!count)
                return self->m_promise.finish(std::unexpected(count.error()));
            // An empty store has no conflicts, and the other policies meet them while they write.
            const bool fails = self->m_options.onConflict == ImportOptions::Fail;
            self->m_writes = !self->m_options.dryRun && (!fails || *count == 0);
            self->walk();
        });
        return m_promise.task();
    }

private:
    void walk()
    {
        m_summary = {};
        m_done = 0;
        m_nextKey = 0;
        m_query = {};
        m_query.order = SessionQuery::ByCreated; // which never moves, so that no session is met twice
        m_query.user = m_options.user;
        m_query.limit = Detail::FirstPageSize;
        m_query.withData = true;
        next();
    }

    void next()
    {
        if (m_control.stop.isStopRequested()) {
            m_summary.canceled = true;
            return m_promise.finish(m_summary);
        }
        if (!m_options.keys.isEmpty())
            return loadKeys();
        m_from->list(m_query).then([self = shared_from_this()](Result<SessionPage> page) {
            if (!page)
                return self->m_promise.finish(std::unexpected(page.error()));
            self->m_query.cursor = page->nextCursor;
            self->m_query.limit = Detail::nextPageSize(*page);
            self->m_isLast = page->nextCursor.isEmpty();
            self->m_total = page->total;
            self->m_page = std::move(page->records);
            Detail::runLater([self] { self->handlePage(); });
        });
    }

    void loadKeys()
    {
        const qsizetype begin = m_nextKey;
        const qsizetype size = std::min<qsizetype>(Detail::FirstPageSize, m_options.keys.size() - begin);
        m_nextKey += size;
        m_isLast = m_nextKey == m_options.keys.size();
        m_total = m_options.keys.size();
        m_page = QList<SessionRecord>(size);
        m_awaited = size;
        for (qsizetype i = 0; i < size; ++i) {
            m_from->load(m_options.keys.at(begin + i)).then([self = shared_from_this(), i](Result<SessionRecord> record) {
                if (record)
                    self->m_page[i] = *std::move(record);
                else
                    self->fail(record.error());
                self->answered(&Copy::handlePage);
            });
        }
    }

    void handlePage()
    {
        if (m_error)
            return m_promise.finish(std::unexpected(*m_error));
        m_done += m_page.size();
        if (m_options.user || m_options.filter) {
            m_page.removeIf([this](const SessionRecord &record) {
                return (m_options.filter && !m_options.filter(record)) || (m_options.user && *m_options.user != record.user);
            });
        }
        if (m_page.isEmpty())
            return endPage();
        m_awaited = m_page.size();
        const auto self = shared_from_this(); // m_page stays as it is until the last answer has come
        for (qsizetype i = 0; i < m_page.size(); ++i) {
            if (m_writes)
                write(m_page[i]);
            else
                check(m_page.at(i));
        }
    }

    void check(const SessionRecord &record)
    {
        if (record.isExpired(m_to->now())) {
            ++m_summary.expired;
            return answered(&Copy::endPage);
        }
        if (const qsizetype size = Detail::countedSize(record); size > m_to->sizeLimit())
            fail({Error::TooLarge, Error::tr("Session %1 takes %2 bytes, and the limit of the other store is %3.")
                                       .arg(record.key.toString())
                                       .arg(size)
                                       .arg(m_to->sizeLimit())});
        m_to->load(record.key).then([self = shared_from_this()](const Result<SessionRecord> &found) {
            if (found)
                ++self->m_summary.conflicts;
            else if (found.error().isAbsence())
                ++self->m_summary.imported;
            else
                self->fail(found.error());
            self->answered(&Copy::endPage);
        });
    }

    void write(SessionRecord &record)
    {
        if (record.csrfSecret.isEmpty()) { // a snapshot has none
            record.csrfSecret.resize(16);
            Detail::fillRandom({reinterpret_cast<quint8 *>(record.csrfSecret.data()), 16});
        }
        // First as a new session whatever the policy, so that conflicts can be counted.
        m_to->create(record).then([self = shared_from_this(), record](const Result<SessionInfo> &created) {
            const bool conflict = !created && created.error() == Error::Exists;
            if (created) {
                ++self->m_summary.imported;
            } else if (record.isExpired(self->m_to->now())) {
                ++self->m_summary.expired;
            } else if (!conflict) {
                self->fail(created.error());
            } else if (self->m_options.onConflict == ImportOptions::Fail) {
                self->fail({Error::Conflict, Error::tr("Session %1 was created meanwhile.").arg(record.key.toString())});
            } else {
                ++self->m_summary.conflicts;
                if (self->m_options.onConflict == ImportOptions::Overwrite)
                    return self->overwrite(record);
            }
            self->answered(&Copy::endPage);
        });
    }

    void overwrite(const SessionRecord &record)
    {
        m_to->create(record, {}, SessionStore::CreateMode::Overwrite)
            .then([self = shared_from_this()](const Result<SessionInfo> &created) {
                if (created)
                    ++self->m_summary.imported;
                else
                    self->fail(created.error());
                self->answered(&Copy::endPage);
            });
    }

    void answered(void (Copy::*goOn)())
    {
        if (--m_awaited == 0)
            Detail::runLater([self = shared_from_this(), goOn] { (self.get()->*goOn)(); });
    }

    void fail(const Error &error)
    {
        if (!m_error)
            m_error = error;
    }

    void endPage()
    {
        if (m_error) {
            if (m_writes && m_summary.imported > 0)
                m_error->text +=
                    u" %1 sessions had been copied before; copy again with the policy skip to go on."_s.arg(m_summary.imported);
            return m_promise.finish(std::unexpected(*m_error));
        }
        report();
        if (!m_isLast)
            return next();
        if (m_writes || m_options.dryRun)
            return m_promise.finish(m_summary);
        if (m_summary.conflicts > 0)
            return m_promise.finish(failure(Error::Conflict,
                                            Error::tr("%1 of the sessions are in the other store already. Nothing was "
                                                      "copied: choose whether to skip or to overwrite them.")
                                                .arg(m_summary.conflicts)));
        m_writes = true;
        walk();
    }

    void report() const
    {
        if (!m_control.progress || m_total <= 0)
            return;
        const bool twice = m_options.onConflict == ImportOptions::Fail && !m_options.dryRun;
        const double part = std::min(1.0, static_cast<double>(m_done) / static_cast<double>(m_total));
        m_control.progress({m_done, !twice ? part : m_writes ? 0.3 + 0.7 * part : 0.3 * part});
    }

    std::shared_ptr<SessionStore> m_from;
    std::shared_ptr<SessionStore> m_to;
    CopyOptions m_options;
    SnapshotControl m_control;
    SessionQuery m_query;
    QList<SessionRecord> m_page;
    qsizetype m_nextKey = 0;
    qsizetype m_awaited = 0; // of m_page
    qint64 m_total = 0;
    qint64 m_done = 0;
    bool m_isLast = false;
    bool m_writes = false;
    ImportSummary m_summary;
    std::optional<Error> m_error; // the first
    TaskPromise<ImportSummary> m_promise;
};

} // namespace

Task<ImportSummary> copySessions(const std::shared_ptr<SessionStore> &from, const std::shared_ptr<SessionStore> &to,
                                 const CopyOptions &options, const SnapshotControl &control)
{
    return std::make_shared<Copy>(Detail::orNoStore(from), Detail::orNoStore(to), options, control)->start();
}

} // namespace Sojourn
