#!/bin/sh
# SPDX-License-Identifier: MIT
# part.sh CMAKE-ARGUMENTS COMPONENT... PROGRAM...: builds and installs a part of the project in /work, builds a project against each
# component and runs the programs. ./dev compat parts runs it in a Debian that has only the packages of that part.
set -eu
cmake -S /work -B /build/part -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS=-g0 -DCMAKE_UNITY_BUILD=ON -DSOJOURN_BUILD_TESTS=OFF \
    -DCMAKE_INSTALL_PREFIX=/usr/local $1
cmake --build /build/part
cmake --install /build/part >/dev/null
for component in $2; do
    folder=/build/consumer/$component
    cmake -S /work/tests/package/component -B "$folder" -G Ninja -DCOMPONENT="$component"
    cmake --build "$folder"
    QT_QPA_PLATFORM=offscreen "$folder/consumer"
done
for program in $3; do
    QT_QPA_PLATFORM=offscreen "$program" --version
done
echo "built:" $(ls /build/part/bin/* /build/part/lib/*/*.a 2>/dev/null)
echo "consumers ran: $2"
