# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package: what `cmake --install` installs, completed by prepare_package.cmake. Built by
# packaging/make-deb.sh.
set(MOCOSCOPE_MAINTAINER "The Mocoscope developers <developers@mocoscope.invalid>"
    CACHE STRING "Who answers for a package: NAME <ADDRESS>")
mark_as_advanced(MOCOSCOPE_MAINTAINER)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "The Mocoscope developers")
set(CPACK_PACKAGE_CONTACT "${MOCOSCOPE_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION
"Mocoscope trains Vision Transformers and ResNets on images without labels, with
MoCo v3 and the methods that it is compared with, and shows loss, accuracy and
the gradient of every layer while it trains. Past runs are laid side by side;
spikes of the gradient are found and marked.
.
This package computes on CPUs and brings the part of LibTorch that it needs.
mocoscope-train is the same engine without a window.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_THREADS 0) # as many as there are cores
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/packaging/cmake/prepare_package.cmake")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-dejavu-core, qt6-translations-l10n, qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

# For prepare_package.cmake.
set(CPACK_MOCOSCOPE_SOURCE "${PROJECT_SOURCE_DIR}")
set(CPACK_MOCOSCOPE_LIBTORCH "${LIBTORCH}")
set(CPACK_MOCOSCOPE_STAND_INS "${PROJECT_BINARY_DIR}/no_cuda")
include(CPack)
