"""What plan.yml may say of the critique is what the critique has."""

import datetime as dt
from pathlib import Path

import pytest

from abtest.critique import style, wordlists
from abtest.critique.rule import find
from abtest.critique.run import examine, findings
from abtest.errors import ContentError
from abtest.messages.reader import load
from abtest.model import Touch, Variant
from abtest.plan import HOUSE_STYLES, PHRASE_LISTS, CritiqueSettings, Plan

PHRASES = Path(wordlists.__file__).parent / "phrases"
FILES = {
    "experiment.md": "---\ntitle: A?\nstatus: draft\nprofile:\n  industry: Freight\n"
    "  location: Chicago\n  title: COO\n---\nWhy.\n",
    "a.md": "---\ntitle: A\n---\n## Email\nSubject: Dock hours\n\nHi {{first_name}},\n\n"
    "Your dock can be rightsized by Monday. Would a plan help?\n",
}


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "messages" / "dock"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")

    def read(plan):
        (folder.parent / "plan.yml").write_text(plan, "utf-8")
        return load(folder.parent, today=dt.date(2026, 11, 25))

    return read


def test_the_plan_names_every_house_style_and_every_list():
    assert style.names() == HOUSE_STYLES
    lists = {path.stem for path in PHRASES.glob("*.yml") if isinstance(_data(path), list)}
    assert set(PHRASE_LISTS) == lists


def _data(path):
    return wordlists.data(f"phrases/{path.name}")


def test_a_team_adds_its_own_phrases(content):
    plain = examine(content("target: 10%\n"))
    own = examine(content("critique: {phrases: {buzzwords: [rightsized, by Monday]}}\n"))
    assert "EM010" not in {finding.code for finding in plain}
    assert "EM010" in {finding.code for finding in own}


@pytest.mark.parametrize(
    ("critique", "said"),
    [("{profile: salesbuz}", "salesbuzz"), ("{phrases: {buzwords: [x]}}", "buzzwords")],
)
def test_a_name_that_does_not_exist_is_an_error(content, critique, said):
    with pytest.raises(ContentError, match=r"plan.yml:1") as caught:
        content(f"critique: {critique}\n")
    assert said in "".join(f"{f.message} {f.suggestion}" for f in caught.value.findings)


def test_a_code_that_is_no_rule_is_told_with_its_line(content):
    plan = "critique:\n  disable: [VM014, FS006, VM114]\n  severity:\n    EM6: info\n"
    with pytest.raises(ContentError, match="EM6"):
        content(plan)
    experiments = content(plan.replace("EM6", "EM666") + "    DM001: info\n")
    told = [(f.line, f.message, f.suggestion) for f in examine(experiments) if f.code == "CR007"]
    assert [(line, message.partition(",")[0]) for line, message, _ in told] == [
        (2, "There is no rule VM114."),
        (4, "There is no rule EM666."),
        (5, "DM001 is no rule of the critique"),
    ]
    assert told[0][2] == "Did you mean VM014?"
    assert "abtest rule DM001" in told[2][2]


def test_that_lost_counts_are_always_told_is_said_to_whoever_switches_them_off(content):
    plan = "critique:\n  disable: [DM008, DM010, XP001]\n  severity: {DM010: info}\n"
    (told,) = [f for f in examine(content(plan)) if f.code == "CR007"]
    assert (told.line, told.severity) == (2, "warning")
    assert told.message == "DM008 cannot be switched off: counts that were lost are always told."
    assert "Correction: why" in told.suggestion


def test_a_message_that_ignores_no_rule_is_told_with_its_line(content, tmp_path):
    named = "ignore:\n  EM006: asks later\n  RC005: the reader's own\n  EN006: asks later\n"
    message = FILES["a.md"].replace("title: A\n", f"title: A\n{named}")
    (tmp_path / "messages" / "dock" / "a.md").write_text(message, "utf-8")
    (told,) = [f for f in examine(content("target: 10%\n")) if f.code == "CR008"]
    assert (told.line, told.variant) == (6, "dock/a")
    assert told.suggestion == "Did you mean EM006?"


@pytest.mark.parametrize("profile", HOUSE_STYLES)
@pytest.mark.parametrize("more", [0, 1])
def test_a_first_email_is_long_in_words_where_it_is_long_in_seconds(profile, more):
    plan = Plan(critique=CritiqueSettings(profile=profile))
    most = round(style.style(plan.critique).numbers(find("EM001"))["most"])
    text = "dock " * (most + more - 1) + "dock."
    email = Touch("email", 1, None, "Dock hours", text, line=7, heading_line=4)
    found = findings(Variant("dock/a", "a", "A", "dock/a.md", (email,)), plan=plan)
    assert {"EM001", "EM019"} & {f.code for f in found} == ({"EM001", "EM019"} if more else set())
