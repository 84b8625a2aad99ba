"""Places: where the words that a must-fix is about stand today.

A line number goes stale with the first row of results above it; words are found again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.model import Observation, Variant

#: Words in quotation marks inside of what a reviewer wrote.
_QUOTED = re.compile(r"“([^“”]{2,300})”|\"([^\"]{2,300})\"")
_APOSTROPHES = re.compile(r"['’‘]")


class Place(NamedTuple):
    """Words of a message, as they are written there, and their line in its file."""

    line: int
    words: str


def locate(observation: Observation, variant: Variant) -> Place | None:
    """Where the words stand that a must-fix quotes; None where it quotes none that are there.

    What it quotes stands under `quote`, or in quotation marks in its text. Of several places the
    nearest to its `line` counts, or the first.
    """
    for quote in _quotes(observation):
        found = list(_in_variant(quote, variant))
        if found:
            near = observation.line or 0
            return min(found, key=lambda place: abs(place.line - near) if near else place.line)
    return None


def is_gone(observation: Observation, variant: Variant) -> bool:
    """Is it about words that the message no longer has? What its text quotes may be advice."""
    return bool(observation.quote) and locate(observation, variant) is None


def _quotes(observation: Observation) -> Iterator[str]:
    if observation.quote:
        yield observation.quote
        return
    for found in _QUOTED.finditer(observation.text):
        yield found[1] or found[2]


def _in_variant(quote: str, variant: Variant) -> Iterator[Place]:
    """Every place of some words, whatever their case, their blanks and line breaks."""
    words = r"\s+".join(map(re.escape, quote.split()))
    alike = _APOSTROPHES.sub("['’‘]", words)
    pattern = re.compile(rf"(?<!\w){alike}(?!\w)", re.IGNORECASE)
    for touch in variant.touches:
        for found in pattern.finditer(touch.subject or ""):
            yield Place(touch.subject_line, found[0])
        for found in pattern.finditer(touch.text):
            line = touch.line + touch.text.count("\n", 0, found.start())
            yield Place(line, " ".join(found[0].split()))
