"""CD006: The last touch closes.

## What it does

Remarks on the last touch of a cadence that asks for something like any other, without words that
end it: "I will stop here", "should I close your file?". One that asks for nothing is taken for a
goodbye. The list `closers` can be extended in `plan.yml`.

## Why is this bad?

A sequence that stops without a word leaves an open question on both sides. Saying that it is the
last one is the line people answer.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem, VariantView
from abtest.errors import Severity

CODE = "CD006"
SEVERITY = Severity.INFO
CHANNEL = "cadence"
UNIT = "variant"
ENGLISH = True
EVIDENCE = ("worth-leaving-post",)
LIMITS: Mapping[str, float] = {}
BAD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2
Subject: A drill for new reps

Two teams near you got theirs to a first meeting in week two. Is that of interest?
"""
GOOD = """
## Email 1
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?

## Email 2
Subject: A drill for new reps

Two teams near you got theirs to a first meeting in week two. If ramp is no priority I will stop
here.
"""


#: An offer that stays open asks nothing: "If you want the map, call me".
_OFFER = Pattern(r"(?:if|should\s+you|unless|otherwise|whenever|until)\b")


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a last touch that goes on asking, and does not close."""
    last = [message for message in variant.messages if message.is_last]
    if any(map(_goes_on, last)) and not any(message.closes for message in last):
        yield last[-1].problem(
            "The last touch does not say that it is the last.",
            "Close: “If this is no priority I will stop here.”",
        )


def _goes_on(message: MessageView) -> bool:
    """Does a message ask for something, as if another were to follow?"""
    sentences = message.text.sentences
    return any(not _OFFER.match(sentences[ask.sentence].text) for ask in message.asks)
