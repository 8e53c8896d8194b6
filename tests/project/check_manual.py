#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares manual pages with what the programs say of themselves, and looks for mistakes in them.

    check_manual.py PROGRAM PAGE [PROGRAM PAGE]…

Every command of `PROGRAM --help`, also those below others, has a subsection of its name that names the
command's arguments and options, and no others. Exit code 1 if anything is wrong.
"""

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

COMMON = "OPTIONS OF SEVERAL COMMANDS"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", "MANWIDTH": "100"}


def output_of(*command):
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True,
                          timeout=60).stdout


@functools.cache
def help_of(program, *command):
    """What --help says: {heading: its lines}; headings as CLI11 and Qt write them."""
    parts, heading = {}, ""
    for line in output_of(program, *command, "--help").splitlines():
        if match := re.match(r"\s*([A-Z][A-Za-z]+):\s*$", line):
            heading = match[1].lower()
        elif not line.strip():
            heading = ""
        else:
            parts.setdefault(heading, []).append(line)
    return parts


def options_in(lines):
    """{option without its dashes: what is said of it}; the long name where there are two."""
    options = {}
    for line in lines:
        if match := re.match(r"\s+(?:-\w,\s*)?--([a-z][a-z-]*)\s*(.*)", line):
            options[match[1]] = match[2]
    return options


def arguments_in(lines):
    return {match[1] for line in lines if (match := re.match(r"  ([A-Z]+)\b", line))}


def commands_below(program, *parent):
    """(names of a command, its help), depth first."""
    for line in help_of(program, *parent).get("subcommands", []):
        if match := re.match(r"  ([a-z]+)(\s|$)", line):
            names = (*parent, match[1])
            yield names, help_of(program, *names)
            yield from commands_below(program, *names)


def sections_of(page):
    """{title of each .Sh and .Ss: its text}."""
    sections, title = {}, ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\.S[hs] (.*)", line):
            title = match[1]
            sections[title] = ""
        elif not line.startswith('.\\"'):
            sections[title] = sections.get(title, "") + line + "\n"
    return sections


def options_named(text):
    return set(re.findall(r"Fl -([a-z][a-z-]*)", text))


def options_described(text):
    return {name for line in re.findall(r"^\.It (.*)", text, re.M) for name in options_named(line)}


def entry_for(option, said):
    """The lines that the page wants, as far as the program's help has them."""
    value = re.match(r"([A-Z][A-Z_]*)\b", said)
    words = re.split(r"\s{2,}", said)[-1] if said else "What it does."
    return f".It Fl -{option}" + (f" Ar {value[1]}" if value else "") + f"\n{words}."


def command_errors(names, parts, sections):
    title = " ".join(names)
    if title not in sections:
        yield f"no subsection: .Ss {title}"
        return
    text = sections[title]
    options = {name: said for lines in parts.values() for name, said in options_in(lines).items()
               if name != "help"}
    for name in sorted(options.keys() - options_named(text)):
        yield f"`{title}` lacks --{name}: name it behind .Nm Cm {title}, and describe it:\n" + \
            entry_for(name, options[name])
    for name in sorted(options_named(text) - options.keys() - {"help", "device"}):
        yield f"`{title}` names --{name}, which the program does not know"
    described = options_described(text) | options_described(sections.get(COMMON, ""))
    for name in sorted((options.keys() & options_named(text)) - described):
        yield f"`{title}` does not describe --{name}:\n" + entry_for(name, options[name])
    for name in sorted(arguments_in(parts.get("positionals", []))):
        if not re.search(rf"Ar (\S+ )*{name}\b", text):
            yield f"`{title}` lacks its argument {name}"


def errors_of(program, page):
    sections = sections_of(page)
    whole = "\n".join(sections.values())
    found = 0
    for names, parts in commands_below(program):
        found += 1
        yield from command_errors(names, parts, sections)
    parts = help_of(program)
    options = {name for lines in parts.values() for name in options_in(lines)}
    if not options:
        yield f"{program} --help names no options: has its form changed?"
    for name in sorted(options - options_named(whole)):
        yield f"lacks --{name}"
    if "subcommands" in parts and found < 5:
        yield f"only {found} commands were found in the help: has its form changed?"


def mistakes_in(page):
    """What man and mandoc find, where they are installed."""
    if shutil.which("man"):
        shown = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page],
                               env=ENVIRONMENT, capture_output=True, text=True, check=False)
        yield from shown.stderr.splitlines()
    if shutil.which("mandoc"):
        shown = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], env=ENVIRONMENT,
                               capture_output=True, text=True, check=False)
        yield from shown.stdout.splitlines()


def main():
    pairs = sys.argv[1:]
    if not pairs or len(pairs) % 2:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = False
    for program, page in zip(pairs[::2], map(Path, pairs[1::2]), strict=True):
        for error in [*errors_of(program, page), *mistakes_in(page)]:
            print(f"{page.name}: {error}")
            wrong = True
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
