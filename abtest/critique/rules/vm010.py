"""VM010: A voicemail is about the prospect.

## What it does

Compares words about the prospect (you, your) with words about the caller (I, we, my, our), and
flags a voicemail with fewer than one of the former for two of the latter. "Call me" does not count,
nor does what "I" saw, sent or will do for the prospect.

## Why is this bad?

People listen to messages about themselves. "We are, we have, we do" is about somebody else.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM010"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("channell",)
LIMITS = {"ratio": 0.5, "fewest": 3}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. I wanted to tell you about what we do in Denver
and why we think our product is great. I started it because we had the same trouble. Call me at
555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday, and your
managers will lose a week to ramp. Call me at 555-0142.
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a voicemail that speaks of its caller twice as often as of the prospect."""
    you, own = message.text.you, message.text.self
    if own >= limits["fewest"] and you < limits["ratio"] * own:
        yield message.problem(
            f"“I”, “we” and “our” are said {own} times, “you” and “your” {you}.",
            "Turn a sentence round: from what we do to what changes for you.",
        )
