-- SPDX-License-Identifier: MIT
-- All fields of the record that key stands for, where HGETALL of the key itself found nothing. ARGV: key.
local record, why = find(ARGV[4])
if not record then return answer(why) end
return answer('OK', record.key, redis.call('HGETALL', prefix .. 's:' .. record.key))
