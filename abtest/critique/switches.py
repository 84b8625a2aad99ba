"""Switches: rules that a team's files name to switch them off or to weigh them anew."""

from __future__ import annotations

import difflib

from abtest.critique.rule import codes, find

#: Held by the history, which heeds the same switches.
_HEEDED_ELSEWHERE = ("DM010",)

#: What no switch changes, and what does.
_NEVER = {
    "DM008": (
        "DM008 cannot be switched off: counts that were lost are always told.",
        "Delete it; a loss that is meant is said in a commit's message: “Correction: why”",
    )
}


def misnamed(code: str) -> tuple[str, str] | None:
    """What is wrong with the code of a rule, and what to write instead; None for a rule's."""
    if find(code) is not None or code in _HEEDED_ELSEWHERE:
        return None
    if code in _NEVER:
        return _NEVER[code]
    known = codes()
    if code in known:
        return (
            f"{code} is no rule of the critique, and nothing here changes it.",
            f"Delete it. Who holds it, and why: abtest rule {code}",
        )
    near = difflib.get_close_matches(code, known, n=1, cutoff=0.7)
    cure = f"Did you mean {near[0]}?" if near else "The rules there are: abtest rule"
    return f"There is no rule {code}.", cure
