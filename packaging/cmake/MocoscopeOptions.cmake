# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of ours is compiled with, as INTERFACE targets.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

option(MOCOSCOPE_WARNINGS_AS_ERRORS "Fail on compiler warnings" OFF)
set(MOCOSCOPE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are cached only with these; the time stamps that they ignore are checked
  # by ccache's own hash of the header.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
      "${CCACHE_PROGRAM}")
endif()

add_library(mocoscope_options INTERFACE)
# Qt wants position-independent code; one setting for all lets them share a precompiled header.
target_compile_options(mocoscope_options INTERFACE -fPIC
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  # g++ 12 warns of std::string's own code when optimising (its bug 105651)
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  $<$<BOOL:${MOCOSCOPE_WARNINGS_AS_ERRORS}>:-Werror>
  $<$<BOOL:${CCACHE_PROGRAM}>:-fpch-preprocess>)
target_include_directories(mocoscope_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(mocoscope_options INTERFACE
  MOCOSCOPE_VERSION="${PROJECT_VERSION}" QT_NO_KEYWORDS)
target_link_libraries(mocoscope_options INTERFACE Threads::Threads)
if(MOCOSCOPE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "MOCOSCOPE_FUZZ needs clang: -DCMAKE_CXX_COMPILER=clang++, or the preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(MOCOSCOPE_SANITIZE)
  add_compile_options("-fsanitize=${MOCOSCOPE_SANITIZE}" -fno-omit-frame-pointer
                      -fno-sanitize-recover=undefined)
  add_link_options("-fsanitize=${MOCOSCOPE_SANITIZE}")
endif()
