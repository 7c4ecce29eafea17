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

# What is installed names no folder of this machine: it may be moved, and finds other packages where its user has them.
file(GLOB_RECURSE files ${WORK}/prefix/*.cmake ${WORK}/prefix/*.pc)
foreach(file IN LISTS files)
    file(STRINGS ${file} lines REGEX "(^|[\" ;=:])/[a-z]+/|${WORK}")
    list(FILTER lines EXCLUDE REGEX "^ *#|PACKAGE_PREFIX_DIR|_IMPORT_PREFIX|_realOrig") # CMake's own, for a /usr that is a link
    if(lines)
        message(FATAL_ERROR "${file} names folders of this machine: ${lines}")
    endif()
endforeach()

# Each component has what it is for, and nothing of another is missing: together they are the whole.
file(GLOB_RECURSE whole LIST_DIRECTORIES false RELATIVE ${WORK}/prefix ${WORK}/prefix/*)
set(together "")
foreach(component runtime devel tools inspector)
    run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/only/${component} --component ${component})
    file(GLOB_RECURSE part LIST_DIRECTORIES false RELATIVE ${WORK}/only/${component} ${WORK}/only/${component}/*)
    list(APPEND together ${part})
endforeach()
list(SORT whole)
list(SORT together)
if(NOT whole STREQUAL together)
    message(FATAL_ERROR "the components have\n${together}\nand the whole has\n${whole}")
endif()
foreach(file devel/include/Sojourn/Session devel/include/Sojourn/version.h devel/share/doc/Sojourn/LICENSE
        devel/share/doc/Sojourn/README.md devel/share/doc/Sojourn/CHANGELOG.md tools/bin/sojourn inspector/bin/sojourn-inspector)
    if(NOT EXISTS ${WORK}/only/${file})
        message(FATAL_ERROR "${file} is not installed")
    endif()
endforeach()
file(GLOB_RECURSE private ${WORK}/prefix/include/*_p.h)
if(private)
    message(FATAL_ERROR "private headers are installed: ${private}")
endif()

run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/installed -B ${WORK}/installed -DCMAKE_PREFIX_PATH=${WORK}/prefix)
run(${CMAKE_COMMAND} --build ${WORK}/installed)
run(${WORK}/installed/consumer)

# one(COMPONENT PACKAGE...): a consumer of one component, without the packages that only others need.
function(one component)
    without(lacking ${ARGN})
    set(build ${WORK}/component/${component})
    run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/component -B ${build} -DCMAKE_PREFIX_PATH=${WORK}/prefix
        -DCOMPONENT=${component} ${lacking})
    run(${CMAKE_COMMAND} --build ${build})
    run(${build}/consumer)
endfunction()
one(Core Qt6Network Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)
one(Snapshot Qt6Network Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL)
one(Sqlite Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)
one(Redis Qt6Sql Qt6HttpServer Qt6WebSockets ZLIB)
one(Live Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)
one(HttpServer Qt6Sql Hiredis ZLIB)
one(Testing Qt6Sql Qt6HttpServer Qt6WebSockets Hiredis OpenSSL ZLIB)

# pkg-config finds each library and all that it needs.
find_program(pkgconfig pkg-config)
file(GLOB_RECURSE files ${WORK}/prefix/*.pc)
list(LENGTH files count)
if(NOT count EQUAL 8)
    message(FATAL_ERROR "8 libraries should have a file for pkg-config, and ${count} have: ${files}")
endif()
if(pkgconfig)
    foreach(file IN LISTS files)
        cmake_path(GET file PARENT_PATH folder)
        cmake_path(GET file STEM LAST_ONLY name)
        run(${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${folder} ${pkgconfig} --print-errors --exists ${name})
    endforeach()
endif()

foreach(way add_subdirectory FetchContent)
    run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/embedded -B ${WORK}/embedded/${way} -DSOJOURN_SOURCE=${source} -DWAY=${way})
    run(${CMAKE_COMMAND} --install ${WORK}/embedded/${way} --prefix ${WORK}/embedded/${way}/prefix)
    if(EXISTS ${WORK}/embedded/${way}/prefix)
        message(FATAL_ERROR "Sojourn by ${way} installs something with the project that embeds it")
    endif()
endforeach()

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
