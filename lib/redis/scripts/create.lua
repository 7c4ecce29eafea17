-- SPDX-License-Identifier: MIT
-- Stores new records, each for itself. ARGV: how many, then for each how many words follow, and these: key, 'new' or 'overwrite', cap limit
-- or '', cap policy, '1' where those under the cap have been checked, cause or '-', meta, times, user, expiry, then names
-- and values of the other fields.
-- A cap is for one that comes alone. Of several it answers OK and a word for each.
local count = tonumber(ARGV[4])
local places, tried, at = {}, {}, 5
for i = 1, count do
    places[i] = at
    local user = ARGV[at + 9]
    if not tried[user] then try(user) end
    tried[user] = true
    at = at + 1 + ARGV[at]
end

local function create(from, last)
    local record = parse(ARGV[from + 6], ARGV[from + 7])
    record.key, record.user, record.expiry, record.grace = ARGV[from], ARGV[from + 8], ARGV[from + 9], ''
    local there, newer = read(record.key)
    local trace = redis.call('GET', prefix .. 'g:' .. record.key)
    local taken = newer or there and isLiving(there) or not there and trace and find(record.key)
    if taken and ARGV[from + 1] == 'new' then return 'EXISTS' end
    if newer then return 'NEWER' end
    if record.user ~= '' and ARGV[from + 2] ~= '' then
        local room = {makeRoom(record, tonumber(ARGV[from + 2]), ARGV[from + 3], ARGV[from + 4] == '1')}
        if room[1] ~= 'OK' then return unpack(room) end
    end

    local replaces = there and isLiving(there)
    if replaces then
        drop(there)
    elseif there then
        expire(there)
    end
    if trace then redis.call('DEL', prefix .. 'g:' .. record.key) end

    save(record, nil, from + 10, last)
    if replaces then tell(1, 'changed', record, string.match(ARGV[from + 5], '/.*')) else tell(0, 'created', record, ARGV[from + 5]) end
    return 'OK'
end

if count == 1 then return answer(create(6, #ARGV)) end
local words = {}
for i, place in ipairs(places) do words[i] = create(place + 1, place + ARGV[place]) end
return answer('OK', unpack(words))
