"""EM014: An email has at most one link.

## What it does

Counts the links of the body, without signature and opt-out. Three or more are flagged, two remarked
on, and so is every link of a shortener. The list `shorteners` can be extended in `plan.yml`.

## Why is this bad?

Each link is one more thing to do, and one more reason for a filter to doubt. Behind a shortened
link the reader cannot see where it goes.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.critique.ways_out import OPT_OUT
from abtest.errors import Severity

CODE = "EM014"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("ross",)
LIMITS = {"some": 2, "many": 3}
BAD = """
Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two. The
story is at brightline.example/denver, the drill at brightline.example/drill and a film at
https://video.example/ramp. Worth a look?
"""
GOOD = """
Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag shortened links and many links, remark on two."""
    links = [t for t in message.text.tokens if t.kind == "url" and not OPT_OUT.search(t.text)]
    for link in links:
        if message.words("shorteners").first(link.text):
            yield message.problem(
                f"“{link.text}” hides where it goes.", "Write the full address.", link.start
            )
    if len(links) >= limits["some"]:
        yield message.problem(
            f"There are {len(links)} links.",
            "Keep the one that proves your point, or none in a first email.",
            links[1].start,
            None if len(links) >= limits["many"] else Severity.INFO,
        )
