"""CR002: A low score says where.

## What it does

Remarks on a review that gives a score of 1 or 2 and neither writes a word nor names a must-fix.

## Why is this bad?

"Ask: 2" cannot be acted on. "Ask: 2, at 0:07 the voice drops" can.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CR002"
SEVERITY = Severity.INFO
CHANNEL = "critique"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("call-reviews",)
LIMITS = {"low": 2}
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
scores: {fit: 4, ask: 2}
---
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
scores: {fit: 4, ask: 2}
must_fix:
  - {text: The ask does not say which drill., line: 3, state: open}
---
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on each review with a low score and no words."""
    for review in variant.reviews:
        low = [name for name, score in review.scores.items() if score <= limits["low"]]
        if low and not review.must_fix and not review.body.strip():
            yield Problem(
                f"A low score for {', '.join(low)}, and not a word on why.",
                "Add what you heard or read, with its line or its second.",
                review.key_lines.get("scores", 0),
                path=review.path,
            )
