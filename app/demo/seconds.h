// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

/// The duration that \a text gives in seconds, with an optional fraction; nothing if it is not a number from 0 to a century.
/// What is more than nothing counts as at least a millisecond.
[[nodiscard]] inline std::optional<std::chrono::milliseconds> secondsFromText(const QString &text)
{
    constexpr double Century = 100 * 365.25 * 86400;
    bool ok = false;
    const double value = text.toDouble(&ok);
    if (!ok || !(value >= 0 && value <= Century))
        return {};
    return std::chrono::milliseconds(std::max<qint64>(std::llround(value * 1000), value > 0));
}
