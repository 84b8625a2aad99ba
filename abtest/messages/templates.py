"""The files that `abtest new` starts from: valid at once, and saying what to write where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from abtest.messages import canonical
from abtest.model import Touch, Variant
from abtest.plan import Plan, Sender

CHANNELS = ("combo", "voicemail", "email")
KINDS = ("read", "role-play", "recording")


@dataclass(frozen=True, slots=True)
class Question:
    """What a new experiment asks, and whom; an empty profile field becomes `any`."""

    title: str
    industry: str = ""
    location: str = ""
    prospect: str = ""
    lever: str = "message"


def experiment(question: Question) -> str:
    """An experiment.md."""
    return f"""\
---
title: {quoted(question.title)}
status: draft                   # draft | running | decided | archived
profile:                        # who is asked; `any` only where it is meant
  industry: {quoted(question.industry or "any")}
  location: {quoted(question.location or "any")}
  title: {quoted(question.prospect or "any")}
control: control
lever: {question.lever}                  # message | list | cadence | offer | channel
---
Why we run this, and what we expect.
"""


def variant(title: str, author: str, channel: str, plan: Plan) -> str:
    """A variant with a message to write over."""
    sender = Signed.by(plan.sender)
    touches = {
        "voicemail": _voicemail(sender, channel == "combo"),
        "email": _email(sender),
    }
    shown = touches.values() if channel == "combo" else [touches[channel]]
    return _front(title, author) + "\n".join(shown) + _NOTES


def fork(origin: Variant, title: str, author: str) -> str:
    """A variant with the words of another, and none of its counts."""
    note = f"\n## Notes\nA fork of {origin.name}. What differs, and why:\n"
    return _front(title, author) + "\n".join(map(_touch, origin.touches)) + note


def review(of: str, by: str, date: dt.date, kind: str, plan: Plan) -> str:
    """A review with the rubric as comments: a dimension counts once its # is deleted."""
    rubric = plan.rubric
    what = _scores("WHAT you say", rubric.what)
    how = "" if kind == "read" else _scores("HOW you say it", rubric.how)
    played = "scenario: A manager in a hurry\ntakes: 3\n" if kind == "role-play" else ""
    return f"""\
---
of: {of}
by: {quoted(by)}
date: {date.isoformat()}
kind: {kind}
# Score what you can judge, 1 to 5: delete the # before scores and before each line you use.
# scores:
{what}{how}must_fix: []             # - {{text: What must change., quote: the words, state: open}}
{played}---
What I noticed, and where.
"""


def quoted(text: str) -> str:
    """Text as a YAML value, in quotes where it needs them.

    >>> quoted("Ask: who?"), quoted("Ask who")
    ('"Ask: who?"', 'Ask who')
    """
    return canonical.text(" ".join(text.split()), in_braces=False)


def _front(title: str, author: str) -> str:
    named = f"author: {quoted(author)}\n" if author else ""
    return f"---\ntitle: {quoted(title)}\n{named}results:\n---\n"


def _scores(group: str, dimensions: Mapping[str, str]) -> str:
    lines = [f"#   {name}: 3   # {anchors}\n" for name, anchors in dimensions.items()]
    return f"#   # {group}\n" + "".join(lines)


def _touch(touch: Touch) -> str:
    heading = touch.channel.capitalize()
    if touch.number > 1 or touch.day is not None:
        heading += f" {touch.number}"
    if touch.day is not None:
        heading += f" (day {touch.day})"
    subject = "" if touch.subject is None else f"Subject: {touch.subject}\n\n"
    return f"## {heading}\n{subject}{touch.text}\n"


@dataclass(frozen=True, slots=True)
class Signed:
    """The sender, with something to write over where the plan is silent."""

    name: str
    company: str
    phone: str
    website: str
    address: str

    @classmethod
    def by(cls, sender: Sender) -> Signed:
        """The sender of a plan."""
        return cls(
            name=next(iter(sender.names), "Your Name"),
            company=sender.company or "Your Company",
            phone=sender.phone or "[your number]",
            website=sender.website or "company.example",
            address=sender.address or "1 Main St, Your Town",
        )


def _voicemail(sender: Signed, paired: bool) -> str:
    ask = "Please reply to it with a yes." if paired else "A call back would help."
    pointer = "You have an email from me; the subject is Your subject here. " if paired else ""
    return f"""\
## Voicemail
Hi {{{{first_name}}}}, this is {sender.name} at {sender.company}, {sender.phone}.
The reason I am calling: say what happened at {{{{company}}}} this month.
Say in one sentence what that means for them.
{pointer}{ask}
Again, this is {sender.name}, {sender.phone}.
"""


def _email(sender: Signed) -> str:
    return f"""\
## Email
Subject: Your subject here

Hi {{{{first_name}}}},

Your first sentence says what happened at {{{{company}}}} this month.
Your second sentence says what it means for them.
One more names a result that someone like them had, with the name.

Would a copy of that help you?

{sender.name}
{sender.company}
{sender.phone}
https://{sender.website.removeprefix("https://")}
{sender.address}

Not for you? Reply "stop" and I will not write again.
"""


_NOTES = "\n## Notes\nFor the team: what this tries, and why it should work.\n"
