"""The pages as a pure function of the report: what each one says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import samples
from markupsafe import Markup

from abtest.analysis import analyze
from abtest.messages.history import Version
from abtest.model import Decision, Experiment, Variant
from abtest.report import Report
from abtest.site.links import forge
from abtest.site.page import Page
from abtest.site.pages import assets, pages
from abtest.site.surroundings import Surroundings


def report_on(*experiments: Experiment) -> Report:
    found = samples.collected(*experiments)
    return analyze(found, as_of=samples.AS_OF, findings=samples.FINDINGS)


def by_path(report: Report, around: Surroundings | None = None) -> dict[str, Page]:
    found = list(pages(report, around or Surroundings()))
    assert len({page.path for page in found}) == len(found)
    return {page.path: page for page in found}


def text(page: Page) -> str:
    """What a reader sees: no tags, one blank between words."""
    untagged = re.sub(r"</?(?:b|a|del|ins)\b[^>]*>", "", page.html)
    return " ".join(str(Markup(untagged.replace("<", " <")).striptags()).split())


@pytest.fixture(scope="module")
def report() -> Report:
    return report_on(samples.winner(), samples.all_below(), samples.undecided())


@pytest.fixture(scope="module")
def site(report: Report) -> dict[str, Page]:
    return by_path(report)


def test_pages_are_where_the_contract_says(site: dict[str, Page]) -> None:
    base = "experiments/voicemail-opener"
    assert {
        "index.md",
        f"{base}/index.md",
        f"{base}/referral-ask/index.md",
        f"{base}/referral-ask/critique/index.md",
        "rules/VM001/index.md",
        "rules/index.md",
        "critiques/index.md",
        "learned/index.md",
        "team/index.md",
        "method/index.md",
    } <= set(site)


def test_parents_exist_and_come_first(report: Report) -> None:
    seen: set[str] = set()
    for page in pages(report):
        assert page.parent in {"", *seen}
        seen.add(page.path)


def test_same_report_gives_same_pages(report: Report) -> None:
    assert list(pages(report)) == list(pages(report))
    assert list(assets(report)) == list(assets(report))


def test_home_says_what_to_send_and_how_sure(site: dict[str, Page]) -> None:
    home = text(site["index.md"])
    assert home.startswith("What should I send now? Send this sample data Ask who looks after it")
    assert "19.2%" in home
    assert "68 of 354 answered · 19 meetings" in home
    assert "meets target" in home
    assert "The true rate is plausibly between 13.0% and 26.7%." in home
    assert "The dashed line is the 10% target." in home


def test_home_asks_for_the_decision_that_is_due(site: dict[str, Page]) -> None:
    needs = text(site["index.md"]).split("What needs a decision")[1].split("What changed")[0]
    assert "Does asking who looks after it" in needs
    assert "Does a question in the subject" not in needs


def test_home_says_what_changed_in_the_last_week(site: dict[str, Page]) -> None:
    news = text(site["index.md"]).split("What changed since last week")[1]
    assert "Is a fifty-word email enough on its own? sample data Decided." in news
    assert "Does a question" not in news


def test_home_without_a_proven_message_claims_none() -> None:
    home = text(by_path(report_on(samples.undecided()))["index.md"])
    assert "No winner yet" in home
    assert "Send this" not in home
    assert "meets target" not in home


def test_a_published_study_is_never_what_to_send() -> None:
    study = replace(samples.winner(), source="Somebody (2020)", sample=False)
    home = text(by_path(report_on(study))["index.md"])
    assert "Send this" not in home


def test_a_team_may_keep_what_is_not_proven() -> None:

    kept = replace(
        samples.undecided(),
        status="decided",
        decision=Decision(samples.AS_OF, "question", "It reads better."),
    )
    home = text(by_path(report_on(kept))["index.md"])
    assert "Send this sample data Subject as a question" in home
    assert "not yet known" in home
    assert "The team decided to keep it." in home


def test_an_empty_repository_gets_a_friendly_page() -> None:
    site = by_path(report_on())
    assert "first experiment" in text(site["index.md"])
    assert "abtest new experiment" in text(site["index.md"])
    assert "Nothing has been tried yet" in text(site["experiments/index.md"])
    for path in ("critiques/index.md", "learned/index.md", "team/index.md", "method/index.md"):
        assert text(site[path])


def test_experiment_page_follows_the_question_to_the_decision(site: dict[str, Page]) -> None:
    page = text(site["experiments/voicemail-opener/index.md"])
    order = [
        "Does asking who looks after it beat pitching straight away?",
        "Director or VP of Sales · Sells outbound B2B · United States",
        "Winner found",
        "Against the target",
        "Against each other",
        "Evidence over time",
        "The words, side by side",
        "What came of it",
        "Can we trust it?",
        "Why we run this",
        "How the numbers are made",
    ]
    places = [page.index(part) for part in order]
    assert places == sorted(places)


def test_every_rate_stands_beside_its_fraction(site: dict[str, Page]) -> None:
    page = text(site["experiments/voicemail-opener/index.md"])
    for rate in ("68 of 354 19.2%", "19 of 354 5.4%", "25 of 355 7.0%"):
        assert rate in page


def test_maturing_prospects_are_said_and_not_counted(site: dict[str, Page]) -> None:
    page = text(site["experiments/voicemail-opener/index.md"])
    assert "60 prospects were contacted in the last 14 days" in page


def test_fixed_horizon_figures_are_labelled(site: dict[str, Page]) -> None:
    method = site["experiments/voicemail-opener/index.md"].html.split('id="method"')[1]
    for column in re.findall(r'<th scope="col">([^<]*)</th>', method):
        if column.startswith(("95%", "p")) and "every look" not in column:
            assert "single look" in column


def test_evidence_has_a_table_for_those_who_cannot_see_it(site: dict[str, Page]) -> None:
    page = site["experiments/voicemail-opener/index.md"].html
    assert 'role="img" aria-label="Ask who looks after it: from 4 Oct 2026 to' in page
    assert "<summary>Week by week</summary>" in page


def test_message_is_shown_character_by_character(site: dict[str, Page]) -> None:
    page = site["experiments/voicemail-opener/referral-ask/index.md"].html
    shown = re.findall(r'<div class="ab-text">(.*?)</div>', page, re.DOTALL)
    plain = [str(Markup(re.sub(r"<[^>]*>", "", html)).unescape()) for html in shown]
    assert plain == [samples.REFERRAL_VOICEMAIL, samples.REFERRAL_EMAIL]


def test_message_page_tells_how_to_say_it(site: dict[str, Page]) -> None:
    page = site["experiments/voicemail-opener/referral-ask/index.md"]
    assert "seconds to say" in text(page)
    assert '<strong class="ab-number">555-0142</strong>' in page.html
    assert "Subject Denver ramp" in text(page)
    assert "From Kim Ito, Brightline" in text(page)


def test_critique_shows_what_and_how_side_by_side(site: dict[str, Page]) -> None:
    page = text(site["experiments/voicemail-opener/referral-ask/critique/index.md"])
    assert "What you say 4.3 of 5, 6 scores" in page
    assert "How you say it 3.6 of 5, 5 scores" in page
    assert "VM006 worth changing, line 15" in page
    assert "A VP in a hurry, between two meetings" in page
    assert page.index("Stop after the ask") < page.index("Say the number again, slower.")


def test_critique_quotes_the_line_it_is_about(site: dict[str, Page]) -> None:
    page = site["experiments/voicemail-opener/referral-ask/critique/index.md"].html
    assert '<blockquote class="ab-quote">nine weeks for a first meeting' in page


def test_a_line_with_two_findings_is_quoted_once() -> None:
    first = samples.FINDINGS[0]
    twice = (first, replace(first, code="VM005"), samples.FINDINGS[1])
    report = analyze(samples.three(), as_of=samples.AS_OF, findings=twice)
    page = by_path(report)["experiments/voicemail-opener/referral-ask/critique/index.md"].html
    assert page.count('<blockquote class="ab-quote">nine weeks') == 1
    assert page.count("<blockquote") == 2


def test_critiques_says_what_waits(site: dict[str, Page]) -> None:
    page = text(site["critiques/index.md"])
    unread = page.split("Still to be fixed")[0]
    assert "Pitch straight away" in unread
    assert "Ask who looks after it" not in unread
    assert "2 must-fix items open for 51 days" in page


def test_learned_is_newest_first_and_has_null_results(report: Report) -> None:
    older = replace(
        samples.winner(),
        status="decided",
        decision=Decision(samples.AS_OF.replace(month=10), "referral-ask", "It won."),
    )
    page = text(by_path(report_on(older, samples.all_below()))["learned/index.md"])
    assert page.index("Keep none of them.") < page.index("Keep “Ask who looks after it”.")


def test_feed_is_well_formed_and_names_decisions(report: Report) -> None:
    feed = next(
        a for a in assets(report, Surroundings(url="https://x.example/")) if ".xml" in a.path
    )
    assert feed.content is not None
    tree = ET.fromstring(feed.content)
    space = "{http://www.w3.org/2005/Atom}"
    entries = tree.findall(f"{space}entry")
    assert [e.findtext(f"{space}title") for e in entries] == [
        "Is a fifty-word email enough on its own?"
    ]
    link = entries[0].find(f"{space}link")
    assert link is not None
    assert link.get("href") == "https://x.example/experiments/short-email/"


def test_team_page_counts_by_week_and_has_no_jargon(site: dict[str, Page]) -> None:
    page = text(site["team/index.md"])
    assert "Meetings held" in page
    assert "Second meetings" in page
    assert "still open" in page
    for jargon in ("p-value", "e-value", "confidence", "interval"):
        assert jargon not in page


def test_sample_data_is_marked_wherever_it_is_shown(site: dict[str, Page]) -> None:
    for path, page in site.items():
        shows_numbers = path.startswith(("experiments/", "learned", "team", "critiques"))
        if shows_numbers or path in ("index.md", "method/index.md"):
            assert "sample data" in text(page), path


def test_edit_links_lead_to_the_forge(report: Report) -> None:
    editor = forge("https://github.com/brightline/outreach/edit/main/messages/")
    site = by_path(report, Surroundings(editor=editor))
    message = site["experiments/voicemail-opener/referral-ask/index.md"].html
    edit = "https://github.com/brightline/outreach/edit/main/messages/voicemail-opener/"
    assert f'href="{edit}referral-ask.md"' in message
    critique = site["experiments/voicemail-opener/referral-ask/critique/index.md"].html
    assert "/new/main/messages/voicemail-opener/reviews?filename=referral-ask-2026-11-22.md" in (
        critique
    )


ADDRESSES = {
    "https://github.com/acme/outreach/edit/main/messages/":
        "https://github.com/acme/outreach/new/main/messages/x?filename=a.md&value=Hi%20%26",
    "https://gitlab.com/acme/sales/outreach/-/edit/main/messages/":
        "https://gitlab.com/acme/sales/outreach/-/new/main/messages/x?file_name=a.md"
        "&content=Hi%20%26",
    "https://gitlab.example.com/acme/outreach/edit/main/messages/":
        "https://gitlab.example.com/acme/outreach/-/new/main/messages/x?file_name=a.md"
        "&content=Hi%20%26",
    "https://codeberg.org/acme/outreach/_edit/main/messages/":
        "https://codeberg.org/acme/outreach/_new/main/messages/x?filename=a.md&value=Hi%20%26",
}  # fmt: skip


@pytest.mark.parametrize("edit", ADDRESSES)
def test_each_forge_gets_its_own_address(edit: str) -> None:
    editor = forge(edit)
    assert editor is not None
    assert editor.edit_url("x/y z.md") == f"{edit}x/y%20z.md"
    assert editor.new_url("x", "a.md", "Hi &") == ADDRESSES[edit]


def test_an_unknown_forge_gets_no_links(report: Report) -> None:
    assert forge("https://bitbucket.org/acme/outreach/src/main/messages/") is None
    assert "ab-actions" not in by_path(report)["experiments/voicemail-opener/index.md"].html


def test_where_an_editor_may_open_empty_the_text_stands_on_the_page(report: Report) -> None:
    path = "experiments/voicemail-opener/index.md"
    gitlab = forge("https://gitlab.com/brightline/outreach/-/edit/main/messages/")
    assert "If the editor opens empty" in text(by_path(report, Surroundings(editor=gitlab))[path])
    github = forge("https://github.com/brightline/outreach/edit/main/messages/")
    shown = text(by_path(report, Surroundings(editor=github))[path])
    assert "If the editor opens empty" not in shown


def test_zero_one_and_twenty_variants() -> None:
    only = samples.undecided()
    name = next(iter(only.variants))
    alone = replace(only, variants={name: only.variants[name]}, control=name)
    assert "Against each other" not in text(
        by_path(report_on(alone))["experiments/subject-line/index.md"]
    )
    many = {
        f"v{i}": replace(only.variants[name], id=f"subject-line/v{i}", name=f"v{i}")
        for i in range(20)
    }
    crowd = replace(only, variants=many, control="v0")
    page = by_path(report_on(crowd))["experiments/subject-line/index.md"]
    assert page.html.count("<summary>Subject as a statement and Subject as a statement</summary>")


def test_no_results_are_no_zero_rate() -> None:
    def unsent(v: Variant) -> Variant:
        return replace(v, cohorts=())

    started = samples.undecided()
    empty = replace(started, variants={n: unsent(v) for n, v in started.variants.items()})
    site = by_path(report_on(empty))
    for path in ("index.md", "experiments/subject-line/index.md"):
        shown = text(site[path])
        assert "no data yet" in shown, path
        assert "0.0%" not in shown, path


def titles(found: Iterable[Page]) -> list[str]:
    return [page.title for page in found]


def test_only_hubs_are_listed(report: Report) -> None:
    assert titles(page for page in pages(report) if page.listed) == [
        "What should I send now?",
        "Experiments",
        "Critiques",
        "Learned",
        "Team lead",
        "Method",
        "Rules",
    ]


def test_earlier_words_stand_with_the_counts_they_earned() -> None:
    now = samples.winner()["referral-ask"]
    before = replace(now.voicemails[0], text=samples.PITCH_VOICEMAIL)
    versions = (
        Version(
            "a1", "2026-09-28", "kim", (before, *now.emails), {"sent": 40, "responses": 5}, False
        ),
        Version("b2", "2026-10-12", "kim", now.touches, {"sent": 320}, True),
    )
    site = by_path(report_on(samples.winner()), Surroundings(versions={now.id: versions}))
    page = text(site["experiments/voicemail-opener/referral-ask/index.md"])
    assert "From 28 Sep 2026, by kim: 40 prospects contacted with these words, 5 responses" in page
    assert "Earlier words" not in text(site["experiments/voicemail-opener/straight-pitch/index.md"])
    assert page.index("Earlier words") < page.index("we can get")
    study = replace(samples.winner(), source="A study (2004)")
    site = by_path(report_on(study), Surroundings(versions={now.id: versions}))
    assert "Earlier words" not in text(site["experiments/voicemail-opener/referral-ask/index.md"])


def test_changed_words_are_said_on_the_experiment() -> None:
    found = samples.collected(samples.winner())
    report = analyze(found, as_of=samples.AS_OF, text_changed=["voicemail-opener/referral-ask"])
    page = text(by_path(report)["experiments/voicemail-opener/index.md"])
    assert "The words of “Ask who looks after it” changed after its first results" in page
