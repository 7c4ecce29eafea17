-- SPDX-License-Identifier: MIT
-- Removes a record. ARGV: key, event type, event name, cause or '-', version that it must have or '', and a user where the record
-- is meant that is bound to that one, whatever key it has by now. With the event 'expired' only one that has expired goes.
local key = ARGV[9] and follow(ARGV[4]) or ARGV[4]
local record, why = find(key)
local isEnded = ARGV[6] == 'expired'
if not record or isEnded then
    local expired = not record and why == 'NOTFOUND' and read(key) -- goes for good, even if the clock should go back
    if expired then expire(expired, isEnded and string.match(ARGV[7], '/.*')) end
    return answer(why == 'NEWER' and why or 'NOTFOUND')
end
if ARGV[9] and ARGV[9] ~= record.user then return answer('NOTFOUND') end
if ARGV[8] ~= '' and ARGV[8] ~= record.version then return answer('CONFLICT', record.version, ARGV[8]) end
local visit = redis.call('HGET', prefix .. 's:' .. record.key, 'visit') or ''
drop(record)
tell(ARGV[5], ARGV[6], record, ARGV[7])
return answer('OK', record.key, record.meta, record.times, record.user, record.expiry, visit)
