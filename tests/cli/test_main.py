"""The command line as a whole: help, exit codes, manners."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

import abtest
from abtest import clock
from abtest.cli import COMMANDS

README = Path(__file__).parents[2] / "README.md"


def test_help_lists_the_commands_in_the_order_of_a_week(run):
    done = run("--help")
    listed = [line.split()[0] for line in done.out.splitlines() if line.startswith("  ")]
    assert listed[-len(COMMANDS) :] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(run, name):
    done = run(name, "--help")
    assert done.code == 0
    assert f"`abtest {name}" in README.read_text("utf-8")


def test_version(run):
    assert run("--version").out == f"abtest, version {abtest.__version__}\n"


def test_an_unknown_command_is_answered_with_the_nearest(run):
    done = run("recrod")
    assert done.code == 2
    assert "Did you mean 'record'?" in done.err
    assert "abtest --help" in run("xyzzy").err


def test_as_of_is_checked(run):
    assert run("calc", "1/10", "--as-of", "2026-02-30").code == 2
    assert "write it as 2026-11-02" in run("calc", "1/10", "--as-of", "yesterday").err


def test_source_date_epoch_is_today(run, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert '"as_of": "2023-11-14"' in run("calc", "1/10", "--format", "json").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    done = run("calc", "1/10")
    assert done.code == 2
    assert "SOURCE_DATE_EPOCH" in done.err


def test_a_day_that_has_begun_somewhere_is_not_in_the_future(monkeypatch):
    evening = dt.datetime(2126, 11, 24, 21, 0, tzinfo=dt.UTC)  # the 25th in Sydney
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(evening.timestamp())))
    assert clock.today() == dt.date(2126, 11, 24)
    assert clock.latest() == dt.date(2126, 11, 25)


def test_an_earlier_source_date_reads_what_as_of_reads(run, tmp_path, monkeypatch):
    dock = tmp_path / "messages" / "dock"
    run("new", "experiment", "dock")
    control = next(file for file in dock.glob("*.md") if file.name != "experiment.md")
    name = f"dock/{control.stem}"
    for day in ("2024-02-01", "2024-03-20"):
        assert run("record", name, "--rep", "kim", "--date", day, "--sent", "40").code == 0
    by_option = run("report", "--as-of", "2024-03-01", "--format", "json")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")  # 2024-03-01
    by_variable = run("report", "--format", "json")
    assert (by_variable.code, by_variable.out) == (0, by_option.out)
    assert '"sent": 40' in by_variable.out


def test_a_bug_of_ours_is_one_line_and_a_log(run, monkeypatch):
    from abtest.analysis import typed

    monkeypatch.setattr(typed, "typed", lambda *_args, **_kwargs: 1 / 0)
    done = run("calc", "1/10")
    assert done.code == 3
    assert len(done.err.splitlines()) == 1
    log = Path(done.err.split()[-1])
    assert "ZeroDivisionError" in log.read_text("utf-8")
    log.unlink()


def test_module_and_directory_option(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "abtest", "-C", tmp_path, "check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "messages" in done.stdout


def test_a_closed_pipe_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m abtest calc 1/10 3/10 --format json | head -1",
        shell=True, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "{\n"
    assert done.stderr == ""
