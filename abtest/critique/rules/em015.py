"""EM015: A first email carries no attachment and no image.

## What it does

Remarks on an attachment that is mentioned, and on an image, in the first touch.

## Why is this bad?

Filters hold back strangers' attachments, and people have learned not to open them.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM015"
SEVERITY = Severity.INFO
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("ross",)
LIMITS: Mapping[str, float] = {}
BAD = """
Your reps in Denver start Monday. Please find attached our brochure with the drill that got two
teams near you to a first meeting in week two. Worth a look?
"""
GOOD = """
Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Shall I send you their drill?
"""

_CARRIED = Pattern(
    r"!\[[^\]\n]*\]\([^)\n]*\)|<img\b[^>\n]*>|\bdata:image/"
    r"|\b(?:i['’]ve|i\s+have|we['’]ve|we\s+have|please\s+(?:find|see)|find|see(?:\s+the)?|is|are|it['’]s)"
    r"\s+(?:also\s+|just\s+)?(?:attach(?:ed|ment)|enclosed)\b"
    r"(?!\s+to\s+(?!(?:this|my|the)\s+(?:e-?mail|message|note|letter)\b))"
    r"|\battached\s+(?:is|are|you|please|pdf|deck)"
    r"|\b(?:i['’]ve|i\s+have|we['’]ve|i['’]m|i\s+am)\s+(?:\w+\s+)?(?:put|included|added|dropped|including|adding)\s+"
    r"(?:\w+\s+){0,4}?(?:pdf|brochure|deck|slides|leaflet|flyer|price\s+list|one-pager|white\s?paper|catalogu?e)\b"
    r"|\bthe\s+(?:pdf|brochure|deck|slides|leaflet|flyer|one-pager)\s+(?:below|enclosed|here)\b"
    r"|\bthe\s+attached\b|\b(?:in|as)\s+(?:the|an)\s+attachment\b|\b(?:am|are|['’]m|['’]re)\s+attaching\b"
    r"|(?:^|[.!?])\s*(?:attached|enclosed)\s+(?:please|you|is|are)\b|\benclosed\s+(?:you\s+(?:will|['’]ll)|please)\b",
    flags=re.IGNORECASE | re.MULTILINE,
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on an attachment or image in a first email."""
    found = _CARRIED.search(message.text.raw) if message.is_first else None
    if found and message.text.prose[found.start() : found.end()].strip():
        yield message.problem(
            f"“{' '.join(found[0].split())}”: a first email carries something to open.",
            "Offer it: “Shall I send you …?”",
            found.start(),
        )
