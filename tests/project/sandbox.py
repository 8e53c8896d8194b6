# SPDX-License-Identifier: GPL-3.0-or-later
"""A checkout with the real scripts, no sources worth compiling, and tools that only take notes."""

import contextlib
import os
import pty
import shutil
import subprocess
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
REAL_TOOLS = """awk basename bash cat chmod cp cut date df dirname du env find flock grep head id mkdir mv nproc
realpath rm sed sh sleep tail touch tr""".split()

NOTE = '#!/bin/bash\nprintf "%s\\n" "$(basename "$0") $*" >>"$SANDBOX/calls"\n'

CMAKE = NOTE + r"""
if [[ $* == *--preset* ]]; then
    words=$*
    preset=${words#*--preset }
    folder=$SANDBOX/build/${preset%% *}
    mkdir -p "$folder"
    touch "$folder/build.ninja"
fi
if [[ $* == *--build* ]]; then
    echo "[1/2] Building"
    if [[ -e $SANDBOX/broken ]]; then echo "heads.cpp:1: error: planted"; exit 1; fi
    mkdir -p "$SANDBOX/build/release/bin"
    for name in mocoscope mocoscope-train; do
        printf '#!/bin/bash\nprintf "[%%s]" %s "$@"\n' "$name" >"$SANDBOX/build/release/bin/$name"
        chmod +x "$SANDBOX/build/release/bin/$name"
    done
fi
"""

# Acts as pip: puts down the files that the set-up looks for, or stops after the first of them.
PYTHON = NOTE + r"""
if [[ $1 == -c ]]; then exit 0; fi
while [[ $1 != --target ]]; do shift; done
folder=$2
put() { mkdir -p "$(dirname "$folder/$1")"; touch "$folder/$1"; }
if [[ $* == *torch==2.11.0* ]]; then
    put torch/lib/libtorch_cpu.so
    if [[ -e $SANDBOX/offline ]]; then echo "ERROR: connection broken"; exit 1; fi
    put torch/include/ATen/ATen.h
    put nvidia/cu13/lib/libcudart.so.13
    put nvidia/cu13/lib/libcupti.so.13
    put torch-2.11.0.dist-info/METADATA
    echo 'Requires-Dist: sympy>=1.13.3
Requires-Dist: cuda-toolkit[cublas]==13.0.2; platform_system == "Linux"
Requires-Dist: nvidia-cudnn-cu13==9.19.0.56; platform_system == "Linux"
Requires-Dist: triton==3.6.0; platform_system == "Linux"' >"$folder/torch-2.11.0.dist-info/METADATA"
else
    put nvidia/cudnn/lib/libcudnn.so.9
    if [[ -e $SANDBOX/offline ]]; then echo "ERROR: connection broken"; exit 1; fi
    put nvidia/nccl/lib/libnccl.so.2
    put nvidia/cu13/lib/libcublas.so.13
fi
"""

# Every package that the scripts name is installed, but for those listed in the file `missing`.
DPKG_QUERY = r"""#!/bin/bash
source "$SANDBOX/packaging/shell/packages.sh"
for spec in "${build_packages[@]}" "${test_packages[@]}" "${deb_packages[@]}" \
    "${bench_packages[@]}"; do
    grep -qx "${spec%%|*}" "$SANDBOX/missing" || echo "${spec%%|*} installed"
done
"""


class Sandbox:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name).resolve() / "check out"  # scripts must live with spaces
        self.bin = self.root / "tools"
        self.bin.mkdir(parents=True)
        for name in ("run", "test"):
            shutil.copy(SOURCE / name, self.root / name)
        shutil.copytree(SOURCE / "packaging", self.root / "packaging")
        for name in ("app", "ui", "training", "storage", "resources"):
            (self.root / name).mkdir()
            (self.root / name / "source.cpp").touch()
        for name in ("CMakeLists.txt", "CMakePresets.json", "missing", "calls"):
            (self.root / name).touch()
        for name in REAL_TOOLS:
            (self.bin / name).symlink_to(shutil.which(name))
        for name, text in (("cmake", CMAKE), ("python3", PYTHON), ("dpkg-query", DPKG_QUERY),
                           ("apt-get", NOTE), ("apt-cache", NOTE), ("ctest", NOTE)):
            self.tool(name, text)

    def close(self):
        self.folder.cleanup()

    def tool(self, name, text):
        (self.bin / name).write_text(text, encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def give_to(self, uid):
        for path in (self.root.parent, self.root, *self.root.rglob("*")):
            os.chown(path, uid, uid, follow_symlinks=False)

    def __call__(self, script, *arguments, user=None, **environment):
        """Runs one of the scripts from another folder, without a terminal."""
        return subprocess.run(
            [shutil.which("bash"), self.root / script, *arguments], cwd="/", text=True,
            stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60, user=user,
            env={"PATH": str(self.bin), "SANDBOX": str(self.root), "LC_ALL": "C.UTF-8",
                 **environment})

    def at_terminal(self, answer, *command):
        """Runs a script on a terminal where somebody types `answer`; gives (exit code, screen)."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.root)
            os.execve(shutil.which("bash"), ["bash", *command],
                      {"PATH": str(self.bin), "SANDBOX": str(self.root), "LC_ALL": "C.UTF-8"})
        os.write(terminal, answer.encode())
        screen = b""
        with contextlib.suppress(OSError):  # Linux's way to say that the other end has closed
            while part := os.read(terminal, 4096):
                screen += part
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), screen.decode()

    def calls(self):
        """The tools that ran since the last look."""
        notes = self.root / "calls"
        text = notes.read_text(encoding="utf-8")
        notes.write_text("", encoding="utf-8")
        return text.splitlines()
