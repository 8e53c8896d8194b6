#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what a build needs and is missing: system packages, and LibTorch into .deps/python.
# ./run and ./test do the same by themselves.
set -euo pipefail
# shellcheck source=shell/build.sh
source "$(dirname "${BASH_SOURCE[0]}")/shell/build.sh"

packages=("${build_packages[@]}")
for argument in "$@"; do
    case $argument in
    --checks) packages+=("${check_packages[@]}") ;;
    --bench) packages+=("${bench_packages[@]}") ;;
    -h | --help)
        printf '%s\n' "packaging/setup.sh [--checks] [--bench] [OPTION…]" \
            "  --checks           with the tools of .ci/run" \
            "  --bench            with what ./run bench needs" "$shared_help"
        exit 0
        ;;
    *)
        take_shared_option "$argument" ||
            fail "packaging/setup.sh does not know $argument" "See packaging/setup.sh --help"
        ;;
    esac
done

lock_checkout
choose_libtorch
ensure_packages "${packages[@]}"
ensure_libtorch
