#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#SBATCH --job-name=mocoscope
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=4
#SBATCH --gpus-per-node=4
#SBATCH --cpus-per-task=8
#SBATCH --time=24:00:00
#SBATCH --signal=TERM@120
# One or several machines, one task a GPU. Two minutes before the time is over Slurm asks the run to
# stop, and it writes a checkpoint from which `resume` goes on.
#
#   sbatch packaging/cluster/slurm.sh train --preset moco-v3-vit-base --name big --store /shared/runs.db
#   sbatch packaging/cluster/slurm.sh resume big --store /shared/runs.db
#
# Arguments are those of mocoscope-train. Rank 0 alone writes to the store; a resumed run reads it
# on all machines. MOCOSCOPE_TRAIN: the program, where it is another one.
# GLOO_SOCKET_IFNAME, NCCL_SOCKET_IFNAME: the network interface, where the one that leads to the
# first machine is not the right one. Options of sbatch, such as --partition, come before the script.
set -euo pipefail

job=() # the arguments where none are given
program=${MOCOSCOPE_TRAIN:-mocoscope-train}
(($#)) || set -- "${job[@]}"
mapfile -t hosts < <(scontrol show hostnames "$SLURM_JOB_NODELIST")
MASTER_ADDR=${hosts[0]}
MASTER_PORT=${MASTER_PORT:-$((20000 + SLURM_JOB_ID % 20000))}
# Since 22.05 srun no longer takes the number of cores over from sbatch.
SRUN_CPUS_PER_TASK=${SLURM_CPUS_PER_TASK:-1}
export MASTER_ADDR MASTER_PORT SRUN_CPUS_PER_TASK
exec srun --kill-on-bad-exit=1 "$program" "$@"
