"""Tidy: files in their one form, with nothing said differently and no comment lost.

It brings back what a web editor saved: rows over several lines, quoted dates, keys in another
order. The body of a file, its line ends and its byte order mark stay as they are.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.messages import disk
from abtest.messages.canonical import lines, ordered
from abtest.messages.comments import Kept, find
from abtest.messages.fields import EXPERIMENT, REVIEW, VARIANT
from abtest.messages.frontmatter import parse, split
from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.sheet import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.messages.records import Record
    from abtest.messages.results import Vocabulary

_BOM = "\ufeff"


def files(root: Path) -> Iterator[Path]:
    """The files of a content folder that have one form: experiments, variants, reviews."""
    for pattern in ("*/*.md", "*/reviews/*.md"):
        yield from (path for path in root.glob(pattern) if not path.name.startswith("."))


def tidy(path: Path, words: Vocabulary, *, write: bool) -> bool:
    """Bring a file, which reads without errors, to its one form.

    Args:
        path: The file.
        words: The keys that rows may have.
        write: Change the file; else only tell whether it would change.

    Returns:
        Whether the file was not in its one form.

    Raises:
        AbtestError: The file cannot be read or written.
    """
    with disk.taking_turns(path.parent):
        old = disk.read(path)
        new = tidied(old.decode(), record_of(path), words).encode()
        if write and new != old:
            disk.replace(path, old, new)
    return new != old


def record_of(path: Path) -> Record:
    """The keys that a file may have, by where it stands."""
    if path.parent.name == "reviews":
        return REVIEW
    return EXPERIMENT if path.name == "experiment.md" else VARIANT


def tidied(text: str, record: Record, words: Vocabulary) -> str:
    """The text of a file in its one form; what does not read stays as it is.

    Args:
        text: The file.
        record: The keys that it may have.
        words: The keys that rows may have.
    """
    bom = _BOM if text.startswith(_BOM) else ""
    front, root = _read(text.removeprefix(_BOM))
    if root is None:
        return text
    newline = "\r\n" if front.partition("\n")[0].endswith("\r") else "\n"
    _, end, body = text[len(bom) + len(front) :].partition("\n")
    written = newline.join(["---", *_written(front, root, record, words), "---"])
    new = written + (newline if end else "") + body
    again = _read(new)[1]
    assert again is not None, "what was written reads"
    assert _said(again) == _said(root), "nothing is said differently"
    return bom + new


def _read(text: str) -> tuple[str, Entries | None]:
    """The front matter, and what it says; None where it does not read without errors."""
    sheet = Run(dt.date.max).sheet("")
    parts = split(text, sheet)
    root = None if parts is None else parse(parts.front, sheet)
    return (parts.front if parts else ""), None if sheet.errors else root


def _written(front: str, root: Entries, record: Record, words: Vocabulary) -> Iterator[str]:
    to_write = list(lines(root, record, words))
    kept = Kept(list(find(front, root)), to_write)
    for number, line in enumerate(to_write):
        indent = " " * line.indent
        first, *more = line.text.split("\n")
        for each in kept.above[line.start]:
            if number or each:  # no blank line at the top
                yield f"{indent}{each}".rstrip()
        yield f"{indent}{first}{kept.behind.get(line.start, '')}"
        yield from (f"{indent}{each}" for each in more)
    yield from kept.above[-1]


def _said(root: Entries) -> Any:
    """Everything that a front matter says, whatever its form and the order of its rows."""
    said = _values(root)
    groups = said.pop("results", None) or {}
    rows = {rep: sorted(repr(sorted(row.items())) for row in groups[rep] or ()) for rep in groups}
    return said, rows


def _values(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.blank else node.text
    if isinstance(node, Items):
        return [_values(item) for item in node.nodes]
    return {name: _values(node.pairs[name][1]) for name in ordered(node, [])}
