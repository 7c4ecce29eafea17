// SPDX-License-Identifier: MIT
#include "cli.h"

#include "interrupt.h"
#include "sources.h"
#include "sqlitefiles.h"
#include "table.h"
#include "terminal.h"
#include "timetext.h"

#include <Sojourn/moment.h>

#include <QtCore/QJsonObject>
#include <QtCore/QQueue>
#include <QtCore/QSet>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;

// "admin, by root@web1, sojourn"
static QString causeText(const SessionEvent &event)
{
    if (event.by.isEmpty())
        return event.reason;
    return (event.reason.isEmpty() ? QString() : event.reason + u", "_s) + u"by "_s + event.by;
}

namespace {

// More than any store keeps.
constexpr int WholeHistory = 1'000'000;

// Prints each event once, whatever a store tells again after a loss: live events, and what the history knows of the meantime.
class EventPrinter
{
public:
    EventPrinter(std::optional<QString> user, bool asJson) : m_user(std::move(user)), m_asJson(asJson) { }

    void print(const SessionEvent &event)
    {
        if (m_user && (m_user->isEmpty() ? !event.user.isEmpty() : event.user != *m_user))
            return;
        const QByteArray json = Terminal::json(event.toJson());
        if (m_printed.contains(json))
            return;
        m_printed.insert(json);
        m_order.enqueue(json);
        if (m_order.size() > Remembered)
            m_printed.remove(m_order.dequeue());
        m_last = std::max(m_last, event.at);
        if (m_asJson)
            Terminal::print(json + '\n');
        else
            Terminal::print(line(event) + u'\n');
        Terminal::flush();
    }

    /// The time of the newest event that was printed.
    TimePoint last() const { return m_last; }

private:
    static constexpr qsizetype Remembered = 10'000;

    static QString line(const SessionEvent &event)
    {
        const QString time = toDateTime(event.at).toLocalTime().toString(u"HH:mm:ss"_s);
        const QString name = SessionEvent::name(event.type);
        const Terminal::Style style = event.type == SessionEvent::Created                                        ? Terminal::Green
                                    : event.type == SessionEvent::Changed || event.type == SessionEvent::Touched ? Terminal::Dim
                                    : event.type == SessionEvent::Rotated ? Terminal::Yellow
                                                                          : Terminal::Red;
        const QString user = event.user.isNull() ? u"-"_s : Terminal::harmless(event.user);
        QString text = u"%1  %2  %3  %4"_s.arg(time, Terminal::styled(name.leftJustified(11), style), event.key.toString(), user);
        if (event.oldKey)
            text += u"  was "_s + event.oldKey->toString();
        if (const QString why = causeText(event); !why.isEmpty())
            text += u"  ("_s + Terminal::harmless(why) + u')';
        return text;
    }

    std::optional<QString> m_user;
    bool m_asJson;
    QSet<QByteArray> m_printed;
    QQueue<QByteArray> m_order; // of m_printed, the oldest first
    TimePoint m_last{};
};

} // namespace

Outcome<void> Cli::watch()
{
    if (!isStoreUrl(m_line.store()) && !belongsToSqlite(m_line.store()))
        return fail(UsageError, u"In a snapshot nothing happens any more. Watch the store that it is of."_s);
    QEventLoop loop;
    EventPrinter printer(m_line.has(u"user"_s) ? std::optional(m_line.value(u"user"_s)) : std::nullopt,
                         wantsJson() || !Terminal::isOutput());
    QObject::connect(m_store.get(), &SessionStore::sessionEvent, &loop,
                     [&printer](const SessionEvent &event) { printer.print(event); });
    if (const auto subscribed = await(m_store->subscribe()); !subscribed)
        return fail(subscribed.error());
    const TimePoint begin = m_store->now();
    std::optional<bool> told; // whether the store can be reached, as it was said last
    QObject::connect(m_store.get(), &SessionStore::availabilityChanged, &loop, [&told](bool available) {
        if (told.value_or(true) != available)
            Terminal::note(available ? u"The store can be reached again."_s
                                     : u"The store cannot be reached. Waiting for it to come back."_s);
        told = available;
    });
    QObject::connect(m_store.get(), &SessionStore::eventsLost, &loop, [this, &loop, &printer, begin] {
        HistoryQuery query;
        query.limit = WholeHistory;
        m_store->history(query).then(&loop, [&printer, begin](Result<QList<SessionEvent>> events) {
            // Clocks of several servers may differ a little; what was printed is not printed again anyway.
            const TimePoint from = std::max(begin, printer.last() - std::chrono::seconds(5));
            Terminal::note(
                events ? u"The connection was lost meanwhile. What the history knows of that time follows; changes of data "
                         "and touches may have been missed."_s
                       : u"Events may have been missed meanwhile. The command history tells the most important ones."_s);
            if (!events)
                return;
            for (auto it = events->crbegin(); it != events->crend(); ++it) {
                if (it->at >= from)
                    printer.print(*it);
            }
        });
    });
    // Ctrl-C is the only way to end it, so it is not a failure.
    const Interrupt interrupt;
    const StopCallback quit(interrupt.token(), [&loop] { loop.quit(); });
    Terminal::note(u"Watching. Ctrl-C ends it."_s);
    loop.exec();
    return {};
}

Outcome<std::optional<TimePoint>> Cli::pastMoment(const QString &option) const
{
    if (!m_line.has(option))
        return std::nullopt;
    const auto moment = parsePastMoment(m_line.value(option), m_store->now());
    if (!moment)
        return fail(UsageError, u"--%1 needs a time like 15m (ago), 10:42, 2026-12-24 or 2026-12-24T18:00:00Z, not \"%2\"."_s.arg(
                                    option, shortened(m_line.value(option))));
    return moment;
}

Outcome<void> Cli::history()
{
    HistoryQuery query;
    const auto limit = m_line.number(u"limit"_s, WholeHistory);
    if (!limit)
        return std::unexpected(limit.error());
    const auto since = pastMoment(u"since"_s);
    if (!since)
        return std::unexpected(since.error());
    const auto until = pastMoment(u"until"_s);
    if (!until)
        return std::unexpected(until.error());
    query.limit = static_cast<int>(*until || *limit > WholeHistory ? WholeHistory : *limit);
    if (m_line.has(u"user"_s))
        query.user = m_line.value(u"user"_s);
    const bool ofOne = !m_line.operands.isEmpty() || !m_line.cookies().isEmpty();
    if (ofOne) {
        QString text = m_line.operands.value(0);
        if (!m_line.cookies().isEmpty()) {
            const auto key = keyFromCookie(m_line.cookies().first(), true);
            if (!key)
                return std::unexpected(key.error());
            text = key->toString();
        }
        const auto key = keyFromHistory(text);
        if (!key)
            return std::unexpected(key.error());
        query.key = *key;
    }
    auto events = await(m_store->history(query));
    if (!events)
        return fail(events.error());
    events->removeIf([&](const SessionEvent &event) { return (*since && event.at < **since) || (*until && event.at > **until); });
    if (events->size() > *limit)
        events->resize(*limit);

    Terminal::startPaging();
    if (wantsJson()) {
        QByteArray separator = "[\n";
        for (const SessionEvent &event : *events)
            Terminal::print(std::exchange(separator, ",\n") + Terminal::json(event.toJson()));
        Terminal::print(events->isEmpty() ? "[]\n"_ba : "\n]\n"_ba);
        return {};
    }
    const TimePoint now = m_store->now();
    Table table({{u"WHEN (%1)"_s.arg(zoneText(now))},
                 {u"WHAT"_s},
                 {u"WHY"_s},
                 Table::key(u"KEY"_s),
                 {u"USER"_s, 8},
                 Table::key(u"OLD KEY"_s)});
    for (const SessionEvent &event : std::as_const(*events))
        table.add({clockText(event.at), SessionEvent::name(event.type), causeText(event), event.key.toString(),
                   event.user.isNull() ? u"-"_s : event.user, event.oldKey ? event.oldKey->toString() : QString()});
    table.print();
    return {};
}

// Most sessions of the history have ended, so that a shortened key must be looked for there and among the living.
Outcome<SessionKey> Cli::keyFromHistory(const QString &text)
{
    if (const auto key = SessionKey::fromString(text)) {
        HistoryQuery query;
        query.key = *key;
        query.limit = 1;
        const auto events = await(m_store->history(query));
        if (!events)
            return fail(events.error());
        const bool known = !events->isEmpty() || await(m_store->load(*key));
        return known ? Outcome<SessionKey>(*key) : fail(NotFound, u"The history knows no session %1."_s.arg(text));
    }
    if (text.isEmpty())
        return keyFromText(text);
    HistoryQuery query;
    query.limit = WholeHistory;
    const auto events = await(m_store->history(query));
    if (!events)
        return fail(events.error());
    QSet<SessionKey> found;
    for (const SessionEvent &event : *events) {
        for (const std::optional<SessionKey> &key : {std::optional(event.key), event.oldKey}) {
            if (key && key->toString().startsWith(text))
                found.insert(*key);
        }
    }
    const Outcome<SessionKey> living = keyFromText(text);
    if (living)
        found.insert(*living);
    else if (living.error().code != NotFound || found.isEmpty())
        return living;
    if (found.size() > 1)
        return fail(UsageError, u"Several sessions have a key that begins with %1. Give more of it."_s.arg(text));
    return *found.begin();
}
