// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/sojournlive_export.h>

#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QLocalSocket;
QT_END_NAMESPACE

namespace Sojourn::Wire {

/// Whether applications may have \a name: 1 to 64 of the characters A-Z a-z 0-9 . _ -
[[nodiscard]] Result<void> checkName(const QString &name);

/// The local socket of the application \a name of the present user, for connecting: where it is, or else where it would be. A
/// \a name with a / in it is the path of a socket itself.
[[nodiscard]] SOJOURN_LIVE_EXPORT QString serverName(const QString &name);

/// The folder in which this user's applications listen, made if need be: in XDG_RUNTIME_DIR, or one of its own among the
/// temporary files. Nobody else may enter it: Error::Unavailable if that is not so and cannot be changed.
[[nodiscard]] SOJOURN_LIVE_EXPORT Result<QString> listeningFolder();

/// Whether a living process of this user listens under \a name, in whichever folder.
[[nodiscard]] bool isTaken(const QString &name);

/// The names whose sockets lie in the folders of this user, those of dead processes too.
[[nodiscard]] QStringList knownNames();

/// Whether a living process listens there. Does not wait for it.
[[nodiscard]] bool answers(const QString &serverName);

/// Whether the process at the other end runs as this user. True where the system does not tell: there the socket's access rights
/// decide.
[[nodiscard]] bool isSameUser(const QLocalSocket &socket);

} // namespace Sojourn::Wire
