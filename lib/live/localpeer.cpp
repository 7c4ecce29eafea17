// SPDX-License-Identifier: MIT
#include "localpeer_p.h"

#include <QtCore/QDir>
#include <QtNetwork/QLocalSocket>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn::Wire {

namespace {

// The user is a part of the name, as the folder may be shared by all.
QString prefix()
{
#ifdef Q_OS_UNIX
    return u"sojourn-%1-"_s.arg(geteuid());
#else
    return u"sojourn-%1-"_s.arg(qEnvironmentVariable("USERNAME"));
#endif
}

QDir folder()
{
#ifdef Q_OS_WIN
    return QDir(u"//./pipe/"_s);
#else
    return QDir(QDir::tempPath());
#endif
}

} // namespace

Result<void> checkName(const QString &name)
{
    constexpr qsizetype longest = 64; // a socket's path has about 100 bytes
    const bool valid = std::ranges::all_of(name, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'.' || c == u'_'
            || c == u'-';
    });
    if (name.isEmpty() || name.size() > longest || !valid)
        return failure(Error::Invalid, u"The name of a live application is empty, too long or has characters that do not fit; "
                                       "use 1 to %1 of A-Z a-z 0-9 . _ -"_s.arg(longest));
    return {};
}

QString serverName(const QString &name)
{
    return prefix() + name;
}

QStringList knownNames()
{
    const QString begin = prefix();
    QStringList names = folder().entryList({begin + u'*'}, QDir::System | QDir::Files, QDir::Name);
    for (QString &name : names)
        name.remove(0, begin.size());
    return names;
}

bool answers(const QString &serverName)
{
    QLocalSocket socket;
    socket.connectToServer(serverName);
    return socket.state() == QLocalSocket::ConnectedState || socket.state() == QLocalSocket::ConnectingState;
}

bool isSameUser(const QLocalSocket &socket)
{
#if defined(Q_OS_LINUX)
    ucred peer{};
    socklen_t size = sizeof peer;
    return getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == geteuid();
#elif defined(Q_OS_BSD4)
    uid_t user{};
    gid_t group{};
    return getpeereid(static_cast<int>(socket.socketDescriptor()), &user, &group) == 0 && user == geteuid();
#else
    Q_UNUSED(socket);
    return true;
#endif
}

} // namespace Sojourn::Wire
