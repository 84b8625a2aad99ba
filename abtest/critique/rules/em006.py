"""EM006: An email asks one to three questions.

## What it does

Flags more than three questions, and remarks on none. Ways to opt out are no questions. A last
message that closes may have none.

## Why is this bad?

A question is the easiest thing to answer. Four are a questionnaire.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM006"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("boomerang", "lavender")
LIMITS = {"most": 3}
BAD = """
You hired four reps in Denver in May. How do you train them? Who does it? When do they start? What
tools do they use? How is it going so far?
"""
GOOD = """
You hired four reps in Denver in May. Two teams near you got theirs to a first meeting in week two.
Is ramp time a problem this quarter?
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag many questions, remark on none."""
    questions = message.text.questions
    if len(questions) > limits["most"]:
        yield message.problem(
            f"There are {len(questions)} questions.",
            "Keep the one whose answer you need most.",
            questions[int(limits["most"])].start,
        )
    elif not questions and not message.is_last and message.text.tokens:
        yield message.problem(
            "There is no question.",
            "Ask one that a word can answer: “Is … a problem this quarter?”",
            severity=Severity.INFO,
        )
