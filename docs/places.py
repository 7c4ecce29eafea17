#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""places.py [--check]: brings the line numbers in docs/portability.md up to date; with --check it only tells which are wrong.

A place is `path/file.cpp:LINE` `name`, and further ones in the same file are `:LINE` `name`. A name with () is the function that begins
in that line, another is the first text of that kind in the file. Each file that asks which system it is compiled for must be named.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/portability.md"
PLACE = re.compile(r"`(?P<path>[a-z][a-z/]*\.(?:cpp|h))?:(?P<line>\d+)` `(?P<name>[^`]+)`")
faults = []


def line_of(path, name):
    """The number of the line in which name begins, or None."""
    lines = path.read_text().splitlines()
    if name.endswith("()"):
        wanted = re.compile(r"(?!\s*return\b)[\w:<>&*,\s]+\b" + re.escape(name[:-2]) + r"\([^;]*$")
        found = (number for number, line in enumerate(lines, 1) if wanted.match(line))
    else:
        found = (number for number, line in enumerate(lines, 1) if name in line)
    return next(found, None)


def put_right(text):
    current = None

    def replace(match):
        nonlocal current
        current = match["path"] or current
        path = ROOT / current
        line = line_of(path, match["name"]) if path.is_file() else None
        if line is None:
            faults.append(f"{current} has no {match['name']}")
            return match[0]
        if line != int(match["line"]):
            faults.append(f"{current}: {match['name']} is in line {line}, not {match['line']}")
        return f"`{match['path'] or ''}:{line}` `{match['name']}`"

    return PLACE.sub(replace, text)


before = PAGE.read_text()
after = put_right(before)
for folder in ("lib", "app"):
    for source in sorted((ROOT / folder).rglob("*.[ch]*")):
        name = source.relative_to(ROOT).as_posix()
        if source.suffix in (".cpp", ".h") and re.search(r"^#.*\b(Q_OS_|_WIN32|__APPLE__)", source.read_text(), re.M) and name not in before:
            faults.append(f"{name} asks which system it is compiled for, and docs/portability.md does not name it")
if "--check" in sys.argv[1:]:
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    sys.exit(1 if faults else 0)
PAGE.write_text(after)
