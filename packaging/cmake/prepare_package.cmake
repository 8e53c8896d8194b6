# SPDX-License-Identifier: GPL-3.0-or-later
# Run by CPack between installing and packing: makes of the installed tree what a package has to hold.
cmake_policy(VERSION 3.25)
set(ROOT "${CPACK_TEMPORARY_DIRECTORY}")
set(LIBTORCH "${CPACK_MOCOSCOPE_LIBTORCH}")
set(STAND_INS "${CPACK_MOCOSCOPE_STAND_INS}")
include("${CPACK_MOCOSCOPE_SOURCE}/packaging/cmake/bundle_libtorch.cmake")

# Debian's names: its copyright file takes the licence's place, manuals and changelog are packed.
set(_debian "${CPACK_MOCOSCOPE_SOURCE}/packaging/debian")
file(REMOVE "${_documents}/LICENSE")
file(COPY_FILE "${_debian}/copyright" "${_documents}/copyright")
file(COPY_FILE "${_debian}/changelog" "${_documents}/changelog")
file(GLOB _texts "${ROOT}/usr/share/man/man1/*.1" "${_documents}/changelog"
     "${_documents}/libtorch-*")
execute_process(COMMAND gzip --best --no-name ${_texts} COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE _plain "${ROOT}/usr/share/*")
file(CHMOD ${_plain} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
