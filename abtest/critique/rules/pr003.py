"""PR003: A profile is not everyone.

## What it does

Flags industry, location or title of "all", "various", "everyone", "global" and the like, and
remarks on an `any` that was written out.

## Why is this bad?

A message for everyone is for no one, and when it falls short nobody can say who it was wrong for.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.views import ExperimentView, Problem
from abtest.errors import Severity

CODE = "PR003"
SEVERITY = Severity.WARNING
CHANNEL = "profile"
UNIT = "experiment"
ENGLISH = True
EVIDENCE = ("outreach-post", "voicemail-post", "audience-post")
LIMITS: Mapping[str, float] = {}
BAD = """
=== experiment.md
---
title: Which opener?
status: draft
profile: {industry: various, location: Denver, title: VP of Sales}
---
"""
GOOD = """
=== experiment.md
---
title: Which opener?
status: draft
profile: {industry: Outbound software, location: Denver, title: VP of Sales}
---
"""

_EVERYONE = re.compile(
    r"(?:all|everyone|everybody|everything|every|various|varied|misc(?:ellaneous)?|mixed|global(?:ly)?"
    r"|world\s?wide|international|anyone|anybody|anywhere|everywhere|multiple|many|several|different"
    r"|n/?a|none|tbd|unknown|other|general)"
    r"(?:\s+(?:industries|locations|titles|roles|kinds|verticals|sectors|of\s+them|types|over))?",
    re.IGNORECASE,
)


def check(experiment: ExperimentView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each basic of the profile that is everyone, remark on `any`."""
    profile = experiment.experiment.profile
    for key in ("industry", "location", "title"):
        value = getattr(profile, key).strip()
        if _EVERYONE.fullmatch(value):
            yield experiment.problem(
                f"“{key}: {value}” is everyone.", "Name who it is written for.", "profile"
            )
        elif value.lower() == "any":
            yield experiment.problem(
                f"“{key}: any” leaves open who it is written for.",
                f"Name the {key} that answers best, once the results say.",
                "profile",
                Severity.INFO,
            )
