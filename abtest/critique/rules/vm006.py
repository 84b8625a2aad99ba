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

from abtest.critique.patterns import Pattern
from abtest.critique.text import Sentence
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM006"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("hunter",)
LIMITS = {"items": 3, "many": 4}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. We offer
training, coaching, scripts, dashboards and call reviews. Call me at 555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. We help new
reps book a first meeting in week two. Call me at 555-0142.
"""

_OFFER = Pattern(r"\bwe\s+(?:also\s+)?(?:offer|provide|sell|supply)\b")
#: How a sentence on what is ours begins; what we saw, counted or read is the prospect's.
_OURS = Pattern(
    r"(?:and\s+|so\s+|also\s+)?(?:we|our\s+\w+)\s+(?!\w+ed\b|saw|read|found|went|heard|met|know|took|put)",
)
_THEIRS = Pattern(r"\byours?\b|\btheirs?\b|\d|\bI\b")
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
        if not items and not _has_phone(sentence, message):
            items = _many(sentence.text, int(limits["many"]))
        if items:
            yield message.problem(
                f"This is a list of {len(items)} things: “{', '.join(items[:3])}” …",
                "Keep the one that this prospect would miss most.",
                sentence.start,
            )
            return
        if _OFFER.on(message.text.prose).search(sentence.text):
            offers.append(sentence)
    if len(offers) > 1:
        yield message.problem(
            f"This is another offer: “{message.text.quote(offers[1].start, offers[1].end)}”.",
            "Keep one offer; the other can be a message of its own.",
            offers[1].start,
        )


def _many(sentence: str, many: int) -> list[str]:
    """The items of a list too long to hear: whatever "we" do with them, or of nothing of yours."""
    if sentence.count(",") < many - 2:
        return []
    ours = _OURS.match(sentence)
    start = ours.end() if ours else 0
    found = _items(sentence[start : start + _LONGEST_LIST], longest=12)
    items = [item for item in found[1:] if len(item.split()) <= _LONGEST_ITEM]
    if len(items) < many - 1 or not (ours or _is_nobodys(sentence)):
        return []
    return [" ".join(found[0].split()[-2:]), *items]


def _has_phone(sentence: Sentence, message: MessageView) -> bool:
    """Does it say a telephone number, which spelled out looks like a list?"""
    return any(sentence.start <= found.start() < sentence.end for found in message.text.phones)


def _is_nobodys(sentence: str) -> bool:
    """Is a list of nothing that the prospect has or somebody saw?"""
    return not _THEIRS.search(sentence)


def _items(words: str, longest: int = _LONGEST_ITEM) -> list[str]:
    """The items of the list that follows, up to the next clause; none for a list of names."""
    clause = re.split(
        r"[;:.!?—–]|\s(?:so|to|that|which|because|for|in|across|while|when|if)\s", words
    )[0]
    items = [item.strip() for item in _BETWEEN.split(clause) if item.strip()]
    items = [item for item in items if len(item.split()) <= longest]
    names = sum(item[0].isupper() for item in items)
    return [] if names * 2 > len(items) else items
