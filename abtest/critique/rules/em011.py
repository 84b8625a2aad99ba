"""EM011: An email does not shout.

## What it does

Flags two or more exclamation marks in a row, everyday words in capitals, and hype such as "act now"
or "guaranteed". Short forms in capitals, names ("the auction at Last Chance") and what others said,
in quotation marks, are left alone. The lists `hype` and `shouted` can be extended in `plan.yml`.

## Why is this bad?

Filters and people know it from spam.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.capitals import shouted
from abtest.critique.names import is_named
from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM011"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("can-spam",)
LIMITS: Mapping[str, float] = {}
BAD = """
Your reps in Denver start Monday. ACT NOW!!! Guaranteed meetings for each of them. Worth a look?
"""
GOOD = """
Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""

_MARKS = Pattern(r"!\s?!+|[!?]{3,}", flags=re.NOFLAG)
_NEGATED = Pattern(
    r"(?:\bno|\bnot?|n['’]t|\bcannot|\bnever|\bwithout(?:\s+a)?)\s*$",
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag the first mark of hype."""
    start, words = _hype(message)
    if words:
        yield message.problem(
            f"“{words}” reads like spam.", "Say it in lower case, with a fact.", start
        )


def _hype(message: MessageView) -> tuple[int, str]:
    prose = message.text.prose
    places = [(found.start(), found[0]) for found in _MARKS.finditer(prose)]
    places += [
        (found.start, found.words)
        for found in message.words("hype").all(prose)
        if not _NEGATED.search(prose[max(0, found.start - 16) : found.start])
        and not is_named(found.words, prose)
    ]
    extra = message.variant.plan.critique.phrases.get("shouted", ())
    places += [(t.start, t.text) for t in shouted(message.text.tokens, extra, shortest=4)]
    ours = [place for place in places if not message.text.is_quoted(place[0])]
    return min(ours, default=(0, ""))
