"""Each code that the reader tells is explained, and each explanation is of a code that it tells."""

from __future__ import annotations

import re
from pathlib import Path

import abtest.messages
from abtest.messages.codes import CODES

#: Rooms that only read; history and the like tell codes of rules.
_OTHERS = {"codes", "witness", "assumptions_file"}


def test_codes_and_explanations_are_the_same() -> None:
    folder = Path(abtest.messages.__file__).parent
    told = {
        code
        for module in (*folder.glob("*.py"), folder / "history" / "lists.py")
        if module.stem not in _OTHERS
        for code in re.findall(r'"([A-Z]{2}\d{3})"', module.read_text("utf-8"))
    }
    assert told == set(CODES)


def test_an_explanation_is_a_title_a_reason_and_a_cure() -> None:
    for code, (title, why, cure) in CODES.items():
        assert not title.endswith("."), code
        assert why.endswith("."), code
        assert cure.endswith("."), code
    assert len({explanation.title for explanation in CODES.values()}) == len(CODES)
