// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionstore.h>

#include <memory>

namespace Sojourn::Detail {

/// \a store itself or, where it is null, one that answers everything with Error::Invalid. For whoever takes a store from an
/// application: a store that was forgotten is an error and not a crash.
[[nodiscard]] SOJOURN_CORE_EXPORT std::shared_ptr<SessionStore> orNoStore(std::shared_ptr<SessionStore> store);

} // namespace Sojourn::Detail
