#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_tree.sh ROOT: the programs of an unpacked package find all that they need in it and in the
# system, nothing in the checkout that they were built in, and start.
set -euo pipefail
root=$(realpath -- "$1")
own=$root/usr/lib/mocoscope

wrong() { echo "$*" >&2 && exit 1; }

check_search_path() { # FILE EXPECTED
    local found
    found=$(readelf --dynamic --wide "$1" | sed -nE 's/.*R(UN)?PATH.*\[(.*)\].*/\2/p')
    [[ $found == "$2" ]] || wrong "$1 looks for libraries in '$found', not in '$2'"
}

# Each line of ldd is "NAME => PATH (ADDRESS)"; -r also looks for every symbol.
check_libraries() { # PROGRAM
    local name path line
    while read -r line; do
        if [[ $line == *"not found"* || $line == *"undefined symbol"* ]]; then wrong "$1: $line"; fi
        if [[ $line != *" => "* ]]; then continue; fi
        name=${line%% =>*}
        path=$(realpath -- "$(sed -E 's/.* => (.*) \(0x[0-9a-f]+\)$/\1/' <<<"$line")")
        case $path in
        "$own"/* | /usr/lib/* | /lib/*) ;;
        *) wrong "$1 takes $name from $path" ;;
        esac
        case $name in
        libtorch* | libc10* | libcudart* | libcupti*)
            [[ $path == "$own"/* ]] || wrong "$1 takes $name from $path"
            ;;
        esac
    done < <(LD_LIBRARY_PATH='' ldd -r "$1" 2>&1)
}

for library in "$own"/libtorch_cpu.so "$own"/libc10.so; do
    # shellcheck disable=SC2016 # the linker's word
    check_search_path "$library" '$ORIGIN'
done
for name in mocoscope mocoscope-train; do
    program=$root/usr/bin/$name
    # shellcheck disable=SC2016
    check_search_path "$program" '$ORIGIN/../lib/mocoscope'
    check_libraries "$program"
    # Without the environment of the build, and with every symbol bound at once.
    env -i LD_BIND_NOW=1 HOME=/nonexistent "$program" --version
done
env -i HOME=/nonexistent "$root/usr/bin/mocoscope-train" devices
