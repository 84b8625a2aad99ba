"""Who calls: the name and the company that a voicemail opens with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from abtest.critique.patterns import Pattern
from abtest.critique.words import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abtest.critique.text import Text

#: A person's name, or the merge field that stands for it.
NAME = (
    rf"(?:{FIELD}|(?<!\w)[A-Z][\w'’-]{{1,40}}(?:\s+(?:[A-Z]\.\s+)?(?:de|van|von|da|del|bin|al)?\s*"
    r"[A-Z][\w'’-]{1,40}){0,2})"
)

#: A company's name, or its merge field.
COMPANY = (
    rf"(?:{FIELD}|(?:[A-Z]|\d[\w-]{{0,9}}[A-Za-z])[\w&'’.-]{{0,40}}"
    r"(?:\s+(?:[A-Z][\w&'’-]{0,40}|&)){0,4})"
)

_PREPOSITION = r"(?:over\s+)?(?:at|with|from|of|for|on\s+behalf\s+of|representing)"

_NO_NAME = (
    r"(?!(?:You|Your|We|Our|The|This|That|They|It|I|I['’]m|Two|Three|And|But|So|In|At|On|If|My)\b)"
)

#: A name with its company: "Sam Ortiz here, calling from Brightline", "this is Sam, Brightline".
_WITH_COMPANY = Pattern(
    rf"(?<!\w){_NO_NAME}{NAME}(?:[,\s]+(?:[a-z'’-]+|I(?:['’]m)?)){{0,7}}?,?\s+{_PREPOSITION}\s+"
    rf"(?:the\s+)?{_NO_NAME}{COMPANY}"
    rf"|\b(?:[Tt]his\s+is|[Ii]t['’]s)\s+{NAME},\s+{_NO_NAME}{COMPANY}",
    flags=re.NOFLAG,
)
_LISTED = Pattern(
    rf"(?<!\w){_NO_NAME}{NAME},\s+{_NO_NAME}{COMPANY},\s+(?:\(?\d|\{{|my\b|on\b|here\b)",
    flags=re.NOFLAG,
)

#: A name that is said to be the speaker's: "this is Sam".
INTRODUCTION = Pattern(
    r"\b(?:[Tt]his\s+is|[Tt]his['’]s|[Ii]t['’]s|[Ii]t\s+is|[Mm]y\s+name\s+is|[Mm]y\s+name['’]s"
    rf"|[Nn]ame['’]s|I['’]m|I\s+am)\s+{NAME}|(?!I\b){NAME}\s+(?:here|calling|speaking)\b",
    flags=re.NOFLAG,
)
_HELLO = Pattern(
    rf"\s*(?:[Hh]i|[Hh]ello|[Hh]ey|[Gg]ood\s+\w+)[,\s]+{NAME}|\s*{NAME},", flags=re.NOFLAG
)


def company_named(opening: str) -> re.Match[str] | None:
    """Where a voicemail's opening says a name with its company, beside the prospect's own name."""
    hello = _HELLO.match(opening)
    return _WITH_COMPANY.search(opening, hello.end() if hello else 0) or _LISTED.search(opening)


def has_any(text: str, names: Iterable[str]) -> bool:
    """Does a text hold one of these names as a word, in any case?"""
    return any(
        name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        for name in names
    )


def called(text: Text) -> frozenset[str]:
    """Names that a voicemail opens with: the prospect's and the caller's, with the company."""
    tokens = text.tokens[:20]
    if text.channel != "voicemail" or not tokens:
        return frozenset()
    opening = text.prose[: tokens[-1].end]
    patterns = (_HELLO.match, company_named, INTRODUCTION.search)
    said = " ".join(found[0] for found in (look(opening) for look in patterns) if found)
    return frozenset(word.strip(".,;:").lower().removesuffix("'s") for word in said.split())
