# SPDX-License-Identifier: GPL-3.0-or-later

# mocoscope_library(NAME SOURCES … [PUBLIC …] [PRIVATE …] [TORCH])
# One static library, one folder. TORCH: uses LibTorch and its precompiled header.
function(mocoscope_library name)
  cmake_parse_arguments(arg "TORCH" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(_kind STATIC)
  if(MOCOSCOPE_SANITIZE AND NOT MOCOSCOPE_FUZZ)
    set(_kind SHARED) # instrumented, it would make each of a hundred tests 190 MB large
  endif()
  add_library(${name} ${_kind} ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE mocoscope_options ${arg_PRIVATE})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  if(arg_TORCH)
    mocoscope_use_torch(${name})
  endif()
endfunction()

# A file that includes torch.h takes 1.3 GB of memory to compile: no more of them at once than fit.
cmake_host_system_information(RESULT _free_megabytes QUERY AVAILABLE_PHYSICAL_MEMORY)
math(EXPR _torch_jobs "(${_free_megabytes} + 300) / 1500")
if(_torch_jobs LESS 1)
  set(_torch_jobs 1)
endif()
set_property(GLOBAL APPEND PROPERTY JOB_POOLS torch=${_torch_jobs})

# The precompiled header alone fills the memory after which g++ collects garbage, all along: not to
# look before twice as much is in use saves a sixth of the time and takes no more at the peak.
set(_torch_options $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=524288>)

# torch.h costs over 20 s a file; from one shared precompiled header a third of that.
function(mocoscope_use_torch name)
  if(NOT TARGET mocoscope_torch_pch)
    set(_pch_source "${PROJECT_BINARY_DIR}/torch_pch.cpp")
    file(CONFIGURE OUTPUT "${_pch_source}" CONTENT "// Holds the precompiled header of LibTorch.\n")
    add_library(mocoscope_torch_pch OBJECT "${_pch_source}")
    target_link_libraries(mocoscope_torch_pch PRIVATE mocoscope_options LibTorch::LibTorch)
    target_compile_options(mocoscope_torch_pch PRIVATE ${_torch_options})
    target_precompile_headers(mocoscope_torch_pch PRIVATE <torch/torch.h>)
    set_property(TARGET mocoscope_torch_pch PROPERTY JOB_POOL_COMPILE torch)
  endif()
  target_compile_options(${name} PRIVATE ${_torch_options})
  target_link_libraries(${name} PRIVATE LibTorch::LibTorch)
  target_precompile_headers(${name} REUSE_FROM mocoscope_torch_pch)
  set_property(TARGET ${name} PROPERTY JOB_POOL_COMPILE torch)
endfunction()

# mocoscope_embed(TARGET LIST FILE …)
# Compiles text files into TARGET: #include "embedded/LIST.h" gives
# mocoscope::embedded::LIST(), a std::span of {name without folder, text}.
function(mocoscope_embed target list)
  set(_folder "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  set(_header "${_folder}/${list}.h")
  set(_source "${_folder}/${list}.cpp")
  set(_script "${PROJECT_SOURCE_DIR}/packaging/cmake/embed_text.cmake")
  string(REPLACE ";" "|" _files "${ARGN}")
  add_custom_command(OUTPUT "${_header}" "${_source}"
    COMMAND "${CMAKE_COMMAND}" "-DLIST=${list}" "-DFILES=${_files}" "-DHEADER=${_header}"
            "-DSOURCE=${_source}" -P "${_script}"
    DEPENDS ${ARGN} "${_script}"
    COMMENT "Embedding ${list}" VERBATIM)
  # In a unity build the lists of several files would meet.
  set_source_files_properties("${_source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE "${_header}" "${_source}")
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()

# What most tests include takes half of the time that they take to compile: it is read once, and once
# more with widgets for those that have them.
function(mocoscope_use_test_headers name)
  set(_pch mocoscope_test_pch)
  set(_modules Qt6::Test)
  set(_headers <QTest> <QSignalSpy> <QTemporaryDir> <chrono> <filesystem> <functional> <map>
               <memory> <nlohmann/json.hpp> <optional> <sstream> <string> <thread> <vector>)
  get_target_property(_libraries ${name} LINK_LIBRARIES)
  if(_libraries MATCHES "Qt6::Widgets|mocoscope_plot|mocoscope_ui(;|$)")
    set(_pch mocoscope_window_test_pch)
    list(APPEND _modules Qt6::Widgets)
    list(PREPEND _headers <QtWidgets>)
  endif()
  if(NOT TARGET ${_pch})
    # Definitions of each folder's own, for QFINDTESTDATA: with them nothing could be shared.
    get_target_property(_definitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
    list(FILTER _definitions EXCLUDE REGEX "^QT_TESTCASE_")
    set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${_definitions}")
    set(_source "${PROJECT_BINARY_DIR}/${_pch}.cpp")
    file(CONFIGURE OUTPUT "${_source}" CONTENT "// Holds the precompiled headers of tests.\n")
    add_library(${_pch} OBJECT "${_source}")
    target_link_libraries(${_pch} PRIVATE mocoscope_options ${_modules})
    target_precompile_headers(${_pch} PRIVATE ${_headers})
  endif()
  if(NOT _libraries MATCHES "mocoscope_ui_models") # which have Qt6::Gui: three would need a third
    target_precompile_headers(${name} REUSE_FROM ${_pch})
  endif()
endfunction()

# mocoscope_test(NAME LABELS … LIBRARIES … [SOURCES FILE] [TORCH])
# A Qt Test executable of tests/…/NAME.cpp, or of FILE, which includes NAME.moc. Labels: unit storage concurrency gui numeric …
function(mocoscope_test name)
  cmake_parse_arguments(arg "TORCH" "TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  if(NOT arg_SOURCES)
    set(arg_SOURCES ${name}.cpp)
  endif()
  add_executable(${name} ${arg_SOURCES})
  # What a test spends its time in are the libraries: its own code compiles in two thirds of the time.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  if(MOCOSCOPE_SANITIZE STREQUAL "thread" AND NOT "concurrency" IN_LIST arg_LABELS)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
  target_link_libraries(${name} PRIVATE mocoscope_options Qt6::Test ${arg_LIBRARIES})
  add_test(NAME ${name} COMMAND ${name})
  # Automoc would read all headers that a test includes, for 3 s a test; LibTorch's for up to 20 s.
  qt6_generate_moc(${arg_SOURCES} ${name}.moc)
  target_sources(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${name}.moc")
  target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
  if(arg_TORCH)
    mocoscope_use_torch(${name})
    set_tests_properties(${name} PROPERTIES PROCESSORS 2)
  else()
    mocoscope_use_test_headers(${name})
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(MOCOSCOPE_SANITIZE)
    math(EXPR arg_TIMEOUT "4 * ${arg_TIMEOUT}")
  endif()
  # Threads that wait for work sleep: on cores that others use too, spinning ones take a hundred
  # times as long.
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;OMP_NUM_THREADS=2;OMP_WAIT_POLICY=passive;MOCOSCOPE_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
endfunction()
