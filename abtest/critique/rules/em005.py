"""EM005: A first email asks whether there is interest, not for time.

## What it does

Remarks on a first touch that asks for a meeting: minutes, a weekday, a calendar. In an email that
asks for a referral this is EM020's.

## Why is this bad?

It may not be: that is why this is a remark. In one vendor's figures asking for interest did better
than asking for time; try both, as an experiment with the factor `ask`.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM005"
SEVERITY = Severity.INFO
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("gong-asks",)
LIMITS: Mapping[str, float] = {}
BAD = """
Your new reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Do you have 30 minutes on Tuesday at 2 pm?
"""
GOOD = """
Your new reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Is that a priority this quarter?
"""


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a first email that asks for time."""
    if not message.is_first or message.variant.asks_for_referral:
        return
    for ask in message.asks:
        if ask.kind == "meet":
            yield message.problem(
                f"A first email asks for time: “{ask.text}”.",
                "Ask for interest first: “Is … a priority this quarter?”",
                ask.start,
            )
            return
