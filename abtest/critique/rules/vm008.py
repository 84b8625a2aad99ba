"""VM008: A voicemail asks for one thing.

## What it does

Counts the different things asked for: to call or meet, to reply, to visit a page, to fill in a
form, to watch, to pass something on. Two ways to answer in one sentence ("call me or just reply")
are one choice.

## Why is this bad?

Someone with the phone at the ear does one thing or none. Each further ask makes none likelier.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.asks import rivals
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM008"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("thirty-seconds", "hunter")
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me back
at 555-0142. You can also sign up for our webinar, and please connect with me on LinkedIn.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me back
at 555-0142, or just reply to my email.
"""


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag the second of several asks that compete."""
    found = rivals(message.asks, message.text, neutral=("interest",))
    if len(found) > 1:
        wanted = ", ".join(f"“{ask.text}”" for ask in found)
        yield message.problem(
            f"This asks for {len(found)} things: {wanted}.",
            "Keep the ask that is easiest to do, and drop the rest.",
            found[1].start,
        )
