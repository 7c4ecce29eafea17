// SPDX-License-Identifier: MIT
#include "redisscript_p.h"

#include "luascripts_p.h"

#include <QtCore/QCryptographicHash>

namespace Sojourn {

RedisScript::RedisScript(Access access, std::initializer_list<const char *> parts) : writes(access == Writes)
{
    for (const char *part : parts)
        text += part;
    sha = QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
}

const RedisScripts &RedisScripts::instance()
{
    const auto reading = [](const char *body) { return RedisScript{RedisScript::Reads, {deadlineLua, commonLua, body}}; };
    const auto writing = [](const char *body) { return RedisScript{RedisScript::Writes, {deadlineLua, commonLua, body}}; };
    const auto ordered = [](const char *body) {
        return RedisScript{RedisScript::Reads, {deadlineLua, commonLua, orderLua, body}};
    };
    static const RedisScripts scripts{.create = writing(createLua),
                                      .load = reading(loadLua),
                                      .write = {RedisScript::Writes, {deadlineLua, writeLua}},
                                      .move = writing(moveLua),
                                      .remove = writing(removeLua),
                                      .revoke = writing(revokeLua),
                                      .takeFlash = writing(takeflashLua),
                                      .list = ordered(listLua),
                                      .rank = ordered(rankLua),
                                      .places = reading(placesLua),
                                      .search = reading(searchLua),
                                      .sweep = writing(sweepLua),
                                      .mend = writing(mendLua),
                                      .quarantine = writing(quarantineLua),
                                      .census = writing(censusLua),
                                      .home = {RedisScript::Writes, {deadlineLua, homeLua}},
                                      .lock = {RedisScript::Writes, {deadlineLua, lockLua}},
                                      .unlock = {RedisScript::Writes, {deadlineLua, unlockLua}},
                                      .count = {RedisScript::Writes, {deadlineLua, countLua}},
                                      .rights = {RedisScript::Reads, {rightsLua}}};
    return scripts;
}

} // namespace Sojourn
