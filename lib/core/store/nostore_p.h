// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionstore.h>

#include <memory>

namespace Sojourn::Detail {

/// \a store itself; in place of none, one that answers everything with Error::Invalid. Whoever takes a store from an application
/// asks here, as what was forgotten shall be an error and not a crash.
[[nodiscard]] SOJOURN_CORE_EXPORT std::shared_ptr<SessionStore> orNoStore(std::shared_ptr<SessionStore> store);

} // namespace Sojourn::Detail
