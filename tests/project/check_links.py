#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents link to is there: files, headings, pictures.

    check_links.py ROOT        exit code 1, and one line each, if anything is missing
"""

import re
import sys
from pathlib import Path


def anchor_of(heading):
    """The name that GitHub and GitLab give to a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return words.replace(" ", "-")


def text_of(page):
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def anchors_of(page):
    return {anchor_of(heading) for heading in re.findall(r"^#+ (.*)", text_of(page), re.M)}


def errors_of(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        if not other.exists():
            yield f"links to {target}, which is not there"
        elif anchor and anchor not in anchors_of(other):
            yield f"links to {target}, but {other.name} has no such heading"


def main():
    root = Path(sys.argv[1])
    pages = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    errors = [f"{page.relative_to(root)}: {error}" for page in pages for error in errors_of(page)]
    print("\n".join(errors) if errors else f"the links of {len(pages)} documents lead somewhere")
    return 1 if errors or len(pages) < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
