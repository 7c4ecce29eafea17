// SPDX-License-Identifier: MIT
#pragma once

#include "redisserver.h"

/// Whether the indexes of all stores at a server say what the records say, all of them and nothing else.
class RedisIndexes
{
public:
    /// "OK" and the number of records, or what is wrong. Sees the sessions of the slots that \a server has.
    static QByteArray check(const ServerProcess &server, const QByteArray &keys = "*")
    {
        const QByteArray answer = server.ask({"EVAL", script, "0", keys}).trimmed();
        return answer.sliced(answer.indexOf('\n') + 1);
    }

private:
    static constexpr char script[] = R"lua(
local faults, expected, records = {}, {}, 0
local function expect(key, member, score)
    expected[key] = expected[key] or {}
    expected[key][member] = tonumber(score)
end
local function fault(text) if #faults < 3 then table.insert(faults, text) end end
local keys = redis.call('KEYS', ARGV[1])
for _, key in ipairs(keys) do
    local prefix, id = string.match(key, '^(.*)s:([%w_-]+)$')
    if id and #id == 43 then
        records = records + 1
        local fields = redis.call('HMGET', key, 'times', 'user')
        local user = fields[2] or ''
        local times = {string.match(fields[1] or '', '^(%-?%d+) (%-?%d+) (%-?%d+) ')}
        for i, order in ipairs({'created', 'seen', 'expires'}) do
            expect(prefix .. 'i:' .. order, id, times[i])
            if user ~= '' then expect(prefix .. 'u:' .. user .. ':' .. order, id, times[i]) end
        end
        local start = string.gsub(user, '%z', '\0\255') .. '\0\0'
        expect(prefix .. 'i:users', start .. string.format('%016.0f', times[1]) .. id, 0)
        expect(prefix .. 'i:keys', id .. user, 0)
    end
end
for _, key in ipairs(keys) do
    local name = string.match(key, '[iu]:[^{}]*$')
    if name and name ~= 'i:quarantined' and redis.call('TYPE', key).ok == 'zset' then
        local known = expected[key] or {}
        local rows = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
        for i = 1, #rows, 2 do
            if known[rows[i]] ~= tonumber(rows[i + 1]) then fault(key .. ' has a member too many or in another place') end
            known[rows[i]] = nil
        end
        if next(known) then fault(key .. ' lacks a member') end
        expected[key] = nil
    end
end
for key in pairs(expected) do fault(key .. ' is not there') end
return #faults == 0 and 'OK ' .. records or table.concat(faults, '; ')
)lua";
};
