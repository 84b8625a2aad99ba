"""VM013: A first voicemail names no price.

## What it does

Remarks on prices, discounts and free trials in the voicemail of the first touch. Sums that are
about the prospect's business are left alone.

## Why is this bad?

A price is only ever too high for something that nobody has asked for yet.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM013"
SEVERITY = Severity.INFO
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("hunter",)
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Our drill is
only $499 a month, and 20% off this week. Call me at 555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. One idea for
them is in your inbox. Call me at 555-0142.
"""

_IN_WORDS = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|and|a)[\s-]+){1,5}"
)
_SUM = (
    r"(?:[$€£]\s?\d[\d,.]{0,12}k?"
    rf"|(?:(?<![\d,.])\d[\d,.]{{0,12}}\s+|\b{_IN_WORDS})(?:dollars|bucks|euros|pounds|cents))"
)
#: A sum that is ours by its words: what it costs, what comes off, what is free.
_OURS = Pattern(
    rf"\b(?:only|just|starts?\s+at|starting\s+(?:at|from)|start\s+from|priced\s+at|price\s+of|under"
    rf"|for\s+as\s+little\s+as|as\s+low\s+as|less\s+than)\s+{_SUM}"
    r"|\b(?:it|this|that|ours|plans?|packages?|service|subscription|membership|which)\s+(?:only\s+|just\s+)?"
    rf"(?:costs?|runs?|goes\s+for|comes\s+to)\s+(?:you\s+)?(?:only\s+|just\s+|about\s+|around\s+)*(?:{_SUM}|{_IN_WORDS})"
    rf"|(?:\d+\s*|\b{_IN_WORDS})(?:%|percent)\s+(?:off|discount|cheaper)|\bdiscount(?:ed|s)?\b"
    r"|\bfree\s+(?:trial|month|pilot|setup|installation|delivery|upgrade)\b|\bhalf[\s-](?:price|off)\b"
    r"|\b(?:first|one|two|three)\s+(?:\w+\s+)?(?:months?|weeks?|orders?|visits?|years?)(?:\s+(?:is|are))?\s+"
    r"(?:free|on\s+(?:us|me))\b|\bwaive\s+(?:the|our|your)\b|\bknock\s+\S+\s+(?:\S+\s+)?off\b"
    r"|\byou(?:['’]d|['’]ll|\s+\w+)?\s+pay\s+(?:nothing|zero)\b|\bno\s+(?:set-?\s?up|sign-?\s?up|activation|installation|monthly)\s+(?:fee|cost|charge)s?\b"
    r"|\b(?:special|introductory|promotional|discounted|reduced)\s+(?:price|pricing|rate|offer)s?\b"
    r"|\bI['’]ll\s+throw\s+in\b|\bthrow\s+in\s+(?:a|an|one|the)\b"
    r"|\bour\s+(?:pric(?:e|es|ing)|rates?|fees?)\b|\bmoney[\s-]back\b",
)
_RATE = Pattern(
    rf"{_SUM}\s*(?:/|(?:a|per|each|every)\s+)(?:month|mo|year|yr|week|day|seat|user|license|head)\b"
    rf"|\b(?:at|for|is|are|only|just|now|from|down\s+to)\s+{_SUM}\s+(?:a|an|per|each)\s+[a-z]+\b",
)
#: What a rate is that stands behind these words: theirs, or somebody's gain or loss.
_THEIRS = Pattern(
    r"\b(?:sav|los[et]|spen[dt]|paid|pay|pays|cost|costs|charged?|earn|made|gain|worth|waste"
    r"|you(?!['’]d\s+(?:get|have|pay)\b)|goes\s+up|went\s+up|rose|f[ae]ll|drop)\w*\b[^.!?]{0,40}$",
)


def price(text: str) -> re.Match[str] | None:
    """The first price of ours that a text names; what a prospect saves, loses or pays is none."""
    for found in _RATE.finditer(text):
        if not _THEIRS.search(text[max(0, found.start() - 60) : found.start()]):
            return found
    return _OURS.search(text)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a price in a first voicemail."""
    found = price(message.text.prose) if message.is_first else None
    if found:
        yield message.problem(
            f"“{' '.join(found[0].split())}” names a price before anyone has asked.",
            "Say what it does for them, and keep the price for the answer.",
            found.start(),
        )
