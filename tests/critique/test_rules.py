"""Every rule finds its bad example and passes its good one, and has a page that says all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from critique_examples import TODAY

from abtest.critique import wordlists
from abtest.critique.rule import CHANNELS, Rule, all_rules, codes, find, page, title
from abtest.critique.run import examine
from abtest.errors import Severity, UsageError
from abtest.model import Experiments

RULES = {rule.CODE: rule for rule in all_rules()}
Read = Callable[[str, str], Experiments]


def found(experiments: Experiments) -> set[str]:
    return {finding.code for finding in examine(experiments, as_of=TODAY)}


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_is_found(code: str, read: Read) -> None:
    assert code in found(read(RULES[code].BAD, RULES[code].CHANNEL))


@pytest.mark.parametrize("code", RULES)
def test_the_good_example_is_not_found(code: str, read: Read) -> None:
    assert code not in found(read(RULES[code].GOOD, RULES[code].CHANNEL))


@pytest.mark.parametrize("code", RULES)
def test_every_finding_points_into_its_file_and_says_what_to_do(code: str, read: Read) -> None:
    experiments = read(RULES[code].BAD, RULES[code].CHANNEL)
    for finding in examine(experiments, as_of=TODAY):
        assert finding.message.endswith((".", "…", "?")), finding
        assert len(finding.suggestion) > 10, finding
        assert finding.severity in (Severity.WARNING, Severity.INFO)
        path = Path(finding.path)
        if finding.line:
            lines = path.read_text(encoding="utf-8").split("\n")
            assert finding.column <= len(lines[finding.line - 1]) + 1


@pytest.mark.parametrize(
    ("code", "key"), [("CR002", "scores"), ("CR003", "scores"), ("CR006", "by")]
)
def test_a_review_is_told_with_the_line_of_its_key(code: str, key: str, read: Read) -> None:
    experiments = read(RULES[code].BAD, RULES[code].CHANNEL)
    (told,) = [f for f in examine(experiments, as_of=TODAY) if f.code == code]
    lines = Path(told.path).read_text(encoding="utf-8").split("\n")
    assert lines[told.line - 1].startswith(f"{key}: ")


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_well_made(code: str) -> None:
    rule: Rule = RULES[code]
    assert rule.__doc__
    assert rule.__doc__.startswith(f"{code}: ")
    assert "## What it does" in rule.__doc__
    assert "## Why is this bad?" in rule.__doc__
    assert rule.CHANNEL in CHANNELS
    assert rule.UNIT in ("message", "variant", "experiment", "team")
    assert rule.SEVERITY in (Severity.WARNING, Severity.INFO)
    assert rule.EVIDENCE or rule.CHANNEL == "critique"  # plain sense
    assert set(rule.EVIDENCE) <= set(wordlists.data("evidence.yml")["sources"])


def test_codes_are_those_of_the_files_and_in_order() -> None:
    assert list(RULES) == sorted(RULES)
    for code, rule in RULES.items():
        assert rule.__name__.rpartition(".")[2] == code.lower()


@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_page(code: str) -> None:
    text = page(code)
    assert text.startswith(f"# {code}: {title(code)}")
    if find(code):
        for heading in ("## What it does", "## Example", "## How to switch it off"):
            assert heading in text
        assert ("## Evidence" in text) is bool(RULES[code].EVIDENCE)
        assert RULES[code].BAD.strip() in text
    else:
        assert "## What happens" in text


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UsageError, match="XX999"):
        page("XX999")
    with pytest.raises(UsageError, match="XX999"):
        title("XX999")


def test_every_source_of_evidence_is_used() -> None:
    used = {key for rule in RULES.values() for key in rule.EVIDENCE}
    assert set(wordlists.data("evidence.yml")["sources"]) == used
