-- SPDX-License-Identifier: MIT
-- Writes what the client has made of a record that gets another key, another user or both, unless it has changed since the client saw
-- it: then it answers the record as it is. ARGV: key, its fields meta, times, and flash and visit with a NUL between as they were, new key
-- or '', grace, how long a key that is taken away is remembered, cap limit or '', cap policy, '1' where those under the cap have been checked,
-- new meta, times, user, expiry, cause or '-', how many fields go, their names, then names and values of those that are set.
local key, newKey, grace, remembered = ARGV[4], ARGV[8], tonumber(ARGV[9]), tonumber(ARGV[10])
local hash = prefix .. 's:' .. key

local before = read(key)
local beside = redis.call('HMGET', hash, 'flash', 'visit')
if not before or before.meta ~= ARGV[5] or before.times ~= ARGV[6] or (beside[1] or '') .. '\0' .. (beside[2] or '') ~= ARGV[7] then
    return answer('STALE', redis.call('HGETALL', hash))
end
if not isLiving(before) then return answer('NOTFOUND') end
local rotates = newKey ~= ''
if rotates and find(newKey) then return answer('EXISTS') end

local record = parse(ARGV[14], ARGV[15])
record.key, record.user, record.expiry, record.grace = key, ARGV[16], ARGV[17], before.grace
try(record.user)
local logsIn = record.user ~= before.user and record.user ~= ''
if logsIn and ARGV[11] ~= '' then
    local room = {makeRoom(record, tonumber(ARGV[11]), ARGV[12], ARGV[13] == '1')}
    if room[1] ~= 'OK' then return answer(unpack(room)) end
end

local sets = 20 + tonumber(ARGV[19])
each('HDEL', hash, ARGV, 20, sets - 1)
if rotates then
    local dead = read(newKey)
    if dead then expire(dead) end
    redis.call('DEL', prefix .. 'g:' .. newKey)
    redis.call('RENAME', hash, prefix .. 's:' .. newKey)
    record.key = newKey
end
local function replace(old)
    -- Clocks differ: the deadline beside the key decides.
    redis.call('SET', prefix .. 'g:' .. old, record.key .. ' ' .. whole(now + remembered) .. ' replaced', 'PX', whole(remembered + minute))
end
if rotates or logsIn then
    local renews = grace > 0 and not logsIn
    local aliases = {}
    for old in string.gmatch(before.grace, '%S+') do
        local target, deadline, ended, replaced = alias(old)
        if target == key and not replaced then -- or it was overwritten, and stands for another record
            if renews then
                redis.call('SET', prefix .. 'g:' .. old, newKey .. ' ' .. deadline, 'KEEPTTL')
                table.insert(aliases, old)
            elseif ended then
                redis.call('DEL', prefix .. 'g:' .. old)
            else
                replace(old)
            end
        end
    end
    if renews then
        redis.call('SET', prefix .. 'g:' .. key, newKey .. ' ' .. whole(now + grace), 'PX', whole(grace + minute))
        table.insert(aliases, key)
    elseif rotates then
        replace(key)
    end
    record.grace = table.concat(aliases, ' ')
end
save(record, before, sets, #ARGV)
if rotates then tell(3, 'rotated', record, ARGV[18], key) else tell(1, 'changed', record, ARGV[18]) end
return answer('OK')
