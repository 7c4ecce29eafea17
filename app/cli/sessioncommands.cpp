// SPDX-License-Identifier: MIT
#include "cli.h"

#include "terminal.h"
#include "timetext.h"

#include <Sojourn/moment.h>

#include <Sojourn/jsonrules.h>

#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

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

std::unexpected<Failure> noSuchAttribute(const SessionKey &key, const QString &name)
{
    return fail(NotFound, u"Session %1 has no attribute %2. The command show tells which it has."_s.arg(key.toString(), name));
}

template<class T>
std::optional<Error> errorOf(const Result<T> &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

// What a command did, or would do: "is set" and "would be set".
QString verb(bool isDryRun, QLatin1StringView done, QLatin1StringView would)
{
    return isDryRun ? would : done;
}

} // namespace

void Cli::tell(const SessionInfo &info, const QString &sentence) const
{
    if (wantsJson())
        Terminal::print(Terminal::json(info.toJson()) + '\n');
    else
        Terminal::print(Terminal::harmless(sentence) + u'\n');
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
        Terminal::print(Terminal::json(record->toJson()) + '\n');
        return {};
    }

    Terminal::startPaging();
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
    const VisitFacts visit = record->visitFacts();
    for (const auto &[name, value] : {std::pair(u"Realm"_s, visit.realm), std::pair(u"Device"_s, visit.device()),
                                      std::pair(u"Address"_s, visit.address), std::pair(u"Browser"_s, visit.userAgent)}) {
        if (!value.isEmpty())
            line(name, value);
    }
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

Outcome<void> Cli::get()
{
    const QString name = operandsBehindKey().at(0);
    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    const auto record = load(*key);
    if (!record)
        return std::unexpected(record.error());
    const auto value = valueAt(record->data, name);
    if (!value)
        return noSuchAttribute(*key, name);
    Terminal::print(Terminal::json(encodeJson(*value)) + '\n');
    return {};
}

Outcome<void> Cli::set()
{
    const QStringList operands = operandsBehindKey();
    const auto json = readJson(operands.at(1).toUtf8());
    if (!json)
        return fail(UsageError, json.error().text.startsWith("This is not JSON"_L1)
                                    ? json.error().text + u" Text needs quotes, as in '\"dark\"'."_s
                                    : json.error().text);
    if (const auto valid = checkAttributeName(operands.at(0)); !valid)
        return fail(UsageError, valid.error().text);
    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    SessionChange change;
    change.set(operands.at(0).toUtf8(), *json);
    const auto info = this->change(*key, change);
    if (!info)
        return std::unexpected(info.error());
    tell(*info, u"%1 of session %2 %3."_s.arg(operands.at(0), info->key.toString(),
                                              verb(m_line.isDryRun(), "is set"_L1, "would be set"_L1)));
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
        return noSuchAttribute(*key, name);
    SessionChange change;
    change.remove(name.toUtf8());
    const auto info = this->change(*key, change);
    if (!info)
        return std::unexpected(info.error());
    tell(*info, u"%1 of session %2 %3."_s.arg(name, info->key.toString(),
                                              verb(m_line.isDryRun(), "is removed"_L1, "would be removed"_L1)));
    return {};
}

Outcome<TimePoint> Cli::deadline() const
{
    if (m_line.has(u"in"_s) + m_line.has(u"at"_s) + m_line.has(u"now"_s) != 1)
        return fail(UsageError, u"expire needs one of --in DURATION, --at TIME and --now."_s);
    if (m_line.has(u"in"_s)) {
        const auto duration = parseDuration(m_line.value(u"in"_s));
        if (!duration)
            return fail(UsageError, u"--in needs a duration like 90, 90s, 15m, 1h30m or 2d, not \"%1\"."_s.arg(
                                        shortened(m_line.value(u"in"_s))));
        return m_store->now() + *duration;
    }
    if (m_line.has(u"at"_s)) {
        const QDateTime time = fromIsoString(m_line.value(u"at"_s));
        if (!time.isValid())
            return fail(UsageError,
                        u"--at needs a time like 2026-12-24T18:00:00Z, not \"%1\"."_s.arg(shortened(m_line.value(u"at"_s))));
        return toTimePoint(time);
    }
    return m_store->now();
}

Outcome<void> Cli::expire()
{
    if (const auto usage = deadline(); !usage)
        return std::unexpected(usage.error());
    if (m_line.has(u"user"_s))
        return expireOfUser();
    const auto key = this->key();
    if (!key)
        return std::unexpected(key.error());
    // A store tells its time with its first answer.
    if (const auto record = load(*key); !record)
        return std::unexpected(record.error());
    return expire(*key);
}

Outcome<void> Cli::expireOfUser()
{
    const auto selection = this->selection();
    if (!selection)
        return std::unexpected(selection.error());
    if (selection->user->isEmpty())
        return fail(UsageError, u"--user is empty. Give the name of a user."_s);
    if (m_line.has(u"if-version"_s))
        return fail(UsageError, u"--if-version is about one session. Give its KEY in place of --user."_s);
    SessionQuery query;
    query.order = SessionQuery::ByCreated;
    QList<SessionKey> keys;
    const auto walked = forEach(query, *selection, [&keys](const SessionRecord &record) {
        keys.append(record.key);
        return true;
    });
    if (!walked)
        return walked;
    if (keys.isEmpty())
        return fail(NotFound, u"There is no session of %1."_s.arg(Terminal::harmless(*selection->user)));
    for (const SessionKey &key : std::as_const(keys)) {
        if (const auto done = expire(key); !done && done.error().code != NotFound) // it has ended meanwhile
            return done;
    }
    return {};
}

Outcome<void> Cli::expire(const SessionKey &key)
{
    const auto deadline = this->deadline();
    if (!deadline)
        return std::unexpected(deadline.error());
    SessionChange change;
    change.expiry = Expiry::atDateTime(toDateTime(*deadline));
    auto info = this->change(key, change);
    if (!info)
        return std::unexpected(info.error());
    if (m_line.isDryRun()) {
        info->expiry = *change.expiry;
        info->expiresAt = std::min(*deadline, info->absoluteExpiresAt.value_or(*deadline));
    }
    if (info->expiresAt < *deadline && info->expiresAt == info->absoluteExpiresAt)
        Terminal::note(u"The absolute deadline of session %1 comes earlier and stays: %2."_s.arg(info->key.toString(),
                                                                                                 toIsoString(info->expiresAt)));
    const TimePoint now = m_store->now();
    if (!info->isExpired(now)) {
        tell(*info, u"Session %1 %2 %3."_s.arg(info->key.toString(), verb(m_line.isDryRun(), "ends"_L1, "would end"_L1),
                                               fullText(info->expiresAt, now)));
        return {};
    }
    // It is gone for every reader already; sweeping tells so.
    if (const auto swept = m_line.isDryRun() ? Outcome<qint64>(0) : removeExpired(); !swept)
        return std::unexpected(swept.error());
    tell(*info, u"Session %1 %2."_s.arg(info->key.toString(), verb(m_line.isDryRun(), "has ended"_L1, "would end at once"_L1)));
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
    tell(*info,
         u"Session %1 %2 a fresh id on the visitor's next request."_s.arg(info->key.toString(),
                                                                          verb(m_line.isDryRun(), "gets"_L1, "would get"_L1)));
    return {};
}

/// Why \a key was not, or with --dry-run would not be, removed.
std::optional<Error> Cli::removeOne(const SessionKey &key, std::optional<quint64> version)
{
    constexpr auto why = SessionStore::Removal::Admin;
    if (!m_line.isDryRun())
        return errorOf(await(version ? m_store->removeVersion(key, *version, why) : m_store->remove(key, why)));
    const auto record = await(m_store->load(key));
    return record ? errorOf(SessionChange::checkVersion(record->version, version)) : std::optional(record.error());
}

Outcome<void> Cli::remove()
{
    const auto expected = expectedVersion();
    if (!expected)
        return std::unexpected(expected.error());
    if (*expected && m_line.operands.size() + m_line.cookies().size() > 1)
        return fail(UsageError, u"--if-version is about one session. Delete the others with a command of their own."_s);
    QStringList missing;
    const auto keys = this->keys(m_line.operands, &missing);
    if (!keys)
        return std::unexpected(keys.error());
    qint64 removed = 0;
    for (const SessionKey &key : *keys) {
        const auto error = removeOne(key, *expected);
        if (!error)
            ++removed;
        else if (error->isAbsence())
            missing.append(key.toString());
        else
            return fail(*error);
    }
    if (wantsJson())
        Terminal::print(u"{\"deleted\":%1%2}\n"_s.arg(removed).arg(m_line.isDryRun() ? ",\"dryRun\":true"_L1
                                                                                     : QLatin1StringView()));
    else if (removed > 0)
        Terminal::print(u"%1 %2.\n"_s.arg(Terminal::sessions(removed),
                                          verb(m_line.isDryRun(), "deleted"_L1, "would be deleted"_L1)));
    if (!missing.isEmpty())
        return fail(NotFound, u"There is no session %1.%2"_s.arg(missing.join(" and no session "_L1),
                                                                 removed > 0 && !m_line.isDryRun() ? u" The others are deleted."_s
                                                                                                   : QString()));
    return {};
}

Outcome<void> Cli::revokeUser()
{
    const QString user = m_line.operands.first();
    if (user.isEmpty())
        return fail(UsageError, u"USER is empty. Give the name of a user."_s);
    Result<qint64> count = 0;
    if (m_line.isDryRun()) {
        SessionQuery query;
        query.user = user;
        query.limit = 1;
        const auto page = await(m_store->list(query));
        count = page ? Result<qint64>(page->total) : std::unexpected(page.error());
    } else {
        count = await(m_store->removeUser(user, {}, SessionStore::Removal::Admin));
    }
    if (!count)
        return fail(count.error());
    printCount(*count, u"revoked"_s,
               u"%1 of %2 %3."_s.arg(Terminal::sessions(*count), Terminal::harmless(user),
                                     verb(m_line.isDryRun(), "revoked"_L1, "would be revoked"_L1)));
    return {};
}
