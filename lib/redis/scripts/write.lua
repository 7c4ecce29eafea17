-- SPDX-License-Identifier: MIT
-- Writes what the client has made of a record, unless it has changed since the client saw it: then it answers the record as it is.
-- ARGV: hash, how many of its fields must be as they were, their names, their values ('' for none), then commands to run, each behind the
-- number of its words: indexes before the record, as an index that is ahead of its record harms nobody should the server refuse the
-- next command, and events last: one that cannot be published fails nothing. The most frequent script, so it does without common.lua.
local hash, count = ARGV[1], tonumber(ARGV[2])
local found = redis.pcall('HMGET', hash, unpack(ARGV, 3, count + 2))
for i = 1, count do
    if (found[i] or '') ~= ARGV[count + 2 + i] then return {'STALE ', redis.pcall('HGETALL', hash)} end
end
local i = 2 * count + 3
while i <= #ARGV do
    local call = ARGV[i + 1] == 'PUBLISH' and redis.pcall or redis.call
    call(unpack(ARGV, i + 1, i + ARGV[i]))
    i = i + ARGV[i] + 1
end
return 1
