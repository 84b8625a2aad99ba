"""What must become of a row's counts: they only grow, and a merge holds its base and both sides.

Counts are compared key by key; a key that is not there counts as 0.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from abtest.messages.history.snapshot import Counts, RowKey


class Kind(enum.Enum):
    """What happened to a row."""

    VANISHED = "vanished"
    LOWERED = "lowered"
    #: A merge has less than its base and both sides.
    MERGED_LESS = "merged to less"
    #: A merge has more than its base and both sides.
    MERGED_MORE = "merged to more"
    #: A merge kept one of two changes that may have been the same one.
    MERGED_ALIKE = "merged as one"


class Break(NamedTuple):
    """One row that did not become what it had to become.

    Attributes:
        expected: The counts that it had, or had to have; None for no row at all.
        got: The counts that it has; None for a row that is not there.
    """

    kind: Kind
    key: RowKey
    expected: Counts | None
    got: Counts | None


def losses(before: Mapping[RowKey, Counts], after: Mapping[RowKey, Counts]) -> Iterator[Break]:
    """The rows that vanished from one version to the next, or went down."""
    for key, counts in before.items():
        now = after.get(key)
        if now is None:
            yield Break(Kind.VANISHED, key, counts, None)
        elif _any_lower(now, counts):
            yield Break(Kind.LOWERED, key, counts, now)


def merged_rows(
    base: Mapping[RowKey, Counts], sides: Sequence[Mapping[RowKey, Counts]]
) -> dict[RowKey, Counts]:
    """What a merge has to hold: the base, and what each side made of it."""
    keys = dict.fromkeys(key for rows in (base, *sides) for key in rows)
    expected = {key: _expected(base.get(key), [rows.get(key) for rows in sides])[0] for key in keys}
    return {key: counts for key, counts in expected.items() if counts is not None}


def merge_breaks(
    base: Mapping[RowKey, Counts],
    sides: Sequence[Mapping[RowKey, Counts]],
    merged: Mapping[RowKey, Counts],
) -> Iterator[Break]:
    """The rows of a merge that are not their base and what each side made of it."""
    for key in dict.fromkeys(key for rows in (base, *sides, merged) for key in rows):
        was, got = base.get(key), merged.get(key)
        of_sides = [rows.get(key) for rows in sides]
        if any(got is not each for each in (was, *of_sides)):
            found = _merge_break(key, was, of_sides, got)
            if found is not None:
                yield found


def _merge_break(
    key: RowKey, base: Counts | None, sides: Sequence[Counts | None], got: Counts | None
) -> Break | None:
    expected, written = _expected(base, sides)
    if got == expected:
        return None
    if got is None or _any_lower(got, _least(expected or {}, written)):
        return Break(Kind.MERGED_LESS, key, expected, got)
    if expected is None or len(written) <= 1 or _any_lower(expected, got):
        return Break(Kind.MERGED_MORE, key, expected, got)
    if base is None and got in written:
        return None  # the same cohort, recorded on two branches: the fuller row is the right one
    return Break(Kind.MERGED_ALIKE, key, expected, got)


def _expected(
    base: Counts | None, sides: Sequence[Counts | None]
) -> tuple[Counts | None, list[Counts]]:
    """What a merge has to hold of a row, and what those sides wrote that changed it."""
    changed = [side for side in sides if side != base]
    written = [side for side in changed if side is not None]
    if len(changed) <= 1 or not written:
        return (changed[0] if changed else base), written
    return _sum(base or {}, written), written


def _sum(base: Counts, sides: Sequence[Counts]) -> Counts:
    """The base and what each side added to it."""
    keys = dict.fromkeys(key for counts in (base, *sides) for key in counts)
    totals = {
        key: base.get(key, 0) + sum(side.get(key, 0) - base.get(key, 0) for side in sides)
        for key in keys
    }
    return {key: number for key, number in totals.items() if number}


def _least(expected: Counts, sides: Sequence[Counts]) -> Counts:
    """What a merge has at the very least: the larger of two changes that may be the same one."""
    return {
        key: min(number, max((side.get(key, 0) for side in sides), default=number))
        for key, number in expected.items()
    }


def _any_lower(now: Counts, before: Counts) -> bool:
    return any(now.get(key, 0) < number for key, number in before.items())
