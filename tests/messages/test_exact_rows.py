"""Findings of rows, to the word: place, what is wrong, what to write instead."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from test_exact_findings import TODAY, Said, told

from abtest.messages.frontmatter import parse
from abtest.messages.results import Vocabulary, read_results
from abtest.messages.sheet import Run
from abtest.model import Cohort
from abtest.plan import Metric, Plan

PLAN = Plan(counts=("trials",), dimensions=("size",), metrics=(Metric("t", "trials", "meetings"),))


def rows(text: str, complete: bool = True) -> tuple[tuple[Cohort, ...], list[Said]]:
    """The rows of a variant with two touches, and what is said of them."""
    run = Run(TODAY)
    sheet = run.sheet("x.md")
    root = parse(f"results:{text}", sheet)
    assert root is not None
    words = Vocabulary(PLAN, complete=complete)
    return read_results(root.value("results"), words, 2, sheet), told(run)


def one(text: str) -> str:
    return f"\n  kim:\n    - {{{text}}}\n"


SHAPE = "Write the rep, and below it one row a send date: - {date: 2026-11-02, sent: 40}"
OK = "date: 2026-11-02, sent: 40"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" []", ("CT002", 1, 10, "results is a list; reps belong here.", SHAPE)),
        (" words", ("CT002", 1, 10, "results is text; reps belong here.", SHAPE)),
        (" ''", ("CT002", 1, 10, "results is text; reps belong here.", SHAPE)),
        ("\n  kim: words\n", ("CT002", 2, 3, "kim here is no list of rows.", SHAPE)),
        ("\n  sent: 40\n", ("CT002", 2, 3, "sent here is a key of a row, not a rep.", SHAPE)),
        ("\n  date: 2026-11-02\n",
         ("CT002", 2, 3, "date here is a key of a row, not a rep.", SHAPE)),
        ("\n  ' ': []\n", ("CT002", 2, 3, "' ' cannot be the name of a rep.", SHAPE)),
        (f"\n  {'k' * 64}: []\n", ("CT002", 2, 3, "", SHAPE)),
        ("\n  kim:\n    - words\n",
         ("CT002", 3, 7, "This row of kim has no keys.", "Write - {date: 2026-11-02, sent: 40}")),
        (one("sent: 40"), ("CT003", 3, 7, "This row has no date.", "Add date: 2026-11-02 to it.")),
        (one("date: 2026-11-02"), ("CT003", 3, 7, "This row has no sent.", "Add sent: 40 to it.")),
        (one("date: 2026-11-02, sent: x"),
         ("CT001", 3, 32, "sent is 'x'; a count is digits and nothing else.",
          "Write a number in digits: sent: 40")),
        (one("date: 2026-11-02, sent: '1,200'"),
         ("CT001", 3, 32, "sent is '1,200'; a count is digits and nothing else.",
          "Write sent: 1200")),
        (one("date: 2026-11-02, sent: +007"),
         ("CT001", 3, 32, "sent is '+007'; a count is digits and nothing else.", "Write sent: 7")),
        (one("date: 2026-11-02, sent: '1.200.000'"),
         ("CT001", 3, 32, "sent is '1.200.000'; a count is digits and nothing else.",
          "Write sent: 1200000")),
        (one("date: 2026-11-02, sent: []"),
         ("CT001", 3, 32, "sent is a list; a count is digits and nothing else.",
          "Write a number in digits: sent: 40")),
        (one("date: 2026-11-02, sent: {}"),
         ("CT001", 3, 32, "sent is a mapping; a count is digits and nothing else.",
          "Write a number in digits: sent: 40")),
        (one("date: 2026-11-02, sent: ''"),
         ("CT001", 3, 32, "sent is left blank; a count is digits and nothing else.",
          "Write sent: 0, or delete the key if nobody counted.")),
        (one(f"{OK}, responses: 41"),
         ("DM002", 3, 47, "responses is 41, more than sent − bounced, which is 40.",
          "Check both numbers. A late response is added to the row of its send date.")),
        (one(f"{OK}, responses: 2, positive: 3"),
         ("DM002", 3, 60, "positive is 3, more than responses, which is 2.",
          "Check both numbers.")),
        (one(f"{OK}, responses: 2, negative: 3"),
         ("DM002", 3, 60, "negative is 3, more than responses, which is 2.",
          "Check both numbers.")),
        (one(f"{OK}, bounced: 41"),
         ("DM002", 3, 45, "bounced is 41, more than sent, which is 40.", "Check both numbers.")),
        (one(f"{OK}, second_meetings: 1"),
         ("DM002", 3, 53, "second_meetings is 1, more than meetings, which is not written.",
          "Check both numbers.")),
        (one(f"{OK}, trials: 1"),
         ("DM002", 3, 44, "trials is 1, more than meetings, which is not written.",
          "Check both numbers.")),
        (one(f"{OK}, responses: 3, positive: 2, negative: 2"),
         ("DM002", 3, 7, "positive and negative are 4 together, responses only 3.",
          "An answer is one or the other.")),
        (one(f"{OK}, responses: 2, responses_by_touch: [2, 1]"),
         ("DM002", 3, 7, "responses_by_touch adds up to 3, responses are 2.",
          "Count each person who answered once.")),
        (one(f"{OK}, responses: 3, responses_by_touch: [1, 1, 1]"),
         ("CT005", 3, 70, "responses_by_touch has 3 numbers for 2 touches.",
          "A voicemail and its email of the same number are one touch.")),
        (one(f"{OK}, responses: 3, responses_by_touch: []"),
         ("CT001", 3, 70, "responses_by_touch must be a list of counts.",
          "Write responses_by_touch: [3, 1, 0, 1]")),
        (one(f"{OK}, responses: 3, responses_by_touch: [1, x]"),
         ("CT001", 3, 70, "responses_by_touch must be a list of counts.",
          "Write responses_by_touch: [3, 1, 0, 1]")),
        (one(f"{OK}, responses: 3, responses_by_touch: [1, []]"),
         ("CT001", 3, 70, "responses_by_touch must be a list of counts.",
          "Write responses_by_touch: [3, 1, 0, 1]")),
        (f"\n  kim:\n    - {{{OK}}}\n    - {{{OK}, size: s}}\n    - {{{OK}}}\n",
         ("CT004", 5, 7, "kim has a row for 2026-11-02 already, on line 3.",
          "Raise that row, or tell the two apart with batch: 1 and batch: 2.")),
    ],
    ids=count(),
)  # fmt: skip
def test_rows_that_are_none(text: str, said: Said) -> None:
    _, found = rows(text)
    assert [each[:3] for each in found] == [said[:3]]
    assert said[3] in found[0][3]
    if said[3]:
        assert found == [said]


def test_rows_that_are_some() -> None:
    text = (
        "\n  kim:\n"
        f"    - {{{OK}, bounced: 1, responses: 39, positive: 20, negative: 19, size: small}}\n"
        f"    - {{{OK}, meetings: 2, second_meetings: 2, trials: 2, responses: 2, "
        "responses_by_touch: [1, 1]}\n  lee:\n  max: []\n"
    )
    found, said = rows(text)
    assert said == []
    first, second = found
    assert (first.rep, first.date, first.line) == ("kim", dt.date(2026, 11, 2), 3)
    assert dict(first.counts) == {
        "sent": 40, "bounced": 1, "responses": 39, "positive": 20, "negative": 19,
    }  # fmt: skip
    assert dict(first.dimensions) == {"size": "small"}
    assert (first.responses_by_touch, second.responses_by_touch) == ((), (1, 1))
    assert rows("") == ((), [])
    assert rows(" {}") == ((), [])


def test_a_part_without_a_whole_is_told_only_where_it_is_too_large() -> None:
    assert rows(one(f"{OK}, wins: 0"))[1] == []
    assert [each[0] for each in rows(one(f"{OK}, wins: 1"))[1]] == ["DM002"]


def test_an_unknown_key_of_a_row_may_be_declared_in_a_plan_that_cannot_be_read() -> None:
    _, found = rows(one(f"{OK}, demos: 2"))
    assert found[0][4].endswith("Declare it in plan.yml: counts: [demos], or under dimensions.")
    assert rows(one(f"{OK}, demos: 2"), complete=False)[1] == []


def test_the_name_of_a_rep_may_have_63_characters() -> None:
    assert rows(f"\n  {'k' * 63}:\n    - {{{OK}}}\n")[1] == []


def test_the_words_of_a_row_are_the_plans() -> None:
    words = Vocabulary(PLAN, metrics=["trials", "responses"])
    assert words.ordered[0] == "date"
    assert {"trials"} <= words.counts
    assert {"size"} <= words.dimensions
    assert ("trials", "meetings") in words.nested
    assert ("trials", "reached") in words.nested
    assert len(words.nested) == len(set(words.nested))
