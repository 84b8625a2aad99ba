"""Events: what the words of a call result, a disposition or an activity type come to.

The first line whose pattern is found in the words decides. The order matters: an automatic reply
is no reply, "not interested" is no interest, and a hang-up at a voicemail box is no message.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from abtest.outcomes.headers import words_of
from abtest.outcomes.mapping import AUTOMATIC, CLICKS, DIALS, IGNORED, OPENS

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_MESSAGE = (
    r"went to (?:voice ?mail|vm)|(?:vm|voice ?mail) answer\w*|no (?:message|voice ?mail|vm)|"
    r"(?:without|did not leave|didn t leave) (?:a )?(?:message|voice ?mail|vm)|"
    r"(?:voice ?mail|mailbox) full|hang up|hung up"
)
_MESSAGE = (
    r"(?:left|leave|dropped|drop) (?:a |live )?(?:voice ?mail|vm|message)|"
    r"(?:voice ?mail|vm|message) (?:left|dropped|drop|delivered)|voice ?mail|vm|"
    r"sent|delivered|e ?mail|contacted|outreach"
)
_MEETING = (
    r"(?:meeting|demo|appointment)s? (?:held|completed|done|attended|happened)|"
    r"(?:held|completed|attended) (?:a )?(?:meeting|demo)|demoed"
)
_BOOKED = (
    r"(?:meeting|demo|appointment)s? (?:booked|scheduled|set|requested|accepted)|"
    r"(?:booked|scheduled|set) (?:a )?(?:meeting|demo|appointment)"
)
_NO_TALK = (
    r"no answer|busy|failed|error|abandoned|blocked|dial\w*|calls?|connect\w*|answered|"
    r"conversation|gatekeeper|bad number|wrong number"
)
_PATTERNS = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), outcome)
    for pattern, outcome in (
        (r"auto\w*|out of (?:the )?office|ooo|vacation|on leave|mailer daemon", AUTOMATIC),
        (r"bounce\w*|undeliver\w*|invalid (?:e ?mail|address)|not delivered|rejected", "bounced"),
        (r"unsubscri\w*|opt(?:ed)? ?outs?|do not (?:contact|call|mail)|dnc|remove me", "optouts"),
        (r"not (?:now )?interested|no interest|no thanks?|all set|declined|not a fit", "negative"),
        (r"negative|rejection|wrong timing", "negative"),
        (r"no ?show|cancel\w*|resched\w*", IGNORED),
        (r"second meetings?|follow up meeting (?:held|completed)", "second_meetings"),
        (_MEETING, "meetings"),
        (_BOOKED, "positive"),
        (r"closed won|deal won|won", "wins"),
        (r"opportunity", "opportunities"),
        (r"call(?:ed)? back later|callback later|call later", IGNORED),
        (r"positive|interested|hot lead", "positive"),
        (r"call(?:ed)? backs?|callbacks?|returned (?:my |our )?call", "responses"),
        (r"repl(?:y|ies|ied)|respon(?:se|ses|ded)|answered (?:the )?e ?mail|neutral", "responses"),
        (r"open(?:s|ed)?|viewed|hooked", OPENS),
        (r"click(?:s|ed)?", CLICKS),
        (_NO_MESSAGE, IGNORED),
        (_MESSAGE, "sent"),
        (_NO_TALK, DIALS),
    )
)


def meaning_of(value: str) -> str | None:
    """What an event counts as: an outcome, or one of the kinds that are not counted.

    None where the words say nothing.

    >>> meaning_of("[Orum] Call - left voicemail - name match"), meaning_of("vm-answer")
    ('sent', '')
    >>> meaning_of("Not interested"), meaning_of("Out of Office reply"), meaning_of("Meeting held")
    ('negative', 'automatic', 'meetings')
    """
    words = words_of(value)
    return next((outcome for pattern, outcome in _PATTERNS if pattern.search(words)), None)


def are_codes(values: Iterable[str]) -> bool:
    """Whether all values are identifiers of another table, which say nothing by themselves."""
    listed = list(values)
    return bool(listed) and all(map(_is_code, listed))


def _is_code(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
