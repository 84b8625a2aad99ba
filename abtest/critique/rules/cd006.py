"""CD006: The last touch closes.

## What it does

Looks in the last touch of a cadence for words that end it: "I will stop here", "should I close your
file?". The list `closers` can be extended in `plan.yml`.

## Why is this bad?

A sequence that stops without a word leaves an open question on both sides. Saying that it is the
last one is the line people answer.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CD006"
SEVERITY = Severity.INFO
CHANNEL = "cadence"
UNIT = "variant"
ENGLISH = True
EVIDENCE = ("worth-leaving-post",)
LIMITS: Mapping[str, float] = {}
BAD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2
Subject: A drill for new reps

Two teams near you got theirs to a first meeting in week two. Is that of interest?
"""
GOOD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2
Subject: A drill for new reps

Two teams near you got theirs to a first meeting in week two. If ramp is no priority I will stop
here.
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a last touch that does not close."""
    last = [message for message in variant.messages if message.is_last]
    if last and not any(m.closes for m in last):
        yield last[-1].problem(
            "The last touch does not say that it is the last.",
            "Close: “If this is no priority I will stop here.”",
        )
