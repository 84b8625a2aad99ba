"""Findings of front matter, days and records, to the word: place, fault and cure."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest

from abtest.messages.days import Day, day_of
from abtest.messages.frontmatter import LIMIT, parse, split
from abtest.messages.kinds import Text
from abtest.messages.records import Field, Record
from abtest.messages.sheet import Run

TODAY = dt.date(2026, 11, 20)
FENCES = "Begin the file with a line ---, then the keys, one a line, then a line ---."

ABOVE = "There is something above the fence --- with which a file begins."
TOML = "This is TOML between +++; front matter here is YAML between ---."

Said = tuple[str, int, int, str, str]


def told(run: Run) -> list[Said]:
    return [(f.code, f.line, f.column, f.message, f.suggestion) for f in run.found]


def of_file(text: str) -> list[Said]:
    """What is said of a whole file's front matter."""
    run = Run(TODAY)
    sheet = run.sheet("x.md")
    parts = split(text, sheet)
    if parts is not None:
        parse(parts.front, sheet)
    return told(run)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ("FM001", 1, 1, "The file is empty.", FENCES)),
        (" \n\n", ("FM001", 1, 1, "The file is empty.", FENCES)),
        ("\n---\na: b\n---\n", ("FM001", 1, 1, ABOVE, FENCES)),
        ("+++\na = 1\n+++\n", ("FM001", 1, 1, TOML, FENCES)),
        ("--\na: b\n--\n",
         ("FM001", 1, 1, "The line '--' is not the fence; a fence is three dashes.", FENCES)),
        ("–––\na: b\n",
         ("FM001", 1, 1, "The line '–––' is not the fence; a fence is three dashes.", FENCES)),
        ("title: A\n",
         ("FM001", 1, 1, "The file does not begin with front matter.", FENCES)),
        ("---\ntitle: A\n\n## Email\nHi\n---\n",
         ("FM002", 4, 1, "The front matter is not closed before ## Email.",
          "Put a line --- above this heading.")),
        ("---\ntitle: A\n",
         ("FM002", 1, 1, "The front matter that begins here is never closed.",
          "Put a line --- below its last key.")),
        ("---\n---\n", ("FM003", 1, 1, "There are no keys here.", FENCES)),
        ("---\n# only a comment\n---\n", ("FM003", 1, 1, "There are no keys here.", FENCES)),
        ("---\n''\n---\n", ("FM003", 1, 1, "There are no keys here.", FENCES)),
        ("---\n- a\n---\n",
         ("FM003", 2, 1, "This is a list; keys belong here.", "Write each as key: value.")),
        ("---\nwords\n---\n",
         ("FM003", 2, 1, "This is text without a key; keys belong here.",
          "Write each as key: value.")),
        ("---\na: 1\n<<: b\n---\n",
         ("FM007", 3, 1, "A << merge key is not allowed.", "Write the keys out.")),
        ("---\na: 1\nb: 2\na: 3\n---\n",
         ("FM008", 4, 1, "a is given twice; first on line 2.", "Keep one of them.")),
        ("---\na: 1\ntitle: {{first_name}}, hi\n---\n",
         ("FM004", 3, 9, "A {{merge field}} needs quotes here; its braces are YAML.",
          'Write: title: "{{first_name}}, hi"')),
        ("---\nt: {{a}}\n---\n",
         ("FM004", 2, 5, "A {{merge field}} needs quotes here; its braces are YAML.",
          'Write: t: "{{a}}"')),
        ("---\na: 1\ntitle: Ask: who\n---\n",
         ("FM004", 3, 8, "A second colon in one line needs quotes.",
          'Write: title: "Ask: who"')),
        ("---\na: *b\n---\n",
         ("FM007", 2, 4, "* begins a reference in YAML, which is not allowed here.",
          'Write the value out. If it is part of a text, write: a: "*b"')),
        ("---\na: &b c\n---\n",
         ("FM007", 2, 4, "& begins a label in YAML, which is not allowed here.",
          'Write the value out. If it is part of a text, write: a: "&b c"')),
        ("---\na: !b c\n---\n",
         ("FM007", 2, 4, "! begins a type in YAML, which is not allowed here.",
          'Write the value out. If it is part of a text, write: a: "!b c"')),
        ("---\n? [a]\n: b\n---\n",
         ("FM012", 2, 3, "A list cannot be a key.", "Write key: value.")),
        ("---\n? {a: b}\n: c\n---\n",
         ("FM012", 2, 3, "A mapping cannot be a key.", "Write key: value.")),
        ("---\ntitle: a\u200bb\n---\n",
         ("EN003", 2, 9, "There is a character here that cannot be seen (U+200B).",
          "Delete it, or type the line afresh.")),
        ('---\ntitle: "a\\tb"\n---\n',
         ("EN003", 2, 8, "An escape here stands for a character that cannot be seen or printed.",
          "Delete the escape.")),
        ("---\na: {b: {c: {d: {e: {f: {g: h}}}}}}\n---\n",
         ("FM009", 2, 24, "", "")),
    ],
    ids=count(),
)  # fmt: skip
def test_front_matter_that_is_none(text: str, said: Said) -> None:
    found = of_file(text)
    assert found[0][:3] == said[:3]
    assert said[3] in found[0][3]
    assert said[4] in found[0][4]
    if said[3]:
        assert found == [said]


@pytest.mark.parametrize(
    "text",
    [
        "---\na: {b: {c: {d: {e: {f: g}}}}}\n---\n",
        "---  \na: b\n---\t\n",
        "---\r\na: b\r\n---\r\n## Email\r\n",
        "---\na: b\n---",
        '---\na: "caf\\u00e9"\n---\n',
        "---\n? a\n: b\n---\n",
        "---\na: b # a comment\n---\n",
        "---\na: '*b'\n---\n",
        "---\n'<<': b\n---\n",
    ],
    ids=count(),
)
def test_front_matter_that_is_some(text: str) -> None:
    assert of_file(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%YAML 1.1\n--- \na: b\n",
         [("FM011", 1, 1, "This % line is not needed.", "Delete it.")]),
        ("%TAG ! tag:x,2000:\n--- \na: b\n",
         [("FM011", 1, 1, "This % line is not needed.", "Delete it.")]),
        ("a: b\n--- \nc: d\n",
         [("FM011", 2, 1, "A second document begins here, and would be lost.",
           "Delete the line ---, so that all keys stand together.")]),
    ],
    ids=count(),
)  # fmt: skip
def test_one_document_without_directives(text: str, said: list[Said]) -> None:
    run = Run(TODAY)
    root = parse(text, run.sheet("x.md"))
    assert told(run) == said
    assert root is not None
    assert list(root.pairs) == ["a"]


def test_the_largest_front_matter_is_read_and_a_larger_one_is_not() -> None:
    front = f"a: {'x' * (LIMIT - 4)}\n"
    assert len(front) == LIMIT
    run = Run(TODAY)
    assert parse(front, run.sheet("x.md")) is not None
    assert told(run) == []
    assert parse(f"{front}\n", run.sheet("x.md")) is None
    cure = "Start a new variant, or put the counts of several days into one row."
    message = "The front matter has 65,537 characters; 65,536 are the most."
    assert told(run) == [("SZ002", 0, 0, message, cure)]


def test_the_parts_of_a_file_keep_its_places() -> None:
    parts = split("---\r\na: b\r\n---\r\nline\r\nmore\n", Run(TODAY).sheet("x.md"))
    assert parts is not None
    assert parts.front == "#--\r\na: b\r\n"
    assert (parts.body, parts.body_line) == ("line\nmore\n", 4)


# Days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-02", dt.date(2026, 11, 2)),
        ("1900-01-01", dt.date(1900, 1, 1)),
        ("1899-12-31", None),
        ("2026-02-30", None),
        ("2026-1-2", None),
        ("20261102", None),
        ("2026-W45-1", None),
        (" 2026-11-02", None),
        ("\u0662\u0660\u0662\u0666-11-02", None),
    ],
)
def test_a_day_has_one_form(text: str, day: dt.date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-11-20", []),
        ("2026-11-21", [("DT002", 1, 7, "date is 2026-11-21, which is in the future.",
                         "Write the day on which it happened.")]),
        ("soon", [("DT001", 1, 7, "date is 'soon', which is no day.",
                   "Write year, month and day: 2026-11-02.")]),
    ],
    ids=count(),
)  # fmt: skip
def test_a_day_is_none_of_the_future(text: str, said: list[Said]) -> None:
    run = Run(TODAY)
    sheet = run.sheet("x.md")
    root = parse(f"date: {text}\n", sheet)
    assert root is not None
    read = Day().read(root.value("date"), "date", sheet)
    assert told(run) == said
    assert (read is None) == bool(said)
    pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    assert Day().schema() == {"type": "string", "format": "date", "pattern": pattern}


# Records

WHO = Record(
    "the sender",
    Field("name", Text(), "Who speaks.", "Kim", "KY002"),
    Field("place", Text(), "Where from.", "Rome", "PR001"),
    Field("note", Text(), "More.", "x"),
    Field("later", Text(), "To come.", "x", blank=True),
)
OPEN = Record("open", Field("name", Text(), "Who speaks.", "Kim"), others=Text())


@pytest.mark.parametrize(
    ("record", "text", "values", "said"),
    [
        (WHO, "name: Kim\nplace: Rome\n", {"name": "Kim", "place": "Rome"}, []),
        (WHO, "name: Kim\nplace: Rome\nlater:\n", {"name": "Kim", "place": "Rome"}, []),
        (WHO, "place: Rome\n", {"place": "Rome"},
         [("KY002", 1, 1, "who.name is missing: who speaks.", "Write name: Kim")]),
        (WHO, "name:\nplace: ''\nnote:\n", {},
         [("KY002", 1, 1, "who.name is left blank.", "Write name: Kim."),
          ("PR001", 2, 1, "who.place is left blank.",
           "Write place: Rome; or place: any, if it may be anything."),
          ("VL002", 3, 1, "who.note is left blank.", "Write note: x, or delete the line.")]),
        (WHO, "- Kim\n", None,
         [("VL001", 1, 1, "who is a list; keys belong here.",
           "Write it below, indented, as name: Kim")]),
        (OPEN, "name: Kim\nother: x\nblank:\n", {"name": "Kim", "other": "x"},
         [("VL002", 3, 1, "who.blank is left blank.", "Write a value, or delete the line.")]),
    ],
    ids=count(),
)  # fmt: skip
def test_a_record_is_read_key_by_key(record: Record, text: str, values, said: list[Said]) -> None:
    run = Run(TODAY)
    sheet = run.sheet("x.md")
    root = parse(f"who:\n{''.join(f'  {line}' for line in text.splitlines(keepends=True))}", sheet)
    assert root is not None
    assert record.read(root.value("who"), "who", sheet) == values
    assert [(c, line - 1, column - 2, m, s) for c, line, column, m, s in told(run)] == said


@pytest.mark.parametrize(
    ("record", "text", "code"),
    [(WHO, "name: Kim\nplace: Rome\nnoet: x\n", "KY001"), (OPEN, "name: Kim\nemail: x\n", "PD001")],
)
def test_a_key_that_does_not_belong_is_refused(record: Record, text: str, code: str) -> None:
    run = Run(TODAY)
    sheet = run.sheet("x.md")
    root = parse(text, sheet)
    assert root is not None
    values = record.read(root, "", sheet)
    assert values is not None
    assert not {"noet", "email"} & values.keys()
    assert [each[0] for each in told(run)] == [code]


def test_a_missing_key_at_the_top_is_told_at_the_top() -> None:
    run = Run(TODAY)
    sheet = run.sheet("x.md")
    root = parse("\n\nplace: Rome\n", sheet)
    assert root is not None
    WHO.read(root, "", sheet)
    assert told(run) == [("KY002", 1, 1, "name is missing: who speaks.", "Write name: Kim")]


def test_the_schema_of_a_record_is_its_table() -> None:
    schema = WHO.schema()
    assert (schema["type"], schema["required"]) == ("object", ["name", "place"])
    assert schema["additionalProperties"] is False
    assert schema["properties"]["note"]["description"] == "More."
    assert schema["properties"]["later"]["anyOf"][1] == {"type": "null"}
    assert OPEN.schema()["additionalProperties"] == Text().schema()
    assert OPEN.schema()["required"] == []
