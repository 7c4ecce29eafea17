# SPDX-License-Identifier: MIT
# The packages that Sojourn needs, each with the name of the Debian package that has it.

set(SOJOURN_QT_VERSION 6.4)

macro(sojourn_find_qt component debian)
    find_package(Qt6 ${SOJOURN_QT_VERSION} QUIET COMPONENTS ${component})
    if(NOT Qt6${component}_FOUND)
        message(FATAL_ERROR "Sojourn needs Qt ${SOJOURN_QT_VERSION} with the module ${component}. On Debian and Ubuntu: apt install ${debian}")
    endif()
endmacro()

sojourn_find_qt(Core qt6-base-dev)
sojourn_find_qt(Network qt6-base-dev)
sojourn_find_qt(Sql qt6-base-dev)
# Qt HttpServer of Qt 6.4 asks for WebSockets without saying so.
sojourn_find_qt(WebSockets qt6-websockets-dev)
sojourn_find_qt(HttpServer "qt6-httpserver-dev qt6-websockets-dev")
find_package(Threads REQUIRED)

# Without zlib, snapshots whose names end in .gz are refused.
find_package(ZLIB QUIET)

find_path(HIREDIS_INCLUDE_DIR hiredis/hiredis.h)
find_library(HIREDIS_LIBRARY hiredis)
if(NOT HIREDIS_INCLUDE_DIR OR NOT HIREDIS_LIBRARY)
    message(FATAL_ERROR "Sojourn needs hiredis. On Debian and Ubuntu: apt install libhiredis-dev")
endif()
find_library(HIREDIS_SSL_LIBRARY hiredis_ssl)
