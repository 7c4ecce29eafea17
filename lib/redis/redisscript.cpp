// SPDX-License-Identifier: MIT
#include "redisscript_p.h"

#include "luascripts_p.h"

#include <QtCore/QCryptographicHash>

namespace Sojourn {

RedisScript::RedisScript(std::initializer_list<const char *> parts)
{
    for (const char *part : parts)
        text += part;
    sha = QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
}

const RedisScripts &RedisScripts::instance()
{
    const auto script = [](const char *body) { return RedisScript{deadlineLua, commonLua, body}; };
    static const RedisScripts scripts{.create = script(createLua),
                                      .load = script(loadLua),
                                      .write = {deadlineLua, writeLua},
                                      .move = script(moveLua),
                                      .remove = script(removeLua),
                                      .removeUser = script(removeuserLua),
                                      .takeFlash = script(takeflashLua),
                                      .list = script(listLua),
                                      .sweep = script(sweepLua),
                                      .history = script(historyLua),
                                      .quarantine = script(quarantineLua)};
    return scripts;
}

} // namespace Sojourn
