"""CB002: The email goes out on the day of its voicemail.

## What it does

Where both parts of a touch name their day, flags an email on another day than its voicemail.
Minutes are not in the files.

## Why is this bad?

The voicemail is forgotten within the hour. The email that it announces has to be at the top of the
inbox when the listener looks.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CB002"
SEVERITY = Severity.WARNING
CHANNEL = "combo"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("voicemail-post", "gong-voicemail")
LIMITS: Mapping[str, float] = {}
BAD = """
## Voicemail 1 (day 1)
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. You have an
email from me; the subject is Denver ramp. Again, 555-0142.

## Email 1 (day 3)
Subject: Denver ramp

Hi {{first_name}},

Two teams near you got new reps to a first meeting in week two. Worth a look?
"""
GOOD = """
## Voicemail 1 (day 1)
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. You have an
email from me; the subject is Denver ramp. Again, 555-0142.

## Email 1 (day 1)
Subject: Denver ramp

Hi {{first_name}},

Two teams near you got new reps to a first meeting in week two. Worth a look?
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each touch whose parts are days apart."""
    for voicemail, email in variant.pairs:
        left, sent = voicemail.touch.day, email.touch.day
        if left is not None and sent is not None and left != sent:
            yield email.problem(
                f"The voicemail is left on day {left}, its email goes out on day {sent}.",
                "Send it within half an hour of the call.",
            )
