#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_package.sh SOURCE BUILD LIBTORCH CMAKE: what `cmake --install` installs runs, and, completed as
# the package is, runs with nothing of the checkout.
set -euo pipefail
source=$1 build=$2 libtorch=$3 cmake=$4
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

"$cmake" --install "$build" --prefix "$tree/usr" >"$tree/log" || { cat "$tree/log" && exit 1; }
for file in bin/mocoscope bin/mocoscope-train share/man/man1/mocoscope.1 share/man/man1/mocoscope-train.1 \
    share/doc/mocoscope/LICENSE share/doc/mocoscope/guide.md share/doc/mocoscope/images/live.png \
    share/applications/io.github.mocoscope.Mocoscope.desktop; do
    [[ -s $tree/usr/$file ]] || { echo "cmake --install leaves out $file" && exit 1; }
done
env -i HOME=/nonexistent "$tree/usr/bin/mocoscope-train" --version

"$cmake" -DROOT="$tree" -DLIBTORCH="$libtorch" -DSTAND_INS="$build/no_cuda" \
    -P "$source/packaging/cmake/bundle_libtorch.cmake"
bash "$source/packaging/check_tree.sh" "$tree"
ls "$tree"/usr/share/doc/mocoscope/libtorch-LICENSE*
