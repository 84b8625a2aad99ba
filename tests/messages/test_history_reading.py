"""Reading old versions: the fast way says what the strict reader's parser says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.messages.history.reading import SnapshotReader
from abtest.messages.history.snapshot import RowKey, Snapshot, groups_of
from abtest.plan import Plan

DIMENSIONS = frozenset(Plan().all_dimensions)
BODY = "---\n## Voicemail\nHi there.\n"


def read(text: str | bytes) -> Snapshot | None:
    return SnapshotReader(DIMENSIONS).read(text if isinstance(text, bytes) else text.encode())


rows = st.sampled_from(
    [
        "- {date: 2025-03-02, sent: 40, responses: 5}",
        "- {date: 2025-03-09, sent: 30}",
        "- {date: 2025-03-09, sent: 30, industry: saas, batch: 7}",
        "- {date: '2025-03-09', sent: \"30\", industry: 'a # b: c'}  # kept",
        "- {date: 2025-03-16, sent: 0, bounced: 0}",
        "- {date: 2025-03-23, sent: 9, responses_by_touch: [1, 0]}",
        "- date: 2025-03-30\n      sent: 7\n      responses_by_touch:\n        - 1",
        "- {date: 2025-04-06,\n       sent: 8}",
        "# a comment:",
        "# a comment",
        "",
        "- {sent: 3}",
        "- nothing",
    ]
)
groups = st.lists(
    st.tuples(st.sampled_from(["kim", "lee", "Max B", "'kim'", "kim"]), st.lists(rows, max_size=4)),
    max_size=3,
)
others = st.lists(
    st.sampled_from(
        [
            "title: Ask",
            "author: kim # writes",
            "factors: {approach: referral}",
            "ignore:\n  VM003: why",
            "title: 'a\n  results:\n  b'",
            'why: "open\nresults:\n  kim:\n    - {date: 2025-01-01, sent: 1}"',
            "# results:",
            "",
        ]
    ),
    max_size=3,
)


@st.composite
def fronts(draw) -> str:
    text = "".join(f"{line}\n" for line in draw(others))
    text += draw(st.sampled_from(["results:\n", "results: # by rep\n", "results:  \n"]))
    for rep, of_rep in draw(groups):
        text += f"  {rep}:\n" + "".join(f"    {row}\n" for row in of_rep)
    return text + "".join(f"{line}\n" for line in draw(others))


@settings(max_examples=1500, deadline=None)
@given(fronts())
def test_line_by_line_is_as_good_as_parsing(front: str) -> None:
    text = f"---\n{front}{BODY}"
    found, parsed = read(text), groups_of(text, DIMENSIONS)
    if found is None:
        assert parsed is None
    elif parsed is not None:
        assert {rep: rows for rep, rows in found.groups.items() if rows} == {
            rep: rows for rep, rows in parsed.items() if rows
        }


@settings(max_examples=300, deadline=None)
@given(st.lists(fronts(), min_size=2, max_size=6))
def test_what_was_read_before_changes_nothing(many: list[str]) -> None:
    reader = SnapshotReader(DIMENSIONS)
    texts = [f"---\n{front}{BODY}".encode() for front in many]
    assert [reader.read(text) for text in texts] == [read(text) for text in texts]


def test_line_ends_marks_and_odd_fences() -> None:
    plain = "---\ntitle: Ask\nresults:\n  kim:\n    - {date: 2025-03-02, sent: 4}\n" + BODY
    expected = read(plain)
    assert expected is not None
    assert expected.rows == {RowKey.of("kim", "2025-03-02", {}): {"sent": 4}}
    assert read(plain.replace("\n", "\r\n")) == expected
    assert read("\ufeff" + plain) == expected
    assert read(plain.replace(BODY, BODY.replace("---\n", "---  \n"))) == expected


def test_what_is_no_variant_is_not_understood() -> None:
    for text in (
        "",
        "no fences",
        "---\n",
        "---\ntitle: Ask\n---\n",
        "---\ntitle: Ask\n---\n## Email\n",
    ):
        assert read(text) is None
    assert read(b"\xff\xfe\x00") is None
    assert read(f"---\nresults: text\n{BODY}") is None


def test_the_day_of_a_text_change_is_found_in_any_form() -> None:
    for written in (
        "text_change: {date: 2025-03-02, why: typo}",
        "text_change: {why: typo, date: '2025-03-02'}",
        "text_change:\n  why: typo\n  date: 2025-03-02",
    ):
        found = read(f"---\ntitle: Ask\n{written}\nauthor: kim\n{BODY}")
        assert found is not None
        assert found.text_change == "2025-03-02"
    found = read(f"---\ntitle: text_change\nother: 2025-03-02\n{BODY}")
    assert found is not None
    assert found.text_change == ""
