// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace Sojourn {

/// A Lua script that the server runs in one atomic step. What it gets and answers is said in its file in scripts/.
struct RedisScript
{
    explicit RedisScript(const char *body);

    QByteArray text;
    QByteArray sha; ///< by which the server knows it, as hexadecimal text
};

/// All scripts.
struct RedisScripts
{
    RedisScript create, load, change, remove, removeUser, takeFlash, list, sweep, history, quarantine;

    static const RedisScripts &instance();
};

} // namespace Sojourn
