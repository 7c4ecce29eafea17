// SPDX-License-Identifier: MIT
#include "diff.h"

#include <Sojourn/jsonrules.h>
#include <Sojourn/later_p.h>
#include <Sojourn/nostore_p.h>
#include <Sojourn/pagesize_p.h>

#include <QtCore/QHash>
#include <QtCore/QJsonArray>
#include <QtCore/QStringList>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

QStringList sorted(QStringList names)
{
    names.sort();
    return names;
}

/// Whether two JSON texts mean the same value. What another program wrote into a store need not be spelt as it is here.
bool isSameJson(QByteArrayView a, QByteArrayView b)
{
    if (a == b)
        return true;
    const Result<QByteArray> plainA = readJson(a), plainB = readJson(b);
    return plainA && plainB && *plainA == *plainB;
}

/// The names of the attributes of \a data for which \a test(json, other) holds; other is the value in \a others, a null view if
/// there is none.
template<class F>
QStringList namesWhere(const SessionData &data, const std::optional<SessionRecord> &others, F &&test)
{
    QHash<QByteArrayView, QByteArrayView> values;
    if (others)
        others->data.forEach([&values](QByteArrayView name, QByteArrayView json) { values.insert(name, json); });
    QStringList names;
    data.forEach([&](QByteArrayView name, QByteArrayView json) {
        if (test(json, values.value(name)))
            names.append(Detail::fromUtf8(name));
    });
    return sorted(names);
}

// Walks each store by pages and looks every session up in the other. Lives in the continuations of what it waits for.
class Diff : public std::enable_shared_from_this<Diff>
{
public:
    Diff(std::shared_ptr<SessionStore> before, std::shared_ptr<SessionStore> after,
         std::function<void(const SessionDifference &)> visit, SnapshotControl control)
        : m_before(std::move(before)), m_after(std::move(after)), m_visit(std::move(visit)), m_control(std::move(control))
    {
        m_query.order = SessionQuery::ByCreated;
        m_query.limit = Detail::FirstPageSize;
        m_query.withData = true;
    }

    Task<DiffSummary> start()
    {
        list();
        return m_promise.task();
    }

private:
    void list()
    {
        SessionStore &walked = m_second ? *m_after : *m_before;
        walked.list(m_query).then([self = shared_from_this()](Result<SessionPage> page) {
            Detail::runLater([self, page = std::move(page)]() mutable { self->lookUp(std::move(page)); });
        });
    }

    void lookUp(Result<SessionPage> page)
    {
        if (!page)
            return m_promise.finish(std::unexpected(page.error()));
        if (m_control.stop.isStopRequested()) {
            m_summary.canceled = true;
            return m_promise.finish(m_summary);
        }
        m_page = std::move(*page);
        m_query.limit = Detail::nextPageSize(m_page);
        m_others.assign(static_cast<size_t>(m_page.records.size()), {});
        m_missing = m_page.records.size();
        if (m_missing == 0)
            return compare();
        SessionStore &other = m_second ? *m_before : *m_after;
        for (qsizetype i = 0; i < m_page.records.size(); ++i) {
            other.load(m_page.records.at(i).key).then([self = shared_from_this(), i](Result<SessionRecord> record) {
                self->m_others[static_cast<size_t>(i)] = std::move(record);
                if (--self->m_missing == 0)
                    Detail::runLater([self] { self->compare(); });
            });
        }
    }

    void compare()
    {
        for (qsizetype i = 0; i < m_page.records.size(); ++i) {
            const SessionRecord &record = m_page.records.at(i);
            Result<SessionRecord> &other = m_others[static_cast<size_t>(i)];
            if (!other && !other.error().isAbsence())
                return m_promise.finish(std::unexpected(other.error()));
            // A key in its grace finds a record of another key.
            const bool found = other && other->key == record.key;
            if (!found)
                tell(m_second ? SessionDifference{{}, record} : SessionDifference{record, {}});
            else if (!m_second)
                tell({record, std::move(*other)});
        }
        m_sessions += m_page.records.size();
        report();
        if (!m_page.nextCursor.isEmpty())
            m_query.cursor = m_page.nextCursor;
        else if (m_second)
            return m_promise.finish(m_summary);
        else
            startSecond();
        list();
    }

    void startSecond()
    {
        m_second = true;
        m_query.cursor.clear();
        m_firstTotal = m_sessions;
    }

    void tell(const SessionDifference &difference)
    {
        if (difference.isEmpty())
            return;
        switch (difference.kind()) {
        case SessionDifference::Added:
            ++m_summary.added;
            break;
        case SessionDifference::Removed:
            ++m_summary.removed;
            break;
        case SessionDifference::Changed:
            ++m_summary.changed;
            break;
        }
        m_visit(difference);
    }

    void report() const
    {
        if (!m_control.progress)
            return;
        const qint64 walked = m_sessions - m_firstTotal;
        const double part = m_page.total > 0 ? std::min(1.0, static_cast<double>(walked) / static_cast<double>(m_page.total)) : 1;
        m_control.progress({m_sessions, ((m_second ? 1 : 0) + part) / 2});
    }

    std::shared_ptr<SessionStore> m_before;
    std::shared_ptr<SessionStore> m_after;
    std::function<void(const SessionDifference &)> m_visit;
    SnapshotControl m_control;
    SessionQuery m_query;
    SessionPage m_page;
    std::vector<Result<SessionRecord>> m_others; // what the other store has for each record of m_page
    qsizetype m_missing = 0;                     // of m_others
    DiffSummary m_summary;
    TaskPromise<DiffSummary> m_promise;
    qint64 m_sessions = 0;
    qint64 m_firstTotal = 0;
    bool m_second = false; // walks m_after to find what was added
};

} // namespace

bool SessionDifference::isEmpty() const
{
    const auto hasSameData = [this] {
        return before->data == after->data
            || (addedAttributes().isEmpty() && removedAttributes().isEmpty() && changedAttributes().isEmpty());
    };
    return before && after && fields().isEmpty() && hasSameData();
}

QStringList SessionDifference::fields() const
{
    QStringList names;
    if (!before || !after)
        return names;
    if (before->user != after->user)
        names.append(u"user"_s);
    if (before->createdAt != after->createdAt)
        names.append(u"createdAt"_s);
    if (before->absoluteExpiresAt != after->absoluteExpiresAt)
        names.append(u"absoluteExpiresAt"_s);
    if (before->expiry != after->expiry)
        names.append(u"expiry"_s);
    return names;
}

QStringList SessionDifference::addedAttributes() const
{
    if (!after)
        return {};
    return namesWhere(after->data, before, [](QByteArrayView, QByteArrayView other) { return other.isNull(); });
}

QStringList SessionDifference::removedAttributes() const
{
    if (!before)
        return {};
    return namesWhere(before->data, after, [](QByteArrayView, QByteArrayView other) { return other.isNull(); });
}

QStringList SessionDifference::changedAttributes() const
{
    if (!before || !after)
        return {};
    return namesWhere(before->data, after,
                      [](QByteArrayView json, QByteArrayView other) { return !other.isNull() && !isSameJson(json, other); });
}

QJsonObject SessionDifference::toJson() const
{
    static constexpr QLatin1StringView kinds[] = {"added"_L1, "removed"_L1, "changed"_L1};
    const QString user = record().user;
    return {
        {u"change"_s, kinds[kind()]},
        {u"key"_s, record().key.toString()},
        {u"user"_s, user.isNull() ? QJsonValue() : QJsonValue(user)},
        {u"fields"_s, QJsonArray::fromStringList(fields())},
        {u"attributes"_s, QJsonObject{{u"added"_s, QJsonArray::fromStringList(addedAttributes())},
                                      {u"removed"_s, QJsonArray::fromStringList(removedAttributes())},
                                      {u"changed"_s, QJsonArray::fromStringList(changedAttributes())}}},
    };
}

Task<DiffSummary> diffStores(const std::shared_ptr<SessionStore> &before, const std::shared_ptr<SessionStore> &after,
                             std::function<void(const SessionDifference &)> visit, const SnapshotControl &control)
{
    return std::make_shared<Diff>(Detail::orNoStore(before), Detail::orNoStore(after), std::move(visit), control)->start();
}

} // namespace Sojourn
