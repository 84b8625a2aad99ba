"""The pages on trust name tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / f"site_src/docs/why/{name}.md" for name in ("trust", "threats")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_claim_names_a_test_that_is_there(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    claims = [line.split("|") for line in lines if re.search(r"\| `tests/[^|]+\|$", line)]
    tests = [test for cells in claims for test in re.findall(r"`([\w/.]+)`", cells[-2])]
    assert [test for test in tests if not (ROOT / test).is_file()] == []
    assert len(claims) > 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_row_of_a_table_of_claims_is_without_one(page: Path) -> None:
    text = page.read_text("utf-8")
    tables = re.findall(
        r"^\|.*\| (?:test|shown by) \|\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE
    )
    rows = "".join(tables).splitlines()
    assert rows
    assert [row for row in rows if "`tests/" not in row.rpartition(" | ")[2]] == []
