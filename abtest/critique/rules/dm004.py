"""DM004: Answers are split into good and bad ones.

## What it does

Remarks on a variant with five or more responses and neither `positive` nor `negative` in any row.
Published results are left alone.

## Why is this bad?

"Please remove me" is a response too. A message can win on responses by making people angry.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "DM004"
SEVERITY = Severity.INFO
CHANNEL = "data"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("angry-replies",)
LIMITS = {"responses": 5}
BAD = """
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 100, responses: 12, meetings: 2}
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
    - {date: 2026-10-26, sent: 100, responses: 12, positive: 6, negative: 3, meetings: 2}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on responses that nobody sorted."""
    if variant.experiment and variant.experiment.source:
        return
    written = {key for cohort in variant.variant.cohorts for key in cohort.counts}
    responses = variant.total("responses")
    if responses >= limits["responses"] and not written & {"positive", "negative"}:
        yield variant.problem(
            f"{responses} responses, and none is sorted into positive and negative.",
            "Add `positive` and `negative` to the rows.",
            variant.key_line("results"),
        )
