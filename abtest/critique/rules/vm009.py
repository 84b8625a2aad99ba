"""VM009: A voicemail begins without clearing its throat.

## What it does

Remarks on words that say nothing: "just calling to", "sorry to bother you", "I hope you are well",
"um". The lists `filler_openers` and `spoken_fillers` can be extended in `plan.yml`.

## Why is this bad?

They cost seconds, and they tell the listener that the caller does not believe in the call either.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM009"
SEVERITY = Severity.INFO
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("hubspot-voicemail",)
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Sorry to bother you, I was just calling to see if
your new reps in Denver have started. Call me back at 555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me back
at 555-0142.
"""

#: A name is no filler in a voicemail; whether it comes soon enough is VM002's matter.
_INTRODUCTION = Pattern(r"my\s+name\s+is$")


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on the first filler."""
    for name in ("filler_openers", "spoken_fillers"):
        for found in message.words(name).all(message.text.prose):
            if not _INTRODUCTION.search(found.words):
                yield message.problem(
                    f"“{found.words}” says nothing.",
                    "Leave it out and begin with the prospect.",
                    found.start,
                )
                return
