"""Does a row fit the profile it should have been sent to?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from abtest.matching import Fit, fit, is_open
from abtest.model import Cohort, Profile


def asked(profile: Profile) -> dict[str, str]:
    """Dimension → what the profile wants of it, without those that let anyone in."""
    return {name: wanted for name, wanted in profile.wanted.items() if not is_open(wanted)}


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
                found[dimension] = (
                    found.get(dimension, False) or fit(dimension, wanted, value) is Fit.FITS
                )
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
    fitting: list[Cohort] = []
    misfit: list[Cohort] = []
    unknown: list[Cohort] = []
    misfits: dict[tuple[str, str], int] = {}
    for cohort in cohorts:
        known = {d: v for d, v in cohort.dimensions.items() if d in wanted}
        wrong = [(d, value) for d, value in known.items() if fit(d, wanted[d], value) is Fit.MISFIT]
        (misfit if wrong else fitting if known else unknown).append(cohort)
        for item in wrong:
            misfits[item] = misfits.get(item, 0) + cohort.reached
    return Sorted(tuple(fitting), tuple(misfit), tuple(unknown), misfits)
