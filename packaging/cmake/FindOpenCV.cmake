# SPDX-License-Identifier: GPL-3.0-or-later
# Debian keeps OpenCVConfig.cmake in libopencv-dev, which drags in every module of OpenCV and
# what those need. Where that file is missing, the three modules in use are found one by one.
#
# Makes the targets opencv_core, opencv_imgproc and opencv_imgcodecs, and sets OpenCV_LIBS and
# OpenCV_VERSION, as OpenCV's own file does.
find_package(OpenCV ${OpenCV_FIND_VERSION} QUIET CONFIG COMPONENTS ${OpenCV_FIND_COMPONENTS})
if(OpenCV_FOUND)
  return()
endif()

find_path(OpenCV_INCLUDE_DIR opencv2/core/version.hpp PATH_SUFFIXES opencv4)
mark_as_advanced(OpenCV_INCLUDE_DIR)
if(OpenCV_INCLUDE_DIR)
  file(STRINGS "${OpenCV_INCLUDE_DIR}/opencv2/core/version.hpp" _opencv_version
       REGEX "#define CV_VERSION_(MAJOR|MINOR|REVISION) ")
  list(TRANSFORM _opencv_version REPLACE "[^0-9]*([0-9]+).*" "\\1")
  list(JOIN _opencv_version "." OpenCV_VERSION)
endif()

set(OpenCV_LIBS "")
foreach(_module IN LISTS OpenCV_FIND_COMPONENTS)
  find_library(OpenCV_${_module}_LIBRARY opencv_${_module})
  find_path(OpenCV_${_module}_HEADER opencv2/${_module}.hpp PATHS "${OpenCV_INCLUDE_DIR}")
  mark_as_advanced(OpenCV_${_module}_LIBRARY OpenCV_${_module}_HEADER)
  if(OpenCV_${_module}_LIBRARY AND OpenCV_${_module}_HEADER)
    set(OpenCV_${_module}_FOUND TRUE)
    list(APPEND OpenCV_LIBS opencv_${_module})
    if(NOT TARGET opencv_${_module})
      add_library(opencv_${_module} UNKNOWN IMPORTED GLOBAL)
      set_target_properties(opencv_${_module} PROPERTIES
        IMPORTED_LOCATION "${OpenCV_${_module}_LIBRARY}"
        INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${OpenCV_INCLUDE_DIR}"
        INTERFACE_INCLUDE_DIRECTORIES "${OpenCV_INCLUDE_DIR}")
    endif()
  endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV REQUIRED_VARS OpenCV_INCLUDE_DIR
  VERSION_VAR OpenCV_VERSION HANDLE_COMPONENTS
  REASON_FAILURE_MESSAGE "install libopencv-core-dev, -imgproc-dev and -imgcodecs-dev")
