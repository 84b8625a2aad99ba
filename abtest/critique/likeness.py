"""Likeness of messages: the words they share, and how far one is a copy of the other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from abtest.critique.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abtest.critique.words import Token

#: Words that every message has.
COMMON = frozenset(
    {
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "it's",
        "and",
        "or",
        "but",
        "so",
    }
    | {"if", "as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "up", "with", "about"}
    | {"is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "have", "has", "had"}
    | {
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "not",
        "no",
        "yes",
        "just",
        "also",
    }
    | {
        "you",
        "your",
        "yours",
        "you're",
        "you've",
        "i",
        "i'm",
        "i've",
        "i'll",
        "me",
        "my",
        "we",
        "us",
    }
    | {"our", "we've", "they", "them", "their", "he", "she", "his", "her", "who", "what", "when"}
    | {"how", "why", "which", "there", "here", "hi", "hello", "again", "please", "thanks", "thank"}
    | {
        "call",
        "calling",
        "email",
        "e-mail",
        "subject",
        "reply",
        "voicemail",
        "number",
        "sent",
        "note",
    }
    | {"re", "fwd", "after", "before", "more", "one", "any", "some", "all", "out", "than", "then"}
)


def meaning(tokens: Iterable[Token]) -> frozenset[str]:
    """The words among tokens that carry meaning, without their endings."""
    words = (token.lower for token in tokens if token.kind in ("word", "number"))
    return frozenset(_stem(word) for word in words if word not in COMMON)


@lru_cache(maxsize=1024)
def content_words(text: str) -> frozenset[str]:
    """The words of a short text that carry meaning, without their endings.

    >>> sorted(content_words("Your reps' meetings in Aurora, and the rep who meets"))
    ['aurora', 'meet', 'rep']
    """
    return meaning(tokens(text))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    word = word.strip("'").removesuffix("'s")
    for ending in ("ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of common words among those of the shorter text (overlap coefficient)."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def copied(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How much of `a` stands in `b` already, in the same order: 0 to 1; 0 without words.

    The longest common subsequence, a word of `b` at a time for all of `a` at once (Hyyrö 2004,
    "Bit-parallel LCS-length computation revisited").

    >>> copied(("we", "move", "your", "shift"), ("they", "move", "a", "night", "shift"))
    0.5
    """
    places: dict[str, int] = {}
    for place, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << place
    everywhere = (1 << len(a)) - 1
    missing = everywhere
    for word in b:
        found = missing & places.get(word, 0)
        missing = (missing + found) | (missing - found)
    return (~missing & everywhere).bit_count() / len(a) if a else 0.0
