"""Imports once more, in doubt and in other shapes: nothing counts twice, nothing is guessed."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest
import teams
from teams import AS_OF, rows, run, take, write

EXPORTS = Path(__file__).parent / "exports"


def test_one_person_in_two_files_counts_once(team, capsys):
    mails = write("""
        email,date,event,rep
        a@x.example,2026-11-02,Email sent,kim
        a@x.example,2026-11-04,Replied,kim
        b@x.example,2026-11-02,Email sent,kim
        b@x.example,2026-11-02,Out of office,kim
        c@x.example,2026-11-02,Email sent,kim
        c@x.example,2026-11-02,Bounced,kim
    """, "mails.csv")  # fmt: skip
    calls = write("""
        contact email,call date,result,agent
        A@x.example,2026-11-02,Left voicemail,Kim
        a@x.example,2026-11-06,Called back,Kim
        b@x.example,2026-11-03,Left voicemail,Kim
    """, "calls.csv")  # fmt: skip
    take(capsys, mails, calls, "--variant", "offer", "--rep", "kim")
    assert rows() == {("kim", "2026-11-02"): {"sent": 3, "bounced": 1, "responses": 1}}


def test_files_that_name_people_differently_are_refused(team, capsys):
    mails = write("email,date,event\na@x.example,2026-11-02,sent", "mails.csv")
    calls = write("phone,date,event\n555-0100,2026-11-02,sent", "calls.csv")
    told = take(capsys, mails, calls, "--variant", "offer", "--rep", "kim", code=1)
    assert "would count twice" in told
    told = take(capsys, mails, mails, "--variant", "offer", "--rep", "kim", code=2)
    assert "are the same" in told


def test_running_twice_changes_nothing(team, capsys):
    export = write("""
        email,date,event,rep
        a@x.example,2026-11-02,sent,kim
        b@x.example,2026-11-03,sent,lee
        b@x.example,2026-11-04,replied,lee
    """)
    take(capsys, export, "--variant", "offer")
    before = {p: p.read_bytes() for p in Path("messages").rglob("*") if p.is_file()}
    told = take(capsys, export, "--variant", "offer")
    assert "Nothing to change: 2 rows are as they are" in told
    assert {p: p.read_bytes() for p in Path("messages").rglob("*") if p.is_file()} == before


def test_a_later_export_raises_and_never_lowers(team, capsys):
    export = write("email,sent at,replied\na@x.example,2026-11-02,yes\nb@x.example,2026-11-02,no")
    options = ("--variant", "offer", "--rep", "kim")
    take(capsys, export, *options)
    write("email,sent at,replied\na@x.example,2026-11-02,yes\nb@x.example,2026-11-02,yes")
    assert "1 changed" in take(capsys, export, *options)
    assert rows() == {("kim", "2026-11-02"): {"sent": 2, "responses": 2}}
    before = Path("messages/dock/offer.md").read_bytes()
    write("email,sent at,replied\na@x.example,2026-11-02,no")
    told = take(capsys, export, *options, code=1)
    assert "sent is 2, and the import has 1" in told
    assert Path("messages/dock/offer.md").read_bytes() == before
    take(capsys, export, *options, "--replace")
    assert rows() == {("kim", "2026-11-02"): {"sent": 1, "responses": 0}}


def test_running_totals_are_told_from_periods(team, capsys):
    running = "".join(f"2026-11-{day:02},{10 * day},{day}\n" for day in range(1, 9))
    export = write(f"date,sent,replies\n{running}")
    take(capsys, export, "--variant", "offer", "--rep", "kim")
    assert len(rows()) == 8
    assert set(map(tuple, (counts.values() for counts in rows().values()))) == {(10, 1)}
    periods = write("date,sent,replies\n2026-11-09,30,2\n2026-11-10,20,2\n2026-11-11,40,1", "p.csv")
    take(capsys, periods, "--variant", "offer", "--rep", "kim")
    assert rows()["kim", "2026-11-11"] == {"sent": 40, "responses": 1}


def test_a_short_rise_is_asked_about(team, capsys):
    export = write("date,sent,replies\n2026-11-02,20,2\n2026-11-03,30,2\n2026-11-04,50,3")
    options = ("--variant", "offer", "--rep", "kim")
    told = take(capsys, export, *options, code=1)
    assert "everything so far, or each period by itself" in told
    assert "--cumulative or --per-period" in told
    take(capsys, export, *options, "--cumulative")
    assert [row["sent"] for row in rows().values()] == [20, 10, 20]


def test_totals_without_dates_add_what_is_new(team, capsys):
    options = ("--variant", "offer", "--rep", "kim")
    export = write("sent,replies\n100,10")
    run(capsys, "import", "dock", export, *options, "--yes", "--as-of", "2026-11-02")
    write("sent,replies\n180,15")
    told = run(capsys, "import", "dock", export, *options, "--yes", *AS_OF, code=1)
    assert "--cumulative or --per-period" in told
    for _ in range(2):
        take(capsys, export, *options, "--cumulative")
        assert rows() == {
            ("kim", "2026-11-02"): {"sent": 100, "responses": 10},
            ("kim", "2026-11-22"): {"sent": 80, "responses": 5},
        }
    write("sent,replies\n180,17")
    run(
        capsys, "import", "dock", export, *options, "--yes", "--as-of", "2026-11-24", "--cumulative"
    )
    assert rows()["kim", "2026-11-22"] == {"sent": 80, "responses": 7}


def test_days_in_doubt_are_asked_about(team, capsys):
    export = write("email,sent at,replied\na@x.example,3/4/2026,yes")
    options = ("--variant", "offer", "--rep", "kim")
    assert "--day-first or --month-first" in take(capsys, export, *options, code=1)
    take(capsys, export, *options, "--day-first")
    assert list(rows()) == [("kim", "2026-04-03")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("13/4/2026", "2026-04-13"), ("4/13/2026 9:30 PM", "2026-04-13"), ("13.04.26", "2026-04-13"),
     ("Apr 13, 2026", "2026-04-13"), ("13 April 2026", "2026-04-13"), ("20260413", "2026-04-13"),
     ("2026-04-13T23:59:59-07:00", "2026-04-13"), ("1776088800", "2026-04-13")],
)  # fmt: skip
def test_days_are_read_in_many_spellings(team, capsys, cell, day):
    export = write(f'email,sent at,replied\na@x.example,"{cell}",yes')
    take(capsys, export, "--variant", "offer", "--rep", "kim")
    assert list(rows()) == [("kim", day)]


def test_people_without_a_day_are_refused(team, capsys):
    export = write("email,email sent,replied\na@x.example,TRUE,yes")
    options = ("--variant", "offer", "--rep", "kim")
    assert "no column says when" in take(capsys, export, *options, code=1)
    take(capsys, export, *options, "--date", "2026-11-02")
    assert rows() == {("kim", "2026-11-02"): {"sent": 1, "responses": 1}}


def test_weeks_in_place_of_days(team, capsys):
    export = write("""
        email,sent at,replied
        a@x.example,2026-11-02,yes
        b@x.example,2026-11-08,no
        c@x.example,2026-11-09,no
    """)
    options = ("--variant", "offer", "--rep", "kim")
    take(capsys, export, *options, "--by", "week")
    assert rows() == {
        ("kim", "2026-11-02"): {"sent": 2, "responses": 1},
        ("kim", "2026-11-09"): {"sent": 1, "responses": 0},
    }
    write("email,sent at,replied\na@x.example,2026-11-04,yes")
    take(capsys, export, "--variant", "question", "--rep", "kim")
    assert "in the same week" in take(
        capsys, export, "--variant", "question", "--rep", "kim", "--by", "week", code=1
    )


def test_workbooks_parquet_and_tabs(team, capsys):
    text = "email\tsent at\treplied\na@x.example\t2026-11-02\tyes\nb@x.example\t2026-11-03\tno"
    table = [line.split("\t") for line in text.splitlines()]
    write(text, "export.tsv")
    book = openpyxl.Workbook()
    for line in table:
        book.active.append(line)
    book.save("export.xlsx")
    duckdb.sql(
        'copy (select email, "sent at"::timestamp as "sent at", replied = \'yes\' as replied '
        "from read_csv('export.tsv', all_varchar = true)) to 'export.parquet' (format parquet)"
    )
    for number, name in enumerate(("export.tsv", "export.xlsx", "export.parquet")):
        take(capsys, name, "--variant", "offer", "--rep", f"rep {number}")
    expected = [{"sent": 1, "responses": 1}, {"sent": 1, "responses": 0}]
    assert list(rows().values()) == expected * 3


def test_a_log_in_duckdb_by_its_table(team, capsys):
    with duckdb.connect("log.duckdb") as connection:
        connection.execute(
            "create table log as select 'p' || i as prospect_id, 'offer' as variant, 'kim' as rep, "
            "'sent' as event, date '2026-11-02' as day from range(30) as t(i)"
        )
    take(capsys, "--from", "log.duckdb", "--table", "log")
    assert rows()["kim", "2026-11-02"]["sent"] == 30
    assert "Name the files" in take(capsys, code=2)


def test_the_mapping_is_kept_and_nothing_personal_with_it(team, capsys):
    export = write("""
        who is it,when,what,whose
        a@x.example,2026-11-02,pinged,Kim Ito
        b@x.example,2026-11-02,pinged,Kim Ito
        b@x.example,2026-11-03,yay,Kim Ito
    """)
    columns = ("who is it=email", "when=date", "what=event", "whose=rep")
    said = [f"--column={column}" for column in columns]
    said += ["--value=event:pinged=sent", "--value=event:yay=responses", "--value=rep:Kim Ito=kim"]
    take(capsys, export, "--variant", "offer", *said)
    assert rows() == {("kim", "2026-11-02"): {"sent": 2, "responses": 1}}
    kept = Path("messages/dock/.import.json").read_text()
    assert "x.example" not in kept
    assert "Kim Ito" in kept
    assert "Nothing to change" in take(capsys, export, "--variant", "offer")
    Path("messages/dock/.import.json").write_text(json.dumps({"exports": [{"columns": 3}]}))
    assert "not as 'abtest import' wrote it" in take(capsys, export, code=1)


def test_without_yes_nothing_is_written(team, capsys):
    export = write("email,sent at,replied\na@x.example,2026-11-02,yes")
    told = run(capsys, "import", "dock", export, "--variant", "offer", "--rep", "kim", code=1)
    assert "Add --yes" in told
    told = run(
        capsys, "import", "dock", export, "--variant=offer", "--rep=kim", "--yes", "--dry-run"
    )
    assert "Nothing was written" in told
    assert rows() == {}
    assert not Path("messages/dock/.import.json").exists()


def test_a_person_is_asked_on_a_terminal(team):
    export = write("email,sent at,replied\na@x.example,2026-11-02,yes")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "abtest", "import", "dock", export]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, b"question\nkim\ny\n")
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, out
    assert "Which variant" in out
    assert rows("question") == {("kim", "2026-11-02"): {"sent": 1, "responses": 1}}


def test_declared_counts_and_dimensions(tmp_path, monkeypatch, capsys):
    plan = """
        counts: [accepted, handed_over]
        metrics: {acceptance: {count: accepted, per: handed_over}}
        dimensions: [company_size]
    """
    monkeypatch.chdir(teams.make_team(tmp_path, plan=plan))
    export = write("date,prospects,handed over,Accepted,# Employees\n2026-11-02,40,4,3,50")
    take(capsys, export, "--variant=offer", "--rep=kim", "--keep=company_size")
    assert rows() == {("kim", "2026-11-02", "50"): {"sent": 40, "accepted": 3, "handed_over": 4}}


def test_order_that_cannot_be_is_refused_before_anything_is_written(team, capsys):
    export = write("variant,date,sent,replies\noffer,2026-11-02,40,4\nquestion,2026-11-02,10,12")
    told = take(capsys, export, "--rep", "kim", code=1)
    assert "responses is 12, more than sent − bounced, which is 10" in told
    assert rows() == {}
