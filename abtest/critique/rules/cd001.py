"""CD001: A cadence has enough touches, and not too many.

## What it does

Counts the touches of a cadence. Fewer than six are remarked on, more than twelve flagged. A single
touch is no cadence.

## Why is this bad?

The practice behind this tool counts about eight tries until a prospect is reached. After a dozen
the answer is no.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CD001"
SEVERITY = Severity.INFO
CHANNEL = "cadence"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("worth-leaving-post",)
LIMITS = {"fewest": 6, "most": 12}
BAD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2
Subject: A drill for new reps

Two teams near you got theirs to a first meeting in week two. Shall I stop here?
"""
GOOD = """
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on few touches, flag many."""
    count = len(variant.numbers)
    line = variant.messages[-1].touch.heading_line
    if variant.is_cadence and count < limits["fewest"]:
        yield variant.problem(
            f"The cadence ends after {count} touches.",
            "Plan about eight, each with one idea of its own.",
            line,
        )
    elif count > limits["most"]:
        yield variant.problem(
            f"The cadence has {count} touches.",
            f"Stop after {limits['most']:.0f} at the latest, with a message that closes.",
            line,
            Severity.WARNING,
        )
