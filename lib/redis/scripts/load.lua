-- SPDX-License-Identifier: MIT
-- All fields of the record that key stands for, where a read of the key itself found nothing. ARGV: key, '1' where that is meant which it
-- has become, however often it was rotated.
local record, why = find(ARGV[5] == '1' and follow(ARGV[4]) or ARGV[4])
if not record then return answer(why) end
return answer('OK', record.key, redis.call('HGETALL', prefix .. 's:' .. record.key))
