"""Record, to the byte: where a row lands, what is quoted, what is said when it is refused."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from abtest.errors import UsageError
from abtest.messages.results import Vocabulary
from abtest.messages.rewriting import Rewriting
from abtest.messages.rows import Change, scalar, written
from abtest.messages.writer import record
from abtest.plan import Plan

TODAY = dt.date(2026, 11, 25)
WORDS = Vocabulary(Plan())
BODY = "---\n## Email\nSubject: Docks\n\nHi - there\n"
ROW = "{date: 2026-11-02, sent: 20}"


def change(
    rep: str = "kim",
    day: str = "2026-11-02",
    raised: dict[str, int] | None = None,
    dimensions: dict[str, str] | None = None,
    correct: bool = False,
    **counts: int,
) -> Change:
    return Change(rep, dt.date.fromisoformat(day), counts, raised or {}, dimensions or {}, correct)


def recorded(folder: Path, front: str, what: Change) -> str:
    """The front matter afterwards; the body has to be as it was."""
    path = folder / "vm.md"
    path.write_text(f"---\n{front}{BODY}", encoding="utf-8", newline="")
    done = record(path, what, WORDS, today=TODAY)
    text = path.read_text("utf-8")
    assert done.after == text
    assert done.before == f"---\n{front}{BODY}"
    assert text.endswith(BODY)
    return text.removeprefix("---\n").removesuffix(BODY)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: A\n", f"title: A\nresults:\n  kim:\n    - {ROW}\n"),
        ("results:\ntitle: A\n", f"results:\n  kim:\n    - {ROW}\ntitle: A\n"),
        ("results: {}\ntitle: A\n", f"results:\n  kim:\n    - {ROW}\ntitle: A\n"),
        ("results:   # none yet\ntitle: A\n",
         f"results:   # none yet\n  kim:\n    - {ROW}\ntitle: A\n"),
        ("results:\n  kim:\ntitle: A\n", f"results:\n  kim:\n    - {ROW}\ntitle: A\n"),
        ("results:\n  kim: []\ntitle: A\n", f"results:\n  kim: [{ROW}]\ntitle: A\n"),
        ("results:\n  kim: [{date: 2026-10-26, sent: 4}]\ntitle: A\n",
         f"results:\n  kim: [{{date: 2026-10-26, sent: 4}}, {ROW}]\ntitle: A\n"),
        ("results:\n  lee:\n    - {date: 2026-10-26, sent: 4}\ntitle: A\n",
         f"results:\n  lee:\n    - {{date: 2026-10-26, sent: 4}}\n  kim:\n    - {ROW}\ntitle: A\n"),
        (("results:\n  kim:\n    - {date: 2026-10-26, sent: 4}   # one - two\n"
         "    - {date: 2026-11-09, sent: 5}\n"),
         ("results:\n  kim:\n    - {date: 2026-10-26, sent: 4}   # one - two\n"
         f"    - {ROW}\n    - {{date: 2026-11-09, sent: 5}}\n")),
        ("results:\n  kim:\n    - {date: 2026-11-09, sent: 5}\n",
         f"results:\n  kim:\n    - {ROW}\n    - {{date: 2026-11-09, sent: 5}}\n"),
        (("results:\n  kim:\n    - {date: 2026-11-02, sent: 5, batch: x}\n"
         "    - {date: 2026-11-02, sent: 6, batch: y}\n"),
         ("results:\n  kim:\n    - {date: 2026-11-02, sent: 5, batch: x}\n"
         "    - {date: 2026-11-02, sent: 6, batch: y}\n"
         "    - {date: 2026-11-02, sent: 20, batch: z}\n")),
        ("results:\n  kim:\n  - date: 2026-10-26\n    sent: 4\n    batch: >-\n      a b\n",
         ("results:\n  kim:\n  - date: 2026-10-26\n    sent: 4\n    batch: >-\n      a b\n"
          "  - {date: 2026-11-02, sent: 20, batch: z}\n")),
        ("results:\n  kim:\n  - date: 2026-10-26\n    sent: 4\n",
         f"results:\n  kim:\n  - date: 2026-10-26\n    sent: 4\n  - {ROW}\n"),
    ],
)  # fmt: skip
def test_a_new_row_lands_in_order_of_its_day(tmp_path: Path, before: str, after: str) -> None:
    batch = {"batch": "z"} if "batch" in before else {}
    assert recorded(tmp_path, before, change(sent=20, dimensions=batch)) == after


@pytest.mark.parametrize(
    ("before", "what", "after"),
    [
        ("    - {date: 2026-11-02, sent: 20, responses: 1}\n", change(raised={"responses": 2}),
         "    - {date: 2026-11-02, sent: 20, responses: 3}\n"),
        ("    - {date: 2026-11-02, sent: 20, responses: 1}\n", change(raised={"meetings": 1}),
         "    - {date: 2026-11-02, sent: 20, responses: 1, meetings: 1}\n"),
        ("    - {date: 2026-11-02, sent: 20, responses: 1}\n", change(responses=1, meetings=1),
         "    - {date: 2026-11-02, sent: 20, responses: 1, meetings: 1}\n"),
        ("    - {batch: a, date: 2026-11-02, sent: 20}\n", change(responses=0, meetings=0),
         "    - {batch: a, date: 2026-11-02, sent: 20, responses: 0, meetings: 0}\n"),
        ("    - {sent: 20, date: 2026-11-02}\n", change(responses=2),
         "    - {sent: 20, date: 2026-11-02, responses: 2}\n"),
        ("    - sent: 20\n      date: 2026-11-02   # a day\n      batch: a\n",
         change(meetings=1, responses=2),
         ("    - sent: 20\n      date: 2026-11-02   # a day\n      responses: 2\n"
         "      meetings: 1\n      batch: a\n")),
        ("    - {date: 2026-11-02, sent: 20, responses: 5}\n", change(responses=3, correct=True),
         "    - {date: 2026-11-02, sent: 20, responses: 3}\n"),
    ],
)  # fmt: skip
def test_a_row_is_raised_in_its_place(
    tmp_path: Path, before: str, what: Change, after: str
) -> None:
    assert recorded(tmp_path, f"results:\n  kim:\n{before}", what) == f"results:\n  kim:\n{after}"


@pytest.mark.parametrize(
    ("before", "what", "said"),
    [
        ("{date: 2026-11-02, sent: 20, second_meetings: 2, meetings: 2}",
         change(second_meetings=1),
         ("second_meetings is 2 on 2026-11-02 and would go down to 1. More of the same day is "
         "added with a plus: --second-meetings +1. To correct a mistake add --correct, and a line "
         "'Correction: why' to the commit's message.")),
        (ROW, change(day="2026-11-03", raised={"responses": 3}),
         ("kim has no row for 2026-11-03 to raise. Late answers belong to the row of their send "
         "date; a new row takes plain numbers: --sent 40 --responses 3")),
        (ROW, change(day="2026-11-03", responses=3),
         "kim has no row for 2026-11-03 yet; a new one needs --sent."),
        (ROW, change("KIM", sent=3), "KIM is written kim in this file: --rep kim"),
        ("{date: 2026-11-02, sent: 2, batch: a}\n    - {date: 2026-11-02, sent: 2, batch: b}",
         change(raised={"sent": 1}),
         "kim has 2 rows for 2026-11-02; say which by its dimensions, such as --batch 1."),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_write(tmp_path: Path, before: str, what: Change, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        recorded(tmp_path, f"results:\n  kim:\n    - {before}\n", what)
    assert str(refused.value) == said


def test_rows_in_braces_are_sent_to_tidy_first(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        recorded(tmp_path, f"results: {{lee: [{ROW}]}}\n", change(sent=20))
    said = "results stands in braces here. Run 'abtest tidy' once, then record again."
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("saas", "saas"),
        ("VP of Sales", "VP of Sales"),
        ("VP: Sales", '"VP: Sales"'),
        ("Zoë", '"Zoë"'),
        ("-x", '"-x"'),
        ("a  b", '"a  b"'),
        ("", '""'),
    ],
)
def test_text_is_quoted_only_where_it_must_be(value: str, text: str) -> None:
    assert scalar(value) == text


def test_the_keys_of_a_row_have_one_order() -> None:
    what = change(meetings=1, responses=2, sent=30, dimensions={"batch": "a, b", "city": "Rome"})
    keys = [
        part.split(":")[0] for part in written(what, WORDS).strip("{}").split(", ") if ":" in part
    ]
    assert keys[:4] == ["date", "sent", "responses", "meetings"]
    assert 'batch: "a, b"' in written(what, WORDS)


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    front = "results:\r\n  lee:\r\n    - {date: 2026-10-26, sent: 4}\r\n"
    path = tmp_path / "vm.md"
    path.write_bytes(f"---\r\n{front}---\r\n## Email\r\nHi\r\n".encode())
    record(path, change(sent=20), WORDS, today=TODAY)
    after = f"---\r\n{front}  kim:\r\n    - {ROW}\r\n---\r\n## Email\r\nHi\r\n"
    assert path.read_bytes() == after.encode()


def test_what_is_recorded_is_handed_back(tmp_path: Path) -> None:
    path = tmp_path / "vm.md"
    path.write_text(f"---\nresults:\n  kim:\n    - {ROW}\n{BODY}")
    done = record(path, change(day="2026-11-03", sent=9, responses=1), WORDS, today=TODAY)
    assert [c.sent for c in done.cohorts] == [20, 9]
    assert done.cohort == done.cohorts[1]
    again = record(path, change(raised={"responses": 1}), WORDS, today=TODAY, dry_run=True)
    assert (again.cohort.date, again.cohort.get("responses")) == (dt.date(2026, 11, 2), 1)
    assert again.after != path.read_text() == again.before


# Several at once, as an import does


def rewritten(folder: Path, front: str, changes: list[Change]) -> str:
    path = folder / "vm.md"
    path.write_text(f"---\n{front}{BODY}", encoding="utf-8", newline="")
    file = Rewriting(path, WORDS, TODAY)
    file.apply(changes)
    assert path.read_text("utf-8") == f"---\n{front}{BODY}"
    file.write()
    assert path.read_text("utf-8") == file.text
    assert len(file.cohorts) == file.text.count("date:")
    return file.text.removeprefix("---\n").removesuffix(BODY)


MANY = [
    change("lee", "2026-11-04", sent=4),
    change("kim", "2026-11-03", sent=3),
    change("kim", "2026-11-01", sent=1),
    change("lee", "2026-11-02", sent=2),
    change("kim", "2026-11-03", raised={"sent": 1}),
]
OF_KIM = "- {date: 2026-11-01, sent: 1}\n    - {date: 2026-11-03, sent: 4}\n"
OF_LEE = "- {date: 2026-11-02, sent: 2}\n    - {date: 2026-11-04, sent: 4}\n"


@pytest.mark.parametrize("order", [1, -1])
def test_rows_of_many_days_end_in_order_however_they_come(tmp_path: Path, order: int) -> None:
    found = rewritten(tmp_path, "title: A\n", MANY[:4][::order])
    of_kim = OF_KIM.replace("sent: 4", "sent: 3")
    assert found == f"title: A\nresults:\n  kim:\n    {of_kim}  lee:\n    {OF_LEE}"


@pytest.mark.parametrize(
    "front", ["title: A\n", "results:\n  ann:\n    - {date: 2026-11-03, sent: 3}\n"]
)
def test_groups_stand_in_the_order_of_their_first_rows(tmp_path: Path, front: str) -> None:
    found = rewritten(tmp_path, front, [change(rep, sent=1) for rep in ("zoe", "kim", "lee")])
    assert re.findall(r"^  (\w+):", found, flags=re.MULTILINE)[-3:] == ["zoe", "kim", "lee"]


def test_a_row_may_be_raised_by_the_run_that_adds_it(tmp_path: Path) -> None:
    front = "results:\n  kim:\n    - {date: 2026-11-03, sent: 3}\n"
    found = rewritten(tmp_path, front, [MANY[0], MANY[2], MANY[3], MANY[4]])
    assert found == f"results:\n  kim:\n    {OF_KIM}  lee:\n    {OF_LEE}"


def test_several_keys_and_rows_of_one_place_keep_their_order(tmp_path: Path) -> None:
    front = "results:\n  kim:\n    - {date: 2026-11-09, sent: 9}\n"
    changes = [change(day=f"2026-11-0{day}", sent=day) for day in (3, 1, 2)]
    found = rewritten(tmp_path, front, changes)
    assert re.findall(r"2026-11-(\d\d)", found) == ["01", "02", "03", "09"]


def test_rows_in_brackets_go_in_one_by_one(tmp_path: Path) -> None:
    front = "results:\n  kim: [{date: 2026-11-01, sent: 1}]\n  lee: [{date: 2026-11-01, sent: 1}]\n"
    changes = [change(rep, f"2026-11-0{day}", sent=day) for rep in ("kim", "lee") for day in (3, 2)]
    found = rewritten(tmp_path, front, changes)
    rows = "[{date: 2026-11-01, sent: 1}, {date: 2026-11-02, sent: 2}, {date: 2026-11-03, sent: 3}]"
    assert found == f"results:\n  kim: {rows}\n  lee: {rows}\n"


def test_no_change_is_no_change(tmp_path: Path) -> None:
    front = f"results:\n  kim:\n    - {ROW}\n"
    assert rewritten(tmp_path, front, []) == front
    assert rewritten(tmp_path, front, [change(sent=20)]) == front
