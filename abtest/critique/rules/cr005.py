"""CR005: What must be fixed is fixed.

## What it does

Flags a must-fix that has been open for more than two weeks while its experiment is running. Where
it quotes words that the message no longer has, it says so at once.

## Why is this bad?

The message is being sent with a fault that somebody saw. And who is not heard stops reviewing.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.places import is_gone
from abtest.critique.reviews import PATIENCE, open_points
from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CR005"
SEVERITY = Severity.WARNING
CHANNEL = "critique"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("voicemail-post",)
LIMITS = {"days": PATIENCE}
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
date: 2026-03-02
kind: read
scores: {fit: 4, ask: 2}
must_fix:
  - {text: The ask does not say which drill., state: open}
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
date: 2026-03-02
kind: read
scores: {fit: 4, ask: 2}
must_fix:
  - {text: The ask does not say which drill., state: fixed}
---
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each must-fix that has waited too long."""
    if not variant.is_running:
        return
    for point in open_points(variant.reviews, variant.as_of):
        item, path = point.observation, point.review.path
        if is_gone(item, variant.variant):
            yield Problem(
                f"“{item.text}” is open, and the message no longer says “{item.quote}”.",
                "Set `state: fixed`, or quote the words it is about now.",
                item.review_line,
                severity=Severity.INFO,
                path=path,
            )
        elif point.days is not None and point.days > limits["days"]:
            yield Problem(
                f"“{item.text}” has been open for {point.days} days.",
                "Fix it, or set `state: declined` with `why`.",
                item.review_line,
                path=path,
            )
