-- SPDX-License-Identifier: MIT
-- Sets a record aside that could not be decoded, unless it is another one by now. ARGV: key, its meta field as it was seen.
local meta = redis.pcall('HGET', prefix .. 's:' .. ARGV[4], 'meta')
if (type(meta) == 'table' or (meta or '') == ARGV[5]) and redis.call('EXISTS', prefix .. 's:' .. ARGV[4]) == 1 then
    quarantine(ARGV[4])
end
return answer('OK')
