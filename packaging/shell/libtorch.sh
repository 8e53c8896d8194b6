# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced. LibTorch: the C++ part of the `torch` wheel, in .deps/python of the checkout.
#
# CPU variant: the wheel, and the two CUDA libraries that its CPU part is linked with. CUDA variant:
# the CUDA libraries on top, so that a change of variant fetches only what is missing. Everything
# is fetched beside .deps/python and moved there when it is whole.

libtorch_version=2.11.0
cpu_wheels=("torch==$libtorch_version" 'nvidia-cuda-runtime==13.0.*' 'nvidia-cuda-cupti==13.0.*')
oldest_cuda_driver=580 # of CUDA 13

deps=$project/.deps
choice_file=$deps/choice # "VARIANT FOLDER": what --cpu, --cuda or -DLIBTORCH= asked for last

# Sets libtorch_variant (cpu, cuda), variant_source (auto, chosen) and libtorch_dir (empty: the
# wheel) from the options, the environment and the last choice. Fast: runs next to nothing.
choose_libtorch() {
    local saved_variant=auto saved_dir=''
    if [[ -f $choice_file ]]; then read -r saved_variant saved_dir <"$choice_file" || true; fi
    libtorch_variant=${asked_variant:-$saved_variant}
    libtorch_dir=${asked_libtorch-${LIBTORCH-$saved_dir}}
    if [[ -n $libtorch_dir ]]; then libtorch_dir=$(realpath -m -- "$libtorch_dir"); fi
    if [[ -n ${asked_variant:-}${asked_libtorch+set} ]]; then
        mkdir -p "$deps"
        echo "$libtorch_variant ${asked_libtorch-$saved_dir}" >"$choice_file"
    fi
    variant_source=chosen
    if [[ $libtorch_variant == auto ]]; then
        variant_source=auto
        libtorch_variant=$(driver_variant)
    fi
}

driver_variant() {
    local answer=''
    if [[ -r /proc/driver/nvidia/version ]]; then
        answer=$(</proc/driver/nvidia/version)
    elif [[ -e /dev/nvidiactl || -e /dev/dxg ]]; then # some containers, and WSL
        answer=$(nvidia-smi --query-gpu=driver_version --format=csv,noheader 2>/dev/null || true)
    fi
    variant_of_driver "$answer"
}

variant_of_driver() { # TEXT-WITH-THE-VERSION
    if [[ ! $1 =~ [0-9]{3,}\.[0-9]+ ]]; then
        echo cpu
    elif ((${BASH_REMATCH[0]%%.*} < oldest_cuda_driver)); then
        note "the NVIDIA driver ${BASH_REMATCH[0]} is older than CUDA 13 needs" \
            "($oldest_cuda_driver): CPU only"
        echo cpu
    else
        echo cuda
    fi
}

has_wheel() {
    [[ -f $deps/python/torch/lib/libtorch_cpu.so && ! -e $deps/python/.incomplete ]] &&
        compgen -G "$deps/python/torch-$libtorch_version*.dist-info" >/dev/null &&
        compgen -G "$deps/python/nvidia/cu13/lib/libcudart.so.*" >/dev/null &&
        compgen -G "$deps/python/nvidia/cu13/lib/libcupti.so.*" >/dev/null
}

has_cuda_wheels() {
    compgen -G "$deps/python/nvidia/cudnn/lib/libcudnn.so.*" >/dev/null &&
        compgen -G "$deps/python/nvidia/nccl/lib/libnccl.so.*" >/dev/null &&
        compgen -G "$deps/python/nvidia/cu13/lib/libcublas.so.*" >/dev/null
}

# A Python 3.10 to 3.14 that has pip: those are the ones with a wheel.
find_python() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import sys, pip; sys.exit(not (3, 10) <= sys.version_info < (3, 15))' \
            2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "no Python 3.10 to 3.14 with pip was found, which fetches LibTorch" \
        "Install it: sudo apt-get install python3 python3-pip" \
        "or pass a LibTorch of your own: -DLIBTORCH=DIR"
}

# pip's own settings (index, proxy, certificates, cache) apply. Nothing is installed into a Python.
pip_fetch() { # FOLDER [OPTION…] REQUIREMENT…
    local folder=$1
    shift
    mkdir -p "$folder.tmp"
    TMPDIR=$folder.tmp PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_DISABLE_PIP_VERSION_CHECK=1 \
        "$python" -m pip install --no-input --no-compile --progress-bar off \
        --only-binary :all: --target "$folder" "$@"
}

need_space() { # GIGABYTES
    mkdir -p "$deps"
    local free
    free=$(df -Pk "$deps" | awk 'NR == 2 { print int($4 / 1048576) }')
    ((free >= $1)) || fail "LibTorch needs $1 GB of free disk in $deps; there are $free GB" \
        "Free some, or pass a LibTorch of your own: -DLIBTORCH=DIR"
}

fetch_wheel() {
    local incoming=$deps/incoming
    need_space 3
    rm -rf "$incoming"
    step libtorch "Fetching LibTorch $libtorch_version (CPU variant, 530 MB)" "$pip_advice" \
        pip_fetch "$incoming/python" --no-deps "${cpu_wheels[@]}"
    rm -rf "$deps/python"
    mv "$incoming/python" "$deps/python"
    rm -rf "$incoming"
}

# What the wheel's CUDA part is linked with, as its metadata pins it. (The rest of what the wheel
# asks for, such as triton and sympy, is for Python.)
cuda_requirements() {
    sed -nE 's/^Requires-Dist: ((nvidia-|cuda-toolkit)[^;]*);.*Linux.*/\1/p' \
        "$deps/python/torch-$libtorch_version"*.dist-info/METADATA
}

fetch_cuda_wheels() {
    local incoming=$deps/incoming requirements
    need_space 8
    rm -rf "$incoming"
    mapfile -t requirements < <(cuda_requirements)
    ((${#requirements[@]} > 0)) || fail "the torch wheel names no CUDA libraries (on this machine's \
architecture, perhaps)" "Choose the CPU variant: ./run --cpu"
    step cuda "Fetching the CUDA libraries of LibTorch (some 2 GB)" "$pip_advice" \
        pip_fetch "$incoming/python" "${requirements[@]}"
    touch "$deps/python/.incomplete"
    cp -al --remove-destination "$incoming/python/." "$deps/python/" 2>/dev/null ||
        cp -a --remove-destination "$incoming/python/." "$deps/python/"
    rm -rf "$deps/python/.incomplete" "$incoming"
}

# After choose_libtorch.
ensure_libtorch() {
    local pip_advice="No network, or a proxy? pip's own settings apply (pip config, PIP_… variables)."
    if [[ -n $libtorch_dir ]]; then
        [[ -e $libtorch_dir/lib/libtorch_cpu.so && -e $libtorch_dir/include/ATen/ATen.h ]] ||
            fail "$libtorch_dir is no LibTorch: lib/libtorch_cpu.so or include/ATen/ATen.h is missing" \
                "Name the folder that holds both, or return to the wheel: -DLIBTORCH="
        return
    fi
    if has_wheel && { [[ $libtorch_variant == cpu ]] || has_cuda_wheels; }; then return; fi
    local python
    python=$(find_python)
    if ! has_wheel; then fetch_wheel; fi
    if [[ $libtorch_variant == cuda ]] && ! has_cuda_wheels; then fetch_cuda_wheels; fi
}
