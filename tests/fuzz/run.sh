#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/fuzz/run.sh BUILD-FOLDER [SECONDS [NAME…]]: fuzzes each reader for that long (60), one after another.
set -euo pipefail
build=$(realpath "${1:?which build folder?}")
seconds=${2:-60}
shift $(($# > 2 ? 2 : $#))
names=("$@")
if ((${#names[@]} == 0)); then
    for program in "$build"/bin/fuzz_*; do names+=("${program##*/fuzz_}"); done
fi
failed=0
for name in "${names[@]}"; do
    work=$build/fuzz/$name
    mkdir -p "$work-found" "$work-crashes"
    echo "== $name, $seconds s"
    "$build/bin/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 \
        -max_len=65536 -print_final_stats=1 -verbosity=0 -artifact_prefix="$work-crashes/" \
        "$work-found" "$work-corpus" || failed=1
done
exit $failed
