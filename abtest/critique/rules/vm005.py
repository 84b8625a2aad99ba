"""VM005: A voicemail says why it is for this prospect.

## What it does

Flags hooks that hide the reason ("I have a question for you", "I would love to connect"), and a
voicemail in which no sentence is about the prospect or the profile, and nothing announces a reason.

## Why is this bad?

"Call me, I will explain" asks for trust that a stranger does not have. A reason that is about the
prospect's own week is the only one worth a call back.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.text import Sentence
from abtest.critique.views import MessageView, Problem
from abtest.critique.words import YOU, field_name
from abtest.errors import Severity

CODE = "VM005"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("thirty-seconds", "broockman")
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, it is Sam from Brightline, 555-0142. I have a question for you. Call me back at
555-0142.
"""
GOOD = """
Hi {{first_name}}, it is Sam from Brightline, 555-0142. The reason I am calling: your two newest
reps in Denver start on Monday. Call me back at 555-0142.
"""

#: "You" in what every caller says: nothing about the prospect.
_FORMULA = Pattern(
    r"\b(?:call|reach|send|sent|email|e-mail|emailed|leave|left|get|catch|caught|miss|missed|thank|tell"
    r"|show|ask|bother|reaching|calling|sending|giving|give|with|for|to|from|after|let|helps?|hear"
    r"\s+from|talk\s+to|speak\s+(?:to|with))\s+you\b"
    r"|\byour\s+(?:voice\s?mail|inbox|e-?mail|time|call|day|message|week|convenience|attention)\b"
    r"|\byou\s+(?:are|have\s+a\s+(?:great|good|nice|wonderful|minute|moment|chance|second)|get\s+a"
    r"|can\s+(?:call|reach|also)|may\s+(?:call|reach)|might\s+be|to\s+(?:call|know)|could\s+(?:call|give)"
    r"|when|back|know|soon|can|have\s+any)\b|\byou['’]re\s+(?:well|doing|having|busy|interested)\b"
    r"|\bif\s+you\b|\bwhen\s+you\b|\blike\s+yours(?:elf)?\b|\bsuch\s+as\s+yours\b",
    flags=re.NOFLAG,
)
_CONTINUES = Pattern(
    r"\s*(?:about|regarding|on|concerning|because|since|now|after)\b(?!\s+(?:something|some|a\s+(?:few|couple|matter)"
    r"|how\s+we|what\s+we|our|us|stuff|things?)\b)|\s*[:—–]",
)
_WHO = ("first_name", "last_name", "name", "full_name")


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a vague hook, else the lack of any reason."""
    for found in message.words("vague_hooks").all(message.text.prose):
        if not _CONTINUES.match(message.text.prose, found.end):
            yield message.problem(
                f"“{found.words}” hides the reason for the call.",
                "Say what you saw at their company: “The reason I am calling: your …”.",
                found.start,
            )
            return
    if message.words("reasons").first(message.text.prose):
        return
    if message.text.content & message.variant.profile_content:
        return
    if not any(_is_about_prospect(sentence) for sentence in message.text.sentences):
        yield message.problem(
            "No sentence says why you call this prospect.",
            "Add one on their situation: “The reason I am calling: your …”.",
        )


def _is_about_prospect(sentence: Sentence) -> bool:
    fields = (field_name(t.text) for t in sentence.tokens if t.kind == "field")
    if any(not name.startswith(("sender", "my_", "rep_")) and name not in _WHO for name in fields):
        return True
    words = _FORMULA.sub(" ", sentence.text.lower())
    return any(word.strip('.,;:!?"“”()') in YOU for word in words.replace("’", "'").split())
