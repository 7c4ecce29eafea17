// SPDX-License-Identifier: MIT
#include "cli.h"

#include "commandinfo.h"
#include "terminal.h"

#include <Sojourn/SessionId>
#include <Sojourn/SnapshotReader>
#include <Sojourn/SnapshotStore>

#include <QtCore/QFileInfo>
#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

// A person may wait longer for a busy store than a request of an application may.
constexpr std::chrono::seconds Patience{10};

// What was given as KEY, for an error: neither the value of a cookie nor a password may be shown.
QString nameOf(const QString &text)
{
    if (SessionId::fromCookieValue(text.toUtf8()))
        return u"whose key begins so (if that is the value of a cookie, give it with --cookie)"_s;
    return shortened(text.contains("://"_L1) ? displayUrl(text) : text);
}

std::unexpected<Failure> noSuchSession(const QString &key)
{
    return fail(NotFound, u"There is no session %1. The command list shows those that there are."_s.arg(nameOf(key)));
}

// The password that the URL leaves open, if it should have one.
std::optional<QString> passwordFor(const QString &url)
{
    if (qEnvironmentVariableIsSet("SOJOURN_PASSWORD"))
        return qEnvironmentVariable("SOJOURN_PASSWORD");
    const QString authority = url.section("//"_L1, 1).section(u'/', 0, 0);
    const QString userInfo = authority.contains(u'@') ? authority.section(u'@', 0, -2) : QString();
    if (!url.startsWith("redis"_L1, Qt::CaseInsensitive) || userInfo.isEmpty() || userInfo.contains(u':'))
        return std::nullopt;
    return Terminal::askPassword(u"Password for %1: "_s.arg(displayUrl(url)));
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
        {"set"_L1, &Cli::set},
        {"unset"_L1, &Cli::unset},
        {"expire"_L1, &Cli::expire},
        {"rotate"_L1, &Cli::rotate},
        {"delete"_L1, &Cli::remove},
        {"revoke-user"_L1, &Cli::revokeUser},
        {"export"_L1, &Cli::exportSnapshot},
        {"import"_L1, &Cli::importSnapshot},
        {"diff"_L1, &Cli::diff},
        {"watch"_L1, &Cli::watch},
        {"history"_L1, &Cli::history},
        {"sweep"_L1, &Cli::sweep},
    };
    const auto found = std::ranges::find_if(commands,
                                            [this](const auto &c) { return c.name == QLatin1StringView(m_line.command->name); });
    Q_ASSERT(found != std::end(commands));

    if (m_line.command->needsStore) {
        // A mistyped path must not become an empty store.
        const bool creates = found->command == &Cli::importSnapshot;
        auto store = openStore(m_line.value(u"store"_s),
                               {.readOnly = m_line.has(u"read-only"_s), .password = {}, .create = creates});
        if (!store)
            return std::unexpected(store.error());
        m_store = *std::move(store);
    }
    return (this->*found->command)();
}

Outcome<std::shared_ptr<SessionStore>> Cli::openStore(const QString &url, StoreOptions options) const
{
    options.password = passwordFor(url);
    auto store = storeFromUrl(url, options);
    if (!store)
        return store.error() == Error::Invalid ? fail(UsageError, store.error().text) : fail(store.error());
    // Only a live store knows the limit of its application, and goes by that; for the others any that can be is right.
    (*store)->setSizeLimit(SnapshotReader::MaxRecordSize);
    (*store)->setTimeout(Patience);
    return *std::move(store);
}

bool Cli::isStoreUrl(const QString &text)
{
    static constexpr QLatin1StringView schemes[] = {"memory:"_L1, "sqlite:"_L1,     "redis:"_L1,
                                                    "rediss:"_L1, "redis+unix:"_L1, "live:"_L1};
    const bool known = std::ranges::any_of(schemes, [&](QLatin1StringView scheme) {
        return text.startsWith(scheme, Qt::CaseInsensitive);
    });
    return known || (text.contains("://"_L1) && !QFileInfo::exists(text));
}

Outcome<std::shared_ptr<SessionStore>> Cli::openSource(const QString &fileOrUrl, const SnapshotControl &control) const
{
    if (isStoreUrl(fileOrUrl))
        return openStore(fileOrUrl, {.readOnly = true, .password = {}, .create = false});
    auto store = await(openSnapshot(fileOrUrl, control));
    if (!store && control.stop.stop_requested())
        return fail(Interrupted, store.error().text);
    if (!store)
        return fail(Failed,
                    store.error().text.contains(fileOrUrl) ? store.error().text : u"%1: %2"_s.arg(fileOrUrl, store.error().text));
    return *std::move(store);
}

Outcome<SessionKey> Cli::keyFromCookie(const QString &cookie) const
{
    if (const auto id = SessionId::fromCookieValue(cookie.toUtf8()))
        return id->key();
    return fail(NotFound, u"No session can have this cookie: its value must be 22 characters of base64url."_s);
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
    return m_line.cookies.isEmpty() ? keyFromText(m_line.operands.first()) : keyFromCookie(m_line.cookies.first());
}

Outcome<QList<SessionKey>> Cli::keys(QStringList *missing) const
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
    for (const QString &cookie : m_line.cookies) {
        if (const auto added = add(keyFromCookie(cookie), u"of that cookie"_s); !added)
            return std::unexpected(added.error());
    }
    for (const QString &text : m_line.operands) {
        if (const auto added = add(keyFromText(text), nameOf(text)); !added)
            return std::unexpected(added.error());
    }
    return keys;
}

QStringList Cli::operandsBehindKey() const
{
    return m_line.cookies.isEmpty() ? m_line.operands.sliced(1) : m_line.operands;
}

Outcome<SessionRecord> Cli::load(const SessionKey &key) const
{
    auto record = await(m_store->load(key));
    if (record)
        return *std::move(record);
    return record.error() == Error::NotFound ? noSuchSession(key.toString()) : fail(record.error());
}

Outcome<SessionInfo> Cli::change(const SessionKey &key, const SessionChange &change)
{
    const auto info = await(m_store->update(key, change));
    if (info)
        return *info;
    return info.error() == Error::NotFound ? noSuchSession(key.toString()) : fail(info.error());
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
        Terminal::print(u"{\"%1\":%2}\n"_s.arg(name).arg(count));
    else if (Terminal::isOutput())
        Terminal::print(sentence + u'\n');
    else
        Terminal::print(u"%1\n"_s.arg(count));
}
