#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# tests/benchmarks/liveclients.sh [ROUNDS=5 [SECONDS=2]]
# What an application under load feels of attached clients that read and of such that have stopped reading: rounds in turn, medians, and
# the application's memory after each kind. Wants wrk, curl and a Release build in build/ (BIN=FOLDER for another).
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-5}
seconds=${2:-2}
bin=${BIN:-build/bin}
name=bench-$$
folder=$(mktemp -d)
demo=
clients=()
# A stopped process hears of nothing but KILL.
trap 'kill -9 ${clients[@]+"${clients[@]}"} 2>/dev/null || true; [ -z "$demo" ] || kill "$demo"; rm -rf "$folder"' EXIT

"$bin/sojourn-demo" --port 0 --insecure-cookie --store memory: --live "$name" >"$folder/out" &
demo=$!
until grep -q '^listening' "$folder/out"; do kill -0 "$demo"; sleep 0.1; done
url=$(sed -n 's/^listening on //p' "$folder/out")
cookie=$(curl -s --noproxy '*' -D - -o /dev/null "${url}visit" | tr -d '\r' | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p')

watch() {
    : >"$folder/watch"
    "$bin/sojourn" --store "live:$name" watch >/dev/null 2>"$folder/watch" &
    clients+=($!)
    until grep -q Watching "$folder/watch"; do kill -0 $!; sleep 0.05; done
    rm "$folder/watch"
}
leave() {
    kill -9 ${clients[@]+"${clients[@]}"} 2>/dev/null || true
    wait ${clients[@]+"${clients[@]}"} 2>/dev/null || true
    clients=()
}
measure() {
    local before after
    before=$(ticks)
    wrk -t1 -c16 -d"$seconds" --latency -H "Cookie: $cookie" "${url}visit" >"$folder/wrk"
    after=$(ticks)
    awk -v ticks=$((after - before)) '
        function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
        $1 == "50%" { half = ms($2) } $1 == "99%" { most = ms($2) } /requests in/ { n = $1 } /^Requests\/sec/ { rate = $2 }
        END { print rate, half, most, ticks * 10000 / n }' "$folder/wrk" >>"$folder/$1"
    awk '/VmRSS/ { print $2 / 1024 }' "/proc/$demo/status" >"$folder/$1.memory"
}
ticks() { awk '{ print $14 + $15 }' "/proc/$demo/stat"; }
median() { cut -d' ' -f"$2" "$folder/$1" | sort -g | sed -n "$(((rounds + 1) / 2))p"; }

for ((round = 0; round < rounds; ++round)); do
    measure alone
    watch; watch
    measure watched
    kill -STOP "${clients[@]}"
    measure stalled
    leave
done
echo "| clients | requests a second | 50 % within ms | 99 % within ms | µs of CPU a request | memory MB |"
echo "|---|---|---|---|---|---|"
for kind in alone watched stalled; do
    printf '| %s | %.0f | %.2f | %.2f | %.1f | %.1f |\n' "$kind" "$(median $kind 1)" "$(median $kind 2)" "$(median $kind 3)" "$(median $kind 4)" "$(cat "$folder/$kind.memory")"
done
