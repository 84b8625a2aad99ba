"""The benchmarks run, and the documentation has the tables that they print."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "site_src" / "docs" / "why" / "how-fast.md"


def benchmarks(*arguments):
    command = [sys.executable, "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.slow
def test_the_small_runs_print_tables():
    done = benchmarks("--small", "check", "history", "start")
    assert done.returncode == 0
    assert "finish" not in done.stdout
    assert done.stdout.count("\n| --- |") == len(["check", "history", "start"])


def test_a_benchmark_that_is_not_there_is_named():
    done = benchmarks("sped")
    assert done.returncode != 0
    assert "no benchmark sped" in done.stderr


def test_the_page_has_a_place_for_the_tables():
    text = PAGE.read_text("utf-8")
    begin, end = "<!-- tables: python benchmarks --write -->", "<!-- end of tables -->"
    assert 0 < text.index(begin) < text.index(end)
