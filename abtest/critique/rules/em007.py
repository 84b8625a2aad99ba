"""EM007: An email begins with the prospect.

## What it does

Flags the first email if its first sentence begins with I, we, my, our or the sender's company, also
as in "At Brightline, we …". What the sender saw or tried of the prospect's ("I filled in your
form", "Our talk on Monday") is left alone.

## Why is this bad?

The first line is what the inbox shows. If it is about the sender, the rest will be too.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.text import Sentence
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM007"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("channell", "lavender")
LIMITS: Mapping[str, float] = {}
BAD = """
I am the founder of Brightline and we provide sales training. Your new reps in Denver could use it.
Worth a look?
"""
GOOD = """
You hired four reps in Denver in May. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""

_OWN = frozenset({"i", "we", "my", "our", "i'm", "i've", "we're", "we've", "i'd", "we'd", "i'll"})
_SAW = Pattern(
    r"(?:I|We)(?:['’]ve)?\s+(?!want|would|am\b|are\b|hope|think|believe|work|help|lead\b|run\b|do\b|offer"
    r"|provide|have\s+been\b|specialize|sell|make\b|build|represent|thought\s+(?:it|i|that)|like\b"
    r"|just\s+want)(?:\S+\s+){1,7}?(?:you|your)\b"
    r"|(?:I|We)(?:['’]ve|\s+have|\s+just|\s+also|\s+recently)*\s+(?:saw|see|seen|notice[ds]?|read|heard"
    r"|watched|found|spotted|met|spoke|talked|drove|walked|listened|visited)\b.{0,80}?(?:\byou|\{)"
    r"|I['’]?m\s+(?:trying|looking|hoping)\b.{0,60}?(?:\byou|\{)"
    r"|(?:My|Our)\s+(?:talk|call|chat|conversation|meeting)\b"
    r"|My\s+(?:mother|father|mom|mum|dad|wife|husband|son|daughter|sister|brother|uncle|aunt|cousin"
    r"|grand\w+|neighbou?r|friend|kids?|dog|cat)\b.{0,80}?(?:\byou|\{)",
    flags=re.IGNORECASE | re.DOTALL,
)

#: Other ways to begin with the sender: "At Brightline, we", "As a maker of docks, I".
_AS_WE_ARE = Pattern(
    r"(?:here\s+)?at\s+[A-Z][\w&’'. -]{0,40}?,?\s+(?:we|our)\b"
    r"|as\s+(?:a|an|the|one)\b[^.,]{0,60},\s+(?:we|i)\b",
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a first sentence that begins with the sender."""
    sentences = message.text.sentences
    if not message.is_first or not sentences:
        return
    first = sentences[0]
    if _is_own(first, message) and not _SAW.match(first.text):
        yield message.problem(
            f"The first sentence begins with the sender: "
            f"“{message.text.quote(first.start, first.end)}”.",
            "Begin with something that is true of the prospect.",
            first.start,
        )


def _is_own(first: Sentence, message: MessageView) -> bool:
    """Does a sentence begin with "we", "at …, we", or the sender's company?"""
    company = message.variant.plan.sender.company
    named = first.tokens[0].text == "Our" and first.text[4:5].isupper()  # Our Lady of Grace
    return (
        (first.tokens[0].lower in _OWN and not named)
        or bool(_AS_WE_ARE.match(first.text))
        or bool(
            company and first.text.startswith((f"{company} ", f"{company}’s ", f"{company}'s "))
        )
    )
