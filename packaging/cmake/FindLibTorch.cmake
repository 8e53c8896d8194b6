# SPDX-License-Identifier: GPL-3.0-or-later
# Finds LibTorch without its own TorchConfig.cmake, which asks for nvcc in the CUDA wheels.
#
#   LIBTORCH       folder with include/ and lib/: the `torch` folder of a wheel or an unpacked
#                  LibTorch. Default: the environment's LIBTORCH, else the folder into which
#                  packaging/setup.sh puts the wheel.
#   LIBTORCH_CUDA  AUTO, ON (an error where its CUDA part is incomplete) or OFF.
#
# Makes LibTorch::LibTorch, and sets LibTorch_VERSION and LibTorch_CUDA (true when the libraries
# of the wheel's CUDA part can be linked: they need cuDNN, NCCL and cuBLAS beside them).
# LibTorch_GLOO: Gloo's headers are there, whose code LibTorch has inside: replicas in several
# processes need them. LibTorch_NCCL: the same for GPUs.
set(_libtorch_default "${PROJECT_SOURCE_DIR}/.deps/python/torch")
if(NOT "$ENV{LIBTORCH}" STREQUAL "")
  set(_libtorch_default "$ENV{LIBTORCH}")
endif()
set(LIBTORCH "${_libtorch_default}" CACHE PATH "LibTorch's folder")
set(LIBTORCH_CUDA AUTO CACHE STRING "Link LibTorch's CUDA part: AUTO, ON, OFF")
set_property(CACHE LIBTORCH_CUDA PROPERTY STRINGS AUTO ON OFF)

# A changed folder must not leave the libraries of the former one in the cache.
if(NOT "${LibTorch_SEARCHED_DIR}" STREQUAL "${LIBTORCH}")
  foreach(_entry INCLUDE_DIR API_INCLUDE_DIR CPU_LIBRARY C10_LIBRARY CUDA_LIBRARY C10_CUDA_LIBRARY)
    unset(LibTorch_${_entry} CACHE)
  endforeach()
  set(LibTorch_SEARCHED_DIR "${LIBTORCH}" CACHE INTERNAL "Where LibTorch was looked for last")
endif()

find_path(LibTorch_INCLUDE_DIR ATen/ATen.h PATHS "${LIBTORCH}/include" NO_DEFAULT_PATH)
find_path(LibTorch_API_INCLUDE_DIR torch/torch.h
          PATHS "${LIBTORCH}/include/torch/csrc/api/include" NO_DEFAULT_PATH)
find_library(LibTorch_CPU_LIBRARY torch_cpu PATHS "${LIBTORCH}/lib" NO_DEFAULT_PATH)
find_library(LibTorch_C10_LIBRARY c10 PATHS "${LIBTORCH}/lib" NO_DEFAULT_PATH)
find_library(LibTorch_CUDA_LIBRARY torch_cuda PATHS "${LIBTORCH}/lib" NO_DEFAULT_PATH)
find_library(LibTorch_C10_CUDA_LIBRARY c10_cuda PATHS "${LIBTORCH}/lib" NO_DEFAULT_PATH)
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR LibTorch_CPU_LIBRARY
                 LibTorch_C10_LIBRARY LibTorch_CUDA_LIBRARY LibTorch_C10_CUDA_LIBRARY)

if(EXISTS "${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h")
  file(STRINGS "${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h" _version_lines REGEX
       "#define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
  string(REGEX MATCHALL "[0-9]+" _version_numbers "${_version_lines}")
  list(JOIN _version_numbers "." LibTorch_VERSION)
endif()

find_path(LibTorch_GLOO_INCLUDE_DIR gloo/algorithm.h)
find_path(LibTorch_NCCL_INCLUDE_DIR nccl.h HINTS "${LIBTORCH}/../nvidia/nccl/include")
mark_as_advanced(LibTorch_GLOO_INCLUDE_DIR LibTorch_NCCL_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY LibTorch_INCLUDE_DIR
                LibTorch_API_INCLUDE_DIR
  VERSION_VAR LibTorch_VERSION
  REASON_FAILURE_MESSAGE "run packaging/setup.sh, or pass -DLIBTORCH=DIR")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  # The CUDA libraries of the wheel need their siblings (cuDNN and others) at run time. The CPU
  # set-up leaves those out, so a link to torch_cuda would not start.
  file(GLOB _cudnn "${LIBTORCH}/../nvidia/cudnn/lib/libcudnn.so*" "${LIBTORCH}/lib/libcudnn.so*")
  set(LibTorch_CUDA OFF)
  if(LibTorch_CUDA_LIBRARY AND LibTorch_C10_CUDA_LIBRARY AND _cudnn AND LIBTORCH_CUDA)
    set(LibTorch_CUDA ON)
  endif()
  if(LIBTORCH_CUDA STREQUAL "ON" AND NOT LibTorch_CUDA)
    message(FATAL_ERROR "The LibTorch in ${LIBTORCH} has no complete CUDA part (torch_cuda, "
            "c10_cuda, cuDNN). Run ./run --cuda, which fetches it, or choose LIBTORCH_CUDA=OFF.")
  endif()
  set(LibTorch_GLOO OFF)
  if(LibTorch_GLOO_INCLUDE_DIR)
    set(LibTorch_GLOO ON)
  endif()
  set(LibTorch_NCCL OFF)
  if(LibTorch_CUDA AND LibTorch_GLOO AND LibTorch_NCCL_INCLUDE_DIR)
    set(LibTorch_NCCL ON)
  endif()
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
    "${LibTorch_INCLUDE_DIR}" "${LibTorch_API_INCLUDE_DIR}")
  target_link_libraries(LibTorch::LibTorch INTERFACE
    "${LibTorch_CPU_LIBRARY}" "${LibTorch_C10_LIBRARY}")
  if(LibTorch_CUDA)
    file(GLOB _cuda_includes "${LIBTORCH}/../nvidia/*/include")
    target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE ${_cuda_includes})
    # Nothing of ours refers to torch_cuda by name; it registers its kernels when it is loaded.
    target_link_libraries(LibTorch::LibTorch INTERFACE "-Wl,--no-as-needed"
      "${LibTorch_CUDA_LIBRARY}" "${LibTorch_C10_CUDA_LIBRARY}" "-Wl,--as-needed")
    target_compile_definitions(LibTorch::LibTorch INTERFACE MOCOSCOPE_CUDA)
  endif()
endif()
