"""The split: which variant each prospect gets, by chance, with the planned weights.

Prospects stand in strata (rep, week, profile). Inside a stratum chance decides the order, and each
variant gets its share of the places rounded down; the places that remain go to variants drawn with
probabilities that add up to them (systematic sampling; Madow 1949). So every count is less than
one away from plan in every stratum, and each prospect meets each variant with the planned
probability. What rounding took from a variant in one stratum of a rep it is owed in the next.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(slots=True)
class Balance:
    """What the variants have had so far and what they were due, within one rep.

    Attributes:
        owed: Variant → prospects that plan gives it beyond those it got.
    """

    owed: dict[str, Fraction] = field(default_factory=dict)


def deal(
    prospects: Sequence[str],
    shares: Mapping[str, Fraction],
    before: Mapping[str, int],
    balance: Balance,
    chance: random.Random,
) -> dict[str, str]:
    """Give each prospect of one stratum a variant.

    Args:
        prospects: Pseudonyms, in any order.
        shares: Variant → planned share; they add up to 1.
        before: Variant → prospects of this stratum that have it already.
        balance: Of the rep; updated.
        chance: Seeded by the experiment, the salt and the stratum.

    Returns:
        Prospect → variant.
    """
    counts = _counts(len(prospects), shares, before, balance, chance)
    hands = [variant for variant, count in counts.items() for _ in range(count)]
    chance.shuffle(hands)
    return dict(zip(sorted(prospects), hands, strict=True))


def _counts(
    new: int,
    shares: Mapping[str, Fraction],
    before: Mapping[str, int],
    balance: Balance,
    chance: random.Random,
) -> dict[str, int]:
    """How many of the new prospects each variant gets."""
    total = new + sum(before.values())
    due = {v: max(share * total - before.get(v, 0), Fraction(0)) for v, share in shares.items()}
    scale = Fraction(new) / sum(due.values()) if new else Fraction(0)
    due = {variant: part * scale for variant, part in due.items()}
    counts = {variant: math.floor(part) for variant, part in due.items()}
    places = new - sum(counts.values())
    rest = {variant: part - counts[variant] for variant, part in due.items()}
    wish = {v: part + balance.owed.get(v, Fraction(0)) for v, part in rest.items() if part}
    for variant in _drawn(_probabilities(wish, places), places, chance):
        counts[variant] += 1
    for variant, part in due.items():
        balance.owed[variant] = balance.owed.get(variant, Fraction(0)) + part - counts[variant]
    return counts


def _probabilities(wish: Mapping[str, Fraction], places: int) -> dict[str, Fraction]:
    """Probabilities in [0, 1] that add up to `places`, as near to the wishes as they can be."""
    found: dict[str, Fraction] = {}
    open_ = {variant: max(part, Fraction(0)) for variant, part in wish.items()}
    while open_:
        left = places - sum(found.values())
        total = sum(open_.values())
        if total == 0:
            return found | dict.fromkeys(open_, Fraction(left, len(open_)))
        scaled = {variant: part * left / total for variant, part in open_.items()}
        full = [variant for variant, part in scaled.items() if part > 1]
        if not full:
            return found | scaled
        for variant in full:
            found[variant] = Fraction(1)
            del open_[variant]
    return found


def _drawn(probabilities: Mapping[str, Fraction], places: int, chance: random.Random) -> list[str]:
    """Draw exactly `places` variants, each with its probability: one random start, equal steps."""
    variants = sorted(probabilities)
    chance.shuffle(variants)
    start = Fraction(chance.getrandbits(64), 1 << 64)
    drawn: list[str] = []
    reached = Fraction(0)
    for variant in variants:
        reached += probabilities[variant]
        if reached > start + len(drawn):
            drawn.append(variant)
    assert len(drawn) == places
    return drawn
