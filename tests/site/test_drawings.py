"""Drawings, word diffs and texts: the pieces that pages are made of."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree as ET

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from abtest.site import charts, curves
from abtest.site.policy import policy, script_hashes, with_policy
from abtest.site.script import email_markup, marked_up, shared_touches, touches_alone
from abtest.site.worddiff import word_diff

rates = st.floats(0, 1)

#: How long an example takes says how busy the machine is, and nothing of the drawings.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(st.lists(rates, max_size=6), st.none() | st.floats(0.001, 1))
def test_a_rate_scale_reaches_every_value(values: list[float], target: float | None) -> None:
    scale = charts.rate_scale(values, target)
    assert scale.low == 0
    assert all(v <= scale.high + 1e-9 for v in values)
    assert 2 <= len(scale.ticks) <= 6
    assert scale.ticks[0] == 0


@unhurried
@given(st.lists(st.floats(-1, 1), max_size=6), st.floats(0.001, 0.5))
def test_a_difference_scale_is_symmetric_and_has_zero(values: list[float], least: float) -> None:
    scale = charts.difference_scale(values, least)
    assert scale.low == -scale.high
    assert 0.0 in scale.ticks
    assert all(abs(v) <= scale.high + 1e-9 for v in values)


@unhurried
@given(rates, rates, rates)
def test_places_stay_inside_the_drawing(a: float, b: float, c: float) -> None:
    low, value, high = sorted((a, b, c))
    scale = charts.rate_scale([0.2], 0.1)
    drawn = str(charts.interval_row(scale, "meets", value, low, high, line=0.1))
    places = [float(p) for p in re.findall(r'x[12]?="([-0-9.]+)%"', drawn)]
    assert all(0 <= place <= 100 for place in places)
    ET.fromstring(drawn)


def test_a_bar_beyond_the_scale_gets_an_arrow() -> None:
    scale = charts.rate_scale([0.9], 0.1, limit=0.3)
    inside = charts.interval_row(scale, "undecided", 0.1, 0.05, 0.25)
    beyond = charts.interval_row(scale, "undecided", 0.5, 0.4, 0.6)
    assert 'x="100%"' not in inside
    assert 'x="100%"' in beyond


def test_no_data_draws_no_bar() -> None:
    scale = charts.rate_scale([], 0.1)
    drawn = charts.interval_row(scale, "no_data", None, 0.0, 1.0, line=0.1)
    assert "ab-bar" not in drawn
    assert "ab-line" in drawn


@pytest.mark.parametrize("state", ["meets", "below", "undecided", "at_target", "no_data"])
def test_states_differ_in_shape_not_only_in_color(state: str) -> None:
    others = {"meets", "below", "undecided", "at_target", "no_data"} - {state}
    inside = str(charts.shape(state)).partition(">")[2]
    assert all(inside != str(charts.shape(other)).partition(">")[2] for other in others)


@pytest.mark.parametrize("weeks", [1, 2, 30])
def test_evidence_over_time_is_well_formed(weeks: int) -> None:
    first = dt.date(2026, 1, 4)
    moments = [
        curves.Moment(first + dt.timedelta(weeks=i), 0.2, 0.2 - 0.19 / (i + 1), 0.2 + 0.5 / (i + 1))
        for i in range(weeks)
    ]
    scale = charts.rate_scale([0.4], 0.1)
    drawn = curves.evidence(
        moments,
        scale,
        [f"{t:.0%}" for t in scale.ticks],
        state="meets",
        target=0.1,
        decided_at=moments[-1].date,
        label='<"quoted">',
    )
    tree = ET.fromstring(str(drawn))
    assert tree.get("aria-label") == '<"quoted">'
    assert "ab-decided" in drawn


def test_bars_keep_empty_weeks_empty() -> None:
    drawn = curves.bars([3, 0, 1], "Meetings")
    assert drawn.count("<rect") == 2


texts = st.text(st.sampled_from("ab c,.\n{}[]<>&é"), max_size=60)


@unhurried
@given(texts, texts)
def test_a_word_diff_loses_nothing(old: str, new: str) -> None:
    left, right = word_diff(old, new)
    blank = re.compile(r"^\s*")
    assert "".join(p.text for p in left) == blank.sub("", old) or left[0].text == old
    assert "".join(p.text for p in right) == blank.sub("", new) or right[0].text == new


def test_equal_texts_have_no_changes() -> None:
    left, right = word_diff(samples.PITCH_EMAIL, samples.PITCH_EMAIL)
    assert not any(piece.changed for piece in (*left, *right))


def test_a_new_line_break_is_no_change_of_words() -> None:
    left, right = word_diff("one two three", "one two\nthree")
    assert not any(piece.changed for piece in (*left, *right))


def test_a_change_is_marked_as_one_run() -> None:
    _, right = word_diff(samples.PITCH_VOICEMAIL, samples.REFERRAL_VOICEMAIL)
    first, second = [p.text for p in right if p.changed]
    assert first == "two teams near you got"
    assert second.startswith("You may not own this, so I am sending")
    assert second.endswith('The subject is "Denver ramp".')


def test_different_texts_are_not_marked_at_all() -> None:
    left, right = word_diff("one two three four", "five six seven eight")
    assert not any(piece.changed for piece in (*left, *right))


def test_a_long_comparison_is_refused_quickly() -> None:
    left, _ = word_diff("word " * 30_000, "other " * 30_000)
    assert len(left) == 1


@unhurried
@given(texts)
def test_markup_without_its_tags_is_the_text(text: str) -> None:
    shown = re.sub(r"</?(?:span|strong)\b[^>]*>", "", str(marked_up(text)))
    assert Markup(shown).unescape() == text


def test_an_email_keeps_every_line_break() -> None:
    touch = samples.email("Denver ramp", samples.REFERRAL_EMAIL)
    shown = str(email_markup(touch))
    assert '<span class="ab-signature">' in shown
    assert Markup(re.sub(r"<[^>]*>", "", shown)).unescape() == samples.REFERRAL_EMAIL


def test_touches_are_paired_by_number_and_channel() -> None:
    control, other = samples.winner()
    assert [pair.name for pair in shared_touches(control.touches, other.touches)] == [
        "Voicemail",
        "Email",
    ]
    only = samples.variant("x", "y", "Z", other.emails)
    assert [pair.name for pair in shared_touches(only.touches, other.touches)] == ["Email"]
    assert touches_alone(other.touches, only.touches) == ["Voicemail"]


def test_a_policy_allows_only_hashed_scripts() -> None:
    data = '<script type="application/json">{}</script>'
    page = f'<script>a()</script><script src="x.js"></script>{data}'
    hashes = script_hashes(page)
    assert len(hashes) == 1
    assert f"script-src 'self' {next(iter(hashes))};" in policy(hashes)
    assert "unsafe" not in policy(hashes)


def test_a_policy_stands_before_everything_else() -> None:
    page = "<html><head><meta charset='utf-8'><link rel=x></head><body></body></html>"
    made = with_policy(page, "default-src 'none'")
    assert made.index("http-equiv") < made.index("<link")
    assert made.index("charset") < made.index("http-equiv")
