"""What `abtest import` says: the mapping, what it will change, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.formats.escaping import plain
from abtest.formats.table import shorten, table
from abtest.outcomes.mapping import ASSIGNED, AUTOMATIC, CLICKS, DIALS, OPENS, PROSPECTS, WHO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from abtest.outcomes.importing.changes import Changes
    from abtest.outcomes.importing.guess import Draft
    from abtest.outcomes.importing.importer import Import
    from abtest.outcomes.importing.sources import Source

_ROWS = 12
_VALUES = 12
_CELL = 40

_LAYOUTS = {
    True: "each row is a prospect, or something that happened to one",
    False: "a summary",
}
_PASSED_OVER = {
    "": "left out",
    AUTOMATIC: "left out: a machine answered",
    OPENS: "left out: opening is no answer",
    CLICKS: "left out: clicking is no answer",
    DIALS: "left out: no message was left",
}


def mapping_told(import_: Import) -> Iterator[str]:
    """What each source means, with examples; never who a prospect is."""
    for source, draft in zip(import_.sources, import_.drafts, strict=True):
        layout = _LAYOUTS[draft.mapping.layout == PROSPECTS]
        yield f"{source.name}: {source.facts.rows:,} rows, {layout}."
        yield from _indented(source.notes)
        yield from _columns_told(source, draft)
        yield from _values_told(draft)
        yield from _indented(draft.notes)
        yield ""


def changes_told(changes: Changes) -> Iterator[str]:
    """What would be written."""
    if not changes.rows:
        yield f"Nothing to change: {changes.same:,} rows are as they are here."
        return
    raised = len(changes.rows) - len(changes.new)
    yield (
        f"{len(changes.new):,} new rows, {raised:,} changed, {changes.same:,} as they are. "
        "Together:"
    )
    for variant, sums in changes.sums.items():
        growth = ", ".join(f"{key} {number:+,}" for key, number in sums.items() if number)
        yield f"  {variant}: {growth or 'responses by touch'}"
    for change in changes.rows[:_ROWS]:
        row = change.row
        what = "new" if change.before is None else "was " + _counts(change.before.counts)
        yield f"  {row.variant}, {plain(row.rep)}, {row.date}: {_counts(row.counts)} ({what})"
    if len(changes.rows) > _ROWS:
        yield f"  and {len(changes.rows) - _ROWS:,} more rows"


def skipped_told(sources: Iterable[Source]) -> Iterator[str]:
    """The lines that do not count, with their reasons."""
    for source in sources:
        for sentence in source.skipped.sentences():
            yield f"{source.name}: {plain(sentence)}."


def _columns_told(source: Source, draft: Draft) -> Iterator[str]:
    mapping = draft.mapping
    rows = []
    for header, role in mapping.columns.items():
        column = source.facts.columns.get(header)
        hidden = role == mapping.who or role in WHO
        example = "(not shown)" if hidden else ", ".join(column.samples if column else ())
        rows.append((plain(header), role, shorten(plain(example), _CELL)))
    constants = (("variant", mapping.variant), ("rep", mapping.rep), ("date", mapping.date))
    rows += [
        ("(every row)", role, "as assigned" if value == ASSIGNED else str(value))
        for role, value in constants
        if value is not None
    ]
    yield from (f"  {line}" for line in table(("column", "read as", "such as"), rows, right="lll"))
    for header, why in draft.left_out.items():
        yield f"  {plain(header)}: left out; {why}"


def _values_told(draft: Draft) -> Iterator[str]:
    for role, values in draft.mapping.values.items():
        for value, meaning in list(values.items())[:_VALUES]:
            told = _PASSED_OVER.get(meaning, meaning) if role == "event" else meaning or "left out"
            if value != told:
                yield f"  {role} {plain(value)!r}: {told}"
        if len(values) > _VALUES:
            yield f"  and {len(values) - _VALUES:,} more values of {role}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{key} {number:,}" for key, number in counts.items())


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {plain(line)}" for line in lines)
