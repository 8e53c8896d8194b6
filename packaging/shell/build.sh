# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced. Options that run, test and .ci/run share, and the way from a checkout to a build.
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=steps.sh
source "$project/packaging/shell/steps.sh"
# shellcheck source=packages.sh
source "$project/packaging/shell/packages.sh"
# shellcheck source=libtorch.sh
source "$project/packaging/shell/libtorch.sh"

assume_yes=no
skip_packages=no
asked_variant=''
cmake_arguments=()

shared_help='  --cpu, --cuda      LibTorch without or with CUDA; remembered (default: by the NVIDIA driver)
  --yes              install missing system packages without asking
  --skip-packages    do not look for system packages
  -DLIBTORCH=DIR     a LibTorch of your own, remembered; empty: the wheel again (or: env LIBTORCH)
  -DKEY=VALUE        passed to cmake'

# Returns 1 when the argument is none of the shared ones.
take_shared_option() {
    case $1 in
    --cpu | --cuda) asked_variant=${1#--} ;;
    --yes) assume_yes=yes ;;
    --skip-packages) skip_packages=yes ;;
    -DLIBTORCH= | -DLIBTORCH:PATH=) asked_libtorch='' ;;
    -DLIBTORCH=* | -DLIBTORCH:PATH=*) asked_libtorch=$(realpath -m -- "${1#*=}") ;;
    -D*=*) cmake_arguments+=("$1") ;;
    *) return 1 ;;
    esac
}

# Sets torch_arguments: cmake's arguments for the chosen LibTorch, and what a finished build is
# compared with.
set_torch_arguments() {
    local cuda=OFF
    if [[ $libtorch_variant == cuda ]]; then cuda=ON; fi
    # A LibTorch of one's own has CUDA or has not: that is found out.
    if [[ -n $libtorch_dir && $variant_source == auto ]]; then cuda=AUTO; fi
    torch_arguments=("-DLIBTORCH=${libtorch_dir:-$deps/python/torch}" "-DLIBTORCH_CUDA=$cuda")
}

# After choose_libtorch.
configure() { # PRESET
    local preset=$1 folder=$project/build/$1 wanted
    set_torch_arguments
    wanted="${torch_arguments[*]} ${cmake_arguments[*]}"
    # ninja runs cmake again by itself when a CMakeLists.txt has changed.
    if [[ -f $folder/build.ninja && -f $folder/.configured && $(<"$folder/.configured") == "$wanted" ]]; then
        return
    fi
    rm -f "$folder/.configured"
    step "configure-$preset" "Configuring build/$preset" \
        "Where a package is missing: ./run and ./test install it, without --skip-packages." \
        cmake -S "$project" --preset "$preset" "${torch_arguments[@]}" "${cmake_arguments[@]}"
    echo "$wanted" >"$folder/.configured"
}

build() { # PRESET [TARGET…]
    local preset=$1 targets=()
    shift
    if (($# > 0)); then targets=(--target "$@"); fi
    step "build-$preset" "Building build/$preset on $(nproc) cores" \
        "If memory ran out (\"Killed\"), go on with less: ninja -C build/$preset -j1" \
        cmake --build "$project/build/$preset" --parallel "$(nproc)" "${targets[@]}"
}

# One set-up or build at a time in a checkout; the second waits.
lock_checkout() {
    mkdir -p "$project/build"
    exec 9>"$project/build/.lock"
    if ! flock -n 9; then
        say "Waiting for another set-up or build in this checkout"
        flock 9
    fi
}
unlock_checkout() { exec 9>&-; }
