"""SB003: A subject does not fake a thread.

## What it does

Flags "Re:" and "Fwd:" in the subject of a first touch.

## Why is this bad?

It is a lie in the first two letters, the reader finds out in the next line, and a misleading
subject breaks the CAN-SPAM Act.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "SB003"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("can-spam",)
LIMITS: Mapping[str, float] = {}
BAD = """
Subject: Re: our call

Your reps in Denver start Monday. Worth a look at a drill for them?
"""
GOOD = """
Subject: Denver rep ramp

Your reps in Denver start Monday. Worth a look at a drill for them?
"""

_THREAD = Pattern(r"\s*\[?(?:re|fwd?|aw|wg)\s*(?:\[\d+\])?\s*:")


def check(message: MessageView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a reply that answers nothing."""
    if message.is_first and _THREAD.match(message.subject):
        yield message.subject_problem(
            f"“{message.subject}” pretends that you have talked before.",
            f"Write “{_THREAD.sub('', message.subject).strip()}”, if that is what it is about.",
        )
