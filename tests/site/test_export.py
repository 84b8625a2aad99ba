"""Pages as files, and the report as data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
import samples
import yaml
from building import ROOT
from click.testing import CliRunner

from abtest.analysis import analyze
from abtest.cli import abtest
from abtest.report import Report
from abtest.site.data import results_csv, results_json
from abtest.site.export import MANIFEST, page_markdown, write_pages
from abtest.site.page import Asset, Page
from abtest.site.pages import assets, pages


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze(samples.three(), as_of=samples.AS_OF, findings=samples.FINDINGS)


def test_a_page_is_markdown_that_says_the_same(report: Report) -> None:
    """Markdown leaves the HTML of every section as it is, and makes the headings."""
    for page in pages(report):
        text = page_markdown(page)
        _, front, body = text.split("---\n", 2)
        assert yaml.safe_load(front)["title"] == page.title
        made = markdown.markdown(body)
        for section in page.sections:
            assert section.title in made
        assert made.count("<table") == page.html.count("<table")
        assert made.count("<svg") == page.html.count("<svg")


def test_no_blank_line_ends_a_block_of_html(report: Report) -> None:
    """CommonMark ends a block of HTML at an empty line; a message must not become Markdown."""
    page = next(p for p in pages(report) if p.path.endswith("referral-ask/index.md"))
    blocks = page_markdown(page).split("---\n", 2)[2].strip().split("\n\n")
    assert all(block.startswith(("<", "## ")) for block in blocks)
    assert "Brightline.&#10;&#10;I saw that" in page_markdown(page)


def test_files_are_written_and_stale_ones_removed(report: Report, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    write_pages(pages(report), assets(report), tmp_path)
    gone = tmp_path / "experiments/subject-line/index.md"
    assert gone.is_file()
    fewer = replace(report, experiments=report.experiments[:1])
    write_pages(pages(fewer), assets(fewer), tmp_path)
    assert not gone.exists()
    assert (tmp_path / "mine.md").read_text() == "mine"
    assert (tmp_path / "assets/abtest.css").is_file()


def test_a_forged_manifest_removes_nothing_outside(report: Report, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("keep")
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / MANIFEST).write_text("../outside\n")
    write_pages([Page("index.md", "T", "<h1>T</h1>")], [Asset("a", b"a")], folder)
    assert outside.read_text() == "keep"


def test_the_command_writes_the_pages(tmp_path: Path) -> None:
    arguments = ["--messages", str(ROOT / "messages"), "pages", str(tmp_path / "out")]
    done = CliRunner().invoke(abtest, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert (tmp_path / "out/experiments/new-hire-opener/your-new-reps/index.md").is_file()
    assert list((tmp_path / "out/recordings").iterdir())


def test_json_is_the_report(report: Report) -> None:
    content = results_json(report).content
    assert content is not None
    assert json.loads(content) == json.loads(json.dumps(report.to_dict()))


def test_csv_has_every_metric_and_runs_nothing(report: Report) -> None:
    result = report["voicemail-opener"]
    evil = replace(result, variants=(replace(result.variants[0], title="=HYPERLINK(1)"),))
    content = results_csv(evil).content
    assert content is not None
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert {row["title"] for row in rows} == {"'=HYPERLINK(1)"}
    first = next(row for row in rows if row["metric"] == "responses")
    metric = evil.variants[0].metrics["responses"]
    assert (int(first["count"]), int(first["per"])) == (metric.count, metric.per)
    assert float(first["rate"]) == metric.rate
    assert first["sample"] == "yes"
