-- SPDX-License-Identifier: MIT
-- Closes the lock KEYS[1], unless it is another's. ARGV: a value by which it is opened, after how many ms it opens by itself. Answers KEPT
-- where it had been closed with this value all the time.
local kept = redis.call('GET', KEYS[1]) == ARGV[1]
local done = redis.call('SET', KEYS[1], ARGV[1], kept and 'XX' or 'NX', 'PX', ARGV[2])
return kept and redis.status_reply('KEPT') or done
