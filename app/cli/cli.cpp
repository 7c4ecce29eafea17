// SPDX-License-Identifier: MIT
#include "cli.h"

#include "commandinfo.h"
#include "secrets.h"
#include "terminal.h"

#include <Sojourn/SessionId>

#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

// What was given as KEY, for an error: neither the value of a cookie nor a password may be shown.
QString nameOf(const QString &text)
{
    const QString shown = withoutSecrets(text);
    return shown.contains(HiddenId) ? u"whose key begins so (if that is the value of a cookie, give it with --cookie)"_s
                                    : shortened(text.contains("://"_L1) ? displayUrl(text) : shown);
}

std::unexpected<Failure> noSuchSession(const QString &key)
{
    return fail(NotFound, u"There is no session %1. The command list shows those that there are."_s.arg(nameOf(key)));
}

// The error for a key without a session.
std::unexpected<Failure> missing(const SessionKey &key, const Error &error)
{
    if (error == Error::Replaced)
        return fail(NotFound, u"Session %1 has a newer key by now. The command history tells which."_s.arg(key.toString()));
    return error == Error::NotFound ? noSuchSession(key.toString()) : fail(error);
}

} // namespace

Outcome<void> Cli::run()
{
    static constexpr struct
    {
        QLatin1StringView name;
        Outcome<void> (Cli::*command)();
    } commands[] = {
        {"list"_L1, &Cli::list},
        {"count"_L1, &Cli::count},
        {"show"_L1, &Cli::show},
        {"get"_L1, &Cli::get},
        {"set"_L1, &Cli::set},
        {"unset"_L1, &Cli::unset},
        {"expire"_L1, &Cli::expire},
        {"rotate"_L1, &Cli::rotate},
        {"delete"_L1, &Cli::remove},
        {"revoke-user"_L1, &Cli::revokeUser},
        {"export"_L1, &Cli::exportSnapshot},
        {"import"_L1, &Cli::importSnapshot},
        {"copy"_L1, &Cli::copy},
        {"diff"_L1, &Cli::diff},
        {"watch"_L1, &Cli::watch},
        {"history"_L1, &Cli::history},
        {"sweep"_L1, &Cli::sweep},
        {"vacuum"_L1, &Cli::vacuum},
    };
    const auto found = std::ranges::find_if(commands,
                                            [this](const auto &c) { return c.name == QLatin1StringView(m_line.command->name); });
    Q_ASSERT(found != std::end(commands));

    // import opens the store once it knows that the file is good: no other command may make one, or a mistyped path becomes an
    // empty store.
    if (m_line.command->needsStore && found->command != &Cli::importSnapshot) {
        auto store = openStore(m_line.store(), {.readOnly = m_line.has(u"read-only"_s), .password = {}, .create = false});
        if (!store)
            return std::unexpected(store.error());
        m_store = *std::move(store);
    }
    return (this->*found->command)();
}

// The ids that a cookie may hold: VALUE, NAME=VALUE or a whole Cookie header, which is divided at ; only. What a cookie's name is
// nobody knows here, but few values are well-formed ids.
static QList<SessionId> idsInCookie(const QString &cookie)
{
    static constexpr QLatin1StringView header = "Cookie:"_L1;
    const QString pairs = cookie.startsWith(header, Qt::CaseInsensitive) ? cookie.sliced(header.size()) : cookie;
    QList<SessionId> ids;
    for (const QString &pair : pairs.split(u';')) {
        QString value = pair.sliced(pair.indexOf(u'=') + 1).trimmed();
        if (value.size() >= 2 && value.startsWith(u'"') && value.endsWith(u'"'))
            value = value.sliced(1, value.size() - 2);
        const auto id = SessionId::fromCookieValue(value.toUtf8());
        if (id && !ids.contains(*id))
            ids.append(*id);
    }
    return ids;
}

Outcome<SessionKey> Cli::keyFromCookie(const QString &cookie, bool orEnded) const
{
    const QList<SessionId> ids = idsInCookie(cookie);
    if (ids.isEmpty())
        return fail(NotFound, u"No session can have this cookie: its value must be 22 characters of base64url."_s);
    if (ids.size() == 1)
        return ids.first().key();
    QList<SessionKey> found;
    for (const SessionId &id : ids) {
        const auto record = await(m_store->load(id.key()));
        if (!record && !record.error().isAbsence())
            return fail(record.error());
        if (record && !found.contains(record->key))
            found.append(record->key);
    }
    if (found.isEmpty() && orEnded) {
        for (const SessionId &id : ids) {
            HistoryQuery query;
            query.key = id.key();
            query.limit = 1;
            const auto events = await(m_store->history(query));
            if (!events)
                return fail(events.error());
            if (!events->isEmpty())
                found.append(id.key());
        }
    }
    if (found.isEmpty())
        return fail(NotFound, orEnded ? u"The history knows none of the cookies in this header."_s
                                      : u"None of the cookies in this header belongs to a living session."_s);
    if (found.size() > 1)
        return fail(UsageError, u"Several cookies in this header belong to sessions. Give one of them, as NAME=VALUE."_s);
    return found.first();
}

Outcome<SessionKey> Cli::keyFromText(const QString &text) const
{
    if (const auto key = SessionKey::fromString(text))
        return *key;
    if (text.isEmpty())
        return fail(UsageError, u"KEY is empty. Give a session's key or its beginning."_s);
    if (text.size() >= SessionKey::TextSize)
        return noSuchSession(text);
    SessionQuery query;
    query.keyPrefix = text.toUtf8();
    query.limit = 2;
    const auto page = await(m_store->list(query));
    if (!page)
        return fail(page.error());
    if (page->records.isEmpty())
        return noSuchSession(text);
    if (page->records.size() > 1)
        return fail(UsageError, u"Several sessions have a key that begins with %1. Give more of it."_s.arg(text));
    return page->records.first().key;
}

Outcome<SessionKey> Cli::key() const
{
    return m_line.cookies().isEmpty() ? keyFromText(m_line.operands.first()) : keyFromCookie(m_line.cookies().first());
}

Outcome<QList<SessionKey>> Cli::keys(const QStringList &operands, QStringList *missing) const
{
    QList<SessionKey> keys;
    const auto add = [&](const Outcome<SessionKey> &key, const QString &name) -> Outcome<void> {
        if (key && !keys.contains(*key))
            keys.append(*key);
        else if (!key && key.error().code == NotFound)
            missing->append(name);
        else if (!key)
            return std::unexpected(key.error());
        return {};
    };
    for (const QString &cookie : m_line.cookies()) {
        if (const auto added = add(keyFromCookie(cookie), u"of that cookie"_s); !added)
            return std::unexpected(added.error());
    }
    for (const QString &text : operands) {
        if (const auto added = add(keyFromText(text), nameOf(text)); !added)
            return std::unexpected(added.error());
    }
    return keys;
}

QStringList Cli::operandsBehindKey() const
{
    return m_line.cookies().isEmpty() ? m_line.operands.sliced(1) : m_line.operands;
}

Outcome<SessionRecord> Cli::load(const SessionKey &key) const
{
    auto record = await(m_store->load(key));
    if (record)
        return *std::move(record);
    return missing(key, record.error());
}

Outcome<SessionInfo> Cli::change(const SessionKey &key, SessionChange change)
{
    const auto expected = expectedVersion();
    if (!expected)
        return std::unexpected(expected.error());
    if (m_line.isDryRun()) {
        auto record = load(key);
        if (!record)
            return std::unexpected(record.error());
        if (const auto same = SessionChange::checkVersion(record->version, *expected); !same)
            return fail(same.error());
        return *std::move(record);
    }
    change.expectedVersion = *expected;
    const auto info = await(m_store->update(key, change));
    if (info)
        return *info;
    return missing(key, info.error());
}

Outcome<std::optional<quint64>> Cli::expectedVersion() const
{
    if (!m_line.has(u"if-version"_s))
        return std::nullopt;
    const auto version = m_line.number(u"if-version"_s, 0);
    if (!version)
        return std::unexpected(version.error());
    return quint64(*version);
}

Outcome<qint64> Cli::removeExpired()
{
    static constexpr int step = 1000;
    qint64 removed = 0;
    for (;;) {
        const auto count = await(m_store->removeExpired(step));
        if (!count)
            return fail(count.error());
        removed += *count;
        if (*count < step)
            return removed;
    }
}

void Cli::printCount(qint64 count, const QString &name, const QString &sentence) const
{
    if (wantsJson())
        Terminal::print(u"{\"%1\":%2%3}\n"_s.arg(name).arg(count).arg(m_line.isDryRun() ? ",\"dryRun\":true"_L1
                                                                                        : QLatin1StringView()));
    else if (Terminal::isOutput())
        Terminal::print(sentence + u'\n');
    else
        Terminal::print(u"%1\n"_s.arg(count));
}
