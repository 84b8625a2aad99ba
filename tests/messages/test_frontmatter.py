"""The front matter: what it means, where it stands, and that nothing brings the parser down."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.messages import frontmatter
from abtest.messages.frontmatter import parse, split
from abtest.messages.nodes import Entries, Items, Node, Scalar, scalars
from abtest.messages.sheet import Run, Sheet


def sheet() -> Sheet:
    return Run(dt.date(2026, 11, 20)).sheet("x.md")


def plain(node: Node) -> Any:
    """The node as YAML's own loaders give it, all scalars as text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.nodes]
    return {key: plain(value) for key, (_, value) in node.pairs.items()}


def parsed(text: str) -> Entries:
    paper = sheet()
    root = parse(text, paper)
    assert root is not None, paper.run.found
    assert paper.errors == 0, paper.run.found
    return root


TEXT = """\
---
title: Ask who   # a note
results:
  kim:
    - {date: 2026-10-05, sent: 30, by: [1, 0]}
    - date: 2026-10-06
      sent: "4"
---
## Voicemail
Hi
"""


def test_every_value_knows_its_place_in_the_file() -> None:
    parts = split(TEXT, sheet())
    assert parts is not None
    assert parts.body == "## Voicemail\nHi\n"
    assert parts.body_line == 9
    root = parsed(parts.front)
    for scalar in scalars(root):
        written = TEXT[scalar.start : scalar.end]
        assert written.strip('"') == scalar.text
        line = TEXT.split("\n")[scalar.line - 1]
        assert line[scalar.column - 1 :].startswith(written)
    row = root.value("results", "kim")
    assert isinstance(row, Items)
    assert TEXT[row.nodes[0].start : row.nodes[0].end] == (
        "{date: 2026-10-05, sent: 30, by: [1, 0]}"
    )
    assert [node.line for node in row.nodes] == [5, 6]
    assert (root.value("title").line, root.value("title").column) == (2, 8)
    assert root.key_lines() == {"title": 2, "results": 3}
    with pytest.raises(KeyError):
        root.value("title", "kim")


def test_places_hold_with_windows_line_ends() -> None:
    text = TEXT.replace("\n", "\r\n")
    parts = split(text, sheet())
    assert parts is not None
    assert parts.body == "## Voicemail\nHi\n"
    for scalar in scalars(parsed(parts.front)):
        assert text[scalar.start : scalar.end].strip('"') == scalar.text


def test_values_stay_what_was_written() -> None:
    root = parsed("a: NO\nb: 010\nc: 1:30\nd: 1.10\ne: +15125550164\nf: ~\ng: 0x1f\nh: 'no'\ni:\n")
    assert plain(root) == {
        "a": "NO",
        "b": "010",
        "c": "1:30",
        "d": "1.10",
        "e": "+15125550164",
        "f": "~",
        "g": "0x1f",
        "h": "no",
        "i": "",
    }
    blank, quoted = root.value("i"), root.value("h")
    assert isinstance(blank, Scalar)
    assert blank.blank
    assert isinstance(quoted, Scalar)
    assert not quoted.plain


@pytest.mark.parametrize(
    ("text", "line", "suggestion"),
    [
        ("title: Ask: who", 1, 'Write: title: "Ask: who"'),
        ("a: 1\ntitle: {{first_name}}, hi", 2, 'Write: title: "{{first_name}}, hi"'),
        ("title: 'Rui's'", 1, 'Write: title: "Rui\'s"'),
        ('title: "Ask" the "boss"', 1, 'Write: title: \'"Ask" the "boss"\''),
        ('title: "Ask', 1, 'Write: title: "Ask"'),
        ('title: "Ask\nauthor: "kim"', 1, 'Write: title: "Ask"'),
        ("title: VP #1 Ops", 1, 'Write: title: "VP #1 Ops" (a comment has a space behind its #)'),
        ("a:\n- VP #1", 2, 'Write: - "VP #1" (a comment has a space behind its #)'),
        ("title Ask\nauthor: kim", 1, "Write: title: Ask"),
        ("title:Ask\nauthor: kim", 1, "Write: title: Ask"),
        ("a: 1\n\tb: 2", 2, "Write:   b: 2"),
        ("a:\n  b: 1\n   c: 2", 3, "Write it under the line above:   c: 2"),
        ("r: {a: 1 b: 2}", 1, "Write: r: {a: 1, b: 2}"),
        ("r: {a: 1; b: 2}", 1, "Write: r: {a: 1, b: 2}"),
        ("r:\n- {a: 1, b: 2\n- {a: 3}", 2, "Write: - {a: 1, b: 2}"),
        ("r: [a, b\ns: 1", 1, "Write: r: [a, b]"),
        ("r: {a: VP #1, b: 2}", 1, "Put the value in quotes."),
        ("t: *all\nb: 1", 1, 'Write the value out. If it is part of a text, write: t: "*all"'),
        ("t: &x\n  b: 1", 1, 'Write the value out. If it is part of a text, write: t: "&x"'),
        ("a:\n- &x b", 2, 'Write the value out. If it is part of a text, write: - "&x b"'),
        ("a: {b: *x}", 1, "Write the value out."),
        ("{{a}}: 1", 1, "Write: the value in quotes"),
        ("a: b\nc: |x\n", 2, 'Write: c: "|x"'),
        ("a: b\n%x: 1\n", 2, "Compare it with the lines around it; a value with signs in it"),
    ],
)
def test_the_line_to_write_is_shown(text: str, line: int, suggestion: str) -> None:
    paper = sheet()
    parse(text, paper)
    first = paper.run.found[0]
    assert first.line == line, first
    assert first.suggestion.startswith(suggestion)


def test_a_suggested_line_can_be_read() -> None:
    for value in [
        "Ask: who",
        "@x",
        "`x`",
        "*x* y",
        "- x",
        "[D] x",
        "{{f}} x",
        "'K's'",
        '"a" b "c"',
    ]:
        paper = sheet()
        parse(f"title: {value}\n", paper)
        written = paper.run.found[0].suggestion.removeprefix("Write: ")
        cured = written.rpartition("write: ")[2]
        assert isinstance(parsed(cured).value("title"), Scalar)


def test_what_is_refused_is_passed_over_and_the_rest_is_read() -> None:
    paper = sheet()
    root = parse("a: &x 1\nb: *x\na: 2\n<<: {c: 1}\n[d]: 1\ne: !t 3\n", paper)
    assert root is not None
    assert [f.code for f in paper.run.found] == [
        "FM007",
        "FM007",
        "FM008",
        "FM007",
        "FM012",
        "FM007",
    ]
    assert plain(root) == {"a": "1", "b": "*x", "e": "3"}


@pytest.mark.parametrize("text", ["", "# later\n", "\n\n", "---", "---\n# later\n", "--- # x\n"])
def test_nothing_is_no_mapping(text: str) -> None:
    paper = sheet()
    assert parse(text, paper) is None
    assert [f.code for f in paper.run.found] == ["FM003"]


@pytest.mark.parametrize("text", ["- a\n", "later\n", "'later'\n", "- - a\n"])
def test_lists_and_words_are_no_mapping(text: str) -> None:
    paper = sheet()
    assert parse(text, paper) is None
    assert [f.code for f in paper.run.found] == ["FM003"]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 60_000,
        "a: " + "{a: " * 16_000,
        "[" * 65_000,
        "a: " + "[{a: " * 13_000,
        "- " * 32_000,
        "? " * 32_000,
        "a: " + "[\n" * 32_000,
        "".join(" " * n + "a:\n" for n in range(340)),
        "a: " + "'" * 65_000,
        'a: "' + "\\u0041" * 10_900,
        "a: |\n" + " \n" * 32_000,
        "a: " + "*a " * 20_000,
        "&a " * 20_000,
        "!a " * 20_000,
        "%TAG ! !\n" * 7_000,
        "#" * 65_000,
        "a: {" + "b, " * 20_000 + "}",
        "a: [" + "*b, " * 16_000 + "]",
        "\n".join(f"k{n}: *v" for n in range(6_000)),
        "a: [" + "{{b}}, " * 9_000 + "]",
        'a: ["' + '", "'.join(["\\0"] * 9_000) + '"]',
        "a: " + "\u200b" * 60_000,
        "\n".join(f"k{n}: v #x" for n in range(6_000)),
        ("a" * 60 + "\n") * 1000,
    ],
)
def test_hopeless_input_ends_soon(text: str) -> None:
    started = time.process_time()
    parse(text[: frontmatter.LIMIT], sheet())
    assert time.process_time() - started < 2


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = split(TEXT, sheet())
    assert parts is not None
    fast = plain(parsed(parts.front))
    monkeypatch.setattr(frontmatter, "_EventParser", yaml.BaseLoader)
    assert plain(parsed(parts.front)) == fast
    for text in ["title: Ask: who", "title: [x", "a: 1\n\tb: 2", "a: @x", "a: \x07"]:
        paper = sheet()
        parse(text, paper)
        assert [f.line for f in paper.run.found][:1], text


_YAML = st.text(alphabet=st.sampled_from(list("ab0 :-,#[]{}\"'\n&*!|>%@`?~<=.\t\\xé")), max_size=60)


@given(_YAML)
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    paper = sheet()
    root = parse(text, paper)
    assert (root is not None) or paper.errors
    for finding in paper.run.found:
        assert 1 <= finding.line <= text.count("\n") + 1
        assert finding.message


@given(_YAML)
@settings(max_examples=1500, deadline=None)
def test_what_is_read_without_an_error_is_what_yaml_reads(text: str) -> None:
    paper = sheet()
    root = parse(text, paper)
    if root is None or paper.errors:
        return
    try:
        expected = yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        pytest.fail(f"PyYAML refuses what we read: {error}")
    assert plain(root) == expected


_WORD = st.text(alphabet="abc xyz-019é", min_size=1, max_size=8).map(str.strip).filter(bool)
_TREE = st.recursive(
    _WORD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORD, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_WORD, _TREE, min_size=1, max_size=4), st.sampled_from([True, False, None]))
@settings(max_examples=300, deadline=None)
def test_what_yaml_writes_is_read(tree: dict[str, Any], flow: bool | None) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True)
    paper = sheet()
    root = parse(text, paper)
    if [f.code for f in paper.run.found] == ["FM009"]:
        return
    assert root is not None, (text, paper.run.found)
    assert plain(root) == tree
