// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Sojourn {

/// A server, however the names of this machine are written.
[[nodiscard]] inline QString serverAddress(const QString &host, quint16 port)
{
    const QString lower = host.toLower();
    const bool here = lower == QLatin1StringView("localhost") || lower == QLatin1StringView("127.0.0.1")
                   || lower == QLatin1StringView("::1");
    return QStringLiteral("[%1]:%2").arg(here ? QStringLiteral("localhost") : lower, QString::number(port));
}

} // namespace Sojourn
