-- SPDX-License-Identifier: MIT
-- What scripts share. ARGV begins with the prefix of all keys, the time in ms, and how many events the history keeps with the channel
-- of all events.
--
-- s:KEY        hash: meta, user, expiry, grace, flash, csrf, and a:NAME for each attribute (JSON text)
-- g:KEY        what a renewed key stands for until its grace ends: "KEY DEADLINE"
-- i:expires, i:seen, i:created    sessions by time; u:USER:expires and so on: those of one user
-- i:users      sessions by user and creation, all with score 0
-- i:keys       KEY and user behind it, all with score 0: finds by prefix, and tells whose a record was that is gone
-- q:KEY, i:quarantined            records that could not be decoded, and when they were set aside
-- history                         stream of lifecycle events
local prefix, now = ARGV[1], tonumber(ARGV[2])
local historyLimit, channel = string.match(ARGV[3], '^(%d+) (.*)$')
local day = 86400000
local orders = {'expires', 'seen', 'created'}
local chunk = 4000 -- more values do not fit into one call
local happened, aside = '', ''

-- The answer of a script: a word, the types of the events it caused (for the caller's counters), the keys that it set aside, and values.
local function answer(word, ...)
    return {word .. ' ' .. happened .. aside, ...}
end

local function whole(number)
    return string.format('%.0f', number)
end

local function each(command, key, values)
    for from = 1, #values, chunk do
        redis.call(command, key, unpack(values, from, math.min(from + chunk - 1, #values)))
    end
end

local function slice(values, from, to)
    local part = {}
    for i = from, to do table.insert(part, values[i]) end
    return part
end

-- Types as in SessionEvent::Type.
local function tell(type, name, record, reason, oldKey)
    happened = happened .. type
    local line = name .. ' ' .. ARGV[2] .. ' ' .. record.version .. ' ' .. record.key .. ' ' .. (oldKey or '-') .. ' ' .. (reason or '-')
        .. ' ' .. record.user
    local id = '-'
    if name ~= 'changed' and name ~= 'touched' then
        id = redis.call('XADD', prefix .. 'history', 'MAXLEN', '~', historyLimit, '*', 'event', line)
    end
    redis.call('PUBLISH', channel, id .. ' ' .. line)
end

-- User, creation and key in an order that bytes have too: a NUL in a user name cannot pass for the end of it.
local function userMember(record)
    return string.gsub(record.user, '%z', '\0\255') .. '\0\0' .. string.format('%016.0f', record.created) .. record.key
end

local function index(record, order)
    redis.call('ZADD', prefix .. 'i:' .. order, record[order], record.key)
    redis.call('ZADD', prefix .. 'u:' .. record.user .. ':' .. order, record[order], record.key)
end

local function unindex(record)
    for _, order in ipairs(orders) do
        redis.call('ZREM', prefix .. 'i:' .. order, record.key)
        redis.call('ZREM', prefix .. 'u:' .. record.user .. ':' .. order, record.key)
    end
    redis.call('ZREM', prefix .. 'i:users', userMember(record))
    redis.call('ZREM', prefix .. 'i:keys', record.key .. record.user)
end

-- What the indexes know of a record that is gone or cannot be read.
local function remains(key)
    local entry = redis.call('ZRANGEBYLEX', prefix .. 'i:keys', '[' .. key, '(' .. key .. '\255', 'LIMIT', 0, 1)[1] or key
    return {key = key, user = string.sub(entry, #key + 1), version = 0, created = redis.call('ZSCORE', prefix .. 'i:created', key) or 0}
end

local function quarantine(key)
    local record = remains(key)
    unindex(record)
    redis.call('RENAME', prefix .. 's:' .. key, prefix .. 'q:' .. key)
    redis.call('PEXPIRE', prefix .. 'q:' .. key, 30 * day)
    redis.call('ZREMRANGEBYSCORE', prefix .. 'i:quarantined', '-inf', whole(now - 30 * day))
    redis.call('ZADD', prefix .. 'i:quarantined', ARGV[2], key)
    tell(7, 'quarantined', record)
    aside = aside .. ' ' .. key
end

-- What the field meta says; nil if it cannot be decoded. All is text, '' for none, and times and versions stay text unless they are
-- computed with: a Lua number would be spelt with 14 digits only.
local function parse(meta)
    local version, created, seen, expires, absolute = string.match(meta,
        '^format=1 version=(%d+) created=(%-?%d+) seen=(%-?%d+) expires=(%-?%d+) absolute=(%-?%d*) issued=%-?%d+ ' ..
        'rotate=[01] size=%d+ attributes=%d+$')
    return version and {meta = meta, version = version, created = created, seen = seen, expires = expires, absolute = absolute}
end

-- The record under key, expired or not; nil if there is none or it had to be set aside.
local function read(key)
    local fields = redis.pcall('HMGET', prefix .. 's:' .. key, 'meta', 'user', 'expiry', 'grace')
    local record = parse(fields[1] or '')
    if not record then
        if redis.call('EXISTS', prefix .. 's:' .. key) == 1 then quarantine(key) end
        return nil
    end
    record.key, record.user, record.expiry, record.grace = key, fields[2] or '', fields[3] or '', fields[4] or ''
    return record
end

local function isLiving(record)
    return tonumber(record.expires) > now
end

-- The living record of key, or the one that key stands for in its grace time.
local function find(key)
    local record = read(key)
    if not record then
        local target, deadline = string.match(redis.call('GET', prefix .. 'g:' .. key) or '', '^(%S+) (%S+)$')
        record = target and tonumber(deadline) > now and read(target)
    end
    return record and isLiving(record) and record or nil
end

-- Writes the record with fields, names and values of what it does not have itself, and brings the indexes up to date; before is nil
-- for a new one. The hash goes by itself a day after the deadline, should nobody sweep. (RedisRecords does the same for changes that
-- leave key and user as they are.)
local function save(record, before, fields)
    local hash = prefix .. 's:' .. record.key
    table.insert(fields, 'meta')
    table.insert(fields, record.meta)
    for _, name in ipairs({'user', 'expiry', 'grace'}) do
        if record[name] ~= '' then
            table.insert(fields, name)
            table.insert(fields, record[name])
        elseif before and before[name] ~= '' then
            redis.call('HDEL', hash, name)
        end
    end
    each('HSET', hash, fields)
    if not before or before.expires ~= record.expires then
        local left = math.min(math.max(tonumber(record.expires) - now, 0), 1e15)
        redis.call('PEXPIRE', hash, whole(left + day))
    end
    if before then unindex(before) end
    for _, order in ipairs(orders) do index(record, order) end
    redis.call('ZADD', prefix .. 'i:users', 0, userMember(record))
    redis.call('ZADD', prefix .. 'i:keys', 0, record.key .. record.user)
end

local function endGrace(record)
    for key in string.gmatch(record.grace, '%S+') do redis.call('DEL', prefix .. 'g:' .. key) end
    record.grace = ''
end

local function drop(record)
    redis.call('DEL', prefix .. 's:' .. record.key)
    endGrace(record)
    unindex(record)
end

local function expire(record)
    local reason = record.absolute ~= '' and tonumber(record.expires) >= tonumber(record.absolute) and 'absolute'
        or string.find(record.expiry, '"at"', 1, true) and 'fixed' or 'idle'
    drop(record)
    tell(5, 'expired', record, reason)
end

-- Makes room for one more session of the user of record; false if the policy refuses.
local function applyCap(record, limit, policy)
    local mine = prefix .. 'u:' .. record.user .. ':'
    local others = {}
    for _, key in ipairs(redis.call('ZRANGE', mine .. 'created', 0, -1)) do
        if key ~= record.key and tonumber(redis.call('ZSCORE', mine .. 'expires', key) or 0) > now then
            if redis.call('EXISTS', prefix .. 's:' .. key) == 1 then
                table.insert(others, key)
            else
                unindex(remains(key)) -- evicted, or deleted by hand
            end
        end
    end
    if #others < limit then return true end
    if policy == 'refuse' then return false end
    for i = 1, #others - math.max(limit, 1) + 1 do
        local other = read(others[i])
        if other then
            drop(other)
            tell(6, 'revoked', other, 'cap')
        end
    end
    return true
end
