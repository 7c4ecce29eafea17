// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionData>

namespace Sojourn {

/// \a data as the text of one JSON object, {"name":value,...}; nothing if a value is no compact JSON.
[[nodiscard]] std::optional<QByteArray> toJsonText(const SessionData &data);
/// What toJsonText() wrote, or any other spelling of a JSON object; nothing if \a text is none.
[[nodiscard]] std::optional<SessionData> fromJsonText(const QByteArray &text);

} // namespace Sojourn
