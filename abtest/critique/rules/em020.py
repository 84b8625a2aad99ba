"""EM020: A referral email asks who, and does not pitch.

## What it does

For a variant with the factor `approach: referral`, or with "referral" in its name: asks for the
right person, in at most five sentences, without a price and without asking for a demo or a meeting.

## Why is this bad?

A referral email works because it is quick to help with. A pitch turns a favor into a sale.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.rules.vm013 import price
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "EM020"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = True
EVIDENCE = ("prospecting-post", "ross")
LIMITS = {"sentences": 5}
BAD = """
---
title: Ask who
factors: {approach: referral}
---
## Email
Subject: Denver ramp

Hi {{first_name}},

Who runs training? By the way, we get new reps to a first meeting in week two. Would you like a demo
on Tuesday?
"""
GOOD = """
---
title: Ask who
factors: {approach: referral}
---
## Email
Subject: Denver ramp

Hi {{first_name}},

Who on your team in Denver owns new-rep training? Happy to ask them instead.
"""


#: A question that asks who, whatever that person does; "people who wait" do not ask.
_ASKS_WHO = Pattern(
    r"(?:^|[,:;–—]\s*|\b(?:know|tell\s+me|say|and|or|but|so|see|ask|of|remember)\s+)who(?:m|se|['’]s)?\b"
    r"|\bis\s+there\s+(?:one|a|an|any|some)\s?(?:person|colleague|body|one)\b|\bwhich\s+(?:of|person)\b"
    r"|\b(?:a|their|the|her|his|whose)\s+(?:first\s+|right\s+)?names?\b",
)

_ASKS_NAME = Pattern(
    r"\b(?:give|send|tell|let)\s+me\s+(?:have\s+)?(?:a|the|their|his|her)\s+(?:\w+\s+)?names?\b"
)


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a referral email that does not ask who, pitches, or runs on."""
    if not message.is_first or not message.variant.asks_for_referral:
        return
    kinds = {ask.kind: ask for ask in message.asks}
    sentences = [s for s in message.text.sentences if not s.is_opt_out]
    named = price(message.text.prose)
    asks_who = any(_ASKS_WHO.search(sentence.text) for sentence in message.text.questions)
    asks_who = asks_who or _ASKS_NAME.search(message.text.prose) is not None
    if "refer" not in kinds and not asks_who:
        yield message.problem(
            "A referral email that does not ask who the right person is.",
            "Ask: “Who on your team looks after …?”",
        )
    if "meet" in kinds or "watch" in kinds or named:
        pitch = kinds.get("meet") or kinds.get("watch")
        words, start = (pitch.text, pitch.start) if pitch else ("", 0)
        if named:
            words, start = named[0], named.start()
        yield message.problem(
            f"“{words}” pitches in a referral email.", "Keep to the question who.", start
        )
    if len(sentences) > limits["sentences"]:
        yield message.problem(
            f"A referral email of {len(sentences)} sentences.",
            f"Keep to {limits['sentences']:.0f}: it should be quicker to answer than to file.",
            sentences[int(limits["sentences"])].start,
        )
