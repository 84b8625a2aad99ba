"""DM009: A team counts few things.

## What it does

Remarks on more than six counts declared in `plan.yml`.

## Why is this bad?

Each count costs every rep a moment a day, and hides those that decide.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, TeamView
from abtest.errors import Severity

CODE = "DM009"
SEVERITY = Severity.INFO
CHANNEL = "data"
UNIT = "team"
ENGLISH = False
EVIDENCE = ("prospecting-post",)
LIMITS = {"counts": 6}
BAD = """
=== plan.yml
counts: [accepted, handed_over, referrals, callbacks, replies, demos, quotes]
"""
GOOD = """
=== plan.yml
counts: [accepted, handed_over]
"""


def check(team: TeamView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on many declared counts."""
    counts = team.plan.counts
    if len(counts) > limits["counts"]:
        yield Problem(
            f"{len(counts)} counts are declared: {', '.join(counts)}.",
            "Keep those that have changed a decision this year.",
        )
