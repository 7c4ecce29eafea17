-- SPDX-License-Identifier: MIT
-- Keys of living sessions in an order, from an offset or behind a cursor; every position is found in O(log n).
-- ARGV: order ('expires', 'seen', 'created' or 'users'), '1' for descending, '1' if of one user only, user, key prefix,
-- offset, cursor or '', limit. Answers the total, the next cursor and the keys.
local order, descending, ofUser, user = ARGV[4], ARGV[5] == '1', ARGV[6] == '1', ARGV[7]
local keyPrefix, offset, cursor, limit = ARGV[8], math.max(0, tonumber(ARGV[9])), ARGV[10], tonumber(ARGV[11])

if order == 'users' and ofUser then order = 'created' end
local base = prefix .. (ofUser and 'u:' .. user .. ':' or 'i:')
local byUser = order == 'users'
local sorted = base .. order

local function memberOf(key)
    return byUser and userMember(remains(key)) or key
end
local function keyOf(member)
    return string.sub(member, -43)
end
-- A cursor is a score and a member.
local function cursorOf(member)
    return whole(tonumber(redis.call('ZSCORE', sorted, member))) .. ' ' .. member
end
local cursorScore, cursorMember = string.match(cursor, '^(%-?%d+) (.*)$')
cursorScore = tonumber(cursorScore)
if cursor ~= '' and not cursorScore then return answer('CURSOR') end

-- Bytewise, as Redis sorts; Lua's own comparison follows the locale.
local function less(a, b)
    for i = 1, math.min(#a, #b) do
        local x, y = string.byte(a, i), string.byte(b, i)
        if x ~= y then return x < y end
    end
    return #a < #b
end

-- Expired sessions that nobody has swept yet are skipped; mostly there are few.
local expired = redis.call('ZRANGEBYSCORE', base .. 'expires', '-inf', ARGV[2])
local isExpired = {}
for _, key in ipairs(expired) do isExpired[key] = true end

if keyPrefix ~= '' then
    local matches = {}
    for _, entry in ipairs(redis.call('ZRANGEBYLEX', prefix .. 'i:keys', '[' .. keyPrefix, '(' .. keyPrefix .. '\255')) do
        local key = string.sub(entry, 1, 43)
        if #keyPrefix <= #key and not isExpired[key] and (not ofUser or string.sub(entry, 44) == user) then
            local member = memberOf(key)
            local score = tonumber(redis.call('ZSCORE', sorted, member))
            if score then table.insert(matches, {score = score, member = member, key = key}) end
        end
    end
    local function comes(a, b)
        if descending then a, b = b, a end
        return a.score < b.score or a.score == b.score and less(a.member, b.member)
    end
    table.sort(matches, comes)
    local from = offset
    if cursorScore then
        from = 0
        while matches[from + 1] and not comes({score = cursorScore, member = cursorMember}, matches[from + 1]) do from = from + 1 end
    end
    local keys = {}
    for i = from + 1, math.min(from + limit, #matches) do table.insert(keys, matches[i].key) end
    local last = matches[from + #keys]
    return answer('OK', #matches, #keys > 0 and matches[from + #keys + 1] and cursorOf(last.member) or '', keys)
end

local size = redis.call('ZCARD', sorted)

-- How many members come before the cursor, and whether it is there itself.
local function rankOfCursor()
    local there = redis.call('ZSCORE', sorted, cursorMember)
    if there and tonumber(there) == cursorScore then return redis.call('ZRANK', sorted, cursorMember), true end
    local low = redis.call('ZCOUNT', sorted, '-inf', '(' .. whole(cursorScore))
    local high = low + redis.call('ZCOUNT', sorted, whole(cursorScore), whole(cursorScore))
    while low < high do
        local middle = math.floor((low + high) / 2)
        if less(redis.call('ZRANGE', sorted, middle, middle)[1], cursorMember) then low = middle + 1 else high = middle end
    end
    return low, false
end

local position = offset
if cursorScore then
    local rank, there = rankOfCursor()
    if descending then position = size - rank else position = rank + (there and 1 or 0) end
else
    local gaps = {}
    for _, key in ipairs(expired) do
        local rank = redis.call('ZRANK', sorted, memberOf(key))
        if rank then table.insert(gaps, descending and size - 1 - rank or rank) end
    end
    table.sort(gaps)
    for _, gap in ipairs(gaps) do
        if gap > position then break end
        position = position + 1
    end
end

-- One more than asked for tells whether there is a next page.
local found = {}
while limit > 0 and #found <= limit do
    local members = redis.call(descending and 'ZREVRANGE' or 'ZRANGE', sorted, position, position + limit)
    if #members == 0 then break end
    for _, member in ipairs(members) do
        if not isExpired[keyOf(member)] then table.insert(found, member) end
    end
    position = position + #members
end
local keys = {}
for i = 1, math.min(limit, #found) do keys[i] = keyOf(found[i]) end
local nextCursor = #found > limit and limit > 0 and cursorOf(found[limit]) or ''
return answer('OK', redis.call('ZCARD', base .. 'expires') - #expired, nextCursor, keys)
