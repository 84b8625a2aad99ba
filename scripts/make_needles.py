"""Work out the needles of the critique's patterns: python scripts/make_needles.py.

Run it after a pattern has changed; until then it is tried on every text, which takes longer and
finds the same. A test holds `abtest/critique/needles.json` to what this makes.

An expression is read from left to right. While the texts that it can match are few they are kept
whole; where they are too many or unknown, what was kept so far is a set of which every match holds
one, and the next set begins. Of all sets the one that says most is taken: its shortest literal is
the longest.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from abtest import critique
from abtest.critique.patterns import Pattern, fold, key

PLACE = Path(critique.__file__).with_name("needles.json")

#: More texts than so many are not kept whole; more needles than so many are no quicker to look for
#: than the expression itself; longer than so long, a needle hardly gets rarer.
_FEW, _MANY, _LONG = 40, 60, 6

#: The only reader of expressions there is, and private to Python: nothing but this script uses it.
_parser: Any = importlib.import_module("re._parser")
op: Any = importlib.import_module("re._constants")

Strings = frozenset[str]
_NOTHING: Strings = frozenset({""})


class Told(NamedTuple):
    """What is known of an expression, or a part of one.

    Attributes:
        whole: All texts that it matches, folded; None where they are unknown or many.
        needles: Sets of literals; every match holds one of each set.
    """

    whole: Strings | None
    needles: tuple[Strings, ...] = ()


def needles(expression: str, flags: re.RegexFlag) -> list[str]:
    """Literals of which every match holds one, the best there are; none if nothing is known.

    >>> needles(r"\\bcome\\s+(?:and\\s+)?see\\s+(?:the|our|us)\\b", re.IGNORECASE)
    ['come']
    >>> needles(r"(?:call|chat)(?:ed|s)?\\b", re.IGNORECASE), needles(r"\\w+", re.IGNORECASE)
    (['call', 'chat'], [])
    """
    told = _sequence(_parser.parse(expression, flags), _NOTHING)
    sets = [_least(found) for found in told.needles]
    best: Strings = max(sets, key=_worth, default=frozenset())
    return sorted(best)


def _least(found: Strings) -> Strings:
    """Without those that hold another."""
    return frozenset(s for s in found if not any(other in s for other in found if other != s))


def _worth(found: Strings) -> tuple[int, int]:
    return min(min(map(len, found)), _LONG), -len(found)


def _sequence(parts: Iterable[tuple[Any, Any]], before: Strings) -> Told:
    """What is known of parts one after the other, which follow on one of the texts before."""
    whole: Strings = before
    sets: list[Strings] = []
    broken = False
    for code, value in parts:
        told = _part(code, value, whole)
        sets += told.needles
        if told.whole is None:
            sets.append(whole)
            broken, whole = True, _NOTHING
        elif len(told.whole) > _FEW:
            sets.append(told.whole)
            broken, whole = True, _NOTHING
        else:
            whole = told.whole
    useful = (found for found in (*sets, whole) if "" not in found and len(found) <= _MANY)
    return Told(None if broken else whole, tuple(useful))


def _part(code: Any, value: Any, before: Strings) -> Told:
    """What is known of one part with the texts before it."""
    if code in (op.AT, op.ASSERT_NOT):
        return Told(before)
    if code is op.ASSERT:
        return Told(before, _sequence(value[1], _NOTHING).needles)
    if code is op.SUBPATTERN:
        return _sequence(value[3], before)
    if code is op.ATOMIC_GROUP:
        return _sequence(value, before)
    if code is op.BRANCH:
        return _either([_sequence(way, before) for way in value[1]])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, parts = value
        return _repeated(least, most, parts, before)
    characters = _characters(code, value)
    return Told(characters and frozenset(map("".join, product(before, characters))))


def _either(ways: list[Told]) -> Told:
    """What is known where one of several ways matches: one set of the best of each."""
    wholes = [told.whole for told in ways]
    whole = None if None in wholes else frozenset[str]().union(*filter(None, wholes))
    if not all(told.needles for told in ways):
        return Told(whole)
    return Told(whole, (_least(frozenset().union(*(max(t.needles, key=_worth) for t in ways))),))


def _repeated(least: int, most: int, parts: Any, before: Strings) -> Told:
    if least == 0:
        if most == 1:
            whole = _sequence(parts, before).whole
            return Told(whole and whole | before)
        return Told(None)
    told = _sequence(parts, before)
    return told if most == 1 else Told(None, told.needles)


def _characters(code: Any, value: Any) -> Strings | None:
    """The characters that a part matches, if they are few; blanks may be written as line breaks."""
    if code is op.LITERAL:
        found = {chr(value)}
    elif code is op.IN and all(kind is op.LITERAL for kind, _ in value):
        found = {chr(letter) for _, letter in value}
    else:
        return None
    return None if any(map(str.isspace, found)) else frozenset(map(fold, found))


def _patterns() -> Iterator[Pattern]:
    """All patterns of the critique."""
    for module in pkgutil.walk_packages(critique.__path__, "abtest.critique."):
        yield from (
            value
            for value in vars(importlib.import_module(module.name)).values()
            if isinstance(value, Pattern)
        )


def ends(expression: str) -> Iterator[int]:
    """Where each alternative of an expression ends.

    >>> list(ends(r"a|(?:b|c)[|]d"))
    [1, 13]
    """
    depth, inside = 0, False
    for found in re.finditer(r"\\.|\[\^?\]?|[]()|]", expression, re.DOTALL):
        sign = found[0]
        if inside or sign[0] == "[":
            inside = sign != "]"
        elif sign == "|" and not depth:
            yield found.start()
        else:
            depth += (sign == "(") - (sign == ")")
    yield len(expression)


def _ways(pattern: Pattern) -> Iterator[tuple[int, list[str]]]:
    """Where each alternative ends, and its needles."""
    start = 0
    for end in ends(pattern.expression):
        yield end, needles(pattern.expression[start:end], pattern.flags)
        start = end + 1


def made() -> str:
    """The file of needles."""
    found = {key(each.expression, each.flags): list(_ways(each)) for each in _patterns()}
    lines = (f'  "{name}": {json.dumps(ways)}' for name, ways in sorted(found.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    if sys.argv[1:]:
        raise SystemExit(__doc__)
    PLACE.write_text(made(), encoding="utf-8")
    print(PLACE)
