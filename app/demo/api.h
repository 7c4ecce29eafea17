// SPDX-License-Identifier: MIT
#pragma once

#include "frontend.h"

/// Adds /bare, /read, /visit and everything under /api.
void addApi(FrontEnd &frontEnd, const std::shared_ptr<Sojourn::SessionStore> &store);
