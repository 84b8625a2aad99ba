"""Touches: the body of a variant, cut at its headings into voicemails, emails and notes.

The text of a message is plain text, taken as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from abtest.messages.sheet import Spot, did_you_mean, listed, shown
from abtest.model import Touch

if TYPE_CHECKING:
    from abtest.messages.sheet import Sheet

_HEADING = re.compile(
    r"## +(?P<word>Voicemail|Email|Notes)(?: +(?P<number>[1-9][0-9]?))?"
    r"(?: +\(day (?P<day>0|[1-9][0-9]{0,2})\))?[ \t]*"
)
_LIKE_A_HEADING = re.compile(
    r"#{1,6}[ \t]*(?P<word>[A-Za-z][A-Za-z -]*?)[ \t]*#?(?P<number>[0-9]{0,2})"
    r"[ \t:]*(?:\(?day (?P<day>[0-9]{1,3})\)?)?[ \t:]*#*[ \t]*",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"Subject:[ \t]*(.*?)[ \t]*", re.IGNORECASE)
_UNSEEN = re.compile("[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORDS = ("Voicemail", "Email", "Notes")


class Body(NamedTuple):
    """What a variant's body says.

    Attributes:
        touches: In order.
        notes: Markdown for the team.
        notes_line: The line of the file on which the notes begin; 0 without notes.
    """

    touches: tuple[Touch, ...]
    notes: str
    notes_line: int


class _Section(NamedTuple):
    heading: re.Match[str]
    line: int
    lines: list[str]


def read_body(body: str, first_line: int, sheet: Sheet) -> Body:
    """Cut a body into its touches and notes.

    Args:
        body: All behind the front matter.
        first_line: The line of the file on which it begins.
        sheet: Takes the findings.
    """
    sections = _sections(body, first_line, sheet)
    touches = [_touch(s, sheet) for s in sections if s.heading["word"] != "Notes"]
    good = tuple(touch for touch in touches if touch is not None)
    if not touches:
        sheet.error(
            "TX001",
            Spot(first_line, 0),
            "This variant says nothing: it has no voicemail and no email.",
            "Write a line ## Voicemail or ## Email, and the message below it.",
        )
    _check_numbers(good, sheet)
    notes = [s for s in sections if s.heading["word"] == "Notes"]
    text = "\n".join("\n".join(s.lines).strip("\n") for s in notes).rstrip()
    return Body(good, text, notes[0].line + 1 if notes else 0)


def _sections(body: str, first_line: int, sheet: Sheet) -> list[_Section]:
    sections: list[_Section] = []
    lines: list[str] = []
    in_text = True
    for number, line in enumerate(body.split("\n"), first_line):
        heading = _HEADING.fullmatch(line) if line.startswith("##") else None
        if heading is not None:
            lines = []
            in_text = heading["word"] != "Notes"
            sections.append(_Section(heading, number, lines))
            continue
        if in_text and (line[:1] == "#" or not sections):
            _check_line(line, number, not sections, sheet)
        lines.append(line)
    return sections


def _check_line(line: str, number: int, outside: bool, sheet: Sheet) -> None:
    """Say what is wrong with one line of message text, or of what stands before any."""
    if line.startswith("#") and _check_heading(line, number, sheet):
        return
    if outside and line.strip():
        sheet.error(
            "TX005",
            Spot(number, 1),
            "This text stands above the first heading, and belongs to no message.",
            "Put it below ## Voicemail, ## Email or ## Notes.",
        )


def _check_heading(line: str, number: int, sheet: Sheet) -> bool:
    """Whether the line was meant as a heading and is none; a wrong one would hide a message."""
    meant = _LIKE_A_HEADING.fullmatch(line)
    word = meant and did_you_mean(re.sub("[ -]", "", meant["word"]), _WORDS, cutoff=0.8)
    if meant and word:
        sheet.error(
            "TX004",
            Spot(number, 1),
            f"{shown(line.strip())} is not a heading that is known.",
            f"Write ## {word}{_tail(meant)}",
        )
        return True
    if line.startswith("## "):
        sheet.warn(
            "TX006",
            Spot(number, 1),
            f"{shown(line.strip())} is no known heading, and is read as part of the message.",
            "Put what is for the team below ## Notes.",
        )
    return False


def _tail(meant: re.Match[str]) -> str:
    number = f" {int(meant['number'])}" if meant["number"] else ""
    return number + (f" (day {int(meant['day'])})" if meant["day"] else "")


def _touch(section: _Section, sheet: Sheet) -> Touch | None:
    """The touch of a section; None, and an error, where it says nothing."""
    heading, line, lines = section
    channel = heading["word"].lower()
    start = _first_written(lines, 0)
    subject, subject_line = None, 0
    if channel == "email":
        subject = _subject(lines, start, line, sheet)
        if subject is None:
            return None
        subject_line = line + 1 + start
        start = _first_written(lines, start + 1)
    text = "\n".join(lines[start:]).rstrip()
    if not text:
        sheet.error(
            "TX002",
            Spot(line, 1),
            f"This {channel} has no text.",
            "Write what is said, or delete the heading.",
        )
        return None
    if _UNSEEN.search(text):
        _say_unseen(text, line + 1 + start, sheet)
    return Touch(
        channel=channel,
        number=int(heading["number"] or 1),
        day=int(heading["day"]) if heading["day"] else None,
        subject=subject,
        text=text,
        line=line + 1 + start,
        heading_line=line,
        subject_line=subject_line,
    )


def _first_written(lines: list[str], start: int) -> int:
    """The index of the first line from `start` on that is not blank."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start


def _subject(lines: list[str], start: int, heading_line: int, sheet: Sheet) -> str | None:
    match = _SUBJECT.fullmatch(lines[start]) if start < len(lines) else None
    if match is not None and match[1]:
        return match[1]
    what = "has no subject" if match is None else "has a blank subject"
    at = heading_line if match is None else heading_line + 1 + start
    sheet.error(
        "SB001",
        Spot(at, 1),
        f"This email {what}.",
        "Write Subject: and a few words on the first line below ## Email.",
    )
    return None


def _say_unseen(text: str, first_line: int, sheet: Sheet) -> None:
    for found in _UNSEEN.finditer(text):
        before = text[: found.start()]
        sheet.warn(
            "TX007",
            Spot(first_line + before.count("\n"), found.start() - before.rfind("\n")),
            f"There is a character here that cannot be seen (U+{ord(found[0]):04X}).",
            "Delete it: prospects' mail programs may show it, and filters distrust it.",
        )


def _article(touch: Touch) -> str:
    return f"{'an' if touch.channel == 'email' else 'a'} {touch.channel}"


def _check_numbers(touches: tuple[Touch, ...], sheet: Sheet) -> None:
    """Each number once in its channel, from 1 on without a gap."""
    seen: dict[tuple[str, int], int] = {}
    for touch in touches:
        first = seen.setdefault((touch.channel, touch.number), touch.heading_line)
        if first != touch.heading_line:
            sheet.error(
                "TX003",
                Spot(touch.heading_line, 1),
                f"There is {_article(touch)} number {touch.number} already, on line {first}.",
                f"Number them: ## {touch.channel.title()} 1, ## {touch.channel.title()} 2 …",
            )
    numbers = [touch.number for touch in touches]
    if numbers != sorted(numbers) or set(numbers) != set(range(1, len(set(numbers)) + 1)):
        sheet.warn(
            "TX008",
            Spot(touches[0].heading_line, 1),
            f"The touches are numbered {listed(map(str, numbers), 'and')}.",
            "Number them 1, 2, 3 … in the order of their days.",
        )
