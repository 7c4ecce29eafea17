// SPDX-License-Identifier: MIT
#include "author.h"

#include "sessionevent.h"

#include <QtCore/QSysInfo>

#include <utility>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constinit thread_local std::optional<QString> scoped;
constinit thread_local bool restoring = false;

QString &tool()
{
    static QString author;
    return author;
}

QString loginName()
{
#ifdef Q_OS_UNIX
    if (const passwd *entry = ::getpwuid(::geteuid()))
        return QString::fromLocal8Bit(entry->pw_name);
    return u"uid %1"_s.arg(::geteuid());
#else
    return qEnvironmentVariable("USERNAME");
#endif
}

} // namespace

void Author::setTool(const QString &name)
{
    tool() = name.isEmpty() ? QString() : u"%1@%2, %3"_s.arg(loginName(), QSysInfo::machineHostName(), name).left(MaxLength);
}

QString Author::current()
{
    return scoped ? *scoped : tool();
}

bool Author::isRestoring()
{
    return restoring;
}

void Author::sign(SessionEvent &event)
{
    switch (event.type) {
    case SessionEvent::Created:
    case SessionEvent::Changed:
    case SessionEvent::Rotated:
        break;
    case SessionEvent::Revoked:
        if (event.reason == "admin"_L1)
            break;
        return;
    default:
        return;
    }
    event.by = current();
    if (event.type == SessionEvent::Created && !event.by.isEmpty())
        event.reason = restoring ? u"restored"_s : u"imported"_s;
}

Author::Scope::Scope(const QString &author, bool restores)
    : m_before(std::exchange(scoped, author.left(MaxLength))), m_restored(std::exchange(restoring, restores))
{ }

Author::Scope::~Scope()
{
    scoped = std::move(m_before);
    restoring = m_restored;
}

} // namespace Sojourn
