"""Patterns find what the expressions find that they stand for."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from string import ascii_letters
from types import ModuleType

import pytest
from critique_examples import files_of
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.critique import asks, caller, closings, meetings, ways_out
from abtest.critique.patterns import Pattern, fold, key
from abtest.critique.rules import em007, em011, em012, em015, em017, em018, em020, vm003, vm013

ROOT = Path(__file__).parents[2]
MODULES = (asks, caller, closings, meetings, ways_out, em007, em011, em012, em015, em017, em018)
PATTERNS = sorted(
    {
        value
        for module in (*MODULES, em020, vm003, vm013)
        for value in vars(module).values()
        if isinstance(value, Pattern)
    },
    key=lambda pattern: pattern.expression,
)
MESSAGES = [
    text
    for path in sorted(Path(__file__).with_name("corpus").glob("*.txt"))
    for text in files_of(path.read_text("utf-8"), "email").values()
]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that makes the needles."""
    spec = importlib.util.spec_from_file_location(
        "needles_maker", ROOT / "scripts" / "make_needles.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def spans(found: re.Match[str] | None) -> tuple[tuple[int, int], str | None] | None:
    return found and (found.span(), found.lastgroup)


def test_the_needles_are_up_to_date(maker: ModuleType) -> None:
    assert maker.PLACE.read_text("utf-8") == maker.made(), "run: python scripts/make_needles.py"


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.expression[:40])
def test_messages_hold_what_the_expression_finds(pattern: Pattern) -> None:
    plain = re.compile(pattern.expression, pattern.flags)
    for message in MESSAGES:
        assert spans(pattern.search(message)) == spans(plain.search(message))
        assert list(map(spans, pattern.finditer(message))) == list(
            map(spans, plain.finditer(message))
        )
        for line in filter(None, message.split("\n")):
            assert spans(pattern.on(message).match(line)) == spans(plain.match(line))


@settings(max_examples=300)
@given(data=st.data())
def test_every_text_that_an_expression_makes_is_found(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    plain = re.compile(pattern.expression, pattern.flags)
    text = data.draw(st.from_regex(plain))
    before = data.draw(st.sampled_from(["", "Hi. ", "x", "\N{LATIN SMALL LETTER LONG S}\n"]))
    assert spans(pattern.search(before + text)) == spans(plain.search(before + text))
    assert spans(pattern.match(text)) == spans(plain.match(text))


def test_what_equals_a_letter_without_case_is_folded_alike() -> None:
    for letter in ascii_letters:
        plain = re.compile(letter, re.IGNORECASE)
        for other in filter(plain.fullmatch, map(chr, range(sys.maxunicode + 1))):
            assert fold(letter) in fold(other)


def test_an_expression_that_was_changed_since_is_tried_on_every_text() -> None:
    unknown = Pattern(r"never\s+written|before")
    assert unknown.search("Never written BEFORE.")
    assert unknown.sub("…", "Before and before") == "… and …"
    assert unknown.search("nothing of it") is None
    assert key("a", re.IGNORECASE) != key("a", re.NOFLAG)


def test_alternatives_are_cut_where_the_expression_has_them(maker: ModuleType) -> None:
    for pattern in PATTERNS:
        start = 0
        for end in maker.ends(pattern.expression):
            re.compile(pattern.expression[start:end], pattern.flags)
            start = end + 1
        assert start == len(pattern.expression) + 1
