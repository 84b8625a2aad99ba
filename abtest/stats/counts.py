"""Counts as people hand them in, checked once and turned into cohorts in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from operator import index
from typing import Any, SupportsIndex, TypeAlias

#: One count, or the counts of cohorts in order.
Counts: TypeAlias = SupportsIndex | Sequence[SupportsIndex]

#: Successes and prospects: of everything, or of cohorts in order.
Pair: TypeAlias = tuple[SupportsIndex, SupportsIndex]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Cohorts in order, and the look at which each is first seen.

    Attributes:
        count: Successes of each cohort.
        nobs: Prospects of each cohort.
        looks: Index of the look of each cohort: 0, 1 … without gaps, nondecreasing.
    """

    count: tuple[int, ...]
    nobs: tuple[int, ...]
    looks: tuple[int, ...]

    @property
    def n_looks(self) -> int:
        """How many looks there are."""
        return self.looks[-1] + 1 if self.looks else 0

    def cumulated(self) -> Iterator[tuple[int, int]]:
        """Successes and prospects up to and with each look."""
        totals = zip(accumulate(self.count), accumulate(self.nobs), strict=True)
        following = chain(self.looks[1:], (self.n_looks,))
        for look, later, total in zip(self.looks, following, totals, strict=False):
            if look != later:
                yield total


def cohorts(count: Counts, nobs: Counts, looks: Sequence[int] | None = None) -> Cohorts:
    """Check counts and turn them into cohorts.

    Args:
        count: Successes; a number, or one a cohort in order.
        nobs: Prospects, alike.
        looks: The look of each cohort, nondecreasing; each cohort its own by default.

    Raises:
        ValueError: A count is negative, not whole, or above its number of prospects; the
            sequences differ in length; `looks` decreases.
    """
    counts, sizes = _whole(count, "count"), _whole(nobs, "nobs")
    if len(counts) != len(sizes):
        raise ValueError(f"There are {len(counts)} counts for {len(sizes)} cohorts.")
    for successes, size in zip(counts, sizes, strict=True):
        if successes > size:
            raise ValueError(f"count {successes} is more than nobs {size}.")
    return Cohorts(counts, sizes, look_indices(looks, len(counts)))


def look_indices(looks: Sequence[int] | None, size: int) -> tuple[int, ...]:
    """Each cohort's look, numbered from 0 without gaps.

    Raises:
        ValueError: `looks` has another length than `size`, or decreases.
    """
    if looks is None:
        return tuple(range(size))
    if len(looks) != size:
        raise ValueError(f"There are {len(looks)} looks for {size} cohorts.")
    dense = [0] * min(size, 1)
    for previous, look in pairwise(looks):
        if look < previous:
            raise ValueError(f"looks must not decrease, but {previous} is followed by {look}.")
        dense.append(dense[-1] + (look != previous))
    return tuple(dense)


def proportion(value: float, name: str) -> float:
    """`value`, if it lies strictly between 0 and 1.

    Raises:
        ValueError: It does not.
    """
    if not 0 < value < 1:
        raise ValueError(f"{name} must lie between 0 and 1, not {value!r}.")
    return float(value)


def _whole(values: Counts, name: str) -> tuple[int, ...]:
    items: Any = values if hasattr(values, "__len__") else [values]
    plain = [item for item in items if type(item) is int and item >= 0]
    if len(plain) == len(items):
        return tuple(plain)
    return tuple(_whole_number(item, name) for item in items)


def _whole_number(value: SupportsIndex, name: str) -> int:
    try:
        number = index(value)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, not {value!r}.") from None
    if number < 0 or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number of at least 0, not {value!r}.")
    return number
