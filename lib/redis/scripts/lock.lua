-- SPDX-License-Identifier: MIT
-- Closes the lock KEYS[1], unless it is closed. ARGV: a value by which it is opened, after how many ms it opens by itself.
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])
