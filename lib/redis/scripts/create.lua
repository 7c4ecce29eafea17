-- SPDX-License-Identifier: MIT
-- Stores a new record. ARGV: key, 'new' or 'overwrite', cap limit or '', cap policy, meta, times, user, expiry, then names and values of
-- the other fields.
local record = parse(ARGV[8], ARGV[9])
record.key, record.user, record.expiry, record.grace = ARGV[4], ARGV[10], ARGV[11], ''
try(record.user)

local there, newer = read(record.key)
local alias = redis.call('GET', prefix .. 'g:' .. record.key)
local taken = newer or there and isLiving(there) or not there and alias and find(record.key) and true
if taken and ARGV[5] == 'new' then return answer('EXISTS') end
if newer then return answer('NEWER') end
if record.user ~= '' and ARGV[6] ~= '' then
    local room = makeRoom(record, tonumber(ARGV[6]), ARGV[7])
    if room ~= 'OK' then return answer(room, ARGV[6]) end
end

if there and not isLiving(there) then
    expire(there)
elseif there then
    drop(there)
end
if alias then redis.call('DEL', prefix .. 'g:' .. record.key) end

save(record, nil, slice(ARGV, 12, #ARGV))
if taken then tell(1, 'changed', record) else tell(0, 'created', record) end
return answer('OK')
