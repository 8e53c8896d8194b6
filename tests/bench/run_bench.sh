#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the benchmarks, sets up the peer's Python packages in a folder of the checkout, and runs
# both sides in turn. Called by ./run bench, which has installed what is needed.
#   ./run bench [-DKEY=VALUE…] [step|data|record|scale …] [--rounds N]
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=../../packaging/shell/steps.sh
source "$project/packaging/shell/steps.sh"

cmake_arguments=()
while (($# > 0)) && [[ $1 == -D* ]]; do
    cmake_arguments+=("$1")
    shift
done

folder=$project/build/bench
step configure-bench "Configuring build/bench" "See the log." \
    cmake -S "$project" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=ON \
    -DCMAKE_UNITY_BUILD=ON \
    -DMOCOSCOPE_BENCHMARKS=ON -DMOCOSCOPE_TEST_FOLDERS='support;bench' "${cmake_arguments[@]}"
step build-bench "Building the benchmarks" "See the log." cmake --build "$folder" --parallel "$(nproc)"

peer=$project/.deps/peer
packages=(torch==2.11.0 torchvision==0.26.0 timm==1.0.31 tensorboard==2.21.0)
if [[ ! -f $peer/.complete || $(<"$peer/.complete") != "${packages[*]}" ]]; then
    rm -rf "$peer" "$peer.partial"
    step peer "Installing the peers: PyTorch, timm, torchvision and TensorBoard" \
        "pip's own settings decide where packages come from." \
        python3 -m pip install --no-warn-conflicts --target "$peer.partial" "${packages[@]}"
    mv "$peer.partial" "$peer"
    echo "${packages[*]}" >"$peer/.complete"
fi
PYTHONPATH=$peer exec python3 "$project/tests/bench/run_bench.py" --programs "$folder" "$@"
