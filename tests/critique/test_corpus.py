"""420 messages that no rule was written for: are the findings right, and are the flaws found?

Each file of `corpus/` is a team: its plan, its experiment, five good variants and five flawed ones.
The notes of a variant say which flaws were planted, and which other remarks a coach would sign.
What the rules made of them at first sight stands in
docs/decisions/0011-critique-at-first-sight.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from critique_examples import TODAY, files_of, write

from abtest.critique.run import findings
from abtest.errors import Finding, Severity
from abtest.messages.reader import load
from abtest.model import Variant

CORPUS = sorted(Path(__file__).with_name("corpus").glob("*.txt"))

#: What the messages' words say nothing about: recordings, reviews, results.
OTHER = re.compile(r"VM014|VM015|CR|DM|XP")


def noted(variant: Variant, word: str) -> set[str]:
    """The codes after `Planted:` or `Also:` in a variant's notes."""
    found = re.search(rf"^{word}: (.+)$", variant.notes, re.MULTILINE)
    return set(re.findall(r"[A-Z]{2}\d{3}", found[1])) if found else set()


@pytest.fixture(scope="module")
def critiques(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Variant, list[Finding]]]:
    critiqued = []
    for path in CORPUS:
        root = tmp_path_factory.mktemp(path.stem)
        write(files_of(path.read_text(encoding="utf-8"), "email"), root)
        experiments = load(root, today=TODAY)
        for variant in experiments["e"]:
            found = findings(variant, experiments["e"], experiments.plan)
            critiqued.append((variant, [f for f in found if not OTHER.match(f.code)]))
    return critiqued


Critiques = list[tuple[Variant, list[Finding]]]


def test_half_of_them_are_good(critiques: Critiques) -> None:
    names = [variant.name for variant, _ in critiques]
    assert len(names) == 10 * len(CORPUS) >= 420
    assert sum(name.startswith("good-") for name in names) == 5 * len(CORPUS)
    assert sum(name.startswith("flawed-") for name in names) == 5 * len(CORPUS)
    assert all(noted(v, "Planted") for v, _ in critiques if v.name.startswith("flawed-"))


def test_good_messages_draw_no_warning(critiques: Critiques) -> None:
    alarms = [
        f"{finding} ({finding.variant})"
        for variant, found in critiques
        if variant.name.startswith("good-")
        for finding in found
        if finding.severity is Severity.WARNING
    ]
    assert alarms == []


def test_at_least_95_percent_of_findings_are_right(critiques: Critiques) -> None:
    right, wrong = 0, []
    for variant, found in critiques:
        expected = noted(variant, "Planted") | noted(variant, "Also")
        for finding in found:
            if finding.code in expected:
                right += 1
            else:
                wrong.append(f"{variant.id}: {finding}")
    assert right / (right + len(wrong)) >= 0.95, "\n".join(wrong)


def test_at_least_85_percent_of_planted_flaws_are_found(critiques: Critiques) -> None:
    planted, missed = 0, []
    for variant, found in critiques:
        codes = {finding.code for finding in found}
        planted += len(noted(variant, "Planted"))
        missed += [f"{variant.id}: {code}" for code in sorted(noted(variant, "Planted") - codes)]
    assert 1 - len(missed) / planted >= 0.85, "\n".join(missed)


def test_most_rules_on_messages_are_planted_somewhere(critiques: Critiques) -> None:
    planted = {code for variant, _ in critiques for code in noted(variant, "Planted")}
    assert len(planted) >= 45
