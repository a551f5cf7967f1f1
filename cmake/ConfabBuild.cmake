# What every target of the project has in common, and the three functions that the folders call:
# confab_add_layer, confab_add_program and confab_add_test.

option(CONFAB_WERROR "Treat warnings as errors" OFF)
set(CONFAB_SANITIZE "" CACHE STRING "Sanitizers to build with, as given to -fsanitize")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_AUTOUIC ON)
set(CMAKE_AUTOUIC_SEARCH_PATHS "${PROJECT_SOURCE_DIR}/ui")
# Backtraces name files and lines; what more -g holds costs a fifth of the build.
set(CMAKE_CXX_FLAGS_DEBUG "-g1")
# As Qt and the distributions build; -O3 makes the programs larger and nothing measurably faster.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# Stacks that the program takes of itself tell names.
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    set(CMAKE_ENABLE_EXPORTS ON)
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Precompiled headers need the sloppiness flags (ccache manual, "Precompiled headers"); base
    # directory and no directory hash let builds of other presets and clones share results.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env
        "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
        "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "CCACHE_NOHASHDIR=1" "${CCACHE_PROGRAM}")
    add_compile_options(-fpch-preprocess)
endif()

# The many programs of a debug build are linked by mold, which is quick; mold 1.10 packs addresses in
# a way that glibc refuses, so it is not for releases.
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
    add_link_options($<$<CONFIG:Debug>:-fuse-ld=mold>)
endif()
# What nothing calls is left out, addresses are kept packed (DT_RELR), and nothing is made ready for
# exceptions, which nothing here throws or catches: most of a megabyte that a start would read and relocate.
add_compile_options($<$<CONFIG:Release>:-ffunction-sections> $<$<CONFIG:Release>:-fno-exceptions>)
add_link_options($<$<CONFIG:Release>:-Wl,--gc-sections>)
include(CheckLinkerFlag)
check_linker_flag(CXX "-Wl,-z,pack-relative-relocs" CONFAB_LINKER_PACKS)
if(CONFAB_LINKER_PACKS)
    add_link_options($<$<CONFIG:Release>:-Wl,-z,pack-relative-relocs>)
endif()

add_library(confab_options INTERFACE)
target_compile_options(confab_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual $<$<BOOL:${CONFAB_WERROR}>:-Werror>)
target_compile_definitions(confab_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_FOREACH
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_CONTEXTLESS_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    CONFAB_VERSION="${PROJECT_VERSION}")
if(CONFAB_SANITIZE)
    target_compile_options(confab_options INTERFACE
        "-fsanitize=${CONFAB_SANITIZE}" -fno-omit-frame-pointer)
    target_link_options(confab_options INTERFACE "-fsanitize=${CONFAB_SANITIZE}")
endif()

# confab_add_layer(NAME [SMALL] [PUBLIC targets...] [PRIVATE targets...] [PCH headers...])
# A layer is the folder it is called from: every .cpp and .h below it, as confab_NAME. SMALL is for
# code that waits for people: its pages are most of what an idle program holds (tests/bench/startup.py).
function(confab_add_layer name)
    cmake_parse_arguments(arg "SMALL" "" "PUBLIC;PRIVATE;PCH" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS
        "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    add_library(confab_${name} STATIC ${sources})
    target_include_directories(confab_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(confab_${name} PUBLIC confab_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    if(arg_SMALL)
        target_compile_options(confab_${name} PRIVATE $<$<CONFIG:Release>:-Os>)
    endif()
    if(arg_PCH)
        target_precompile_headers(confab_${name} PRIVATE ${arg_PCH})
    endif()
endfunction()

# confab_add_program(NAME targets...): the sources of this folder as bin/NAME.
function(confab_add_program name)
    file(GLOB sources CONFIGURE_DEPENDS
        "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE ${ARGN})
endfunction()

# confab_add_test(tst_NAME targets... [LABELS labels...] [OFFSCREEN])
# One QtTest program from tst_NAME.cpp in this folder. It runs without a display (OFFSCREEN: with
# the offscreen platform), without a session bus, and with a home of its own, so that no test sees
# another's files or the developer's keychain.
function(confab_add_test name)
    cmake_parse_arguments(arg "OFFSCREEN" "" "LABELS" ${ARGN})
    add_executable(${name} ${name}.cpp)
    target_link_libraries(${name} PRIVATE ${arg_UNPARSED_ARGUMENTS} confab_testsupport Qt6::Test)
    if(NOT arg_OFFSCREEN)
        # QTest's headers differ where QtGui is linked, so those compile them themselves.
        target_precompile_headers(${name} REUSE_FROM confab_testsupport)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set(home "${CMAKE_BINARY_DIR}/test-home/${name}")
    file(MAKE_DIRECTORY "${home}")
    set(environment "HOME=${home}" "XDG_CONFIG_HOME=${home}/config" "XDG_DATA_HOME=${home}/data"
        "XDG_CACHE_HOME=${home}/cache" "XDG_STATE_HOME=${home}/state" "QT_FATAL_CRITICALS=1"
        "LC_ALL=C.UTF-8" "TZ=UTC"
        "DBUS_SESSION_BUS_ADDRESS=disabled:")
    if(arg_OFFSCREEN)
        list(APPEND environment "QT_QPA_PLATFORM=offscreen")
    endif()
    set_tests_properties(${name} PROPERTIES
        ENVIRONMENT "${environment}" LABELS "${arg_LABELS}" TIMEOUT 120)
endfunction()
