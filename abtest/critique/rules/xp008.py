"""XP008: What was learned is written down.

## What it does

Flags a decided or archived experiment without a `decision`, also when nothing was different.

## Why is this bad?

A result that nobody wrote down is tried again in eighteen months.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import ExperimentView, Problem
from abtest.errors import Severity

CODE = "XP008"
SEVERITY = Severity.WARNING
CHANNEL = "experiment"
UNIT = "experiment"
ENGLISH = False
EVIDENCE = ("log-nulls",)
LIMITS: Mapping[str, float] = {}
BAD = """
=== experiment.md
---
title: Which opener?
status: archived
profile: {industry: Software, location: Denver, title: VP of Sales}
---
"""
GOOD = """
=== experiment.md
---
title: Which opener?
status: decided
profile: {industry: Software, location: Denver, title: VP of Sales}
decision: {date: 2026-11-20, keep: none, why: No difference after 800 prospects.}
---
"""


def check(experiment: ExperimentView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a closed experiment without a decision."""
    closed = experiment.experiment
    if closed.status in ("decided", "archived") and closed.decision is None:
        yield experiment.problem(
            f"The experiment is {closed.status}, and no decision is written down.",
            "Add `decision: {date: …, keep: …, why: …}`; `keep: none` if nothing was different.",
            "status",
        )
