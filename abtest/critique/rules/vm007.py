"""VM007: A voicemail points to its email.

## What it does

Where a voicemail has an email in the same touch, looks for words that point to it, or
name its subject.

## Why is this bad?

Most people who answer do so by email. The voicemail's work is to get that email opened: emails
announced by a voicemail were answered about twice as often.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM007"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("voicemail-post", "gong-voicemail")
LIMITS: Mapping[str, float] = {}
BAD = """
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Give me a
call and I will explain how others did it. Again, 555-0142.

## Email
Subject: Denver ramp

Hi {{first_name}},

Your new reps in Denver start Monday. Would a plan for their first two weeks help?
"""
GOOD = """
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. You have an
email from me with a plan for them; the subject is Denver ramp. Again, 555-0142.

## Email
Subject: Denver ramp

Hi {{first_name}},

Your new reps in Denver start Monday. Would a plan for their first two weeks help?
"""


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a voicemail that does not mention the email of its touch."""
    partner = message.partner
    if not partner or _names(partner.subject, message.text.prose):
        return
    if not message.words("email_pointers").first(message.text.prose):
        yield message.problem(
            "The email of this touch is not mentioned.",
            f"Say: “You have an email from me; the subject is {partner.subject}.”",
        )


def _names(subject: str, said: str) -> bool:
    """Does a voicemail say the subject as one does, as in “under "Denver ramp"”?"""
    words = r"\W+".join(map(re.escape, re.findall(r"\w+", subject)))
    named = rf"(?:\b(?:called|titled|headed|named|marked|under|reads?)\b.{{0,20}}|[\"“]){words}\b"
    return bool(words) and re.search(named, said, re.IGNORECASE) is not None
