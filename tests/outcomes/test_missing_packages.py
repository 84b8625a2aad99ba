"""Packages that are not installed: each is named, with what to run."""

from __future__ import annotations

import sys

import pytest

from abtest.errors import SurroundingsError
from abtest.outcomes.tally.warehouse import open_engine


@pytest.mark.parametrize(
    ("package", "source", "told"),
    [
        ("duckdb", "sends.parquet", "Run: pip install duckdb"),
        ("ibis", "mysql://localhost/sends", "Run: pip install 'ibis-framework"),
        ("pyspark.sql", "spark", "Run: pip install pyspark"),
    ],
)
def test_a_package_that_is_missing_is_named(monkeypatch, package, source, told):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SurroundingsError, match=told):
        open_engine(source, "sends")
