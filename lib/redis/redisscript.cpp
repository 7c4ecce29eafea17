// SPDX-License-Identifier: MIT
#include "redisscript_p.h"

#include "luascripts_p.h"

#include <QtCore/QCryptographicHash>

namespace Sojourn {

RedisScript::RedisScript(const char *body)
    : text(QByteArray(commonLua) + body), sha(QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex())
{
}

const RedisScripts &RedisScripts::instance()
{
    static const RedisScripts scripts{
        .create = RedisScript(createLua), .load = RedisScript(loadLua), .change = RedisScript(changeLua),
        .remove = RedisScript(removeLua), .removeUser = RedisScript(removeuserLua), .takeFlash = RedisScript(takeflashLua),
        .list = RedisScript(listLua), .sweep = RedisScript(sweepLua), .history = RedisScript(historyLua),
        .quarantine = RedisScript(quarantineLua)};
    return scripts;
}

} // namespace Sojourn
