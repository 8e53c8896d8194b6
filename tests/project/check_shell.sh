#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_shell.sh ROOT: every shell script parses, and shellcheck, where it is installed, is content.
set -euo pipefail
cd "$1"
mapfile -t scripts < <(
    find run test .ci/run packaging tests -type f \( -name '*.sh' -o ! -name '*.*' \) -print0 |
        xargs -0 grep -lE -m1 '^#!.*(bash|/sh)|^# shellcheck shell=' | sort
)
((${#scripts[@]} >= 5)) || { echo "found only: ${scripts[*]}" && exit 1; }
for script in "${scripts[@]}"; do bash -n "$script"; done
if command -v shellcheck >/dev/null; then
    shellcheck "${scripts[@]}"
else
    echo "shellcheck is not installed: syntax checked only"
fi
echo "${#scripts[@]} scripts are fine"
