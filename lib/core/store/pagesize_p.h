// SPDX-License-Identifier: MIT
#pragma once

#include "sessionstore.h"

#include <algorithm>

namespace Sojourn::Detail {

/// Walks of whole stores take pages of about this size, so that large sessions do not make large pages.
constexpr qint64 PageBytes = 4 * 1024 * 1024;
constexpr int FirstPageSize = 100;
constexpr int LargestPageSize = 1000;

/// How many records the page after \a page should have.
inline int nextPageSize(const SessionPage &page)
{
    qint64 bytes = 0;
    for (const SessionRecord &record : page.records)
        bytes += record.size;
    const qint64 fitting = bytes > 0 ? PageBytes * page.records.size() / bytes : LargestPageSize;
    return static_cast<int>(std::clamp<qint64>(fitting, 1, LargestPageSize));
}

} // namespace Sojourn::Detail
