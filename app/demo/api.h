// SPDX-License-Identifier: MIT
#pragma once

#include "frontend.h"

/// Adds /bare, /read, /visit and everything under /api; \a metrics are those of the whole program.
void addApi(FrontEnd &frontEnd, const std::function<Sojourn::Metrics()> &metrics);
