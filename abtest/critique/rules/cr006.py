"""CR006: A review says something.

## What it does

Remarks on a review without a score, a must-fix or a word of its own: as `abtest new review` made
it. It does not count as a review.

## Why is this bad?

It looks as if somebody had read the message, and nobody knows what they thought.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.reviews import is_filled
from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CR006"
SEVERITY = Severity.INFO
CHANNEL = "critique"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("call-reviews",)
LIMITS: Mapping[str, float] = {}
BAD = """
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
=== reviews/lee.md
---
of: a
by: lee
date: 2026-10-20
kind: read
---
What I noticed, and where.
"""
GOOD = """
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
=== reviews/lee.md
---
of: a
by: lee
date: 2026-10-20
kind: read
scores: {fit: 4, ask: 3}
---
The ask does not say which drill.
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on each review that was never filled in."""
    for review in variant.reviews:
        if not is_filled(review):
            yield Problem(
                f"The review by {review.by} says nothing yet, and does not count.",
                "Score what you can judge, name a must-fix, or write what you noticed.",
                review.key_lines.get("by", 0),
                path=review.path,
            )
