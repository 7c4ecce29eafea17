// SPDX-License-Identifier: MIT
#pragma once

#include "task.h"

namespace Sojourn::Detail {

/// While it lives, this thread runs only the continuations of one chain; the others follow from the event loop. Chain 0 is that
/// of a future of which nothing is known.
class WaitScope
{
public:
    explicit WaitScope(int chain);
    ~WaitScope();
    Q_DISABLE_COPY_MOVE(WaitScope)

    /// Runs what was kept back of this chain, until \a finished.
    void runDeferred(const std::function<bool()> &finished);

private:
    void choose();

    const int m_chain;
    const int m_outer;
};

} // namespace Sojourn::Detail
