#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One machine, one process a GPU, started by torchrun (which comes with PyTorch).
#
#   REPLICAS=8 packaging/cluster/torchrun.sh train --preset moco-v3-vit-small
#
# Arguments are those of mocoscope-train. REPLICAS: another number of processes than below.
# MOCOSCOPE_TRAIN: the program, where it is another one.
# On one machine `mocoscope-train train --device cuda:0,1,…` does the same in one process.
set -euo pipefail

job=() # the arguments where none are given
replicas=${REPLICAS:-$(nvidia-smi --list-gpus | wc -l)}
program=${MOCOSCOPE_TRAIN:-mocoscope-train}
(($#)) || set -- "${job[@]}"
# torchrun itself would give each process one thread.
threads=$(($(nproc) / replicas))
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$((threads > 0 ? threads : 1))}
exec torchrun --standalone --nnodes=1 --nproc-per-node="$replicas" --no-python "$program" "$@"
