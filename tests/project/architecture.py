#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what DESIGN promises and a compiler does not: who includes what, sizes, licence lines.

    architecture.py ROOT        prints PATH:LINE: what is wrong, one a line; exit code 1 if anything is

Looks at the files that git tracks, or at all files where ROOT is no git checkout.
"""

import re
import subprocess
import sys
from pathlib import Path

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

# A folder and which folders of ours it may include. The longest matching folder counts.
ARROWS = {
    "training/api": ["training/api"],
    "training": ["training"],
    "storage": ["training/api", "storage"],
    "ui": ["training/api", "storage", "ui"],
    "app/headless": ["training", "storage", "app"],
    "app": ["training", "storage", "ui", "app"],
    "tests": ["training", "storage", "ui", "app", "tests"],
}

TORCH_FOLDERS = ["training/" + name for name in (
    "collectives", "models", "methods", "optim", "engine", "monitors", "evaluation", "interchange")]

# A foreign header and the only folders that may include it.
FOREIGN = [
    (r"(torch|ATen|c10|caffe2)/", TORCH_FOLDERS + ["tests/training", "tests/bench"]),
    (r"opencv2/", ["training/data", "training/evaluation", "tests/data", "tests/bench"]),
    (r"(turbo)?jpeg(lib)?\.h|jerror\.h", ["training/data", "tests/data"]),
    (r"archive(_entry)?\.h", ["training/data", "tests/data"]),
    (r"sqlite3\.h", ["storage", "tests/storage", "tests/support"]),
    (r"CLI/", ["app"]),
    (r"qcustomplot\.h", ["ui/plot", "tests/bench"]),
    (r"Q([A-Z]|t[A-Z])", ["ui", "app", "tests"]),
    (r"benchmark/", ["tests/bench"]),
]
NOT_IN = [  # exceptions to the rows above
    (r"Q([A-Z]|t[A-Z])", ["app/headless"]),
]

STANDARD_HEADER = re.compile(r"[a-z_0-9]+")
API_HEADERS = {"tl/expected.hpp"}  # what training/api's headers may include besides std
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCE = {".cpp", ".h"}
SCRIPT = {".py", ".sh", ".cmake", ".bash"}
SCRIPT_NAMES = {"run", "test", "CMakeLists.txt"}
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
# Split, so that this file does not find itself.
MACHINE_PATH = re.compile("/" + r"((work|tmp|root)/[A-Za-z]|home/(?!user\b)[A-Za-z])")


def is_below(path, folder):
    return path == folder or path.startswith(folder + "/")


def is_below_any(path, folders):
    return any(is_below(path, folder) for folder in folders)


def arrows_of(path):
    folders = [folder for folder in ARROWS if is_below(path, folder)]
    return ARROWS[max(folders, key=len)] if folders else None


def is_generated(header):
    return header.startswith("embedded/") or header.endswith(".moc")


def own_include_error(path, header):
    if "/" not in header and is_below(path, "tests"):
        return None  # a helper of the tests beside it
    if not is_below_any(header, ARROWS):
        return f"includes \"{header}\", which is no path from the root"
    if not is_below_any(header, arrows_of(path)):
        return f"includes {header}; may include only {', '.join(arrows_of(path))}"
    return None


def foreign_include_error(path, header):
    for pattern, folders in FOREIGN:
        if re.match(pattern, header) and not is_below_any(path, folders):
            return f"includes <{header}>, which belongs to {', '.join(folders)} only"
    for pattern, folders in NOT_IN:
        if re.match(pattern, header) and is_below_any(path, folders):
            return f"includes <{header}>, which may not be used here"
    if is_below(path, "training/api"):
        allowed = STANDARD_HEADER.fullmatch(header) or header in API_HEADERS
        if not allowed and not (path.endswith(".cpp") and header.startswith("nlohmann/")):
            return f"includes <{header}>; training/api may include only std and tl::expected"
    return None


def include_errors(path, lines):
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match or is_generated(match[2]) or not arrows_of(path):
            continue
        is_own = match[1] == '"' or is_below_any(match[2], ARROWS)
        error = (own_include_error if is_own else foreign_include_error)(path, match[2])
        if error:
            yield number, error


def function_errors(lines):
    """clang-format puts the braces of a function at namespace level alone into column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line.startswith("}") and start:
            if line == "}" and number - start - 1 > MAX_FUNCTION_LINES:
                yield start, f"a function of {number - start - 1} lines (at most {MAX_FUNCTION_LINES})"
            start = None


def is_script(path):
    return Path(path).suffix in SCRIPT or Path(path).name in SCRIPT_NAMES


def text_errors(path, lines):
    first = lines[:2] if is_script(path) else lines[:1]
    if not any(LICENCE in line for line in first):
        yield 1, f"does not begin with {LICENCE}"
    if len(lines) > MAX_FILE_LINES:
        yield len(lines), f"{len(lines)} lines (at most {MAX_FILE_LINES})"
    for number, line in enumerate(lines, 1):
        if MACHINE_PATH.search(line):
            yield number, "names a path of one machine"


def files_of(root):
    listing = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"],
                             capture_output=True, text=True, check=False)
    if listing.returncode == 0:
        return sorted(set(listing.stdout.splitlines()))
    return sorted(str(p.relative_to(root)) for p in Path(root).rglob("*") if p.is_file())


def file_errors(root, path):
    is_source = Path(path).suffix in SOURCE
    if not (is_source or is_script(path)) or not (Path(root) / path).is_file():
        return
    lines = (Path(root) / path).read_text(encoding="utf-8").splitlines()
    yield from text_errors(path, lines)
    if is_source:
        yield from include_errors(path, lines)
        yield from function_errors(lines)


def tree_errors(root):
    plots = []
    for path in files_of(root):
        for number, error in file_errors(root, path):
            yield f"{path}:{number}: {error}"
        if is_below(path, "ui") and Path(path).suffix in SOURCE and (Path(root) / path).is_file():
            text = (Path(root) / path).read_text(encoding="utf-8")
            if re.search(r"#\s*include\s*[<\"]qcustomplot\.h", text):
                plots.append(path)
                if path.endswith(".h"):
                    yield f"{path}:1: includes qcustomplot.h in a header"
    if len(plots) > 1:
        yield f"{plots[1]}:1: qcustomplot.h belongs to one file; {plots[0]} has it"


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    errors = list(tree_errors(sys.argv[1]))
    for error in errors:
        print(error)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
