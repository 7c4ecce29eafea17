-- SPDX-License-Identifier: MIT
-- Living sessions in an order, from an offset or behind a cursor: those that one step can look at. Positions are found in O(log n).
-- ARGV: those of order.lua, offset, cursor or '', how many at most, where to go on or '' at first, how many living ones to skip there, '1' if the expired
-- ones have been counted, how many members one step looks at.
-- Answers OK, the total (-1 where it was counted before), where to go on (-1 at the end), how many are still to skip, and members with
-- their scores in turn; or COUNT and how many there are with the expired ones, where places.lua has to find these first.
local offset, cursor, limit = math.max(0, tonumber(ARGV[8])), ARGV[9], tonumber(ARGV[10])
local position, skip, counted = tonumber(ARGV[11]), tonumber(ARGV[12]) or 0, ARGV[13] == '1'
local most = tonumber(ARGV[14]) -- members that one step looks at

local total = -1
if not position then
    if not counted then
        local isFar = order ~= 'expires' and not picks and cursor == '' and offset > most
        if expired > 0 and (isFar or ofNobody and expired > most) then return answer('COUNT', ofAll) end
        total = ofAll - expired
        if ofNobody and expired > 0 then
            local keys = redis.call('ZRANGE', base .. 'expires', 0, expired - 1)
            total = ofAll
            for _, score in ipairs(redis.call('ZMSCORE', prefix .. 'i:keys', unpack(keys))) do
                if score then total = total - 1 end
            end
        end
    end
    if cursor ~= '' then
        local score, member = string.match(cursor, '^(%-?%d+) (.*)$')
        if not score then return answer('CURSOR') end
        local rank, there = rankOf(tonumber(score), member)
        if descending then position = size - rank else position = rank + (there and 1 or 0) end
    else
        position = order == 'expires' and not descending and expired or 0
        if order == 'expires' and not picks or expired == 0 and not picks then position = position + offset else skip = offset end
    end
end

local finish = order == 'expires' and descending and size - expired or size
local rows, looked = {}, 0
while limit > 0 and position < finish and looked < most and #rows < 2 * limit do
    local count = math.min(most - looked, finish - position, skip + limit - #rows / 2)
    local from = descending and size - position - count or position
    local found = redis.call('ZRANGE', sorted, from, from + count - 1, 'WITHSCORES')
    if #found == 0 then position = finish end
    local keys = {}
    for i = 1, #found, 2 do table.insert(keys, string.sub(found[i], -43)) end
    local deadlines = expired > 0 and #keys > 0 and redis.call('ZMSCORE', base .. 'expires', unpack(keys)) or {}
    local nobodys = picks and #keys > 0 and redis.call('ZMSCORE', prefix .. 'i:keys', unpack(keys))
    for i = 1, #keys do
        local at = descending and #keys + 1 - i or i
        if tonumber(deadlines[at] or now + 1) > now and (not nobodys or nobodys[at]) then
            if skip > 0 then
                skip = skip - 1
            else
                table.insert(rows, found[2 * at - 1])
                table.insert(rows, found[2 * at])
            end
        end
    end
    position = position + #keys
    looked = looked + #keys
end
return answer('OK', total, position < finish and position or -1, skip, rows)
