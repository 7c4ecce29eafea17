// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace Sojourn::Detail {

/// Takes as long wherever the first difference is. Their sizes are no secret.
[[nodiscard]] inline bool isSameSecret(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    quint8 difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<quint8>(a[i] ^ b[i]);
    return difference == 0;
}

} // namespace Sojourn::Detail
