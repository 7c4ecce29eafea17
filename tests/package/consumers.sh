#!/bin/sh
# SPDX-License-Identifier: MIT
# What ./dev package tries where the package for developers is installed: a project that wants one component, for each of them, with the shared
# libraries and with the static ones of /build/static.tar; one that wants all; and one that asks pkg-config.
set -eu
tar -C / -xf /build/static.tar

components="Core=Session Snapshot=SnapshotReader Sqlite=SqliteStore Redis=RedisStore Live=LiveStore Stores=Stores HttpServer=SessionManager
    Testing=StoreSuite"
for kind in shared static; do
    prefix=/usr
    [ $kind = shared ] || prefix=/opt/sojourn-static
    for pair in $components; do
        folder=/build/consumer/$kind/${pair%=*}
        cmake -S /work/tests/package/component -B "$folder" -G Ninja -DCMAKE_PREFIX_PATH=$prefix -DCOMPONENT="${pair%=*}" \
            -DHEADER="${pair#*=}" >/dev/null
        cmake --build "$folder" >/dev/null
        "$folder/consumer"
        grep -q "^Sojourn_DIR:PATH=$prefix/" "$folder/CMakeCache.txt"
    done
    cmake -S /work/tests/package/installed -B /build/consumer/$kind/all -G Ninja -DCMAKE_PREFIX_PATH=$prefix >/dev/null
    cmake --build /build/consumer/$kind/all >/dev/null
    /build/consumer/$kind/all/consumer
    echo "a consumer of each component, $kind: built and run"
done
ldd /build/consumer/shared/all/consumer | grep -q libsojourn
if ldd /build/consumer/static/all/consumer | grep libsojourn; then
    echo "the static consumer links a shared library" >&2
    exit 1
fi

g++ -std=c++23 -fPIC /work/tests/package/installed/main.cpp -o /build/consumer/pkgconfig \
    $(pkg-config --cflags --libs sojourn-stores sojourn-sqlite sojourn-redis sojourn-live sojourn-httpserver)
/build/consumer/pkgconfig
echo "a consumer by pkg-config: built and run"
