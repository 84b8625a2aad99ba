"""EM002: An email is easy to read.

## What it does

Estimates the school grade that it takes to read the body with ease (Flesch–Kincaid; names and
numbers count as short words). Grade 9 and above is flagged, 7 and 8 remarked on. Short texts have
more room, since one long word moves their grade by a lot.

## Why is this bad?

A hard text is put off, and what is put off is not answered. Emails in plain words were answered
more often in two large collections.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.speech import grade
from abtest.critique.syllables import syllables
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM002"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("boomerang", "lavender")
LIMITS = {"easy": 7, "hard": 9, "enough_words": 60, "allowance": 0.12}
BAD = """
Leveraging our comprehensive methodology facilitates organisational transformation across
heterogeneous stakeholder constituencies. Would you consider an introductory conversation?
"""
GOOD = """
Your new reps start Monday. We can help them book a first meeting in two weeks. Would a page on how
that works help you?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a body that is hard to read, remark on one that is not easy."""
    found = grade(message.text)
    if found is None:
        return
    missing = max(0.0, limits["enough_words"] - len(message.text.tokens))
    room = limits["allowance"] * missing
    if found >= limits["hard"] + room:
        yield message.problem(_sentence(found), _suggestion(message))
    elif found >= limits["easy"] + room:
        yield message.problem(_sentence(found), _suggestion(message), severity=Severity.INFO)


def _sentence(grade: float) -> str:
    return f"It takes about grade {int(grade)} to read this with ease."


def _suggestion(message: MessageView) -> str:
    inside = (t for s in message.text.sentences for t in s.tokens[1:] if t.text[0].islower())
    long = {token.lower: syllables(token.text) for token in inside if token.kind == "word"}
    hardest = [word for word in sorted(long, key=long.__getitem__, reverse=True) if long[word] > 2]
    if not hardest:
        return "Split the longest sentence in two."
    return f"Find shorter words for {', '.join(f'“{word}”' for word in hardest[:3])}."
