"""CB001: A first voicemail has its email.

## What it does

Looks at the first touch. A voicemail without an email is flagged where the variant has emails
later, and remarked on where it has none. A message with the factor `email` is left alone: trying a
voicemail without one is what it is for.

## Why is this bad?

Most people answer in writing. The voicemail says who wrote; the email is where the answer goes.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CB001"
SEVERITY = Severity.WARNING
CHANNEL = "combo"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("voicemail-post", "worth-leaving-post", "gong-voicemail")
LIMITS: Mapping[str, float] = {}
BAD = """
## Voicemail 1
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me at
555-0142.

## Email 2
Subject: Denver ramp

Hi {{first_name}},

Two teams near you got new reps to a first meeting in week two. Worth a look?
"""
GOOD = """
## Voicemail 1
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. You have an
email from me; the subject is Denver ramp. Again, 555-0142.

## Email 1
Subject: Denver ramp

Hi {{first_name}},

Two teams near you got new reps to a first meeting in week two. Worth a look?
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a first voicemail without an email."""
    first = [m for m in variant.voicemails if m.is_first]
    if not first or first[0].partner or "email" in variant.variant.factors:
        return
    yield first[0].problem(
        "The first voicemail has no email.",
        "Add `## Email` to the first touch, and send it right after the call.",
        severity=None if variant.emails else Severity.INFO,
    )
