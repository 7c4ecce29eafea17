# SPDX-License-Identifier: MIT
# Packages by CPack, divided as Debian does it: the shared libraries, what developers need, the tools, the inspector. ./dev package makes,
# checks and tries them. A build of static libraries has no package of libraries.
set(CPACK_PACKAGE_NAME sojourn)
set(CPACK_PACKAGE_VENDOR "The Sojourn developers")
set(CPACK_PACKAGE_CONTACT "The Sojourn developers <sojourn@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(CPACK_COMPONENTS_ALL devel tools inspector)
set(CPACK_COMPONENTS_GROUPING IGNORE)
if(BUILD_SHARED_LIBS)
    list(APPEND CPACK_COMPONENTS_ALL runtime)
endif()

set(soversion ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
# Where the libraries lie before they are installed. That they are in a package of this project is known to it only, so it is said below.
file(GLOB parts RELATIVE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR}/lib/*)
list(REMOVE_ITEM parts CMakeLists.txt)
list(TRANSFORM parts PREPEND ${PROJECT_BINARY_DIR}/lib/ OUTPUT_VARIABLE CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS)
set(libraries libqt6sql6-sqlite)
if(BUILD_SHARED_LIBS)
    set(libraries "libsojourn${soversion} (= ${PROJECT_VERSION})")
endif()
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# As Debian does it; CPack adds scripts that call ldconfig, too.
file(WRITE ${PROJECT_BINARY_DIR}/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/triggers)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libsojourn${soversion})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS libqt6sql6-sqlite)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "sessions for QHttpServer applications (shared libraries)
Cookie sessions for servers made with Qt: in memory, in SQLite, in Redis or
Valkey, with changes that merge, ids that rotate and logouts that last.")

set(CPACK_DEBIAN_DEVEL_PACKAGE_NAME libsojourn-dev)
set(CPACK_DEBIAN_DEVEL_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVEL_PACKAGE_DEPENDS "qt6-base-dev, qt6-httpserver-dev, qt6-websockets-dev, libhiredis-dev")
if(BUILD_SHARED_LIBS)
    string(APPEND CPACK_DEBIAN_DEVEL_PACKAGE_DEPENDS ", libsojourn${soversion} (= ${PROJECT_VERSION})")
endif()
set(CPACK_DEBIAN_DEVEL_DESCRIPTION "sessions for QHttpServer applications (development files)
Headers, CMake and pkg-config files for the sessions of servers made with
Qt.")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME sojourn)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION web)
set(CPACK_DEBIAN_TOOLS_PACKAGE_DEPENDS ${libraries})
set(CPACK_DEBIAN_TOOLS_DESCRIPTION "browse, edit and end web sessions from a terminal
The command line for session stores of servers made with Qt and Sojourn:
lists, searches, exports, imports, edits, rotates and revokes sessions in
SQLite, Redis, Valkey or a running application; and a demo application.")

set(CPACK_DEBIAN_INSPECTOR_PACKAGE_NAME sojourn-inspector)
set(CPACK_DEBIAN_INSPECTOR_PACKAGE_SECTION web)
set(CPACK_DEBIAN_INSPECTOR_PACKAGE_DEPENDS ${libraries})
set(CPACK_DEBIAN_INSPECTOR_DESCRIPTION "shows web sessions live in a window
The window for session stores of servers made with Qt and Sojourn: browses,
searches, edits, expires, rotates and exports sessions in SQLite, Redis,
Valkey or a running application while they change.")

# A changelog in Debian's form that points to the whole one.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${PROJECT_BINARY_DIR}/changelog "sojourn (${PROJECT_VERSION}) unstable; urgency=medium

  * Version ${PROJECT_VERSION}; CHANGELOG.md of libsojourn-dev tells what is new.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
execute_process(COMMAND gzip -9nf changelog WORKING_DIRECTORY ${PROJECT_BINARY_DIR})

# What Debian wants in the folder of each package: copyright and changelog.
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    string(TOUPPER ${component} upper)
    set(folder ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
    install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${folder} RENAME copyright COMPONENT ${component})
    install(FILES ${PROJECT_BINARY_DIR}/changelog.gz DESTINATION ${folder} COMPONENT ${component})
endforeach()
include(CPack)
