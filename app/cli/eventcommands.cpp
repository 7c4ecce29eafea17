// SPDX-License-Identifier: MIT
#include "cli.h"

#include "interrupt.h"
#include "table.h"
#include "terminal.h"
#include "timetext.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

// More than any store keeps.
constexpr int WholeHistory = 1'000'000;

QByteArray compact(const SessionEvent &event)
{
    return QJsonDocument(event.toJson()).toJson(QJsonDocument::Compact);
}

} // namespace

Outcome<void> Cli::watch()
{
    QEventLoop loop;
    QObject::connect(m_store.get(), &SessionStore::sessionEvent, &loop, [](const SessionEvent &event) {
        Terminal::print(compact(event) + '\n');
        Terminal::flush();
    });
    if (const auto subscribed = await(m_store->subscribe()); !subscribed)
        return fail(subscribed.error());
    QObject::connect(m_store.get(), &SessionStore::availabilityChanged, &loop, [](bool available) {
        Terminal::note(available ? u"The store can be reached again."_s
                                 : u"The store cannot be reached. Waiting for it to come back."_s);
    });
    QObject::connect(m_store.get(), &SessionStore::eventsLost, &loop, [] {
        Terminal::note(u"Events may have been missed meanwhile. The command history tells the most important ones."_s);
    });
    // There is no other way to end it, so that it is none of failing.
    const Interrupt interrupt;
    const std::stop_callback quit(interrupt.token(), [&loop] { loop.quit(); });
    Terminal::note(u"Watching. Ctrl-C ends it."_s);
    loop.exec();
    return {};
}

Outcome<void> Cli::history()
{
    HistoryQuery query;
    const auto limit = m_line.number(u"limit"_s, WholeHistory);
    if (!limit)
        return std::unexpected(limit.error());
    query.limit = static_cast<int>(std::min<qint64>(*limit, WholeHistory));
    if (m_line.has(u"user"_s))
        query.user = m_line.value(u"user"_s);
    const bool ofOne = !m_line.operands.isEmpty() || !m_line.cookies.isEmpty();
    if (ofOne) {
        QString text = m_line.operands.value(0);
        if (!m_line.cookies.isEmpty()) {
            const auto key = keyFromCookie(m_line.cookies.first());
            if (!key)
                return std::unexpected(key.error());
            text = key->toString();
        }
        const auto key = keyFromHistory(text);
        if (!key)
            return std::unexpected(key.error());
        query.key = *key;
    }
    const auto events = await(m_store->history(query));
    if (!events)
        return fail(events.error());

    if (wantsJson()) {
        QByteArray separator = "[\n";
        for (const SessionEvent &event : *events)
            Terminal::print(std::exchange(separator, ",\n") + compact(event));
        Terminal::print(events->isEmpty() ? "[]\n"_ba : "\n]\n"_ba);
        return {};
    }
    Table table({{u"KEY"_s, 10}, {u"USER"_s, 8}, {u"WHEN"_s}, {u"WHAT"_s}, {u"WHY"_s}});
    for (const SessionEvent &event : *events)
        table.add({event.key.toString(), event.user.isNull() ? u"-"_s : event.user, relativeText(event.at, m_store->now()),
                   SessionEvent::name(event.type), event.oldKey ? u"was "_s + event.oldKey->toString() : event.reason});
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
