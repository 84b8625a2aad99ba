"""`abtest export` and back: nothing is lost, and nothing is a formula."""

import csv
import io
import re
import shutil
from pathlib import Path

from teams import run

from abtest.messages import reader

ROOT = Path(__file__).parents[2]
ROWS = """\
results:
  "=kim":
    - {date: 2026-10-26, sent: 40, bounced: 2, responses: 5, positive: 0, meetings: 2}
    - {date: 2026-11-02, sent: 30, responses: 2, responses_by_touch: [2], industry: "@saas, 'x'"}
    - {date: 2026-11-02, sent: 30, responses: 2, industry: retail, batch: "2"}
  'lee "the ace"':
    - {date: 2026-10-27, sent: 0}
"""


def stripped(path):
    """Take the results out of a variant's file."""
    text = path.read_text()
    path.write_text(re.sub(r"(?m)^results:\n(?: .*\n)*", "", text))


def cohorts():
    """Everything that rows say, by variant; without their lines, which may differ."""
    return {
        variant.id: sorted(
            (c.rep, c.date, tuple(c.counts.items()), tuple(sorted(c.dimensions.items())),
             c.responses_by_touch)
            for c in variant.cohorts
        )
        for experiment in reader.load("messages").values()
        for variant in experiment
    }  # fmt: skip


def test_the_published_content_survives_the_round_trip(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "messages", tmp_path / "messages")
    monkeypatch.chdir(tmp_path)
    before = cohorts()
    run(capsys, "export", "--out", "all.csv")
    for path in Path("messages").glob("*/*.md"):
        stripped(path)
    assert cohorts() != before
    assert sum(map(len, before.values())) > 100
    for name in reader.load("messages"):
        run(capsys, "import", name, "all.csv", "--yes")
    assert cohorts() == before
    files = {path: path.read_bytes() for path in Path("messages").rglob("*.md")}
    for name in reader.load("messages"):
        assert "Nothing to change" in run(capsys, "import", name, "all.csv", "--yes")
    assert {path: path.read_bytes() for path in Path("messages").rglob("*.md")} == files


def test_odd_names_and_touches_survive_too(team, capsys):
    path = Path("messages/dock/offer.md")
    path.write_text(path.read_text().replace("author: kim\n", "author: kim\n" + ROWS))
    before = cohorts()
    run(capsys, "export", "dock", "--out", "dock.csv")
    stripped(path)
    run(capsys, "import", "dock", "dock.csv", "--yes")
    assert cohorts() == before
    assert len(before["dock/offer"]) == 4


def test_cells_are_no_formulas_and_absent_counts_are_blank(team, capsys):
    path = Path("messages/dock/offer.md")
    path.write_text(path.read_text().replace("author: kim\n", "author: kim\n" + ROWS))
    lines = list(csv.DictReader(io.StringIO(run(capsys, "export"))))
    assert lines[0]["rep"] == "'=kim"
    assert (lines[0]["positive"], lines[0]["negative"]) == ("0", "")
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.values()
    )


def test_a_change_in_the_spreadsheet_comes_back(team, capsys):
    path = Path("messages/dock/offer.md")
    path.write_text(path.read_text().replace("author: kim\n", "author: kim\n" + ROWS))
    text = run(capsys, "export").replace("2026-10-27,0,", "2026-10-27,20,")
    Path("back.csv").write_text(text)
    told = run(capsys, "import", "dock", "back.csv", "--yes")
    assert "0 new rows, 1 changed, 3 as they are" in told


def test_a_file_is_never_overwritten_and_mistakes_are_named(team, capsys):
    run(capsys, "export", "--out", "a.csv")
    assert "exists" in run(capsys, "export", "--out", "a.csv", code=2)
    head = Path("a.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    blanks = "," * (head.count(",") - 4)
    Path("a.csv").write_text(f"{head}\ndock,offer,kim,2 Nov,4{blanks}\n")
    assert "a.csv:2: '2 Nov' is no date" in run(capsys, "import", "dock", "a.csv", code=1)
    Path("a.csv").write_text(f"{head}\ndock,nobody,kim,2026-11-02,4{blanks}\n")
    assert "no variant 'nobody'" in run(capsys, "import", "dock", "a.csv", code=1)
    Path("a.csv").write_text(f"{head}\ndock,offer,kim,2026-11-02,four{blanks}\n")
    assert "sent is 'four'" in run(capsys, "import", "dock", "a.csv", code=1)
