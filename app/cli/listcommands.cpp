// SPDX-License-Identifier: MIT
#include "cli.h"

#include "table.h"
#include "terminal.h"
#include "timetext.h"

#include <QtCore/QJsonObject>

#include <algorithm>
#include <limits>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

constexpr int PageSize = 1000;
constexpr qint64 NoLimit = std::numeric_limits<qint64>::max();

// Prints sessions as they come: rows of a table, or the elements of a JSON array.
class Printer
{
public:
    Printer(bool asJson, bool withVisit, const SessionStore &store)
        : m_asJson(asJson), m_withVisit(withVisit), m_store(store), m_table(columns(withVisit))
    { }

    void print(const SessionInfo &info)
    {
        if (m_asJson) {
            QJsonObject json = info.toJson();
            json.insert("size"_L1, info.size);
            json.insert("attributes"_L1, info.attributeCount);
            Terminal::print(std::exchange(m_separator, ",\n"_ba) + Terminal::json(json));
            return;
        }
        const TimePoint now = m_store.now();
        QStringList cells = {info.key.toString(),
                             info.user.isNull() ? u"-"_s : info.user,
                             relativeText(info.createdAt, now),
                             relativeText(info.lastSeenAt, now),
                             relativeText(info.expiresAt, now),
                             QString::number(info.attributeCount),
                             QString::number(info.size)};
        if (m_withVisit) {
            const VisitFacts facts = info.visitFacts();
            cells << facts.address << facts.label << facts.browser();
        }
        m_table.add(cells);
        if (++m_rows % PageSize == 0)
            m_table.print();
    }

    void finish()
    {
        if (m_asJson)
            Terminal::print(m_separator == "[\n" ? "[]\n"_ba : "\n]\n"_ba);
        else
            m_table.print();
    }

private:
    static QList<Table::Column> columns(bool withVisit)
    {
        QList<Table::Column> columns = {Table::key(u"KEY"_s), {u"USER"_s, 8}, {u"CREATED"_s},
                                        {u"SEEN"_s},          {u"EXPIRES"_s}, {u"ATTRIBUTES"_s, 4, true},
                                        {u"BYTES"_s, 0, true}};
        if (withVisit)
            columns << Table::Column{u"ADDRESS"_s, 8} << Table::Column{u"DEVICE"_s, 8} << Table::Column{u"BROWSER"_s, 8};
        return columns;
    }

    bool m_asJson;
    bool m_withVisit;
    const SessionStore &m_store;
    Table m_table;
    QByteArray m_separator = "[\n"_ba;
    qint64 m_rows = 0;
};

bool isLarger(const SessionInfo &a, const SessionInfo &b)
{
    return a.size != b.size ? a.size > b.size : a.key < b.key;
}

// The sessions that come first by size, whatever order they came in: no store keeps them so.
class BySize
{
public:
    BySize(qint64 most, bool smallestFirst) : m_most(most), m_smallestFirst(smallestFirst) { }

    void add(const SessionInfo &info)
    {
        if (m_most == 0)
            return;
        m_found.push_back(info);
        std::ranges::push_heap(m_found, order());
        if (std::cmp_greater(m_found.size(), m_most)) {
            std::ranges::pop_heap(m_found, order());
            m_found.pop_back();
        }
    }

    std::vector<SessionInfo> take()
    {
        std::ranges::sort_heap(m_found, order());
        return std::move(m_found);
    }

private:
    std::function<bool(const SessionInfo &, const SessionInfo &)> order() const
    {
        if (m_smallestFirst)
            return [](const SessionInfo &a, const SessionInfo &b) { return isLarger(b, a); };
        return isLarger;
    }

    std::vector<SessionInfo> m_found; // a heap whose first is the last by size
    qint64 m_most;
    bool m_smallestFirst;
};

} // namespace

bool Cli::Selection::matches(const SessionRecord &record, TimePoint now) const
{
    return (!user || (user->isEmpty() ? record.user.isEmpty() : *user == record.user))
        && std::ranges::all_of(conditions, [&](const auto &condition) { return condition.matches(record, now); });
}

bool Cli::Selection::needsData() const
{
    return std::ranges::any_of(conditions, [](const auto &condition) { return condition.needsData(); });
}

// NAME or NAME=JSON, where the name may have spaces in it, or a line of the search language.
static std::expected<SearchExpression, QString> parseCondition(const QString &text, TimePoint now)
{
    const auto single = AttributeCondition::parse(text);
    const auto isSpecial = [](QChar c) { return u"\":=<>!"_s.contains(c); };
    if (!single || std::ranges::any_of(single->path(), isSpecial)) {
        auto line = SearchExpression::parse(text, now, SearchExpression::Word::Attribute);
        if (line && !text.isEmpty())
            return *std::move(line);
        if (!single)
            return std::unexpected(line ? single.error().text : line.error().text);
    }
    SearchExpression expression;
    expression.attributes = {*single};
    return expression;
}

Outcome<Cli::Selection> Cli::selection() const
{
    Selection selection;
    if (m_line.has(u"user"_s))
        selection.user = m_line.value(u"user"_s);
    for (const QString &text : m_line.values(u"where"_s)) {
        const auto condition = parseCondition(text, m_store->now());
        if (!condition)
            return fail(UsageError, u"--where %1: %2"_s.arg(shortened(text), condition.error()));
        if (condition->state == SearchExpression::Ended || condition->state == SearchExpression::Quarantined)
            return fail(UsageError, u"--where %1: Only living sessions are listed. The command history tells of others."_s.arg(
                                        shortened(text)));
        if (condition->user && !selection.user)
            selection.user = condition->user; // the store has an index of them
        if (selection.keyPrefix.isEmpty())
            selection.keyPrefix = condition->keyPrefix;
        selection.conditions.append(*condition);
    }
    return selection;
}

Outcome<void> Cli::forEach(SessionQuery query, const Selection &selection,
                           const std::function<bool(const SessionRecord &)> &visit) const
{
    query.user = selection.user;
    query.keyPrefix = selection.keyPrefix;
    query.withData = selection.needsData();
    query.limit = std::clamp(query.limit, 1,
                             query.withData ? 200 : PageSize); // at least one, so that a store that is down is told
    for (;;) {
        const auto page = await(m_store->list(query));
        if (!page)
            return fail(page.error());
        for (const SessionRecord &record : page->records) {
            if (selection.matches(record, m_store->now()) && !visit(record))
                return {};
        }
        query.cursor = page->nextCursor;
        if (query.cursor.isEmpty())
            return {};
    }
}

Outcome<void> Cli::list()
{
    SessionQuery query;
    const QString order = m_line.value(u"order"_s, u"expiry"_s);
    const bool bySize = order == "size"_L1;
    if (order == "created"_L1 || bySize) // which never moves while the whole store is walked
        query.order = SessionQuery::ByCreated;
    else if (order == "seen"_L1)
        query.order = SessionQuery::ByLastSeen;
    else if (order != "expiry"_L1)
        return fail(UsageError, u"--order must be expiry, created, seen or size, not \"%1\"."_s.arg(order));
    const bool reverse = m_line.has(u"reverse"_s);
    query.descending = reverse && !bySize;
    const auto selection = this->selection();
    if (!selection)
        return std::unexpected(selection.error());
    const auto offset = m_line.number(u"offset"_s, 0);
    if (!offset)
        return std::unexpected(offset.error());
    const auto limit = m_line.number(u"limit"_s, NoLimit);
    if (!limit)
        return std::unexpected(limit.error());
    const qint64 end = *limit > NoLimit - *offset ? NoLimit : *offset + *limit;

    Terminal::startPaging();
    Printer printer(wantsJson(), m_line.has(u"visit"_s), *m_store);
    if (bySize) {
        BySize largest(end, reverse);
        const auto walked = forEach(query, *selection, [&largest](const SessionRecord &record) {
            largest.add(record);
            return true;
        });
        if (!walked)
            return walked;
        const std::vector<SessionInfo> found = largest.take();
        for (size_t i = static_cast<size_t>(*offset); i < found.size(); ++i)
            printer.print(found[i]);
    } else {
        // Without a condition the store itself can skip.
        qint64 skipped = selection->conditions.isEmpty() ? *offset : 0;
        query.offset = skipped;
        // With one, as many as fit a page are looked at for one that is shown.
        query.limit = selection->conditions.isEmpty() ? static_cast<int>(std::min<qint64>(*limit, PageSize)) : PageSize;
        qint64 left = *limit;
        const auto walked = forEach(query, *selection, [&](const SessionRecord &record) {
            if (left == 0)
                return false;
            if (skipped++ < *offset)
                return true;
            printer.print(record);
            return --left > 0;
        });
        if (!walked)
            return walked;
    }
    printer.finish();
    return {};
}

Outcome<void> Cli::count()
{
    const auto selection = this->selection();
    if (!selection)
        return std::unexpected(selection.error());
    qint64 count = 0;
    if (!selection->conditions.isEmpty()) {
        SessionQuery query;
        query.order = SessionQuery::ByCreated;
        query.limit = PageSize;
        const auto walked = forEach(query, *selection, [&count](const SessionRecord &) {
            ++count;
            return true;
        });
        if (!walked)
            return walked;
    } else if (selection->user) {
        SessionQuery query;
        query.user = selection->user;
        query.limit = 1;
        const auto page = await(m_store->list(query));
        if (!page)
            return fail(page.error());
        count = page->total;
    } else {
        const auto all = await(m_store->count());
        if (!all)
            return fail(all.error());
        count = *all;
    }
    printCount(count, u"count"_s, Terminal::sessions(count));
    return {};
}
