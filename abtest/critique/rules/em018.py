"""EM018: A claim says whose result it is.

## What it does

Remarks on a sentence that claims a gain in percent or "times" and names nobody it happened to.

## Why is this bad?

"We improve results by 300 %" can be said by anyone. A named customer's nine weeks that became two
can be checked.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.names import names, starts_with_name
from abtest.critique.patterns import Pattern
from abtest.critique.text import Sentence
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM018"
SEVERITY = Severity.INFO
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("outreach-post",)
LIMITS: Mapping[str, float] = {}
BAD = """
Your reps in Denver start Monday. We improve the results of new reps by 300%. Worth a look?
"""
GOOD = """
Your reps in Denver start Monday. Acme cut the ramp of theirs from nine weeks to two. Worth a look?
"""

_MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)
_FIGURE = Pattern(
    r"\b\d[\d.,]*\s?(?:%|percent\b|x\b)|\b(?:\d+|two|three|four|five|ten)(?:-?fold\b"
    r"|[\s-]*times\s+(?:more|fewer|less|faster|quicker|higher|lower|better|cheaper|longer|as|the)\b)"
    r"|\b(?:double|triple)[sd]?\b|\bin\s+half\b"
    r"|\bby\s+(?:half(?=\s*[.,;!?]|\s*$|\s+(?:in|within|since|after)\b)|(?:a|one|two)[\s-](?:third|half|quarter)s?\b)",
)
_GAIN = Pattern(
    r"\b(?:improv|increas|boost|grow|grew|rais|lift|cut|reduc|sav|lower|decreas|shorten|speed|faster"
    r"|more|fewer|less|higher|better|doubl|tripl|drop|fell|fall|rose|gain|return|slash|halv|times\s+as\b)\w*",
)
_SOURCE = Pattern(
    r"\b(?:according\s+to|source|study|survey|report(?:s|ed)?\s+by|census|data\s+from|figures\s+from"
    r"|published|proof|your\s+(?:own|report|posting|site|filing|results|numbers))\b|\bhttps?:",
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on each gain that nobody is named for."""
    own = message.variant.own_names | _MONTHS
    named = {token.start for token in names(message.text, own)}
    for sentence in message.text.sentences:
        found = _claim(sentence, message.text.prose)
        is_named = any(sentence.start <= start < sentence.end for start in named)
        if found and not is_named and not starts_with_name(sentence):
            yield message.problem(
                f"“{found[0]}” is nobody's result.",
                "Name the customer and the year, or what it was before and after.",
                sentence.start,
            )


#: What the prospect's own figures did; what they "could" do is our claim.
_THEIRS = Pattern(r"your?\b(?!.*\b(?:could|can|will|would|may|might)\b)")


def _claim(sentence: Sentence, prose: str) -> re.Match[str] | None:
    words = sentence.text
    if _THEIRS.on(prose).match(words) or sentence.is_question:
        return None
    if not _GAIN.on(prose).search(words) or _SOURCE.on(prose).search(words):
        return None
    return _FIGURE.on(prose).search(words)
