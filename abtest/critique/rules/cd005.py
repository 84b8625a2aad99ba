"""CD005: A follow-up says again what it is about.

## What it does

Flags a later email that only nudges ("just bumping this up", "any thoughts?"), with hardly a word
beside. The list `bumps` can be extended in `plan.yml`.

## Why is this bad?

The reader did not read the first one. A nudge gives them nothing to answer.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.likeness import meaning
from abtest.critique.views import MessageView, Problem, VariantView
from abtest.critique.words import Token
from abtest.errors import Severity

CODE = "CD005"
SEVERITY = Severity.WARNING
CHANNEL = "cadence"
UNIT = "variant"
ENGLISH = True
EVIDENCE = ("lavender",)
LIMITS = {"words": 14, "bare": 4}
BAD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2
Subject: Re: Denver ramp

Hi {{first_name}},

Just bumping this up. Any thoughts?
"""
GOOD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2
Subject: Re: Denver ramp

Hi {{first_name}},

Last week I wrote about your new reps in Denver. Here is a line from the drill that two teams near
you use: "What would have to be true for you to switch?" Should I send the other nine?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each later email that only nudges."""
    for message in variant.emails:
        if only_nudges(message, limits):
            bump = message.words("bumps").first(message.text.prose)
            nudge = f"“{bump.words}”" if bump else "This"
            yield message.problem(
                f"{nudge} nudges and does not say what this is about.",
                "Say in a line what the first one was about, and add something new.",
                bump.start if bump else -1,
            )


def only_nudges(message: MessageView, limits: Mapping[str, float] = LIMITS) -> bool:
    """Is it a later email with hardly a word beside its nudges, or hardly a word at all?"""
    bump = message.words("bumps").first(message.text.prose)
    if message.is_first or (message.closes and not bump):
        return False
    return len(meaning(_beside(message))) < (limits["words"] if bump else limits["bare"])


def _beside(message: MessageView) -> tuple[Token, ...]:
    """The tokens of a message beside those of its nudges."""
    nudges = [(m.start, m.end) for m in message.words("bumps").all(message.text.prose)]
    return tuple(
        token
        for token in message.text.tokens
        if not any(start <= token.start < end for start, end in nudges)
    )
