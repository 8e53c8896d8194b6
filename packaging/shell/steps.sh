# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced. Tells what is being done and how long it took, on stderr: a program's stdout stays its own.

say() { printf '%s\n' "==> $*" >&2; }
note() { printf '%s\n' "    $*" >&2; }

# fail MESSAGE [WAY-OUT…]
fail() {
    printf '%s\n' "error: $1" >&2
    shift
    local line
    for line in "$@"; do note "$line"; done
    exit 1
}

has_terminal() { [[ -t 0 && -t 2 ]]; }

minutes() { # SECONDS
    if (($1 < 60)); then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# Copies lines to the log; shows the newest one with the time, on a terminal in place, elsewhere
# every half minute.
follow() { # LOG SECONDS-AT-START
    local line part='' newest='' shown=$2 rc
    while true; do
        rc=0
        IFS= read -r -t 1 line || rc=$?
        part+=$line
        if ((rc == 0)); then
            printf '%s\n' "$part" >>"$1"
            newest=${part##*$'\r'}
            part=''
        elif ((rc <= 128)); then
            break # the end; above 128 it was a time-out
        fi
        if [[ -t 2 ]]; then
            printf '\r\033[K    %4d s  %.80s' "$((SECONDS - $2))" "$newest" >&2
        elif ((SECONDS - shown >= 30)); then
            shown=$SECONDS
            note "$((SECONDS - $2)) s  ${newest:0:100}"
        fi
    done
    printf '%s' "$part" >>"$1"
    if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

# step NAME TEXT WAY-OUT COMMAND…
# Runs a noisy command with its output in build/log/NAME.log. When it fails: the end of the log,
# the way out, exit.
step() {
    local log=$project/build/log/$1.log text=$2 way_out=$3 started=$SECONDS
    shift 3
    mkdir -p "$project/build/log"
    : >"$log"
    say "$text"
    if "$@" </dev/null 2>&1 | follow "$log" "$started"; then
        note "done in $(minutes $((SECONDS - started)))"
        return
    fi
    tail -n 25 "$log" >&2
    fail "$text failed after $(minutes $((SECONDS - started)))" "$way_out" "The whole output: $log"
}
