"""VM013: A first voicemail names no price.

## What it does

Remarks on prices, discounts and free trials in the voicemail of the first touch. Sums that are
about the prospect's business are left alone.

## Why is this bad?

A price is only ever too high for something that nobody has asked for yet.
"""

import re
from collections.abc import Iterator, Mapping

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

_SUM = r"(?:[$€£]\s?\d[\d,.]{0,12}k?|(?<![\d,.])\d[\d,.]{0,12}\s+(?:dollars|bucks|euros|pounds))"
PRICE = re.compile(
    rf"{_SUM}\s*(?:/|(?:a|per|each|every)\s+)(?:month|mo|year|yr|week|day|seat|user|license|head)\b"
    rf"|\b(?:only|just|costs?(?:\s+you)?|starts?\s+at|starting\s+(?:at|from)|priced\s+at|price\s+of"
    rf"|for\s+as\s+little\s+as|as\s+low\s+as)\s+{_SUM}"
    r"|\d+\s*(?:%|percent)\s+(?:off|discount)|\bdiscount(?:ed|s)?\b|\bfree\s+(?:trial|month|pilot|setup)\b"
    r"|\b(?:special|introductory|promotional)\s+(?:price|pricing|rate|offer)\b|\bour\s+pric(?:e|es|ing)\b"
    r"|\bmoney[\s-]back\b",
    re.IGNORECASE,
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a price in a first voicemail."""
    found = PRICE.search(message.text.prose) if message.is_first else None
    if found:
        yield message.problem(
            f"“{' '.join(found[0].split())}” names a price before anyone has asked.",
            "Say what it does for them, and keep the price for the answer.",
            found.start(),
        )
