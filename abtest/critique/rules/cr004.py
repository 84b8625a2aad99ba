"""CR004: Reviewers mean the same by a score.

## What it does

Remarks on a dimension that two reviews score three or more apart, and, from five reviews on, on
agreement hardly better than chance (Krippendorff's alpha below 0.4).

## Why is this bad?

If one hears a 1 where the other hears a 5, the number says who listened, not what was said. Score
three messages together and talk about the anchors.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.reviews import summarize
from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CR004"
SEVERITY = Severity.INFO
CHANNEL = "critique"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("scorecards", "call-reviews", "krippendorff")
LIMITS = {"spread": 3, "alpha": 0.4}
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
scores: {fit: 4, ask: 1}
---
The ask is hard to answer.
=== reviews/max.md
---
of: a
by: max
date: 2026-10-21
kind: read
scores: {fit: 4, ask: 5}
---
The ask is easy to answer.
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
scores: {fit: 4, ask: 4}
---
The ask is easy to answer.
=== reviews/max.md
---
of: a
by: max
date: 2026-10-21
kind: read
scores: {fit: 4, ask: 5}
---
The ask is easy to answer.
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on scores far apart, and on agreement by chance."""
    summary = summarize(variant.variant, variant.plan.rubric)
    apart = [d for d in (*summary.what, *summary.how) if d.spread >= limits["spread"]]
    if apart:
        scores = "; ".join(f"{d.name} {min(d.scores)} to {max(d.scores)}" for d in apart)
        yield variant.problem(
            f"Reviews are far apart: {scores}.",
            "Read the rubric's anchors together, then score again.",
        )
    elif summary.alpha is not None and summary.alpha < limits["alpha"]:
        yield variant.problem(
            f"Reviewers agree hardly more than by chance (alpha {summary.alpha:.2f}).",
            "Score three messages together and talk about the anchors.",
        )
