"""VM006: A voicemail sells one thing, not a list.

## What it does

Flags a list of three or more things that "we offer", "we provide" and the like, and a second
sentence that offers. Lists of names (customers, cities) are left alone.

## Why is this bad?

Nobody remembers the third item of a list that they heard once. A list also says that the caller
does not know which of these the prospect needs.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM006"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("hunter",)
LIMITS = {"items": 3}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. We offer
training, coaching, scripts, dashboards and call reviews. Call me at 555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. We help new
reps book a first meeting in week two. Call me at 555-0142.
"""

_OFFER = re.compile(r"\bwe\s+(?:also\s+)?(?:offer|provide|sell|supply)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*,\s*(?:and\s+|or\s+|plus\s+|as\s+well\s+as\s+)?|\s+(?:and|plus|as\s+well\s+as)\s+"
)
_LONGEST_ITEM = 5
_LONGEST_LIST = 300


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a list after an offer, else a second offer."""
    offers = []
    for sentence in message.text.sentences:
        offered = message.words("offers").all(sentence.text)
        lists = [_items(sentence.text[found.end : found.end + _LONGEST_LIST]) for found in offered]
        items = next((items for items in reversed(lists) if len(items) >= limits["items"]), [])
        if items:
            yield message.problem(
                f"This is a list of {len(items)} things: “{', '.join(items[:3])}” …",
                "Keep the one that this prospect would miss most.",
                sentence.start,
            )
            return
        if _OFFER.search(sentence.text):
            offers.append(sentence)
    if len(offers) > 1:
        yield message.problem(
            f"This is another offer: “{message.text.quote(offers[1].start, offers[1].end)}”.",
            "Keep one offer; the other can be a message of its own.",
            offers[1].start,
        )


def _items(words: str) -> list[str]:
    """The items of the list that follows, up to the next clause; none for a list of names."""
    clause = re.split(
        r"[;:.!?—–]|\s(?:so|to|that|which|because|for|in|across|while|when|if)\s", words
    )[0]
    items = [item.strip() for item in _BETWEEN.split(clause) if item.strip()]
    items = [item for item in items if len(item.split()) <= _LONGEST_ITEM]
    names = sum(item[0].isupper() for item in items)
    return [] if names * 2 > len(items) else items
