"""`abtest rule`: pages, the list, and what is said about a code that does not exist."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from abtest.cli.rule import command
from abtest.critique.rule import codes, page


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, arguments)
    return result.exit_code, result.output


@pytest.mark.parametrize("typed", ["VM001", "vm001", " Vm001 "])
def test_a_page_is_printed_in_any_case(typed: str) -> None:
    assert run(typed) == (0, page("VM001"))


def test_without_a_code_all_are_listed() -> None:
    code, output = run()
    assert code == 0
    assert [line.split()[0] for line in output.splitlines()] == list(codes())


def test_a_code_held_elsewhere_says_who_holds_it() -> None:
    code, output = run("DM001")
    assert code == 0
    assert "the reader of the files holds it" in output


def test_an_unknown_code_is_wrong_usage_and_offers_the_nearest() -> None:
    code, output = run("VM01")
    assert code == 2
    assert "Did you mean VM01" in output


def test_rules_load_no_statistics() -> None:
    script = (
        "import sys; from abtest.critique.rule import all_rules; from abtest.critique import run;"
        "all_rules(); print([m for m in sys.modules if m.split('.')[0] in"
        " ('numpy', 'scipy', 'statsmodels', 'pandas')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
