"""Word lists: what the rules look for, as YAML that people who do not program can edit.

A list is a file in `phrases/`, one phrase a line. A phrase is plain words, in any case, across line
breaks; hyphens and spaces are alike. `*` ends any word (`leverag*`), `...` stands for up to three
words, `(this|that)` for either, `(word)` for a word that may be missing. A team adds its own under
`critique: {phrases: {buzzwords: [...]}}` in plan.yml.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@functools.cache
def _loaded(name: str) -> Any:
    source = files("abtest.critique").joinpath(name).read_text(encoding="utf-8")
    # All scalars stay text: a list may hold "no" and "on".
    return yaml.load(source, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  base loaders build nothing but text


def data(name: str) -> Any:
    """A data file of the critique, such as `evidence.yml`; every scalar is text."""
    return _loaded(name)


def phrases(name: str) -> tuple[str, ...]:
    """The phrases of a built-in list that is not a mapping."""
    return tuple(_loaded(f"phrases/{name}.yml"))


@functools.lru_cache(maxsize=256)
def pattern(name: str, extra: tuple[str, ...] = ()) -> re.Pattern[str]:
    """One pattern that finds every phrase of a list, and a team's `extra` ones.

    >>> pattern("buzzwords", ("circus",)).findall("A best in class circus, leveraged.")
    ['best in class', 'circus', 'leveraged']
    """
    return compiled((*phrases(name), *extra))


def compiled(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern that finds any of these phrases as whole words."""
    longest_first = sorted(words, key=len, reverse=True)
    alternatives = "|".join("".join(_parts(phrase)) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


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
