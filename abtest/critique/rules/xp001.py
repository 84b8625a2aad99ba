"""XP001: An experiment says beforehand what it expects.

## What it does

Flags an experiment with results that does not say why it is run. Whether that was written before
the first send is seen in git.

## Why is this bad?

A reason that is found after the results fits them always. One that was written before can be wrong,
and that is how a team learns.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import ExperimentView, Problem
from abtest.errors import Severity

CODE = "XP001"
SEVERITY = Severity.WARNING
CHANNEL = "experiment"
UNIT = "experiment"
ENGLISH = False
EVIDENCE = ("growthbook", "one-variable", "small-samples")
LIMITS: Mapping[str, float] = {}
BAD = """
=== experiment.md
---
title: Which opener?
status: running
profile: {industry: Software, location: Denver, title: VP of Sales}
---
=== a.md
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 40, responses: 4}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""
GOOD = """
=== experiment.md
---
title: Which opener?
status: running
profile: {industry: Software, location: Denver, title: VP of Sales}
---
We expect more answers when the first line names their new reps.
=== a.md
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 40, responses: 4}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def check(experiment: ExperimentView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag an experiment with results and without a reason."""
    has_results = any(view.variant.cohorts for view in experiment.variants)
    if has_results and not experiment.experiment.body.strip():
        yield experiment.problem(
            "The experiment has results and does not say what was expected.",
            "Write below the front matter why you run it, and what you expect.",
        )
