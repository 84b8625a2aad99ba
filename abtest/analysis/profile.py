"""Does a row fit the profile it should have been sent to?

A value fits when its words stand in the profile, or the words of one of the profile's
alternatives stand in it: `VP Sales` fits `Director or VP of Sales`; `saas` fits `Software (saas,
data)` and not `Software`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from abtest.model import Cohort, Profile

#: Words that say nothing about who is meant.
_EMPTY = frozenset(
    ["a", "an", "and", "any", "at", "for", "in", "of", "on", "or", "other", "the", "to", "with"]
)
_ALTERNATIVES = re.compile(r"[,;/()|]|\bor\b|\band\b")
_WORD = re.compile(r"[^\W_]+")


def fits(value: str, wanted: str) -> bool:
    """Whether a row's value fits a profile's text.

    >>> fits("VP Sales", "Director or VP of Sales"), fits("CFO", "Director or VP of Sales")
    (True, False)
    >>> fits("Denver, Colorado", "Colorado"), fits("Texas", "any")
    (True, True)
    """
    words = _words(value)
    if is_open(wanted) or words <= _words(wanted):
        return True
    alternatives = filter(None, map(_words, _ALTERNATIVES.split(wanted.casefold())))
    return any(alternative <= words for alternative in alternatives)


def is_open(wanted: str) -> bool:
    """Whether a profile's text lets anyone in."""
    return wanted.strip().casefold() == "any"


def _words(text: str) -> frozenset[str]:
    """The words that say something, plurals as singulars."""
    found = (word for word in _WORD.findall(text.casefold()) if word not in _EMPTY)
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found)


def asked(profile: Profile) -> dict[str, str]:
    """Dimension → what the profile wants of it, without those that let anyone in."""
    basics = {"industry": profile.industry, "location": profile.location, "title": profile.title}
    return {
        name: wanted for name, wanted in {**basics, **profile.extra}.items() if not is_open(wanted)
    }


def unnamed(cohorts: Iterable[Cohort], profile: Profile) -> tuple[str, ...]:
    """Dimensions of which rows record values, none of which stands in the profile.

    Their profile describes people without naming the rows' values, so that nobody can be told to
    fit or not to.
    """
    found: dict[str, bool] = {}
    for cohort in cohorts:
        for dimension, wanted in asked(profile).items():
            value = cohort.dimensions.get(dimension)
            if value is not None:
                found[dimension] = found.get(dimension, False) or fits(value, wanted)
    return tuple(dimension for dimension, named in sorted(found.items()) if not named)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Cohorts by whether they fit.

    Attributes:
        fit: Every recorded value fits, and one at least is recorded.
        misfit: One at least does not.
        unknown: Nothing that the profile can be held against is recorded.
        misfits: Dimension and value → prospects reached.
    """

    fit: tuple[Cohort, ...]
    misfit: tuple[Cohort, ...]
    unknown: tuple[Cohort, ...]
    misfits: Mapping[tuple[str, str], int]


def sort(cohorts: Iterable[Cohort], wanted: Mapping[str, str]) -> Sorted:
    """Sort cohorts by whether their recorded values fit.

    Args:
        cohorts: Rows of results.
        wanted: Dimension → what the profile wants of it.
    """
    fit: list[Cohort] = []
    misfit: list[Cohort] = []
    unknown: list[Cohort] = []
    misfits: dict[tuple[str, str], int] = {}
    for cohort in cohorts:
        known = {d: v for d, v in cohort.dimensions.items() if d in wanted}
        wrong = [(d, value) for d, value in known.items() if not fits(value, wanted[d])]
        (misfit if wrong else fit if known else unknown).append(cohort)
        for item in wrong:
            misfits[item] = misfits.get(item, 0) + cohort.reached
    return Sorted(tuple(fit), tuple(misfit), tuple(unknown), misfits)
