-- SPDX-License-Identifier: MIT
-- Stores a new record. ARGV: key, 'new' or 'overwrite', cap limit or '', cap policy, version, created, seen, expires, absolute,
-- issued, rotate, size, attributes, user, expiry, flash, csrf, then name and JSON text of each attribute.
local record = {key = ARGV[4], version = ARGV[8], created = ARGV[9], seen = ARGV[10], expires = ARGV[11], absolute = ARGV[12],
                issued = ARGV[13], rotate = ARGV[14], size = ARGV[15], attributes = ARGV[16], user = ARGV[17], expiry = ARGV[18],
                grace = ''}

local there = read(record.key)
local alias = redis.call('GET', prefix .. 'g:' .. record.key)
local taken = there and isLiving(there) or not there and alias and find(record.key) and true
if taken and ARGV[5] == 'new' then return answer('EXISTS') end
if record.user ~= '' and ARGV[6] ~= '' and not applyCap(record, tonumber(ARGV[6]), ARGV[7]) then return answer('LIMIT', ARGV[6]) end

if there and not isLiving(there) then
    expire(there)
elseif there then
    drop(there)
end
if alias then redis.call('DEL', prefix .. 'g:' .. record.key) end

local fields = {}
for i = 21, #ARGV, 2 do
    table.insert(fields, 'a:' .. ARGV[i])
    table.insert(fields, ARGV[i + 1])
end
for i, name in ipairs({'flash', 'csrf'}) do
    if ARGV[18 + i] ~= '' then
        table.insert(fields, name)
        table.insert(fields, ARGV[18 + i])
    end
end
save(record, nil, fields)
if taken then tell(1, 'changed', record) else tell(0, 'created', record) end
return answerWith(record)
