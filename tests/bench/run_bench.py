# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmarks beside their peers, in turn, and prints tables in Markdown.

Both sides of a ratio run one after the other in each round, and the ratio is taken round by round,
so that a machine that slows down slows both. Quote the median of the ratios.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
SHAPES = {"ViT-S/16 at 224, batch 16": "224 16 384 12 12 16",
          "ViT-Tiny/4 at 32, batch 256": "32 4 192 12 3 256"}


def run(command):
    print("  " + " ".join(map(str, command[-11:])), file=sys.stderr, flush=True)
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        print(done.stderr[-2000:], file=sys.stderr)
        return None
    return json.loads(lines[-1])


def spread(values):
    values = sorted(values)
    return f"{statistics.median(values):.2f} ({values[0]:.2f}–{values[-1]:.2f})"


def step_table(options):
    print("\n| training step | precision | mocoscope | eager | eager, fused attention | torch.compile "
          "| best peer / mocoscope | memory: mocoscope | memory: least of the peers |\n|" + "---|" * 9)
    peer = [sys.executable, HERE / "peer" / "step_peer.py"]
    for name, shape in SHAPES.items():
        for precision in options.precision:
            arguments = shape.split() + [precision]
            seconds, ratios, memory = {}, [], {}
            for _ in range(options.rounds):
                results = {"mocoscope": run([options.programs / "tests/bench/step_bench", *arguments,
                                             options.steps])}
                for mode in ("eager", "sdpa", "compile"):
                    results[mode] = run([*peer, *arguments, mode, options.steps])
                results = {who: result for who, result in results.items() if result}
                for who, result in results.items():
                    seconds.setdefault(who, []).append(result["median_s"])
                    memory[who] = max(memory.get(who, 0), result["peak_mb"])
                ours = results["mocoscope"]["median_s"]
                ratios.append(min(r["median_s"] for w, r in results.items() if w != "mocoscope") / ours)
            cell = {who: f"{spread(values)} s" for who, values in seconds.items()}
            least = min(value for who, value in memory.items() if who != "mocoscope")
            print(f"| {name} | {precision} | {cell['mocoscope']} | {cell.get('eager', '–')} | "
                  f"{cell.get('sdpa', '–')} | {cell.get('compile', '–')} | {spread(ratios)} | "
                  f"{memory['mocoscope']:.0f} MB | {least:.0f} MB |", flush=True)


def data_table(options):
    print("\n| two views, one thread | mocoscope | torchvision on PIL | ratio |\n|---|---|---|---|")
    for path, size in ((options.imagenet, 224), (options.cifar, 32)):
        if not path:
            continue
        ours, theirs, ratios = [], [], []
        for _ in range(options.rounds):
            a = run([options.programs / "tests/bench/data_bench", path, size])
            b = run([sys.executable, HERE / "peer" / "data_peer.py", path, size])
            ours.append(a["pairs_per_s"])
            theirs.append(b["pairs_per_s"])
            ratios.append(a["pairs_per_s"] / b["pairs_per_s"])
        print(f"| {size} pixels, {pathlib.Path(path).name} | {spread(ours)} pairs/s | "
              f"{spread(theirs)} pairs/s | {spread(ratios)} |", flush=True)


def record_table(options):
    """Recording, and drawing at one and at two device pixels a pixel."""
    for program, scale in (("storage_bench", 1), ("plot_bench", 1), ("plot_bench", 2)):
        path = options.programs / "tests/bench" / program
        if path.exists():
            done = subprocess.run([path], capture_output=True, text=True, check=False,
                                  env={"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)})
            print(f"\n{program}, {scale} device pixels a pixel\n```\n{done.stdout.strip()}\n```",
                  flush=True)


def scale_table(options):
    """A tenth of the full size; see scale_bench.py."""
    print(flush=True)
    subprocess.run([sys.executable, HERE / "scale_bench.py", options.programs / "tests/bench/scale_bench",
                    "--rounds", str(options.rounds)], check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", help="step, data, record, scale; default: all")
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--precision", nargs="+", choices=("fp32", "bf16"),
                        default=("fp32", "bf16"),
                        help="processors without bf16 instructions emulate it: minutes a step")
    parser.add_argument("--imagenet", default="", help="a .tar or folder of large JPEG files")
    parser.add_argument("--cifar", default="", help="a .tar.gz or folder of 32 x 32 JPEG files")
    options = parser.parse_args()
    known = {"step": step_table, "data": data_table, "record": record_table, "scale": scale_table}
    for name in options.tables or known:
        if name not in known:
            parser.error(f"unknown table '{name}': step, data, record or scale")
        known[name](options)


if __name__ == "__main__":
    main()
