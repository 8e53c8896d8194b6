#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_without_display.sh MOCOSCOPE: where there is no display, the window's program tells what it is asked,
# and that it cannot open a window.
set -euo pipefail
program=$1

without_display() { env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM "$program" "$@" 2>&1; }
fail() { echo "$*" >&2 && exit 1; }

[[ $(without_display --version) == Mocoscope\ [0-9]* || $(without_display --version) == mocoscope\ [0-9]* ]] ||
    fail "--version: $(without_display --version)"
[[ $(without_display --help) == *"Run history (default: "* ]] || fail "--help does not tell of the history"
code=0
text=$(without_display) || code=$?
[[ $code == 1 && $text == *"no display"*"mocoscope-train"* ]] || fail "without arguments: $code, $text"
