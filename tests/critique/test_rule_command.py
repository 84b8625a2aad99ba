"""`abtest rule`: pages, the list, and what is said about a code that does not exist."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from abtest.cli.rule import command
from abtest.critique.rule import all_rules, codes, page
from abtest.messages.codes import CODES


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, arguments)
    return result.exit_code, result.output


@pytest.mark.parametrize("typed", ["VM001", "vm001", " Vm001 "])
def test_a_page_is_printed_in_any_case(typed: str) -> None:
    assert run(typed) == (0, page("VM001"))


def test_without_a_code_all_are_listed() -> None:
    code, output = run()
    assert code == 0
    assert [line.split()[0] for line in output.splitlines()] == [
        *codes(),
        *sorted(set(CODES) - set(codes())),
    ]


@pytest.mark.parametrize("code", sorted(set(CODES) - set(codes())))
def test_the_readers_codes_have_pages_too(code: str) -> None:
    status, output = run(code.lower())
    assert status == 0
    assert output.startswith(f"# {code}: {CODES[code].title}")
    assert CODES[code].cure in output


def test_the_reader_shares_only_codes_that_it_holds() -> None:
    assert not {rule.CODE for rule in all_rules()} & set(CODES)


def test_a_code_held_elsewhere_says_who_holds_it() -> None:
    code, output = run("DM001")
    assert code == 0
    assert "the reader of the files holds it" in output


@pytest.mark.parametrize(
    ("typed", "meant"), [("VM01", "VM001"), ("VM3", "VM003"), ("em12", "EM012"), ("WM003", "VM003")]
)
def test_an_unknown_code_is_wrong_usage_and_offers_the_nearest(typed: str, meant: str) -> None:
    code, output = run(typed)
    assert code == 2
    assert f"Did you mean {meant}?" in output


def test_rules_load_no_statistics() -> None:
    script = (
        "import sys; from abtest.critique.rule import all_rules; from abtest.critique import run;"
        "import abtest.cli.rule;"
        "all_rules(); print([m for m in sys.modules if m.split('.')[0] in"
        " ('numpy', 'scipy', 'statsmodels', 'pandas')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
