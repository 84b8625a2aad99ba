"""The report in every format, from this repository's own content and from hostile titles."""

import csv
import datetime as dt
import io
import json
import math
from dataclasses import replace
from pathlib import Path

import click
import pytest

from abtest import formats
from abtest.analysis import analyze
from abtest.analysis.typed import typed
from abtest.messages.reader import load
from abtest.model import Experiments
from abtest.plan import Plan
from abtest.report import Portfolio, Report

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 25)
HOSTILE = "=cmd|' /C calc'!A0 ::error::x ##[y] @team `a` <b>\u202e|"


@pytest.fixture(scope="module")
def experiments():
    return load(ROOT / "messages", today=AS_OF)


@pytest.fixture(scope="module")
def report(experiments):
    return analyze(experiments, as_of=AS_OF)


@pytest.fixture(scope="module")
def hostile(experiments):
    experiment = experiments["new-hire-opener"]
    variants = {
        name: replace(variant, title=HOSTILE) for name, variant in experiment.variants.items()
    }
    poisoned = replace(experiment, title=HOSTILE, variants=variants)
    content = Experiments({poisoned.id: poisoned}, experiments.plan, experiments.root)
    return analyze(content, as_of=AS_OF)


def render(name, report):
    return click.unstyle(formats.render("report", name, report))


def test_every_format_is_offered():
    assert formats.names("report") == ("text", "csv", "json", "markdown")


@pytest.mark.parametrize("name", formats.names("report"))
def test_no_experiments_is_no_error(name):
    empty = Report(AS_OF, Plan(), (), Portfolio(0.05, 0))
    assert render(name, empty).endswith("\n")


def test_text_fits_a_terminal_and_names_every_variant(report):
    text = render("text", report)
    assert max(map(len, text.splitlines())) <= 80
    for result in report:
        for variant in result.variants:
            assert variant.id.rpartition("/")[2] in text


def test_samples_are_marked(report):
    for result in report:
        block = render("text", replace(report, experiments=(result,)))
        assert ("SAMPLE DATA" in block) == result.sample
        assert ("sample data" in render("markdown", replace(report, experiments=(result,)))) == (
            result.sample
        )


def test_json_is_deterministic_and_finite(report, experiments):
    again = analyze(experiments, as_of=AS_OF)
    assert render("json", report) == render("json", again)
    document = json.loads(render("json", report), parse_constant=pytest.fail)
    assert document["version"] == 1
    assert document["as_of"] == "2026-11-25"


def numbers(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from numbers(value)
    elif isinstance(node, list):
        for value in node:
            yield from numbers(value)
    elif isinstance(node, float):
        yield node


def test_no_p_value_is_zero_and_no_interval_has_no_width(report):
    for experiment in json.loads(render("json", report))["experiments"]:
        for pair in experiment["comparisons"]:
            assert all(pair[key] is None or pair[key] > 0 for key in ("p_value", "anytime_p"))
        for variant in experiment["variants"]:
            for metric in variant["metrics"].values():
                assert metric["sequence"]["low"] < metric["sequence"]["high"]
    assert all(map(math.isfinite, numbers(json.loads(render("json", report)))))


def test_csv_has_a_row_for_each_metric_and_no_formula(report, hostile):
    rows = list(csv.DictReader(io.StringIO(render("csv", report))))
    assert len(rows) == sum(len(v.metrics) for result in report for v in result.variants)
    for row in csv.DictReader(io.StringIO(render("csv", hostile))):
        assert row["title"].startswith("'=")


def test_markdown_shows_contributed_text_as_typed(hostile):
    text = render("markdown", hostile)
    assert "\u202e" not in text
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert " @team" not in text
    assert "::error" not in text


def test_an_infinite_e_value_is_null_with_its_logarithm_beside_it():
    report = typed([[(500_000, 1_000_000)]], Plan(), as_of=AS_OF)
    target = report["calc"]["a"].metrics["responses"].to_dict()["target"]
    assert target["e_above"] is None
    assert target["log_e_above"] > 709
    assert target["p_above"] == 1e-300
