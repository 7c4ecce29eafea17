-- SPDX-License-Identifier: MIT
-- Writes what the client has made of a record, unless it has changed since the client saw it: then it answers the record as it is.
-- ARGV: hash, when the record that the client saw ends by this server's clock ('' if it goes by one of its own), how many of its fields must
-- be as they were, their names, their values ('' for none), then commands to run, each behind the number of its words, events last: one that
-- cannot be published fails nothing. A script is not rolled back: where there are several commands, what the server would refuse in the
-- middle is tried first. The most frequent script, so it does without common.lua.
local hash, ends, count = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local found = redis.pcall('HMGET', hash, unpack(ARGV, 4, count + 3))
for i = 1, count do
    if (found[i] or '') ~= ARGV[count + 3 + i] then return {'STALE ', redis.pcall('HGETALL', hash)} end
end
-- The client's idea of the time may be an old one, after a sleep of its machine: what has ended must not live again.
if ends and ends <= serverTime then return {'NOTFOUND '} end
local first = 2 * count + 4
local publishes = {PUBLISH = true, SPUBLISH = true}
local names, kinds = {}, 0
local i = first
while i <= #ARGV and not publishes[ARGV[i + 1]] do
    local name = ARGV[i + 1]
    if not names[name] then
        names[name] = true
        kinds = kinds + 1
    end
    if name == 'ZADD' and i > first then redis.call('ZCARD', ARGV[i + 2]) end
    i = i + ARGV[i] + 1
end
if kinds > 1 then
    -- HSET comes first: behind a write of any kind a full server lets the others pass.
    local trials = {{'HSET', 'wrong number', '', '', ''}, {'HDEL', '\n', ''}, {'PEXPIRE', 'not an integer', 'x'}}
    for _, trial in ipairs(trials) do
        local reply = names[trial[1]] and redis.pcall(trial[1], hash, unpack(trial, 3))
        if type(reply) == 'table' and not string.find(reply.err, trial[2], 1, true) then return reply end
    end
end
i = first
while i <= #ARGV do
    local call = publishes[ARGV[i + 1]] and redis.pcall or redis.call
    call(unpack(ARGV, i + 1, i + ARGV[i]))
    i = i + ARGV[i] + 1
end
return 1
