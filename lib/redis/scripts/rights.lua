-- SPDX-License-Identifier: MIT
-- Which commands this account may not use, or this server does not have. ARGV: prefix, channel, 'rw' or 'ro', how events are published. Writes nothing: commands
-- are given what they refuse or cannot find. Answers two lists: what a store cannot do without, and what its events need.
local probe, channel, access = ARGV[1] .. 'probe', ARGV[2], ARGV[3]

local function isRefused(...)
    local reply = redis.pcall(...)
    local text = type(reply) == 'table' and reply.err and string.lower(reply.err)
    if not text then return false end
    for _, sign in ipairs({'noperm', 'permission', 'acl failure', "can't run", "can't access", "can't publish", 'unknown redis command'}) do
        if string.find(text, sign, 1, true) then return true end
    end
    return false
end

local function refusedOf(commands)
    local names = {}
    for _, command in ipairs(commands) do
        if isRefused(unpack(command)) then table.insert(names, command[1]) end
    end
    return names
end

local reads = {
    {'HGETALL', probe}, {'HMGET', probe, ''}, {'HGET', probe, ''}, {'EXISTS', probe}, {'GET', probe}, {'ZCARD', probe},
    {'ZCOUNT', probe, '-inf', '+inf'}, {'ZSCORE', probe, ''}, {'ZMSCORE', probe, ''}, {'ZRANK', probe, ''}, {'ZRANGE', probe, '0', '0'},
    {'ZREVRANGE', probe, '0', '0'}, {'ZRANGEBYSCORE', probe, '0', '0'}, {'ZRANGEBYLEX', probe, '-', '+'},
    {'ZREVRANGEBYLEX', probe, '+', '-'}, {'ZLEXCOUNT', probe, '-', '+'},
}
local writes = {
    {'HSET', probe, '', '', ''}, {'HDEL', probe, ''}, {'DEL', probe}, {'UNLINK', probe}, {'RENAME', probe, probe}, {'PEXPIRE', probe, '1'},
    {'SET', probe, '', 'XX'}, {'ZADD', probe, 'x', ''}, {'ZREM', probe, ''}, {'ZREMRANGEBYSCORE', probe, '0', '0'},
}
local events = {{'XREVRANGE', probe, '+', '-', 'COUNT', '1'}, {'XRANGE', probe, '-', '+', 'COUNT', '1'}}
if access == 'rw' then
    table.insert(events, {'XADD', probe, 'NOMKSTREAM', 'MAXLEN', '~', '1', '*', 'event', ''})
    table.insert(events, {ARGV[4], channel, ''})
    for _, command in ipairs(writes) do table.insert(reads, command) end
end
return {refusedOf(reads), refusedOf(events)}
