// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <initializer_list>

namespace Sojourn {

/// A Lua script that the server runs in one atomic step. What it gets and answers is said in its file in scripts/.
struct RedisScript
{
    /// Consists of \a parts, one behind the other.
    RedisScript(std::initializer_list<const char *> parts);

    QByteArray text;
    QByteArray sha; ///< by which the server knows it, as hexadecimal text
};

/// All scripts.
struct RedisScripts
{
    RedisScript create, load, write, move, remove, removeUser, takeFlash, list, sweep, history, quarantine;

    static const RedisScripts &instance();
};

} // namespace Sojourn
