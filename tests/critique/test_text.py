"""Greeting, body, signature, quotes; sentences and questions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.critique.text import Text

SIGNED = """\
Kim Ito
Brightline
https://brightline.example
555-0142
1 Main St, Chicago, IL 60601

To opt out, reply "stop"."""


def sentences(raw: str, channel: str = "email") -> list[str]:
    return [sentence.text for sentence in Text(raw, channel).sentences]


@pytest.mark.parametrize(
    "signature",
    [
        SIGNED,
        f"Thanks,\n{SIGNED}",
        f"Regards\n--\n{SIGNED}",
        f"—\n{SIGNED}",
        "Best, Kim",
        "Kind regards,\n\nKim Ito\nVP Sales | Brightline",
        "Kim Ito, Brightline | 555-0142 | brightline.example",
        "Kim Ito / Brightline / 555-0142 / brightline.example",
        "{{signature}}",
        "{{sender_name}}\n{{sender_company}}",
        "Kim",
        'Not for you? Reply "stop". Brightline, 1 Main St, Denver CO.',
    ],
)
def test_a_signature_is_no_prose(signature: str) -> None:
    text = Text(f"Hi Dana,\n\nYour docks open on Saturday. Worth a look?\n\n{signature}", "email")
    assert text.greeting == "Hi Dana,"
    assert [s.text for s in text.sentences] == ["Your docks open on Saturday.", "Worth a look?"]
    assert text.signature == signature


@pytest.mark.parametrize(
    "body",
    [
        "Thanks for the tour. Your docks are new.",
        "Your docks open on Saturday.\n---\nWorth a look?",
        "Three things:\n- Docks\n- Doors\n- Trucks\n\nWhich of them is yours?",
        "Best time to ship is March. Which month is yours?",
    ],
)
def test_a_body_is_no_signature(body: str) -> None:
    assert not Text(f"Hi Dana,\n\n{body}", "email").signature


def test_quoted_mail_is_no_prose() -> None:
    raw = (
        "Hi Dana,\n\nOne more thing about March.\n\nKim\n\n"
        "On Mon, Jan 5, 2026 at 9:00 AM Dana Smith <d@x.example> wrote:\n"
        "> ACT NOW!!!\n\nWe are great."
    )
    assert sentences(raw) == ["One more thing about March."]


def test_a_postscript_below_the_signature_is_prose() -> None:
    raw = "Hi Dana,\n\nWorth a look?\n\nThanks,\nKim\n\nP.S. Ask me about Joliet."
    assert sentences(raw)[-1] == "P.S. Ask me about Joliet."
    raw = "Hi Dana,\n\nWorth a look?\n\nKim Ito\nBrightline | 555-0142\n\nP.S. Ask me about Joliet."
    assert Text(raw, "email").signature == "Kim Ito\nBrightline | 555-0142"


@pytest.mark.parametrize(
    ("greeting", "rest"),
    [
        ("Hi {{first_name}},", "Your docks are new."),
        ("Dear Sir or Madam,", "Your docks are new."),
        ("Hello Dr. Lee -", "Your docks are new."),
        ("{{first_name|there}},", "Your docks are new."),
        ("Dana,", "Your docks are new."),
        ("Good morning Dana!", "Your docks are new."),
        ("To whom it may concern:", "Your docks are new."),
    ],
)
def test_greetings(greeting: str, rest: str) -> None:
    text = Text(f"{greeting}\n\n{rest}", "email")
    assert text.greeting == greeting
    assert [s.text for s in text.sentences] == [rest]


def test_a_greeting_that_runs_on_leaves_the_sentence() -> None:
    assert sentences("{{first_name}}, quick one on March.") == ["quick one on March."]


def test_sentences_survive_wrapping_abbreviations_and_lists() -> None:
    raw = (
        "Acme Inc. cut that to two, e.g. with a drill by\n"
        "Dr. Lee at 9 a.m. on Mondays. It fits!\n\n* one page\n* two people"
    )
    assert sentences(raw) == [
        "Acme Inc. cut that to two, e.g. with a drill by Dr. Lee at 9 a.m. on Mondays.",
        "It fits!",
        "* one page",
        "* two people",
    ]


def test_cues_are_said_to_the_speaker() -> None:
    text = Text("Hi Dana, [pause] Sam here. [smile]", "voicemail")
    assert text.words == 4
    assert [s.text for s in text.sentences] == ["Hi Dana, Sam here."]


def test_a_way_out_is_no_question() -> None:
    assert not Text('Not for you? Say "stop".', "voicemail").questions


def test_offsets_point_into_the_message() -> None:
    raw = "Hi Dana,\n\nYour docks are new. Worth a look?\n\nKim"
    text = Text(raw, "email")
    assert len(text.prose) == len(raw)
    assert all(raw[s.start : s.end] == s.text for s in text.sentences)
    assert text.quote(10, len(raw), width=12) == "Your docks …"


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("aZ é.?!,\n>-*{}[]\"'@:/09|P.S"), max_size=200))
def test_any_text_can_be_read(raw: str) -> None:
    for channel in ("voicemail", "email"):
        text = Text(raw, channel)
        assert len(text.prose) == len(raw)
        assert text.words >= 0
        starts = [s.start for s in text.sentences]
        assert starts == sorted(starts)
        assert sum(s.words for s in text.sentences) <= len(text.tokens)
