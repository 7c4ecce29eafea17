-- SPDX-License-Identifier: MIT
-- Holds the newest sessions of a user against their records, as many as one step may: see census in common.lua. ARGV: a key that does not
-- count, user, how many are wanted, how many were found before, where to go on or ''. Answers how many were found, and where to go on.
return answer('OK', census({key = ARGV[4], user = ARGV[5]}, tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]))
