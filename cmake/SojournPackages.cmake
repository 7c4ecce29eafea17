# SPDX-License-Identifier: MIT
# What is built: every part whose packages are there, unless SOJOURN_WITH_... says otherwise. Snapshots are always built.
include(FeatureSummary)

set(SOJOURN_QT_VERSION 6.4)

find_package(Qt6 ${SOJOURN_QT_VERSION} QUIET COMPONENTS Core)
if(NOT Qt6Core_FOUND)
    message(FATAL_ERROR "Sojourn needs Qt ${SOJOURN_QT_VERSION}. On Debian and Ubuntu: apt install qt6-base-dev")
endif()
# Qt HttpServer of Qt 6.4 asks for WebSockets without saying so.
find_package(Qt6 ${SOJOURN_QT_VERSION} QUIET OPTIONAL_COMPONENTS Network Sql WebSockets HttpServer Test Widgets Svg)
find_package(Hiredis QUIET)
find_package(Threads REQUIRED)
# Without zlib, snapshots whose names end in .gz are refused.
find_package(ZLIB QUIET)
# rediss:// takes hiredis 1.0 with its TLS, and OpenSSL itself to check the server's name, which hiredis does not.
find_package(OpenSSL 1.1.1 QUIET)
set(SOJOURN_REDIS_TLS OFF)
if(TARGET Hiredis::Ssl AND OPENSSL_FOUND)
    set(SOJOURN_REDIS_TLS ON)
endif()

# sojourn_part(REDIS "what it is" NEEDS Hiredis_FOUND ... INSTALL DEBIAN-PACKAGE...): SOJOURN_WITH_REDIS, which is AUTO (where what it needs
# is found), ON (or else an error that names what is missing) or OFF; here it becomes ON or OFF.
function(sojourn_part part description)
    cmake_parse_arguments(arg "" "" "NEEDS;INSTALL" ${ARGN})
    set(SOJOURN_WITH_${part} AUTO CACHE STRING "Build ${description} (AUTO: where its packages are found)")
    set_property(CACHE SOJOURN_WITH_${part} PROPERTY STRINGS AUTO ON OFF)
    set(missing "")
    foreach(need IN LISTS arg_NEEDS)
        if(NOT ${need})
            string(REPLACE "_FOUND" "" need ${need})
            list(APPEND missing ${need})
        endif()
    endforeach()
    set(wanted ${SOJOURN_WITH_${part}})
    if(wanted STREQUAL "AUTO")
        set(wanted ON)
        if(missing)
            set(wanted OFF)
        endif()
    elseif(wanted AND missing)
        list(JOIN missing ", " missing)
        list(JOIN arg_INSTALL " " packages)
        if(packages)
            set(packages " On Debian and Ubuntu: apt install ${packages}.")
        endif()
        message(FATAL_ERROR "SOJOURN_WITH_${part} (${description}) needs ${missing}.${packages} Without it: -DSOJOURN_WITH_${part}=OFF")
    endif()
    set(SOJOURN_WITH_${part} ${wanted} PARENT_SCOPE)
    add_feature_info(${part} wanted ${description})
endfunction()

sojourn_part(SQLITE "the store in an SQLite file" NEEDS Qt6Sql_FOUND INSTALL qt6-base-dev libqt6sql6-sqlite)
sojourn_part(REDIS "the store in Redis or Valkey" NEEDS Qt6Network_FOUND Hiredis_FOUND INSTALL qt6-base-dev libhiredis-dev)
sojourn_part(LIVE "stores of running applications" NEEDS Qt6Network_FOUND INSTALL qt6-base-dev)
sojourn_part(HTTPSERVER "sessions for QHttpServer" NEEDS Qt6HttpServer_FOUND Qt6WebSockets_FOUND
    INSTALL qt6-httpserver-dev qt6-websockets-dev)

sojourn_part(TESTING "what tests of applications and of stores need" NEEDS Qt6Test_FOUND Qt6Network_FOUND INSTALL qt6-base-dev)

# Every store by its URL; that of a store that is left out is refused.
set(SOJOURN_WITH_STORES ${SOJOURN_WITH_LIVE})
set(SOJOURN_STORES Live) # the components that it brings
foreach(component Sqlite Redis)
    string(TOUPPER ${component} part)
    if(SOJOURN_WITH_${part})
        list(APPEND SOJOURN_STORES ${component})
    endif()
endforeach()
if(SOJOURN_BUILD_APPS)
    sojourn_part(CLI "the command line" NEEDS SOJOURN_WITH_LIVE)
    sojourn_part(INSPECTOR "the inspector" NEEDS SOJOURN_WITH_LIVE Qt6Widgets_FOUND Qt6Svg_FOUND
        INSTALL qt6-base-dev qt6-svg-dev)
    sojourn_part(DEMO "the demo and the examples" NEEDS SOJOURN_WITH_LIVE SOJOURN_WITH_HTTPSERVER)
endif()
