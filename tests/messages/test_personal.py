"""Personal data in messages: what is a number or an address, and whose it is."""

from __future__ import annotations

import datetime as dt

import pytest

from abtest.messages.personal import check_touches
from abtest.messages.sheet import Run
from abtest.model import Touch
from abtest.plan import Sender

SENDER = Sender(
    names=("Kim Ito", "Lee"),
    phone="+1 555 0142, 312-555-0100",
    website="https://www.brightline.example/x",
)


def told(text: str, sender: Sender | None = SENDER, subject: str = "") -> list[tuple[str, str]]:
    sheet = Run(dt.date(2026, 11, 20)).sheet("x.md")
    touch = Touch("email", 1, None, subject, text, 14, 11, 12)
    check_touches([touch], sender, sheet)
    return [(f.code, f.message.partition(" is ")[0]) for f in sheet.run.found]


@pytest.mark.parametrize(
    "number",
    [
        "555-0188",
        "312-555-0188",
        "312.555.0188",
        "312 555 0188",
        "(312) 555-0188",
        "(312)555-0188",
        "1-312-555-0188",
        "+1 312 555 0188",
        "+1-312-555-0188",
        "+1 (312) 555-0188",
        "3125550188",
        "13125550188",
        "+44 20 7946 0958",
        "+49 30 901820",
        "020 7946 0958",
        "(030) 9018-2000",
        "0151-23456789"[:13],
    ],
)
def test_a_number_that_is_not_the_senders_is_told(number: str) -> None:
    assert told(f"Ask for Pat on {number}, please.") == [("PD002", number)]
    assert told(f"{number}") == [("PD002", number)]
    assert told(f"Tel.: {number}.") == [("PD002", number)]


@pytest.mark.parametrize(
    "text",
    [
        "555-0142",
        "+1 555 0142",
        "312-555-0100 and 312.555.0100 and (312) 555-0100",
        "on 2026-10-05, 05.10.2026, 10/05/2026 or 5/10/26",
        "2024-2025, 1999-2000",
        "1,250 pallets, 1.250.000 of them, 12 500 000",
        "40-48 inches, 100-200, 250-3000 and 10-15%",
        "$312 555 0188, €555-0188, £0207 946 0958",
        "Chicago, IL 60601-1234 and 60601",
        "order 4711-0815, version 3.11.7, room 202-1",
        "24/7, 9-5, 555-12345678",
        "555-0188%, #555-0188, 555-0188.5",
        "https://e.example/555-0188",
        "invoice 20261005, 99999999999999",
        "10:30-11:45 and 1000-2000 a day",
        "192.168.100.200",
        "{{phone}} and {{first_name}}",
    ],
)
def test_what_is_no_number_of_a_person_is_not(text: str) -> None:
    assert told(text) == []


def test_each_is_told_once_and_where() -> None:
    sheet = Run(dt.date(2026, 11, 20)).sheet("x.md")
    touches = [
        Touch("voicemail", 1, None, None, "Call.\nOr try 555-0188 now.", 9, 8),
        Touch("email", 1, None, "About 555-0188", "Write pat@gym.example.", 14, 11, 12),
    ]
    check_touches(touches, SENDER, sheet)
    assert [(f.code, f.line, f.column) for f in sheet.run.found] == [
        ("PD002", 10, 8),
        ("PD003", 14, 7),
    ]


def test_a_subject_is_looked_at_too() -> None:
    assert told("Hi", subject="Call 555-0188") == [("PD002", "555-0188")]


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("kim@brightline.example", True),
        ("kim.ito@brightline.example", True),
        ("k+lee@brightline.example", True),
        ("Kim@Brightline.example", True),
        ("sales@brightline.example", True),
        ("stop@mail.brightline.example", True),
        ("pat@brightline.example", False),
        ("kim@other.example", False),
        ("sales@notbrightline.example", False),
        ("pat@gym.example", False),
    ],
)
def test_an_address_is_the_senders_by_host_and_name(address: str, own: bool) -> None:
    assert told(f"Write to {address}.") == ([] if own else [("PD003", address)])


def test_without_names_the_host_tells() -> None:
    sender = Sender(website="brightline.example")
    assert told("pat@brightline.example", sender) == []
    assert told("pat@gym.example", sender) == [("PD003", "pat@gym.example")]
    assert told("pat@brightline.example", Sender()) == [("PD003", "pat@brightline.example")]


def test_handles_and_prices_are_no_addresses() -> None:
    assert told("Ask @octocat, 3 @ 5, a@b, x@y.1") == []


def test_nothing_is_said_where_the_sender_is_not_known() -> None:
    assert told("555-0188, pat@gym.example", None) == []
