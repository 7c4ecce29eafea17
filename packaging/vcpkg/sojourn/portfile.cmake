# SPDX-License-Identifier: MIT
# The sources are those of the working tree that this file lies in; a port in a registry names an archive with its digest instead.
set(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../..")

vcpkg_check_features(OUT_FEATURE_OPTIONS options
    FEATURES
        httpserver SOJOURN_WITH_HTTPSERVER
        inspector SOJOURN_WITH_INSPECTOR
        live SOJOURN_WITH_LIVE
        redis SOJOURN_WITH_REDIS
        sqlite SOJOURN_WITH_SQLITE
        testing SOJOURN_WITH_TESTING
        tools SOJOURN_WITH_CLI)

vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}" OPTIONS ${options} -DSOJOURN_WITH_DEMO=OFF -DSOJOURN_BUILD_TESTS=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME Sojourn CONFIG_PATH lib/cmake/Sojourn)
vcpkg_fixup_pkgconfig()
vcpkg_copy_pdbs()
if("tools" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES sojourn AUTO_CLEAN)
endif()
if("inspector" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES sojourn-inspector AUTO_CLEAN)
endif()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
