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

/// The local socket of the application \a name of the present user.
[[nodiscard]] SOJOURN_LIVE_EXPORT QString serverName(const QString &name);

/// The names whose sockets lie in the folder of local sockets, those of dead processes too.
[[nodiscard]] QStringList knownNames();

/// Whether a living process listens there. Does not wait for it.
[[nodiscard]] bool answers(const QString &serverName);

/// Whether the process at the other end runs as this user. True where the system does not tell: there the socket's access rights
/// decide.
[[nodiscard]] bool isSameUser(const QLocalSocket &socket);

} // namespace Sojourn::Wire
