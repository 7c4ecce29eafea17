-- SPDX-License-Identifier: MIT
-- What scripts share. ARGV begins with the prefix of all keys, the time in ms ('' for that of this server), and how many events and
-- how many bytes the history keeps with 'rw' or 'ro' (nothing may be written), how events are published and the channel of all.
--
-- s:KEY        hash: meta, times, user, expiry, grace, flash, csrf, visit, and a:NAME for each attribute (JSON text)
--              meta is "format=2 version=N issued=MS data=BYTES/ATTRIBUTES", with " rotate" where a fresh id is due; times is
--              "CREATED SEEN EXPIRES ABSOLUTE" in ms, "-" for none. Every value has at most 64 bytes: the server keeps such a hash in one
--              piece. Format 1 had it all in meta; it is read, and becomes format 2 with its next change.
-- g:KEY        what a renewed key stands for until its grace ends: "KEY DEADLINE"; or "KEY DEADLINE replaced" where a rotation took it
--              away
-- i:expires, i:seen, i:created    sessions by time; u:USER:expires and so on: those of one user (of none: i:users has them)
-- i:users      sessions by user and creation, all with score 0
-- i:keys       KEY and user behind it, all with score 0: finds by prefix, and tells whose a record was that is gone
-- q:KEY, i:quarantined            records that could not be decoded, and when they were set aside
-- history                         stream of lifecycle events
--
-- A script is not rolled back: what can be refused is tried (see try) before the first write.
local prefix, now = ARGV[1], tonumber(ARGV[2]) or serverTime
local historyLimit, historyBytes, access, publish, channel = string.match(ARGV[3], '^(%d+) (%d+) (%l%l) (%u+) (.*)$')
local day = 86400000
local minute = 60000
local orders = {'expires', 'seen', 'created'}
local chunk = 4000 -- more values do not fit into one call
local step = 20 -- records that one script removes: it must not hold up the server
local happened, aside = {}, {}

-- The answer of a script: a word, the types of the events it caused (for the caller's counters), the keys that it set aside, and values.
local function answer(word, ...)
    return {word .. ' ' .. table.concat(happened) .. table.concat(aside), ...}
end

local function whole(number)
    return string.format('%.0f', number)
end

local function each(command, key, values, first, last)
    for from = first, last, chunk do redis.call(command, key, unpack(values, from, math.min(from + chunk - 1, last))) end
end

-- Kinds as in SessionEvent::Type. An event that cannot be published fails nothing.
local function tell(kind, name, record, reason, oldKey)
    table.insert(happened, kind)
    local line = name .. ' ' .. whole(now) .. ' ' .. record.version .. ' ' .. record.key .. ' ' .. (oldKey or '-') .. ' ' .. (reason or '-')
        .. ' ' .. record.user
    local id = '-'
    if name ~= 'changed' and name ~= 'touched' then
        local fitting = math.min(historyLimit, math.floor(historyBytes / #line))
        id = redis.pcall('XADD', prefix .. 'history', 'MAXLEN', '~', whole(fitting), '*', 'event', line)
        if type(id) ~= 'string' then id = '-' end
    end
    redis.pcall(publish, channel, id .. ' ' .. line)
end

-- What of i:users begins so is that user's: in an order that bytes have too, and a NUL in a user name cannot pass for the end of it.
local function userStart(user)
    return string.gsub(user, '%z', '\0\255') .. '\0\0'
end

local function userMember(record)
    return userStart(record.user) .. string.format('%016.0f', record.created) .. record.key
end

-- From and to of the members of i:users that are a user's.
local function userRange(user)
    local start = userStart(user)
    return '[' .. start, '(' .. string.sub(start, 1, -2) .. '\1'
end

local function index(record)
    for _, order in ipairs(orders) do
        redis.call('ZADD', prefix .. 'i:' .. order, record[order], record.key)
        if record.user ~= '' then redis.call('ZADD', prefix .. 'u:' .. record.user .. ':' .. order, record[order], record.key) end
    end
    redis.call('ZADD', prefix .. 'i:users', 0, userMember(record))
    redis.call('ZADD', prefix .. 'i:keys', 0, record.key .. record.user)
end

-- An index that is damaged keeps nobody from removing records. One command an index, however many there are.
local function unindexAll(records)
    local keys, members, entries, byUser = {}, {}, {}, {}
    for _, record in ipairs(records) do
        table.insert(keys, record.key)
        table.insert(members, userMember(record))
        table.insert(entries, record.key .. record.user)
        if record.user ~= '' then
            byUser[record.user] = byUser[record.user] or {}
            table.insert(byUser[record.user], record.key)
        end
    end
    if #keys == 0 then return end
    for _, order in ipairs(orders) do
        redis.pcall('ZREM', prefix .. 'i:' .. order, unpack(keys))
        for user, theirs in pairs(byUser) do redis.pcall('ZREM', prefix .. 'u:' .. user .. ':' .. order, unpack(theirs)) end
    end
    redis.pcall('ZREM', prefix .. 'i:users', unpack(members))
    redis.pcall('ZREM', prefix .. 'i:keys', unpack(entries))
end

local function unindex(record)
    unindexAll({record})
end

-- Has the server refuse now what it would refuse in the middle: a command that this account may not use, an index of another type, a
-- full memory. Writes nothing.
local function try(user)
    local probe = prefix .. 'probe'
    -- These come first: behind a write of any kind the server lets the others pass, however full it is.
    local refusals = {
        [redis.pcall('HSET', probe, '', '', '')] = 'wrong number',
        [redis.pcall('ZADD', probe, 'x', '')] = 'float',
        [redis.pcall('RENAME', probe, probe)] = 'no such key',
        [redis.pcall('SET', probe, '', 'XX') or {}] = '\n',
    }
    for refusal, expected in pairs(refusals) do
        if refusal.err and not string.find(refusal.err, expected, 1, true) then error(refusal.err, 0) end
    end
    for _, order in ipairs(orders) do
        redis.call('ZREM', prefix .. 'i:' .. order, '')
        if user ~= '' then redis.call('ZREM', prefix .. 'u:' .. user .. ':' .. order, '') end
    end
    redis.call('ZREM', prefix .. 'i:users', '')
    redis.call('ZREM', prefix .. 'i:keys', '')
    redis.call('HDEL', probe, '')
    redis.call('PEXPIRE', probe, 1)
    redis.call('DEL', probe)
    redis.call('UNLINK', probe)
end

-- Members of an index, none of one that is damaged.
local function membersOf(command, ...)
    local members = redis.pcall(command, ...)
    return members.err and {} or members
end

local function keyOf(sorted, member)
    return sorted == 'i:keys' and string.sub(member, 1, 43) or string.sub(member, -43)
end

-- What the indexes know of a record that is gone or cannot be read.
local function remains(key)
    local entry = membersOf('ZRANGEBYLEX', prefix .. 'i:keys', '[' .. key, '(' .. key .. '\255', 'LIMIT', 0, 1)[1] or key
    local user = string.sub(entry, #key + 1)
    local created = redis.pcall('ZSCORE', prefix .. 'i:created', key)
    if type(created) ~= 'string' and user ~= '' then created = redis.pcall('ZSCORE', prefix .. 'u:' .. user .. ':created', key) end
    return {key = key, user = user, version = 0, created = type(created) == 'string' and created or 0}
end

local function quarantine(key)
    local record = remains(key)
    redis.call('UNLINK', prefix .. 'q:' .. key)
    redis.call('RENAME', prefix .. 's:' .. key, prefix .. 'q:' .. key)
    unindex(record)
    redis.call('PEXPIRE', prefix .. 'q:' .. key, 30 * day)
    redis.pcall('ZREMRANGEBYSCORE', prefix .. 'i:quarantined', '-inf', whole(now - 30 * day))
    redis.pcall('ZADD', prefix .. 'i:quarantined', whole(now), key)
    tell(7, 'quarantined', record)
    table.insert(aside, ' ' .. key)
end

-- What the fields meta and times say; nil if they cannot be decoded. All is text, '' for none, and times and versions stay text unless
-- they are computed with: a Lua number would be spelt with 14 digits only.
local function parse(meta, times)
    local version, created, seen, expires, absolute
    if string.sub(meta, 1, 9) == 'format=2 ' then
        version = string.match(meta, '^format=2 version=(%d+) issued=%-?%d+ data=%d+/%d+$')
            or string.match(meta, '^format=2 version=(%d+) issued=%-?%d+ data=%d+/%d+ rotate$')
        created, seen, expires, absolute = string.match(times, '^(%-?%d+) (%-?%d+) (%-?%d+) (%-?%d*)$')
        if absolute == '-' then absolute = '' end
        if not created then version = nil end
    else
        version, created, seen, expires, absolute = string.match(meta,
            '^format=1 version=(%d+) created=(%-?%d+) seen=(%-?%d+) expires=(%-?%d+) absolute=(%-?%d*) issued=%-?%d+ ' ..
            'rotate=[01] size=%d+ attributes=%d+$')
    end
    return version
        and {meta = meta, times = times, version = version, created = created, seen = seen, expires = expires, absolute = absolute}
end

-- The record under key, expired or not; nil if there is none or it had to be set aside, nil and 'NEWER' if a newer program wrote it.
local function read(key)
    local fields = redis.pcall('HMGET', prefix .. 's:' .. key, 'meta', 'times', 'user', 'expiry', 'grace')
    local record = parse(fields[1] or '', fields[2] or '')
    if not record then
        local format = string.match(fields[1] or '', '^format=(%d+) ')
        if format and tonumber(format) > 2 then return nil, 'NEWER' end
        if access == 'rw' and redis.call('EXISTS', prefix .. 's:' .. key) == 1 then quarantine(key) end
        return nil
    end
    record.key, record.user, record.expiry, record.grace = key, fields[3] or '', fields[4] or '', fields[5] or ''
    return record
end

local function isLiving(record)
    return tonumber(record.expires) > now
end

-- What a key stands for that is no record's any more: nil, or a key, when that ends, whether it has ended by now, and whether a
-- rotation took it away. Clocks differ: what has ended by this one may go on by another.
local function alias(key)
    local target, deadline, replaced = string.match(redis.call('GET', prefix .. 'g:' .. key) or '', '^(%S+) (%S+) ?(%l*)$')
    if target then return target, deadline, tonumber(deadline) <= now, replaced ~= '' end
end

-- The same by this clock: nil, or a key and whether a rotation took it away.
local function standsFor(key)
    local target, _, ended, replaced = alias(key)
    if target and not ended then return target, replaced end
end

-- The key that the record of key has by now, as far as rotations and renewals left a trace.
local function follow(key)
    for _ = 1, 100 do
        local target = redis.call('EXISTS', prefix .. 's:' .. key) == 0 and standsFor(key)
        if not target then break end
        key = target
    end
    return key
end

-- The living record of key, or the one that key stands for in its grace time; or nil and why there is none: 'NOTFOUND', 'REPLACED' or
-- 'NEWER'.
local function find(key)
    local record, why = read(key)
    if not record and not why then
        local target, replaced = standsFor(key)
        if replaced then return nil, 'REPLACED' end
        if target then record, why = read(target) end
    end
    if record and isLiving(record) then return record end
    return nil, why or 'NOTFOUND'
end

-- Writes the record, with names and values of what it does not have itself in ARGV, and brings the indexes up to date; before is nil
-- for a new one. The hash goes by itself a day after the deadline, should nobody sweep. (RedisRecords does the same for changes that
-- leave key and user as they are.)
local function save(record, before, from, to)
    local hash = prefix .. 's:' .. record.key
    local fields = {}
    for _, name in ipairs({'meta', 'times', 'user', 'expiry', 'grace'}) do
        if record[name] ~= '' then
            table.insert(fields, name)
            table.insert(fields, record[name])
        elseif before and before[name] ~= '' then
            redis.call('HDEL', hash, name)
        end
    end
    redis.call('HSET', hash, unpack(fields))
    each('HSET', hash, ARGV, from, to)
    if not before or before.expires ~= record.expires then
        local left = math.min(math.max(tonumber(record.expires) - now, 0), 1e15)
        redis.call('PEXPIRE', hash, whole(left + day))
    end
    if before and (before.key ~= record.key or before.user ~= record.user) then unindex(before) end
    index(record)
end

local function endGrace(record)
    for key in string.gmatch(record.grace, '%S+') do
        if alias(key) == record.key then redis.call('DEL', prefix .. 'g:' .. key) end
    end
    record.grace = ''
end

local function dropAll(records)
    local hashes = {}
    for i, record in ipairs(records) do hashes[i] = prefix .. 's:' .. record.key end
    if #hashes > 0 then redis.call('UNLINK', unpack(hashes)) end -- a large one is freed aside
    for _, record in ipairs(records) do endGrace(record) end
    unindexAll(records)
end

local function drop(record)
    dropAll({record})
end

-- Where an administrator ended them, by is what follows the reason.
local function expireAll(records, by)
    dropAll(records)
    for _, record in ipairs(records) do
        local reason = record.absolute ~= '' and tonumber(record.expires) >= tonumber(record.absolute) and 'absolute'
            or string.find(record.expiry, '"at"', 1, true) and 'fixed' or 'idle'
        tell(5, 'expired', record, reason .. (by or ''))
    end
end

local function expire(record, by)
    expireAll({record}, by)
end

-- The indexes know a record that is not there: nobody swept for so long that it went by itself, or it was evicted or deleted by hand.
-- It is told once.
local function forget(key)
    local record = remains(key)
    local known = redis.pcall('ZREM', prefix .. 'i:expires', key) == 1
    unindex(record)
    if known then tell(5, 'expired', record) end
end

-- A record that only a newer program can read goes all the same when all sessions of its user must.
local function dropUnread(key)
    local record = remains(key)
    redis.call('UNLINK', prefix .. 's:' .. key)
    unindex(record)
    return record
end

-- Whether all indexes know equally many sessions. Any of them may have been evicted.
local function areEqual()
    local size = redis.pcall('ZCARD', prefix .. 'i:users')
    for _, other in ipairs({'i:keys', 'i:expires', 'i:seen', 'i:created'}) do
        if redis.pcall('ZCARD', prefix .. other) ~= size then return 0 end
    end
    return 1
end

-- Whether all indexes of a user's sessions know equally many.
local function isWhole(user)
    local mine = prefix .. 'u:' .. user .. ':'
    local count = redis.call('ZLEXCOUNT', prefix .. 'i:users', userRange(user))
    for _, order in ipairs(orders) do
        if redis.call('ZCARD', mine .. order) ~= count then return false end
    end
    return true
end

-- Puts the newest sessions of a user that any index knows into all of them; the sweep does so for the others.
local function mend(user)
    local from, to = userRange(user)
    local keys, known = {}, {}
    local function add(key)
        if not known[key] then table.insert(keys, key) end
        known[key] = (known[key] or 0) + 1
    end
    for _, member in ipairs(redis.call('ZREVRANGEBYLEX', prefix .. 'i:users', to, from, 'LIMIT', 0, 4 * step)) do
        add(string.sub(member, -43))
    end
    for _, order in ipairs({'created', 'expires', 'seen'}) do
        for _, key in ipairs(redis.call('ZREVRANGE', prefix .. 'u:' .. user .. ':' .. order, 0, 4 * step - 1)) do add(key) end
    end
    local looked = 0
    for _, key in ipairs(keys) do
        if known[key] <= #orders and looked < 2 * step then
            looked = looked + 1
            local record = read(key)
            if record and record.user == user then index(record) end
        end
    end
end

-- How many living sessions the indexes know of the user of record, without record itself.
local function othersOf(record)
    local mine = prefix .. 'u:' .. record.user .. ':'
    local expired = redis.call('ZCOUNT', mine .. 'expires', '-inf', whole(now))
    -- The same, unless an index has been evicted.
    local known = math.max(redis.call('ZCARD', mine .. 'expires'), redis.call('ZCARD', mine .. 'created')) - expired
    local own = redis.call('ZSCORE', mine .. 'expires', record.key)
    return own and tonumber(own) > now and known - 1 or known
end

-- Holds sessions of the user of record against their records, the newest first, until wanted living ones are found, with the found that
-- came before cursor: those of which there is no record leave the indexes. Answers how many were found, and where to go on: '' at the end.
local function census(record, wanted, found, cursor)
    local mine = prefix .. 'u:' .. record.user .. ':'
    if found >= wanted then return found, '' end
    local from = 0
    if cursor ~= '' then
        local score, key = string.match(cursor, '^(%-?%d+) (.*)$')
        local rank = redis.call('ZRANK', mine .. 'created', key)
        from = rank and redis.call('ZCARD', mine .. 'created') - rank or redis.call('ZCOUNT', mine .. 'created', '(' .. score, '+inf')
    end
    local entries = redis.call('ZREVRANGE', mine .. 'created', from, from + 10 * step - 1, 'WITHSCORES')
    if #entries == 0 then return found, '' end
    local keys, hashes = {}, {}
    for i = 1, #entries, 2 do
        table.insert(keys, entries[i])
        table.insert(hashes, prefix .. 's:' .. entries[i])
    end
    local deadlines = redis.call('ZMSCORE', mine .. 'expires', unpack(keys))
    local allExist = redis.call('EXISTS', unpack(hashes)) == #keys
    local mended = 0
    for i, key in ipairs(keys) do
        if not deadlines[i] or not allExist and redis.call('EXISTS', hashes[i]) == 0 then
            local there, newer = read(key)
            if newer then
                deadlines[i] = deadlines[i] or now + 1
            elseif there and there.user == record.user then
                index(there)
                deadlines[i] = there.expires
            else
                if not there then forget(key) end
                redis.call('ZREM', mine .. 'created', key)
                deadlines[i] = now
            end
            mended = mended + 1
        end
        if key ~= record.key and tonumber(deadlines[i]) > now then found = found + 1 end
        if found == wanted then return found, '' end
        if mended == step then return found, entries[2 * i] .. ' ' .. key end
    end
    return found, #keys == 10 * step and entries[#entries] .. ' ' .. keys[#keys] or ''
end

-- Makes room for one more session of the user of record. 'LIMIT' if the policy refuses; 'MORE' if there is more to remove than one
-- script may, 'CHECK' if there is more to be looked at: then census.lua comes first, and the next time it is checked.
local function makeRoom(record, limit, policy, isChecked)
    local mine = prefix .. 'u:' .. record.user .. ':'
    if not isWhole(record.user) then mend(record.user) end
    if othersOf(record) < limit then return 'OK' end
    if not isChecked then
        local wanted = policy == 'refuse' and limit or limit - 1
        local _, cursor = census(record, wanted, 0, '')
        if cursor ~= '' then return 'CHECK', record.key, record.user, wanted end
    end
    local surplus = othersOf(record) - limit + 1
    if surplus <= 0 then return 'OK' end
    if policy == 'refuse' then return 'LIMIT', whole(limit) end

    local keys = redis.call('ZRANGE', mine .. 'created', 0, step - 1)
    if #keys == 0 or keys[1] == record.key and #keys == 1 then -- evicted
        keys = redis.call('ZRANGEBYSCORE', mine .. 'expires', '(' .. whole(now), '+inf', 'LIMIT', 0, step)
    end
    if #keys == 0 then return 'OK' end
    local deadlines = redis.call('ZMSCORE', mine .. 'expires', unpack(keys))
    local revoked, expired, before = {}, {}, surplus
    for i, key in ipairs(keys) do
        if surplus == 0 then break end
        if key ~= record.key then
            local other, newer = read(key)
            if newer then
                tell(6, 'revoked', dropUnread(key), 'cap')
            elseif other then
                table.insert(isLiving(other) and revoked or expired, other)
            else
                forget(key)
            end
            redis.call('ZREM', mine .. 'created', key)
            if tonumber(deadlines[i] or now + 1) > now then surplus = surplus - 1 end
        end
    end
    dropAll(revoked)
    for _, other in ipairs(revoked) do tell(6, 'revoked', other, 'cap') end
    expireAll(expired)
    return surplus > 0 and (surplus < before or #expired > 0) and 'MORE' or 'OK'
end
