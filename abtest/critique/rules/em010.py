"""EM010: An email is free of buzzwords.

## What it does

Flags two or more different words that would fit any brochure: leverage, synergy, best-in-class,
solution, streamline, seamless, robust, unlock and their like. The list `buzzwords` can be extended
in
`plan.yml`.

## Why is this bad?

They fill the place where something that can be checked should stand.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM010"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("lavender", "boomerang")
LIMITS = {"words": 2}
BAD = """
Your reps in Denver deserve our cutting-edge, best-in-class solution, which unlocks synergy. Worth a
look?
"""
GOOD = """
Your reps in Denver start Monday. This is a ten-minute script drill that got two teams near you to a
first meeting in week two. Worth a look?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag two or more different buzzwords."""
    found = {
        match.words.lower(): match for match in message.words("buzzwords").all(message.text.prose)
    }
    different = {word[:6]: word for word in found}
    if len(different) >= limits["words"]:
        first = min(match.start for match in found.values())
        yield message.problem(
            f"Buzzwords: {', '.join(f'“{word}”' for word in different.values())}.",
            "Say what it does, in words that a twelve-year-old knows.",
            first,
        )
