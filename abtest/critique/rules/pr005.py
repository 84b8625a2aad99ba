"""PR005: Every version goes to the same kind of people.

## What it does

Compares the industry, location and title that the rows of each variant name. Flags two variants
whose rows all name one, and share none.

## Why is this bad?

If one version went to software and the other to retail, the difference is as well theirs.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from abtest.critique.views import ExperimentView, Problem, VariantView
from abtest.errors import Severity

CODE = "PR005"
SEVERITY = Severity.WARNING
CHANNEL = "profile"
UNIT = "experiment"
ENGLISH = False
EVIDENCE = ("voicemail-post", "one-variable")
LIMITS: Mapping[str, float] = {}
BAD = """
=== a.md
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 40, responses: 5, industry: software}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
=== b.md
---
title: Two
results:
  kim:
    - {date: 2026-10-26, sent: 40, responses: 5, industry: retail}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Who could use a drill for them?
"""
GOOD = """
=== a.md
---
title: One
results:
  kim:
    - {date: 2026-10-26, sent: 40, responses: 5, industry: software}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
=== b.md
---
title: Two
results:
  kim:
    - {date: 2026-10-26, sent: 40, responses: 5, industry: software}
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Who could use a drill for them?
"""


def check(experiment: ExperimentView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag the first pair of variants that went to different people."""
    for key in ("industry", "location", "title"):
        for a, b in combinations(experiment.variants, 2):
            of_a, of_b = _values(a, key), _values(b, key)
            if of_a and of_b and not of_a & of_b:
                yield experiment.problem(
                    f"{a.variant.name} went to {key} {_listed(of_a)}, {b.variant.name} to "
                    f"{_listed(of_b)}: the people differ as well as the words.",
                    "Split one list at random: `abtest assign`.",
                )
                return


def _values(variant: VariantView, key: str) -> frozenset[str]:
    """The values of a dimension, if every row names one."""
    rows = variant.variant.cohorts
    values = [row.dimensions.get(key, "").strip().lower() for row in rows]
    return frozenset(values) if all(values) else frozenset()


def _listed(values: frozenset[str]) -> str:
    return ", ".join(f"“{value}”" for value in sorted(values)[:3])
