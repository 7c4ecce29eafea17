-- SPDX-License-Identifier: MIT
-- How many living sessions there are of this shard, and how many of them come before a place in an order. ARGV: those of order.lua, how many
-- of the expired sessions that nobody has swept yet were looked at before, how many to look at, the score of the place and its member, which may be another
-- shard's; without them the count alone is wanted. Answers both numbers, or what to take off those before, and how many expired ones have
-- been looked at by now; -1 for all.
local from = tonumber(ARGV[8])
local rank, there
if ARGV[10] then rank, there = rankOf(tonumber(ARGV[10]), ARGV[11]) end

local keys = from < expired and redis.call('ZRANGE', base .. 'expires', from, math.min(from + tonumber(ARGV[9]), expired) - 1) or {}
-- Scores are found quicker than ranks. Names of users only the server can compare.
local scores = rank and order ~= 'users' and #keys > 0 and redis.call('ZMSCORE', sorted, unpack(keys))
local place = tonumber(ARGV[10])

local function comesBefore(i)
    if not rank or scores and (not scores[i] or keys[i] == ARGV[11]) then return false end
    if scores then
        local score = tonumber(scores[i])
        if score ~= place then return (score < place) ~= descending end
        return less(keys[i], ARGV[11]) ~= descending
    end
    local at = redis.call('ZRANK', sorted, userMember(remains(keys[i])))
    if not at then return false end
    if descending then return at > rank or at == rank and not there end
    return at < rank
end

local total, before = 0, 0
if from == 0 then
    total = ofAll
    before = rank and (descending and size - rank - (there and 1 or 0) or rank) or 0
end
local nobodys = ofNobody and #keys > 0 and redis.call('ZMSCORE', prefix .. 'i:keys', unpack(keys))
for i = 1, #keys do
    if not nobodys or nobodys[i] then
        total = total - 1
        if comesBefore(i) then before = before - 1 end
    end
end
local looked = from + #keys
return answer('OK', total, before, #keys > 0 and looked < expired and looked or -1)
