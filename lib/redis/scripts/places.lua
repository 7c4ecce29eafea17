-- SPDX-License-Identifier: MIT
-- Expired sessions that nobody has swept yet, by their places in an order. ARGV: order, '1' if of one user only, user, how many were
-- looked at before, how many to look at. Answers how many were looked at, their members of the order, and their scores, none where
-- all are 0.
local order, ofUser, user, from, count = ARGV[4], ARGV[5] == '1', ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8])
local ofNobody = ofUser and user == ''
if order == 'users' and ofUser then order = 'created' end
if ofNobody and order == 'created' then order = 'users' end
local base = prefix .. (ofUser and not ofNobody and 'u:' .. user .. ':' or 'i:')
local byUser = order == 'users'

-- By rank: a LIMIT is counted off one by one.
local expired = redis.call('ZCOUNT', base .. 'expires', '-inf', whole(now))
local keys = from < expired and redis.call('ZRANGE', base .. 'expires', from, math.min(from + count, expired) - 1) or {}
local members, scores = {}, {}
if #keys > 0 then
    local nobodys = (ofNobody or byUser) and redis.call('ZMSCORE', prefix .. 'i:keys', unpack(keys))
    for i, score in ipairs(redis.call('ZMSCORE', base .. (byUser and 'created' or order), unpack(keys))) do
        local key = keys[i]
        if score and (not ofNobody or nobodys[i]) then
            local record = byUser and (nobodys[i] and {key = key, user = '', created = score} or remains(key))
            members[#members + 1] = record and userMember(record) or key
            if not byUser then scores[#scores + 1] = score end
        end
    end
end
return answer('OK', #keys, members, scores)
