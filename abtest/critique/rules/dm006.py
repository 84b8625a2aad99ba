"""DM006: The list is good enough to judge a message by.

## What it does

Flags a variant of which more than 5 % of the prospects sent to, and at least three, bounced.

## Why is this bad?

A bad list makes every message look bad, and the sender's address worse with each send. Mend the
list first.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "DM006"
SEVERITY = Severity.WARNING
CHANNEL = "data"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("voicemail-post", "audience-post")
LIMITS = {"share": 0.05, "fewest": 3}
BAD = """
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 100, bounced: 14, responses: 4, positive: 2, meetings: 1}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""
GOOD = """
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 100, bounced: 2, responses: 4, positive: 2, meetings: 1}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a variant with many bounces."""
    sent, bounced = variant.total("sent"), variant.total("bounced")
    if bounced >= limits["fewest"] and bounced > limits["share"] * sent:
        yield variant.problem(
            f"{bounced} of {sent} bounced ({bounced / sent:.1%}).",
            "Verify the list before the next send, and judge the message after.",
            variant.key_line("results"),
        )
