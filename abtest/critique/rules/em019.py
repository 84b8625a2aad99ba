"""EM019: A first email is read before the reader moves on.

## What it does

Divides the words of the body by 200 a minute, and remarks on a first touch that takes longer than
the 125 words that EM001 allows: 37.5 seconds.

## Why is this bad?

The reported mean is eleven seconds. Beyond 125 words fewer people answered, and what stands there
is read by those who are sold already.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.speech import estimated_seconds
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM019"
SEVERITY = Severity.INFO
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("lavender", "boomerang")
LIMITS = {"seconds": 37.5}
BAD = """
You hired four reps in Denver in May. That is a fine start, and there is a lot to do when a team is
new. There is the product to learn. There are the customers to learn about. There are the scripts,
the tools, the calendar and the many small rules that nobody wrote down. Each of them takes a day
here and a day there. Before long it is August. By then the first of them will have asked for help
more often than you can give it. Two teams near you went another way. They chose one drill, and did
it each morning for ten minutes. It is on one page, and your managers could run it as it is. No
slides come with it, and no course. Would that page help you?
"""
GOOD = """
You hired four reps in Denver in May. Two teams near you got theirs to a first meeting in week two
with one drill. It is on one page, and your managers could run it. Would that page help you?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a first email that takes long to read."""
    seconds = estimated_seconds(message.text)
    if message.is_first and seconds > limits["seconds"]:
        words = round(message.text.words * (1 - limits["seconds"] / seconds))
        yield message.problem(
            f"It takes about {seconds:.0f} seconds to read.", f"Cut about {max(words, 1)} words."
        )
