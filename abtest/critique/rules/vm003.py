"""VM003: A voicemail that asks for a call says the number twice.

## What it does

Counts the telephone numbers said: written in digits, spelled out, or as a merge field. Without any
it warns, with one it remarks. It says nothing when the voicemail asks for an answer to its email,
or asks not to be called.

## Why is this bad?

People hear the number before they know that they want it. Said near the start and again at the end,
it can be written down without playing the message twice.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM003"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("hunter", "the-week", "leadware", "callback-trainers", "gong-voicemail")
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, this is Sam with Brightline. You have three open seats in Denver, and we help new
reps book a first meeting in week two. Call me back when you get a chance. Thanks!
"""
GOOD = """
Hi {{first_name}}, this is Sam with Brightline, 555-0142. You have three open seats in Denver, and
we help new reps book a first meeting in week two. Call me back at 555-0142.
"""

_EMAIL_ANSWERS = Pattern(
    r"\bno\s+call\s+(?:needed|necessary|required)|\bno\s+need\s+to\s+(?:call|ring|phone)|\b(?:don['’]t|do\s+not)\s+(?:need|have)\s+to\s+call"
    r"|\b(?:you['’]ll|you\s+will)\s+not\s+need\s+to\s+call"
    r"|\b(?:yes|no|answer|reply|word|response|line)\b[^.]{0,30}\b(?:by|over|via|in)\s+e-?mail\b"
    r"|\b(?:e-?mail|reply|note)\s+(?:is|works)\s+(?:best|better|fine|good|great|easiest|easier|quicker|quickest|perfect|plenty|enough)\b",
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a voicemail without a number, remark on one that says it once."""
    own = message.variant.plan.sender.phone
    said = max(len(message.text.phones), message.text.raw.count(own) if own else 0)
    if said >= 2 or _EMAIL_ANSWERS.search(message.text.prose):
        return
    kinds = {ask.kind for ask in message.asks}
    if "reply" in kinds and "call" not in kinds:
        return
    if said:
        phones = [(found[0], found.start()) for found in message.text.phones]
        number, start = phones[0] if phones else (own, message.text.raw.find(own))
        yield message.problem(
            f"The number is said once: “{number}”.",
            "Say it near the start and again at the end.",
            start,
            Severity.INFO,
        )
    else:
        phone = message.variant.plan.sender.phone or "555-0142"
        yield message.problem(
            "No number to call back is said.",
            f"Say it twice, early and as the last words: “Again, that is {phone}”. "
            "Or ask for a reply to the email instead.",
        )
