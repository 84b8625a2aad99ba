"""Running the rules: settings, ignores, languages, places, and any text at all."""

from __future__ import annotations

import string
import time
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.critique.rule import all_rules
from abtest.critique.run import examine, findings
from abtest.critique.style import names, style
from abtest.critique.words import phones, tokens
from abtest.errors import Severity, UsageError
from abtest.model import Experiment, Experiments, Profile, Touch, Variant
from abtest.plan import CritiqueSettings, Plan

Read = Callable[[str, str], Experiments]

BAD = """\
---
title: One
---
## Email
Subject: Denver ramp

Hi {{first_name}},

I hope this finds you well. Your reps could leverage
our seamless drill. ACT NOW!!! Worth a look?

Sam Ortiz | Brightline | 555-0142 | brightline.example
1 Main St, Denver, CO 80202. Reply "stop" to opt out.
"""


def codes(experiments: Experiments, plan: Plan | None = None) -> set[str]:
    return {f.code for f in findings(experiments["e"]["a"], experiments["e"], plan)}


def plan(**critique: object) -> Plan:
    return Plan(critique=CritiqueSettings(**critique))


def test_a_finding_names_line_and_column_and_words(read: Read) -> None:
    found = {f.code: f for f in findings(read(BAD, "email")["e"]["a"])}
    assert (found["EM010"].line, found["EM010"].column) == (9, 45)
    assert (found["EM011"].line, found["EM011"].column) == (10, 21)
    assert "“leverage”, “seamless”" in found["EM010"].message
    assert found["EM010"].variant == "e/a"
    assert found["EM010"].experiment == "e"
    assert found["EM010"].path.endswith("e/a.md")


def test_findings_work_without_experiment_and_plan(read: Read) -> None:
    assert {"EM009", "EM010", "EM011"} <= codes(read(BAD, "email"))


def test_ignored_rules_are_silent(read: Read) -> None:
    ignoring = BAD.replace("title: One", "title: One\nignore: {EM010: the word of the trade}")
    assert "EM010" not in codes(read(ignoring, "email"))


def test_disabled_rules_are_silent(read: Read) -> None:
    assert codes(read(BAD, "email"), plan(disable=("EM010", "EM011"))).isdisjoint(
        {"EM010", "EM011"}
    )


@pytest.mark.parametrize(
    ("wanted", "got"), [("info", "info"), ("warning", "warning"), ("error", "warning")]
)
def test_a_team_may_weigh_a_rule_but_never_as_an_error(read: Read, wanted: str, got: str) -> None:
    experiments = read(BAD, "email")
    settings = plan(severity=MappingProxyType({"EM010": wanted}))
    found = findings(experiments["e"]["a"], experiments["e"], settings)
    assert {f.severity for f in found if f.code == "EM010"} == {Severity(got)}


def test_a_team_adds_its_own_phrases(read: Read) -> None:
    words = MappingProxyType({"buzzwords": ("drill*", "worth a look")})
    mild = BAD.replace("leverage", "use").replace("seamless", "short")
    assert "EM010" not in codes(read(mild, "email"))
    assert "EM010" in codes(read(mild, "email"), plan(phrases=words))


def test_rules_on_english_run_on_english_only(read: Read) -> None:
    experiments = read(BAD, "email")
    german = replace(experiments["e"], lang="de")
    english = {rule.CODE for rule in all_rules() if rule.ENGLISH}
    assert {f.code for f in findings(german["a"], german)}.isdisjoint(english)
    british = replace(experiments["e"], lang="en-GB")
    assert "EM010" in {f.code for f in findings(british["a"], british)}


@pytest.mark.parametrize("name", names())
def test_house_styles_name_rules_and_numbers_that_exist(name: str) -> None:
    chosen = style(CritiqueSettings(profile=name))
    rules = {rule.CODE: rule for rule in all_rules()}
    assert chosen.off | set(chosen.severity) | set(chosen.limits) <= set(rules)
    assert all(set(n) <= set(rules[code].LIMITS) for code, n in chosen.limits.items())


def test_house_styles_disagree(read: Read) -> None:
    voicemail = """\
## Voicemail
Hi {{first_name}}, Sam from Brightline here. You have three open seats in Denver, and most new reps
need nine weeks to book a first meeting. Two teams near you got theirs there in two.
"""
    experiments = read(voicemail, "voicemail")
    assert "VM003" in codes(experiments)
    assert "VM003" not in codes(experiments, plan(profile="gong"))


def test_an_unknown_house_style_is_refused(read: Read) -> None:
    with pytest.raises(UsageError, match="salesbuzz"):
        codes(read(BAD, "email"), plan(profile="loud"))


def test_all_rules_look_at_what_they_say() -> None:
    assert {rule.UNIT for rule in all_rules()} == {"message", "variant", "experiment", "team"}


ALPHABET = st.sampled_from(string.ascii_letters + "  \n.,?!:;'\"{}[]()<>|/@#$%&*-–—’é5550142")
TEXT = st.one_of(st.text(alphabet=ALPHABET, max_size=120), st.text(max_size=60))


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT, st.sampled_from(["en", "de"]))
def test_any_text_gets_a_critique(voicemail: str, email: str, subject: str, lang: str) -> None:
    touches = (
        Touch("voicemail", 1, 1, None, voicemail, 5, 4),
        Touch("email", 1, 2, subject, email, 40, 37, 38),
        Touch("email", 2, 9, subject, email[::-1], 80, 77, 78),
    )
    variant = Variant("e/a", "a", "A", "e/a.md", touches)
    experiment = Experiment(
        "e", "E", "running", Profile("any", "", "VP"), "a", "e/x.md", {"a": variant}, lang=lang
    )
    experiments = Experiments({"e": experiment}, Plan(), "messages")
    for finding in examine(experiments):
        assert finding.severity in (Severity.WARNING, Severity.INFO)
        assert finding.line >= 0
        assert finding.column >= 0


REPEATED = (
    "a|A|a |e.g. |call me or |555-0142 |Kim Ito at |{{a|[a|a? |\n|1,|> a\n|a.com |a@b.c "
    "|we offer a, |Thanks,\n|P.S. a\n|I saw |five |5-"
)


@pytest.mark.parametrize("unit", REPEATED.split("|"))
def test_no_text_holds_up_a_run(unit: str) -> None:
    text = (unit * 120_000)[:120_000]
    touches = (
        Touch("voicemail", 1, 1, None, text, 5, 4),
        Touch("email", 1, 1, text[:2000], text, 40, 37, 38),
        Touch("email", 2, 4, "More", text[::-1], 80, 77, 78),
    )
    start = time.process_time()
    findings(Variant("e/a", "a", "A", "e/a.md", touches))
    tokens(text)
    phones(text)
    assert time.process_time() - start < 2
