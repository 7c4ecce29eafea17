-- SPDX-License-Identifier: MIT
-- Removes expired records, those that expired first before others. ARGV: how many at most.
local due = redis.call('ZRANGEBYSCORE', prefix .. 'i:expires', '-inf', ARGV[2], 'LIMIT', 0, ARGV[4])
local removed = 0
for _, key in ipairs(due) do
    local record = read(key)
    if record and isLiving(record) then
        index(record, 'expires')
    elseif record then
        expire(record)
        removed = removed + 1
    elseif redis.call('ZSCORE', prefix .. 'i:expires', key) then
        -- Nobody swept for so long that the hash went by itself.
        record = remains(key)
        unindex(record)
        tell(5, 'expired', record)
        removed = removed + 1
    end
end
return answer('OK', removed)
