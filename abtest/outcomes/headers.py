"""Column names: what a header most probably means, whoever wrote the export.

A header is cut into its words (`hs_call_disposition`, `WhoId`, `# Employees`) and looked up among
the phrases of each role; what is not there is compared by likeness. Adding a phrase is a word in
the table below.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Role → the phrases that name it, in the words of the exports that were seen.
PHRASES = {
    # Who was contacted. The first of these that a file has tells prospects apart.
    "email": "email; e mail; email address; work email; contact email; lead email; prospect email; "
    "recipient; recipient email; recipient email address; to; person email",
    "prospect_id": "prospect id; prospect; contact id; lead id; person id; who id; recipient id; "
    "who; member id; apollo contact id; contact record id; lead record id; hs call callee object "
    "id; hs object id; external id; prospect key; record id contact; customer id; email id",
    "phone": "phone; phone number; mobile; mobile phone; direct phone; work direct phone; "
    "telephone; to number; number dialed; remote phone; contact phone; cell; home phone",
    "linkedin": "linkedin; linkedin url; person linkedin url; linkedin profile; profile url",
    "first_name": "first name; firstname; given name",
    "last_name": "last name; lastname; surname; family name",
    "name": "name; full name; contact name; lead name; prospect name; contact; lead; "
    "recipient name",
    "company": "company; company name; account; account name; organization; organization name; "
    "organisation; company account; related to; employer",
    # Who sent what, when.
    "rep": "rep; owner; sender; sent by; sales rep; sdr; bdr; agent; user; user name; assigned to; "
    "assigned; owner id; contact owner; account owner; lead owner; activity owner; caller; "
    "hubspot owner id; mailbox; from; from email; sending account; email account; sequence owner; "
    "created by; representative",
    "date": "date; day; sent date; date sent; sent at; sent on; created date; created at; "
    "activity date; call date; due date; timestamp; time; hs timestamp; completed at; "
    "completed date; completed date time; dialed at; sent time; event time; occurred at; "
    "event date; last contacted; contacted at; date contacted; send date; week; start time; "
    "call time; ts; date added; period; campaign date; date created; first contacted",
    "variant": "variant; ab variant; variation; arm; version; subject variant; sequence; "
    "sequence name; campaign; campaign name; template; template name; template id; cadence; "
    "cadence name; combination id; script; message; treatment; group; sequence id; campaign id",
    "step": "step; step number; sequence step; step index; index; step id; sequence step id; "
    "touch; step order; email step",
    "event": "event; event type; outcome; disposition; call disposition; call result; "
    "call outcome; result; status; state; action; activity; activity type; type; "
    "hs call disposition; call disposition id; outcome id; lead status; stage; "
    "reply type; category; event name",
    "direction": "direction; call direction; hs call direction; email direction; call type; "
    "hs email direction; inbound outbound",
    # What came of it, as counts of a summary or as marks of a prospect.
    "sent": "sent; emails sent; email sent; sends; total sent; prospects; contacted; "
    "prospects contacted; people contacted; total contacted; leads contacted; left voicemail; "
    "voicemails left; total people contacted; number sent; unique sent; invited; recipients; "
    "all calls left voicemail; deliveries attempted; voicemail left; schedule count",
    "delivered": "delivered; deliver count; delivered at; unique delivered; emails delivered; "
    "all emails delivered count; reached; delivered timestamp; deliveries; delivered count",
    "bounced": "bounced; bounce; bounces; bounce count; bounced at; email bounced; emails bounced; "
    "unique bounced; all emails bounced count; not delivered; hard bounced; total bounced; "
    "bounced emails; undelivered",
    "responses": "responses; response; responded; unique replies; unique replied; replied; "
    "replies; reply; reply count; replied at; all emails replied count; answered; answers; "
    "total replies; callbacks; called back; email replied; responded at; reply date; replied date",
    "automatic": "unique replies automatic; replies automatic; automatic replies; auto replies; "
    "auto replied; auto reply; out of office; all emails out of office count; ooo; autoresponder",
    "positive": "positive; positive replies; positive reply count; interested; positive reply; "
    "positive responses; hot; interested replies",
    "neutral": "neutral; neutral reply count; neutral replies",
    "negative": "negative; negative replies; negative reply count; negaitve reply count; "
    "not interested; negative reply; negative responses; all calls not interested",
    "optouts": "optouts; opt outs; opt out; opt out count; opted out; unsubscribed; unsubscribes; "
    "unsubscribe; unsubscribed at; optout; do not contact; unsubs",
    "meetings": "meetings; meeting; meetings held; meeting held; demoed; demos; demo held; "
    "meetings completed; meeting completed; scoping calls",
    "second_meetings": "second meetings; second meeting; second meetings held",
    "opportunities": "unique opportunities; opportunities; opportunity; opps; opportunity created",
    "wins": "wins; won; win; closed won; deals won; customers won",
    "amount": "amount; revenue won; amount won; won amount; money won",
    # What the rows are told apart by.
    "industry": "industry; sector; vertical; company industry",
    "location": "location; region; territory; geo; geography",
    "city": "city; address city; mailing city; contact city; person city",
    "state": "state province; province; address state; mailing state; person state; state region",
    "country": "country; address country; mailing country; country region",
    "title": "title; job title; jobtitle; role; position; person title; contact title",
    "company_size": "company size; employees; number of employees; employee count; headcount; "
    "num employees; size",
    "source": "source; lead source; list; lists; list name; lead list",
    "batch": "batch; wave; drop",
    # What is not counted, each with its reason elsewhere.
    "opens": "opens; open; opened; unique opens; unique opened; open count; opened at; email open; "
    "email opened; emails opened; all emails opened count; opened timestamp; hooked; total opens; "
    "report summary opens; openers; views; viewed; times opened",
    "clicks": "clicks; click; clicked; unique clicks; click count; clicked at; has click; "
    "all emails link clicked count; link clicks; subscriber clicks; unique clicked; "
    "report summary clicks; email clicked",
    "dials": "dials; dialed; calls; calls made; call attempts; call duration; duration; "
    "call duration in seconds; activities; touches; total calls; call count; all calls; talk time; "
    "attempts; connect attempts; hs call duration",
}

_ROLE = {
    phrase.strip(): (role, rank)
    for role, phrases in PHRASES.items()
    for rank, phrase in enumerate(phrases.split(";"))
}
#: Behind every phrase that is known word for word.
_ALIKE = 1_000
_RATE = re.compile(r"\b(?:rate|percent|percentage|pct|ratio|share)\b")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_a-zA-Z]+")
#: Less alike than this, two headers are two things.
_LIKENESS = 88


class Meaning(NamedTuple):
    """What a header probably means.

    Attributes:
        role: Its role.
        rank: 0 for the phrase that names the role best; 1,000 for one that is only alike.
    """

    role: str
    rank: int


def words_of(header: str) -> str:
    """A header as lower-case words.

    >>> words_of("hs_call_disposition"), words_of("WhoId"), words_of("# Employees")
    ('hs call disposition', 'who id', 'employees')
    """
    return " ".join(_WORD.findall(header)).lower()


def is_rate(header: str) -> bool:
    """Whether a header names a share, such as `Reply rate` or `Open %`."""
    return "%" in header or bool(_RATE.search(words_of(header)))


def of_rate(header: str) -> Meaning | None:
    """What a share is a share of.

    >>> of_rate("Reply rate").role, is_rate("Reply rate")
    ('responses', True)
    """
    return meaning(_RATE.sub("", words_of(header)))


@functools.lru_cache(maxsize=8192)
def meaning(header: str) -> Meaning | None:
    """The role of a column, or None for a header that is like none we know.

    >>> meaning("Rep"), meaning("Respones"), meaning("Favorite color")
    (Meaning(role='rep', rank=0), Meaning(role='responses', rank=1000), None)
    """
    words = words_of(header)
    known = _ROLE.get(words)
    if known:
        return Meaning(*known)
    if len(words) < 4:
        return None
    near = process.extractOne(words, list(_ROLE), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return None if near is None else Meaning(_ROLE[near[0]][0], _ALIKE)


def first_with(headers: Iterable[str], role: str) -> str | None:
    """The header that names this role best, or None."""
    found = [(header, meaning(header)) for header in headers]
    fitting = [(m.rank, header) for header, m in found if m and m.role == role]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None
