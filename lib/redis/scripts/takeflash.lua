-- SPDX-License-Identifier: MIT
-- Hands out the waiting flash values and forgets them. ARGV: key.
local record, why = find(ARGV[4])
if not record then return answer(why == 'NEWER' and why or 'NOTFOUND') end
local flash = redis.call('HGET', prefix .. 's:' .. record.key, 'flash') or ''
redis.call('HDEL', prefix .. 's:' .. record.key, 'flash')
if flash ~= '' then tell(1, 'changed', record) end
return answer('OK', flash)
