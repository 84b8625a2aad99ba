"""How a message sounds: each trait as a number with its range, never as one score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from abtest.critique.asks import asks, rivals
from abtest.critique.syllables import syllables
from abtest.critique.text import Text

if TYPE_CHECKING:
    from abtest.critique.words import Token
    from abtest.model import Touch

#: Words a minute of an unhurried speaker, and of a reader.
SPEAKING, READING = 150, 200

#: Below this many words a reading grade says nothing.
_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with the range that is all right.

    Attributes:
        label: What it is, for people.
        value: The number; None where it is undefined.
        low: The least that is all right, None without a lower bound.
        high: The most that is all right, None without an upper bound.
        unit: Such as `words` or `seconds`; empty for a plain number.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    unit: str = ""

    @property
    def ok(self) -> bool | None:
        """Is the number in its range? None where there is no number."""
        if self.value is None:
            return None
        return not (
            (self.low is not None and self.value < self.low)
            or (self.high is not None and self.value > self.high)
        )


@dataclass(frozen=True, slots=True)
class Sounds:
    """How a voicemail sounds, or an email reads; iterating gives the measures in order.

    Attributes:
        words: Words of the body: spoken ones, or without merge fields in an email.
        seconds: Estimated time to say a voicemail (150 words a minute) or read an email (200).
        pace: Words a minute of the recording; None without one.
        grade: School grade needed to read it with ease (Flesch–Kincaid); None below eight words.
        you_to_we: Words about the prospect for each about the sender; None without the latter.
        questions: Questions in the body.
        asks: Different things asked for.
    """

    words: Measure
    seconds: Measure
    pace: Measure
    grade: Measure
    you_to_we: Measure
    questions: Measure
    asks: Measure

    def __iter__(self) -> Iterator[Measure]:
        return (getattr(self, field.name) for field in fields(self))


def sounds(touch: Touch, recording_seconds: float | None = None) -> Sounds:
    """How a touch sounds.

    Args:
        touch: A voicemail or an email.
        recording_seconds: The real length of its recording, where there is one.
    """
    return measure(Text(touch.text, touch.channel), recording_seconds)


def measure(text: Text, recording_seconds: float | None = None) -> Sounds:
    """How a text that was read already sounds."""
    spoken = text.channel == "voicemail"
    words, seconds = text.words, estimated_seconds(text)
    return Sounds(
        words=Measure("Length", words, *((38, 75) if spoken else (25, 125)), "words"),
        seconds=Measure("Time to say it", seconds, 15, 30, "seconds")
        if spoken
        else Measure("Time to read it", seconds, None, 37.5, "seconds"),
        pace=Measure("Pace of the recording", pace(text, recording_seconds), 120, 165, "words/min"),
        grade=Measure("Reading grade", grade(text), None, 8, "grade"),
        you_to_we=Measure("You for each I or we", you_to_we(text), 1, None),
        questions=Measure("Questions", len(text.questions), *((0, 1) if spoken else (1, 3))),
        asks=Measure("Asks", _different_asks(text), 1, 1),
    )


def estimated_seconds(text: Text) -> float:
    """How long a voicemail takes to say, or an email to read."""
    return 60 * text.words / (SPEAKING if text.channel == "voicemail" else READING)


def pace(text: Text, seconds: float | None) -> float | None:
    """Words a minute of a recording of `seconds`; None without one."""
    return 60 * text.words / seconds if seconds else None


def you_to_we(text: Text) -> float | None:
    """Words about the prospect for each about the sender; None without the latter."""
    return text.you / text.self if text.self else None


def _different_asks(text: Text) -> int:
    """How many things are asked for; a question and the reply to it are one."""
    found = asks(text)
    return max(len(rivals(found, text)), min(len(found), 1))


def grade(text: Text) -> float | None:
    """Flesch–Kincaid reading grade (Kincaid et al. 1975); None below eight words.

    0.39 words per sentence + 11.8 syllables per word − 15.59. Names, numbers and merge fields count
    as words of at most two syllables: nobody finds the own city hard to read.
    """
    sentences = [sentence.tokens for sentence in text.sentences]
    words = sum(map(len, sentences))
    if words < _FEWEST_WORDS:
        return None
    heard = sum(
        _heard(token, first=number == 0)
        for tokens in sentences
        for number, token in enumerate(tokens)
    )
    return max(0.0, 0.39 * words / len(sentences) + 11.8 * heard / words - 15.59)


def _heard(token: Token, *, first: bool) -> int:
    """The syllables of a token as the grade counts them."""
    if token.kind != "word":
        return 1
    count = syllables(token.text)
    is_name = token.text[0].isupper() and not first
    return min(count, 2) if is_name else count
