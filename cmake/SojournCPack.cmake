# SPDX-License-Identifier: MIT
# Packages by CPack, divided as Debian does it: one for each shared library, so that nobody installs what they do not use (Qt HttpServer is
# under the GPL); what developers need; the command line, the demo, the inspector. ./dev package makes, checks and tries them.
if(NOT BUILD_SHARED_LIBS)
    message(FATAL_ERROR "SOJOURN_PACKAGES makes packages of shared libraries. Configure with -DBUILD_SHARED_LIBS=ON")
endif()
set(CPACK_PACKAGE_NAME sojourn)
set(CPACK_PACKAGE_VENDOR "The Sojourn developers")
set(CPACK_PACKAGE_CONTACT "The Sojourn developers <sojourn@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(CPACK_COMPONENTS_ALL "")
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Where the libraries lie before they are installed. In which package of this project each one is, sojourn_depends() tells.
get_property(libraries GLOBAL PROPERTY SOJOURN_LIBRARIES)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "")
foreach(library IN LISTS libraries)
    get_target_property(folder Sojourn${library} BINARY_DIR)
    list(APPEND CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${folder})
endforeach()

# As Debian does it; CPack adds scripts that call ldconfig, too.
file(WRITE ${PROJECT_BINARY_DIR}/triggers "activate-noawait ldconfig\n")

# A changelog in Debian's form that points to the whole one.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${PROJECT_BINARY_DIR}/changelog "sojourn (${PROJECT_VERSION}) unstable; urgency=medium

  * Version ${PROJECT_VERSION}; CHANGELOG.md of libsojourn-dev tells what is new.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
execute_process(COMMAND gzip -9nf changelog WORKING_DIRECTORY ${PROJECT_BINARY_DIR})

# The package of a library: libsojourncore0.1.
function(sojourn_library_package result library)
    string(TOLOWER ${library} name)
    set(${result} libsojourn${name}${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR} PARENT_SCOPE)
endfunction()

# The packages of this project's libraries that targets link, of the very same version, as they share what is in no header.
function(sojourn_depends result)
    set(packages "")
    foreach(target IN LISTS ARGN)
        get_target_property(links ${target} LINK_LIBRARIES)
        list(FILTER links INCLUDE REGEX "^Sojourn::")
        foreach(link IN LISTS links)
            string(REPLACE "Sojourn::" "" library ${link})
            sojourn_library_package(package ${library})
            list(APPEND packages "${package} (= ${PROJECT_VERSION})")
        endforeach()
    endforeach()
    list(REMOVE_DUPLICATES packages)
    set(${result} ${packages} PARENT_SCOPE)
endfunction()

# sojourn_package(COMPONENT PACKAGE SECTION DESCRIPTION DEPENDENCY...), with what Debian wants in the folder of each: copyright and changelog.
macro(sojourn_package component package section description)
    string(TOUPPER ${component} upper)
    list(APPEND CPACK_COMPONENTS_ALL ${component})
    set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package})
    set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
    set(CPACK_DEBIAN_${upper}_DESCRIPTION "${description}")
    set(depends ${ARGN})
    list(JOIN depends ", " CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS)
    install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} RENAME copyright COMPONENT ${component})
    install(FILES ${PROJECT_BINARY_DIR}/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
endmacro()

set(of_Core "The library's heart: sessions that merge changes, the store in memory,
caches and realms in front of any store. It needs Qt Core alone.")
set(of_Snapshot "Snapshots of session stores: written, read and compared as JSON.")
set(of_Sqlite "The store in an SQLite file, which many processes may share.")
set(of_Redis "The store in Redis or Valkey: one server, sentinels or a cluster.")
set(of_Live "The sessions of a running application, served to and seen by others.")
set(of_Stores "Opens any of the stores by its URL.")
set(of_HttpServer "Sessions for QHttpServer: cookies, guards by user and role, streams,
WebSockets. Qt HttpServer is under the GPL or a commercial licence.")
set(of_Testing "What tests of applications and of stores of one's own need.")
set(all_libraries "")
foreach(library IN LISTS libraries)
    sojourn_library_package(package ${library})
    list(APPEND all_libraries "${package} (= ${PROJECT_VERSION})")
    sojourn_depends(depends Sojourn${library})
    if(library STREQUAL "Sqlite")
        list(APPEND depends libqt6sql6-sqlite) # a plugin, which no program names
    endif()
    string(TOLOWER ${library} component)
    sojourn_package(${component} ${package} libs "sessions for Qt's web servers (${component} library)\n${of_${library}}" ${depends})
    string(TOUPPER ${component} upper)
    set(CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/triggers)
endforeach()

sojourn_package(devel libsojourn-dev libdevel "sessions for QHttpServer applications (development files)
Headers, CMake and pkg-config files for the sessions of servers made with
Qt." qt6-base-dev qt6-httpserver-dev qt6-websockets-dev libhiredis-dev ${all_libraries})

if(TARGET sojourn)
    sojourn_depends(depends sojourn)
    sojourn_package(tools sojourn web "browse, edit and end web sessions from a terminal
The command line for session stores of servers made with Qt and Sojourn:
lists, searches, exports, imports, edits, rotates and revokes sessions in
SQLite, Redis, Valkey or a running application." ${depends})
endif()
if(TARGET sojourn-demo)
    sojourn_depends(depends sojourn-demo)
    sojourn_package(demo sojourn-demo web "small web application that shows what sessions can do
A demo of Sojourn, sessions for servers made with Qt: log-in, a cart, roles
and streams, over any of its stores." ${depends})
endif()
if(TARGET sojourn-inspector)
    sojourn_depends(depends sojourn-inspector sojourn_inspector_ui)
    sojourn_package(inspector sojourn-inspector web "shows web sessions live in a window
The window for session stores of servers made with Qt and Sojourn: browses,
searches, edits, expires, rotates and exports sessions in SQLite, Redis,
Valkey or a running application while they change." ${depends})
endif()
include(CPack)
