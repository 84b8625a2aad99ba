"""SB005: The subject is the one that the voicemail announced.

## What it does

Where a voicemail points to its email, remarks if it says none, or fewer than half, of the words of
the email's subject.

## Why is this bad?

The listener looks for the words that they heard. "See my email" is one of forty.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.likeness import content_words
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "SB005"
SEVERITY = Severity.INFO
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("gong-voicemail", "worth-leaving-post")
LIMITS = {"share": 0.5}
BAD = """
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Please see
my email. Again, 555-0142.

## Email
Subject: Partnership opportunity

Hi {{first_name}},

Your new reps in Denver start Monday. Would a plan for their first two weeks help?
"""
GOOD = """
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Please see
my email; the subject is Denver ramp. Again, 555-0142.

## Email
Subject: Denver ramp

Hi {{first_name}},

Your new reps in Denver start Monday. Would a plan for their first two weeks help?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a subject that its voicemail does not say."""
    voicemail = message.partner
    if not voicemail or not voicemail.words("email_pointers").first(voicemail.text.prose):
        return
    wanted = content_words(message.subject)
    if wanted and len(wanted & voicemail.text.content) < limits["share"] * len(wanted):
        yield message.subject_problem(
            f"The voicemail points to this email and does not say “{message.subject}”.",
            f"Say in the voicemail: “the subject is {message.subject}”.",
        )
