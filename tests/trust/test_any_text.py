"""Any text in any field: shown as text wherever it goes, in every format and on every page.

The fields of a team are filled with attacks and with whatever Hypothesis draws, all at once. What
the reader refuses ends as findings in every format of `check`; what it takes, in every format of
`report` and `diff`, and on every page of the site.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import click
import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from abtest import diff, formats
from abtest.analysis import analyze
from abtest.critique.run import examine
from abtest.formats.findings import Checked
from abtest.messages.reader import read
from abtest.site.pages import assets, pages

TODAY = dt.date(2026, 11, 20)

ATTACKS = [
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "'\"></title></textarea></style></svg><svg onload=hit()>",
    "<a href='javascript:hit()'>x</a>",
    "[x](javascript:hit()) ![x](data:text/html;base64,PHNjcmlwdD4=)",
    "<iframe src=//evil.example></iframe><base href=//evil.example><form action=//evil.example>",
    "&lt;script&gt;hit()&lt;/script&gt; &#60;script>",
    "</script><script>hit()//",
    "]]><x/>--><!--",
    "::error file=a::b",
    "::set-output name=a::b",
    "##[command]rm",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    'a","b\n=1',
    "{{ config }} {% raw %} ${7*7} #{x}",
    "| a | b |",
    "`code` ``` ~~~",
    "@team #1 https://evil.example",
    "NaN",
    "null",
    "\u202eright to left\u202c",
    "\x1b[31mred\x07",
    "a\u2028b\x85c",
]

texts = st.one_of(
    st.sampled_from(ATTACKS),
    st.lists(st.sampled_from(ATTACKS), min_size=2, max_size=3).map(" ".join),
    st.text(max_size=60),
)

FIELDS = (
    "question", "industry", "location", "role", "extra", "why", "decided", "source", "title",
    "author", "level", "ignored", "rep", "batch", "voicemail", "subject", "email", "notes",
    "reviewer", "fix", "declined", "scenario", "player", "critique", "company", "name", "phrase",
)  # fmt: skip

teams = st.fixed_dictionaries(dict.fromkeys(FIELDS, texts))
harmless = dict.fromkeys(FIELDS, "plain words")


def quoted(text: str) -> str:
    """A text as a value of the front matter."""
    return json.dumps(text, ensure_ascii=False)


def tree(of: dict[str, str]) -> dict[str, str]:
    """A team whose every text is given."""
    q = {name: quoted(text) for name, text in of.items()}
    body = {name: re.sub(r"(?m)^(---|## )", r" \1", text) for name, text in of.items()}
    rows = "    - {{date: 2026-10-0{day}, sent: 60, responses: {n}, meetings: 2, batch: {batch}}}\n"

    def variant(title: str, n: int) -> str:
        one, two = (rows.format(day=day, n=n, batch=q["batch"]) for day in (5, 6))
        return (
            f"---\ntitle: {title}\nauthor: {q['author']}\nfactors: {{approach: {q['level']}}}\n"
            f"ignore: {{VM003: {q['ignored']}}}\nresults:\n  {q['rep']}:\n{one}{two}---\n"
            f"## Voicemail\n{body['voicemail']}\n\n## Email\nSubject: {body['subject']}\n\n"
            f"{body['email']}\n\n## Notes\n{body['notes']}\n"
        )

    return {
        "plan.yml": (
            f"sender:\n  names: [{q['name']}]\n  company: {q['company']}\n"
            f"critique:\n  phrases: {{buzzwords: [{q['phrase']}]}}\n"
            f"rubric:\n  what: {{fit: {q['why']}}}\n"
        ),
        "dock/experiment.md": (
            f"---\ntitle: {q['question']}\nstatus: decided\ncontrol: ask\nprofile:\n"
            f"  industry: {q['industry']}\n  location: {q['location']}\n  title: {q['role']}\n"
            f"  extra: {q['extra']}\nsource: {q['source']}\n"
            f"decision: {{date: 2026-11-10, keep: tell, why: {q['decided']}}}\n---\n{body['why']}\n"
        ),
        "dock/ask.md": variant(q["title"], 3),
        "dock/tell.md": variant(q["question"], 15),
        "dock/reviews/lee.md": (
            f"---\nof: ask\nby: {q['reviewer']}\ndate: 2026-10-02\nkind: role-play\n"
            f"scores: {{fit: 2}}\nscenario: {q['scenario']}\nplayed_by: {q['player']}\n"
            f"must_fix:\n  - {{text: {q['fix']}, state: declined, why: {q['declined']}}}\n---\n"
            f"{body['critique']}\n"
        ),
    }


def write(folder: Path, of: dict[str, str]) -> Path:
    """The team's content folder."""
    for name, text in tree(of).items():
        path = folder / "messages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    return folder / "messages"


class Active(HTMLParser):
    """Collects whatever in a page could act, load or lead elsewhere."""

    NEVER = (
        *("script", "style", "link", "meta", "base", "object", "embed", "applet"),
        *("iframe", "frame", "frameset", "portal"),
    )

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.NEVER:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("srcdoc", "formaction", "action", "ping"):
                self.found.append(f"{tag} {name}={value}")
            if name in ("href", "src", "xlink:href", "data", "poster", "srcset"):
                self.look_at(tag, name, value or "")

    def look_at(self, tag: str, name: str, value: str) -> None:
        scheme = urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme
        loads = tag != "a" and (scheme or value.startswith("//"))
        if loads or scheme not in ("", "https", "http", "mailto", "tel"):
            self.found.append(f"{tag} {name}={value}")


def strict(text: str) -> object:
    """A JSON document; NaN and Infinity are none."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def check_log(text: str) -> None:
    """Nothing in a log is a command of a CI, or moves the terminal."""
    for line in click.unstyle(text).splitlines():
        body = re.sub(r"^::(error|warning|notice) [^:]*::", "", line)
        assert "::" not in body, line
        assert not re.search(r"##[a-z]*\[", body), line
        assert not re.search(r"[\x00-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", body), line


def check_csv(text: str) -> None:
    """Every row has as many cells as the first, and none is a formula."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell)):
        float(cell)


def check_markdown(text: str) -> None:
    """Rendered by the least careful renderer, nothing in it acts."""
    assert Active(markdown.markdown(text, extensions=["tables"])).found == []


def check_xml(text: str) -> None:
    ET.fromstring(text)


CHECKS = {
    "text": check_log, "github": check_log, "json": strict, "gitlab": strict, "sarif": strict,
    "junit": check_xml, "csv": check_csv, "markdown": check_markdown,
}  # fmt: skip


def outputs(of: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(format, text) of everything that is made of a team."""
    with tempfile.TemporaryDirectory() as place:
        root = write(Path(place), of)
        experiments, found = read(root, today=TODAY)
        findings = list(found)
        if experiments is not None:
            findings += examine(experiments, as_of=TODAY)
        checked = Checked(tuple(findings), experiments=1, variants=2)
        for name in formats.names("check"):
            yield name, formats.render("check", name, checked)
        if experiments is None:
            return
        report = analyze(experiments, as_of=TODAY, findings=findings)
        for name in formats.names("report"):
            yield name, formats.render("report", name, report)
        for page in pages(report):
            yield "page", page.html
        for asset in assets(report):
            kind = {".csv": "csv", ".json": "json", ".xml": "junit"}.get(Path(asset.path).suffix)
            if kind and asset.content is not None:
                yield kind, asset.content.decode("utf-8")


def compared(of: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(format, text) of what a change from plain words to these did."""
    with tempfile.TemporaryDirectory() as place:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        kept |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = ["-c", "user.name=Kim", "-c", "user.email=kim@brightline.example"]
        write(Path(place), harmless)
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Start"]):
            subprocess.run(["git", *who, *command], cwd=place, check=True, env=kept)
        root = write(Path(place), of)
        change = diff.compare(str(root), "HEAD", as_of=TODAY, today=TODAY)
        for name in formats.names("diff"):
            yield name, formats.render("diff", name, change)


def check_outputs(of: dict[str, str]) -> int:
    """How many pages were made."""
    made = 0
    for kind, text in outputs(of):
        if kind == "page":
            made += 1
            assert Active(text).found == []
        else:
            CHECKS[kind](text)
    return made


@settings(max_examples=40, deadline=None)
@given(of=teams)
@example(of=harmless | {"decided": "\x1b[31mred\x07"})
def test_any_text_in_every_field_at_once(of: dict[str, str]) -> None:
    check_outputs(of)


@pytest.mark.parametrize("shift", range(len(ATTACKS) // 3))
def test_every_attack_in_every_field(shift: int) -> None:
    """Three attacks a field; after all shifts, each attack has stood in each field."""
    of = {
        field: " ".join(ATTACKS[(number + shift * 3 + k) % len(ATTACKS)] for k in range(3))
        for number, field in enumerate(FIELDS)
    }
    assert check_outputs(of) > 20
    for kind, text in compared(of):
        CHECKS[kind](text)


@pytest.mark.parametrize(
    ("check", "bad"),
    [
        (check_log, "a\n::error::x\n"),
        (check_log, "##[group]x"),
        (check_log, "a \x9b b"),
        (check_csv, "a,b\n=1,2\n"),
        (check_csv, "a,b\n1\n"),
        (check_markdown, "a <img src=x onerror=hit()>"),
        (check_markdown, "[x](javascript:hit())"),
        (strict, '{"a": NaN}'),
        (check_xml, "<a>\x07</a>"),
    ],
)
def test_the_checks_see_what_they_look_for(check, bad: str) -> None:
    with pytest.raises((AssertionError, ValueError, ET.ParseError)):
        check(bad)
