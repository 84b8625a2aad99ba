"""EM001: An email is as long as someone will read.

## What it does

Counts the words of the body, without greeting, signature, quoted text and merge fields. More than
125 are flagged; in a first touch fewer than 25 are remarked on.

## Why is this bad?

A reader gives a stranger's email about eleven seconds, on a phone. Emails of 25 to 125 words were
answered more often in two large collections, which agree on little else.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM001"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("lavender", "boomerang", "prospecting-post")
LIMITS = {"fewest": 25, "most": 125, "far_too_many": 200}
BAD = """
You hired four reps in Denver in May. That is a fine start, and there is a lot to do when a team is
new. There is the product to learn. There are the customers to learn about. There are the scripts,
the tools, the calendar and the many small rules that nobody wrote down. Each of them takes a day
here and a day there. Before long it is August. By then the first of them will have asked for help
more often than you can give it. The second will have found a way of his own. The third will have
said what she should not have said to your best account. The fourth may have left. None of this has
to be. Two teams near you went another way. They chose one drill, and did it each morning for ten
minutes. It is on one page. Would that page help you?
"""
GOOD = """
You hired four reps in Denver in May. Most new reps need nine weeks to book a first meeting. Two
teams near you cut that to two with one short drill. Would a page with that drill help you?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a long body, remark on a very short one in a first touch."""
    words = message.text.words
    if words > limits["most"]:
        so = "far too long" if words > limits["far_too_many"] else "long"
        yield message.problem(
            f"The body has {words} words, {so} for a cold email.",
            f"Cut it to {limits['most']:.0f}: keep their situation, one result and the ask.",
        )
    elif words < limits["fewest"] and message.is_first and not message.variant.asks_for_referral:
        yield message.problem(
            f"The body has only {words} words.",
            "Say in a sentence why you write to this prospect.",
            severity=Severity.INFO,
        )
