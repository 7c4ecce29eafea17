-- SPDX-License-Identifier: MIT
-- Notes that a user may have a session in a shard until some time. A home (KEYS[1]) is a sorted set of numbers of shards by that time: it
-- may know too many, never too few. ARGV: time in ms ('' for that of this server), number of the shard, until when.
local home, now = KEYS[1], tonumber(ARGV[1]) or serverTime
redis.call('ZADD', home, 'GT', ARGV[3], ARGV[2])
redis.call('ZREMRANGEBYSCORE', home, '-inf', string.format('(%.0f', now))
local last = redis.call('ZRANGE', home, -1, -1, 'WITHSCORES')[2]
redis.call('PEXPIRE', home, string.format('%.0f', math.min(tonumber(last or now) - now + 1000, 1e15)))
return 1
