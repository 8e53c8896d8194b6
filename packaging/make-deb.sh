#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the Debian package from the release preset, unpacks it beside and tries what it holds.
set -euo pipefail
# shellcheck source=shell/build.sh
source "$(dirname "${BASH_SOURCE[0]}")/shell/build.sh"

for argument in "$@"; do
    case $argument in
    -h | --help)
        printf '%s\n' "packaging/make-deb.sh [OPTION…]" \
            "  Writes build/package/mocoscope_VERSION_ARCHITECTURE.deb, which computes on CPUs." \
            "$shared_help"
        exit 0
        ;;
    *)
        take_shared_option "$argument" ||
            fail "packaging/make-deb.sh does not know $argument" "See packaging/make-deb.sh --help"
        ;;
    esac
done

output=$project/build/package

pack() { cpack --config "$project/build/release/CPackConfig.cmake" -B "$output"; }

unpack_and_check() { # DEB FOLDER
    dpkg-deb --extract "$1" "$2" && bash "$project/packaging/check_tree.sh" "$2"
}

lock_checkout
choose_libtorch
[[ $libtorch_variant == cpu || -n $libtorch_dir ]] ||
    fail "the package holds LibTorch for CPUs, and this checkout builds with the CUDA variant" \
        "Choose the other one for it, which ./run --cuda takes back: packaging/make-deb.sh --cpu"
ensure_packages "${build_packages[@]}" "${deb_packages[@]}"
ensure_libtorch
configure release
build release mocoscope mocoscope-train no_cuda_cudart no_cuda_cupti
rm -rf "$output"
step pack "Packing (a few minutes: LibTorch is compressed)" \
    "Why is in the lines above." pack
debs=("$output"/*.deb)
step check "Trying what the package holds" "It is not fit for use: ${debs[0]}" \
    unpack_and_check "${debs[0]}" "$output/tree"
rm -rf "$output/tree" "$output/_CPack_Packages"
unlock_checkout

say "Ready after $(minutes "$SECONDS"): ${debs[0]}"
note "$(du -h "${debs[0]}" | cut -f1) packed; $(dpkg-deb --field "${debs[0]}" Installed-Size) kB installed"
note "install it: sudo apt-get install ${debs[0]}"
