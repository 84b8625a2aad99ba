"""The pages beyond the verdicts: what each one says, and that none says more than is known."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import samples
from markupsafe import Markup

from abtest.analysis import analyze
from abtest.analysis.gather import gather
from abtest.assumptions import Assumptions
from abtest.model import Cohort, Experiments
from abtest.plan import Metric
from abtest.report import Report
from abtest.site.control import control_chart
from abtest.site.insights import insight_links, insight_pages
from abtest.site.page import Page
from abtest.site.pages import assets, pages
from abtest.stats.trend import p_chart

PLAN = replace(
    samples.PLAN,
    metrics=(
        Metric("acceptance", "accepted", "handed_over", 0.80),
        Metric("conversion", "opportunities", "accepted", 0.10),
    ),
    counts=("accepted", "handed_over"),
)


def grown(experiments: Experiments) -> Experiments:
    """The samples with a profile on each row, and with what came after the meetings."""

    def row(cohort: Cohort, source: str) -> Cohort:
        held = cohort.get("meetings") // 2
        more = {
            "second_meetings": held,
            "opportunities": held,
            "wins": held // 2,
            "handed_over": 5,
            "accepted": 4 if source == "list" else 0,
        }
        levels = {"industry": "b2b outbound", "title": "VP Sales", "source": source}
        return replace(cohort, counts={**cohort.counts, **more}, dimensions=levels)

    found = {}
    for experiment in experiments.values():
        variants = {
            name: replace(
                v,
                cohorts=tuple(row(c, ("list", "fair")[i % 2]) for i, c in enumerate(v.cohorts)),
                factors={"approach": name},
            )
            for name, v in experiment.variants.items()
        }
        found[experiment.id] = replace(experiment, variants=variants, lever="message")
    return Experiments(found, PLAN, experiments.root)


def text(page: Page) -> str:
    """What a reader sees: no tags, one blank between words."""
    return " ".join(str(Markup(page.html.replace("<", " <")).striptags()).split())


def with_insight(experiments: Experiments) -> Report:
    report = analyze(experiments, as_of=samples.AS_OF, findings=samples.FINDINGS)
    return replace(report, insight=gather(report))


@pytest.fixture(scope="module")
def report() -> Report:
    return with_insight(grown(samples.three()))


@pytest.fixture(scope="module")
def site(report: Report) -> dict[str, Page]:
    return {page.path: page for page in pages(report)}


def test_seven_pages_hang_below_the_team_leads(report: Report, site: dict[str, Page]) -> None:
    own = [page.path for page in insight_pages(report)]
    assert own == [
        "why/index.md",
        "funnel/index.md",
        "agreement/index.md",
        "weeks/index.md",
        "levers/index.md",
        "foresight/index.md",
        "planner/index.md",
    ]
    assert {site[path].parent for path in own} == {"team/index.md"}
    order = list(site)
    assert all(order.index("team/index.md") < order.index(path) for path in own)


def test_the_team_leads_page_leads_to_each(report: Report, site: dict[str, Page]) -> None:
    for page in insight_pages(report):
        assert f'href="../{page.url}"' in site["team/index.md"].html
    assert [link.title for link in insight_links(report)] == [
        p.title for p in insight_pages(report)
    ]


def test_without_insight_there_is_no_such_page(report: Report) -> None:
    bare = replace(report, insight=None)
    paths = {page.path for page in pages(bare)}
    assert "why/index.md" not in paths
    assert "Look further" not in next(p.html for p in pages(bare) if p.path == "team/index.md")
    assert "assets/planner.js" not in {asset.path for asset in assets(bare)}
    assert "assets/planner.js" in {asset.path for asset in assets(report)}


def test_why_asks_in_order_and_says_what_to_do(report: Report, site: dict[str, Page]) -> None:
    page = site["why/index.md"]
    assert report.insight is not None
    assert len(report.insight.investigations) > 0
    for found in report.insight.investigations:
        assert found.stopped.next in text(page)
        assert f'href="../experiments/{found.id}/"' in page.html
    words = text(page)
    assert words.index("1. Are our expectations in line?") < words.index("3. Is it the words?")


def test_why_without_anything_below_says_so() -> None:
    page = next(p for p in insight_pages(with_insight(samples.collected(samples.undecided())))
                if p.path == "why/index.md")  # fmt: skip
    assert "No message is known to be below its target" in text(page)


def test_funnel_has_each_rate_with_what_it_is_out_of(site: dict[str, Page]) -> None:
    page = site["funnel/index.md"]
    for rate in re.findall(r"<td>(\d+\.\d%[^<]*)</td>", page.html):
        assert " of " in rate or " to " in rate or re.fullmatch(r"\d+\.\d%", rate)
    assert "Meeting held" in text(page)
    assert "What may be scaled" in text(page)
    assert "∞" not in page.html
    assert "nan" not in page.html.lower().replace("finance", "")


def test_agreement_shows_met_missed_or_not_yet_known(site: dict[str, Page]) -> None:
    page = site["agreement/index.md"]
    assert "Acceptance" in text(page)
    assert "80%" in text(page)
    assert re.search(r"missed|met|not yet known", text(page))


def test_agreement_without_promises_shows_how_to_make_one() -> None:
    report = with_insight(samples.collected(samples.winner()))
    page = next(p for p in insight_pages(report) if p.path == "agreement/index.md")
    assert "Nothing has been promised yet" in text(page)
    assert "acceptance: {count: accepted, per: handed_over, target: 80%}" in text(page)


def test_weeks_show_results_and_never_activity(site: dict[str, Page]) -> None:
    words = text(site["weeks/index.md"]).lower()
    assert "meetings a week" in words
    for activity in ("dial", "calls made", "activities"):
        assert activity not in words


def test_levers_name_lessons_sources_and_hearsay(site: dict[str, Page]) -> None:
    words = text(site["levers/index.md"])
    assert "Approach: “" in words
    assert "“fair”: 0 of" in words
    assert "33% hearsay" in words
    assert "listen_rate" in words
    assert len(Assumptions()) == words.count("hearsay", words.index("33%")) + words.count(
        "chosen or counted"
    )


def test_planner_starts_with_the_teams_own_numbers(report: Report, site: dict[str, Page]) -> None:
    page = site["planner/index.md"]
    assert report.insight is not None
    reached = report.insight.funnels[0].steps[0].count
    assert f'name="reached" value="{reached}"' in page.html
    assert 'name="warning" value="4"' in page.html
    ids = re.findall(r'<input[^>]* id="([^"]+)"', page.html)
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(re.findall(r'<label for="([^"]+)"', page.html))


def test_made_up_numbers_are_marked_on_every_page(report: Report, site: dict[str, Page]) -> None:
    assert report.insight is not None
    assert report.insight.sample
    for path in ("funnel", "agreement", "weeks", "levers"):
        assert "sample data" in text(site[f"{path}/index.md"])


def test_a_published_study_counts_for_no_team(report: Report) -> None:
    studied = {e.id: replace(e, source="A study (2004)") for e in grown(samples.three()).values()}
    found = with_insight(Experiments(studied, PLAN, "messages"))
    assert found.insight is not None
    assert [f.steps[0].count for f in found.insight.funnels] == [0]
    assert found.insight.weeks == ()
    assert list(insight_pages(found))


def test_an_empty_repository_has_its_pages_too() -> None:
    report = with_insight(Experiments({}, samples.PLAN, "messages"))
    assert len(list(insight_pages(report))) == 7
    assert report.insight is not None
    assert report.insight.touches is None


def test_names_of_contributors_stay_text() -> None:
    evil = "<script>alert(1)</script>"
    experiments = grown(samples.three())
    found = {e.id: replace(e, title=evil, lever="message") for e in experiments.values()}
    for e in found.values():
        for v in e.variants.values():
            for c in v.cohorts:
                assert isinstance(c.dimensions, dict)
                c.dimensions["source"] = evil
    for page in insight_pages(with_insight(Experiments(found, PLAN, "messages"))):
        assert evil not in page.html


def test_the_same_report_gives_the_same_pages(report: Report) -> None:
    assert list(insight_pages(report)) == list(insight_pages(report))


def test_a_control_chart_is_a_picture_with_a_name() -> None:
    chart = p_chart([5, 6, 4, 5, 6, 0, 5, 4, 6, 5, 25], [50, 50, 50, 50, 50, 0, 50, 50, 50, 50, 50])
    drawn = ET.fromstring(str(control_chart(chart, "meetings by week", str)))
    assert drawn.get("aria-label") == "meetings by week"
    assert len(drawn.findall(".//polygon")) == 2
    assert len(drawn.findall(".//polyline")) == 2
    assert len(drawn.findall("./svg[@class='ab-mark ab-better']")) == 1
    for element in drawn.iter():
        for value in element.attrib.values():
            assert "nan" not in value


def test_the_inquiry_is_one_click_from_whoever_reads_of_a_message_below(
    report: Report, site: dict[str, Page]
) -> None:
    """From the message, from its experiment, and from the first page where a decision is due."""
    asked = [found.id for found in report.insight.investigations] if report.insight else []
    assert asked
    anchors = {section.anchor for section in site["why/index.md"].sections}
    for name in asked:
        experiment = name.partition("/")[0]
        for path in (f"experiments/{name}", f"experiments/{experiment}"):
            found = re.findall(r'href="[./]*why/#([^"]+)"', site[f"{path}/index.md"].html)
            assert name.replace("/", "-") in found
            assert set(found) <= anchors
    others = [v.id for r in report for v in r.variants if v.id not in asked]
    assert others
    assert all("why/#" not in site[f"experiments/{name}/index.md"].html for name in others)


def test_the_first_page_leads_from_a_due_decision_to_the_inquiry() -> None:
    below = replace(samples.all_below(), status="running", decision=None)
    report = with_insight(samples.collected(below))
    home = next(page for page in pages(report) if page.path == "index.md")
    assert 'href="./why/#short-email-fifty-words">Why below target?</a>' in home.html


def test_the_method_replays_our_own_looks(report: Report, site: dict[str, Page]) -> None:
    page = text(site["method/index.md"])
    found = report.insight.peeking if report.insight else None
    assert found is not None
    assert all(fact in page for fact in found.facts)
    called = [replay for replay in found.replays if replay.called]
    assert called
    assert all(replay.question in page for replay in called[:12])
    assert "An early call is not a wrong one" in page


def test_where_nobody_looked_twice_the_method_says_so() -> None:
    none = with_insight(Experiments({}, PLAN, "messages"))
    page = next(page for page in pages(none) if page.path == "method/index.md")
    assert "nothing to replay" in text(page)
    assert "too few" not in text(page)


def test_segments_are_shown_as_small_multiples(report: Report, site: dict[str, Page]) -> None:
    """A panel a level, a line a message, all with fractions and their ranges in words."""
    page = site["experiments/voicemail-opener/index.md"]
    assert report.insight is not None
    (source,) = report.insight.breakdowns["voicemail-opener"].dimensions
    assert source.name == "source"
    assert page.html.count('class="ab-figure ab-panel"') == len(source.panels) == 2
    for panel in source.panels:
        for _, rate in panel.rates:
            assert f"{rate.count:,} of {rate.per:,}" in text(page)
    assert page.html.count("plausibly between") >= 4
    assert report.insight.breakdowns["voicemail-opener"].facts[0] in text(page)


def test_panels_color_nothing_that_is_not_proven(site: dict[str, Page]) -> None:
    page = site["experiments/voicemail-opener/index.md"].html
    panels = page.partition('class="ab-multiples"')[2].partition("</section>")[0]
    assert "ab-meets" not in panels
    assert "ab-below" not in panels


def test_without_segments_there_is_no_such_section() -> None:
    bare = with_insight(samples.three())
    found = {page.path: page for page in pages(bare)}
    assert "Who answers what?" not in text(found["experiments/voicemail-opener/index.md"])


def test_many_messages_are_folded_until_somebody_asks() -> None:
    grown_up = grown(samples.collected(samples.undecided()))
    only = grown_up["subject-line"]
    one = next(iter(only.variants.values()))
    crowd = {
        f"v{i}": replace(one, id=f"subject-line/v{i}", name=f"v{i}", title=f"Message {i}")
        for i in range(20)
    }
    found = Experiments({only.id: replace(only, variants=crowd, control="v0")}, PLAN, grown_up.root)
    page = next(
        p for p in pages(with_insight(found)) if p.path == "experiments/subject-line/index.md"
    )
    for folded in ("Every message by kind of prospect", "Each comparison in a sentence"):
        assert f"<summary>{folded}</summary>" in page.html
    assert page.html.count("<details") == page.html.count("</details>")


def test_three_hundred_experiments_fit_the_pages() -> None:
    """The first page and the funnel stay short; what is left out is counted."""
    one = replace(samples.all_below(), status="running", decision=None)
    many = {
        f"e{i:03d}": replace(
            one,
            id=f"e{i:03d}",
            variants={n: replace(v, id=f"e{i:03d}/{n}") for n, v in one.variants.items()},
        )
        for i in range(300)
    }
    found = {p.path: p for p in pages(with_insight(Experiments(many, PLAN, "messages")))}
    assert "290 more decisions" in text(found["index.md"])
    assert "280 more experiments with fewer prospects" in text(found["funnel/index.md"])
    assert "580 more messages with fewer prospects" in text(found["funnel/index.md"])
    for path in ("index.md", "funnel/index.md", "experiments/index.md"):
        assert len(found[path].html) < 300_000, path


def test_a_funnel_without_anybody_is_not_drawn() -> None:
    found = {p.path: p for p in pages(with_insight(Experiments({}, PLAN, "messages")))}
    page = found["funnel/index.md"].html
    assert "ab-forest" not in page
    assert "By experiment" not in page


def test_predictions_of_which_too_little_is_known_are_folded(site: dict[str, Page]) -> None:
    page = site["foresight/index.md"]
    assert "None is shown to raise or lower answers yet." in text(page)
    assert "2 of which too little is known" in text(page)
    assert page.html.count("<details") == page.html.count("</details>") == 1


def test_advice_shows_its_command_as_code_that_leads_to_what_it_would_tell() -> None:
    below = replace(samples.all_below(), status="running", decision=None)
    report = with_insight(samples.collected(below))
    name = report[below.id].verdict.next.rpartition(": abtest investigate ")[2]
    command = f"<code>abtest investigate {name}</code>"
    shown = {page.path: page.html for page in pages(report)}
    path = f"experiments/{below.id}/index.md"
    assert f'<a href="../../why/#{name.replace("/", "-")}">{command}</a></p>' in shown[path]
    assert command in shown["index.md"]
    bare = {page.path: page.html for page in pages(replace(report, insight=None))}
    assert f": {command}</p>" in bare[path]
