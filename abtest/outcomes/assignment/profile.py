"""How well a prospect list fits an experiment's profile."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from abtest.matching import Fit, canonical, fit, is_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from abtest.model import Profile
    from abtest.outcomes.assignment.prospects import Prospect, ProspectList


@dataclass(frozen=True, slots=True)
class KeyFit:
    """One key of the profile against the list.

    Attributes:
        key: `industry`, `location`, `title`, or one of the team's own.
        wanted: What the profile says.
        counts: Fit → prospects.
        values: The cells, the most frequent first: cell, prospects, fit.
        missing: The list has no such column.
    """

    key: str
    wanted: str
    counts: Mapping[Fit, int]
    values: tuple[tuple[str, int, Fit], ...]
    missing: bool


@dataclass(frozen=True, slots=True)
class ListFit:
    """A list against a profile.

    Attributes:
        keys: One for each key of the profile.
        misfits: Line → what does not fit there, in words.
        total: Prospects on the list.
        fitting: Those who fit in every key that the list has.
    """

    keys: tuple[KeyFit, ...]
    misfits: Mapping[int, str]
    total: int
    fitting: int


class Judge:
    """A profile, and the values that a team counts as fitting besides.

    Attributes:
        wanted: Profile key → what it says.
    """

    def __init__(self, profile: Profile, also: Iterable[tuple[str, str]] = ()) -> None:
        self.wanted = profile.wanted
        self.also = {(key, canonical(value)) for key, value in also}

    def fit(self, key: str, prospect: Prospect) -> Fit:
        """Whether a prospect fits one key."""
        cell = prospect.facts.get(key, "")
        if (key, canonical(cell)) in self.also:
            return Fit.FITS
        return fit(key, self.wanted[key], cell)

    def stratum(self, prospect: Prospect) -> tuple[str, ...]:
        """What a prospect's profile is grouped by: the words that count, in one spelling."""
        return tuple(" ".join(canonical(prospect.facts.get(key, ""))) for key in self.wanted)

    def judge(self, prospects: ProspectList) -> ListFit:
        """Hold every prospect against the profile."""
        fits = {
            prospect.line: {key: self.fit(key, prospect) for key in self.wanted}
            for prospect in prospects.prospects
        }
        misfits = {
            prospect.line: "; ".join(
                f"{key} {prospect.facts[key]!r} is not {self.wanted[key]!r}"
                for key, state in fits[prospect.line].items()
                if state is Fit.MISFIT
            )
            for prospect in prospects.prospects
            if Fit.MISFIT in fits[prospect.line].values()
        }
        keys = tuple(self._key(key, prospects, fits) for key in self.wanted)
        told = [key.key for key in keys if not key.missing]
        fitting = sum(all(states[key] is Fit.FITS for key in told) for states in fits.values())
        return ListFit(keys, misfits, len(fits), fitting)

    def _key(
        self, key: str, prospects: ProspectList, fits: Mapping[int, Mapping[str, Fit]]
    ) -> KeyFit:
        cells = Counter(
            (prospect.facts.get(key, ""), fits[prospect.line][key])
            for prospect in prospects.prospects
        )
        counts: Counter[Fit] = Counter()
        for (_, state), times in cells.items():
            counts[state] += times
        values = tuple((cell, times, state) for (cell, state), times in cells.most_common())
        missing = not is_open(self.wanted[key]) and not prospects.has(key)
        return KeyFit(key, self.wanted[key], dict(counts), values, missing)
