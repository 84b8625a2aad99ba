"""EM017: An email lets people opt out, and says where it comes from.

## What it does

Looks for words that let the reader opt out, and for a postal address. Profiles whose location is
outside the United States are left to the law of that place.

## Why is this bad?

The CAN-SPAM Act asks for both in every commercial email. A reader who cannot say no presses "spam".
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.anatomy import ADDRESS
from abtest.critique.caller import has_any
from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.critique.ways_out import OPT_OUT, is_footer
from abtest.errors import Severity

CODE = "EM017"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("can-spam",)
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}},

Your reps in Denver start Monday. Worth a look at a drill for them?

Sam Ortiz, Brightline | 555-0142 | brightline.example
"""
GOOD = """
Hi {{first_name}},

Your reps in Denver start Monday. Worth a look at a drill for them?

Sam Ortiz, Brightline | 555-0142 | brightline.example
Not for you? Reply "stop". Brightline, 1 Main St, Denver CO.
"""

_ABROAD = Pattern(
    r"\b(?:united\s+kingdom|uk|england|scotland|wales|ireland|london|manchester|germany|france|spain"
    r"|italy|netherlands|belgium|austria|switzerland|sweden|norway|denmark|finland|poland|portugal"
    r"|europe|emea|eu|dach|nordics|benelux|canada|toronto|ontario|quebec|vancouver|australia|sydney"
    r"|melbourne|new\s+zealand|india|singapore|japan|china|apac|brazil|mexico|latam|israel|dubai|uae"
    r"|south\s+africa|middle\s+east)\b",
)
_FIELD = Pattern(r"\{\{?\s*\w*signature")
_SPOKEN = Pattern(
    r"\b(?:tell|let)\s+me\s+(?:know\s+)?(?:and|so)\s+I['’]ll\s+(?:stop|not)|\bI(?:['’]ll|\s+will)\s+(?:stop|not"
    r"\s+(?:write|email|contact|bother))|\bstop\s+(?:writing|emailing|these)|\bno\s+more\s+(?:emails|notes)"
    r"|\b(?:reply|say|answer|write)\s+(?:with\s+)?(?:a\s+)?[\"“'‘]?(?:no|stop|pass|no\s+thanks)\b"
    r"|\bwon['’]t\s+(?:write|email|contact|bother|hear)",
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag an email without a way out or without an address."""
    text = message.text.raw
    experiment = message.variant.experiment
    if experiment and _ABROAD.search(experiment.profile.location):
        return
    missing = []
    if not _has_way_out(message):
        missing.append("a way to opt out")
    own = message.variant.plan.sender.address
    if not (ADDRESS.search(text) or has_any(text, [own]) or _FIELD.search(text)):
        missing.append("a postal address")
    if missing:
        yield message.problem(
            f"The email lacks {' and '.join(missing)}, which United States law asks for.",
            f"Add a last line: “Not for you? Reply “stop”. {own or '1 Main St, Denver, CO'}.”",
        )


def _has_way_out(message: MessageView) -> bool:
    """Is a way out below the signature, in the last two lines, or anywhere in known words?"""
    text = message.text.raw
    ending = [line for line in text.split("\n") if line.strip()][-2:]
    last = re.split(r"(?<=[.!?])\s+|\n", "\n".join((message.text.closing, *ending)))
    return any(map(is_footer, last)) or bool(OPT_OUT.search(text) or _SPOKEN.search(text))
