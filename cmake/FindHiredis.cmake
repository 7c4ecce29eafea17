# SPDX-License-Identifier: MIT
# Finds hiredis as Hiredis::Hiredis and, where it is there, its TLS as Hiredis::Ssl. Installed with Sojourn, so that a static Sojourn
# finds hiredis where its user has it: the distributions' hiredis of before 1.0 brings no CMake package of its own.
find_path(HIREDIS_INCLUDE_DIR hiredis/hiredis.h)
# With a d where it is a debug build that vcpkg or Conan made.
find_library(HIREDIS_LIBRARY NAMES hiredis hiredisd)
find_library(HIREDIS_SSL_LIBRARY NAMES hiredis_ssl hiredis_ssld)
mark_as_advanced(HIREDIS_INCLUDE_DIR HIREDIS_LIBRARY HIREDIS_SSL_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Hiredis REQUIRED_VARS HIREDIS_LIBRARY HIREDIS_INCLUDE_DIR)

if(Hiredis_FOUND AND NOT TARGET Hiredis::Hiredis)
    add_library(Hiredis::Hiredis UNKNOWN IMPORTED)
    set_target_properties(Hiredis::Hiredis PROPERTIES
        IMPORTED_LOCATION ${HIREDIS_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${HIREDIS_INCLUDE_DIR})
endif()
if(Hiredis_FOUND AND HIREDIS_SSL_LIBRARY AND NOT TARGET Hiredis::Ssl)
    add_library(Hiredis::Ssl UNKNOWN IMPORTED)
    set_target_properties(Hiredis::Ssl PROPERTIES IMPORTED_LOCATION ${HIREDIS_SSL_LIBRARY} INTERFACE_LINK_LIBRARIES Hiredis::Hiredis)
endif()
