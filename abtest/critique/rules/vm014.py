"""VM014: A voicemail was recorded and heard before it is used.

## What it does

Remarks on a voicemail without a `recording`, and on a recording that nobody has scored for how it
is said (pace, energy, clarity and so on).

## Why is this bad?

Half of a voicemail is how it sounds, and nobody hears their own voice as others do. Record it, play
it to a colleague, be open to what they say.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "VM014"
SEVERITY = Severity.INFO
CHANNEL = "voicemail"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("voicemail-post",)
LIMITS: Mapping[str, float] = {}
BAD = """
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me at
555-0142.
"""
GOOD = """
=== a.md
---
title: Denver ramp
recording: recordings/a.wav
---
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me at
555-0142.
=== recordings/a.wav
11 seconds
=== reviews/lee.md
---
of: a
by: lee
date: 2026-11-03
kind: recording
scores: {ask: 4, pace: 4, energy: 3}
---
Drops the voice on the number, at 0:09.
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a voicemail that was not recorded, or whose recording nobody scored."""
    if not variant.voicemails:
        return
    if variant.variant.recording is None:
        yield variant.problem(
            "This voicemail has no recording.",
            "Record it and add `recording: recordings/….mp3`.",
            variant.voicemails[0].touch.heading_line,
        )
    elif not any(set(review.scores) & set(variant.plan.rubric.how) for review in variant.reviews):
        yield variant.problem(
            "Nobody has scored how this recording sounds.",
            "Play it to a colleague and add a review of kind `recording`.",
            variant.key_line("recording"),
        )
