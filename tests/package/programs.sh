#!/bin/sh
# SPDX-License-Identifier: MIT
# What ./dev package tries where the packages of the programs are installed and nothing else is.
set -eu
export QT_QPA_PLATFORM=offscreen
sojourn --version
sojourn-demo --version
sojourn-inspector --version

sojourn-demo --port 0 --store sqlite:/tmp/sessions.db --insecure-cookie --live none >/tmp/demo.log &
demo=$!
trap 'kill $demo' EXIT
url=
for _ in $(seq 50); do
    url=$(sed -n 's/^listening on //p' /tmp/demo.log)
    [ -z "$url" ] || break
    sleep 0.1
done
[ "$(curl -sS -c /tmp/jar -b /tmp/jar "${url}visit")" = 1 ]
[ "$(curl -sS -c /tmp/jar -b /tmp/jar "${url}visit")" = 2 ]
curl -sSf -c /tmp/jar -b /tmp/jar -X POST "${url}api/login?user=ann"
echo
sojourn --store sqlite:/tmp/sessions.db list | cat
sojourn --store sqlite:/tmp/sessions.db list --user ann --json | grep -q '"user": *"ann"'
sojourn --store sqlite:/tmp/sessions.db export | sojourn --store sqlite:/tmp/copy.db import -
[ "$(sojourn --store sqlite:/tmp/copy.db count)" = 1 ]

# The window comes up over them, and is still there after a moment.
sojourn-inspector sqlite:/tmp/sessions.db 2>/tmp/inspector.log &
inspector=$!
sleep 2
kill $inspector || { cat /tmp/inspector.log; exit 1; }
[ ! -s /tmp/inspector.log ] || cat /tmp/inspector.log

# The command line and the inspector take nothing of Qt HttpServer, which is under the GPL.
apt-get remove -y -qq 'libqt6httpserver*' >/dev/null
if [ -e /usr/bin/sojourn-demo ]; then
    echo "the demo is there without Qt HttpServer" >&2
    exit 1
fi
sojourn --store sqlite:/tmp/sessions.db count
sojourn-inspector --version
echo "the programs run"
