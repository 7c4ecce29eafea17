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

void Author::sign(SessionEvent &event)
{
    const bool imports = event.type == SessionEvent::Created;
    if (!imports && (event.type != SessionEvent::Revoked || event.reason != "admin"_L1))
        return;
    event.by = current();
    if (imports && !event.by.isEmpty())
        event.reason = u"imported"_s;
}

Author::Scope::Scope(const QString &author) : m_before(std::exchange(scoped, author.left(MaxLength))) { }

Author::Scope::~Scope()
{
    scoped = std::move(m_before);
}

} // namespace Sojourn
