"""DM005: Meetings are counted, and an opportunity comes after a second one.

## What it does

Flags more opportunities than second meetings, and remarks on a variant with five or more responses
whose rows count no meetings. Published results are left alone.

## Why is this bad?

A response is an early sign; a meeting is the outcome and a second one its proof. An opportunity
that nobody met twice for is a hope.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "DM005"
SEVERITY = Severity.WARNING
CHANNEL = "data"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("outreach-post",)
LIMITS = {"responses": 5}
BAD = """
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 100, responses: 12, meetings: 6, opportunities: 6}
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
    - date: 2026-10-26
      sent: 100
      responses: 12
      meetings: 6
      second_meetings: 2
      opportunities: 2
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag opportunities without second meetings, remark on uncounted meetings."""
    if variant.experiment and variant.experiment.source:
        return
    written = {key for cohort in variant.variant.cohorts for key in cohort.counts}
    opportunities, second = variant.total("opportunities"), variant.total("second_meetings")
    responses = variant.total("responses")
    line = variant.key_line("results")
    if opportunities > second:
        yield variant.problem(
            f"{opportunities} opportunities after {second} second meetings.",
            "Count an opportunity when someone has met you twice.",
            line,
        )
    elif responses >= limits["responses"] and "meetings" not in written:
        yield variant.problem(
            f"{responses} responses, and no row counts meetings.",
            "Add `meetings` to the rows, 0 where there was none.",
            line,
            Severity.INFO,
        )
