#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the .deb packages in /build/package, and /build/static.tar with the static libraries: run by ./dev package in a Debian of its own, with
# the project in /work.
set -eu
cd /work # which the flags take out of the names of files
export DEB_BUILD_MAINT_OPTIONS=hardening=+all
# Debian's flags, of which DEB_BUILD_OPTIONS=noopt takes the optimisation.
CXXFLAGS="-DNDEBUG $(dpkg-buildflags --get CPPFLAGS) $(dpkg-buildflags --get CXXFLAGS | sed 's/^-g //')"
LDFLAGS=$(dpkg-buildflags --get LDFLAGS)
export CXXFLAGS LDFLAGS
cmake --preset package -B /build/package
cmake --build /build/package --parallel "$JOBS"
(cd /build/package && cpack -G DEB)

cmake --preset package -B /build/static -DBUILD_SHARED_LIBS=OFF -DSOJOURN_BUILD_APPS=OFF -DSOJOURN_PACKAGES=OFF \
    -DCMAKE_INSTALL_PREFIX=/opt/sojourn-static
cmake --build /build/static --parallel "$JOBS"
DESTDIR=/build/staging cmake --install /build/static >/dev/null
tar -C /build/staging -cf /build/static.tar .
