"""TM001: Nothing of the template is left.

## What it does

Flags words in a message of a running experiment that `abtest new` wrote to be written over, such as
"Your subject here" or "Your Name". The list is `placeholders`.

## Why is this bad?

Whoever gets "say what happened at Harbor Foods this month" knows that nobody wrote to them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from abtest.critique import wordlists
from abtest.critique.views import MessageView, Problem, VariantView
from abtest.errors import Severity

CODE = "TM001"
SEVERITY = Severity.WARNING
CHANNEL = "message"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("deutsche-bank",)
LIMITS: Mapping[str, float] = {}
BAD = """
## Email
Subject: Your subject here

Your first sentence says what happened at {{company}} this month.
Worth a look at a drill for them?

Your Name
"""
GOOD = """
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

Sam Ortiz
"""


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each place of a message that still says what a template said."""
    for message in variant.messages if variant.is_running else ():
        for found in _pattern().finditer(message.subject):
            yield message.subject_problem(*_told(found[0]))
        yield from _in_text(message)


def _in_text(message: MessageView) -> Iterator[Problem]:
    """One problem for each phrase, at its first place."""
    seen = set()
    for found in _pattern().finditer(message.text.raw):
        problem = message.problem(*_told(found[0]), found.start())
        if problem.message not in seen:
            seen.add(problem.message)
            yield problem


def _told(found: str) -> tuple[str, str]:
    phrase = " ".join(found.split())
    return f"“{phrase}” is still the template's.", _placeholders()[phrase]


def _placeholders() -> Mapping[str, str]:
    """Phrase → what belongs in its place."""
    cures: Mapping[str, str] = wordlists.data("phrases/placeholders.yml")
    return cures


@cache
def _pattern() -> re.Pattern[str]:
    """Any of the phrases, as spelled, across line breaks."""
    phrases = (r"\s+".join(map(re.escape, phrase.split())) for phrase in _placeholders())
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")
