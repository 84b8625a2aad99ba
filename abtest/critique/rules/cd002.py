"""CD002: Every follow-up is a message of its own.

## What it does

Compares the emails of a cadence with one another, and the voicemails too. Flags one that repeats
seven tenths of an earlier one, and a subject that was used before ("Re:" in the same thread is
fine).

## Why is this bad?

Who did not answer the first will not answer its copy. In a trial, repeating a treat halved its
effect.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.likeness import copied
from abtest.critique.views import MessageView, Problem, VariantView
from abtest.errors import Severity

CODE = "CD002"
SEVERITY = Severity.WARNING
CHANNEL = "cadence"
UNIT = "variant"
ENGLISH = False
EVIDENCE = ("worth-leaving-post", "deutsche-bank")
LIMITS = {"likeness": 0.7, "fewest": 12}
BAD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two
with one short drill. Worth a look?

## Email 2
Subject: Denver ramp

Your new reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two
with one short drill. Still worth a look?
"""
GOOD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two
with one short drill. Worth a look?

## Email 2
Subject: One page for managers

Who coaches the new people while your managers close the quarter? Harbor Foods wrote ten lines that
a team lead reads out each morning. Should I send them?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each message that repeats an earlier one, or its subject."""
    for messages in (variant.emails, variant.voicemails):
        for number, message in enumerate(messages):
            yield from _repeats(message, messages[:number], limits)


def _repeats(
    message: MessageView, earlier: tuple[MessageView, ...], limits: Mapping[str, float]
) -> Iterator[Problem]:
    for other in earlier:
        if message.text.words < limits["fewest"]:
            break
        found = copied(message.text.lowered, other.text.lowered)
        if found > limits["likeness"]:
            yield message.problem(
                f"{found:.0%} of this is touch {other.touch.number} again.",
                "Give it an idea of its own: another result, another question.",
            )
            break
    subject = message.subject.lower()
    used = subject and any(subject == other.subject.lower() for other in earlier)
    if used and not subject.startswith(("re:", "fwd:", "fw:")):
        yield message.subject_problem(
            f"The subject “{message.subject}” was used before.", "Name what is new in this one."
        )
