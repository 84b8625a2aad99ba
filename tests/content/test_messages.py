"""The content of this repository: true to its sources, honest about what is made up."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

import abtest
from abtest.model import Experiments, Variant
from abtest.report import Report

MESSAGES = Path(__file__).parents[2] / "messages"
AS_OF = dt.date(2026, 11, 25)

PUBLISHED = {
    "legislators-in-district": {"inside-district": (1562, 2814), "outside-district": (803, 2779)},
    "names-on-resumes": {"emily-greg": (235, 2435), "lakisha-jamal": (157, 2435)},
    "matching-gift-letters": {
        "no-match": (298, 16687),
        "match-1-to-1": (231, 11133),
        "match-2-to-1": (252, 11134),
        "match-3-to-1": (253, 11129),
    },
    "tv-ads-by-cable-system": {"ad-aired": (6164, 11233), "no-ad": (6676, 12636)},
}
SAMPLES = ("new-hire-opener", "one-touch-or-four", "staffing-offers")


@pytest.fixture(scope="module")
def experiments() -> Experiments:
    return abtest.load(MESSAGES)


@pytest.fixture(scope="module")
def report(experiments: Experiments) -> Report:
    return abtest.analyze(experiments, as_of=AS_OF)


def _texts() -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(MESSAGES)), path.read_text(encoding="utf-8"))
        for path in sorted([*MESSAGES.rglob("*.md"), *MESSAGES.rglob("*.yml")])
    ]


def _variants(experiments: Experiments) -> list[Variant]:
    return [variant for experiment in experiments.values() for variant in experiment]


def _total(variant: Variant, count: str) -> int:
    return sum(cohort.get(count) for cohort in variant.cohorts)


def test_the_set_is_complete(experiments: Experiments) -> None:
    assert {e.id for e in experiments.published} == {*PUBLISHED, *SAMPLES}
    assert [e.status for e in experiments.values() if e.draft] == ["draft"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_counts_are_the_publications(experiments: Experiments, name: str) -> None:
    counted = {v.name: (_total(v, "responses"), _total(v, "sent")) for v in experiments[name]}
    assert counted == PUBLISHED[name]


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_experiments_cite_and_stand_in_texts_say_so(
    experiments: Experiments, name: str
) -> None:
    experiment = experiments[name]
    assert re.search(r"\(\d{4}\)", experiment.source)
    assert not experiment.sample
    assert "stand" in experiment.body
    assert all("stand-in" in variant.notes for variant in experiment)


def test_segments_add_up_to_the_published_ones(experiments: Experiments) -> None:
    """Senators and Boston, from cases counted elsewhere."""

    def count(variant: Variant, dimension: str, value: str) -> tuple[int, int]:
        rows = [c for c in variant.cohorts if c.dimensions.get(dimension) == value]
        return sum(c.get("responses") for c in rows), sum(c.sent for c in rows)

    inside = experiments["legislators-in-district"]["inside-district"]
    assert count(inside, "title", "State senator") == (439, 739)
    assert count(inside, "location", "South") == (409, 761)
    audit = experiments["names-on-resumes"]
    assert count(audit["lakisha-jamal"], "location", "Boston") == (84, 1083)
    assert count(audit["emily-greg"], "industry", "Manufacturing") == (14, 202)


def test_each_cable_system_is_a_rep_of_one_variant(experiments: Experiments) -> None:
    systems = Counter(
        cohort.rep for v in experiments["tv-ads-by-cable-system"] for cohort in v.cohorts
    )
    assert len(systems) == 85
    assert set(systems.values()) == {1}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_marked_and_in_their_words_too(experiments: Experiments, name: str) -> None:
    assert experiments[name].sample
    assert not experiments[name].source
    assert "Made-up numbers" in experiments[name].body


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_send_all_variants_side_by_side(experiments: Experiments, name: str) -> None:
    plans = [{(c.rep, c.date) for c in variant.cohorts} for variant in experiments[name]]
    assert all(plan == plans[0] for plan in plans)
    assert len({date.isocalendar().week for _, date in plans[0]}) == 8
    assert len({rep for rep, _ in plans[0]}) in (2, 3)
    assert max(date for _, date in plans[0]) <= AS_OF


def test_some_samples_are_still_maturing(report: Report) -> None:
    assert all(v.maturing.sent > 0 for v in report["staffing-offers"].variants)
    assert all(v.maturing.sent > 0 for v in report["one-touch-or-four"].variants)


def _states(report: Report, name: str) -> dict[str, str]:
    found = {}
    for variant in report[name].variants:
        target = variant.metrics["responses"].target
        found[variant.id.partition("/")[2]] = "" if target is None else str(target.state)
    return found


@pytest.mark.parametrize("days_later", [0, 40, 365])
def test_verdicts_tell_the_story_that_the_words_tell(
    experiments: Experiments, days_later: int
) -> None:
    report = abtest.analyze(experiments, as_of=AS_OF + dt.timedelta(days=days_later))
    opener = report["new-hire-opener"]
    assert opener.verdict.state == "winner"
    assert opener.verdict.winner == "new-hire-opener/your-new-reps"
    assert _states(report, "new-hire-opener")["your-new-reps"] == "meets"
    assert set(_states(report, "staffing-offers").values()) == {"below"}
    assert report["one-touch-or-four"].verdict.state == "undecided"
    assert set(_states(report, "one-touch-or-four").values()) == {"undecided"}


def test_published_verdicts(report: Report) -> None:
    legislators = report["legislators-in-district"].verdict
    assert legislators.winner == "legislators-in-district/inside-district"
    assert _states(report, "names-on-resumes")["lakisha-jamal"] == "below"
    assert _states(report, "names-on-resumes")["emily-greg"] not in ("below", "meets")
    assert report["matching-gift-letters"].verdict.state == "undecided"
    assert set(_states(report, "matching-gift-letters").values()) == {""}
    assert report["tv-ads-by-cable-system"].verdict.state == "invalid"
    assert report["tv-ads-by-cable-system"].verdict.winner is None


def test_the_winner_was_decided_weeks_before_today(report: Report) -> None:
    decided_at = report["new-hire-opener"]["your-new-reps"].metrics["responses"].decided_at
    assert decided_at is not None
    assert decided_at < dt.date(2026, 11, 13)


def test_reviews(experiments: Experiments) -> None:
    opener = experiments["new-hire-opener"]
    rubric = experiments.plan.rubric
    dimensions = {*rubric.what, *rubric.how}
    reviews = [review for variant in _variants(experiments) for review in variant.reviews]
    assert all(set(review.scores) <= dimensions for review in reviews)
    assert all(len(variant.reviews) in (2, 3) for variant in opener)
    assert {item.state for r in reviews for item in r.must_fix} == {"open", "fixed", "declined"}
    assert [r.scenario != "" for r in reviews if r.kind == "role-play"] == [True]


def test_must_fix_items_point_at_words(experiments: Experiments) -> None:
    for variant in _variants(experiments):
        file = MESSAGES / variant.experiment_id / f"{variant.name}.md"
        lines = file.read_text(encoding="utf-8").splitlines()
        for item in (item for review in variant.reviews for item in review.must_fix):
            assert item.line is not None
            assert lines[item.line - 1].strip(), (variant.id, item.text)


def test_recordings_are_small_and_heard_somewhere(experiments: Experiments) -> None:
    files = set(MESSAGES.rglob("recordings/*"))
    assert {path.suffix for path in files} == {".mp3", ".ogg", ".opus"}
    assert all(path.stat().st_size <= 60_000 for path in files)
    everything = "".join(text for _, text in _texts())
    assert all(f"recordings/{path.name}" in everything for path in files)
    winner = experiments["new-hire-opener"]["your-new-reps"].recording
    assert winner is not None
    assert winner.seconds is not None
    assert 15 <= winner.seconds <= 30


@pytest.mark.parametrize(("path", "text"), _texts(), ids=[path for path, _ in _texts()])
def test_nobody_real_can_be_called(path: str, text: str) -> None:
    """Phone numbers are fictional ones, and Brightline's addresses end in .example."""
    assert all(re.fullmatch(r"555-01\d\d", n) for n in re.findall(r"\b\d{3}-\d{4}\b", text))
    assert not re.search(r"\b[\w.+-]+@[\w-]+\.", text)
    hosts = set(re.findall(r"https?://([^/\s]+)", text))
    assert hosts <= {"brightline.example", "doi.org"}


def _warnings(experiments: Experiments, experiment: str, variant: str) -> list[str]:
    whole = experiments[experiment]
    found = abtest.findings(whole[variant], whole, experiments.plan)
    return [str(finding) for finding in found if finding.severity != abtest.Severity.INFO]


def test_the_winner_has_nothing_to_mend(experiments: Experiments) -> None:
    assert _warnings(experiments, "new-hire-opener", "your-new-reps") == []


@pytest.mark.parametrize(
    ("experiment", "variant"),
    [
        ("new-hire-opener", "our-company"),
        ("staffing-offers", "feature-list"),
        ("staffing-offers", "book-a-demo"),
        ("staffing-offers", "year-end-discount"),
    ],
)
def test_the_critique_has_something_to_say_about_what_loses(
    experiments: Experiments, experiment: str, variant: str
) -> None:
    assert len(_warnings(experiments, experiment, variant)) >= 2
