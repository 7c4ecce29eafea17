-- SPDX-License-Identifier: MIT
-- Removes all living sessions of a user but one. ARGV: user, key to keep or '', event type, event name, reason or '-'.
local kept = ARGV[5] ~= '' and find(ARGV[5])
local removed = 0
for _, key in ipairs(redis.call('ZRANGE', prefix .. 'u:' .. ARGV[4] .. ':created', 0, -1)) do
    local record = not (kept and kept.key == key) and read(key)
    if record and isLiving(record) then
        drop(record)
        tell(ARGV[6], ARGV[7], record, ARGV[8])
        removed = removed + 1
    end
end
return answer('OK', removed)
