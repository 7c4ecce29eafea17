-- SPDX-License-Identifier: MIT
-- Holds a part of an index against the records. ARGV: index, from, how many to look at. Answers how many records were found gone, how
-- many entries stay, how many were looked at, and whether all indexes know equally many sessions.
local sorted, from, count = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local equal = areEqual()
if equal == 0 then count = math.min(count, 2 * step) end

local gone, left, looked = 0, 0, 0
for _, member in ipairs(membersOf('ZRANGE', prefix .. sorted, from, from + count - 1)) do
    if gone == step then break end
    looked = looked + 1
    local key = keyOf(sorted, member)
    local stays = true
    if redis.call('EXISTS', prefix .. 's:' .. key) == 0 then
        forget(key)
        gone = gone + 1
        stays = false
    elseif equal == 0 then
        local record = read(key)
        if record then
            index(record)
            stays = sorted == 'i:users' and member == userMember(record) or sorted == 'i:keys' and member == record.key .. record.user
                or sorted ~= 'i:users' and sorted ~= 'i:keys'
        end
    end
    if stays then left = left + 1 else redis.call('ZREM', prefix .. sorted, member) end
end
return answer('OK', gone, left, looked, equal)
