"""Tidy: one form, nothing said differently, no comment lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from gitteam import Team, variant
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.messages import canonical, frontmatter, tidy
from abtest.messages.fields import EXPERIMENT, REVIEW, VARIANT
from abtest.messages.reader import load
from abtest.messages.results import Vocabulary
from abtest.messages.sheet import Run
from abtest.plan import Plan

WORDS = Vocabulary(Plan())
BODY = "## Voicemail\n  Hi,  {{first_name}}\t\n\n## Notes\nresults:\n  kim: # no\n"


def tidied(front: str, record: Any = VARIANT) -> str:
    """The tidied front matter; it has to be stable, and the body untouched."""
    text = tidy.tidied(f"---\n{front}---\n{BODY}", record, WORDS)
    assert tidy.tidied(text, record, WORDS) == text
    new, _, body = text.removeprefix("---\n").partition("---\n")
    assert body == BODY
    return new


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("author: kim\ntitle: 'Ask'\n", "title: Ask\nauthor: kim\n"),
        ("title: Ask\nresults:\n", "title: Ask\nresults:\n"),
        ("title: Ask\nresults: {}\n", "title: Ask\nresults:\n"),
        ("title: Ask\nresults:\n  kim: []\n", "title: Ask\nresults:\n  kim:\n"),
        (
            "title: Ask\nfactors:\n  approach: referral\n  signature: 'full'\n",
            "title: Ask\nfactors: {approach: referral, signature: full}\n",
        ),
        ('title: "Ask: who?"\n', 'title: "Ask: who?"\n'),
        ("title: 'Say \"yes\": now'\n", "title: 'Say \"yes\": now'\n"),
        ("title: 'NO'\n", 'title: "NO"\n'),
        ("title: NO\n", 'title: "NO"\n'),
        ("title: 007\n", 'title: "007"\n'),
        ("title: '2026-11-02'\n", 'title: "2026-11-02"\n'),
        ("title: C# and F#\n", "title: C# and F#\n"),
        ('title: "{{first_name}} runs it"\n', 'title: "{{first_name}} runs it"\n'),
        ("title: Kim's ask — now, or never\n", "title: Kim's ask — now, or never\n"),
        (
            "title: Ask\ntext_change:\n  why: 'a, b'\n  date: '2025-03-02'\n",
            'title: Ask\ntext_change: {date: 2025-03-02, why: "a, b"}\n',
        ),
    ],
)
def test_keys_and_quotes_have_one_form(written: str, expected: str) -> None:
    assert tidied(written) == expected


def test_rows_become_lines_in_order_of_their_days_and_reps_keep_theirs() -> None:
    written = """\
title: Ask
results:
  lee:
  - sent: "30"
    date: '2025-03-09'
    industry: 'Food, drink'
    responses: 2
  - {responses_by_touch: [1, 0], responses: 1, date: 2025-03-02, sent: 10, batch: '7'}
  kim: [{date: 2025-03-02, sent: 40}]
"""
    assert (
        tidied(written)
        == """\
title: Ask
results:
  lee:
    - {date: 2025-03-02, sent: 10, responses: 1, responses_by_touch: [1, 0], batch: "7"}
    - {date: 2025-03-09, sent: 30, responses: 2, industry: "Food, drink"}
  kim:
    - {date: 2025-03-02, sent: 40}
"""
    )


def test_comments_stay_beside_what_they_speak_of() -> None:
    written = """\
# at the top

# of the author
author: kim   # writes well


title: "Ask # one"  # not a comment inside
results:   # counted by hand

  # kim works in the mornings
  kim:
    # the first batch
    - date: 2025-03-02  # a Sunday
      # bounced was not counted
      sent: 40
      responses: 5 # late ones included
    # the end
# below everything
"""
    assert (
        tidied(written)
        == """\
title: "Ask # one"  # not a comment inside
# at the top

# of the author
author: kim   # writes well
results:   # counted by hand
  # kim works in the mornings
  kim:
    # the first batch
    # a Sunday
    # bounced was not counted
    - {date: 2025-03-02, sent: 40, responses: 5} # late ones included
# the end
# below everything
"""
    )


def test_long_text_is_folded_and_scores_are_not() -> None:
    why = "More people answered, with every rep, and the meetings followed the answers. " * 2
    scores = ", ".join(f"{name}: 3" for name in (*Plan().rubric.what, *Plan().rubric.how))
    written = f"title: Ask\ndecision: {{keep: a, date: 2025-03-02, why: '{why.strip()}'}}\n"
    new = tidied(written, EXPERIMENT)
    assert "\n  why: >-\n    More people" in new
    assert max(map(len, new.split("\n"))) <= canonical.WIDTH
    review = f"of: a\nby: lee\ndate: 2025-03-02\nkind: read\nscores: {{{scores}}}\n"
    assert tidied(review, REVIEW) == review


def test_must_fix_items_are_lines_where_they_fit() -> None:
    short, long = (
        "Say which shift.",
        "Say which shift moved, and when, and who said so, if any did.",
    )
    front = f"""\
of: a
by: lee
date: 2025-03-02
kind: read
must_fix:
  - text: {short}
    state: open
    line: 12
  - {{text: "{long}", state: declined, why: It says so in the second sentence already.}}
"""
    assert (
        tidied(front, REVIEW)
        == f"""\
of: a
by: lee
date: 2025-03-02
kind: read
must_fix:
  - {{text: {short}, line: 12, state: open}}
  - text: {long}
    state: declined
    why: It says so in the second sentence already.
"""
    )


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(bom: str) -> None:
    body = "## Email\r\nSubject: a\r\n\r\nmixed\nends\r\n"
    text = f"{bom}---\r\ntitle: 'Ask'\r\nauthor: kim # c\r\n---\r\n{body}"
    assert tidy.tidied(text, VARIANT, WORDS) == (
        f"{bom}---\r\ntitle: Ask\r\nauthor: kim # c\r\n---\r\n{body}"
    )


@pytest.mark.parametrize("text", ["", "no fences", "---\ntitle: [\n---\n", "---\n- a\n---\n"])
def test_what_does_not_read_stays_as_it_is(text: str) -> None:
    assert tidy.tidied(text, VARIANT, WORDS) == text


def web_editor(text: str) -> str:
    """The file as editors save it that know only YAML: no comments, no braces, days quoted."""
    front, _, body = text.removeprefix("---\n").partition("---\n")
    data = yaml.load(front, yaml.BaseLoader)
    return f"---\n{yaml.safe_dump(data, sort_keys=True, allow_unicode=True)}---\n{body}"


def test_what_a_web_editor_saved_comes_back_to_the_same_bytes() -> None:
    rows = {
        "kim": ["{date: 2025-03-02, sent: 40, responses: 5}", "{date: 2025-03-09, sent: 30}"],
        "lee": ['{date: 2025-03-02, sent: 9, industry: "Food, drink"}'],
    }
    text = variant(rows, head="author: kim\nfactors: {approach: referral}\n")
    saved = web_editor(text)
    assert "- date: '2025-03-02'\n    responses: '5'\n    sent: '40'\n" in saved
    assert tidy.tidied(saved, VARIANT, WORDS) == text


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split()) or "x")
styles = st.sampled_from(["'", '"', "plain"])


def quoted(text: str, style: str) -> str:
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@settings(max_examples=300, deadline=None)
@given(title=texts, dimension=texts, rep=texts, comment=texts, style=styles)
def test_any_text_is_said_as_before(
    title: str, dimension: str, rep: str, comment: str, style: str
) -> None:
    """The assertions inside `tidied` hold for any text, and every comment is still there."""
    front = (
        f"title: {quoted(title, style)} # {comment}\n# {comment}\nresults:\n"
        f"  {quoted(rep, style)}:\n  - date: 2025-03-02 # {comment}\n    sent: 4\n"
        f"    batch: {quoted(dimension, style)} # {comment}\n"
    )
    sheet = Run(__import__("datetime").date.max).sheet("")
    if frontmatter.parse("#--\n" + front, sheet) is None:
        return
    new = tidied(front)
    assert len(re.findall(f"# {re.escape(comment)}$", new, re.MULTILINE)) == 4
    assert not re.search(r"^ +- date", new, re.MULTILINE)


def test_files_on_the_disk_are_written_whole_and_only_when_asked(tmp_path: Path) -> None:
    team = Team(tmp_path)
    team.start()
    team.write("dock/reviews/lee.md", "---\nby: lee\nof: vm-b\ndate: 2025-03-02\nkind: read\n---\n")
    before = [row.counts for row in load(team.messages)["dock"]["vm-b"].cohorts]
    found = sorted(tidy.files(team.messages))
    assert [path.name for path in found] == ["experiment.md", "lee.md", "vm-a.md", "vm-b.md"]
    assert [tidy.tidy(path, WORDS, write=False) for path in found] == [True, True, False, False]
    assert [tidy.tidy(path, WORDS, write=True) for path in found] == [True, True, False, False]
    assert [tidy.tidy(path, WORDS, write=True) for path in found] == [False] * 4
    assert [row.counts for row in load(team.messages)["dock"]["vm-b"].cohorts] == before
