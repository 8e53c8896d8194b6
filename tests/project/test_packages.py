#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What CMake looks for, the set-up installs: on a bare system nothing else is there."""

import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# find_package()'s name and the packages that bring it; none: it comes with another one.
PACKAGES = {
    "CLI11": ["libcli11-dev"],
    "JPEG": ["libjpeg-dev"],
    "LibArchive": ["libarchive-dev"],
    "LibTorch": [],  # the wheel
    "OpenCV": ["libopencv-core-dev", "libopencv-imgproc-dev", "libopencv-imgcodecs-dev"],
    "OpenSSL": ["libssl-dev"],
    "Python3": ["python3"],
    "QCustomPlotQt6": ["libqcustomplot-dev"],
    "Qt6": ["qt6-base-dev", "qt6-svg-dev"],
    "SQLite3": ["libsqlite3-dev"],
    "Threads": [],
    "benchmark": ["libbenchmark-dev"],
    "md4c": ["libmd4c-dev", "libmd4c-html0-dev"],
    "nlohmann_json": ["nlohmann-json3-dev"],
    "tl-expected": ["libexpected-dev"],
}


class PackagesTest(unittest.TestCase):
    def test_each_package_that_cmake_looks_for_is_installed_by_the_set_up(self):
        lists = [ROOT / "CMakeLists.txt"]
        for folder in ("app", "packaging", "storage", "tests", "training", "ui"):
            lists += (ROOT / folder).rglob("CMakeLists.txt")
        wanted = {name for path in lists
                  for name in re.findall(r"find_package\((\S+)", path.read_text(encoding="utf-8"))}
        self.assertGreater(len(wanted), 8)
        self.assertEqual(wanted - PACKAGES.keys(), set(), "name its Debian package in this table")
        installed = subprocess.run(
            ["bash", "-c", 'source "$0"; printf "%s\\n" "${build_packages[@]}" "${bench_packages[@]}"',
             ROOT / "packaging/shell/packages.sh"], capture_output=True, text=True, check=True)
        names = {spec.split("|")[0] for spec in installed.stdout.split()}
        self.assertEqual({package for name in wanted for package in PACKAGES[name]} - names, set())


if __name__ == "__main__":
    unittest.main()
