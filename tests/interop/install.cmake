# Copies the Node tests to DESTINATION and installs what package-lock.json names there, once for each
# content of that file: a second run needs no network. cmake -DNPM=... -DDESTINATION=... -P install.cmake
file(GLOB scripts "${CMAKE_CURRENT_LIST_DIR}/*.mjs")
file(COPY ${scripts} "${CMAKE_CURRENT_LIST_DIR}/package.json"
    "${CMAKE_CURRENT_LIST_DIR}/package-lock.json" "${CMAKE_CURRENT_LIST_DIR}/.npmrc"
    DESTINATION "${DESTINATION}")

set(stamp "${DESTINATION}/installed")
file(SHA256 "${DESTINATION}/package-lock.json" wanted)
set(installed "")
if(EXISTS "${stamp}")
    file(READ "${stamp}" installed)
endif()
if(installed STREQUAL wanted)
    return()
endif()

file(REMOVE "${stamp}")
execute_process(COMMAND "${NPM}" ci WORKING_DIRECTORY "${DESTINATION}" RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "npm ci failed in ${DESTINATION}")
endif()
file(WRITE "${stamp}" "${wanted}")
