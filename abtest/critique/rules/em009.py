"""EM009: An email begins without clearing its throat.

## What it does

Flags openers that say nothing: "I hope this finds you well", "my name is", "just following up", "I
wanted to reach out". The list `filler_openers` can be extended in `plan.yml`. A follow-up that does
nothing but nudge is CD005's.

## Why is this bad?

The inbox shows the first line. These lines have stood there in a thousand emails, and nobody
answered them.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.rules.cd005 import only_nudges
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM009"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("lavender",)
LIMITS: Mapping[str, float] = {}
BAD = """
I hope this email finds you well. I wanted to reach out about your four new reps in Denver. Worth a
look at a drill for them?
"""
GOOD = """
Four new reps in May is a lot of ramp. Two teams near you got theirs to a first meeting in week two.
Worth a look at their drill?
"""


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag the first filler."""
    found = message.words("filler_openers").first(message.text.prose)
    if found and not only_nudges(message):
        yield message.problem(
            f"“{found.words}” says nothing.",
            "Delete the sentence; begin with what you know about the prospect.",
            found.start,
        )
