#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""waiting_bench.py MOCOSCOPE_TRAIN [--busy N] [--rounds N]: how long waiting threads should spin before they sleep.

Trains the demo with each way to wait, one after the other, beside N programs that only want a core. The ways take turns
in each round, so that a machine that slows down slows all; a ratio is to threads that sleep at once, in the same round.
"""

import argparse
import contextlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

WAYS = {  # what is in the environment; the last is OpenMP's own way
    "sleep": {"OMP_WAIT_POLICY": "passive"},
    "1000 turns": {"GOMP_SPINCOUNT": "1000"},
    "3000 turns": {"GOMP_SPINCOUNT": "3000"},
    "20000 turns": {"GOMP_SPINCOUNT": "20000"},
    "spin": {"GOMP_SPINCOUNT": "infinite"},
}
WARM_UP_STEPS = 10


def images_per_second(program, way):
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "runs.db"
        subprocess.run([program, "train", "--preset", "demo", "--set", "train.epochs=3", "--store", store],
                       env=os.environ | WAYS[way], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        with contextlib.closing(sqlite3.connect(store)) as history:
            rate, = history.execute(
                "SELECT avg(value) FROM metric JOIN metric_name AS n ON n.id = name_id"
                " WHERE n.name = 'train/images_per_s' AND step > ?", (WARM_UP_STEPS,)).fetchone()
        return rate


@contextlib.contextmanager
def busy_programs(count):
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with busy_programs(options.busy):
        rounds = [{way: images_per_second(options.program, way) for way in WAYS}
                  for _ in range(options.rounds)]
    print("| threads that wait | images/s | to those that sleep |\n|---|---|---|")
    for way in WAYS:
        rates = ", ".join(f"{one[way]:.0f}" for one in rounds)
        print(f"| {way} | {rates} | {statistics.median(one[way] / one['sleep'] for one in rounds):.2f} |")


if __name__ == "__main__":
    main()
