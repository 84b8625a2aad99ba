"""The comment on a pull request: read by a salesperson, and harmless whatever was contributed."""

import re
from dataclasses import replace

import pytest

from abtest import formats
from abtest.diff import (
    ContentChange,
    CountChange,
    ExperimentChange,
    KeyChange,
    LostRow,
    Standing,
    TouchChange,
    VariantChange,
)
from abtest.diff.words import compare
from abtest.errors import Finding, Severity
from abtest.formats.diff_markdown import MARKER
from abtest.report import Verdict

HOSTILE = (
    "/close\n/assign @kim #12 !7 GH-3 &4 $5 $x$ <!-- abtest: what changed --> --> </del></ins> "
    "[x](//e.example) ![i](//e.example) https://e.example www.e.example a@b.example `c` | **b** "
    "<img src=//e.example> ::error::x ##[y] \x1b[31m\u202e :tada: ```\n# x\n- [ ] y\n> z\n---"
)


def change(text="Which question?", **more):
    """A change with something of every kind in it."""
    finding = Finding(f"messages/{text}/a.md", 3, 1, "VM001", Severity.WARNING, text, text)
    before = Verdict("undecided", None, f"Not known yet: {text}", text)
    after = Verdict("winner", "dock/b", f"“{text}” wins.", text)
    variant = VariantChange(
        id="dock/b",
        title=text,
        kind="changed",
        words=(TouchChange("Voicemail", compare(f"Hi there {text}", f"Hello there {text}")),),
        counts=(CountChange("sent", 40, 52), CountChange("second_meetings", 5, 4)),
        lost=(LostRow(f"{text}, 2026-10-05", {"sent": 3}, None),),
        before=Standing(4, 40, "undecided"),
        after=Standing(9, 52, "meets"),
        keys=(KeyChange("profile.region", text, None),),
    )
    keys = (KeyChange("title", None, text),)
    experiment = ExperimentChange(
        "dock", text, "changed", "responses", before, after, (variant,), keys
    )
    whole = ContentChange(text, "0123456789", (experiment,), (finding,), (finding,), (text,))
    return replace(whole, **more)


def shown(found):
    return formats.render("diff", "markdown", found)


def test_the_whole_at_a_glance_comes_before_the_details():
    lines = shown(change()).splitlines()
    assert lines[0] == MARKER
    table = lines.index("|---|---|")
    assert lines[table + 1 : table + 6] == [
        "| Verdicts | **1 moved**: Which question? |",
        "| Counts | \\+12 sent, −1 second meetings |",
        "| Words | changed in `dock/b` |",
        "| Titles and settings | title of `dock`; profile\\.region of `dock/b` |",
        "| Findings | 1 new, 1 gone |",
    ]
    assert table < lines.index("#### Which question?")
    row = "| `dock/b` | +12 |  | 10.0% (4 of 40) | 17.3% (9 of 52) | "
    assert any(line.startswith(row) for line in lines)
    assert "> <del>Hi</del><ins>Hello</ins> there Which question?  " in lines


def test_where_nothing_moved_it_says_so():
    still = replace(
        change().experiments[0], after=change().experiments[0].before, variants=(), keys=()
    )
    text = shown(change(experiments=(still,), new=(), fixed=()))
    for what in ("Verdicts | none moved", "Counts | the same", "Words | the same", "0 new, 0 gone"):
        assert what in text
    assert "Titles and settings | the same" in text
    assert "Nothing in the content changed." in shown(change(experiments=(), new=(), fixed=()))


@pytest.mark.parametrize(("number", "listed"), [(10, 10), (11, 9), (300, 9)])
def test_of_many_findings_the_nine_gravest_and_where_the_rest_is(number, listed):
    [finding] = change().new
    error = replace(finding, path="messages/z.md", code="FM001", severity=Severity.ERROR)
    many = [replace(finding, line=n) for n in range(number - 1)]
    lines = shown(change(new=(*many, error), fixed=())).splitlines()
    start = lines.index(f"**New findings ({number})**") + 2
    assert lines[start].startswith("* `messages/z.md:3` **FM001** (error)")
    found = [line for line in lines[start:] if re.match(r"\* `messages/", line)]
    assert len(found) == listed
    rest = f"* and {number - listed} more: `abtest diff` lists them all"
    assert (rest in lines) == (number > listed)


def test_however_much_changed_it_fits_into_a_comment():
    [experiment] = change().experiments
    [variant] = experiment.variants
    long = replace(variant, words=(TouchChange("Email", compare("“a” " * 3000, "“b” " * 3000)),))
    many = tuple(replace(experiment, id=f"e{n}", variants=(long,)) for n in range(40))
    text = shown(change(experiments=many))
    assert len(text.encode()) < 65_536
    assert text.endswith("\n\nThe rest is too long for a comment: `abtest diff` shows all of it.\n")
    assert text.count("<del>") == text.count("</del>") > 0


def test_contributed_text_stays_text():
    text = shown(change(HOSTILE))
    lines = text.splitlines()
    assert not [line for line in lines if line.startswith("/")], "a quick action of GitLab"
    prose = "\n".join(re.sub(r"(`+) .*? \1", "", line) for line in lines[1:])
    assert (lines[0], MARKER in prose) == (MARKER, False)
    rendered = re.sub(r"\\(?=[^\w\s])", "", prose).replace("&#36;", "$")
    for reference in ("@kim", "#12", "!7", "GH-3", "&4", "$5"):
        assert reference not in rendered
    for mark in ("b@b", "$5", "$x", "://", "www.e", "::", "##[", "\x1b", "\u202e"):
        assert mark not in prose, mark
    assert set(re.findall(r"<!--.*?-->", prose)) == {"<!-- -->"}
    assert set(re.findall(r"(?<!\\)<(\w+)", prose)) == {"del", "ins"}
    assert prose.count("<del>") == prose.count("</del>")
    for mark in ("![", "[x]", "`c`", "**b", "!7", "&4", ":tada", "- [", "```"):
        assert not re.search(rf"(?<!\\){re.escape(mark)}", prose), mark
    assert len({line.count("|") - line.count("\\|") for line in lines if "Verdicts" in line}) == 1
