// SPDX-License-Identifier: MIT
#include "cli.h"

#include "table.h"
#include "terminal.h"
#include "timetext.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

constexpr int PageSize = 1000;

// A sentence for a person; programs have the exit code.
void tell(const QString &sentence)
{
    if (Terminal::isOutput())
        Terminal::print(Terminal::harmless(sentence) + u'\n');
}

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QString expiryText(const std::optional<Expiry> &expiry, TimePoint now)
{
    if (!expiry)
        return u"the application's"_s;
    switch (expiry->kind()) {
    case Expiry::Kind::OnInactivity:
        return u"after %1 without a request"_s.arg(durationText(expiry->idle()));
    case Expiry::Kind::OnSessionEnd:
        return u"when the browser closes"_s;
    case Expiry::Kind::AtDateTime:
        break;
    }
    return fullText(expiry->deadline(), now);
}

} // namespace

Outcome<void> Cli::list()
{
    SessionQuery query;
    const QString order = m_line.value(u"order"_s, u"expiry"_s);
    if (order == "created"_L1)
        query.order = SessionQuery::ByCreated;
    else if (order == "seen"_L1)
        query.order = SessionQuery::ByLastSeen;
    else if (order != "expiry"_L1)
        return fail(UsageError, u"--order must be expiry, created or seen, not \"%1\"."_s.arg(order));
    query.descending = m_line.has(u"reverse"_s);
    if (m_line.has(u"user"_s))
        query.user = m_line.value(u"user"_s);
    const auto offset = m_line.number(u"offset"_s, 0);
    if (!offset)
        return std::unexpected(offset.error());
    query.offset = *offset;
    auto left = m_line.number(u"limit"_s, std::numeric_limits<qint64>::max());
    if (!left)
        return std::unexpected(left.error());

    Table table({{u"KEY"_s, 10},
                 {u"USER"_s, 8},
                 {u"CREATED"_s},
                 {u"SEEN"_s},
                 {u"EXPIRES"_s},
                 {u"ATTRIBUTES"_s, 4, true},
                 {u"BYTES"_s, 0, true}});
    QByteArray separator = "[\n";
    do {
        // Not 0, so that a store that is down is told.
        query.limit = static_cast<int>(std::clamp<qint64>(*left, 1, PageSize));
        const auto page = await(m_store->list(query));
        if (!page)
            return fail(page.error());
        for (const SessionRecord &record : page->records.first(std::min<qint64>(*left, page->records.size()))) {
            const TimePoint now = m_store->now();
            if (wantsJson())
                Terminal::print(std::exchange(separator, ",\n") + compact(record.SessionInfo::toJson()));
            else
                table.add({record.key.toString(), record.user.isNull() ? u"-"_s : record.user,
                           relativeText(record.createdAt, now), relativeText(record.lastSeenAt, now),
                           relativeText(record.expiresAt, now), QString::number(record.attributeCount),
                           QString::number(record.size)});
        }
        if (!wantsJson())
            table.print();
        *left -= page->records.size();
        query.cursor = page->nextCursor;
    } while (*left > 0 && !query.cursor.isEmpty());
    if (wantsJson())
        Terminal::print(separator == "[\n" ? "[]\n"_ba : "\n]\n"_ba);
    return {};
}

Outcome<void> Cli::count()
{
    const auto count = await(m_store->count());
    if (!count)
        return fail(count.error());
    printCount(*count, u"count"_s, Terminal::sessions(*count));
    return {};
}

Outcome<void> Cli::show()
{
    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    const auto record = load(*key);
    if (!record)
        return std::unexpected(record.error());
    if (wantsJson()) {
        Terminal::print(compact(record->toJson()) + '\n');
        return {};
    }

    const TimePoint now = m_store->now();
    const auto line = [](const QString &name, const QString &value) {
        Terminal::print(Terminal::styled(name.leftJustified(12), Terminal::Bold) + Terminal::harmless(value) + u'\n');
    };
    line(u"Key"_s, record->key.toString());
    line(u"User"_s, record->user.isNull() ? u"-"_s : record->user);
    line(u"Created"_s, fullText(record->createdAt, now));
    line(u"Last seen"_s, fullText(record->lastSeenAt, now));
    line(u"Expires"_s, fullText(record->expiresAt, now));
    line(u"At latest"_s, record->absoluteExpiresAt ? fullText(*record->absoluteExpiresAt, now) : u"-"_s);
    line(u"Expiry"_s, expiryText(record->expiry, now));
    line(u"Version"_s, QString::number(record->version));
    if (record->rotateRequested)
        line(u"Rotation"_s, u"on the next request"_s);
    line(u"Attributes"_s, u"%1, %2 bytes"_s.arg(record->attributeCount).arg(record->size));
    QStringList names = record->data.names();
    names.sort();
    for (const QString &name : names)
        Terminal::print(u"  %1 %2\n"_s.arg(Terminal::harmless(name),
                                           Terminal::harmless(QString::fromUtf8(record->data.json(name.toUtf8())))));
    return {};
}

Outcome<void> Cli::set()
{
    const QStringList operands = operandsBehindKey();
    const auto value = decodeJson(operands.at(1).toUtf8());
    if (!value)
        return fail(UsageError, u"This is not JSON: %1. Text needs quotes, as in '\"dark\"'."_s.arg(shortened(operands.at(1))));
    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    SessionChange change;
    change.set(operands.at(0).toUtf8(), encodeJson(*value));
    const auto info = this->change(*key, change);
    if (!info)
        return std::unexpected(info.error());
    tell(u"%1 of session %2 is set."_s.arg(operands.at(0), info->key.toString()));
    return {};
}

Outcome<void> Cli::unset()
{
    const QString name = operandsBehindKey().at(0);
    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    const auto record = load(*key);
    if (!record)
        return std::unexpected(record.error());
    if (!record->data.contains(name.toUtf8()))
        return fail(NotFound,
                    u"Session %1 has no attribute %2. The command show tells which it has."_s.arg(key->toString(), name));
    SessionChange change;
    change.remove(name.toUtf8());
    const auto info = this->change(*key, change);
    if (!info)
        return std::unexpected(info.error());
    tell(u"%1 of session %2 is removed."_s.arg(name, info->key.toString()));
    return {};
}

Outcome<void> Cli::expire()
{
    if (m_line.has(u"in"_s) + m_line.has(u"at"_s) + m_line.has(u"now"_s) != 1)
        return fail(UsageError, u"expire needs one of --in SECONDS, --at TIME and --now."_s);
    TimePoint deadline = m_store->now();
    if (m_line.has(u"in"_s)) {
        static constexpr double century = 100.0 * 366 * 24 * 3600;
        bool ok = false;
        const double seconds = m_line.value(u"in"_s).toDouble(&ok);
        if (!ok || !(seconds >= 0 && seconds <= century))
            return fail(UsageError, u"--in needs a number of seconds from 0, not \"%1\"."_s.arg(m_line.value(u"in"_s)));
        deadline += std::chrono::milliseconds(qRound64(seconds * 1000));
    } else if (m_line.has(u"at"_s)) {
        const QDateTime time = fromIsoString(m_line.value(u"at"_s));
        if (!time.isValid())
            return fail(UsageError, u"--at needs a time like 2026-12-24T18:00:00Z, not \"%1\"."_s.arg(m_line.value(u"at"_s)));
        deadline = toTimePoint(time);
    }

    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    SessionChange change;
    change.expiry = Expiry::atDateTime(toDateTime(deadline));
    const auto info = this->change(*key, change);
    if (!info)
        return std::unexpected(info.error());
    if (info->expiresAt < deadline)
        Terminal::note(u"The absolute deadline of session %1 comes earlier and stays: %2."_s.arg(info->key.toString(),
                                                                                                 toIsoString(info->expiresAt)));
    const TimePoint now = m_store->now();
    if (!info->isExpired(now)) {
        tell(u"Session %1 ends %2."_s.arg(info->key.toString(), fullText(info->expiresAt, now)));
        return {};
    }
    // It is gone for every reader already; sweeping tells so.
    if (const auto swept = removeExpired(); !swept)
        return std::unexpected(swept.error());
    tell(u"Session %1 has ended."_s.arg(info->key.toString()));
    return {};
}

Outcome<void> Cli::rotate()
{
    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    SessionChange change;
    change.rotateRequested = true;
    const auto info = this->change(*key, change);
    if (!info)
        return std::unexpected(info.error());
    tell(u"Session %1 gets a fresh id on the visitor's next request."_s.arg(info->key.toString()));
    return {};
}

Outcome<void> Cli::remove()
{
    QStringList missing;
    const auto keys = this->keys(&missing);
    if (!keys)
        return std::unexpected(keys.error());
    qint64 removed = 0;
    for (const SessionKey &key : *keys) {
        const auto info = await(m_store->remove(key, SessionStore::Removal::Admin));
        if (info)
            ++removed;
        else if (info.error() == Error::NotFound)
            missing.append(key.toString());
        else
            return fail(info.error());
    }
    if (removed > 0)
        tell(u"%1 deleted."_s.arg(Terminal::sessions(removed)));
    if (!missing.isEmpty())
        return fail(NotFound, u"There is no session %1.%2"_s.arg(missing.join(" and no session "_L1),
                                                                 removed > 0 ? u" The others are deleted."_s : QString()));
    return {};
}

Outcome<void> Cli::revokeUser()
{
    const QString user = m_line.operands.first();
    if (user.isEmpty())
        return fail(UsageError, u"USER is empty. Give the name of a user."_s);
    const auto removed = await(m_store->removeUser(user, {}, SessionStore::Removal::Admin));
    if (!removed)
        return fail(removed.error());
    printCount(*removed, u"revoked"_s, u"%1 of %2 revoked."_s.arg(Terminal::sessions(*removed), Terminal::harmless(user)));
    return {};
}

Outcome<void> Cli::sweep()
{
    const auto removed = removeExpired();
    if (!removed)
        return std::unexpected(removed.error());
    printCount(*removed, u"removed"_s, u"%1 removed that had expired."_s.arg(Terminal::sessions(*removed)));
    return {};
}
