"""EM008: An email is about the prospect.

## What it does

Compares words about the prospect (you, your) with words about the sender (I, we, my, our). Fewer
than one of the former for two of the latter is flagged, fewer than one for one remarked on. What
"I" saw, sent or will do for the prospect does not count.

## Why is this bad?

People read about themselves. Each "we" is a word that is not about them.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM008"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("channell",)
LIMITS = {"ratio": 0.5, "even": 1, "fewest": 3, "many": 5}
BAD = """
Denver is a hard place to hire in. We built our platform because we believe in it. I would love to
show it, and our people think that it is great. Worth a look?
"""
GOOD = """
Your reps in Denver start Monday. You will want them to book by week two. Two teams near you got
there with one drill. Worth a look?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag an email that speaks of its sender twice as often as of the prospect."""
    you, own = message.text.you, message.text.self
    grave = own >= limits["fewest"] and you < limits["ratio"] * own
    if not grave and (own < limits["many"] or you >= limits["even"] * own):
        return
    yield message.problem(
        f"“I”, “we” and “our” are written {own} times, “you” and “your” {you}.",
        "Turn a sentence round: from what we do to what changes for you.",
        severity=None if grave else Severity.INFO,
    )
