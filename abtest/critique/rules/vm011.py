"""VM011: A voicemail survives its transcript.

## What it does

Remarks on web addresses that are spelled out, and on short forms in capitals that are neither
common nor the sender's nor from the profile. The list `acronyms` can be extended in `plan.yml`.

## Why is this bad?

Many people read the transcript that their phone makes. "H T T P S colon slash slash" becomes noise,
and so does an abbreviation that the phone has never heard.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.capitals import unknown_acronyms
from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM011"
SEVERITY = Severity.INFO
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("hubspot-voicemail", "worth-leaving-post")
LIMITS: Mapping[str, float] = {}
BAD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. Go to https
colon slash slash go dot brightline dot example slash ramp. Again, 555-0142.
"""
GOOD = """
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday. The link is
in my email; the subject is Denver ramp. Again, 555-0142.
"""

_SPELLED = Pattern(
    r"\bhttps?\b\S*|\b(?:forward\s+|back\s?)?slash\b|\bwww\b\S*|\bw\s*\.?\s*w\s*\.?\s*w\b"
    r"|\bdouble\s?-?u\s+double\s?-?u\b|\b\w+\s+at\s+\w+\s+dot\s+\w+\b|\bat\s+sign\b|\S{1,60}\.\w{2,12}/\S{1,60}",
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a spelled address, and on unknown short forms."""
    spelled = _SPELLED.search(message.text.prose)
    if spelled:
        yield message.problem(
            f"“{spelled[0]}” cannot be written down by ear, and transcribes as noise.",
            "Put the link into the email and say so.",
            spelled.start(),
        )
    unknown = unknown_acronyms(message)
    if unknown:
        yield message.problem(
            f"“{unknown[0].text}” may not survive a transcript.",
            "Say the words it stands for.",
            unknown[0].start,
        )
