// SPDX-License-Identifier: MIT
#include "localpeer_p.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtNetwork/QLocalSocket>

#include <algorithm>
#include <cerrno>
#include <tuple>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn::Wire {

namespace {

#ifdef Q_OS_UNIX
// A folder of this user (and no link to one) in which nobody else may do what \a forbidden says.
bool isOwnFolder(const QString &path, mode_t forbidden)
{
    struct stat info{};
    return ::lstat(QFile::encodeName(path).constData(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid()
        && (info.st_mode & forbidden) == 0;
}

// A folder that is shut to all others.
bool isPrivateFolder(const QString &path)
{
    return isOwnFolder(path, S_IRWXG | S_IRWXO);
}
#endif

// Where sockets may lie, the folder to listen in first. Applications and tools need not have the same environment.
QStringList folders()
{
#ifdef Q_OS_UNIX
    QStringList paths;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(runtime) && isOwnFolder(runtime, S_IWGRP | S_IWOTH))
        paths.append(runtime + "/sojourn"_L1);
    paths.append(QDir::tempPath() + u"/sojourn-%1"_s.arg(::geteuid()));
    return paths;
#elif defined(Q_OS_WIN)
    return {u"//./pipe"_s};
#else
    return {QDir::tempPath()};
#endif
}

// The socket of \a name in \a folder.
QString socketIn(const QString &folder, const QString &name)
{
#ifdef Q_OS_UNIX
    return folder + u'/' + name;
#else
    Q_UNUSED(folder);
    return u"sojourn-%1-%2"_s.arg(qEnvironmentVariable("USERNAME"), name);
#endif
}

// Those of the folders that are there and belong to this user alone.
QStringList safeFolders()
{
    QStringList paths = folders();
#ifdef Q_OS_UNIX
    paths.removeIf([](const QString &path) { return !isPrivateFolder(path); });
#endif
    return paths;
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
        return failure(Error::Invalid,
                       Error::tr("The name of a live application is empty, too long or has characters that do not fit; "
                                 "use 1 to %1 of A-Z a-z 0-9 . _ -")
                           .arg(longest));
    return {};
}

QString serverName(const QString &name)
{
    if (name.contains(u'/'))
        return QFileInfo(name).absoluteFilePath();
#ifdef Q_OS_UNIX
    for (const QString &folder : safeFolders()) {
        if (QFileInfo(socketIn(folder, name)).exists())
            return socketIn(folder, name);
    }
#endif
    return socketIn(folders().first(), name);
}

Result<QString> listeningFolder()
{
    const QString path = folders().first();
#ifdef Q_OS_UNIX
    const QByteArray native = QFile::encodeName(path);
    if (::mkdir(native.constData(), S_IRWXU) != 0 && errno != EEXIST)
        return failure(Error::Unavailable,
                       Error::tr("The folder %1 for live sockets cannot be made: %2. Set XDG_RUNTIME_DIR to a folder of "
                                 "your own.")
                           .arg(path, qt_error_string(errno)));
    // As somebody made it by hand, or a careless umask.
    if (isOwnFolder(path, 0) && !isPrivateFolder(path))
        std::ignore = ::chmod(native.constData(), S_IRWXU);
    if (!isPrivateFolder(path))
        return failure(Error::Unavailable,
                       Error::tr("%1, where live sockets should lie, is not a folder that only you may enter. Remove it, "
                                 "or set XDG_RUNTIME_DIR to a folder of your own.")
                           .arg(path));
#endif
    return path;
}

bool isTaken(const QString &name)
{
    return std::ranges::any_of(safeFolders(), [&name](const QString &folder) { return answers(socketIn(folder, name)); });
}

QStringList knownNames()
{
    QStringList names;
    for (const QString &folder : safeFolders()) {
#ifdef Q_OS_UNIX
        names += QDir(folder).entryList(QDir::System, QDir::Name);
#else
        const QString begin = socketIn(folder, {});
        for (const QString &name : QDir(folder).entryList({begin + u'*'}, QDir::System | QDir::Files, QDir::Name))
            names.append(name.sliced(begin.size()));
#endif
    }
    names.removeIf([](const QString &name) { return !checkName(name); });
    names.sort();
    names.removeDuplicates();
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
