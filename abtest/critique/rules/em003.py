"""EM003: Sentences are short enough to read once.

## What it does

Flags sentences of more than 25 words, the longest first.

## Why is this bad?

On a phone 25 words are four lines. Who has to go back to the start of a sentence goes on to the
next email.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM003"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("lavender",)
LIMITS = {"words": 25}
BAD = """
We work with companies that want to change the way that their teams reach out to new prospects in
every channel so that they can hit their number each quarter. Would that help you?
"""
GOOD = """
Your new reps start Monday. We help new reps book a first meeting in two weeks. Would that help you?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag the longest sentence that is too long."""
    longest = max(message.text.sentences, key=lambda s: s.words, default=None)
    if longest and longest.words > limits["words"]:
        yield message.problem(
            f"This sentence has {longest.words} words: "
            f"“{message.text.quote(longest.start, longest.end)}”.",
            "Make two of it: one idea each.",
            longest.start,
        )
