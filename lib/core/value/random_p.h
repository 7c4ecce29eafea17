// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <span>

namespace Sojourn::Detail {

/// Fills \a bytes from the system's random generator. Asks it for many bytes at a time and never hands one out twice.
/// Thread-safe.
void fillRandom(std::span<quint8> bytes);

} // namespace Sojourn::Detail
