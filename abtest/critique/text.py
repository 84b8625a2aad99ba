"""Text: a message read once, for every rule to look at.

Tokens, sentences and counts are found on first use and kept, so that no rule reads twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from abtest.critique import anatomy
from abtest.critique.anatomy import GREETING, QUOTED, SIGNATURE, Line
from abtest.critique.likeness import meaning
from abtest.critique.ways_out import is_way_out
from abtest.critique.words import YOU, Token, about_sender, phones, spoken_words, tokens

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|no|vs|etc|approx|inc|ltd|co|corp|dept|est|ext|fig|jr|sr"
    r"|e\.g|i\.e|a\.m|p\.m|u\.s|u\.k|[A-Za-z])$",
    re.IGNORECASE,
)
_MID_SENTENCE = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|e\.g|i\.e|vs|p\.s|[B-HJ-Z])$", re.IGNORECASE
)

#: Words in quotation marks, at least two, within a paragraph.
_QUOTATION = re.compile(
    r"“[^“”]{0,300}?\s[^“”]{0,300}?”|(?<!\w)\"\S[^\"]{0,300}?\s[^\"]{0,300}?\"(?!\w)"
)

#: No message is longer: what stands beyond is not read, so that no file can hold up a run.
LONGEST = 10_000

#: A signature takes up to this many lines of up to this many words.
_LAST, _SHORT = 8, 16

#: A line at least this long that does not end a sentence goes on in the next one.
_WRAPPED = 45


class Sentence(NamedTuple):
    """A sentence of the body.

    Attributes:
        text: Its words on one line.
        start: Offset of its first character in the message.
        end: Offset after its last character.
        tokens: Its tokens.
        is_opt_out: Does it say how to get no more messages?
    """

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    is_opt_out: bool

    @property
    def words(self) -> int:
        """Words and numbers; merge fields and links count as one word each."""
        return len(self.tokens)

    @property
    def is_question(self) -> bool:
        """Does it end with a question mark?"""
        return self.text.rstrip("\"”’')]").endswith("?")


class Text:
    """A message's words.

    Attributes:
        raw: As a prospect gets it, up to `LONGEST` characters.
        channel: `voicemail` or `email`.
    """

    def __init__(self, raw: str, channel: str) -> None:
        self.raw = raw[:LONGEST]
        self.channel = channel

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of an email with their parts; a voicemail is one body."""
        if self.channel == "voicemail":
            return (Line(0, len(self.raw), anatomy.BODY),)
        return anatomy.anatomy(self.raw)

    @cached_property
    def prose(self) -> str:
        """The body, of the same length as the message: all else is spaces."""
        if self.channel == "voicemail":
            return anatomy.spoken(self.raw)
        return anatomy.prose(self.raw, self.lines)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the body."""
        return tokens(self.prose)

    @cached_property
    def lowered(self) -> tuple[str, ...]:
        """The tokens of the body in lower case."""
        return tuple(token.lower for token in self.tokens)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words of the body that carry meaning, without their endings."""
        return meaning(self.tokens)

    @cached_property
    def words(self) -> int:
        """Words of the body: of an email without merge fields, of a voicemail as they are said."""
        if self.channel == "voicemail":
            return sum(map(spoken_words, self.tokens))
        return sum(token.kind != "field" for token in self.tokens)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the body, in order."""
        starts = [token.start for token in self.tokens]
        found = []
        for start, end in _sentence_spans(self.prose):
            inside = self.tokens[bisect_left(starts, start) : bisect_left(starts, end)]
            if inside:
                text = " ".join(self.prose[start:end].split())
                found.append(Sentence(text, start, end, inside, is_way_out(text, self.prose)))
        return tuple(found)

    @cached_property
    def questions(self) -> tuple[Sentence, ...]:
        """The questions of the body, but for those that offer a way out and those of others."""
        return tuple(s for s in self.sentences if self.is_asked(s) and not s.is_opt_out)

    def is_asked(self, sentence: Sentence) -> bool:
        """Is it a question of the sender's, and not one that is quoted?"""
        mark = self.prose.rfind("?", sentence.start, sentence.end)
        return sentence.is_question and not self.is_quoted(mark)

    @cached_property
    def you(self) -> int:
        """How often the prospect is spoken of."""
        return sum(word in YOU for word in self.lowered)

    @cached_property
    def self(self) -> int:
        """How often the sender is spoken of, but for what they saw, sent or offer."""
        return about_sender(self.lowered)

    @cached_property
    def phones(self) -> tuple[re.Match[str], ...]:
        """Every telephone number of the message."""
        return phones(self.raw)

    @cached_property
    def greeting(self) -> str:
        """The greeting of an email, or nothing."""
        return self._part(GREETING)

    @cached_property
    def signature(self) -> str:
        """The signature of an email with all that stands below it, or nothing."""
        return self._part(SIGNATURE)

    @cached_property
    def closing(self) -> str:
        """The signature and the short lines that end an email, wherever its signature begins."""
        lines = [line for line in self.lines if line.part != QUOTED]
        words = [self.raw[line.start : line.end] for line in lines]
        last = [line for line in words if line.strip()][-_LAST:]
        return "\n".join((self.signature, *(line for line in last if len(line.split()) <= _SHORT)))

    def _part(self, part: str) -> str:
        found = (self.raw[line.start : line.end] for line in self.lines if line.part == part)
        return "\n".join(found).strip()

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Where the body quotes several words of somebody else's: start and end of each."""
        return tuple(found.span() for found in _QUOTATION.finditer(self.prose))

    def is_quoted(self, start: int) -> bool:
        """Does a place lie inside a quotation? One word in quotation marks is none."""
        return any(opened < start < closed for opened, closed in self.quotations)

    def quote(self, start: int, end: int, width: int = 60) -> str:
        """The words at a place, on one line, cut to `width` characters at a word's end."""
        words = " ".join(self.raw[start:end].split())
        if len(words) <= width:
            return words
        return words[:width].rsplit(" ", 1)[0] + " …"


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    found = []
    for start, end in _blocks(text):
        at = start
        for mark in _END.finditer(text, start, end):
            if _ends(text, at, mark, end):
                found.append(_trimmed(text, at, mark.end()))
                at = mark.end()
        found.append(_trimmed(text, at, end))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _ends(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Is this mark the end of a sentence, and no abbreviation?"""
    rest = text[mark.end() : end].lstrip()
    if not rest:
        return True
    if mark[0][0] != ".":
        return not (mark[0][0] == "…" and rest[0].islower())
    if len(mark[0].rstrip("\"”’')]")) > 1 and rest[0].islower():  # an ellipsis
        return False
    before = text[max(start, mark.start() - 8) : mark.start()]
    if _MID_SENTENCE.search(before):
        return False
    if _ABBREVIATION.search(before):
        return rest[0].isupper() or rest[0] == "{"
    return True


def _blocks(text: str) -> list[tuple[int, int]]:
    """Runs of lines that belong together: wrapped lines are joined, short lines stand alone."""
    blocks: list[tuple[int, int]] = []
    start, at = 0, 0
    open_line = False
    for line in text.split("\n"):
        end = at + len(line)
        if not (open_line and _goes_on(line)):
            if open_line:
                blocks.append((start, at - 1))
            start = at
        open_line = bool(line.strip())
        if open_line and len(line.rstrip()) < _WRAPPED and not _next_is_lower(text, end):
            blocks.append((start, end))
            open_line = False
        at = end + 1
    if open_line:
        blocks.append((start, len(text)))
    return blocks


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not anatomy.is_bullet(line)


def _next_is_lower(text: str, end: int) -> bool:
    return text[end + 1 : end + 2].islower() or text[end + 1 : end + 2] in tuple("({")
