"""PR002: A title goes with a company's size.

## What it does

Remarks on a profile whose title names both owners and directors or vice presidents, without a
`company_size`.

## Why is this bad?

In a small company the owner decides, in a large one a director or VP. One message for both fits
neither.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import ExperimentView, Problem
from abtest.errors import Severity

CODE = "PR002"
SEVERITY = Severity.INFO
CHANNEL = "profile"
UNIT = "experiment"
ENGLISH = True
EVIDENCE = ("voicemail-post",)
LIMITS: Mapping[str, float] = {}
BAD = """
=== experiment.md
---
title: Which opener?
status: draft
profile: {industry: Software, location: Denver, title: Owner or VP of Sales}
---
"""
GOOD = """
=== experiment.md
---
title: Which opener?
status: draft
profile: {industry: Software, location: Denver, title: VP of Sales}
---
"""

_OWNER = Pattern(r"\b(?:owners?|partners?|founders?|proprietors?)\b")
_OFFICER = Pattern(r"\b(?:vps?|vice\s+presidents?|directors?|heads?\s+of|managers?)\b", flags=re.I)


def check(experiment: ExperimentView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a title that mixes small and large companies."""
    profile = experiment.experiment.profile
    sized = any("size" in key or "employees" in key for key in profile.extra)
    if _OWNER.search(profile.title) and _OFFICER.search(profile.title) and not sized:
        yield experiment.problem(
            f"“{profile.title}” mixes small companies with large ones.",
            "Choose one, or add `company_size` to the profile.",
            "profile",
        )
