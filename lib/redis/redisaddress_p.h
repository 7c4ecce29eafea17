// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/serveraddress_p.h>

#include <QtCore/QString>

namespace Sojourn {

/// Database and prefix, as addresses and names of stores spell them.
[[nodiscard]] inline QString placeInServer(int database, const QString &prefix)
{
    return QStringLiteral("%1?%2").arg(QString::number(database), prefix);
}

} // namespace Sojourn
