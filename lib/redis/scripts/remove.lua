-- SPDX-License-Identifier: MIT
-- Removes a record. ARGV: key, event type, event name, reason or '-'.
local record, why = find(ARGV[4])
if not record then return answer(why == 'NEWER' and why or 'NOTFOUND') end
local visit = redis.call('HGET', prefix .. 's:' .. record.key, 'visit') or ''
drop(record)
tell(ARGV[5], ARGV[6], record, ARGV[7])
return answer('OK', record.key, record.meta, record.times, record.user, record.expiry, visit)
