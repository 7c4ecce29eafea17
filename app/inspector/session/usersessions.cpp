// SPDX-License-Identifier: MIT
#include "usersessions.h"

#include <QtCore/QHash>
#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

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
        if (event.isEnd())
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
        session.device = deviceOf(record);
    }
    std::ranges::stable_sort(sessions, [](const UserSession &a, const UserSession &b) {
        if (a.isAlive != b.isAlive)
            return a.isAlive;
        return a.isAlive ? a.lastSeenAt > b.lastSeenAt : a.until > b.until;
    });
    return sessions;
}

QString deviceOf(const SessionRecord &record)
{
    const SessionData &data = record.data;
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
    // What the application keeps of visits, or else what it keeps among the attributes.
    VisitFacts visit = record.visitFacts();
    if (visit.device().isEmpty() && visit.address.isEmpty())
        visit = {.address = textOf({"ip", "address", "remoteAddress", "remote_addr"}),
                 .userAgent = textOf({"device", "userAgent", "user_agent", "user-agent", "User-Agent", "ua", "browser"})};
    QStringList parts = {visit.device(), visit.address};
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace Sojourn::Inspector
