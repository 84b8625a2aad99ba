"""Names: who and what a message speaks of, and whose names they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from abtest.critique import wordlists
from abtest.critique.words import FIELD, field_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abtest.critique.text import Sentence, Text
    from abtest.critique.views import MessageView
    from abtest.critique.words import Token

#: A person's name, or the merge field that stands for it.
NAME = (
    rf"(?:{FIELD}|[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.\s+)?(?:de|van|von|da|del|bin|al)?\s*"
    r"[A-Z][\w'’-]+){0,2})"
)

#: A company's name, or its merge field.
COMPANY = rf"(?:{FIELD}|(?:[A-Z]|\d[\w-]*[A-Za-z])[\w&'’.-]*(?:\s+(?:[A-Z][\w&'’-]*|&))*)"

_PREPOSITION = r"(?:over\s+)?(?:at|with|from|of|for|on\s+behalf\s+of|representing)"

_NO_NAME = (
    r"(?!(?:You|Your|We|Our|The|This|That|They|It|I|I['’]m|Two|Three|And|But|So|In|At|On|If|My)\b)"
)

#: A name with its company: "Sam Ortiz here, calling from Brightline", "this is Sam, Brightline".
_WITH_COMPANY = re.compile(
    rf"(?<!\w){_NO_NAME}{NAME}(?:[,\s]+(?:[a-z'’-]+|I(?:['’]m)?)){{0,7}}?,?\s+{_PREPOSITION}\s+"
    rf"(?:the\s+)?{_NO_NAME}{COMPANY}"
    rf"|\b(?:[Tt]his\s+is|[Ii]t['’]s)\s+{NAME},\s+{_NO_NAME}{COMPANY}"
)
_LISTED = re.compile(
    rf"(?<!\w){_NO_NAME}{NAME},\s+{_NO_NAME}{COMPANY},\s+(?:\(?\d|\{{|my\b|on\b|here\b)"
)

#: A name that is said to be the speaker's: "this is Sam".
INTRODUCTION = re.compile(
    r"\b(?:[Tt]his\s+is|[Tt]his['’]s|[Ii]t['’]s|[Ii]t\s+is|[Mm]y\s+name\s+is|[Mm]y\s+name['’]s"
    rf"|[Nn]ame['’]s|I['’]m|I\s+am)\s+{NAME}|(?!I\b){NAME}\s+(?:here|calling|speaking)\b"
)
_HELLO = re.compile(rf"\s*(?:[Hh]i|[Hh]ello|[Hh]ey|[Gg]ood\s+\w+)[,\s]+{NAME}|\s*{NAME},")

#: Merge fields that any message has.
_FOR_EVERYONE = frozenset({"first_name", "last_name", "name", "full_name", "greeting", "date"})
_SENDER_FIELD = ("sender", "my_", "rep_", "signature", "unsubscribe", "calendar", "meeting_link")

_NUMBER_WORDS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
    | {"fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "hundred", "dozen", "third"}
    | {"second", "half", "quarter", "thousand", "million", "double", "triple"}
)
_OFTEN_CAPITAL = frozenset(
    {"i", "i'm", "i've", "i'll", "i'd", "hi", "hello", "hey", "thanks", "p", "s", "ps", "ok", "vp"}
    | {"ceo", "cfo", "linkedin", "google", "zoom", "excel", "monday", "tuesday", "wednesday"}
    | {"thursday", "friday", "saturday", "sunday", "email", "voicemail"}
)
#: What a time to meet or a length of call says: no detail about the prospect.
_OF_TIME = frozenset({"minute", "minutes", "min", "mins", "seconds", "am", "pm", "o'clock"})


def company_named(opening: str) -> re.Match[str] | None:
    """Where a voicemail's opening says a name with its company, beside the prospect's own name."""
    hello = _HELLO.match(opening)
    return _WITH_COMPANY.search(opening, hello.end() if hello else 0) or _LISTED.search(opening)


def has_any(text: str, names: Iterable[str]) -> bool:
    """Does a text hold one of these names as a word, in any case?"""
    return any(
        name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        for name in names
    )


def names(text: Text, own: frozenset[str]) -> tuple[Token, ...]:
    """Proper nouns of the body that are not the sender's: capitalized inside a sentence."""
    return tuple(
        token
        for sentence in text.sentences
        for number, token in enumerate(sentence.tokens)
        if number and _is_name(token) and token.lower.removesuffix("'s") not in own
    )


def _is_name(token: Token) -> bool:
    return (
        token.kind == "word"
        and token.text[0].isupper()
        and token.lower not in _OFTEN_CAPITAL
        and not (token.text.isupper() and _is_everyday(token.text))
        and not token.lower.startswith(("i'", "hi"))
    )


def specifics(message: MessageView) -> bool:
    """Does a message hold a detail that fits only some prospects?"""
    variant = message.variant
    own = variant.own_names | _called(message)
    if any(token.lower.removesuffix("'s") not in own for token in names(message.text, own)):
        return True
    tokens = message.text.tokens
    following = [*(token.lower for token in tokens[1:]), ""]
    return any(
        _is_detail(token, after, variant.profile_words)
        for token, after in zip(tokens, following, strict=False)
        if not _is_inside(token, message)
    )


def _is_detail(token: Token, after: str, profile: frozenset[str]) -> bool:
    if token.kind == "field":
        name = field_name(token.text).lower()
        return name not in _FOR_EVERYONE and not name.startswith(_SENDER_FIELD)
    if after in _OF_TIME:
        return False
    if token.kind == "number":
        return True
    return token.lower in _NUMBER_WORDS or token.lower in _DAYS or token.lower in profile


_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"saturdays", "sundays", "mondays", "fridays", "weekend", "weekends"}
)


def _is_inside(token: Token, message: MessageView) -> bool:
    """Is a token part of a telephone number?"""
    return any(found.start() <= token.start < found.end() for found in message.text.phones)


def _called(message: MessageView) -> frozenset[str]:
    """Names that a voicemail opens with: the prospect's and the caller's, with the company."""
    tokens = message.text.tokens[:20]
    if message.text.channel != "voicemail" or not tokens:
        return frozenset()
    opening = message.text.prose[: tokens[-1].end]
    patterns = (_HELLO.match, company_named, INTRODUCTION.search)
    said = " ".join(found[0] for found in (look(opening) for look in patterns) if found)
    return frozenset(word.strip(".,;:").lower().removesuffix("'s") for word in said.split())


def unknown_acronyms(message: MessageView, shortest: int = 2) -> tuple[Token, ...]:
    """Short forms in capitals that are not common, nor the sender's, nor from the profile."""
    variant = message.variant
    extra = variant.plan.critique.phrases.get("acronyms", ())
    known = wordlists.words("acronyms") | {word.lower() for word in extra}
    known |= wordlists.words("shouted") | variant.own_names | variant.profile_words
    return tuple(
        token
        for token in message.text.tokens
        if token.kind == "word"
        and shortest <= len(token.text) <= 6
        and token.text.isupper()
        and token.lower not in known
        and f"({token.text})" not in message.text.raw
    )


#: Endings of everyday words: nothing in capitals that ends so is an abbreviation.
_EVERYDAY = re.compile(r"(?:ING|ED|LY|TIONS?|NESS|MENTS?|EST|ABLE|IBLE|IVE)$")


def shouted(
    tokens: tuple[Token, ...], extra: tuple[str, ...] = (), shortest: int = 4
) -> tuple[Token, ...]:
    """Everyday words in capitals, of at least `shortest` letters."""
    extra_words = {word.lower() for word in extra}
    known = wordlists.words("acronyms")
    return tuple(
        token
        for token in tokens
        if token.kind == "word"
        and len(token.text) >= shortest
        and token.text.isupper()
        and (token.lower in extra_words or (token.lower not in known and _is_everyday(token.text)))
    )


def _is_everyday(word: str) -> bool:
    """Is a word in capitals an everyday one, and no abbreviation?"""
    listed = word.lower() in wordlists.words("shouted")
    return listed or (len(word) > 6 and bool(_EVERYDAY.search(word)))


_GENERIC = frozenset(
    {"we", "our", "i", "my", "you", "your", "this", "that", "these", "those", "they", "it", "its"}
    | {"most", "many", "some", "all", "every", "each", "companies", "customers", "clients", "teams"}
    | {
        "users",
        "people",
        "reps",
        "leaders",
        "businesses",
        "firms",
        "results",
        "studies",
        "research",
    }
    | {"on", "in", "with", "by", "for", "after", "imagine", "what", "how", "did", "the", "a", "an"}
    | {
        "new",
        "other",
        "others",
        "more",
        "if",
        "when",
        "since",
        "within",
        "clinics",
        "stores",
        "plants",
    }
    | {
        "average",
        "typical",
        "typically",
        "get",
        "increase",
        "boost",
        "double",
        "save",
        "cut",
        "grow",
    }
    | {"reduce", "improve", "raise", "earn", "at", "there", "and", "but", "so", "up", "nearly"}
    | {
        "managers",
        "owners",
        "operators",
        "because",
        "just",
        "with",
        "without",
        "one",
        "organizations",
    }
)


def starts_with_name(sentence: Sentence) -> bool:
    """Is the first word of a sentence likely a name: a capital, and no everyday word?"""
    first = sentence.tokens[0]
    following = sentence.tokens[1].text if len(sentence.tokens) > 1 else ""
    return (
        first.kind == "field"
        or following[:1].isupper()
        or (first.kind == "word" and first.text[0].isupper() and first.lower not in _GENERIC)
    )
