"""Does a prospect fit the profile? Industry, location and title, compared by their words.

A profile is a sentence (`Director or VP of Sales`), the cells of a list and the values of a row are
labels (`Vice President, Sales`). Both become canonical words: abbreviations written out one way,
little words dropped.
"""

from __future__ import annotations

import enum
import functools
import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from abtest.matching.places import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIKENESS = 87
_LITTLE = frozenset({
    "a", "all", "an", "and", "any", "as", "at", "by", "e", "for", "from", "g", "i", "in", "of",
    "on", "or", "other", "our", "t", "the", "their", "to", "with",
})  # fmt: skip
#: Many spellings → one.
_SPELLINGS = {
    "vice president": "vp",
    "senior vice president": "vp",
    "executive vice president": "vp",
    "svp": "vp",
    "evp": "vp",
    "avp": "vp",
    "dir": "director",
    "mgr": "manager",
    "chief revenue officer": "cro revenue",
    "chief executive officer": "ceo",
    "chief financial officer": "cfo finance",
    "chief technology officer": "cto technology",
    "chief operating officer": "coo operations",
    "chief marketing officer": "cmo marketing",
    "co founder": "founder",
    "cofounder": "founder",
    "proprietor": "owner",
    "saas": "software",
    "logistic": "logistics",
    "e commerce": "ecommerce",
}
#: Words that say how high someone stands; the others say what they do.
_RANKS = frozenset({
    "analyst", "assistant", "associate", "ceo", "cfo", "chief", "cmo", "coo", "coordinator", "cro",
    "cto", "director", "executive", "founder", "head", "intern", "lead", "manager", "owner",
    "partner", "president", "principal", "representative", "specialist", "supervisor", "vp",
})  # fmt: skip
_DECORATION = frozenset({
    "acting", "deputy", "global", "interim", "jr", "junior", "regional", "senior", "sr",
})  # fmt: skip
_RANGE = re.compile(r"(\d[\d,]*)\s*(?:to|-|–|and)\s*(\d[\d,]*)")
_SPELLING = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _SPELLINGS), key=len, reverse=True)) + r")\b"
)


class Fit(enum.StrEnum):
    """Whether a cell fits the profile."""

    FITS = "fits"
    MISFIT = "does not fit"
    UNKNOWN = "cannot be told"


@functools.lru_cache(maxsize=65536)
def canonical(text: str) -> tuple[str, ...]:
    """The words that count, sorted, each once.

    >>> canonical("Senior Vice President, Sales"), canonical("VP of sales")
    (('sales', 'vp'), ('sales', 'vp'))
    """
    plain = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    words = _SPELLING.sub(lambda match: _SPELLINGS[match[0]], plain).split()
    return tuple(sorted(set(words) - _LITTLE - _DECORATION))


def is_open(wanted: str) -> bool:
    """Whether a profile's text lets anyone in.

    >>> is_open(" Any "), is_open("Any director")
    (True, False)
    """
    return wanted.strip().casefold() == "any"


@functools.lru_cache(maxsize=65536)
def fit(key: str, wanted: str, cell: str) -> Fit:
    """Whether a cell of a list, or a value of a row, fits what the profile says under `key`.

    >>> fit("title", "Director or VP of Sales", "Vice President, Inside Sales")
    <Fit.FITS: 'fits'>
    >>> fit("title", "Director or VP of Sales", "Sales Manager")
    <Fit.MISFIT: 'does not fit'>
    >>> fit("location", "United States", "Denver, CO")
    <Fit.FITS: 'fits'>
    >>> fit("company_size", "50 to 500 people", "51-200")
    <Fit.FITS: 'fits'>
    """
    if is_open(wanted):
        return Fit.FITS
    if not cell.strip():
        return Fit.UNKNOWN
    if key == "location":
        fits = _place_fits(wanted, cell)
    elif key == "title":
        fits = _title_fits(canonical(wanted), canonical(cell))
    elif limits := _RANGE.search(wanted):
        fits = _within(limits, cell)
    else:
        fits = _shared(canonical(wanted), canonical(cell))
    return Fit.FITS if fits else Fit.MISFIT


def _within(limits: re.Match[str], cell: str) -> bool:
    """Whether a number, or a range such as `51-200`, lies in a range of the profile."""
    low, high = (int(number.replace(",", "")) for number in limits.groups())
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", cell)]
    return bool(numbers) and low <= min(numbers) and max(numbers) <= high


def _place_fits(wanted: str, cell: str) -> bool:
    """One of the wanted places lies around the prospect's: all of its parts are there."""
    there = places_of(cell)
    return any(
        all(_near(part, there) for part in re.split(r"\s*,\s*", one.casefold()) if part)
        for one in re.split(r"\s+(?:or|and)\s+|\s*[;/]\s*", wanted)
    )


def _near(part: str, there: Iterable[str]) -> bool:
    names = places_of(part)
    return any(fuzz.ratio(name, place) >= _LIKENESS for name in names[:1] for place in there)


def _title_fits(wanted: tuple[str, ...], cell: tuple[str, ...]) -> bool:
    """A rank that is wanted, where the profile names ranks; and a field of work that is wanted."""
    ranks, fields = _ranks(wanted)
    their_ranks, their_fields = _ranks(cell)
    if ranks and not ranks & their_ranks:
        return False
    return not fields or _shared(tuple(fields), tuple(their_fields))


def _ranks(words: tuple[str, ...]) -> tuple[set[str], set[str]]:
    singular = {word.removesuffix("s") if word[:-1] in _RANKS else word for word in words}
    return singular & _RANKS, singular - _RANKS


def _shared(wanted: tuple[str, ...], cell: tuple[str, ...]) -> bool:
    """Whether any word is in both, up to a slip of the pen or a plural."""
    return any(fuzz.ratio(one, other) >= _LIKENESS for one in wanted for other in cell)
