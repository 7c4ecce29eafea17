// SPDX-License-Identifier: MIT
#pragma once

class FrontEnd;

/// Adds the page at / with its script, style and icon. It involves no session; its script calls the API.
void addPage(FrontEnd &frontEnd);
