"""Word lists: what the rules look for, as YAML that people who do not program can edit.

A list is a file in `phrases/`, one phrase a line. A phrase is plain words, in any case, across line
breaks; hyphens and spaces are alike. `*` ends any word (`leverag*`), `...` stands for up to three
words, `(this|that)` for either, `(word)` for a word that may be missing. A team adds its own under
`critique: {phrases: {buzzwords: [...]}}` in plan.yml.
"""

from __future__ import annotations

import functools
import pkgutil
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@functools.cache
def _loaded(name: str) -> Any:
    source = pkgutil.get_data("abtest.critique", name)
    assert source is not None, "the package's loader gives its data"
    # All scalars stay text: a list may hold "no" and "on".
    return yaml.load(source, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  base loaders build nothing but text


def data(name: str) -> Any:
    """A data file of the critique, such as `evidence.yml`; every scalar is text."""
    return _loaded(name)


def phrases(name: str) -> tuple[str, ...]:
    """The phrases of a built-in list that is not a mapping."""
    return tuple(_loaded(f"phrases/{name}.yml"))


class Found(NamedTuple):
    """A phrase that was found.

    Attributes:
        start: Offset in the text.
        end: Offset after its last character.
        words: As written, on one line.
    """

    start: int
    end: int
    words: str


class Phrases:
    """Phrases to look for, as whole words, in any case and across line breaks.

    >>> brochure = Phrases(["best-in-class", "leverag*"])
    >>> [found.words for found in brochure.all("Best in class, leveraged.")]
    ['Best in class', 'leveraged']
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(sorted(map(str.lower, phrases), key=len, reverse=True))
        self._by_word: dict[str, list[int]] = {}
        self._by_part: list[tuple[str, int]] = []
        self._words = tuple(frozenset(_whole_words(phrase)) for phrase in self._phrases)
        for number, phrase in enumerate(self._phrases):
            word = _longest_word(phrase)
            if word:
                self._by_word.setdefault(word, []).append(number)
            else:
                self._by_part.append((_longest_part(phrase), number))

    def all(self, text: str) -> Iterator[Found]:
        """Every phrase in a text, in order; where two begin together, the longer one."""
        lower = _lower(text)
        places = sorted(
            (found.start(), number, found.end())
            for number in self._candidates(lower)
            for found in _compiled(self._phrases[number]).finditer(lower)
        )
        behind = 0
        for start, _, end in places:
            if start >= behind:
                yield Found(start, end, " ".join(text[start:end].split()))
                behind = end

    def first(self, text: str) -> Found | None:
        """The first phrase in a text."""
        return next(self.all(text), None)

    def opening(self, text: str) -> Found | None:
        """The phrase that a text begins with."""
        found = self.first(text)
        return found if found and found.start == 0 else None

    def _candidates(self, lower: str) -> Iterator[int]:
        """The phrases that may stand in a text: most texts hold no word of most."""
        words = _words_of(lower)
        for word in self._by_word.keys() & words:
            yield from (number for number in self._by_word[word] if self._words[number] <= words)
        yield from (number for part, number in self._by_part if part in lower)


@functools.lru_cache(maxsize=64)
def _words_of(lower: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(lower))


@functools.lru_cache(maxsize=4096)
def _compiled(phrase: str) -> re.Pattern[str]:
    """What finds a phrase, which is in lower case; once for all texts, since this takes time."""
    return re.compile(rf"(?:\b|(?<!\w)){''.join(_parts(phrase))}(?!\w)")


def _longest_word(phrase: str) -> str:
    """The longest word that stands as it is in every text with this phrase; empty for none.

    >>> _longest_word("did you (see|receive) my ... e-mail*")
    'did'
    """
    return max(_whole_words(phrase), key=len, default="")


def _whole_words(phrase: str) -> Iterator[str]:
    """The words that stand as they are in every text with this phrase."""
    words = (found["word"] or "" for found in _PART.finditer(phrase))
    yield from (word for word in words if _LETTERS.fullmatch(word))


def _longest_part(phrase: str) -> str:
    """The longest part of a word that does, where no whole word does.

    >>> _longest_part("e-mail*")
    'mail'
    """
    words = (found["word"] or "" for found in _PART.finditer(phrase))
    parts = (part for word in words for part in re.split(r"[-*']", word))
    return max(parts, key=len, default="")


def _lower(text: str) -> str:
    """The text in lower case, of the same length: a few letters have a longer lower case."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@functools.lru_cache(maxsize=256)
def wordlist(name: str, extra: tuple[str, ...] = ()) -> Phrases:
    """The phrases of a built-in list, and a team's `extra` ones."""
    return Phrases((*phrases(name), *extra))


_LETTERS = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"\((?P<choice>[^()]+)\)|(?P<gap>\.\.\.)|(?P<word>[^\s(){}]+)")


def _parts(phrase: str) -> Iterator[str]:
    """The pieces of a phrase's pattern; the space between two words belongs to the second."""
    between = ""
    for found in _PART.finditer(phrase):
        if found["gap"]:
            yield rf"(?:{between}\S+){{0,3}}?"
        elif found["choice"]:
            either = "|".join(map(_word, found["choice"].split("|")))
            optional = "" if "|" in found["choice"] else "?"
            yield rf"(?:{between}(?:{either})){optional}"
        else:
            yield between + _word(found["word"])
        between = r"[-\s]+"


def _word(word: str) -> str:
    word = re.escape(word.strip()).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return word.replace(r"\-", r"[-\s\u2011]?").replace("'", "['’]?")


@functools.cache
def words(name: str) -> frozenset[str]:
    """The lines of a list as a set, in lower case."""
    return frozenset(phrase.lower() for phrase in phrases(name))
