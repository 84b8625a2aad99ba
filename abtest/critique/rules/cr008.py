"""CR008: A message ignores rules that exist.

## What it does

Flags a code under `ignore` in a message's front matter that is no rule's: misspelled, or of
something that no switch changes.

## Why is this bad?

Nothing is ignored, and whoever wrote the reason believes that it is.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.switches import misnamed
from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CR008"
SEVERITY = Severity.WARNING
CHANNEL = "critique"
UNIT = "variant"
ENGLISH = False
EVIDENCE: tuple[str, ...] = ()
LIMITS: Mapping[str, float] = {}
BAD = """
---
title: One
ignore: {EN006: the question comes with the second email}
---
## Email
Subject: Denver ramp

Two teams near you got their new reps to a first meeting in week two. More on Monday.
"""
GOOD = """
---
title: One
ignore: {EM006: the question comes with the second email}
---
## Email
Subject: Denver ramp

Two teams near you got their new reps to a first meeting in week two. More on Monday.
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each code that is no rule's."""
    for code in variant.variant.ignore:
        line = variant.key_line(f"ignore.{code}")
        if line and (told := misnamed(code)):
            yield variant.problem(*told, line)
