// SPDX-License-Identifier: MIT
#include "importjob.h"
