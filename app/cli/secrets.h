// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

/// What stands in place of a session id.
inline constexpr QLatin1StringView HiddenId("(a session id)");

/// \a text, which may repeat what a person gave, without session ids and without passwords of store URLs, however misspelt.
[[nodiscard]] QString withoutSecrets(QString text);
