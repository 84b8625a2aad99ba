"""One thing that was looked at, how it is, and the cure."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class State(enum.StrEnum):
    """A problem stops something from working; an advice is worth a minute."""

    OK = "ok"
    ADVICE = "advice"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at.

    Attributes:
        state: How it is.
        text: What was found, in one line.
        cure: What to type or write; empty when all is well.
    """

    state: State
    text: str
    cure: str = ""


def ok(text: str) -> Diagnosis:
    """All is well."""
    return Diagnosis(State.OK, text)


def advice(text: str, cure: str) -> Diagnosis:
    """It works, and could be better."""
    return Diagnosis(State.ADVICE, text, cure)


def problem(text: str, cure: str) -> Diagnosis:
    """Something will not work."""
    return Diagnosis(State.PROBLEM, text, cure)
