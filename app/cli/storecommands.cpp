// SPDX-License-Identifier: MIT
#include "cli.h"

#include "terminal.h"

using namespace Sojourn;
using namespace Qt::StringLiterals;

Outcome<void> Cli::sweep()
{
    if (m_line.isDryRun()) {
        Terminal::note(u"Nothing was removed. Sessions that have expired are gone for every reader already, and are counted only "
                       "when they are removed."_s);
        if (wantsJson())
            Terminal::print("{\"dryRun\":true}\n"_ba);
        return {};
    }
    const auto removed = removeExpired();
    if (!removed)
        return std::unexpected(removed.error());
    printCount(*removed, u"removed"_s, u"%1 removed that had expired."_s.arg(Terminal::sessions(*removed)));
    return {};
}

Outcome<void> Cli::vacuum()
{
    // A large file takes as long as it takes.
    m_store->setTimeout(std::chrono::hours(1));
    const auto freed = await(m_store->compact());
    if (!freed)
        return fail(freed.error());
    printCount(*freed, u"freed"_s, u"%1 bytes given back to the system."_s.arg(*freed));
    return {};
}
