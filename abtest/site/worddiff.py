"""What differs between two texts, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

#: A word or a mark with the blanks after it; only the word is compared, so a new line break is
#: no change of words.
_PIECES = re.compile(r"(\w+(?:['’-]\w+)*|[^\w\s])(\s*)")

#: Beyond this many pairs of words the comparison would take seconds.
_LIMIT = 4_000_000

#: Below this share of common words two texts are different texts, and marks would only be noise.
_ALIKE = 0.5

#: A shared run of at most this many words between two changes reads as part of one change.
_ISLAND = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that both texts share, or that only one of them has."""

    text: str
    changed: bool


def word_diff(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, with what the other lacks marked.

    Texts that are too long to compare, or too different, come back whole and unmarked.

    >>> _, new = word_diff("Call me back.", "Write me back.")
    >>> [piece.text for piece in new if piece.changed]
    ['Write']
    """
    a, b = _PIECES.findall(old), _PIECES.findall(new)
    if len(a) * len(b) > _LIMIT:
        return (Piece(old, False),), (Piece(new, False),)
    matcher = difflib.SequenceMatcher(
        None, [word for word, _ in a], [word for word, _ in b], autojunk=False
    )
    if matcher.ratio() < _ALIKE:
        return (Piece(old, False),), (Piece(new, False),)
    left, right = _Side(), _Side()
    codes = matcher.get_opcodes()
    for i, (tag, a0, a1, b0, b1) in enumerate(codes):
        island = 0 < i < len(codes) - 1 and a1 - a0 <= _ISLAND
        changed = tag != "equal" or island
        left.add(a[a0:a1], changed)
        right.add(b[b0:b1], changed)
    return left.pieces(), right.pieces()


class _Side:
    """One text while its pieces are gathered."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, bool]] = []

    def add(self, pieces: list[tuple[str, str]], changed: bool) -> None:
        """Take the next words, joined to a run of the same kind before them."""
        text = "".join(word + blank for word, blank in pieces)
        if not text:
            return
        if self._runs and self._runs[-1][1] == changed:
            text = self._runs.pop()[0] + text
        elif self._runs and self._runs[-1][1]:
            # The blank after a change is not part of it.
            before = self._runs.pop()[0]
            kept = before.rstrip()
            self._runs.append((kept, True))
            text = before[len(kept) :] + text
        self._runs.append((text, changed))

    def pieces(self) -> tuple[Piece, ...]:
        """What was gathered."""
        return tuple(Piece(text, changed) for text, changed in self._runs)
