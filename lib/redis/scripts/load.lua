-- SPDX-License-Identifier: MIT
-- All fields of the record that key stands for, where HGETALL of the key itself found nothing. ARGV: key.
local record = find(ARGV[4])
if not record then return answer('NOTFOUND') end
return answer('OK', record.key, redis.call('HGETALL', prefix .. 's:' .. record.key))
