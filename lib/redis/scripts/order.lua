-- SPDX-License-Identifier: MIT
-- An order of sessions, for the scripts that begin with it. ARGV: order ('expires', 'seen', 'created' or 'users'), '1' for descending, '1'
-- if of one user only, user.
local order, descending, ofUser, user = ARGV[4], ARGV[5] == '1', ARGV[6] == '1', ARGV[7]

-- Sessions of nobody have no indexes of their own but the front of i:users; by other times they are picked out of all.
local ofNobody = ofUser and user == ''
if order == 'users' and ofUser then order = 'created' end
if ofNobody and order == 'created' then order = 'users' end
local base = prefix .. (ofUser and not ofNobody and 'u:' .. user .. ':' or 'i:')
local sorted = base .. order
local picks = ofNobody and order ~= 'users'
local first, last = userRange('')
local ofAll = ofNobody and redis.call('ZLEXCOUNT', prefix .. 'i:users', first, last) or redis.call('ZCARD', base .. 'expires')
local expired = redis.call('ZCOUNT', base .. 'expires', '-inf', whole(now))
local size = ofNobody and not picks and ofAll or redis.call('ZCARD', sorted)

-- Bytewise, as Redis sorts; Lua's own comparison follows the locale. Of keys: names of users are compared by the server.
local function less(a, b)
    for i = 1, math.min(#a, #b) do
        local x, y = string.byte(a, i), string.byte(b, i)
        if x ~= y then return x < y end
    end
    return #a < #b
end

-- How many members come before the cursor, a score and a member, and whether it is there itself.
local function rankOf(score, member)
    local there = redis.call('ZSCORE', sorted, member)
    if there and tonumber(there) == score then return redis.call('ZRANK', sorted, member), true end
    if order == 'users' then return score < 0 and 0 or score > 0 and size or redis.call('ZLEXCOUNT', sorted, '-', '(' .. member), false end
    local low = redis.call('ZCOUNT', sorted, '-inf', '(' .. whole(score))
    local high = low + redis.call('ZCOUNT', sorted, whole(score), whole(score))
    while low < high do
        local middle = math.floor((low + high) / 2)
        if less(redis.call('ZRANGE', sorted, middle, middle)[1], member) then low = middle + 1 else high = middle end
    end
    return low, false
end
