#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_metadata.sh ROOT: desktop entry, AppStream metadata and icon are valid and agree on the id, and
# all that names a version names the same.
set -euo pipefail
cd "$1"
id=io.github.mocoscope.Mocoscope
entry=packaging/$id.desktop metadata=packaging/$id.metainfo.xml icon=resources/icons/$id.svg

for file in "$metadata" "$icon"; do
    python3 -c 'import sys, xml.etree.ElementTree as t; t.parse(sys.argv[1])' "$file"
done
grep -qx "Icon=$id" "$entry"
grep -q "<id>$id</id>" "$metadata"
grep -q ">$id.desktop<" "$metadata"
version=$(sed -nE 's/^project\(mocoscope VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)
grep -q "<release version=\"$version\"" "$metadata"
head -n 1 packaging/debian/changelog | grep -qF "mocoscope ($version)"
# The window must name the same id, or the shell does not find its icon.
if [[ -f app/mocoscope.cpp ]]; then grep -rqF "$id" app/mocoscope.cpp ui; fi

if command -v desktop-file-validate >/dev/null; then desktop-file-validate "$entry"; fi
if command -v appstreamcli >/dev/null; then appstreamcli validate --no-net "$metadata"; fi
echo "desktop entry, metadata and icon are fine"
