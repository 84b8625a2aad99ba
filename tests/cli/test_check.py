"""`abtest check` and `abtest report`: exit codes, formats, paths."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from abtest import formats

ROOT = Path(__file__).parents[2]


@pytest.fixture
def team(tmp_path):
    shutil.copytree(ROOT / "messages", tmp_path / "messages")
    return tmp_path


def spoil(team, old="sent: 40", new="sent: -40"):
    path = team / "messages" / "new-hire-opener" / "our-company.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path.relative_to(team).as_posix(), text[: text.index(old)].count("\n") + 1


def test_findings_of_the_critique_never_fail_a_check_unless_asked(run, team):
    assert run("check").code == 0
    assert run("check", "--fail-on", "warning").code == 1
    assert run("check", "--fail-on", "never").code == 0


def test_every_problem_is_named_by_file_line_and_column(run, team):
    path, line = spoil(team, "meetings: ", "meetngs: ")
    done = run("check")
    assert done.code == 1
    assert f"{path}:{line}:" in done.out
    assert "meetings" in done.out


def test_paths_limit_what_is_shown(run, team):
    path, _ = spoil(team, "meetings: ", "meetngs: ")
    assert run("check", "messages/staffing-offers").code == 0
    done = run("check", path, "--format", "json")
    assert done.code == 1
    assert {finding["path"] for finding in json.loads(done.out)["findings"]} == {path}


@pytest.mark.parametrize("name", formats.names("check"))
def test_a_file_name_that_is_no_text_is_told_in_every_format(run, team, name):
    """Bytes that are no UTF-8, as archives of old Windows machines leave them."""
    (team / os.fsdecode(b"messages/caf\xe9")).mkdir()
    (team / os.fsdecode(b"messages/staffing-offers/vm-\xff.md")).write_text("Hi", "utf-8")
    done = run("check", "--no-history", "--format", name)
    assert (done.code, done.err) == (1, "")
    for named in ("caf", "vm-"):
        assert re.search(named + r"\\+udc|" + named + "%5Cudc", done.out)
    done.out.encode("utf-8")


def test_what_was_not_named_is_not_called_in_order(run, team):
    named = run("check", "messages/staffing-offers").out.splitlines()[-1]
    assert named.startswith("In what you named: ")
    assert "Nothing stops the build" in named
    spoil(team, "meetings: ", "meetngs: ")
    named = run("check", "--no-history", "messages/staffing-offers").out.splitlines()[-1]
    assert "Nothing here stops the build" in named
    assert named.endswith("Elsewhere, 1 error to mend: run 'abtest check'.")
    assert "Elsewhere" not in run("check", "--no-history", "messages").out


@pytest.mark.parametrize("start", ["", ".", "./messages", "messages/../messages", "/"])
def test_paths_may_be_written_in_any_way(run, team, start):
    path, _ = spoil(team, "meetings: ", "meetngs: ")
    place = {"": path, "/": team / path}.get(start, start)
    assert path in run("check", "--no-history", place).out


def test_a_path_that_is_not_there_is_wrong_usage(run, team):
    done = run("check", "messages/staffing-ofers")
    assert done.code == 2
    assert "does not exist" in done.err


def test_paths_of_findings_start_in_the_current_folder(run, team):
    spoil(team, "meetings: ", "meetngs: ")
    whole = team / "messages"
    for arguments in (
        ("check", "--messages", whole),
        ("--messages", whole, "check"),
        ("-C", team, "--messages", whole, "check"),
    ):
        done = run(*arguments, "--no-history", "--format", "json", cwd=team.parent / team.name)
        found = json.loads(done.out)["findings"]
        assert {finding["path"].partition("/")[0] for finding in found} == {"messages"}


def test_what_cannot_be_published_is_told_with_its_cure(run, team):
    path, line = spoil(team, "author: ", "autor: ")
    done = run("pages", "out")
    assert done.code == 1
    assert f"{path}:{line}:" in done.err
    assert "\n    Did you mean author?" in done.err


@pytest.mark.parametrize("command", [("pages", "out"), ("report",), ("check",), ("diff", "x::y")])
def test_no_word_of_a_file_becomes_a_command_of_a_ci_log(run, team, command):
    spoil(team, "author: ", '"::error::x ##[group] \\e[31m": ')
    done = run(*command)
    assert done.code in (1, 2)
    for line in (done.out + done.err).splitlines():
        assert "::" not in line
        assert "##[" not in line
        assert "\x1b" not in line


def test_a_report_that_cannot_be_made_counts_no_experiments(run, team):
    spoil(team, "author: ", "autor: ")
    done = run("report")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1].startswith("1 error, 0 warnings. Mend")


def test_json_is_the_contract(run, team):
    document = json.loads(run("check", "--format", "json").out)
    assert document["version"] == 1
    assert document["summary"]["experiments"] == 8
    assert all(finding["code"] for finding in document["findings"])


def test_a_bad_file_stops_the_report_with_every_problem(run, team):
    path, _ = spoil(team, "meetings: ", "meetngs: ")
    done = run("report", "--format", "json")
    assert done.code == 1
    assert done.out == ""
    assert path in done.err


def test_no_content_is_told_with_what_to_do(run, tmp_path):
    done = run("check")
    assert done.code == 1
    assert "abtest init" in done.out
    assert run("report").code == 1


def test_an_empty_folder_is_a_friendly_start(run, tmp_path):
    (tmp_path / "messages").mkdir()
    assert run("check").code == 0
    assert "abtest new experiment" in run("report").out


def test_report_of_one_experiment(run, team):
    document = json.loads(run("report", "new-hire-opener", "--format", "json").out)
    assert [experiment["id"] for experiment in document["experiments"]] == ["new-hire-opener"]
    done = run("report", "new-hire-openr")
    assert done.code == 2
    assert "Did you mean 'new-hire-opener'?" in done.err


def test_as_of_replays_the_past(run, team):
    early = run("report", "new-hire-opener", "--as-of", "2026-09-20", "--format", "json")
    [experiment] = json.loads(early.out)["experiments"]
    assert experiment["verdict"]["state"] in ("no_data", "undecided")


def test_numbers_of_hearsay_are_checked_too(run, team):
    (team / "messages" / "assumptions.yml").write_text("listen_rate: many\n", "utf-8")
    done = run("check")
    assert done.code == 1
    assert "messages/assumptions.yml:1" in done.out
