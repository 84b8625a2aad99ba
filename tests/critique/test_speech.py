"""How a message sounds: numbers with ranges, defined or absent."""

from __future__ import annotations

import pytest

from abtest.critique.speech import Measure, grade, sounds
from abtest.critique.text import Text
from abtest.model import Touch

VOICEMAIL = """\
Hi {{first_name}}, this is Kim Ito at Brightline, 555-0142. The reason I am calling: your docks in
Chicago now take freight on Saturdays, and new hours make trucks wait. [pause] Two teams near you
cut the wait by moving one shift. Please reply to my email with a yes. Again, this is Kim,
555-0142."""
EMAIL = """\
Hi {{first_name}},

Your docks take freight on Saturdays. We know how two yards cut the wait. Worth a look?

Kim Ito | Brightline | 555-0142"""


def touch(channel: str, text: str) -> Touch:
    return Touch(channel, 1, None, None if channel == "voicemail" else "Docks", text, 5, 3)


def test_a_voicemail_is_measured() -> None:
    heard = sounds(touch("voicemail", VOICEMAIL), recording_seconds=26.0)
    assert heard.words.value == 59
    assert heard.seconds.value == pytest.approx(60 * 59 / 150)
    assert heard.pace.value == pytest.approx(60 * 59 / 26)
    assert heard.pace.ok
    assert heard.you_to_we.value == 2.0
    assert heard.questions.value == 0
    assert heard.asks.value == 1
    assert [measure.label for measure in heard][:2] == ["Length", "Time to say it"]
    assert len(list(heard)) == 7


def test_an_email_is_measured_without_greeting_and_signature() -> None:
    read = sounds(touch("email", EMAIL))
    assert read.words.value == 17
    assert read.words.ok is False
    assert read.pace.value is None
    assert read.pace.ok is None
    assert read.questions.ok
    assert read.asks.value == 1
    assert read.grade.value is not None


def test_what_is_undefined_is_none() -> None:
    empty = sounds(touch("email", "{{signature}}"))
    assert empty.words.value == 0
    assert empty.grade.value is None
    assert empty.you_to_we.value is None
    assert empty.asks.value == 0


@pytest.mark.parametrize(
    ("value", "low", "high", "ok"),
    [
        (None, 1, 2, None),
        (1, 1, 2, True),
        (0.5, 1, None, False),
        (3, None, 2, False),
        (9, 1, None, True),
    ],
)
def test_a_measure_knows_its_range(
    value: float | None, low: float | None, high: float | None, ok: bool | None
) -> None:
    assert Measure("x", value, low, high).ok is ok


def test_the_grade_is_flesch_kincaids() -> None:
    # 19 words in 2 sentences, 23 syllables, counted by hand.
    text = Text(
        "The dog ran to the old red barn again today. A lazy cat sat on a warm window ledge.",
        "email",
    )
    assert sum(s.words for s in text.sentences) == 19
    assert grade(text) == pytest.approx(0.39 * 19 / 2 + 11.8 * 23 / 19 - 15.59)


def test_names_are_not_hard_to_read() -> None:
    plain = Text("The cat sat on the mat near the big red door in town.", "email")
    named = Text("The cat sat on the mat near the big red door in Albuquerque.", "email")
    difference = (grade(named) or 0) - (grade(plain) or 0)
    assert 0 <= difference <= 11.8 / 13 + 1e-9
