-- SPDX-License-Identifier: MIT
-- Removes expired records, those that expired first before others. ARGV: how many to look at, how many of the first to leave out.
-- Answers how many were seen to, those among them that were set aside or only had a wrong place in the index, and how many were left
-- where they are: newer programs wrote them.
local from, count = tonumber(ARGV[5]), tonumber(ARGV[4])
local done, left, expired = 0, 0, {}
-- By rank: a LIMIT is counted off one by one.
local last = math.min(from + count, redis.call('ZCOUNT', prefix .. 'i:expires', '-inf', whole(now))) - 1
for _, key in ipairs(from <= last and redis.call('ZRANGE', prefix .. 'i:expires', from, last) or {}) do
    local record, newer = read(key)
    if newer and redis.call('EXISTS', prefix .. 's:' .. key) == 1 then
        left = left + 1
    else
        done = done + 1
        if record and isLiving(record) then
            index(record)
        elseif record then
            table.insert(expired, record)
        else
            forget(key)
        end
    end
end
expireAll(expired)
-- An older program kept the sessions of nobody in indexes, too.
if from == 0 then redis.pcall('UNLINK', prefix .. 'u::expires', prefix .. 'u::seen', prefix .. 'u::created') end
return answer('OK', done, left)
