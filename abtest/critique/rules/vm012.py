"""VM012: A voicemail would not work for everyone.

## What it does

Looks for something that fits only some prospects: a name or place that is not the sender's, a day,
a number, a merge field other than the name, a word of the profile. Flags a voicemail without any.

## Why is this bad?

"I help companies like yours grow" could go to everyone, and is heard that way. In a randomized
trial relevance to the reader doubled the answers.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.names import specifics
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM012"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("broockman", "gong-voicemail")
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. I help companies like yours grow, and I am sure
that your team would gain from it. Call me at 555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. You opened a Denver office in May, and your new
reps will need a plan. Call me at 555-0142.
"""


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a voicemail without a detail that fits only some prospects."""
    generic = message.words("generic").first(message.text.prose)
    if specifics(message):
        return
    words = f"“{generic.words}” fits everyone." if generic else "This fits everyone."
    yield message.problem(
        f"{words} Nothing in it is about this prospect alone.",
        "Name a place, a date, a number or an event that you saw at their company.",
        generic.start if generic else -1,
    )
