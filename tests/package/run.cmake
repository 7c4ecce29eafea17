# SPDX-License-Identifier: MIT
# Installs Sojourn from BUILD into a folder under WORK, builds projects against it and runs one; then configures one that embeds it, and
# Sojourn itself in parts.
cmake_minimum_required(VERSION 3.25)
function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()
set(configure ${CMAKE_COMMAND} -G Ninja -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
set(source ${CMAKE_CURRENT_LIST_DIR}/../..)

# without(RESULT PACKAGE...): the arguments for a machine that lacks them.
function(without result)
    set(arguments "")
    foreach(package IN LISTS ARGN)
        list(APPEND arguments -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
    endforeach()
    set(${result} ${arguments} PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/installed -B ${WORK}/installed -DCMAKE_PREFIX_PATH=${WORK}/prefix)
run(${CMAKE_COMMAND} --build ${WORK}/installed)
run(${WORK}/installed/consumer)

# one(COMPONENT HEADER PACKAGE...): a consumer of one component, without the packages that only others need.
function(one component header)
    without(lacking ${ARGN})
    set(build ${WORK}/component/${component})
    run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/component -B ${build} -DCMAKE_PREFIX_PATH=${WORK}/prefix
        -DCOMPONENT=${component} -DHEADER=${header} ${lacking})
    run(${CMAKE_COMMAND} --build ${build})
    run(${build}/consumer)
endfunction()
one(Core Session Qt6Network Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)
one(Snapshot SnapshotReader Qt6Network Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL)
one(Sqlite SqliteStore Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)
one(Redis RedisStore Qt6Sql Qt6HttpServer Qt6WebSockets ZLIB)
one(Live LiveStore Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)
one(HttpServer SessionManager Qt6Sql Hiredis ZLIB)
one(Testing StoreSuite Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)

run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/embedded -B ${WORK}/embedded -DSOJOURN_SOURCE=${source})

# part(NAME TARGETS PACKAGE...): what is left of Sojourn on a machine without the packages.
function(part name targets)
    without(lacking ${ARGN})
    run(${configure} -S ${source} -B ${WORK}/part/${name} -DSOJOURN_BUILD_TESTS=OFF ${lacking})
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/part/${name} --target help OUTPUT_VARIABLE help COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[^\n/ ]+: phony" all "${help}")
    set(built "")
    foreach(target SojournCore SojournSnapshot SojournSqlite SojournRedis SojournLive SojournStores SojournHttpServer
            sojourn sojourn-demo sojourn-inspector)
        if("${target}: phony" IN_LIST all)
            string(APPEND built " ${target}")
        endif()
    endforeach()
    string(STRIP "${built}" built)
    if(NOT built STREQUAL targets)
        message(FATAL_ERROR "Sojourn with parts for \"${name}\" builds ${built}\nin place of ${targets}")
    endif()
endfunction()
part(core "SojournCore SojournSnapshot" Qt6Network Qt6Sql Qt6HttpServer Qt6WebSockets Qt6Widgets Qt6Svg Hiredis OpenSSL ZLIB)
part(server "SojournCore SojournSnapshot SojournSqlite SojournLive SojournStores SojournHttpServer sojourn sojourn-demo"
    Hiredis Qt6Widgets Qt6Svg)
part(inspector "SojournCore SojournSnapshot SojournSqlite SojournRedis SojournLive SojournStores sojourn sojourn-inspector"
    Qt6HttpServer Qt6WebSockets)
