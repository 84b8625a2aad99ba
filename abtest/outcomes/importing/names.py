"""Names in an export: which variant a sequence is, and which rep a user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from abtest.outcomes.assignment.prospects import rep_name
from abtest.outcomes.headers import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abtest.model import Experiment

_LIKENESS = 90


def match_variant(value: str, experiment: Experiment) -> str | None:
    """The variant that a name means: by its id or title, alone or among other words."""
    words = f" {words_of(value)} "
    known = {name: (words_of(name), words_of(v.title)) for name, v in experiment.variants.items()}
    exact = [name for name, spellings in known.items() if words.strip() in spellings]
    inside = [name for name, own in known.items() if any(f" {w} " in words for w in own if w)]
    alike = [
        n for n, own in known.items() if max(fuzz.ratio(words.strip(), w) for w in own) > _LIKENESS
    ]
    return next((found[0] for found in (exact, inside, alike) if len(found) == 1), None)


def match_rep(value: str, known: Iterable[str]) -> str:
    """A rep as results name them: one of those known whose name it begins with, or as it is.

    >>> match_rep("Kim Ito", ["kim", "lee"]), match_rep("max@b.example", ["kim"])
    ('kim', 'max')
    """
    name = rep_name(value)
    listed = list(known)
    if name in listed:
        return name
    first = name.casefold().split()[:1]
    alike = [rep for rep in listed if rep.casefold() in (name.casefold(), *first)]
    return alike[0] if len(alike) == 1 else name
