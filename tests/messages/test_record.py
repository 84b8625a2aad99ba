"""One row added or raised: one line changed, the rest byte for byte, or nothing at all."""

import datetime as dt
import difflib
import os
import random
import signal
import time

import pytest

from abtest.errors import ContentError, UsageError
from abtest.messages.results import Vocabulary
from abtest.messages.rows import Change
from abtest.messages.writer import record
from abtest.plan import Plan

TODAY = dt.date(2026, 11, 25)
WORDS = Vocabulary(Plan())
BODY = (
    "---\n## Email\nSubject: Docks\n\nHi {{first_name}}, --- and a: b\n"
    "\n## Notes\nresults:\n  kim:\n"
)
FILE = (
    "---\n"
    'title: "Ask: who"   # kept\n'
    "results:  # by rep\n"
    "  kim:\n"
    "    - {date: 2026-10-26, sent: 40, bounced: 2, responses: 5}   # the first\n"
    "\n"
    "    # after the holiday\n"
    "    - {date: 2026-11-09,  sent: 30, batch: 'a, b'}\n"
    "  'lee':\n"
    "  - date: 2026-10-27\n"
    "    sent: 30   # a block row\n"
    "    responses: 2\n"
    "author: kim\n" + BODY
)


@pytest.fixture
def write(tmp_path):
    path = tmp_path / "vm.md"

    def write(text, newline="\n", mark=b""):
        path.write_bytes(mark + text.replace("\n", newline).encode())
        return path

    return write


def change(rep="kim", date="2026-11-02", raised=None, dimensions=None, correct=False, **counts):
    return Change(rep, dt.date.fromisoformat(date), counts, raised or {}, dimensions or {}, correct)


def changed_lines(before, after):
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    told = [line for line in lines if line[0] in "+-"]
    return [line for line in told if line[0] == "+"], [line for line in told if line[0] == "-"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("what", "added", "removed"),
    [
        (change(sent=20), "    - {date: 2026-11-02, sent: 20}", None),
        (change(date="2026-10-01", sent=20), "    - {date: 2026-10-01, sent: 20}", None),
        (change(date="2026-11-20", sent=20), "    - {date: 2026-11-20, sent: 20}", None),
        (
            change("lee", "2026-11-03", sent=9, meetings=1),
            "  - {date: 2026-11-03, sent: 9, meetings: 1}",
            None,
        ),
        (
            change(date="2026-10-26", raised={"responses": 3}),
            "    - {date: 2026-10-26, sent: 40, bounced: 2, responses: 8}   # the first",
            "    - {date: 2026-10-26, sent: 40, bounced: 2, responses: 5}   # the first",
        ),
        (
            change(date="2026-11-09", responses=2, meetings=1),
            "    - {date: 2026-11-09,  sent: 30, responses: 2, meetings: 1, batch: 'a, b'}",
            "    - {date: 2026-11-09,  sent: 30, batch: 'a, b'}",
        ),
        (
            change("lee", "2026-10-27", raised={"responses": 1}),
            "    responses: 3",
            "    responses: 2",
        ),
        (change("lee", "2026-10-27", meetings=1), "    meetings: 1", None),
    ],
)  # fmt: skip
def test_one_line_changes_and_nothing_else(write, newline, mark, what, added, removed):
    path = write(FILE, newline, mark)
    before = path.read_bytes()
    record(path, what, WORDS, today=TODAY)
    after = path.read_bytes()
    assert after.startswith(mark)
    plus, minus = changed_lines(before.decode(), after.decode())
    assert [line[2:] for line in plus] == [added + newline]
    assert [line[2:] for line in minus] == ([removed + newline] if removed else [])


@pytest.mark.parametrize(
    "results",
    ["", "results:\n", "results: {}\n", "results:   # none yet\n", "results:\n  kim:\n",
     "results:\n  lee:\n    - {date: 2026-11-02, sent: 9}\n", "results:\n  kim: []\n",
     "results:\n  kim: [{date: 2026-10-26, sent: 4}]\n"],
)  # fmt: skip
@pytest.mark.parametrize("after_results", ["", "author: kim\n", "# the end\n"])
def test_a_first_row_finds_its_place(write, results, after_results):
    path = write(f"---\ntitle: A\n{results}{after_results}{BODY}")
    done = record(path, change(sent=40, responses=5), WORDS, today=TODAY)
    assert done.cohort.sent == 40
    assert path.read_text() == done.after
    assert done.after.endswith(f"{after_results}{BODY}" if results else BODY)


@pytest.mark.parametrize(
    ("empty", "left"),
    [
        ("results: {}", "results:"),
        ("results:  {}  # none yet", "results:  # none yet"),
        ("results:\n  {}", "results:"),
        ("results:  # none yet\n  {}", "results:  # none yet"),
    ],
)
def test_empty_braces_leave_no_blanks_behind(write, empty, left):
    path = write(f"---\ntitle: A\n{empty}\nauthor: kim\n{BODY}")
    done = record(path, change(sent=40), WORDS, today=TODAY)
    rows = "  kim:\n    - {date: 2026-11-02, sent: 40}"
    assert done.after == f"---\ntitle: A\n{left}\n{rows}\nauthor: kim\n{BODY}"


def test_the_same_call_twice_writes_nothing_the_second_time(write):
    path = write(FILE)
    record(path, change(sent=20, responses=1), WORDS, today=TODAY)
    stamp = path.stat()
    done = record(path, change(sent=20, responses=1), WORDS, today=TODAY)
    assert done.before == done.after
    assert path.stat().st_mtime_ns == stamp.st_mtime_ns
    assert path.stat().st_ino == stamp.st_ino


def test_dry_run_writes_nothing(write):
    path = write(FILE)
    done = record(path, change(sent=20), WORDS, today=TODAY, dry_run=True)
    assert done.after != FILE
    assert path.read_text() == FILE


@pytest.mark.parametrize(
    ("title", "place", "said"),
    [
        ("Ask \x1b[31mwho", "2:12: EN002", "(U+001B, escape), behind 'title: Ask'"),
        ("Ask\x85 [who", "2:11: EN002", "(U+0085, next line), behind 'title: Ask'"),
        ("Ask\n>>>>>>> theirs", "3:1: MG001", "git left a merge conflict here"),
    ],
)
def test_what_is_no_plain_text_is_named_at_its_place(write, title, place, said):
    path = write(f"---\ntitle: {title}\n{BODY}")
    with pytest.raises(ContentError) as refused:
        record(path, change(sent=4), WORDS, today=TODAY)
    (found,) = refused.value.findings
    assert str(found).startswith(f"{path}:{place} ")
    assert said in found.message
    assert path.read_text() == f"---\ntitle: {title}\n{BODY}"


def test_a_control_character_in_the_message_keeps_no_row_out(write):
    path = write(FILE + "One\x0bline\n")
    assert record(path, change(sent=4), WORDS, today=TODAY).after.endswith("One\x0bline\n")


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        (change(sent=4, responses=5), ContentError, "more than sent"),
        (change(date="2099-01-01", sent=4), ContentError, "2099"),
        (change(date="2026-10-26", raised={"responses": 99}), ContentError, "more than sent"),
        (change(date="2026-10-26", responses=1), UsageError, "--correct"),
        (change(raised={"responses": 1}), UsageError, "no row for 2026-11-02"),
        (change(responses=1), UsageError, "needs --sent"),
        (change(rep="a\nb", sent=1), ContentError, "rep"),
        (change(rep="Kim", sent=1), UsageError, "--rep kim"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(write, what, error, said):
    path = write(FILE)
    with pytest.raises(error, match=said):
        record(path, what, WORDS, today=TODAY)
    assert path.read_text() == FILE
    assert [entry.name for entry in path.parent.iterdir()] == ["vm.md"]


def test_correct_lets_a_count_go_down(write):
    path = write(FILE)
    done = record(path, change(date="2026-10-26", responses=1, correct=True), WORDS, today=TODAY)
    assert done.cohort.get("responses") == 1


def test_two_rows_of_one_day_are_told_apart_by_their_dimensions(write):
    path = write(FILE)
    for batch in ("1", "2"):
        record(path, change(sent=10, dimensions={"batch": batch}), WORDS, today=TODAY)
    with pytest.raises(UsageError, match="2 rows for 2026-11-02"):
        record(path, change(raised={"responses": 1}), WORDS, today=TODAY)
    second = change(raised={"responses": 1}, dimensions={"batch": "2"})
    done = record(path, second, WORDS, today=TODAY)
    assert done.cohort.dimensions == {"batch": "2"}


def test_an_unreadable_file_is_left_alone(write):
    path = write(FILE.replace("sent: 30, batch", "sent: 1_0, batch"))
    before = path.read_bytes()
    with pytest.raises(ContentError):
        record(path, change(sent=20), WORDS, today=TODAY)
    assert path.read_bytes() == before


@pytest.mark.parametrize("seed", range(20))
def test_any_sequence_of_records_adds_up(write, seed):
    chance = random.Random(seed)
    path = write(FILE)
    told = {}
    for _ in range(25):
        rep, day = chance.choice(["kim", "lee", "Zoë: x", "no"]), chance.randrange(1, 20)
        date = f"2026-09-{day:02d}"
        if (rep, day) in told:
            record(path, change(rep, date, raised={"responses": 1}), WORDS, today=TODAY)
            told[rep, day] += 1
        else:
            done = record(path, change(rep, date, sent=40, responses=2), WORDS, today=TODAY)
            told[rep, day] = 2
    done = record(path, change("kim", "2026-11-21", sent=1), WORDS, today=TODAY)
    assert sum(c.get("responses") for c in done.cohorts) == sum(told.values()) + 5 + 2
    assert len(done.cohorts) == len(told) + 3 + 1
    assert done.after.endswith(BODY)


def keep_recording(path):
    for n in range(100_000):
        day = dt.date(2000, 1, 1) + dt.timedelta(days=n % 9000)
        record(path, Change("kim", day, {"sent": 40 + n // 9000}), WORDS, today=TODAY)


def test_a_kill_at_any_moment_leaves_a_whole_file(write):
    path = write(FILE)
    chance = random.Random(7)
    for _ in range(200):
        path.write_text(FILE)
        child = os.fork()
        if not child:
            keep_recording(path)
            os._exit(0)
        time.sleep(chance.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert path.read_text().endswith(BODY)
        record(path, change(date="2026-11-24", sent=1), WORDS, today=TODAY)
    assert [entry.name for entry in path.parent.iterdir()] == ["vm.md"]
