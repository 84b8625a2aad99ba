"""EM013: An email greets somebody.

## What it does

Flags greetings that greet nobody ("Hi there", "Dear Sir or Madam", "To whom it may concern") or a
job ("Dear Orchard Manager"), and remarks on a first email that names nobody in its first line.

## Why is this bad?

In a randomized trial, emails that began with the person's name raised giving from 5 % to 12 %.
"""

import re
from collections.abc import Iterator, Mapping

from abtest.critique.views import MessageView, Problem
from abtest.critique.words import FIELD
from abtest.errors import Severity

CODE = "EM013"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("deutsche-bank",)
LIMITS: Mapping[str, float] = {}
BAD = """
Dear colleague,

Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""
GOOD = """
Hi {{first_name}},

Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""

_NOBODY = frozenset({"sir", "madam", "or", "and", "all", "team", "there", "everyone", "colleague"})
_BARE = frozenset({"hi", "hello", "hey", "dear"})
#: A greeting that ends with a job greets whoever has it.
_JOBS = frozenset(
    {"manager", "director", "owner", "president", "officer", "team", "customer", "buyer", "leader"}
    | {
        "supervisor",
        "administrator",
        "executive",
        "founder",
        "department",
        "staff",
        "client",
        "you",
    }
    | {"maker", "professional", "coordinator", "recipient", "subscriber", "operator", "user"}
)


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a greeting without a name, remark on none at all in a first email."""
    greeting = message.text.greeting
    opening = message.text.raw.lstrip()[:80]
    if greeting and (_greets_job(greeting, message) or _greets_nobody(greeting, message)):
        yield message.problem(
            f"“{greeting}” greets nobody.", "Write “Hi {{first_name}},”.", _start(message)
        )
    elif not greeting and message.is_first and not re.search(FIELD, opening):
        yield message.problem(
            "The email names nobody.",
            "Open with “Hi {{first_name}},”.",
            _start(message),
            Severity.INFO,
        )


def _greets_job(greeting: str, message: MessageView) -> bool:
    """Does a greeting end with a job: a common one, or one that the profile has?"""
    experiment = message.variant.experiment
    of_profile = f"{experiment.profile.title} {experiment.profile.industry}" if experiment else ""
    jobs = _JOBS | set(re.findall(r"\w+", of_profile.lower()))
    last = re.findall(r"\w+", greeting.lower())[-1:]
    return not re.search(FIELD, greeting) and any({word, f"{word}s"} & jobs for word in last)


def _greets_nobody(greeting: str, message: MessageView) -> bool:
    """Is nothing in the greeting that could be a name?"""
    if re.search(FIELD, greeting):
        return False
    found = message.words("nobody_greetings").opening(greeting)
    rest = greeting[found.end :] if found else greeting
    words = set(re.findall(r"\w+", rest.lower()))
    if found:
        return words <= _NOBODY or not re.search(r"[A-Z]", rest)
    return words <= _BARE


def _start(message: MessageView) -> int:
    text = message.text.raw
    return len(text) - len(text.lstrip())
