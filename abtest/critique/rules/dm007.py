"""DM007: A rate can be believed.

## What it does

Remarks on a variant with fewer than 50 prospects reached where more than 60 % answered, or three
times as many as in the team's middle experiment.

## Why is this bad?

Nine of ten do not answer a stranger. More often the row counts something else: auto-replies, a
typing error, people who knew the sender.
"""

from collections.abc import Iterator, Mapping, Sequence

from abtest.critique.views import Problem, TeamView, VariantView
from abtest.errors import Severity

CODE = "DM007"
SEVERITY = Severity.INFO
CHANNEL = "data"
UNIT = "team"
ENGLISH = False
EVIDENCE = ("voicemail-post",)
LIMITS = {"rate": 0.6, "times": 3, "reached": 50, "responses": 5, "peers": 4}
BAD = """
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 10, responses: 9, positive: 9, meetings: 1}
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
    - {date: 2026-10-26, sent: 90, responses: 9, positive: 5, meetings: 1}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def check(team: TeamView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on each rate that is too good."""
    rates = {view.variant.id: (view, _rate(view)) for view in team.variants()}
    known = [rate for _, rate in rates.values() if rate is not None]
    usual = _median(known) if len(known) >= limits["peers"] else 1.0
    for view, rate in rates.values():
        responses, reached = view.total("responses"), view.total("reached")
        few = reached < limits["reached"] and responses >= limits["responses"]
        if rate is not None and few and rate > min(limits["rate"], limits["times"] * usual):
            yield Problem(
                f"{responses} of {reached} answered ({rate:.1%}), more than can be expected.",
                "Check what was counted: people, no auto-replies, cold prospects only.",
                view.key_line("results"),
                path=view.variant.path,
            )


def _median(rates: Sequence[float]) -> float:
    from statistics import median  # not before it is needed: it loads slowly

    return median(rates)


def _rate(view: VariantView) -> float | None:
    reached = view.total("reached")
    cold = view.experiment is None or view.experiment.lead_type == "cold"
    return view.total("responses") / reached if reached and cold else None
