-- SPDX-License-Identifier: MIT
-- Removes expired records, those that expired first before others. ARGV: how many at most. Answers how many were seen to, those among
-- them that were set aside or only had a wrong place in the index: as long as that is the most, there may be more.
local due = redis.call('ZRANGEBYSCORE', prefix .. 'i:expires', '-inf', ARGV[2], 'LIMIT', 0, ARGV[4])
for _, key in ipairs(due) do
    local record = read(key)
    if record and isLiving(record) then
        index(record, 'expires')
    elseif record then
        expire(record)
    elseif redis.call('ZSCORE', prefix .. 'i:expires', key) then
        -- Nobody swept for so long that the hash went by itself.
        record = remains(key)
        unindex(record)
        tell(5, 'expired', record)
    end
end
return answer('OK', #due)
