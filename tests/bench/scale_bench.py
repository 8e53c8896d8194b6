#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many long runs in one history, beside TensorBoard with the same points in event files.

    scale_bench.py SCALE_BENCH [--full | --runs 100 --steps 10000 --metrics 20] [--peer-runs 20] [--rounds 3]
                   [--keep FILE.db] [--folder DIR]

SCALE_BENCH: tests/bench/scale_bench of a build with -DMOCOSCOPE_BENCHMARKS=ON. TensorBoard is the one that this Python
imports. --full: 1,000 runs of 10,000 steps of 20 metrics, 200 million points, some 5 GB. The runs are recorded by
the program's own recorder; the newest --peer-runs of them are written as event files.

Ours is the time of a process that opens the history, reads the table of all runs and then a whole curve, from the disk.
TensorBoard's is the time from the start of its process to the first curve of any run that reaches the last step, and
to the last such curve; it reads the event files once and keeps --samples_per_plugin points of each curve (1,000, its
default). Both are taken in each round, one after the other.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

TAG = "grad/l2/blocks.7"


def ours(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def spread(values, digits=1):
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def forget(folder):
    """Drops the files from memory, as scale_bench does with the history."""
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


class TensorBoard:
    def __init__(self, folder):
        self.log = tempfile.TemporaryFile("w+")
        self.start = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tensorboard.main", "--logdir", folder, "--port", "0", "--host", "127.0.0.1",
             "--reload_interval", "3600"], stdout=self.log, stderr=subprocess.STDOUT)
        self.address = None

    def seconds(self):
        return time.monotonic() - self.start

    def find_address(self):
        self.log.seek(0)
        for word in self.log.read().split():
            if word.startswith("http://127.0.0.1:"):
                return word.rstrip("/")
        return None

    def get(self, path, **query):
        if self.process.poll() is not None:
            self.log.seek(0)
            raise RuntimeError("TensorBoard ended: " + self.log.read()[-500:])
        if not self.address:
            self.address = self.find_address()
        if not self.address:
            return None
        url = f"{self.address}/data/{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return json.load(answer)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


def measure_tensorboard(folder, runs, last_step, patience):
    """Seconds to the first curve that is complete and to the last one, and the points that it has."""
    board = TensorBoard(folder)
    try:
        waiting, first, points = set(runs), None, 0
        while waiting and board.seconds() < patience:
            known = board.get("plugin/scalars/tags") or {}
            for run in sorted(waiting):
                tag = next((tag for tag in known.get(run, {}) if tag.startswith(TAG)), None)
                curve = board.get("plugin/scalars/scalars", run=run, tag=tag) if tag else None
                if curve and curve[-1][1] >= last_step:
                    first = first or board.seconds()
                    points = len(curve)
                    waiting.discard(run)
                else:
                    break  # they are read in about this order; asking for all would hold it up
            time.sleep(0.02)
        return None if waiting else (first, board.seconds(), points)
    finally:
        board.stop()


def print_ours(options, written, reading):
    print("| | measured | target |\n|---|---|---|")
    print(f"| points | {written['points']:,} of {options.runs:,} runs | |")
    print(f"| on the disk | {written['bytes_per_point']:.1f} bytes a point, {written['bytes'] / 1e9:.2f} GB | ≤ 20 |")
    print(f"| recording a point | {written['us_per_point']:.2f} µs | |")
    for name, title, target in (("table", "the run table", "< 1,000 ms"), ("curve", "a curve of any run", "< 50 ms")):
        for how, where in (("cold", "disk"), ("warm", "memory")):
            key = f"{name}_{how}"
            print(f"| {title}, from the {where} | {reading[key + '_median_ms']:.1f} ms "
                  f"(at most {reading[key + '_max_ms']:.1f} ms) | {target} |")
    print(f"| points of a curve | all {reading['fewest_points']:,} | |", flush=True)


def print_peer(options, program, file, folder):
    events = ours(program, "events", file, options.peer_runs, folder)
    runs = [path.name for path in pathlib.Path(folder).iterdir()]
    rows = []
    for _ in range(options.rounds):
        mine = ours(program, "open", file, options.runs // 2 + 1, TAG)
        forget(folder)
        theirs = measure_tensorboard(folder, runs, options.steps - 1, options.patience)
        if theirs is None:
            print(f"TensorBoard was not done within {options.patience} s", flush=True)
            return
        rows.append((mine, theirs))
        print(f"  round: {mine['curve_after_ms']:.0f} ms, TensorBoard {theirs[0]:.1f} s, all {theirs[1]:.1f} s",
              file=sys.stderr, flush=True)
    print(f"\n| | mocoscope, {options.runs:,} runs | TensorBoard, {events['runs']} of them | ratio |\n|---|---|---|---|")
    mine = [row[0]["curve_after_ms"] / 1000 for row in rows]
    for title, place in (("until the first whole curve", 0), ("until a curve of any run", 1)):
        theirs = [row[1][place] for row in rows]
        ratios = [there / here for here, there in zip(mine, theirs)]
        print(f"| {title} | {spread(mine, 3)} s | {spread(theirs, 2)} s | {spread(ratios, 0)} |")
    points = rows[0][1][2]
    print(f"| points kept of a curve of {rows[0][0]['points']:,} | {rows[0][0]['points']:,} | {points:,} | "
          f"{rows[0][0]['points'] / points:.0f} |")
    ours_per_point = pathlib.Path(file).stat().st_size / (options.runs * options.steps * options.metrics)
    size = events["bytes"] / events["points"]
    print(f"| bytes a point | {ours_per_point:.1f} | {size:.1f} | {size / ours_per_point:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--metrics", type=int, default=20)
    parser.add_argument("--curves", type=int, default=200, help="that are read, of random runs")
    parser.add_argument("--peer-runs", type=int, default=20, help="0: without TensorBoard")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patience", type=float, default=600, help="seconds for TensorBoard")
    parser.add_argument("--keep", default="", help="uses this history, or makes and keeps it")
    parser.add_argument("--folder", default=None, help="for the history and the event files")
    options = parser.parse_args()
    if options.full:
        options.runs, options.steps, options.metrics = 1000, 10_000, 20
    if options.metrics < 10:
        parser.error("--metrics: at least 10")
    work = tempfile.mkdtemp(prefix="mocoscope-scale-", dir=options.folder)
    try:
        file = options.keep or os.path.join(work, "runs.db")
        known = pathlib.Path(file + ".json")
        if known.exists():
            written = json.loads(known.read_text())
        else:
            written = ours(options.program, "write", file, options.runs, options.steps, options.metrics)
            if options.keep:
                known.write_text(json.dumps(written))
        print_ours(options, written, ours(options.program, "read", file, options.curves))
        if options.peer_runs > 0:
            print_peer(options, options.program, file, os.path.join(work, "events"))
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
