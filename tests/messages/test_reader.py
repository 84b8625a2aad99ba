"""The reader: what good content means, and what stands where in a content folder."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from content_trees import (
    EXPERIMENT,
    OFFER,
    PLAN,
    QUESTION,
    REVIEW,
    REVIEW_TEXT,
    TODAY,
    TREE,
    errors,
    read_tree,
    with_edit,
    write,
)

import abtest
from abtest.errors import ContentError, Severity
from abtest.messages.reader import load, load_plan, read
from abtest.messages.sheet import MOST, Run
from abtest.messages.source import read_bytes
from abtest.plan import Metric

GYM = "messages/gym-owners"


def test_good_content_is_read_whole(tmp_path: Path) -> None:
    experiments, findings = read_tree(tmp_path, {**TREE, REVIEW: REVIEW_TEXT})
    assert findings == ()
    assert experiments is not None
    assert list(experiments) == ["gym-owners"]
    gym = experiments["gym-owners"]
    assert (gym.title, gym.status, gym.control, gym.lead_type) == (
        "Do gym owners rather answer a question or an offer?",
        "running",
        "offer",
        "cold",
    )
    assert (gym.profile.industry, gym.profile.location, gym.profile.title) == (
        "Fitness studios",
        "Ohio",
        "Owner",
    )
    assert gym.body == "January fills every studio. We ask in November."
    assert dict(gym.allocation) == {"offer": 1, "question": 1}
    assert gym.key_lines["control"] == 8
    question = gym["question"]
    assert question.id == "gym-owners/question"
    assert question.channel == "combo"
    assert question.notes == "Only the last question differs."
    voicemail, email = question.touches
    assert (voicemail.text, voicemail.line, voicemail.heading_line) == (
        "Hi {{first_name}}, Rui Sa at Fitboard, 555-0164. Who at your studio plans January?",
        12,
        11,
    )
    assert (email.subject, email.subject_line, email.line) == ("Who plans January?", 15, 17)
    assert email.text.endswith("\n\nRui Sa, Fitboard, 555-0164")
    first, second, third = question.cohorts
    assert (first.rep, first.date, first.reached, first.line) == (
        "rui",
        dt.date(2026, 10, 5),
        29,
        6,
    )
    assert dict(second.counts) == {"sent": 20, "responses": 1, "trials": 1}
    assert dict(second.dimensions) == {"studio_size": "small"}
    assert (third.rep, third.line) == ("eva", 9)
    (review,) = question.reviews
    assert (review.by, dict(review.scores)) == ("ana", {"fit": 4, "ask": 5, "pace": 3})
    assert review.must_fix[0].text == "Say which January."
    assert review.body == "Short, and *easy* to answer."
    assert experiments.plan.sender.phone == "555-0164"


def test_every_key_of_the_plan_is_read(tmp_path: Path) -> None:
    plan = """\
---
target: 12.5%
metric: trial_rate
alpha: 0.01
response_window: 21
smallest_effect: 2.5pp
metrics:
  trial_rate: {count: trials, per: responses, target: 50%}
  meeting_rate: {count: meetings}
counts: [trials]
dimensions: [studio_size]
sender: {names: [Rui Sa, Eva], company: Fitboard, phone: 555-0164, address: 1 Pier}
critique: {profile: gong, disable: [VM001], severity: {VM002: info}}
rubric: {what: {fit: is it for them, ask: one}, how: {pace: slow}}
"""
    experiments, findings = read_tree(tmp_path, {**TREE, PLAN: plan, REVIEW: REVIEW_TEXT})
    assert findings == ()
    assert experiments is not None
    read_plan = experiments.plan
    assert (read_plan.target, read_plan.alpha, read_plan.response_window) == (0.125, 0.01, 21)
    assert read_plan.smallest_effect == 0.025
    assert read_plan.metrics == (
        Metric("trial_rate", "trials", "responses", 0.5),
        Metric("meeting_rate", "meetings"),
    )
    assert read_plan.metric_named("trial_rate").per == "responses"
    assert read_plan.sender.names == ("Rui Sa", "Eva")
    assert read_plan.critique.disable == ("VM001",)
    assert dict(read_plan.critique.severity) == {"VM002": "info"}
    assert dict(read_plan.rubric.how) == {"pace": "slow"}


def test_every_key_of_an_experiment_is_read(tmp_path: Path) -> None:
    tree = with_edit(
        EXPERIMENT,
        "control: offer\n",
        """control: question
lead_type: warm
target: 8%
metric: trials
lever: offer
lang: pt
allocation: {offer: 1, question: 2}
design: {fixed: 400}
smallest_effect: 3pp
sample: true
source: A report, table 2
decision: {date: 2026-11-01, keep: none, why: Neither.}
""",
    )
    experiments, findings = read_tree(tmp_path, tree)
    assert findings == ()
    assert experiments is not None
    gym = experiments["gym-owners"]
    assert (gym.control, gym.lead_type, gym.target, gym.metric) == (
        "question",
        "warm",
        0.08,
        "trials",
    )
    assert (gym.lever, gym.lang, gym.fixed, gym.smallest_effect) == ("offer", "pt", 400, 0.03)
    assert dict(gym.allocation) == {"offer": 1, "question": 2}
    assert gym.sample
    assert gym.source == "A report, table 2"
    assert gym.decision is not None
    assert (gym.decision.keep, gym.decision.why) == ("none", "Neither.")


def test_every_key_of_a_variant_is_read(tmp_path: Path) -> None:
    tree = with_edit(
        QUESTION,
        "author: rui\n",
        "author: rui\nfactors: {approach: cold}\nignore: {VM003: email first}\n"
        "text_change: {date: 2026-10-09, why: typo}\n",
    )
    experiments, findings = read_tree(tmp_path, tree)
    assert findings == ()
    assert experiments is not None
    question = experiments["gym-owners"]["question"]
    assert dict(question.factors) == {"approach": "cold"}
    assert dict(question.ignore) == {"VM003": "email first"}
    assert question.text_change is not None
    assert question.text_change.why == "typo"


def test_a_cadence_keeps_numbers_and_days(tmp_path: Path) -> None:
    tree = with_edit(
        OFFER,
        "## Voicemail\n",
        "## Voicemail 1\nHi.\n\n## Email 1 (day 0)\nSubject: a\n\nb\n\n## Voicemail 2 (day 3)\n",
    )
    tree[OFFER] = str(tree[OFFER]).replace("## Email\n", "## Email 2 (day 3)\n")
    tree[OFFER] = str(tree[OFFER]).replace(
        "responses: 2}", "responses: 2, responses_by_touch: [0, 2]}"
    )
    experiments, findings = read_tree(tmp_path, tree)
    assert findings == ()
    assert experiments is not None
    offer = experiments["gym-owners"]["offer"]
    assert [(t.channel, t.number, t.day) for t in offer.touches] == [
        ("voicemail", 1, None),
        ("email", 1, 0),
        ("voicemail", 2, 3),
        ("email", 2, 3),
    ]
    assert offer.cohorts[0].responses_by_touch == (0, 2)


def test_load_raises_with_every_finding(tmp_path: Path) -> None:
    write(tmp_path, with_edit(OFFER, "sent: 30", "sent: x"))
    with pytest.raises(ContentError) as caught:
        load(tmp_path / "messages", today=TODAY)
    assert [f.code for f in caught.value.findings] == ["CT001"]
    assert "offer.md:6:32: CT001" in str(caught.value)


def test_load_passes_over_warnings_and_serves_the_public_name(tmp_path: Path) -> None:
    write(tmp_path, with_edit(OFFER, "Shall I send", "Pat, 555-0188. Shall I send"))
    assert len(abtest.load(tmp_path / "messages")) == 1


def test_paths_are_told_as_the_folder_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, with_edit(OFFER, "sent: 30", "sent: x"))
    monkeypatch.chdir(tmp_path)
    for root in ("messages", "./messages", "messages/", Path("messages")):
        _, findings = read(root, today=TODAY)
        assert [f.path for f in findings] == [OFFER]
        assert [f.variant for f in findings] == ["gym-owners/offer"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    experiments, findings = read(tmp_path / "messages", today=TODAY)
    assert experiments is None
    assert [f.code for f in findings] == ["FS001"]
    (tmp_path / "messages").write_text("x")
    assert [f.code for f in read(tmp_path / "messages", today=TODAY)[1]] == ["FS001"]
    (tmp_path / "link").symlink_to(tmp_path)
    assert [f.code for f in read(tmp_path / "link", today=TODAY)[1]] == ["FS001"]


def test_a_folder_further_up_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "messages" / "gym-owners"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    [found] = read(Path("messages"), today=TODAY)[1]
    assert found.suggestion == "It is further up: cd ../.."
    monkeypatch.chdir(tmp_path)
    [found] = read(Path("gym"), today=TODAY)[1]
    assert found.suggestion.endswith("or start one: abtest init outreach")


def test_a_folder_further_down_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "our outreach" / "messages").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    [found] = read(Path("messages"), today=TODAY)[1]
    assert found.suggestion == "It is further down: cd 'our outreach'"
    [found] = read(tmp_path / "absent", today=TODAY)[1]
    assert found.suggestion.startswith("Go to the folder that 'abtest init' made (cd FOLDER")
    (tmp_path / "older" / "messages").mkdir(parents=True)
    [found] = read(Path("messages"), today=TODAY)[1]
    assert found.suggestion.endswith("or start one: abtest init outreach")


def test_an_empty_folder_is_a_beginning(tmp_path: Path) -> None:
    (tmp_path / "messages" / "left-behind").mkdir(parents=True)
    experiments, findings = read(tmp_path / "messages", today=TODAY)
    assert experiments is not None
    assert len(experiments) == 0
    assert findings == ()


def test_a_folder_with_an_underscore_is_a_draft(tmp_path: Path) -> None:
    drafts = {name.replace("gym-owners", "_drafts"): text for name, text in TREE.items()}
    experiments, findings = read_tree(tmp_path, {**TREE, **drafts})
    assert findings == ()
    assert experiments is not None
    assert [e.id for e in experiments.values() if e.draft] == ["_drafts"]
    assert [e.id for e in experiments.published] == ["gym-owners"]


def test_an_experiment_without_variants_waits(tmp_path: Path) -> None:
    tree = {name: text for name, text in TREE.items() if name in (PLAN, EXPERIMENT)}
    tree[EXPERIMENT] = tree[EXPERIMENT].replace("control: offer\n", "")
    experiments, findings = read_tree(tmp_path, tree)
    assert [(f.code, f.severity) for f in findings] == [("FS007", Severity.WARNING)]
    assert experiments is not None
    assert len(experiments) == 0


def test_an_unreadable_plan_causes_no_further_findings(tmp_path: Path) -> None:
    tree = with_edit(PLAN, "target: 10%\n", "target: [10%\n")
    tree[OFFER] = str(tree[OFFER]).replace("Shall I", "Pat, 555-0188. Shall I")
    _, findings = read_tree(tmp_path, tree)
    assert [(f.path, f.code) for f in findings] == [(PLAN, "FM006")]
    tree[OFFER] = str(tree[OFFER]).replace("sent: 30", "sent: 30, opens: 3, batch:2")
    _, findings = read_tree(tmp_path, tree)
    assert [f.code for f in errors(findings)] == ["DM001", "KY004", "FM006"]


def test_a_plan_that_is_no_text_causes_no_further_findings(tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, {**TREE, PLAN: b"target: 10\xff%"})
    assert [(f.path, f.code) for f in findings] == [(PLAN, "EN001")]


def test_a_variant_that_is_no_text_leaves_the_rest(tmp_path: Path) -> None:
    experiments, findings = read_tree(tmp_path, {**TREE, OFFER: b"---\n\xff"})
    assert [(f.path, f.code) for f in findings] == [(OFFER, "EN001")]
    assert experiments is not None
    assert list(experiments["gym-owners"].variants) == ["question"]


def test_control_characters_are_told_until_the_sheet_is_full(tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, {**TREE, OFFER: TREE[OFFER] + "\x07" * 1000})
    assert [f.code for f in findings].count("EN002") == MOST - 1


def test_what_became_a_link_or_a_pipe_since_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", ".", "gone"):
        sheet = Run(TODAY).sheet(name)
        assert read_bytes(str(tmp_path / name), 10, sheet) is None
        assert [f.code for f in sheet.run.found] == ["FS005"]


def test_the_plan_can_be_read_alone(tmp_path: Path) -> None:
    write(tmp_path, with_edit(OFFER, "sent: 30", "sent: x"))
    assert load_plan(tmp_path / "messages", today=TODAY).counts == ("trials",)
    with pytest.raises(ContentError):
        load_plan(tmp_path / "gone", today=TODAY)
    write(tmp_path, {PLAN: "target: x\n"})
    with pytest.raises(ContentError):
        load_plan(tmp_path / "messages", today=TODAY)


def test_no_plan_and_an_empty_one_give_the_defaults(tmp_path: Path) -> None:
    tree = {name: text for name, text in TREE.items() if name != PLAN}
    tree[QUESTION] = tree[QUESTION].replace(", trials: 1, studio_size: small", "")
    experiments, findings = read_tree(tmp_path, tree)
    assert {f.code for f in findings} == {"PD002"}
    assert experiments is not None
    assert experiments.plan.target == 0.1
    for empty in ("", "\n", "# target: 10%\n\n  # alpha: 5%\n"):
        experiments, findings = read_tree(tmp_path, {**tree, PLAN: empty})
        assert {f.code for f in findings} == {"PD002"}


def test_warnings_can_be_switched_off_by_the_plan_or_the_variant(tmp_path: Path) -> None:
    tree = with_edit(OFFER, "Shall I", "Pat, 555-0188. Shall I")
    assert [f.code for f in read_tree(tmp_path / "a", tree)[1]] == ["PD002"]
    ignored = str(tree[OFFER]).replace(
        "author: rui\n", "author: rui\nignore: {PD002: it is our desk}\n"
    )
    assert read_tree(tmp_path / "b", {**tree, OFFER: ignored})[1] == ()
    plan = TREE[PLAN] + "critique: {disable: [PD002, FM008]}\n"
    assert read_tree(tmp_path / "c", {**tree, PLAN: plan})[1] == ()
    twice = TREE[QUESTION].replace("author: rui\n", "author: rui\nauthor: rui\n")
    findings = read_tree(tmp_path / "d", {**tree, PLAN: plan, QUESTION: twice})[1]
    assert [f.code for f in findings] == ["FM008"]


def test_a_variant_that_cannot_be_read_leaves_the_rest(tmp_path: Path) -> None:
    experiments, findings = read_tree(tmp_path, with_edit(OFFER, "title: Offer", "title: @Offer"))
    assert [f.code for f in findings] == ["FM004"]
    assert experiments is not None
    assert list(experiments["gym-owners"].variants) == ["question"]
    assert experiments["gym-owners"].control == "question"


def test_an_experiment_that_cannot_be_read_still_has_its_variants_checked(tmp_path: Path) -> None:
    tree = with_edit(EXPERIMENT, "title: Do", "title: @Do")
    tree[OFFER] = str(tree[OFFER]).replace("sent: 30", "sent: x")
    experiments, findings = read_tree(tmp_path, tree)
    assert [f.code for f in findings] == ["FM004", "CT001"]
    assert experiments is not None
    assert len(experiments) == 0


def test_reading_loads_nothing_heavy(tmp_path: Path) -> None:
    write(tmp_path, {**TREE, REVIEW: REVIEW_TEXT})
    heavy = "numpy scipy statsmodels markdown nh3 tinytag phonenumbers jinja2 mkdocs"
    code = (
        "import sys; from abtest.messages.reader import read; "
        f"read({str(tmp_path / 'messages')!r}); "
        f"print([m for m in {heavy.split()!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
