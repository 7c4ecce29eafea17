-- SPDX-License-Identifier: MIT
-- Removes a record. ARGV: key, event type, event name, reason or '-', version that it must have or ''.
local record, why = find(ARGV[4])
if not record then
    local expired = why == 'NOTFOUND' and read(ARGV[4]) -- goes for good, even if the clock should go back
    if expired then expire(expired) end
    return answer(why == 'NEWER' and why or 'NOTFOUND')
end
if ARGV[8] ~= '' and ARGV[8] ~= record.version then return answer('CONFLICT', record.version, ARGV[8]) end
local visit = redis.call('HGET', prefix .. 's:' .. record.key, 'visit') or ''
drop(record)
tell(ARGV[5], ARGV[6], record, ARGV[7])
return answer('OK', record.key, record.meta, record.times, record.user, record.expiry, visit)
