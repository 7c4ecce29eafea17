// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace Sojourn {

Q_DECLARE_LOGGING_CATEGORY(lcRedis)

} // namespace Sojourn
