-- SPDX-License-Identifier: MIT
-- Opens the lock KEYS[1], unless it has become another's. ARGV: its value.
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
