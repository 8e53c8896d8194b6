#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_window.py MOCOSCOPE [--pictures DIR] [--dark] [--scale 1.5]: the window as a person uses it.

On a display of its own, by keys and clicks alone: first start, configure, launch, watch, pause, go on, stop,
compare, report, close while a run is on, start again. What came of it is read from the run history and from files.
Leaves with 77 where Xvfb or xdotool is missing. With --pictures each step leaves a PNG (needs ImageMagick's import).
"""
import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 120  # seconds for anything, on a machine with other work


def wait_for(what, condition, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    raise AssertionError(f"after {patience} s: {what}")


class Display:
    """An X server without a window manager: keys go to the window that was focused last, in their order."""

    def __init__(self, width, height):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()  # empty where the server has ended
        if not number:
            raise AssertionError("Xvfb has not started")
        self.environment = {**os.environ, "DISPLAY": f":{number}"}

    def xdotool(self, *words):
        done = subprocess.run(["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True,
                              check=False)
        return done.stdout.split() if done.returncode == 0 else []

    def windows(self, name):
        return self.xdotool("search", "--onlyvisible", "--name", name)

    def focus(self, name):
        window = wait_for(f"no window is called {name}", lambda: self.windows(name))[-1]

        def is_focused():
            self.xdotool("windowfocus", window)
            return self.xdotool("getwindowfocus") == [window]
        wait_for(f"{name} cannot be focused", is_focused)
        return window

    def close(self):
        self.server.terminate()
        self.server.wait()


class Person:
    def __init__(self, program, folder, options):
        self.program, self.folder, self.options = program, Path(folder), options
        self.display = Display(1920, 1200) if options.scale > 1 else Display(1280, 800)
        self.environment = {
            **self.display.environment, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": str(options.scale),
            "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder),
            "XDG_DATA_HOME": str(self.folder / "data"), "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        for name in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT"):
            self.environment.pop(name, None)
        self.process = None
        self.pictures = 0
        if options.dark:
            (self.folder / "config/mocoscope").mkdir(parents=True)
            (self.folder / "config/mocoscope/mocoscope.conf").write_text("[General]\ntheme=dark\n")

    def start(self):
        self.process = subprocess.Popen([self.program], env=self.environment)
        window = self.display.focus("Mocoscope")
        width, height = (1920, 1200) if self.options.scale > 1 else (1280, 800)
        self.display.xdotool("windowmove", "--sync", window, 0, 0, "windowsize", "--sync", window, width, height)
        self.display.focus("Mocoscope")

    def press(self, *keys):
        assert self.process.poll() is None, f"the program has ended with {self.process.returncode}"
        self.display.xdotool("key", "--clearmodifiers", "--delay", 30, *keys)

    def write(self, text):
        self.display.xdotool("type", "--clearmodifiers", "--delay", 15, text)

    def command(self, text):
        """By the command palette, as whoever does not know the menus."""
        self.press("ctrl+shift+p")
        self.write(text)
        self.press("Return")

    def picture(self, name):
        if self.options.pictures:
            time.sleep(1)
            self.pictures += 1
            path = Path(self.options.pictures) / f"{self.pictures:02d}-{name}.png"
            subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)

    def ask(self, query, *values):
        """The first column of the run history; empty while there is none."""
        file = self.folder / "data/mocoscope/runs.db"
        if not file.exists():
            return []
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
                return [row[0] for row in database.execute(query, values)]
        except sqlite3.OperationalError:  # being made
            return []

    def wait_for_state(self, run, state):
        wait_for(f"run {run} is not {state}: {self.ask('SELECT state FROM run ORDER BY id')}",
                 lambda: self.ask("SELECT state FROM run WHERE id = ?", run) == [state])

    def wait_for_steps(self, run, steps):
        wait_for(f"run {run} has not come to step {steps}",
                 lambda: (self.ask("SELECT last_step FROM run WHERE id = ?", run) or [0])[0] >= steps)

    def config_of(self, run):
        return json.loads(self.ask("SELECT config_json FROM run WHERE id = ?", run)[0])


def set_option(person, search, value):
    """Finds an option by its name on Configure, and types a value."""
    person.press("ctrl+2")
    person.press("ctrl+f")
    person.press("ctrl+a")
    person.write(search)
    person.press("Return")  # to the first option that was found
    person.press("ctrl+a")
    person.write(value)
    person.press("Tab")


def first_run(person):
    person.start()
    person.picture("first-start")
    assert person.ask("SELECT count(*) FROM run") == [0]
    environment = Path(f"/proc/{person.process.pid}/environ").read_bytes().split(b"\0")
    assert b"GOMP_SPINCOUNT=3000" in environment, "threads that wait would spin"
    person.command("Demo")
    set_option(person, "optimizer.lr", "0.002")
    person.picture("configure")
    person.press("ctrl+Return")
    person.wait_for_steps(1, 3)
    assert person.config_of(1)["optimizer"]["lr"] == 0.002, person.config_of(1)["optimizer"]
    person.press("ctrl+p")
    person.wait_for_state(1, "paused")
    step = person.ask("SELECT last_step FROM run WHERE id = 1")[0]
    person.picture("paused")
    time.sleep(0.5)
    assert person.ask("SELECT last_step FROM run WHERE id = 1") == [step], "a paused run went on"
    person.press("ctrl+p")
    person.wait_for_state(1, "running")
    person.wait_for_steps(1, step + 3)
    person.picture("live")
    person.press("ctrl+period")
    person.wait_for_state(1, "stopped")
    assert person.ask("SELECT count(*) FROM checkpoint WHERE run_id = 1")[0] > 0, "no checkpoint"


def second_run(person):
    set_option(person, "optimizer.lr", "0.006")
    person.press("ctrl+Return")
    person.wait_for_steps(2, 6)
    assert person.config_of(2)["optimizer"]["lr"] == 0.006
    person.press("ctrl+period")
    person.wait_for_state(2, "stopped")


def compare_and_report(person):
    person.press("ctrl+1")
    person.press("ctrl+a")
    person.picture("runs")
    person.command("Runs compare")
    person.picture("compare")
    person.press("ctrl+1")
    person.press("ctrl+a")
    person.command("Report as one web page")
    report = person.folder / "report.html"
    person.display.focus("Save a report")
    person.press("ctrl+a")
    person.write(str(report))
    person.press("Return")
    wait_for("no report was written", lambda: report.exists() and report.stat().st_size > 0)
    person.display.focus("Mocoscope")
    text = wait_for("the report is not whole", lambda: "</html>" in report.read_text() and report.read_text())
    for name in person.ask("SELECT name FROM run"):
        assert name in text, f"{name} is not in the report"


def close_while_running(person):
    person.press("ctrl+2")
    person.press("ctrl+Return")
    person.wait_for_steps(3, 2)
    person.press("ctrl+q")
    person.display.focus("Close Mocoscope")
    person.picture("close")
    person.press("Return")
    code = person.process.wait(PATIENCE)
    assert code == 0, f"the program has ended with {code}"
    person.wait_for_state(3, "stopped")
    assert person.ask("SELECT count(*) FROM checkpoint WHERE run_id = 3")[0] > 0, "no checkpoint"


def second_start(person):
    person.start()
    person.press("ctrl+1")
    person.picture("second-start")
    person.press("ctrl+q")
    code = person.process.wait(PATIENCE)
    assert code == 0, f"the program has ended with {code}"
    with sqlite3.connect(person.folder / "data/mocoscope/runs.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--pictures", metavar="DIR")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", type=float, default=1)
    options = parser.parse_args()
    if not all(shutil.which(tool) for tool in ("Xvfb", "xdotool")):
        print("skipped: Xvfb or xdotool is missing")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        person = Person(options.program, folder, options)
        try:
            for part in (first_run, second_run, compare_and_report, close_while_running, second_start):
                start = time.monotonic()
                part(person)
                print(f"{part.__name__}: {time.monotonic() - start:.1f} s", flush=True)
        except AssertionError:
            person.picture("failed")
            raise
        finally:
            if person.process and person.process.poll() is None:
                person.process.kill()
                person.process.wait()
            person.display.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
