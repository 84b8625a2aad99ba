"""Changes of counts and keys as sentences have them, shared by the formats of `abtest diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest import wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from abtest.diff import CountChange, KeyChange, LostRow, Standing, VariantChange

_STATES = {str(state): words for state, words in wording.STATE_WORDS.items()}


def counts_said(changes: Sequence[CountChange]) -> str:
    """Counts with what was added to each.

    >>> from abtest.diff import CountChange
    >>> counts_said([CountChange("sent", 201, 241), CountChange("responses", 23, 22)])
    'sent +40 (201 → 241), responses −1 (23 → 22)'
    """
    return ", ".join(
        f"{c.count} {signed(c.after - c.before)} ({c.before:,} → {c.after:,})" for c in changes
    )


def key_said(change: KeyChange) -> tuple[str, str]:
    """The value of a key before and now, where it is not written said so.

    >>> from abtest.diff import KeyChange
    >>> key_said(KeyChange("target", None, "12%"))
    ('not set', '12%')
    """
    return change.before or "not set", change.after or "not set"


def signed(number: int) -> str:
    """A whole number with its sign.

    >>> signed(40), signed(-1)
    ('+40', '−1')
    """
    return f"{'−' if number < 0 else '+'}{abs(number):,}"


def rate_said(standing: Standing | None) -> str:
    """A rate with its fraction; empty for a variant that is not there."""
    if standing is None:
        return ""
    rate = wording.percent(standing.count / standing.reached if standing.reached else None)
    return f"{rate} ({wording.fraction(standing.count, standing.reached)})"


def state_said(standing: Standing | None) -> str:
    """Where a variant stands against its target; empty without one."""
    return _STATES.get(standing.state or "", "") if standing else ""


def standing_said(change: VariantChange) -> str:
    """The rate of a variant and its state, before and now."""
    before, now = rate_said(change.before), rate_said(change.after)
    rates = f"{before} → {now}" if before and before != now else now
    was, state = state_said(change.before), state_said(change.after)
    moved = f"{was} → {state}" if was and was != state else state
    return f"{rates}; {moved}" if moved else rates


def lost_said(variant: str, row: LostRow) -> str:
    """A row that is gone, or has lower counts."""
    if row.after is None:
        return f"{variant}: the row {row.name} is gone ({_counts(row.before)})"
    lower = [
        f"{key} {number:,} → {row.after.get(key, 0):,}"
        for key, number in row.before.items()
        if row.after.get(key, 0) < number
    ]
    return f"{variant}: the row {row.name} went down ({', '.join(lower)})"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {key}" for key, number in counts.items())
