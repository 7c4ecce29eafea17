-- SPDX-License-Identifier: MIT
-- Merges a change into a record, as SessionChange::applyTo() does, and moves it to a new key if one is given.
-- ARGV: key, new key or '', grace, size limit, then the parts of the change: a word and two values each.
local key, newKey, grace, sizeLimit = ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])

local minute = 60000 -- clocks differ: the deadline beside the key decides
local change, names, operations, clear = {}, {}, {}, false
for i = 8, #ARGV, 3 do
    local part, first, second = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    if part == 'set' or part == 'remove' or part == 'increment' then
        table.insert(names, first)
        operations[first] = {part, second}
    elseif part == 'clear' then
        clear = true
    else
        change[part] = {first, second}
    end
end

-- The sum of two integers of 64 bits, exact and saturating: a Lua number has 53, so they are added in two halves.
local function addIntegers(a, b)
    local base = 1000000000
    local function halves(text)
        local sign, digits = string.match(text, '^(-?)(%d+)$')
        local factor = sign == '-' and -1 or 1
        return factor * (tonumber(string.sub(digits, 1, -10)) or 0), factor * tonumber(string.sub(digits, -9))
    end
    local highA, lowA = halves(a)
    local highB, lowB = halves(b)
    local low = lowA + lowB
    local carry = math.floor(low / base)
    local high = highA + highB + carry
    low = low - carry * base
    local sign = ''
    if high < 0 then
        sign = '-'
        if low > 0 then high, low = high + 1, base - low end
        high = -high
    end
    local lastLow = sign == '-' and 854775808 or 854775807
    if high > 9223372036 or high == 9223372036 and low > lastLow then high, low = 9223372036, lastLow end
    if high == 0 then return (low > 0 and sign or '') .. whole(low) end
    return sign .. whole(high) .. string.format('%09.0f', low)
end

local function isInteger(json)
    local sign, digits = string.match(json, '^(-?)(%d+)$')
    return digits and (#digits < 19 or #digits == 19 and digits <= (sign == '-' and '9223372036854775808' or '9223372036854775807'))
end

-- The JSON number json (nil for none) plus by; nil if json is no number.
local function increment(json, by)
    if not json then return by end
    if isInteger(json) then return addIntegers(json, by) end
    local number = string.match(json, '^-?%d[%d.eE+-]*$') and tonumber(json)
    if not number then return nil end
    local function isWhole() return number == math.floor(number) and number >= -2 ^ 63 and number < 2 ^ 63 end
    if isWhole() then return addIntegers(whole(number), by) end
    number = number + tonumber(by)
    if isWhole() then return whole(number) end
    for precision = 15, 17 do
        local text = string.format('%.' .. precision .. 'g', number)
        if tonumber(text) == number then return text end
    end
end

local before = find(key)
if not before then return answer('NOTFOUND') end
local rotates = newKey ~= '' and not (grace > 0 and before.key ~= key)
if rotates and find(newKey) then return answer('EXISTS') end
if change.version and change.version[1] ~= before.version then return answer('CONFLICT', before.version) end

local record = setmetatable({}, {__index = before})
local hash = prefix .. 's:' .. before.key
local changed = false

-- The attributes as they are: those that the change names, or all if it clears.
local old = {}
if clear then
    local fields = redis.call('HGETALL', hash)
    for i = 1, #fields, 2 do
        local name = string.match(fields[i], '^a:(.*)$')
        if name then
            old[name] = fields[i + 1]
            if not operations[name] then
                table.insert(names, name)
                operations[name] = {'remove'}
            end
        end
    end
else
    for _, name in ipairs(names) do old[name] = redis.call('HGET', hash, 'a:' .. name) or nil end
end

local sets, removals = {}, {}
if clear then record.size, record.attributes = 0, 0 end
for _, name in ipairs(names) do
    local operation, value = operations[name][1], operations[name][2]
    local was, is = old[name], nil
    if operation == 'set' then
        is = value
    elseif operation == 'increment' then
        is = increment(was, value)
        if not is then return answer('INVALID', name) end
    end
    if was and not clear then -- somebody may have edited the hash by hand: no count falls below zero
        record.size = math.max(0, record.size - #name - #was)
        record.attributes = math.max(0, record.attributes - 1)
    end
    if is then
        record.size = record.size + #name + #is
        record.attributes = record.attributes + 1
    end
    if is ~= was then
        changed = true
        if is then
            table.insert(sets, 'a:' .. name)
            table.insert(sets, is)
        else
            table.insert(removals, 'a:' .. name)
        end
    end
end
local flash = nil
if change.flash then
    local waiting = redis.call('HGET', hash, 'flash')
    flash = waiting and #waiting > 2 and string.sub(waiting, 1, -2) .. ',' .. string.sub(change.flash[1], 2) or change.flash[1]
end
local size = tonumber(record.size) + (flash and #flash or 0)
if (changed or flash) and size > sizeLimit then return answer('TOOLARGE', size, sizeLimit) end

local logsIn = false
if change.user and change.user[1] ~= before.user then
    record.user = change.user[1]
    logsIn = record.user ~= ''
    changed = true
end

-- No deadline lies behind the absolute one.
local function capped(deadline)
    return before.absolute ~= '' and tonumber(before.absolute) < tonumber(deadline) and before.absolute or deadline
end
if change.expiry then
    record.expiry, record.expires = change.expiry[1], capped(change.expiry[2])
    changed = changed or record.expiry ~= before.expiry or record.expires ~= before.expires
end
if change.touch and tonumber(before.seen) <= tonumber(change.unlessSeenSince[1]) then
    local at, idle = change.touch[1], tonumber(change.touch[2])
    record.seen = at
    if not string.find(record.expiry, '"at"', 1, true) then
        local own = string.match(record.expiry, '"idle":([^}]+)')
        if own then idle = math.floor(tonumber(own) * 1000 + 0.5) end
        local deadline = capped(whole(tonumber(at) + idle))
        if tonumber(deadline) > tonumber(record.expires) then record.expires = deadline end
    end
end

if logsIn and change.cap and not applyCap(record, tonumber(change.cap[1]), change.cap[2]) then
    return answer('LIMIT', change.cap[1])
end

-- Nothing above but the cap has written; from here on nothing fails.
local beside = false
if flash then
    table.insert(sets, 'flash')
    table.insert(sets, flash)
    beside = true
end
if change.csrf and change.csrf[1] ~= redis.call('HGET', hash, 'csrf') then
    table.insert(sets, 'csrf')
    table.insert(sets, change.csrf[1])
    beside = true
end
if change.rotate and change.rotate[1] ~= before.rotate then
    record.rotate = change.rotate[1]
    beside = true
end
each('HDEL', hash, removals)
if changed or rotates then record.version = whole(before.version + 1) end
if logsIn or rotates and grace <= 0 then endGrace(record) end

if rotates then
    local dead = read(newKey)
    if dead then expire(dead) end
    redis.call('DEL', prefix .. 'g:' .. newKey)
    record.key, record.issued, record.rotate = newKey, ARGV[2], '0'
    redis.call('RENAME', hash, prefix .. 's:' .. newKey)
    if grace > 0 and not logsIn then
        local living = {}
        for alias in string.gmatch(before.grace, '%S+') do
            local deadline = string.match(redis.call('GET', prefix .. 'g:' .. alias) or '', '^%S+ (%S+)$')
            if deadline and tonumber(deadline) > now then
                redis.call('SET', prefix .. 'g:' .. alias, newKey .. ' ' .. deadline, 'KEEPTTL')
                table.insert(living, alias)
            end
        end
        redis.call('SET', prefix .. 'g:' .. before.key, newKey .. ' ' .. whole(now + grace), 'PX', whole(grace + minute))
        table.insert(living, before.key)
        record.grace = table.concat(living, ' ')
    end
    save(record, before, sets)
    tell(3, 'rotated', record, nil, before.key)
elseif changed or beside then
    save(record, before, sets)
    tell(1, 'changed', record)
elseif record.seen ~= before.seen or record.expires ~= before.expires then
    save(record, before, sets)
    tell(2, 'touched', record)
end
return answerWith(record)
