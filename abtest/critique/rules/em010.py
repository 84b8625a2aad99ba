"""EM010: An email is free of buzzwords.

## What it does

Flags two or more different words that would fit any brochure: leverage, synergy, best-in-class,
solution, streamline, seamless, robust, unlock and their like. What others said, in quotation marks,
is left alone, and so are words that can mean what they say (a robust wine) in different sentences.
The list `buzzwords` can be extended in `plan.yml`.

## Why is this bad?

They fill the place where something that can be checked should stand.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.critique.wordlists import Found
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


#: Words that also mean something: a wine is robust, a key unlocks, a solution stands in a bottle.
_LITERAL = (
    "robust", "seamless", "frictionless", "solution", "unlock", "bandwidth", "bespoke", "turnkey",
    "ecosystem", "cutting", "comprehensive", "pioneering", "agile", "dynamic", "intuitive", "deep",
    "optimi", "utili", "proprietary", "harness", "elevate", "tailor", "next", "full", "wide range",
    "broad range", "end", "out-of-the-box", "plug", "peace of mind", "hassle",
)  # fmt: skip


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag two or more different buzzwords."""
    found = {
        match.words.lower(): match
        for match in message.words("buzzwords").all(message.text.prose)
        if not message.text.is_quoted(match.start)
    }
    different = {word[:6]: match for word, match in found.items()}
    if len(different) >= limits["words"] and not _is_literal(list(different.values()), message):
        listed = ", ".join(f"“{match.words.lower()}”" for match in different.values())
        yield message.problem(
            f"Buzzwords: {listed}.",
            "Say what it does, in words that a twelve-year-old knows.",
            min(match.start for match in found.values()),
        )


def _is_literal(found: list[Found], message: MessageView) -> bool:
    """Could each of the words mean what it says, since no sentence has two of them?"""
    if not all(match.words.lower().startswith(_LITERAL) for match in found):
        return False
    spans = [(sentence.start, sentence.end) for sentence in message.text.sentences]
    return not any(sum(s <= match.start < e for match in found) > 1 for s, e in spans)
