"""One row of results, added or raised by the smallest edit of its file's text."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from abtest.errors import UsageError
from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.results import Vocabulary

_PLAIN = re.compile(r"[A-Za-z0-9][\w+./&-]*(?: [\w+./&-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Change:
    """What to write into the row of a rep, a date and its dimensions.

    Attributes:
        counts: Count key → its new value.
        raised: Count key → what is added to the value that is there.
        correct: Counts may go down.
    """

    rep: str
    date: dt.date
    counts: Mapping[str, int]
    raised: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    dimensions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    correct: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` where characters `start` to `end` stand."""

    start: int
    end: int
    text: str


def edits(
    text: str, front_end: int, root: Entries, change: Change, words: Vocabulary
) -> list[Edit]:
    """The edits of `text` that make the change; none where the row says so already.

    Args:
        text: The file, without a byte order mark.
        front_end: The index of the closing fence.
        root: Its front matter.
        change: The change.
        words: The keys of rows, in the order in which they are written.

    Raises:
        UsageError: There is no row to raise, a count would go down unasked, or the rep is known
            by another spelling.
    """
    _check_spelling(root, change.rep)
    group = _group(root, change.rep)
    row = None if group is None else _row(group, change, words)
    if row is not None:
        return list(_raised(text, row, change, words))
    if change.raised:
        named = next(iter(change.raised))
        raise UsageError(
            f"{change.rep} has no row for {change.date} to raise. Late answers belong to the row "
            f"of their send date; a new row takes plain numbers: --sent 40 --{named} "
            f"{change.raised[named]}"
        )
    if "sent" not in change.counts:
        raise UsageError(f"{change.rep} has no row for {change.date} yet; a new one needs --sent.")
    return [_added(text, front_end, root, change, words)]


def written(change: Change, words: Vocabulary) -> str:
    """A row as one line of flow YAML, keys in their order."""
    values: dict[str, object] = {"date": change.date, **change.counts}
    values |= {name: scalar(value) for name, value in change.dimensions.items()}
    return "{" + ", ".join(f"{key}: {values[key]}" for key in words.ordered if key in values) + "}"


def scalar(value: str) -> str:
    """Text as YAML, quoted only where it must be.

    >>> scalar("saas"), scalar("VP: Sales")
    ('saas', '"VP: Sales"')
    """
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _check_spelling(root: Entries, rep: str) -> None:
    """Refuse `Kim` where `kim` has rows: two spellings would be two reps."""
    results = root.pairs.get("results")
    known = results[1].pairs if results and isinstance(results[1], Entries) else {}
    for name in known:
        if rep not in known and name.casefold() == rep.casefold():
            raise UsageError(f"{rep} is written {name} in this file: --rep {name}")


def _group(root: Entries, rep: str) -> Node | None:
    results = root.pairs.get("results")
    if results is None or not isinstance(results[1], Entries):
        return None
    pair = results[1].pairs.get(rep)
    return None if pair is None else pair[1]


def _row(group: Node, change: Change, words: Vocabulary) -> Entries | None:
    """The row of the change's date and dimensions; without dimensions, the only one of its date.

    Raises:
        UsageError: Several rows are of that date, and none of the dimensions.
    """
    rows = group.nodes if isinstance(group, Items) else []
    dated = [r for r in rows if isinstance(r, Entries) and _date(r) == change.date.isoformat()]
    for row in dated:
        if _dimensions(row, words) == change.dimensions:
            return row
    if change.dimensions or not dated:
        return None
    if len(dated) > 1:
        raise UsageError(
            f"{change.rep} has {len(dated)} rows for {change.date}; say which by its dimensions, "
            "such as --batch 1."
        )
    return dated[0]


def _dimensions(row: Entries, words: Vocabulary) -> dict[str, str]:
    return {
        key: value.text
        for key, (_, value) in row.pairs.items()
        if key in words.dimensions and isinstance(value, Scalar)
    }


def _raised(text: str, row: Entries, change: Change, words: Vocabulary) -> Iterator[Edit]:
    """Each count that changes in its place; keys that are new behind the last count."""
    fresh = {}
    for key, value in _wanted(row, change).items():
        if key not in row.pairs:
            fresh[key] = value
            continue
        node = row.pairs[key][1]
        if isinstance(node, Scalar) and int(node.text) != value:
            _refuse_lower(key, int(node.text), value, change)
            yield Edit(node.start, node.end, str(value))
    ordered = [key for key in words.ordered if key in fresh]
    if ordered:
        yield _behind_counts(text, row, [f"{key}: {fresh[key]}" for key in ordered], words)


def _wanted(row: Entries, change: Change) -> dict[str, int]:
    wanted = dict(change.counts)
    for key, more in change.raised.items():
        node = row.pairs[key][1] if key in row.pairs else None
        wanted[key] = more + (int(node.text) if isinstance(node, Scalar) else 0)
    return wanted


def _refuse_lower(key: str, old: int, new: int, change: Change) -> None:
    if new < old and not change.correct:
        raise UsageError(
            f"{key} is {old} on {change.date} and would go down to {new}. More of the same day is "
            f"added with a plus: --{key.replace('_', '-')} +{new}. To correct a mistake add "
            "--correct, and a line 'Correction: why' to the commit's message."
        )


def _behind_counts(text: str, row: Entries, parts: list[str], words: Vocabulary) -> Edit:
    """New keys behind the last count of a row, in braces or on lines of their own."""
    known = [v for k, (_, v) in row.pairs.items() if k in words.counts or k == "date"]
    last = max(known, key=lambda node: node.end)
    if row.flow:
        return Edit(last.end, last.end, "".join(f", {part}" for part in parts))
    line_end = _line_end(text, last.end)
    indent = " " * (row.column - 1)
    lines = "".join(f"{indent}{part}{_newline(text)}" for part in parts)
    return Edit(line_end, line_end, lines)


def _added(text: str, front_end: int, root: Entries, change: Change, words: Vocabulary) -> Edit:
    newline = _newline(text)
    line = f"- {written(change, words)}{newline}"
    group = _group(root, change.rep)
    if isinstance(group, Items) and group.flow:
        comma = ", " if group.nodes else ""
        return Edit(group.end - 1, group.end - 1, f"{comma}{written(change, words)}")
    if isinstance(group, Items):
        return _among(text, group, change, line)
    if group is not None:
        at = _line_end(text, group.end)
        return Edit(at, at, f"    {line}")
    rep = f"  {scalar(change.rep)}:{newline}    {line}"
    results = root.pairs.get("results")
    if results is None:
        return Edit(front_end, front_end, f"results:{newline}{rep}")
    return _new_group(text, results[1], rep)


def _new_group(text: str, results: Node, rep: str) -> Edit:
    """A rep's group at the end of the results."""
    if isinstance(results, Entries) and results.pairs and not results.flow:
        at = _line_end(text, _last_end(results))
        return Edit(at, at, rep)
    if isinstance(results, Entries) and results.pairs:
        raise UsageError(
            "results stands in braces here. Run 'abtest tidy' once, then record again."
        )
    empty = isinstance(results, Entries)
    start = len(text[: results.start].rstrip()) if empty else results.end
    at = _line_end(text, results.end)
    return Edit(start, at, f"{text[results.end : at].rstrip()}{_newline(text)}{rep}")


def _among(text: str, group: Items, change: Change, line: str) -> Edit:
    """Behind the last row that is not younger, so that rows stay in order of their dates."""
    rows = [row for row in group.nodes if isinstance(row, Entries)]
    older = [row for row in rows if _date(row) <= change.date.isoformat()]
    indent = _indent(text, rows[0])
    at = _line_end(text, _last_end(older[-1])) if older else _line_start(text, rows[0].start)
    return Edit(at, at, indent + line)


def _date(row: Entries) -> str:
    node = row.pairs["date"][1] if "date" in row.pairs else None
    return node.text if isinstance(node, Scalar) else ""


def _last_end(node: Node) -> int:
    """The index behind the last character that is written of a node."""
    if isinstance(node, Scalar) or node.flow:
        return node.end
    inner = node.nodes if isinstance(node, Items) else [v for _, v in node.pairs.values()]
    return max(map(_last_end, inner))


def _indent(text: str, row: Entries) -> str:
    line = text[_line_start(text, row.start) : row.start]
    return line[: line.index("-")]


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """The index behind the line break that ends the line of `at`."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
