"""Assign: a prospect list and an experiment become a split, remembered and told per rep."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from abtest.errors import UsageError
from abtest.outcomes.assignment.ledger import Entry, elsewhere, read_ledger, write_ledger
from abtest.outcomes.assignment.split import Balance, deal
from abtest.outcomes.identity import Pseudonyms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from abtest.model import Experiment
    from abtest.outcomes.assignment.profile import Judge
    from abtest.outcomes.assignment.prospects import Prospect, ProspectList
    from abtest.outcomes.private import Private


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who gets what.

    Attributes:
        prospects: The list.
        variants: Line of the list → local id of the variant.
        new: Lines whose prospects had no variant before.
        elsewhere: Other experiment → prospects of the list that are in it too.
        shares: Variant → planned share.
        ledger: Every assignment of the experiment on this machine.
    """

    prospects: ProspectList
    variants: Mapping[int, str]
    new: frozenset[int]
    elsewhere: Mapping[str, int]
    shares: Mapping[str, Fraction]
    ledger: Mapping[str, Entry]

    def by_rep(self) -> dict[str, tuple[Prospect, ...]]:
        """Rep → prospects, in the order of the list."""
        groups: dict[str, list[Prospect]] = defaultdict(list)
        for prospect in self.prospects.prospects:
            groups[prospect.rep].append(prospect)
        return {rep: tuple(groups[rep]) for rep in sorted(groups)}

    def counts(self, rep: str) -> Counter[str]:
        """Variant → prospects of a rep."""
        return Counter(
            self.variants[prospect.line]
            for prospect in self.prospects.prospects
            if prospect.rep == rep
        )


def planned_shares(experiment: Experiment) -> dict[str, Fraction]:
    """Variant → planned share, equal unless the experiment says otherwise.

    Raises:
        UsageError: There is nothing to choose between.
    """
    weights = {name: experiment.allocation.get(name, 1) for name in experiment.variants}
    if len(weights) < 2:
        raise UsageError(f"{experiment.id} has {len(weights)} variant; a split needs two or more.")
    exact = {name: Fraction(weight).limit_denominator(10**6) for name, weight in weights.items()}
    total = sum(exact.values())
    return {name: weight / total for name, weight in exact.items()}


def assign(
    experiment: Experiment,
    prospects: ProspectList,
    judge: Judge,
    private: Private,
    *,
    seed: str,
    day: dt.date,
) -> Assignment:
    """Give every prospect of a list a variant, and remember it in the ledger.

    The same list, seed, salt and ledger give the same split. A prospect who was assigned before
    keeps the variant.

    Args:
        experiment: Says which variants there are, and their planned weights.
        prospects: The list.
        judge: Groups the prospects by profile.
        private: Where the salt and the ledger are.
        seed: Kept in git; with the salt, which is not, it settles every draw.
        day: The day that counts as today; its week is part of the stratum.

    Raises:
        UsageError: There is nothing to choose between, or a variant is gone.
        SurroundingsError: The ledger or the salt cannot be read or written.
    """
    shares = planned_shares(experiment)
    names = Pseudonyms(private.salt())
    path = private.ledger(experiment.id)
    known = read_ledger(path)
    _refuse_gone(experiment, known)
    listed = {names.of(prospect.identity): prospect for prospect in prospects.prospects}
    strata: dict[tuple[str, ...], list[str]] = defaultdict(list)
    year, week, _ = day.isocalendar()
    for pseudonym, prospect in listed.items():
        if pseudonym not in known:
            key = (prospect.rep, f"{year}-W{week:02}", *judge.stratum(prospect))
            strata[key].append(pseudonym)
    dealt = dict(known)
    for entry in _deal_all(strata, shares, known, names, seed=seed, day=day):
        dealt[entry.prospect] = entry
    if strata:
        write_ledger(private, path, dealt)
    return Assignment(
        prospects,
        {prospect.line: dealt[pseudonym].variant for pseudonym, prospect in listed.items()},
        frozenset(
            prospect.line for pseudonym, prospect in listed.items() if pseudonym not in known
        ),
        elsewhere(private, experiment.id, listed),
        shares,
        dealt,
    )


def _deal_all(
    strata: Mapping[tuple[str, ...], Sequence[str]],
    shares: Mapping[str, Fraction],
    known: Mapping[str, Entry],
    names: Pseudonyms,
    *,
    seed: str,
    day: dt.date,
) -> list[Entry]:
    """Deal stratum by stratum, in an order that chance decides."""
    marked = {key: names.digest("stratum", seed, *key) for key in strata}
    before: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in known.values():
        before[entry.stratum][entry.variant] += 1
    balances = _balances(known, shares)
    entries = []
    for key in sorted(strata, key=marked.__getitem__):
        mark = marked[key].hex()[:16]
        chance = random.Random(int.from_bytes(marked[key]))  # noqa: S311  seeded by a keyed hash
        hands = deal(strata[key], shares, before[mark], balances[key[0]], chance)
        entries += [Entry(who, variant, key[0], mark, day) for who, variant in hands.items()]
    return entries


def _balances(
    known: Mapping[str, Entry], shares: Mapping[str, Fraction]
) -> defaultdict[str, Balance]:
    """What each rep's earlier assignments owe each variant: less than one prospect of each."""
    had: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in known.values():
        had[entry.rep][entry.variant] += 1
    balances: defaultdict[str, Balance] = defaultdict(Balance)
    for rep, counts in had.items():
        for variant, share in shares.items():
            owed = share * counts.total() - counts[variant]
            balances[rep].owed[variant] = max(min(owed, Fraction(1)), Fraction(-1))
    return balances


def _refuse_gone(experiment: Experiment, known: Mapping[str, Entry]) -> None:
    gone = sorted({entry.variant for entry in known.values()} - experiment.variants.keys())
    if gone:
        raise UsageError(
            f"Prospects were assigned to {', '.join(gone)}, which {experiment.id} no longer has. "
            "Give the variant its name back, or start a new experiment."
        )
