"""The findings of a check in every format, with text that tries to get out of it."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import click
import pytest

from abtest import formats
from abtest.errors import Finding, Severity
from abtest.formats.findings import Checked, fingerprints

HOSTILE = "::error file=x::gone\n##[command]rm \x1b[31m`a` | @team <script>\u202e %0A"

FINDING = Finding(
    "messages/dock/vm-b.md", 3, 5, "VM001", Severity.WARNING,
    f"Too long. {HOSTILE}", f"Cut it. {HOSTILE}", "dock", "dock/vm-b",
)  # fmt: skip
ERROR = replace(FINDING, line=1, column=0, code="FM001", severity=Severity.ERROR)
HINT = replace(FINDING, line=9, code="EM019", severity=Severity.INFO)


@pytest.fixture
def checked():
    return Checked(findings=(ERROR, FINDING, HINT), experiments=1, variants=2)


def render(name, checked):
    return click.unstyle(formats.render("check", name, checked))


def test_every_format_is_offered():
    assert formats.names("check") == ("text", "github", "gitlab", "json", "junit", "sarif")


@pytest.mark.parametrize("name", formats.names("check"))
def test_nothing_found_is_said_in_every_format(name):
    text = render(name, Checked((), experiments=0, variants=0))
    assert (text == "") == (name == "github")


def test_json_is_the_contract(checked):
    document = json.loads(render("json", checked))
    assert document["version"] == 1
    assert document["summary"] == {
        "error": 1, "warning": 1, "info": 1, "experiments": 1, "variants": 2,
    }  # fmt: skip
    assert document["findings"][1] == FINDING.to_dict()
    assert list(document["findings"][1]) == [
        "path", "line", "column", "code", "severity", "message", "suggestion", "experiment",
        "variant",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["text", "github"])
def test_no_ci_command_or_escape_survives_in_a_log(name, checked):
    for line in render(name, checked).splitlines():
        body = re.sub(r"^::(error|warning|notice) [^:]*::", "", line)
        assert "::" not in body
        assert "##[" not in body
        assert not re.search(r"[\x00-\x1f\x7f\u202e]", body)


def test_text_shows_the_line_and_a_caret(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("one\ntwo words here\n", "utf-8")
    finding = Finding("a.md", 2, 5, "KY001", Severity.ERROR, "No such word.", "Write: works")
    text = render("text", Checked((finding,), experiments=1, variants=1))
    assert text.splitlines() == [
        "a.md:2:5: KY001 [error] No such word.",
        "      2 | two words here",
        "        |     ^",
        "    Write: works",
        "",
        (
            "1 experiment, 1 variant: 1 error, 0 warnings. "
            "Mend the errors above, then run 'abtest check' again."
        ),
    ]


def test_github_shows_the_nine_gravest_and_the_rest_in_the_log():
    many = [replace(FINDING, line=n) for n in range(20)]
    lines = render("github", Checked((*many, ERROR), experiments=1, variants=1)).splitlines()
    annotations = [line for line in lines if line.startswith("::")]
    assert annotations == lines[:10]
    assert lines[0].startswith("::error ")
    assert lines[9].endswith("12 more findings: see the log of this step")
    assert [line.split(": ")[0] for line in lines[10:]] == [
        f"messages/dock/vm-b.md:{n}:5" for n in range(8, 20)
    ]


def test_github_needs_no_such_line_for_ten(checked):
    ten = [replace(FINDING, line=n) for n in range(10)]
    lines = render("github", Checked((*ten,), experiments=1, variants=1)).splitlines()
    assert len(lines) == 10
    assert all(line.startswith("::warning ") for line in lines)


def test_gitlab_fingerprints_do_not_depend_on_the_line_and_are_unique(checked):
    moved = [replace(finding, line=finding.line + 7) for finding in checked.findings]
    assert fingerprints(checked.findings) == fingerprints(moved)
    twice = fingerprints([FINDING, FINDING])
    assert len(set(twice)) == 2
    issues = json.loads(render("gitlab", checked))
    assert {issue["severity"] for issue in issues} == {"critical", "minor", "info"}


def test_sarif_names_each_rule_once_and_points_at_it(checked):
    run = json.loads(render("sarif", checked))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({"EM019", "FM001", "VM001"})
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_junit_fails_on_errors_alone_and_is_well_formed(checked):
    suite = ET.fromstring(render("junit", checked)).find("testsuite")
    assert suite.attrib["tests"] == "3"
    assert suite.attrib["failures"] == "1"
    assert len(suite.findall("testcase/failure")) == 1
