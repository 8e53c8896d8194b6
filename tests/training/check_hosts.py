#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_hosts.py MOCOSCOPE_TRAIN: replicas on two machines, which are network namespaces with a cable.

The script starts itself again in namespaces of its own, as root or as a user who may: the machines, their
names, their /etc/hosts and what runs on them are gone with it, however it ends. Exit code 77 where that is not allowed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import check_processes
from check_processes import alone, finish, losses, train

INSIDE = "MOCOSCOPE_CHECK_HOSTS_INSIDE"
SKIPPED = 77
PORT = "29500"
ADDRESSES = {"head": "10.77.0.1", "worker": "10.77.0.2"}
# As Debian's installer writes it: a machine's own name is no address that others could use.
HOSTS = {own: "127.0.0.1 localhost\n127.0.1.1 " + own + "\n" + "".join(
    f"{address} {name}\n" for name, address in ADDRESSES.items() if name != own)
    for own in ADDRESSES}


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def lay_cable():
    """Two machines that reach each other by `cable`, and nothing else."""
    subprocess.run(["mount", "-t", "tmpfs", "none", "/run"], check=True, capture_output=True)
    for name in ADDRESSES:
        ip("netns", "add", name)
    ip("link", "add", "cable", "netns", "head", "type", "veth", "peer", "name", "cable", "netns",
       "worker")
    for name, address in ADDRESSES.items():
        ip("-n", name, "link", "set", "lo", "up")
        ip("-n", name, "addr", "add", f"{address}/24", "dev", "cable")
        ip("-n", name, "link", "set", "cable", "up")


def on(name, hosts_file, command):
    """The command on that machine, which knows itself by its name."""
    set_up = 'mount --bind "$0" /etc/hosts && hostname "$1" && shift && exec "$@"'
    return ["ip", "netns", "exec", name, "unshare", "--mount", "--uts", "bash", "-c", set_up,
            hosts_file, name, *command]


class Hosts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name, text in HOSTS.items():
            (self.folder / f"{name}-hosts").write_text(text)

    def reference(self):
        """Two replicas in one process."""
        code, lines, errors = finish(subprocess.Popen(
            train(self.folder / "alone.db", **{"train.device": "cpu:2"}), env=alone(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        self.assertEqual(code, 0, errors)
        return losses(lines)

    def on_two_hosts(self, **variables):
        processes = []
        for rank, name in enumerate(ADDRESSES):
            environment = alone() | {
                "RANK": str(rank), "WORLD_SIZE": "2", "LOCAL_RANK": "0", "LOCAL_WORLD_SIZE": "1",
                "MASTER_PORT": PORT} | variables
            processes.append(subprocess.Popen(
                on(name, self.folder / f"{name}-hosts", train(self.folder / "runs.db")),
                env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        (code, lines, errors), (other, silence, complaints) = map(finish, processes)
        self.assertEqual((code, other), (0, 0), errors + complaints)
        self.assertEqual(silence, [])
        self.assertEqual(lines[-1]["type"], "finished")
        ours, expected = losses(lines), self.reference()
        self.assertEqual(len(expected), 10)
        self.assertEqual(ours.keys(), expected.keys())
        for step, loss in expected.items():
            self.assertLess(abs(ours[step] - loss), 1e-4 * abs(loss), f"step {step}")

    def test_by_address(self):
        self.on_two_hosts(MASTER_ADDR=ADDRESSES["head"])

    def test_by_a_name_that_is_a_loopback_on_its_own_host(self):
        self.on_two_hosts(MASTER_ADDR="head")

    def test_by_an_interface(self):
        self.on_two_hosts(MASTER_ADDR="head", GLOO_SOCKET_IFNAME="cable")


def start_inside():
    """Returns the exit code of this script in namespaces of its own."""
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    unshare = ["unshare", *as_root, "--net", "--mount", "--propagation", "private", "--pid", "--fork",
               "--kill-child", "--mount-proc"]
    for tool in ("unshare", "ip", "mount", "hostname"):
        if not shutil.which(tool):
            print(f"skipped: there is no program {tool} here")
            return SKIPPED
    tried = subprocess.run([*unshare, sys.executable, "-c",
                            "import sys; sys.path.insert(0, sys.argv[1]);"
                            "import check_hosts; check_hosts.lay_cable()",
                            str(Path(__file__).parent)], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        print("skipped: no network namespaces here:", tried.stderr.strip().rpartition("\n")[2])
        return SKIPPED
    return subprocess.run([*unshare, sys.executable, *sys.argv], check=False,
                          env=os.environ | {INSIDE: "1"}).returncode


def main():
    if INSIDE not in os.environ:
        sys.exit(start_inside())
    check_processes.PROGRAM = Path(sys.argv[1]).absolute()
    del sys.argv[1]
    lay_cable()
    unittest.main()


if __name__ == "__main__":
    main()
