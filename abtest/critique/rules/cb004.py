"""CB004: The email is not the voicemail in writing.

## What it does

Compares the words of a voicemail and its email in their order, and flags an email that is four
fifths the same.

## Why is this bad?

Who heard it need not read it. The voicemail opens; the email brings the proof.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.likeness import copied
from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CB004"
SEVERITY = Severity.WARNING
CHANNEL = "combo"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("worth-leaving-post",)
LIMITS = {"likeness": 0.8}
BAD = """
## Voicemail
Hi {{first_name}}, this is Sam from Brightline. Your new reps in Denver start Monday, and most need
nine weeks to book a first meeting. Two teams near you got theirs there in two. Please reply to my
email with a yes.

## Email
Subject: Denver ramp

This is Sam from Brightline. Your new reps in Denver start Monday, and most need nine weeks to book
a first meeting. Two teams near you got theirs there in two. Please reply to my email with a yes.
"""
GOOD = """
## Voicemail
Hi {{first_name}}, this is Sam from Brightline. Your new reps in Denver start Monday, and most need
nine weeks to book a first meeting. Two teams near you got theirs there in two. Please reply to my
email with a yes.

## Email
Subject: Denver ramp

Hi {{first_name}},

Harbor Foods and Lakeside Paper ran the same drill each morning: ten minutes, one script, one call
scored by a colleague. Their new reps booked a first meeting in week two. Worth a look for Denver?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag an email that repeats its voicemail."""
    for voicemail, email in variant.pairs:
        found = copied(email.text.lowered, voicemail.text.lowered)
        if found > limits["likeness"]:
            yield email.problem(
                f"{found:.0%} of this email is the voicemail again.",
                "Write what the voicemail left out: who did it, and what came of it.",
            )
