-- SPDX-License-Identifier: MIT
-- How many living sessions there are of this shard, and how many of them come before a place in an order. ARGV: those of order.lua, the
-- score of the place and its member, which may be another shard's; without them the count alone is wanted.
local function living(total, isCounted)
    if expired == 0 then return total end
    -- A shard is small: what has expired since the last sweep can be looked at one by one.
    for from = 0, expired - 1, chunk do
        for _, key in ipairs(redis.call('ZRANGE', base .. 'expires', from, math.min(from + chunk, expired) - 1)) do
            if isCounted(key) then total = total - 1 end
        end
    end
    return total
end

local function memberOf(key)
    return order == 'users' and userMember(remains(key)) or key
end

local function isTheirs(key)
    return not ofNobody or redis.call('ZSCORE', prefix .. 'i:keys', key)
end

local total = living(ofAll, isTheirs)
if not ARGV[8] then return answer('OK', total, 0) end

local rank, there = rankOf(tonumber(ARGV[8]), ARGV[9])
local function comesBefore(key)
    local at = isTheirs(key) and redis.call('ZRANK', sorted, memberOf(key))
    if not at then return false end
    if descending then return at > rank or at == rank and not there end
    return at < rank
end
return answer('OK', total, living(descending and size - rank - (there and 1 or 0) or rank, comesBefore))
