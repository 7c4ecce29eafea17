-- SPDX-License-Identifier: MIT
-- Lifecycle events, newest first. ARGV: how many at most, '1' if of one user only, user, key or ''.
local limit, ofUser, user, key = tonumber(ARGV[4]), ARGV[5] == '1', ARGV[6], ARGV[7]
local found = {}
for _, entry in ipairs(redis.call('XREVRANGE', prefix .. 'history', '+', '-', 'COUNT', historyLimit)) do
    if #found >= limit then break end
    local line = entry[2][2]
    local its, old, whose = string.match(line, '^%S+ %S+ %S+ (%S+) (%S+) %S+ (.*)$')
    if (not ofUser or whose == user) and (key == '' or its == key or old == key) then table.insert(found, line) end
end
return answer('OK', found)
