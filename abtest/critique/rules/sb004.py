"""SB004: A subject does not shout or press.

## What it does

Flags exclamation marks, two or more everyday words in capitals, and urgency such as "last chance"
in the subject. The list `urgency` can be extended in `plan.yml`.

## Why is this bad?

Filters and people know it from spam.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.capitals import shouted
from abtest.critique.names import is_named
from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.critique.words import tokens
from abtest.errors import Severity

CODE = "SB004"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("can-spam",)
LIMITS = {"share": 0.5, "shouted": 2}
BAD = """
Subject: URGENT: LAST CHANCE!

Your reps in Denver start Monday. Worth a look at a drill for them?
"""
GOOD = """
Subject: New reps in Denver

Your reps in Denver start Monday. Worth a look at a drill for them?
"""

_MARKS = Pattern(r"!+|\?\?+|[$€£]{2,}|\bFREE\b", flags=re.NOFLAG)


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a subject that shouts, else one that presses."""
    subject = message.subject
    words = [token for token in tokens(subject) if token.kind == "word"]
    capitals = [token for token in words if token.text.isupper() and len(token.text) > 1]
    extra = message.variant.plan.critique.phrases.get("shouted", ())
    loud = shouted(tuple(words), extra, shortest=2)
    urgent = message.words("urgency").first(subject)
    if marks := _MARKS.search(subject):
        yield message.subject_problem(f"The subject shouts: “{marks[0]}”.", "Write words alone.")
    elif loud and len(capitals) >= max(limits["shouted"], limits["share"] * len(words)):
        yield message.subject_problem(
            f"The subject shouts: “{subject}”.", "Write it as a sentence, in lower case."
        )
    elif urgent and not is_named(urgent.words, subject):
        yield message.subject_problem(
            f"“{urgent.words}” presses the reader.", "Say what the email is about."
        )
