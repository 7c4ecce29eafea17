-- SPDX-License-Identifier: MIT
-- Living sessions whose keys begin in a certain way, as they come. ARGV: order, '1' if of one user only, user, prefix of the keys, the
-- entry of i:keys before or '', how many to look at. Answers how many were looked at, the last entry, and members of the order with their
-- scores in turn.
local order, ofUser, user, keyPrefix, after, count = ARGV[4], ARGV[5] == '1', ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])
if order == 'users' and ofUser then order = 'created' end

local entries = redis.call('ZRANGEBYLEX', prefix .. 'i:keys', after == '' and '[' .. keyPrefix or '(' .. after, '(' .. keyPrefix .. '\255',
    'LIMIT', 0, count)
local keys, users = {}, {}
for _, entry in ipairs(entries) do
    local key, whose = string.sub(entry, 1, 43), string.sub(entry, 44)
    if #keyPrefix <= #key and (not ofUser or whose == user) then
        table.insert(keys, key)
        table.insert(users, whose)
    end
end
local rows = {}
if #keys > 0 then
    local deadlines = redis.call('ZMSCORE', prefix .. 'i:expires', unpack(keys))
    local scores = redis.call('ZMSCORE', prefix .. 'i:' .. (order == 'users' and 'created' or order), unpack(keys))
    for i, key in ipairs(keys) do
        if scores[i] and tonumber(deadlines[i] or now + 1) > now then
            local byUser = order == 'users'
            table.insert(rows, byUser and userMember({key = key, user = users[i], created = scores[i]}) or key)
            table.insert(rows, byUser and '0' or scores[i])
        end
    end
end
return answer('OK', #entries, entries[#entries] or '', rows)
