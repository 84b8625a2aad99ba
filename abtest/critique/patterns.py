"""Patterns: regular expressions that cost next to nothing where their words do not stand.

A message holds few of the words that the rules look for, and compiling an expression takes longer
than reading a message with it. So an expression is compiled when it is first tried, and tried only
on texts that hold one of its needles: literals without which it cannot match. Needles are worked
out by `scripts/make_needles.py`, as in RE2's prefilters (Cox 2012, "Regular Expression Matching
with a Trigram Index"), and kept by what the expression says: one that was changed since has none,
and is tried on every text.
"""

from __future__ import annotations

import json
import pkgutil
import re
from functools import cache, cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ways:
    """Alternatives of an expression that may match in a text, or in any part of it."""

    def __init__(self, ways: list[_Way]) -> None:
        self._ways = ways

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match at or after `start`; of two that begin together, the earlier way's."""
        first = None
        for way in self._ways:
            found = way.compiled.search(text, start)
            if found and (first is None or found.start() < first.start()):
                first = found
        return first

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match right at `start`."""
        for way in self._ways:
            if found := way.compiled.match(text, start):
                return found
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches that do not overlap, in order; of several alternatives none may be empty."""
        if len(self._ways) == 1:
            yield from self._ways[0].compiled.finditer(text)
            return
        start = 0
        while found := self.search(text, start):
            yield found
            start = found.end()


class Pattern:
    """A regular expression, to be used like a compiled one.

    Args:
        expression: Without references to groups by number.
        flags: As for `re.compile`.

    >>> stop = Pattern(r"no\\s+more\\b|unsubscribe")
    >>> stop.search("Want no more? Unsubscribe.")[0]
    'no more'
    """

    def __init__(self, expression: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self.expression = expression
        self.flags = flags
        self._text = ""
        self._open = Ways([])

    def on(self, text: str) -> Ways:
        """What may match in a text: for one whose parts are looked at one by one."""
        if text is not self._text:
            folded = fold(text)
            self._open = Ways([way for way in self._ways if way.may_match(folded)])
            self._text = text
        return self._open

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match at or after `start`."""
        return self.on(text).search(text, start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match right at `start`."""
        return self.on(text).match(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches that do not overlap, in order."""
        return self.on(text).finditer(text)

    def sub(self, replacement: str, text: str) -> str:
        """The text with every match replaced."""
        parts, start = [], 0
        for found in self.finditer(text):
            parts += [text[start : found.start()], replacement]
            start = found.end()
        return "".join((*parts, text[start:]))

    @cached_property
    def _ways(self) -> tuple[_Way, ...]:
        """The alternatives of the expression, as far as they are known."""
        kept = _kept().get(key(self.expression, self.flags), [(len(self.expression), ())])
        starts = (0, *(end + 1 for end, _ in kept))
        return tuple(
            _Way(self.expression[start:end], self.flags, tuple(needles))
            for start, (end, needles) in zip(starts, kept, strict=False)
        )


class _Way:
    """An alternative, its needles, and what finds it."""

    def __init__(self, expression: str, flags: re.RegexFlag, needles: tuple[str, ...]) -> None:
        self.expression = expression
        self.flags = flags
        self.needles = needles

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, compiled when it is first tried."""
        return re.compile(self.expression, self.flags)

    def may_match(self, folded: str) -> bool:
        """Does a folded text hold one of its needles, or has it none?"""
        for needle in self.needles:
            if needle in folded:
                return True
        return not self.needles


def fold(text: str) -> str:
    """A text in which letters are equal that are equal to an expression without case."""
    return text.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def key(expression: str, flags: re.RegexFlag) -> str:
    """What the needles of an expression are kept under."""
    return blake2b(f"{flags:d} {expression}".encode(), digest_size=6).hexdigest()


@cache
def _kept() -> dict[str, list[tuple[int, list[str]]]]:
    """Expression → of each of its alternatives, where it ends, and its needles."""
    source = pkgutil.get_data("abtest.critique", "needles.json")
    assert source is not None, "the package's loader gives its data"
    kept: dict[str, list[tuple[int, list[str]]]] = json.loads(source)
    return kept
