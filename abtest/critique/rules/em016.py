"""EM016: A signature says how to get in touch.

## What it does

Looks below the sign-off of a first email for a website and for a phone number or a second way to
answer. A merge field such as `{{signature}}` counts, and so does a message that has the factor
`signature`, since that is what it tries out.

## Why is this bad?

Some people hate the phone, some hate email, and most look the sender up before they answer.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.caller import has_any
from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.critique.words import URL, phones
from abtest.errors import Severity

CODE = "EM016"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("worth-leaving-post",)
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}},

Your reps in Denver start Monday. Worth a look at a drill for them?

Thanks,
Sam
"""
GOOD = """
Hi {{first_name}},

Your reps in Denver start Monday. Worth a look at a drill for them?

Sam Ortiz, Brightline | 555-0142 | brightline.example
"""

_URL = Pattern(
    rf"{URL}|(?<![\w@.])[a-z0-9-]{{3,}}(?:\.[a-z]{{2,}}){{1,2}}(?![\w@])", flags=re.NOFLAG
)
_FIELD = Pattern(r"\{\{?\s*\w*signature")
_SITE_FIELD = Pattern(r"\{\{?\s*\w*(?:website|url|site|domain|linkedin)")
_ADDRESS = Pattern(r"[\w.+-]+@[\w-]+\.\w", flags=re.NOFLAG)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a first email whose signature lacks a website or a phone."""
    if not message.is_first or "signature" in message.variant.variant.factors:
        return
    signature, closing = message.text.signature, message.text.closing
    if _FIELD.search(message.text.raw):
        return
    missing, sender = [], message.variant.plan.sender
    if not (_URL.search(_ADDRESS.sub("", closing)) or _SITE_FIELD.search(closing)):
        missing.append("a website")
    if not (phones(closing) or has_any(closing, [sender.phone])):
        missing.append("a phone number")
    if missing:
        yield message.problem(
            f"The signature lacks {' and '.join(missing)}.",
            f"Sign with “{_example(message)}”.",
            message.text.raw.find(signature) if signature else -1,
        )


def _example(message: MessageView) -> str:
    sender = message.variant.plan.sender
    name = sender.names[0] if sender.names else "Sam Ortiz"
    parts = (name, sender.company or "Brightline", sender.phone or "555-0142")
    return " | ".join((*parts, sender.website or "brightline.example"))
