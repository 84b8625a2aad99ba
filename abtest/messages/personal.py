"""Personal data in messages: phone numbers and addresses that are not the sender's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from abtest.messages.sheet import Spot, clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from abtest.messages.sheet import Sheet
    from abtest.model import Touch
    from abtest.plan import Sender

#: Numbers as people write them. Dates, sums, ranges, ZIP codes and prices have none of these forms.
_PHONE = re.compile(
    r"""(?<![\w.,+/$€£#-])(?:
        \+[1-9][0-9]{0,2}(?:[ .-]?\(?[0-9]{1,4}\)?){2,5}        # +1 312 555 0188
      | (?:1[ .-])?(?:\([2-9][0-9]{2}\)[ ]?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}
      | [2-9][0-9]{2}-(?!..00)[0-9]{4}                          # 555-0142, not 250-3000
      | 1?[2-9][0-9]{2}[2-9][0-9]{6}                            # 3125550188
      | \(?0[0-9]{1,4}\)?[ /-][0-9]{3,4}[ -]?[0-9]{3,5}         # 020 7946 0958
    )(?![\w%-]|[.,/][0-9])""",
    re.VERBOSE,
)
#: Where such a number may be: cheap to find.
_DIGITS = re.compile(r"[+(0-9][0-9() ./-]{5,}[0-9]")
_MAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w-])")
_SHORTEST, _LONGEST = 7, 15
#: Addresses that no person is behind.
_ROLES = frozenset(
    {"contact", "hello", "help", "hi", "info", "mail", "office", "optout", "opt-out", "privacy"}
    | {"sales", "service", "stop", "support", "team", "unsubscribe"}
)


def check_touches(touches: Iterable[Touch], sender: Sender | None, sheet: Sheet) -> None:
    """Warn of every number and address in a message that is not the sender's, once each.

    Nothing is said where it is not known who the sender is, since plan.yml cannot be read.
    """
    if sender is None:
        return
    seen: set[str] = set()
    for touch in touches:
        for text, line in ((touch.subject or "", touch.subject_line), (touch.text, touch.line)):
            for code, found, at in personal_data(text, sender):
                if found not in seen:
                    seen.add(found)
                    _warn(code, found, _spot(text, line, at), sheet)


def personal_data(text: str, sender: Sender) -> Iterator[tuple[str, str, int]]:
    """Code, words and index of each phone number and address that is not the sender's."""
    for run in _DIGITS.finditer(text):
        # One character on either side: `$` before, or `%` behind, tells a sum from a number.
        start = max(run.start() - 1, 0)
        for match in _PHONE.finditer(text[start : run.end() + 2]):
            digits = _digits(match[0])
            if _SHORTEST <= len(digits) <= _LONGEST and not _own_number(digits, sender):
                yield "PD002", match[0], start + match.start()
    if "@" in text:
        for match in _MAIL.finditer(text):
            if not _own_address(match[1].lower(), match[2].lower(), sender):
                yield "PD003", match[0], match.start()


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _own_number(digits: str, sender: Sender) -> bool:
    """Whether it is a number of the sender's, with or without its area code."""
    own = (_digits(number) for number in re.split(r"[,;/]", sender.phone))
    return any(
        len(number) >= _SHORTEST and (number.endswith(digits) or digits.endswith(number))
        for number in own
    )


def _own_address(user: str, host: str, sender: Sender) -> bool:
    """Whether it is at the sender's website, and either a role's or one of the names'."""
    website = re.sub(r"^(?:https?://)?(?:www\.)?", "", sender.website.lower()).partition("/")[0]
    if not website or not (host == website or host.endswith(f".{website}")):
        return False
    names = {part for name in sender.names for part in name.lower().split()}
    parts = set(re.split(r"[._+-]", user))
    return not names or user in _ROLES or bool(names & parts)


def _spot(text: str, first_line: int, at: int) -> Spot:
    return Spot(first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _warn(code: str, found: str, spot: Spot, sheet: Sheet) -> None:
    what = "a phone number" if code == "PD002" else "an address"
    sheet.warn(
        code,
        spot,
        f"{clipped(found)} is {what} that plan.yml does not know as the sender's.",
        "Take it out if it is a prospect's; if it is yours, write it under sender in plan.yml.",
    )
