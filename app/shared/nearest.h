// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QStringList>

/// The one of \a words that \a typed was probably meant to be; null if none is near.
[[nodiscard]] QString nearest(const QString &typed, const QStringList &words);
