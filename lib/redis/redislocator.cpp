// SPDX-License-Identifier: MIT
#include "redislocator_p.h"

namespace Sojourn {

RedisLocator::~RedisLocator() = default;

} // namespace Sojourn
