// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournhttpserver_export.h>

#include <chrono>

// How long connections are waited for whose visitors do not go on. Tests make it shorter.
namespace Sojourn::Detail {

/// For the end of a WebSocket that was closed.
SOJOURN_HTTPSERVER_EXPORT extern std::chrono::milliseconds closingPatience;
/// For any of the last bytes of a stream to leave.
SOJOURN_HTTPSERVER_EXPORT extern std::chrono::milliseconds sendingPatience;

} // namespace Sojourn::Detail
