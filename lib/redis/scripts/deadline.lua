-- SPDX-License-Identifier: MIT
-- Begins every script. The last argument is the time by this server's clock, in ms, after which nobody waits for the script any more:
-- what the caller has given up must not happen.
local notAfter, serverTime = tonumber(table.remove(ARGV)), redis.call('TIME')
serverTime = math.floor(serverTime[1] * 1000 + serverTime[2] / 1000)
if serverTime > notAfter then return {err = 'LATE'} end
