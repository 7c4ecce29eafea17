#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# tests/benchmarks/snapshots.sh [SESSIONS=1000000 [redis] [sqlite]]
# How quickly and in how much memory `sojourn` takes sessions into and out of stores, beside what redis-cli and the sqlite3 shell need for
# the same data in the same run. Wants redis-server, sqlite3, time and a Release build in build/ (BIN=FOLDER for another).
set -euo pipefail
cd "$(dirname "$0")/../.."
sessions=${1:-1000000}
stores=${*:2}
sojourn=${BIN:-build/bin}/sojourn
folder=$(mktemp -d)
redis=
trap '[ -z "$redis" ] || kill "$redis"; rm -rf "$folder"' EXIT

# run NAME COMMAND...: wall time, its own CPU time, the peak of its memory; the CPU time of the Redis server too.
run() {
    local name=$1 before wall user system memory
    shift
    before=$(server_ticks)
    /usr/bin/time -o "$folder/time" -f '%e %U %S %M' "$@" >/dev/null
    read -r wall user system memory <"$folder/time"
    awk -v name="$name" -v n="$sessions" -v wall="$wall" -v cpu="$user" -v sys="$system" -v memory="$memory" -v ticks="$(($(server_ticks) - before))" \
        'BEGIN { wall += wall == 0 ? 0.01 : 0; printf "| %s | %.0f | %.1f | %.1f | %.1f | %.0f |\n", name, n / wall, wall, cpu + sys, ticks / 100, memory / 1024 }'
}

server_ticks() {
    if [ -n "$redis" ]; then awk '{ print $14 + $15 }' "/proc/$redis/stat"; else echo 0; fi
}

wants() { [ -z "$stores" ] || [[ " $stores " == *" $1 "* ]]; }

# The snapshot that goes in. Half of the sessions have a user; all have three attributes. And the same as commands for redis-cli.
awk -v n="$sessions" -v resp="$folder/pipe.resp" -v gets="$folder/gets" '
    function put(text) { printf "$%d\r\n%s\r\n", length(text), text >resp }
    BEGIN {
        srand(1)
        for (i = 0; i < 64; ++i) digit[i] = substr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", i + 1, 1)
        print "{\"format\":\"sojourn-snapshot\",\"version\":1,\"exportedAt\":\"2026-11-22T07:12:00.000Z\",\"store\":\"memory:\"}"
        for (i = 0; i < n; ++i) {
            key = ""
            for (k = 0; k < 42; ++k) key = key digit[int(rand() * 64)]
            key = key digit[4 * int(rand() * 16)]
            user = i % 2 ? "user" i % 50000 : ""
            second = int(i * 1728000 / n) # in the order of creation, as an export has them
            created = sprintf("2026-11-%02dT%02d:%02d:%02d.%03dZ", 1 + second / 86400, second / 3600 % 24, second / 60 % 60, second % 60, i % 1000)
            cart = "[{\"count\":2,\"sku\":\"mug-" i % 97 "\"}]"
            printf "{\"key\":\"%s\",\"user\":%s,\"createdAt\":\"%s\",\"lastSeenAt\":\"%s\",\"expiresAt\":\"2099-01-01T00:00:00.000Z\",", key, \
                user == "" ? "null" : "\"" user "\"", created, created
            printf "\"absoluteExpiresAt\":null,\"version\":2,\"data\":{\"cart\":%s,\"theme\":\"dark\",\"visits\":%d},\"expiry\":null}\n", cart, i
            printf "*%d\r\n", user == "" ? 12 : 14 >resp
            put("HSET"); put("plain:" key)
            put("meta"); put("format=1 version=2 created=1793516400000 seen=1793516400000 expires=4070908800000 absolute= issued=1793516400000 rotate=0 size=60 attributes=3")
            if (user != "") { put("user"); put(user) }
            put("csrf"); put("0123456789abcdef"); put("a:cart"); put(cart); put("a:theme"); put("\"dark\""); put("a:visits"); put(i "")
            print "HGETALL plain:" key >gets
        }
    }' >"$folder/in.jsonl"

echo "| $sessions sessions | a second | s | s of CPU | s of the server's CPU | MB at most |"
echo "|---|---|---|---|---|---|"

if wants redis; then
    port=$((20000 + RANDOM))
    redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder" >"$folder/redis.log" &
    redis=$!
    until redis-cli -p "$port" ping >/dev/null 2>&1; do
        kill -0 "$redis" 2>/dev/null || { cat "$folder/redis.log" >&2; exit 1; }
        sleep 0.1
    done
    run "redis-cli --pipe: the hashes alone in" sh -c "redis-cli -p $port --pipe <'$folder/pipe.resp'"
    run "redis-cli HGETALL: the hashes out" sh -c "redis-cli -p $port <'$folder/gets' >'$folder/hashes'"
    redis-cli -p "$port" FLUSHALL >/dev/null
    run "sojourn import, Redis" "$sojourn" --store "redis://127.0.0.1:$port" import "$folder/in.jsonl"
    run "sojourn export, Redis" "$sojourn" --store "redis://127.0.0.1:$port" export --output "$folder/redis.jsonl"
    kill "$redis"
    wait "$redis" || true
    redis=
fi
if wants sqlite; then
    run "sojourn import, SQLite" "$sojourn" --store "sqlite:$folder/s.db" import "$folder/in.jsonl"
    run "sojourn export, SQLite" "$sojourn" --store "sqlite:$folder/s.db" export --output "$folder/sqlite.jsonl"
    run "sqlite3 .dump" sh -c "sqlite3 '$folder/s.db' .dump >'$folder/dump.sql'"
    run "sqlite3 <dump" sh -c "sqlite3 '$folder/t.db' <'$folder/dump.sql'"
fi
