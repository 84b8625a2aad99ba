"""CD003: The first try leaves a voicemail.

## What it does

Where a cadence has voicemails, flags a first touch without one. A message with the factor
`voicemail` is left alone: trying the first call without one is what it is for.

## Why is this bad?

The call is made anyway. Hanging up spends the caller's number and leaves nothing behind.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CD003"
SEVERITY = Severity.WARNING
CHANNEL = "cadence"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("worth-leaving-post", "gong-voicemail")
LIMITS: Mapping[str, float] = {}
BAD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Voicemail 2
Hi {{first_name}}, Sam from Brightline, 555-0142. Two teams near Denver got new reps to a first
meeting in week two. Call me at 555-0142.
"""
GOOD = """
## Voicemail 1
Hi {{first_name}}, Sam from Brightline, 555-0142. Two teams near Denver got new reps to a first
meeting in week two. Call me at 555-0142.

## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a cadence whose first voicemail comes late."""
    if not variant.voicemails or "voicemail" in variant.variant.factors:
        return
    first = variant.voicemails[0]
    if not first.is_first:
        yield first.problem(
            f"The first voicemail comes with touch {first.touch.number}.",
            "Leave one on the first call, with the email right after it.",
        )
