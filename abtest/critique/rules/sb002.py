"""SB002: A subject is two to five words.

## What it does

Flags a subject of more than eight words or sixty characters, and remarks on six to eight words.

## Why is this bad?

A phone shows about forty characters. In one large collection subjects of three or four words were
answered most.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.critique.words import FIELD
from abtest.errors import Severity

CODE = "SB002"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("boomerang",)
LIMITS = {"good": 5, "most": 8, "characters": 60}
BAD = """
Subject: A quick question about how your sales team plans to hit its number this year

Your reps in Denver start Monday. Worth a look at a drill for them?
"""
GOOD = """
Subject: Denver rep ramp

Your reps in Denver start Monday. Worth a look at a drill for them?
"""

#: A number of a part or a seat is one word: “9E-04”.
_WORD = re.compile(r"\S*\w\S*")
_REPLY = Pattern(r"^(?:(?:re|fwd?)\s*:\s*)+")


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a long subject, remark on a longish one."""
    subject = _REPLY.sub("", message.subject)
    words, characters = len(_WORD.findall(re.sub(FIELD, "x", subject))), len(subject)
    if words > limits["most"] or characters > limits["characters"]:
        yield message.subject_problem(
            f"The subject has {words} words and {characters} characters.",
            "Keep two to five words that this prospect would use.",
        )
    elif words > limits["good"]:
        yield message.subject_problem(
            f"The subject has {words} words.",
            "Keep two to five words that this prospect would use.",
            Severity.INFO,
        )
