"""Names of variants that are not there: what somebody may have meant, and what there is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from abtest.errors import UsageError
from abtest.formats.escaping import plain
from abtest.messages.sheet import listed

#: So many variants of an experiment are named.
_MOST = 12


def no_variant(name: str, known: Iterable[str], root: str) -> UsageError:
    """The error for a variant that is not there.

    Args:
        name: What somebody typed.
        known: The ids of all variants, as `<experiment>/<variant>`.
        root: The content folder.
    """
    return UsageError(f"There is no variant {plain(name)!r} in {root}. {meant(name, known)}")


def meant(name: str, known: Iterable[str]) -> str:
    """What to write instead: the nearest name, or all that the experiment has.

    >>> known = ["dock-hours/ask-who", "dock-hours/control", "tours/video"]
    >>> meant("dock-hours/ask-woh", known), meant("video", known)
    ("Did you mean 'dock-hours/ask-who'?", "Did you mean 'tours/video'?")
    >>> print(meant("dock-hours/zebra", known))
    dock-hours has ask-who and control. One more: abtest new variant dock-hours/zebra
    >>> print(meant("dock-hour/zebra", known))
    Did you mean dock-hours? It has ask-who and control.
    >>> meant("zebra", known)
    'Name its experiment, too: EXPERIMENT/VARIANT'
    """
    experiments: dict[str, list[str]] = {}
    for id_ in sorted(known):
        experiment, _, local = id_.partition("/")
        experiments.setdefault(experiment, []).append(local)
    experiment, slash, local = name.partition("/")
    if not slash:
        return _without_experiment(name, experiments)
    if experiment in experiments:
        return _in(experiment, local, experiments[experiment])
    near = _nearest(experiment, experiments)
    if not near:
        return f"Start it: abtest new variant {plain(name)}"
    if alike := _nearest(local, experiments[near]):
        return f"Did you mean {f'{near}/{alike}'!r}?"
    return f"Did you mean {near}? It has {_all(experiments[near])}."


def _in(experiment: str, local: str, variants: Sequence[str]) -> str:
    """The nearest variant of an experiment, or all of them."""
    if near := _nearest(local, variants):
        return f"Did you mean {f'{experiment}/{near}'!r}?"
    there = f"{experiment} has {_all(variants)}."
    return f"{there} One more: abtest new variant {experiment}/{plain(local)}" if local else there


def _without_experiment(name: str, experiments: dict[str, list[str]]) -> str:
    """For a name without a slash: it may be a variant's own, or an experiment's."""
    if name in experiments:
        return _in(name, "", experiments[name])
    homes = [experiment for experiment, variants in experiments.items() if name in variants]
    if homes:
        return f"Did you mean {listed(repr(f'{home}/{name}') for home in homes)}?"
    return "Name its experiment, too: EXPERIMENT/VARIANT"


def _all(variants: Sequence[str]) -> str:
    more = len(variants) - _MOST
    return listed([*variants[:_MOST], *([f"{more} more"] if more > 0 else [])], "and")


def _nearest(word: str, words: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, words, n=1)), None)
