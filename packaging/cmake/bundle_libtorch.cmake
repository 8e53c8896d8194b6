# SPDX-License-Identifier: GPL-3.0-or-later
# Completes an installed tree, so that its programs run where there is no LibTorch: copies what they
# need of it, and nothing else, and makes every search path relative.
#
#   cmake -DROOT=DIR -DLIBTORCH=DIR -DSTAND_INS=DIR -P bundle_libtorch.cmake
#
#   ROOT       holds usr/bin/mocoscope and usr/bin/mocoscope-train
#   LIBTORCH   the LibTorch that they were linked with, CPU variant
#   STAND_INS  folder of the libraries that stand in for CUDA's (packaging/no_cuda)
cmake_policy(VERSION 3.25)
set(_libraries "${ROOT}/usr/lib/mocoscope")
set(_documents "${ROOT}/usr/share/doc/mocoscope")
# The system has these as well, and its other libraries use them.
set(_of_the_system "^libgomp\\.so")

find_program(READELF readelf REQUIRED)
find_program(STRIP strip REQUIRED)

# Sets variable to what FILE names as DT_NEEDED, and path_variable to its DT_RPATH or DT_RUNPATH.
function(read_dynamic file variable path_variable)
  execute_process(COMMAND "${READELF}" --dynamic --wide "${file}" OUTPUT_VARIABLE text
                  COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "[][]" "|" text "${text}") # a single bracket joins the items of a list
  string(REGEX MATCHALL "Shared library: .[^|]+" names "${text}")
  list(TRANSFORM names REPLACE ".*[|]" "")
  string(REGEX MATCH "R(UN)?PATH[^|]*[|]([^|]*)" path "${text}")
  set(${variable} "${names}" PARENT_SCOPE)
  set(${path_variable} "${CMAKE_MATCH_2}" PARENT_SCOPE)
endfunction()

# Sets variable to the file that the package has to bring for NAME; empty: the system brings it.
function(find_source name variable)
  set(${variable} "" PARENT_SCOPE)
  if(name MATCHES "${_of_the_system}")
    return()
  endif()
  foreach(folder "${LIBTORCH}/lib" "${STAND_INS}")
    if(EXISTS "${folder}/${name}")
      file(REAL_PATH "${folder}/${name}" source)
      set(${variable} "${source}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  file(GLOB foreign "${LIBTORCH}/../nvidia/*/lib/${name}")
  if(foreign)
    message(FATAL_ERROR "${name} of NVIDIA may not be part of a package, and nothing stands in for "
            "it: build with LibTorch's CPU variant (--cpu), or add it to packaging/no_cuda")
  endif()
endfunction()

# Every library that FILES or, in turn, those libraries need of LibTorch.
function(bundle)
  set(queue ${ARGN})
  set(seen "")
  while(queue)
    list(POP_FRONT queue file)
    read_dynamic("${file}" needed path)
    list(REMOVE_ITEM needed ${seen} "")
    foreach(name IN LISTS needed)
      list(APPEND seen "${name}")
      find_source("${name}" source)
      if(source)
        add_library_file("${source}" "${_libraries}/${name}")
        list(APPEND queue "${_libraries}/${name}")
      endif()
    endforeach()
  endwhile()
endfunction()

function(add_library_file source target)
  file(COPY_FILE "${source}" "${target}")
  file(CHMOD "${target}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  # Symbols that nothing links with: a fifth of libtorch_cpu.
  execute_process(COMMAND "${STRIP}" --strip-unneeded "${target}" COMMAND_ERROR_IS_FATAL ANY)
  read_dynamic("${target}" needed path)
  if(path)
    file(RPATH_SET FILE "${target}" NEW_RPATH "$ORIGIN")
  endif()
  file(SIZE "${target}" bytes)
  math(EXPR megabytes "(${bytes} + 500000) / 1000000")
  message(STATUS "bundled: ${target} (${megabytes} MB)")
endfunction()

# BSD asks for its terms to come along.
function(add_licence)
  file(GLOB texts "${LIBTORCH}/../torch-*.dist-info/licenses/*" "${LIBTORCH}/LICENSE*"
       "${LIBTORCH}/NOTICE*")
  if(NOT texts)
    message(FATAL_ERROR "no licence of LibTorch in ${LIBTORCH}/LICENSE or in the wheel's folder")
  endif()
  foreach(text IN LISTS texts)
    get_filename_component(name "${text}" NAME)
    file(COPY_FILE "${text}" "${_documents}/libtorch-${name}")
  endforeach()
endfunction()

set(_programs "${ROOT}/usr/bin/mocoscope" "${ROOT}/usr/bin/mocoscope-train")
file(MAKE_DIRECTORY "${_libraries}" "${_documents}")
bundle(${_programs})
if(NOT EXISTS "${_libraries}/libtorch_cpu.so")
  message(FATAL_ERROR "the programs in ${ROOT} do not need the LibTorch in ${LIBTORCH}")
endif()
foreach(_program IN LISTS _programs)
  file(RPATH_SET FILE "${_program}" NEW_RPATH "$ORIGIN/../lib/mocoscope")
endforeach()
add_licence()
