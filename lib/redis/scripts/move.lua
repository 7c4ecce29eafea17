-- SPDX-License-Identifier: MIT
-- Writes what the client has made of a record that gets another key, another user or both, unless it has changed since the client saw
-- it: then it answers the record as it is. ARGV: key, its fields meta and flash as they were, new key or '', grace, cap limit or '', cap
-- policy, new meta, user, expiry, how many fields go, their names, then names and values of those that are set.
local key, newKey, grace = ARGV[4], ARGV[7], tonumber(ARGV[8])
local hash = prefix .. 's:' .. key
local minute = 60000 -- clocks differ: the deadline beside the key decides

local before = read(key)
if not before or before.meta ~= ARGV[5] or (redis.call('HGET', hash, 'flash') or '') ~= ARGV[6] then
    return answer('STALE', redis.call('HGETALL', hash))
end
local rotates = newKey ~= ''
if rotates and find(newKey) then return answer('EXISTS') end

local record = parse(ARGV[11])
record.key, record.user, record.expiry, record.grace = key, ARGV[12], ARGV[13], before.grace
local logsIn = record.user ~= before.user and record.user ~= ''
if logsIn and ARGV[9] ~= '' and not applyCap(record, tonumber(ARGV[9]), ARGV[10]) then return answer('LIMIT', ARGV[9]) end

-- Nothing above but the cap has written; from here on nothing fails.
local sets = 15 + tonumber(ARGV[14])
each('HDEL', hash, slice(ARGV, 15, sets - 1))
if rotates then
    local dead = read(newKey)
    if dead then expire(dead) end
    redis.call('DEL', prefix .. 'g:' .. newKey)
    redis.call('RENAME', hash, prefix .. 's:' .. newKey)
    record.key = newKey
end
if rotates and grace > 0 and not logsIn then
    local living = {}
    for alias in string.gmatch(before.grace, '%S+') do
        local deadline = string.match(redis.call('GET', prefix .. 'g:' .. alias) or '', '^%S+ (%S+)$')
        if deadline and tonumber(deadline) > now then
            redis.call('SET', prefix .. 'g:' .. alias, newKey .. ' ' .. deadline, 'KEEPTTL')
            table.insert(living, alias)
        end
    end
    redis.call('SET', prefix .. 'g:' .. key, newKey .. ' ' .. whole(now + grace), 'PX', whole(grace + minute))
    table.insert(living, key)
    record.grace = table.concat(living, ' ')
elseif rotates or logsIn then
    endGrace(record)
end
save(record, before, slice(ARGV, sets, #ARGV))
if rotates then tell(3, 'rotated', record, nil, key) else tell(1, 'changed', record) end
return answer('OK')
