#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""passages.py FOLDER: writes what the search of the site (search.js) looks through.

Doxygen's own search knows names and headings only. Here every page that Doxygen made is divided at its headings, and each part becomes a
passage: page, heading, address, kind and text. They go into FOLDER/passages.js, a script, because a page that was opened as a file may
read no other kind of file.
"""
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

# Lists of what has a page of its own, and sources.
LEFT_OUT = re.compile(r"(annotated|classes|files|hierarchy|pages|examples|modules|namespaces|topics)|.*(-members|_source)|dir_.*|functions.*|"
                      r"globals.*|namespacemembers.*|.*_8h")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
INLINE = {"a", "b", "code", "em", "i", "small", "span", "strong", "tt"}
SKIPPED_CLASSES = {"ttc", "toc", "summary", "permalink", "groupheader", "mlabels-right", "overload", "dynheader", "dyncontent", "lineno", "inherit",
                   "inherit_header"}


class Page(HTMLParser):
    """The passages of one page: (heading, anchor, text)."""

    def __init__(self, text):
        super().__init__()
        self.title = ""
        self.passages = []
        self._open = []  # (tag, whether its text is skipped, whether it is the contents or the title of the page)
        self._anchor = ""
        self._member = None  # the anchor of the row in a table of members that is being read
        self._heading = None  # the text of the heading that is being read
        self._start("", "")
        self.feed(text)
        self._finish()

    def _start(self, heading, anchor):
        self._parts = []
        self._current = (heading, anchor)

    def _finish(self):
        text = " ".join("".join(self._parts).split())
        is_told_below = self._member and not self._current[0]
        if (text or self._current[0]) and not is_told_below:
            self.passages.append((*self._current, text))

    def _is_skipped(self):
        return any(skipped for _, skipped, _ in self._open)

    def _is_in(self, name):
        return any(place == name for _, _, place in self._open)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = set((attributes.get("class") or "").split())
        if tag == "a" and "href" not in attributes and attributes.get("id"):
            self._anchor = attributes["id"]
        if tag in VOID:
            self._parts.append(" ")
            return
        place = "title" if tag == "title" else "contents" if "contents" in classes else None
        self._open.append((tag, bool(classes & SKIPPED_CLASSES) or tag in ("script", "style"), place))
        if not self._is_in("contents"):
            return
        if tag == "tr":
            self._start_row(classes)
        if tag == "b" and self._member and not self._current[0]:
            self._heading = ""
        elif tag in ("h1", "h2", "h3"):
            self._finish()
            self._start("", "")
            self._heading = "" if "groupheader" not in classes else None  # "Detailed Description" and the like
        elif tag not in INLINE:
            self._parts.append(" ")

    def _start_row(self, classes):
        """Members with no more than a line are described in the table of members alone; the others have a heading below it, too."""
        named = [name for name in classes if name.startswith(("memitem:", "memdesc:"))]
        row = named[0].split(":")[1] if named and "inherit" not in classes else None
        if row != self._member:
            self._finish()
            self._start("", "")
            self._member = row

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "h3", "b") and self._heading is not None:
            parts = self._parts if tag == "b" else []
            self._start(" ".join(self._heading.split()), self._member if tag == "b" else self._anchor)
            self._parts = parts + [self._heading] if tag == "b" else []
            self._heading = None
        if any(name == tag for name, _, _ in self._open): # Doxygen closes a paragraph that it did not open
            while self._open.pop()[0] != tag:
                pass
        if tag not in INLINE:
            self._parts.append(" ")

    def handle_data(self, data):
        if self._is_skipped():
            return
        if self._is_in("title"):
            self.title += data
        elif self._heading is not None:
            self._heading += data
        elif self._is_in("contents"):
            self._parts.append(data)


def kind_of(name):
    if name.endswith("-example"):
        return "Example"
    return "Reference" if re.match(r"(class|struct|namespace|union)", name) else "Guide"


def passages(folder):
    found = []
    for path in sorted(folder.glob("*.html")):
        if LEFT_OUT.fullmatch(path.stem):
            continue
        page = Page(path.read_text(encoding="utf-8"))
        kind = kind_of(path.stem)
        title = page.title.removeprefix("Sojourn: ")
        if kind == "Reference":
            title = re.sub(r"(Sojourn::)?(.+?)(< .* >)? (Class|Struct|Union|Namespace) (Template )?Reference", r"\2", title)
        text_of_page = sum(len(text) for _, _, text in page.passages)
        if text_of_page == 0:
            sys.exit(f"{path}: no text was found in this page, so the search would not find it")
        for heading, anchor, text in page.passages:
            found.append([title, heading, path.name + ("#" + anchor if anchor else ""), kind, text])
    return found


if __name__ == "__main__":
    target = Path(sys.argv[1])
    all_passages = passages(target)
    lines = ",\n".join(json.dumps(passage, ensure_ascii=False, separators=(",", ":")) for passage in all_passages)
    (target / "passages.js").write_text(f"window.sojournPassages = [\n{lines}\n];\n", encoding="utf-8")
