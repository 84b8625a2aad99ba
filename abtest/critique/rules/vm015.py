"""VM015: A recording is spoken at a pace that can be followed.

## What it does

Divides the words of the voicemail by the length of its recording, and flags more than 180 words a
minute. Between 165 and 180, and below 120, it remarks.

## Why is this bad?

Nerves make people fast. Above 180 words a minute a listener loses the name and the number, and a
transcript loses more.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.speech import pace
from abtest.critique.views import Problem, VariantView
from abtest.errors import Severity

CODE = "VM015"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("callback-trainers", "hubspot-voicemail")
LIMITS = {"slow": 120, "brisk": 165, "fast": 180, "fewest": 20}
BAD = """
=== a.md
---
title: Denver ramp
recording: recordings/a.wav
---
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Call me at
555-0142.
=== recordings/a.wav
7 seconds
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
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a recording that is too fast, remark on a brisk or a slow one."""
    recording = variant.variant.recording
    if recording is None or not variant.voicemails:
        return
    text = variant.voicemails[0].text
    speed = pace(text, recording.seconds)
    if speed is None or text.words < limits["fewest"]:
        return
    said = f"{text.words} words in {recording.seconds:.0f} seconds, {speed:.0f} a minute"
    line = variant.key_line("recording")
    if speed > limits["fast"]:
        yield variant.problem(f"Too fast to follow: {said}.", "Record it again, slower.", line)
    elif speed > limits["brisk"]:
        yield variant.problem(
            f"A little fast: {said}.", "Slow down for the name and number.", line, Severity.INFO
        )
    elif speed < limits["slow"]:
        yield variant.problem(
            f"A little slow: {said}.", "Cut the pauses between sentences.", line, Severity.INFO
        )
