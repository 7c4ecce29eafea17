// SPDX-License-Identifier: MIT
#pragma once

#include "task.h"

namespace Sojourn::Detail {

/// While it lives, this thread runs only the continuations of one chain; the others follow from the event loop.
class WaitScope
{
public:
    explicit WaitScope(int chain);
    ~WaitScope();
    Q_DISABLE_COPY_MOVE(WaitScope)

    /// Runs what an earlier wait kept back of this chain.
    void runDeferred();

private:
    int m_outer;
};

} // namespace Sojourn::Detail
