// SPDX-License-Identifier: MIT
#include "usersessions.h"

#include <QtCore/QHash>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static bool ends(const SessionEvent &event)
{
    return event.type == SessionEvent::Destroyed || event.type == SessionEvent::Expired || event.type == SessionEvent::Revoked
        || event.type == SessionEvent::Quarantined;
}

QList<UserSession> userSessions(const QList<SessionRecord> &living, QList<SessionEvent> events, TimePoint now)
{
    using Kind = UserSession::Kind;
    std::ranges::stable_sort(events, {}, &SessionEvent::at);
    QList<UserSession> sessions;
    QHash<SessionKey, qsizetype> byKey;
    const auto sessionOf = [&](const SessionKey &key, TimePoint at, bool beginKnown) -> UserSession & {
        auto found = byKey.constFind(key);
        if (found == byKey.cend()) {
            sessions << UserSession{.key = key, .from = at, .until = at, .beginKnown = beginKnown};
            found = byKey.insert(key, sessions.size() - 1);
        }
        return sessions[*found];
    };
    for (const SessionEvent &event : std::as_const(events)) {
        if (!event.isLifecycle())
            continue;
        Kind kind = Kind::End;
        if (event.type == SessionEvent::Rotated && event.oldKey) {
            // The user's first event of a session that had no user before: somebody logged in.
            kind = byKey.contains(*event.oldKey) ? Kind::FreshId : Kind::Login;
            UserSession &session = sessionOf(*event.oldKey, event.at, true);
            byKey.insert(event.key, byKey.value(*event.oldKey));
            session.key = event.key;
        } else if (event.type == SessionEvent::Created) {
            kind = Kind::Begin;
        }
        UserSession &session = sessionOf(event.key, event.at, kind == Kind::Begin);
        session.marks << UserSession::Mark{event.at, kind, event};
        session.until = event.at;
        if (ends(event))
            session.ending = event;
        else if (kind == Kind::Begin)
            session.ending.reset(); // it came back: a removal was undone, or an import
    }
    for (const SessionRecord &record : living) {
        UserSession &session = sessionOf(record.key, record.createdAt, true);
        if (!session.beginKnown || session.marks.isEmpty()) {
            session.from = std::min(session.from, record.createdAt);
            session.beginKnown = true;
        }
        session.isAlive = true;
        session.until = now;
        session.lastSeenAt = record.lastSeenAt;
        session.ending.reset();
        session.device = deviceOf(record.data);
    }
    std::ranges::stable_sort(sessions, [](const UserSession &a, const UserSession &b) {
        if (a.isAlive != b.isAlive)
            return a.isAlive;
        return a.isAlive ? a.lastSeenAt > b.lastSeenAt : a.until > b.until;
    });
    return sessions;
}

/// "Firefox 120, Linux" of the long text that browsers send.
static QString shortAgent(const QString &agent)
{
    static const QRegularExpression browser(u"(Firefox|Edg|OPR|Chrome|Version|curl|Wget)/(\\d+)"_s);
    static const QRegularExpression system(u"(Android|iPhone|iPad|Windows|Mac OS X|CrOS|Linux)"_s);
    QStringList parts;
    QString name;
    for (auto it = browser.globalMatch(agent); it.hasNext();) {
        const auto match = it.next();
        const QString found = match.captured(1);
        const QString shown = found == "Edg"_L1 ? u"Edge"_s : found == "OPR"_L1 ? u"Opera"_s : found;
        if (name.isEmpty() || found == "Edg"_L1 || found == "OPR"_L1)
            name = (found == "Version"_L1 && agent.contains("Safari"_L1) ? u"Safari"_s : shown) + u' ' + match.captured(2);
    }
    if (!name.isEmpty())
        parts << name;
    if (const auto match = system.match(agent); match.hasMatch())
        parts << (match.captured(1) == "Mac OS X"_L1 ? u"macOS"_s : match.captured(1));
    return parts.isEmpty() ? agent : parts.join(u", "_s);
}

QString deviceOf(const SessionData &data)
{
    const auto textOf = [&data](std::initializer_list<const char *> names) {
        for (const char *name : names) {
            if (!data.contains(name))
                continue;
            const QString text = data.value(name).value_or(QJsonValue()).toString();
            if (!text.isEmpty())
                return text;
        }
        return QString();
    };
    const QString agent = textOf({"device", "userAgent", "user_agent", "user-agent", "User-Agent", "ua", "browser"});
    const QString address = textOf({"ip", "address", "remoteAddress", "remote_addr"});
    QStringList parts;
    if (!agent.isEmpty())
        parts << shortAgent(agent);
    if (!address.isEmpty())
        parts << address;
    return parts.join(u", "_s);
}

} // namespace Sojourn::Inspector
