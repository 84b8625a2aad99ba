"""CD004: Touches are days apart, not hours or weeks.

## What it does

Where touches name their day, remarks on two that follow within a day, and on a gap of more than a
week.

## Why is this bad?

Two on one day are a siege. After ten days of silence nobody remembers the first.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CD004"
SEVERITY = Severity.INFO
CHANNEL = "cadence"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("worth-leaving-post",)
LIMITS = {"shortest": 1, "longest": 7}
BAD = """
## Email 1 (day 1)
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2 (day 15)
Subject: A drill for new reps

Two teams near you got theirs to a first meeting in week two. Shall I stop here?
"""
GOOD = """
## Email 1 (day 1)
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2 (day 4)
Subject: A drill for new reps

Two teams near you got theirs to a first meeting in week two. Shall I stop here?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on each gap that is too short or too long."""
    days: dict[int, int] = {}
    for message in variant.messages:
        if message.touch.day is not None:
            days.setdefault(message.touch.number, message.touch.day)
    numbers = sorted(days)
    for before, after in pairwise(numbers):
        gap = days[after] - days[before]
        if after == before + 1 and not limits["shortest"] <= gap <= limits["longest"]:
            message = next(m for m in variant.messages if m.touch.number == after)
            yield message.problem(
                f"Touch {after} comes {gap} days after touch {before}.",
                f"Leave {limits['shortest']:.0f} to {limits['longest']:.0f} days between touches.",
            )
