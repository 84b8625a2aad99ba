"""EM004: An email asks for one thing.

## What it does

Flags an email that asks for nothing, and one that asks for several things: a meeting, a form, a
video, a page, a download, an introduction. A question with the reply to it is one ask; so are two
ways in one sentence ("call me or book a time"). The last message of a cadence, and one that
closes, may ask for nothing.

## Why is this bad?

Without an ask the reader has nothing to say yes to. With several they have to choose, and the
easiest choice is none.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.asks import rivals
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM004"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("gong-asks", "boomerang")
LIMITS: Mapping[str, float] = {}
BAD = """
Your new reps in Denver start Monday. Can we meet on Tuesday? Also please watch the demo and fill in
the form on our page, so that we know what to prepare for you.
"""
GOOD = """
Your new reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag the lack of an ask, or asks that compete."""
    if not message.asks:
        if not _closes(message):
            yield message.problem(
                "Nothing is asked of the reader.",
                "End with one question that a word can answer: “Worth a look?”",
            )
        return
    found = rivals(message.asks, message.text)
    if len(found) > 1:
        wanted = ", ".join(f"“{ask.text}”" for ask in found)
        yield message.problem(
            f"This asks for {len(found)} things: {wanted}.",
            "Keep the one that matters, and send the rest when they answer.",
            found[1].start,
        )


def _closes(message: MessageView) -> bool:
    """Is it the end of a cadence, where nothing need be asked?"""
    return not message.is_first and (message.is_last or message.closes)
