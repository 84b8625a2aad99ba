"""VM002: The caller says who calls, and for whom, at once.

## What it does

Looks for the caller's name and company in the first 15 words: those of `sender` in `plan.yml`, a
merge field, or words such as "this is Sam with Brightline".

## Why is this bad?

Until they know who speaks, people listen for nothing else. A transcript's preview shows the first
line only.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.caller import INTRODUCTION, company_named, has_any
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM002"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("callback-trainers", "the-week")
LIMITS = {"words": 15}
BAD = """
Hi, the reason I am calling is that we have a new way to fill your pipeline this quarter. Your two
newest reps in Denver start on Monday, and there is an email about it in your inbox. This is Sam
from Brightline, 555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam Ortiz with Brightline, 555-0142. Your two newest reps in Denver start on
Monday, and there is an email about it in your inbox. The subject is Denver ramp. Again, 555-0142.
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a voicemail whose first words lack the caller's name, company, or both."""
    opening = _opening(message, int(limits["words"]))
    together = company_named(opening)
    named = together or INTRODUCTION.search(opening) or has_any(opening, _own(message))
    placed = _says_company(opening, message.variant.plan.sender.company, together)
    if named and placed:
        return
    missing = "who calls" if placed else "which company calls" if named else "who calls"
    first = message.text.tokens[0].start if message.text.tokens else 0
    yield message.problem(
        f"The first {limits['words']:.0f} words do not say {missing}: "
        f"“{message.text.quote(first, first + len(opening))}”.",
        f"Open with “Hi {{{{first_name}}}}, this is {_somebody(message)}”.",
        first,
    )


def _opening(message: MessageView, words: int) -> str:
    tokens = message.text.tokens[:words]
    return message.text.prose[tokens[0].start : tokens[-1].end] if tokens else ""


def _says_company(opening: str, company: str, together: re.Match[str] | None) -> bool:
    """Is the sender's company said, or any, where `plan.yml` does not name it?"""
    words = [word for word in company.split() if word.lower() not in ("the", "a", "an")]
    if not words:
        return together is not None
    return has_any(opening, words[:1]) or (together is not None and "{" in together[0])


def _own(message: MessageView) -> list[str]:
    names = [name.split()[0] for name in message.variant.plan.sender.names if name.split()]
    return [*names, message.variant.variant.author]


def _somebody(message: MessageView) -> str:
    sender = message.variant.plan.sender
    name = sender.names[0] if sender.names else "Sam Ortiz"
    return f"{name} with {sender.company or 'Brightline'}"
