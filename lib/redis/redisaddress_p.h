// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Sojourn {

/// Database and prefix, as addresses and names of stores spell them.
[[nodiscard]] inline QString placeInServer(int database, const QString &prefix)
{
    return QStringLiteral("%1?%2").arg(QString::number(database), prefix);
}

/// A server, however the names of this machine are written.
[[nodiscard]] inline QString serverAddress(const QString &host, quint16 port)
{
    const QString lower = host.toLower();
    const bool here = lower == QLatin1StringView("localhost") || lower == QLatin1StringView("127.0.0.1")
                   || lower == QLatin1StringView("::1");
    return QStringLiteral("[%1]:%2").arg(here ? QStringLiteral("localhost") : lower, QString::number(port));
}

} // namespace Sojourn
