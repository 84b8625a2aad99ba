"""XP010: A variant says something else than its control.

## What it does

Flags a variant of a running experiment whose messages are word for word those of the control, on
the same days. Line breaks and spaces do not count. Variants whose `factors` or recordings differ
are left alone, and so are experiments whose `lever` is list. Who wants to compare a message with
itself says so with `ignore`.

## Why is this bad?

Two copies of one message can only differ by chance, and prospects are spent on finding that out.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity
from abtest.model import Variant

CODE = "XP010"
SEVERITY = Severity.WARNING
CHANNEL = "experiment"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("one-variable",)
LIMITS: Mapping[str, float] = {}
BAD = """
=== experiment.md
---
title: Which opener?
status: running
profile: {industry: Software, location: Denver, title: VP of Sales}
control: a
---
We expect more answers when the first line names their new reps.
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
=== b.md
---
title: Two
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
control: a
---
We expect more answers when the first line names their new reps.
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
=== b.md
---
title: Two
---
## Email
Subject: Denver ramp

Your managers lose an hour a day to new reps. Worth a look at a drill for them?
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a variant that is a copy of its control."""
    experiment = variant.experiment
    if not variant.is_running or experiment is None or experiment.lever == "list":
        return
    control = experiment.variants.get(experiment.control)
    if control is None or control.name == variant.variant.name:
        return
    if _said(variant.variant) == _said(control):
        yield variant.problem(
            f"It is word for word the control, {control.name}.",
            "Change what the experiment is about, or say with `factors` what differs.",
        )


def _said(variant: Variant) -> object:
    """All that a prospect could notice: words, days, and what is declared of their delivery."""
    touches = [
        (touch.channel, touch.number, touch.day, (touch.subject or "").split(), touch.text.split())
        for touch in variant.touches
    ]
    return touches, dict(variant.factors), variant.recording
