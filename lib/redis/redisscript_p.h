// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <initializer_list>

namespace Sojourn {

/// A Lua script that the server runs in one atomic step. What it gets and answers is said in its file in scripts/.
struct RedisScript
{
    enum Access : bool { Reads, Writes };

    /// Consists of \a parts, one behind the other.
    RedisScript(Access access, std::initializer_list<const char *> parts);

    QByteArray text;
    QByteArray sha; ///< by which the server knows it, as hexadecimal text
    bool writes;
};

/// All scripts.
struct RedisScripts
{
    RedisScript create, load, write, move, remove, revoke, takeFlash, list, rank, places, search, sweep, mend, quarantine, census;
    RedisScript home, lock, unlock, count;
    RedisScript rights; ///< stands alone, without a deadline

    static const RedisScripts &instance();
};

} // namespace Sojourn
