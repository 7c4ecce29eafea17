// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <Sojourn/sojourncore_export.h>

#include <span>

namespace Sojourn::Detail {

/// Fills \a bytes from the system's random generator. Asks it for many bytes at a time and never hands one out twice.
/// Thread-safe.
SOJOURN_CORE_EXPORT void fillRandom(std::span<quint8> bytes);

} // namespace Sojourn::Detail
