"""CR003: A voicemail that was heard is scored for WHAT and for HOW.

## What it does

Remarks on a review of kind `role-play` or `recording` of a voicemail that scores only what is said,
or only how.

## Why is this bad?

Good words read off a page and poor words said with warmth are different troubles with different
cures. One number for both hides which it is.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "CR003"
SEVERITY = Severity.INFO
CHANNEL = "critique"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("voicemail-post",)
LIMITS: Mapping[str, float] = {}
BAD = """
=== a.md
---
title: One
---
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me at
555-0142.
=== reviews/lee.md
---
of: a
by: lee
date: 2026-10-20
kind: role-play
scores: {fit: 4, ask: 4}
---
Fine.
"""
GOOD = """
=== a.md
---
title: One
---
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me at
555-0142.
=== reviews/lee.md
---
of: a
by: lee
date: 2026-10-20
kind: role-play
scores: {fit: 4, ask: 4, pace: 3, energy: 2}
---
Read off the page.
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on each review that was heard and scores one side only."""
    rubric = variant.plan.rubric
    for review in variant.reviews if variant.voicemails else ():
        if review.kind == "read" or not review.scores:
            continue
        what, how = set(review.scores) & set(rubric.what), set(review.scores) & set(rubric.how)
        if not what or not how:
            missing = "what is said" if not what else "how it is said"
            yield Problem(
                f"This review of a voicemail that was heard does not score {missing}.",
                f"Score at least one of: {', '.join(rubric.what if not what else rubric.how)}.",
                review.key_lines.get("scores", 0),
                path=review.path,
            )
