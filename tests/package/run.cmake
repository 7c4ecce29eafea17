# SPDX-License-Identifier: MIT
# Installs Sojourn from BUILD into a folder under WORK, builds a project against it and runs that; then configures one that embeds it.
function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()
set(configure ${CMAKE_COMMAND} -G Ninja -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/installed -B ${WORK}/installed -DCMAKE_PREFIX_PATH=${WORK}/prefix)
run(${CMAKE_COMMAND} --build ${WORK}/installed)
run(${WORK}/installed/consumer)

run(${configure} -S ${CMAKE_CURRENT_LIST_DIR}/embedded -B ${WORK}/embedded -DSOJOURN_SOURCE=${CMAKE_CURRENT_LIST_DIR}/../..)
