# SPDX-License-Identifier: MIT
include(GenerateExportHeader)
include(GNUInstallDirs)

set(SOJOURN_INCLUDE_DIR ${PROJECT_BINARY_DIR}/include)

# sojourn_install(COMPONENT ...): install(...), where this project installs at all.
function(sojourn_install component)
    if(SOJOURN_INSTALL)
        install(${ARGN} COMPONENT ${component})
    endif()
endfunction()

# Packages are finer than components: each library has its own, and so has the demo, which alone of the programs takes Qt HttpServer.
# sojourn_component(RESULT COMPONENT PACKAGE): the one or the other.
function(sojourn_component result component package)
    if(SOJOURN_PACKAGES)
        set(component ${package})
    endif()
    set(${result} ${component} PARENT_SCOPE)
endfunction()

# sojourn_install_manual(COMPONENT FILE): a manual page; compressed in packages, where Debian wants it so.
function(sojourn_install_manual component page)
    if(SOJOURN_PACKAGES)
        configure_file(${page} ${page} COPYONLY)
        execute_process(COMMAND gzip -9nkf ${page} WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR} COMMAND_ERROR_IS_FATAL ANY)
        set(page ${CMAKE_CURRENT_BINARY_DIR}/${page}.gz)
    endif()
    sojourn_install(${component} FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endfunction()

# Compile settings of everything in this project.
function(sojourn_compile_settings target)
    target_compile_features(${target} PUBLIC cxx_std_23)
    target_compile_definitions(${target} PRIVATE
        QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
        QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400)
    if(MSVC)
        target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${SOJOURN_WERROR}>:/WX>)
    else()
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
            $<$<BOOL:${SOJOURN_WERROR}>:-Werror>)
        # Those of GCC's optimizer are shown, but are no errors: they depend on what is inlined, and often see what is not there.
        if(SOJOURN_WERROR AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            target_compile_options(${target} PRIVATE -Wno-error=maybe-uninitialized -Wno-error=array-bounds -Wno-error=restrict
                -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=free-nonheap-object -Wno-error=dangling-pointer
                -Wno-error=use-after-free)
        endif()
    endif()
    if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wno-subobject-linkage) # of what is in no header
    endif()
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF AUTOMOC ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
    get_target_property(type ${target} TYPE)
    # Later versions of Qt have other signatures.
    if(type STREQUAL "EXECUTABLE" AND CMAKE_CXX_FLAGS MATCHES "fsanitize=thread" AND Qt6_VERSION VERSION_LESS 6.7)
        target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/tsan/qtsync.cpp)
    endif()
    if(TARGET sojourn_precompiled AND NOT target STREQUAL "sojourn_precompiled")
        target_precompile_headers(${target} REUSE_FROM sojourn_precompiled)
    endif()
    if(BUILD_SHARED_LIBS AND UNIX AND NOT APPLE AND NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
        # Installed where the system does not look, the libraries find each other, and the programs find them.
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN;$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
    endif()
endfunction()

# sojourn_add_library(Core HEADERS Session=session/session.h ... [PRIVATE_HEADERS ...] [PUBLIC lib...] [PRIVATE lib...])
#
# Makes target SojournCore with the alias Sojourn::Core from every .cpp file in the folder and its subfolders. Each header H=room/h.h is
# installed as <Sojourn/h.h> with the forwarding header <Sojourn/H>; a header without a name in front is installed without one. Private
# headers are <Sojourn/h_p.h> to the other libraries of this project and are not installed.
function(sojourn_add_library name)
    cmake_parse_arguments(arg "" "" "HEADERS;PRIVATE_HEADERS;PUBLIC;PRIVATE" ${ARGN})
    set(target Sojourn${name})
    string(TOLOWER ${target} base)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
    add_library(${target} ${sources})
    add_library(Sojourn::${name} ALIAS ${target})
    sojourn_compile_settings(${target})
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${name} OUTPUT_NAME ${base} VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

    if(BUILD_SHARED_LIBS AND UNIX AND NOT APPLE)
        # Every symbol carries its minor version, so that two of them can be in one process: an application's and its plugin's.
        set(symbols ${CMAKE_CURRENT_BINARY_DIR}/symbols.map)
        file(CONFIGURE OUTPUT ${symbols} CONTENT "SOJOURN_${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR} { global: *; };\n")
        target_link_options(${target} PRIVATE -Wl,--version-script=${symbols})
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${symbols})
    endif()

    string(TOUPPER ${name} upper)
    generate_export_header(${target} BASE_NAME ${base} EXPORT_MACRO_NAME SOJOURN_${upper}_EXPORT
        EXPORT_FILE_NAME ${SOJOURN_INCLUDE_DIR}/Sojourn/${base}_export.h)
    set(installed ${SOJOURN_INCLUDE_DIR}/Sojourn/${base}_export.h)
    foreach(entry IN LISTS arg_HEADERS arg_PRIVATE_HEADERS)
        string(REGEX MATCH "^(([A-Za-z]+)=)?(.+)$" _ ${entry})
        set(forward "${CMAKE_MATCH_2}")
        set(path "${CMAKE_MATCH_3}")
        cmake_path(GET path FILENAME file)
        # In the build tree <Sojourn/file.h> points into the source tree; installed, the file itself lies there. The way there is
        # relative where it can be, so that ccache knows a file of another clone again.
        file(RELATIVE_PATH source ${SOJOURN_INCLUDE_DIR}/Sojourn ${CMAKE_CURRENT_SOURCE_DIR}/${path})
        file(CONFIGURE OUTPUT ${SOJOURN_INCLUDE_DIR}/Sojourn/${file} CONTENT "#include \"${source}\"\n")
        if(entry IN_LIST arg_HEADERS)
            list(APPEND installed ${CMAKE_CURRENT_SOURCE_DIR}/${path})
        endif()
        if(forward)
            file(CONFIGURE OUTPUT ${SOJOURN_INCLUDE_DIR}/Sojourn/${forward} CONTENT "#include <Sojourn/${file}>\n")
            list(APPEND installed ${SOJOURN_INCLUDE_DIR}/Sojourn/${forward})
        endif()
    endforeach()
    target_include_directories(${target} PUBLIC
        $<BUILD_INTERFACE:${SOJOURN_INCLUDE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})

    set_property(GLOBAL APPEND PROPERTY SOJOURN_LIBRARIES ${name})
    if(NOT SOJOURN_INSTALL)
        return()
    endif()
    string(TOLOWER ${name} package)
    sojourn_component(runtime runtime ${package})
    install(TARGETS ${target} EXPORT Sojourn${name}Targets
        RUNTIME COMPONENT ${runtime} LIBRARY COMPONENT ${runtime} NAMELINK_COMPONENT devel ARCHIVE COMPONENT devel)
    install(FILES ${installed} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/Sojourn COMPONENT devel)
    install(EXPORT Sojourn${name}Targets NAMESPACE Sojourn:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Sojourn COMPONENT devel)
    sojourn_install_pkgconfig(${name} "${arg_PUBLIC}" "${arg_PRIVATE}")
endfunction()

# What pkg-config calls \a target of \a PUBLIC or PRIVATE; empty for what it does not know.
function(sojourn_pkgconfig_name target result)
    set(name "")
    if(target MATCHES "^Sojourn::(.+)$")
        string(TOLOWER "sojourn-${CMAKE_MATCH_1}" name)
    elseif(target MATCHES "^Qt6::(.+)$")
        set(name "Qt6${CMAKE_MATCH_1} >= ${SOJOURN_QT_VERSION}")
    elseif(target STREQUAL "Hiredis::Hiredis")
        set(name hiredis)
    elseif(target STREQUAL "Hiredis::Ssl")
        set(name hiredis_ssl)
    elseif(target STREQUAL "OpenSSL::SSL")
        set(name openssl)
    elseif(target STREQUAL "ZLIB::ZLIB")
        set(name zlib)
    endif()
    set(${result} "${name}" PARENT_SCOPE)
endfunction()

# sojourn-NAME.pc; what a library only uses inside matters to those who link it statically.
function(sojourn_install_pkgconfig name public private)
    foreach(kind public private)
        set(required "")
        foreach(target IN LISTS ${kind})
            sojourn_pkgconfig_name(${target} package)
            if(package)
                list(APPEND required ${package})
            endif()
        endforeach()
        list(JOIN required ", " ${kind}_required)
    endforeach()
    string(TOLOWER ${name} lower)
    file(RELATIVE_PATH to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
    configure_file(${PROJECT_SOURCE_DIR}/cmake/sojourn.pc.in ${PROJECT_BINARY_DIR}/pkgconfig/sojourn-${lower}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/pkgconfig/sojourn-${lower}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT devel)
endfunction()
