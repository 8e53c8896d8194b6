#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_processes.py MOCOSCOPE_TRAIN ROOT: replicas that are processes, and jobs for launchers.

Two processes give the losses of one; they stop, go on and fail together. With MOCOSCOPE_TEST_DEVICE=cuda:0 they share
that GPU.
"""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = ROOT = None  # from the command line
STARTED = []  # ended with their test, also where that fails
PATIENCE = 90  # seconds, for a machine with other work
OPTIONS = {
    "data.per_class_limit": 8, "data.test_per_class_limit": 2, "model.name": "vit_tiny",
    "model.image_size": 32, "model.patch_size": 8, "model.depth": 2, "model.width": 24,
    "model.heads": 2, "method.projector_hidden": 16, "method.predictor_hidden": 16,
    "method.output_dim": 8, "train.batch_size": 16, "train.epochs": 2, "train.warmup_epochs": 1,
    "train.threads": 1, "train.device": os.environ.get("MOCOSCOPE_TEST_DEVICE", "cpu"),
    "optimizer.epsilon": 1e-3, "data.workers": 1,
}
# Starts its arguments as torchrun does, as many times as --nproc-per-node says.
TORCHRUN = """#!/usr/bin/env bash
set -eu
for argument; do
    case $argument in
    --nproc-per-node=*) count=${argument#*=} ;;
    --*) ;;
    *) break ;;
    esac
    shift
done
for ((rank = 1; rank < count; ++rank)); do
    RANK=$rank LOCAL_RANK=$rank WORLD_SIZE=$count LOCAL_WORLD_SIZE=$count "$@" &
done
RANK=0 LOCAL_RANK=0 WORLD_SIZE=$count LOCAL_WORLD_SIZE=$count "$@"
wait
"""
SRUN = """#!/usr/bin/env bash
set -eu
[[ $1 == --kill-on-bad-exit=1 && -n $SRUN_CPUS_PER_TASK ]] && shift
export SLURM_STEP_NUM_TASKS=2 SLURM_NTASKS_PER_NODE=1 SLURM_LOCALID=0
SLURM_PROCID=1 "$@" &
SLURM_PROCID=0 "$@"
wait
"""
SCONTROL = """#!/usr/bin/env bash
[[ $* == "show hostnames two[1-2]" ]] && printf '%s\\n' 127.0.0.1 127.0.0.2
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def arguments(command, store, extra=()):
    return [str(PROGRAM), *command, "--store", str(store), "--json", *extra]


def train(store, **changes):
    settings = OPTIONS | changes
    return arguments(["train", "--preset", "demo", "--name", "run"], store,
                     [word for key, value in settings.items() for word in ("--set", f"{key}={value}")])


def alone():
    """The environment without what a launcher of this test itself may have set."""
    names = ("RANK", "WORLD_SIZE", "SLURM_", "OMPI_", "PMI_", "MASTER_", "TORCHELASTIC_",
             "GLOO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(names)}


def start(command, rank, port):
    """One of two processes on this machine."""
    environment = alone() | {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": "2",
                             "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1",
                             "MASTER_PORT": str(port)}
    STARTED.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, text=True))
    return STARTED[-1]


def finish(process):
    """Exit code, JSON lines, errors."""
    try:
        out, errors = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        out, errors = process.communicate()
        raise AssertionError(f"no end: {out}\n{errors}") from None
    return process.returncode, [json.loads(line) for line in out.splitlines()], errors


def together(command, other=None):
    port = free_port()
    processes = [start(command, 0, port), start(other or command, 1, port)]
    return [finish(process) for process in processes]


def losses(lines):
    return {line["step"]: line["values"]["train/loss"] for line in lines
            if line["type"] == "metrics" and "train/loss" in line["values"]}


def wait_for_step(process, step):
    seen = []
    for line in process.stdout:
        seen.append(json.loads(line))
        if seen[-1]["type"] == "metrics" and seen[-1]["step"] >= step:
            return seen
    raise AssertionError(f"ended before step {step}: {process.stderr.read()}")


def wait_for_state(process, state):
    for line in process.stdout:
        said = json.loads(line)
        if said["type"] == "state" and said["state"] == state:
            return
    raise AssertionError(f"ended before it was {state}: {process.stderr.read()}")


class Processes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.store = Path(self.folder.name) / "runs.db"

    def tearDown(self):
        while STARTED:
            with STARTED.pop() as process:  # closes its pipes
                process.kill()

    def assert_same_losses(self, ours, expected):
        self.assertEqual(ours.keys(), expected.keys())
        for step, loss in expected.items():
            self.assertLess(abs(ours[step] - loss), 1e-4 * abs(loss), f"step {step}")

    def reference(self):
        code, lines, errors = finish(subprocess.Popen(
            train(Path(self.folder.name) / "alone.db"), env=alone(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True))
        self.assertEqual(code, 0, errors)
        return losses(lines)

    def test_two_give_the_losses_of_one(self):
        expected = self.reference()
        self.assertEqual(len(expected), 10)
        (code, lines, errors), (other, silence, complaints) = together(train(self.store))
        self.assertEqual((code, other), (0, 0), errors + complaints)
        self.assert_same_losses(losses(lines), expected)
        self.assertEqual(silence, [])  # rank 0 alone speaks
        facts = next(line for line in lines if line["type"] == "facts")
        self.assertIn("2 processes of torchrun", facts["device"])
        self.assertIn("eval/knn_top1", [line for line in lines if line["type"] == "metrics"][-1]["values"])

    def test_micro_batches_too(self):
        (code, lines, errors), _ = together(train(self.store, **{"train.micro_batch": 4}))
        self.assertEqual(code, 0, errors)
        self.assert_same_losses(losses(lines), self.reference())

    def test_a_stop_of_any_saves_and_both_go_on(self):
        long = {"train.epochs": 2000}
        port = free_port()
        first, second = (start(train(self.store, **long), rank, port) for rank in (0, 1))
        wait_for_step(first, 3)
        second.send_signal(signal.SIGTERM)
        code, lines, errors = finish(first)
        self.assertEqual((code, finish(second)[0]), (130, 130), errors)
        saved = [line for line in lines if line["type"] == "checkpoint"][-1]["step"]
        self.assertTrue(lines[-1]["stopped"])
        port = free_port()
        resume = arguments(["resume", "run"], self.store)
        first, second = (start(resume, rank, port) for rank in (0, 1))
        seen = wait_for_step(first, saved)
        self.assertEqual(next(line for line in seen if line["type"] == "facts")["step"], saved)
        first.send_signal(signal.SIGTERM)
        self.assertEqual((finish(first)[0], finish(second)[0]), (130, 130))

    def test_none_ends_while_rank_0_still_has_to_save(self):
        # Launchers kill all processes half a minute after the first has ended.
        port = free_port()
        first, second = (start(train(self.store, **{"train.epochs": 20}), rank, port)
                         for rank in (0, 1))
        seen = wait_for_step(first, 2)
        folder = Path(next(line for line in seen if line["type"] == "run")["checkpoints"])
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("in the way")
        wait_for_state(first, "paused")
        with self.assertRaises(subprocess.TimeoutExpired):
            second.wait(timeout=1)
        folder.unlink()
        self.assertEqual((finish(first)[0], finish(second)[0]), (0, 0))
        self.assertTrue(list(folder.glob("*.safetensors")))

    def test_a_pause_of_rank_0_holds_all_and_a_stop_of_any_ends_it(self):
        port = free_port()
        first, second = (start(train(self.store, **{"train.epochs": 20000}), rank, port)
                         for rank in (0, 1))
        wait_for_step(first, 2)
        for round_ in (1, 2):
            with sqlite3.connect(self.store, isolation_level=None) as other:
                other.execute("BEGIN IMMEDIATE")
                wait_for_state(first, "paused")
                if round_ == 2:
                    second.send_signal(signal.SIGTERM)
                    wait_for_state(first, "running")  # and stops
                other.execute("ROLLBACK")
            if round_ == 1:
                wait_for_state(first, "running")
                step = wait_for_step(first, 0)[-1]["step"]
                wait_for_step(first, step + 3)
        (code, lines, errors), (other_code, _, _) = finish(first), finish(second)
        self.assertEqual((code, other_code), (130, 130), errors)
        self.assertTrue(lines[-1]["stopped"])

    def test_a_process_that_dies_ends_the_others(self):
        port = free_port()
        first, second = (start(train(self.store, **{"train.epochs": 2000}), rank, port)
                         for rank in (0, 1))
        wait_for_step(first, 2)
        second.kill()
        finish(second)
        code, lines, _ = finish(first)
        self.assertEqual(code, 1)
        self.assertEqual(lines[-1]["type"], "failed")
        self.assertIn("another process", lines[-1]["message"])

    def test_others_that_differ_are_refused(self):
        (code, lines, _), (other, _, complaint) = together(
            train(self.store), train(self.store, **{"train.seed": 7}))
        self.assertEqual((code, other), (2, 2))
        self.assertIn("rank 1 has other images or another configuration", lines[-1]["message"])
        self.assertIn("rank 1: rank 1 has other images", complaint)

    def test_what_cannot_be_shared_out_is_refused(self):
        process = start(train(self.store, **{"train.batch_size": 15}), 0, free_port())
        code, lines, _ = finish(process)
        self.assertEqual(code, 2)
        self.assertIn("multiple of the 2 processes", lines[-1]["detail"])
        process = start(train(self.store, **{"train.device": "cpu:2"}), 0, free_port())
        self.assertIn("each process is one replica", finish(process)[1][-1]["detail"])
        process = start(arguments(["sweep", "x.json"], self.store), 0, free_port())
        self.assertIn("only pretraining", finish(process)[2])

    def with_tools(self, tools):
        """The environment with these scripts before all other programs."""
        tool_folder = Path(self.folder.name) / "bin"
        tool_folder.mkdir()
        for tool, text in tools.items():
            (tool_folder / tool).write_text(text)
            (tool_folder / tool).chmod(0o755)
        return alone() | {"PATH": f"{tool_folder}:{os.environ['PATH']}"}

    def run_template(self, name, tools, **variables):
        environment = self.with_tools(tools) | variables | {"MOCOSCOPE_TRAIN": str(PROGRAM)}
        process = subprocess.Popen(
            [ROOT / "packaging" / "cluster" / name, *train(self.store)[1:]], env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        code, lines, errors = finish(process)
        self.assertEqual(code, 0, errors)
        self.assert_same_losses(losses(lines), self.reference())
        return next(line for line in lines if line["type"] == "facts")["device"]

    def run_job(self, launcher, tools, *options, **variables):
        """A job that mocoscope-train has written, with this machine's stand-ins for the launcher."""
        script = Path(self.folder.name) / "a job's folder" / "run.sh"
        script.parent.mkdir()
        write = arguments(["job", launcher, str(script), "--preset", "demo", "--name", "it's mine",
                           "--processes", "2", "--program", str(PROGRAM), *options], self.store,
                          [word for key, value in (OPTIONS | {"train.max_steps": 2}).items()
                           for word in ("--set", f"{key}={value}")])
        said = subprocess.run(write, env=alone(), capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertEqual(json.loads(said.stdout)["script"], str(script))
        for check in (["bash", "-n"], [shutil.which("shellcheck") or "true"]):
            subprocess.run([*check, script], check=True)
        process = subprocess.Popen([script], env=self.with_tools(tools) | variables, text=True,
                                   cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        code, lines, errors = finish(process)
        self.assertEqual(code, 0, errors)
        self.assertEqual(lines[-1]["type"], "finished")
        stored = subprocess.run(arguments(["runs", "list"], self.store), env=alone(), check=True,
                                capture_output=True, text=True)
        run, = (json.loads(line) for line in stored.stdout.splitlines())
        self.assertEqual((run["name"], run["state"]), ("it's mine", "finished"))
        self.assertEqual(len(losses(lines)), 2)
        return next(line for line in lines if line["type"] == "facts")["device"]

    def test_torchrun_job(self):
        device = self.run_job("torchrun", {"torchrun": TORCHRUN}, MASTER_ADDR="127.0.0.1",
                              MASTER_PORT=str(free_port()))
        self.assertIn("2 processes of torchrun", device)

    def test_slurm_job(self):
        device = self.run_job("slurm", {"srun": SRUN, "scontrol": SCONTROL}, "--machines", "1",
                              SLURM_JOB_NODELIST="two[1-2]", SLURM_JOB_ID="7",
                              SLURM_CPUS_PER_TASK="1", MASTER_PORT=str(free_port()))
        self.assertIn("2 processes of Slurm", device)

    def test_torchrun_template(self):
        device = self.run_template("torchrun.sh", {"torchrun": TORCHRUN}, REPLICAS="2",
                                   MASTER_ADDR="127.0.0.1", MASTER_PORT=str(free_port()))
        self.assertIn("2 processes of torchrun", device)

    def test_slurm_template(self):
        device = self.run_template("slurm.sh", {"srun": SRUN, "scontrol": SCONTROL},
                                   SLURM_JOB_NODELIST="two[1-2]", SLURM_JOB_ID="7",
                                   MASTER_PORT=str(free_port()))
        self.assertIn("2 processes of Slurm", device)


def main():
    global PROGRAM, ROOT  # pylint: disable=global-statement
    PROGRAM, ROOT = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
    del sys.argv[1:3]
    unittest.main()


if __name__ == "__main__":
    main()
