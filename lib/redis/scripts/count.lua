-- SPDX-License-Identifier: MIT
-- Notes how many shards a store has, once for good, in KEYS[1]. ARGV: how many, 'rw' or 'ro'. Answers how many there are.
local known = redis.call('GET', KEYS[1])
if not known and ARGV[2] == 'rw' then redis.call('SET', KEYS[1], ARGV[1]) end
return known or ARGV[1]
