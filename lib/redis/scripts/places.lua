-- SPDX-License-Identifier: MIT
-- Where expired sessions that nobody has swept yet stand in an order. ARGV: order, '1' if of one user only, user, how many were looked
-- at before, how many to look at. Answers how many were looked at, and the ranks.
local order, ofUser, user, from, count = ARGV[4], ARGV[5] == '1', ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8])
local ofNobody = ofUser and user == ''
if order == 'users' and ofUser then order = 'created' end
if ofNobody and order == 'created' then order = 'users' end
local base = prefix .. (ofUser and not ofNobody and 'u:' .. user .. ':' or 'i:')

-- By rank: a LIMIT is counted off one by one.
local expired = redis.call('ZCOUNT', base .. 'expires', '-inf', whole(now))
local keys = from < expired and redis.call('ZRANGE', base .. 'expires', from, math.min(from + count, expired) - 1) or {}
local nobodys = ofNobody and #keys > 0 and redis.call('ZMSCORE', prefix .. 'i:keys', unpack(keys))
local ranks = {}
for i, key in ipairs(keys) do
    if not nobodys or nobodys[i] then
        local rank = redis.call('ZRANK', base .. order, order == 'users' and userMember(remains(key)) or key)
        if rank then table.insert(ranks, rank) end
    end
end
return answer('OK', #keys, ranks)
