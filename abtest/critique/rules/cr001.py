"""CR001: Others have reviewed a message before it is sent.

## What it does

Counts the people other than the author who reviewed a variant of a running experiment, and says how
many are missing. Two are wanted, and one in a team of two: people are counted who sign by plan.yml,
or who write, send or review in the experiment. Made-up and published experiments are left alone.

## Why is this bad?

The author is the one person who cannot read the message for the first time. Who works alone asks a
customer, or somebody who sells something else.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.reviews import reviewers_wanted, summarize
from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CR001"
SEVERITY = Severity.INFO
CHANNEL = "critique"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("voicemail-post", "scorecards", "small-samples")
LIMITS: Mapping[str, float] = {}
BAD = """
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""
GOOD = """
=== a.md
---
title: One
author: kim
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
The ask could name the drill.
=== reviews/max.md
---
of: a
by: max
date: 2026-10-21
kind: read
scores: {fit: 4, ask: 5}
---
Easy to answer.
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Say how many reviews are missing."""
    experiment = variant.experiment
    if not variant.is_running or experiment is None or experiment.sample or experiment.source:
        return
    wanted = reviewers_wanted(experiment, variant.plan)
    summary = summarize(variant.variant, variant.plan.rubric, wanted=wanted)
    if not summary.missing:
        return
    who = f"Only {summary.reviewers[0]} has" if summary.reviewers else "Nobody else has"
    yield variant.problem(
        f"{who} reviewed this message, and it is being sent.",
        f"Ask for {summary.missing} more: `abtest new review {variant.variant.id} --by NAME`.",
    )
