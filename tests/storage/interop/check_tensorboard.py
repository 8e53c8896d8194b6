#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_tensorboard.py SCRIPTED_TRAIN: event files against TensorBoard itself, both ways.

What `runs export --tensorboard` writes is read by TensorBoard's EventAccumulator and compared with
the run's CSV, value by value; what tensorboardX (and torch.utils.tensorboard, where there is torch)
writes is imported and compared with what was handed to it. SCRIPTED_TRAIN is a mocoscope-train
whose trainer follows a script. Python is the one in MOCOSCOPE_PYTHON if that is set. Ends with 77
where a library is missing.
"""

import csv
import io
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHON = os.environ.get("MOCOSCOPE_PYTHON")
if PYTHON and Path(PYTHON).absolute() != Path(sys.executable).absolute():
    sys.exit(subprocess.run([PYTHON, *sys.argv], check=False).returncode)

try:
    import numpy
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboardX import SummaryWriter
except ImportError as error:
    print(f"skipped: {error}; MOCOSCOPE_PYTHON may name a Python with tensorboard, tensorboardX "
          "and numpy")
    sys.exit(77)

try:
    from torch.utils.tensorboard import SummaryWriter as TorchWriter
except ImportError:
    TorchWriter = None

TRAIN = sys.argv[1]
ALL = {"scalars": 0, "tensors": 0}  # keep every value instead of a random sample


def call(store, *arguments):
    result = subprocess.run([TRAIN, *arguments, "--store", store], capture_output=True, text=True,
                            check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def table(text):
    """{metric: {step: value}}, {step: seconds}"""
    curves, seconds = {}, {}
    for row in csv.DictReader(io.StringIO(text)):
        step = int(row.pop("step"))
        row.pop("epoch")
        if (at := row.pop("seconds")):
            seconds[step] = float(at)
        for name, cell in row.items():
            if cell:
                curves.setdefault(name, {})[step] = float(cell)
    return curves, seconds


def same(one, other):
    return one == other or (math.isnan(one) and math.isnan(other))


def check_export(folder):
    store = str(folder / "runs.db")
    call(store, "train", "--preset", "demo", "--name", "cool")
    curves, seconds = table(call(store, "runs", "export", "cool", "--csv", "-"))
    call(store, "runs", "export", "cool", "--tensorboard", str(folder / "logs"))
    board = EventAccumulator(str(folder / "logs"), size_guidance=ALL)
    board.Reload()
    assert set(board.Tags()["scalars"]) == set(curves) | {"epoch"}, board.Tags()
    start = board.FirstEventTimestamp()
    values = 0
    for name, expected in curves.items():
        events = board.Scalars(name)
        assert [event.step for event in events] == sorted(expected), name
        for event in events:
            assert same(event.value, float(numpy.float32(expected[event.step]))), (name, event)
            if event.step in seconds:
                assert abs(event.wall_time - start - seconds[event.step]) < 1e-6, (name, event)
            values += 1
    config = board.Tensors("config/text_summary")[0].tensor_proto.string_val[0].decode()
    stored = json.loads(call(store, "runs", "show", "cool", "--json"))["config"]
    assert json.loads(config.removeprefix("```json\n").removesuffix("\n```")) == stored
    plugins = board.summary_metadata["config/text_summary"].plugin_data
    assert plugins.plugin_name == "text"
    print(f"export: {values} values of {len(curves)} curves, options and times agree")


def made_up_values():
    """As the authors' loop would write them, with what is rare: NaN, infinity, tiny numbers."""
    values = [7.5 / (1 + i) for i in range(300)] + [math.nan, math.inf, 1e-38, -0.0, 1e30]
    return {step: float(numpy.float32(value)) for step, value in enumerate(values)}


def check_import(folder, writer_class, title):
    values = made_up_values()
    store = str(folder / "runs.db")
    writer = writer_class(str(folder / "authors"))
    for step, value in values.items():
        writer.add_scalar("loss", value, step)
        if step % 100 == 0:
            writer.add_scalar("Acc/top1", step / 10, step)
    writer.add_histogram("weights", numpy.arange(10), 0)
    writer.add_text("about", "not a curve", 0)
    writer.close()
    call(store, "runs", "import", str(folder / "authors"), "--name", title)
    stored = json.loads(call(store, "runs", "show", title, "--json"))
    assert stored["state"] == "finished" and stored["tags"] == ["imported"], stored
    curves, seconds = table(call(store, "runs", "export", title, "--csv", "-"))
    assert set(curves) == {"train/loss", "Acc/top1"}, set(curves)
    for step, value in values.items():
        expected = value if math.isfinite(value) else math.nan
        assert same(curves["train/loss"][step], expected), (step, curves["train/loss"][step])
    assert set(curves["train/loss"]) == set(values)
    assert curves["Acc/top1"] == {0: 0.0, 100: 10.0, 200: 20.0, 300: 30.0}
    assert seconds[0] == 0 and all(0 <= at < 600 for at in seconds.values())
    print(f"import of {title}: {len(values) + 4} values agree")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_export(folder)
        check_import(folder / "x", SummaryWriter, "tensorboardX")
        if TorchWriter:
            check_import(folder / "torch", TorchWriter, "torch.utils.tensorboard")
        else:
            print("torch.utils.tensorboard: no torch, not looked at")


if __name__ == "__main__":
    main()
