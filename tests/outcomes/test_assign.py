"""`abtest assign` and `abtest fit`, from a list to call sheets."""

import csv
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import teams
from teams import run

from abtest.messages import reader

HEAD = "Email,Title,Industry,Country,Owner,Phone\n"
TITLES = ("VP Sales", "Director of Sales", "Senior Vice President, Sales")


def people(number, start=0):
    """Lines of a list: people of three reps and three titles."""
    chance = random.Random(start)
    return [
        f'p{n}@x.example,"{chance.choice(TITLES)}",Software,United States,'
        f"{chance.choice(('kim', 'lee', 'max'))}@b.example,=1+1\n"
        for n in range(start, start + number)
    ]


def write_list(lines, name="list.csv"):
    Path(name).write_text(HEAD + "".join(lines))
    return name


def sheets():
    """Every line of every call sheet."""
    for path in sorted(Path(".abtest/call-sheets/dock").glob("*.csv")):
        with path.open(encoding="utf-8-sig") as stream:
            yield from csv.DictReader(stream)


def variants():
    return {line["Email"]: line["variant"] for line in sheets()}


def test_variants_are_even_within_each_rep_and_profile(team, capsys):
    run(capsys, "assign", "dock", write_list(people(200)))
    strata = Counter((line["rep"], line["Title"], line["variant"]) for line in sheets())
    assert sum(strata.values()) == 200
    # Two of the titles are two spellings of one.
    spellings = {
        title: "Sales VP" if "ice" in title or "VP" in title else title for title in TITLES
    }
    merged = Counter()
    for (rep, title, variant), count in strata.items():
        merged[rep, spellings[title], variant] += count
    for rep, title, _ in list(merged):
        assert abs(merged[rep, title, "offer"] - merged[rep, title, "question"]) <= 1
    for rep in ("kim", "lee", "max"):
        counts = Counter(line["variant"] for line in sheets() if line["rep"] == rep)
        assert abs(counts["offer"] - counts["question"]) <= 1


def test_the_same_list_and_salt_give_the_same_split_and_another_salt_another(
    team, capsys, monkeypatch
):
    listed = write_list(people(100))
    run(capsys, "assign", "dock", listed)
    first = variants()
    ledger = Path(".abtest/assigned/dock.csv")
    assert ledger.read_text().count("\n") == 101
    ledger.unlink()
    run(capsys, "assign", "dock", listed)
    assert variants() == first
    ledger.unlink()
    for sheet in Path(".abtest/call-sheets/dock").iterdir():
        sheet.unlink()
    monkeypatch.setenv("ABTEST_SALT", "another salt for tests")
    run(capsys, "assign", "dock", listed)
    assert 20 < sum(first[email] != variant for email, variant in variants().items()) < 80


def test_a_prospect_seen_again_keeps_the_variant_and_is_counted_once(team, capsys):
    run(capsys, "assign", "dock", write_list(people(60)))
    first = variants()
    again = [line.replace("p", "P", 1) for line in people(60)][:30] + people(30, start=60)
    told = run(capsys, "assign", "dock", write_list(again, "again.csv"), "--as-of", "2026-11-30")
    assert "60 prospects, of whom 30 had a variant before" in told
    lowered = {email.lower(): variant for email, variant in variants().items()}
    assert all(lowered[email] == variant for email, variant in first.items())
    split = json.loads(Path("messages/dock/.assigned.json").read_text())
    assert sum(entry["prospects"] for entry in split["assigned"]) == 90
    before = Path("messages/dock/.assigned.json").read_bytes()
    run(capsys, "assign", "dock", "again.csv")
    assert Path("messages/dock/.assigned.json").read_bytes() == before


def test_weights_are_as_planned(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(teams.make_team(tmp_path, extra="allocation: {offer: 1, question: 3}"))
    run(capsys, "assign", "dock", write_list(people(400)), "--rep", "kim")
    counts = Counter(variants().values())
    assert abs(counts["offer"] - 100) <= 1


def test_nothing_personal_leaves_the_private_folder_and_git_ignores_it(team, capsys):
    run(capsys, "assign", "dock", write_list(people(20)))
    outside = [p for p in team.rglob("*") if p.is_file() and ".abtest" not in p.parts]
    assert not any(b"@x.example" in p.read_bytes() for p in outside if p.name != "list.csv")
    assert "*" in Path(".abtest/.gitignore").read_text().splitlines()
    assert "@x.example" not in Path(".abtest/assigned/dock.csv").read_text()
    assert reader.load("messages")["dock"].variants.keys() == {"offer", "question"}


def test_a_call_sheet_has_the_script_and_no_formula(team, capsys):
    Path("mkdocs.yml").write_text("site_name: x\nsite_url: https://b.example/ab/\n")
    run(capsys, "assign", "dock", write_list(people(4)))
    for line in sheets():
        assert line["script"] == f"https://b.example/ab/experiments/dock/{line['variant']}/"
        assert line["Phone"] == "'=1+1"


def test_a_sheet_that_a_rep_has_filled_in_is_never_overwritten(team, capsys):
    listed = write_list(people(10))
    run(capsys, "assign", "dock", listed, "--rep", "kim")
    (sheet,) = Path(".abtest/call-sheets/dock").iterdir()
    filled = sheet.read_text().replace(",,,,,,", ",2026-11-22,,yes,,,")
    sheet.write_text(filled)
    run(capsys, "assign", "dock", listed, "--rep", "kim")
    assert sheet.read_text() == filled
    assert len(list(Path(".abtest/call-sheets/dock").iterdir())) == 2


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (people(2) + people(1), "list.csv:4: the same prospect as on line 2"),
        ([*people(1), people(1)[0].upper()], "list.csv:3: the same prospect as on line 2"),
        (["N/A,VP Sales,Software,US,kim,\n"], "line 2: Email is blank"),
        (["a@x.example,VP Sales\n"], "line 2"),
        (["a@x.example,VP Sales,Retail,US,kim,\n"], "list.csv:2: industry 'Retail' is not"),
        (["a@x.example,CFO,Software,Chile,kim,\n"], "list.csv:2: location 'Chile' is not"),
        ([], "has a header and no rows"),
    ],
)
def test_a_list_with_duplicates_or_misfits_is_refused_by_line(team, capsys, lines, told):
    assert told in run(capsys, "assign", "dock", write_list(lines), code=1)
    assert not Path(".abtest/call-sheets").exists()
    assert not Path("messages/dock/.assigned.json").exists()


def test_misfits_can_be_counted_as_fitting_or_let_in(team, capsys):
    listed = write_list(["a@x.example,VP Sales,Retail,US,kim,\n"])
    run(capsys, "assign", "dock", listed, "--also", "industry=retail")
    run(capsys, "assign", "dock", listed, "--allow-misfits")


def test_call_sheets_are_not_written_where_a_commit_could_take_them(team, capsys):
    (team / ".git").mkdir()
    listed = write_list(people(4))
    assert "prospects' data" in run(capsys, "assign", "dock", listed, "--out", "sheets", code=2)
    assert not Path("sheets").exists()
    assert not Path(".abtest/assigned").exists()


def test_a_salt_is_drawn_once_and_told_once(team, capsys, monkeypatch):
    monkeypatch.delenv("ABTEST_SALT")
    listed = write_list(people(4))
    assert "new salt" in run(capsys, "assign", "dock", listed)
    salt = Path(".abtest/salt")
    assert salt.stat().st_mode & 0o777 == 0o600
    before = salt.read_bytes()
    assert "new salt" not in run(capsys, "assign", "dock", listed)
    assert salt.read_bytes() == before
    monkeypatch.setenv("ABTEST_SALT", "short")
    assert "fewest" in run(capsys, "assign", "dock", listed, code=2)


def test_one_variant_is_no_split(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(teams.make_team(tmp_path, variants=("offer",)))
    assert "two or more" in run(capsys, "assign", "dock", write_list(people(4)), code=2)


def test_prospects_of_another_experiment_are_told(team, capsys):
    listed = write_list(people(4))
    run(capsys, "assign", "dock", listed)
    Path("messages/pier").mkdir()
    for path in Path("messages/dock").glob("*.md"):
        (Path("messages/pier") / path.name).write_text(path.read_text())
    assert "4 of them are in dock too" in run(capsys, "assign", "pier", listed)


@pytest.mark.parametrize("command", [("assign", "dock", "list.csv"), ("fit", "list.csv")])
def test_no_statistics_are_loaded(team, command):
    write_list(people(4))
    code = (
        "import sys\nfrom abtest.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'scipy', 'duckdb', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


def test_fit_says_how_well_a_list_matches(team, capsys):
    lines = [*people(3), "z@x.example,Sales Manager,Retail,,kim,\n"]
    told = run(capsys, "fit", write_list(lines), "dock")
    assert "3 of 4 prospects on list.csv fit the profile (75.0%)" in told
    assert "list.csv:5: industry 'Retail' is not 'Software'; title 'Sales Manager'" in told
    assert "cannot be told: 1" in told
    assert not Path(".abtest").exists()


def test_fit_takes_the_only_experiment_that_runs(team, capsys):
    listed = write_list(people(3))
    assert run(capsys, "fit", listed) == run(capsys, "fit", listed, "dock")
    experiment = Path("messages/dock/experiment.md")
    experiment.write_text(experiment.read_text().replace("lever:", "status: archived\nlever:"))
    assert "Say which experiment" in run(capsys, "fit", listed, code=2)


def test_fit_says_which_columns_are_missing(team, capsys):
    Path("list.csv").write_text("Email,Title\na@x.example,VP of Sales\n")
    told = run(capsys, "fit", "list.csv", "dock")
    assert "no column for industry and location" in told
