"""Keys that are refused by name, each with the reason, and keys that nothing knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from abtest.messages.nodes import Node, Scalar
from abtest.messages.sheet import clipped, did_you_mean, listed, shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from abtest.messages.sheet import Sheet

_OPENS = "Mail programs open messages by themselves, and people who open one have not answered."
_CLICKS = "Filters click links to test them, and people who click have not answered."
_CALLS = "Effort is no outcome: one prospect reached eight times is one prospect."

#: Key, in any of its spellings → why it is not counted here.
_NOT_COUNTED = (
    (re.compile(r"(?:e?mails?_|unique_)?open(?:s|ed|ers|ing)?(?:_?rate)?"), _OPENS),
    (re.compile(r"(?:unique_)?click(?:s|ed|ers)?(?:_?(?:through_?)?rate)?|ctr"), _CLICKS),
    (re.compile(r"dials?|dialed|calls|calls_made|activit(?:y|ies)|touches"), _CALLS),
)
_PERSONAL = re.compile(
    r"(?:(?:first|last|full|prospect|contact)_?)?names?|"
    r"(?:prospect_|contact_|work_)?e_?mails?(?:_?address(?:es)?)?|"
    r"(?:prospect_|contact_|work_|mobile_)?(?:phones?|telephone|mobile)(?:_?numbers?)?|"
    r"linked_?in(?:_?(?:url|profile))?"
)
_BLANKS = re.compile(r"[^\S ]")


def refusal(name: str) -> tuple[str, str, str] | None:
    """Why a key of this name is refused everywhere: code, reason, cure. None if it is not.

    >>> refusal("opens")[0], refusal("email")[0], refusal("batch")
    ('DM001', 'PD001', None)
    """
    plain = name.lower().replace("-", "_").replace(" ", "_")
    for pattern, why in _NOT_COUNTED:
        if pattern.fullmatch(plain):
            cure = "Count what prospects did: responses, meetings, second_meetings."
            return "DM001", f"{name} is not counted here. {why}", cure
    if _PERSONAL.fullmatch(plain):
        return (
            "PD001",
            f"{name} would put a prospect's personal data into git, where it stays for good.",
            "Delete it; tell prospects apart by industry, title or batch.",
        )
    return None


def refuse_key(
    key: Scalar, value: Node, flow: bool, known: Collection[str], sheet: Sheet, cure: str = ""
) -> str | None:
    """Say why this key cannot be used, and which one was probably meant.

    Args:
        key: As it was written.
        value: What it holds.
        flow: It stands in braces, where a comma begins a new key.
        known: The keys that could stand there.
        sheet: Takes the error.
        cure: What to do where no known key comes near; by default, what there is.

    Returns:
        The known key that was probably meant.
    """
    name = key.text
    if sheet.full:
        return None
    near = did_you_mean(name, known)
    refused = refusal(name)
    if refused is not None:
        sheet.error(refused[0], key, *refused[1:])
    elif flow and isinstance(value, Scalar) and value.blank:
        sheet.error("KY004", key, *_split_by_comma(name))
    else:
        cure = f"Did you mean {near}?" if near else cure or f"There is {listed(known, 'and')}."
        if _BLANKS.search(name):
            cure = "There is a space in it that only looks like one: type the key afresh."
        sheet.error("KY001", key, f"There is no key {shown(name)} here.", cure)
    return near


def _split_by_comma(name: str) -> tuple[str, str]:
    """What to say of a key without a value in braces: a comma or a colon went wrong."""
    glued = re.fullmatch(r"(\w+):(\S.*)", name)
    if glued:
        return (
            f"{shown(name)} has no space behind its colon, and is one long key.",
            f"Write {glued[1]}: {clipped(glued[2])}",
        )
    if name.isdigit():
        return (
            f"The comma before {shown(name)} ends the number; the rest of it would be lost.",
            "Write the number without commas: 1000.",
        )
    return (
        f"{shown(name)} stands alone: in braces, a comma ends a value.",
        "Put the whole text in quotes, or write key: value.",
    )
