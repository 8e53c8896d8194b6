#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for mistakes in the translations of the window that would show in it.

    check_translations.py ROOT

Each text of resources/translations/*.ts is translated, has the places (%1, %n) of the English one, a
shortcut where that has one, and says that it opens a question (…) where that does. Texts that are not
in a file are said in English, and are no mistake. Prints FILE: what is wrong; exit code 1 if anything is.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

PLACE = re.compile(r"%(?:\d|n)")
SHORTCUT = re.compile(r"&(?=\w)(?!\w+;)")


def forms_of(translation):
    plurals = translation.findall("numerusform")
    return [form.text or "" for form in plurals] if plurals else [translation.text or ""]


def mistakes_of(source, translation):
    if translation.get("type") or not all(forms_of(translation)):
        yield "is not translated"
        return
    for form in forms_of(translation):
        if set(PLACE.findall(form)) != set(PLACE.findall(source)):
            yield f"has other places than “{form}”"
        if len(SHORTCUT.findall(form)) != len(SHORTCUT.findall(source)):
            yield f"has a shortcut, or “{form}” has one"
        if source.endswith("…") != form.endswith("…"):
            yield f"ends otherwise than “{form}”"


def mistakes_in(file):
    for message in ElementTree.parse(file).getroot().iter("message"):
        source = message.findtext("source")
        for mistake in mistakes_of(source, message.find("translation")):
            yield f"{file.name}: “{source}” {mistake}"


def main():
    files = sorted(Path(sys.argv[1], "resources/translations").glob("*.ts"))
    mistakes = [mistake for file in files for mistake in mistakes_in(file)]
    print("\n".join(mistakes) if files else "there are no translations")
    return 1 if mistakes or not files else 0


if __name__ == "__main__":
    sys.exit(main())
