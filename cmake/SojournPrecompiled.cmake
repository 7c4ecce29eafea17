# SPDX-License-Identifier: MIT
# What most sources include, compiled once for all of them. Only for clang, which takes it beside any further definitions; GCC would need
# one for each set of definitions and options.
find_package(Qt6 QUIET COMPONENTS Core Network Test)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "// Nothing but the headers.\n")
add_library(sojourn_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
sojourn_compile_settings(sojourn_precompiled)
target_link_libraries(sojourn_precompiled PRIVATE Qt6::Core)
target_precompile_headers(sojourn_precompiled PRIVATE
    <algorithm> <array> <atomic> <charconv> <chrono> <deque> <functional> <map> <memory> <mutex> <optional> <thread> <tuple> <vector>
    <QtCore/QtCore> <QtNetwork/QLocalSocket> <QtNetwork/QSslSocket> <QtNetwork/QTcpServer> <QtTest/QSignalSpy> <QtTest/qtestcase.h>)
