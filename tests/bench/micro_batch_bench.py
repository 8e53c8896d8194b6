#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What exact micro-batches cost: peak memory and time of a MoCo v3 step of ViT-S/16, against a plain step.

    micro_batch_bench.py STEP_BENCH [--images 64] [--plain 16,32,64] [--micro 64:16,4096:32] [--rounds 1]

STEP_BENCH: tests/bench/step_bench of a build with -DMOCOSCOPE_BENCHMARKS=ON. Each measurement is a process of its
own, so that the peak is that of one step. Prints a table in Markdown; rows appear as they are measured. The ratio of
times is taken to a plain step of the largest batch that was measured before it in the same round, per image. Peaks
hold the images of both views as bytes, as the program keeps them; the column beside it leaves them out.
"""
import argparse
import json
import statistics
import subprocess
import sys

WIDTH, DEPTH, HEADS, PATCH = 384, 12, 12, 16


def measure(program, side, batch, micro, steps):
    command = [program, side, PATCH, WIDTH, DEPTH, HEADS, batch, "fp32", steps, micro]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"| {batch} | {micro or '–'} | failed: {done.stderr.strip()[-80:]} |", flush=True)
        return None
    return json.loads(done.stdout.splitlines()[-1])


def numbers(text):
    return [int(part) for part in text.split(",") if part]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--images", type=int, default=64, help="their side in pixels")
    parser.add_argument("--plain", type=numbers, default=[16, 32, 64], help="batches")
    parser.add_argument("--micro", type=lambda text: [tuple(map(int, one.split(":"))) for one in text.split(",")],
                        default=[(64, 16), (512, 64), (4096, 64)],
                        help="batch:micro-batch")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="after one that is left out; 0: the first one counts")
    options = parser.parse_args()
    rows = [(batch, 0) for batch in options.plain] + options.micro
    results = {row: [] for row in rows}
    for number in range(options.rounds):
        print(f"\nround {number + 1}: ViT-S/16 at {options.images}\n", file=sys.stderr)
        print("| batch | micro-batch | peak memory | without the images | processor time an image | of a plain step |")
        print("|" + "---|" * 6, flush=True)
        plain = None
        for batch, micro in rows:
            result = measure(options.program, options.images, batch, micro, options.steps)
            if result is None:
                continue
            each = result["cpu_s"] / batch
            plain = plain if micro else each
            ratio = each / plain if micro and plain else None
            results[batch, micro].append(ratio)
            images = 2 * batch * 3 * options.images**2 / 2**20
            print(f"| {batch} | {micro or '–'} | {result['peak_mb']:.0f} MB | {result['peak_mb'] - images:.0f} MB | "
                  f"{each:.3f} s | {f'{ratio:.2f}' if ratio else '–'} |", flush=True)
    for (batch, micro), ratios in results.items():
        known = [ratio for ratio in ratios if ratio]
        if len(known) > 1:
            print(f"{batch} by {micro}: {statistics.median(known):.2f} ({min(known):.2f}–{max(known):.2f})")


if __name__ == "__main__":
    main()
