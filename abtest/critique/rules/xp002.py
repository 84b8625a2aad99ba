"""XP002: Versions differ in one thing.

## What it does

Compares each variant with the control: voicemail, subject, opening, ask, and what stands between.
Remarks when three or more differ. Variants that declare `factors` are left alone, and so are
experiments whose `lever` is list, cadence, offer or channel.

## Why is this bad?

If everything differs and one wins, nobody knows what to keep.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import ExperimentView, Problem, VariantView
from abtest.errors import Severity

CODE = "XP002"
SEVERITY = Severity.INFO
CHANNEL = "experiment"
UNIT = "experiment"
ENGLISH = False
EVIDENCE = ("one-variable", "log-nulls", "growthbook")
LIMITS = {"blocks": 3}
BAD = """
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Two teams near you use a drill. Worth a look?
=== b.md
---
title: Two
---
## Email
Subject: An hour a day

Your managers lose an hour a day. Harbor Foods found it in the calendar. Who plans theirs?
"""
GOOD = """
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Two teams near you use a drill. Worth a look?
=== b.md
---
title: Two
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Two teams near you use a drill. Who could use it?
"""


def check(experiment: ExperimentView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on each variant that differs from the control in several places."""
    control = experiment.control
    if control is None or experiment.experiment.lever not in ("", "message"):
        return
    for view in experiment.variants:
        if view is control or (view.variant.factors and control.variant.factors):
            continue
        blocks, base = _blocks(view), _blocks(control)
        changed = [name for name in base if blocks[name] != base[name]]
        if len(changed) >= limits["blocks"]:
            yield Problem(
                f"{', '.join(changed).capitalize()} differ from the control.",
                "Change one thing, or say with `factors` what is tried.",
                path=view.variant.path,
            )


def _blocks(view: VariantView) -> dict[str, object]:
    """The parts of a variant that an experiment may change."""
    first = view.emails[0] if view.emails else view.messages[0]
    sentences = [sentence.text for sentence in first.text.sentences]
    return {
        "voicemail": [m.touch.text for m in view.voicemails] if view.emails else None,
        "subject": first.subject,
        "opening": sentences[:1],
        "middle": sentences[1:-1],
        "ask": sentences[-1:],
    }
