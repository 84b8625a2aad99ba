"""VM004: A number is written the way it should be said.

## What it does

Remarks on a telephone number of seven digits or more that is written as one block.

## Why is this bad?

A caller reads what is written. Digits in groups of three and four are read slowly, with a breath
between the groups, and can be written down.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM004"
SEVERITY = Severity.INFO
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("hunter", "callback-trainers")
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, this is Sam with Brightline, 5550142. You have three open seats in Denver, and we
help new reps book a first meeting in week two. Call me back at 5550142.
"""
GOOD = """
Hi {{first_name}}, this is Sam with Brightline, 555-0142. You have three open seats in Denver, and
we help new reps book a first meeting in week two. Call me back at 5-5-5, 0-1-4-2.
"""

_BLOCK = Pattern(r"(?<![\w.,$€£-])\+?\d{7,12}(?![\w%]|[.,]\d)", flags=re.NOFLAG)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on the first number without groups."""
    found = _BLOCK.search(message.text.prose)
    if found:
        digits = found[0]
        local, area = digits[-7:], digits[:-7]
        groups = "-".join(filter(None, [area, local[:3], local[3:]]))
        yield message.problem(
            f"“{digits}” will be read in one breath.",
            f"Write it in groups: “{groups}”, with [pause] before it.",
            found.start(),
        )
