-- SPDX-License-Identifier: MIT
-- Removes living sessions of a user, those that one part of an index knows. ARGV: user, key to keep or '', event type, event name,
-- reason or '-', index, from, how many to look at, how many to remove. Answers how many were removed, how many of the index were left in
-- their places, how many were looked at, at its end whether all indexes know equally many sessions, and whether none of them knows one of
-- this user.
local user, sorted, from, count, most = ARGV[4], ARGV[9], tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])

local kept = ARGV[5] ~= '' and follow(ARGV[5]) -- it may have been renewed or rotated meanwhile

local members
if sorted == 'i:users' then
    -- By rank: a LIMIT is counted off one by one.
    local first, last = userRange(user)
    local before = redis.pcall('ZLEXCOUNT', prefix .. sorted, '-', '(' .. string.sub(first, 2))
    local size = redis.pcall('ZLEXCOUNT', prefix .. sorted, first, last)
    local isThere = type(size) == 'number' and from < size
    members = isThere and membersOf('ZRANGE', prefix .. sorted, before + from, before + math.min(from + count, size) - 1) or {}
else
    members = membersOf('ZRANGE', prefix .. sorted, from, from + count - 1)
end

-- Mostly a shard has none of them.
local function hasNone()
    for _, order in ipairs(orders) do
        if redis.pcall('ZCARD', prefix .. 'u:' .. user .. ':' .. order) ~= 0 then return 0 end
    end
    return redis.pcall('ZLEXCOUNT', prefix .. 'i:users', userRange(user)) == 0 and areEqual() or 0
end

local isTheirs = sorted == 'i:users' or string.sub(sorted, 1, 2) == 'u:'
-- What has expired goes too, or a clock that goes back would bring it back. Where others' sessions are among these it is left to the
-- sweep without a look at the record: no index is behind its records.
local keys, deadlines = {}, {}
for i, member in ipairs(members) do keys[i] = keyOf(sorted, member) end
if #keys > 0 and not isTheirs then deadlines = membersOf('ZMSCORE', prefix .. 'i:expires', unpack(keys)) end

local removed, left, looked, revoked, expired, stale = 0, 0, 0, {}, {}, {}
for i, key in ipairs(keys) do
    if looked - left == most then break end
    looked = looked + 1
    local member = members[i]
    local isOver = tonumber(deadlines[i] or now + 1) <= now
    local theirs = isTheirs or not isOver and redis.pcall('HGET', prefix .. 's:' .. key, 'user') == user
    local record, newer
    if theirs and key ~= kept then record, newer = read(key) end
    if newer and isTheirs then
        local deadline = redis.pcall('ZSCORE', prefix .. 'i:expires', key)
        isOver = type(deadline) == 'string' and tonumber(deadline) <= now
    end
    if not theirs or key == kept or newer and isOver then
        left = left + 1
    elseif newer then
        tell(ARGV[6], ARGV[7], dropUnread(key), ARGV[8])
        removed = removed + 1
    elseif not record then
        forget(key)
        redis.call('ZREM', prefix .. sorted, member)
    elseif record.user ~= user then
        redis.call('ZREM', prefix .. sorted, member)
    elseif isLiving(record) then
        table.insert(revoked, record)
        table.insert(stale, member) -- where it was of another form
        removed = removed + 1
    else
        table.insert(expired, record)
        table.insert(stale, member)
    end
end
expireAll(expired)
dropAll(revoked)
for _, record in ipairs(revoked) do tell(ARGV[6], ARGV[7], record, ARGV[8]) end
if #stale > 0 then redis.call('ZREM', prefix .. sorted, unpack(stale)) end
return answer('OK', removed, left, looked, looked < count and areEqual() or 0, looked == 0 and hasNone() or 0)
