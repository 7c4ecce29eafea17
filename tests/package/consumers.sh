#!/bin/sh
# SPDX-License-Identifier: MIT
# What ./dev package tries where the package for developers is installed: a project that wants one component, for each of them, with the shared
# libraries and with the static ones of /build/static.tar; one that wants all; and one that asks pkg-config.
set -eu
tar -C / -xf /build/static.tar

for kind in shared static; do
    prefix=/usr
    [ $kind = shared ] || prefix=/opt/sojourn-static
    for component in Core Snapshot Sqlite Redis Live Stores HttpServer Testing; do
        folder=/build/consumer/$kind/$component
        cmake -S /work/tests/package/component -B "$folder" -G Ninja -DCMAKE_PREFIX_PATH=$prefix -DCOMPONENT="$component" >/dev/null
        cmake --build "$folder" >/dev/null
        "$folder/consumer" >/dev/null
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

libraries="sojourn-stores sojourn-snapshot sojourn-sqlite sojourn-redis sojourn-live sojourn-httpserver"
g++ -std=c++23 -fPIC /work/tests/package/installed/main.cpp -o /build/consumer/pkgconfig $(pkg-config --cflags --libs $libraries)
/build/consumer/pkgconfig
PKG_CONFIG_PATH=$(dirname "$(find /opt/sojourn-static -name sojourn-core.pc)")
export PKG_CONFIG_PATH
g++ -std=c++23 -fPIC /work/tests/package/installed/main.cpp -o /build/consumer/pkgconfig-static $(pkg-config --static --cflags --libs $libraries)
/build/consumer/pkgconfig-static
if ldd /build/consumer/pkgconfig-static | grep libsojourn; then
    echo "the static consumer by pkg-config links a shared library" >&2
    exit 1
fi
echo "a consumer by pkg-config, shared and static: built and run"
