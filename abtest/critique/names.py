"""Names: whom and what a message speaks of."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from abtest.critique.caller import called
from abtest.critique.capitals import is_everyday
from abtest.critique.words import field_name

if TYPE_CHECKING:
    from abtest.critique.text import Sentence, Text
    from abtest.critique.views import MessageView
    from abtest.critique.words import Token

#: Merge fields that any message has.
_FOR_EVERYONE = frozenset({"first_name", "last_name", "name", "full_name", "greeting", "date"})
_SENDER_FIELD = ("sender", "my_", "rep_", "signature", "unsubscribe", "calendar", "meeting_link")

_NUMBER_WORDS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
    | {"fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "hundred", "dozen", "third"}
    | {"thirteen", "fourteen", "sixteen", "seventeen", "eighteen", "nineteen", "seventy", "eighty"}
    | {"ninety", "dozens", "hundreds", "twice", "first", "fourth", "fifth"}
    | {"second", "half", "quarter", "thousand", "million", "double", "triple"}
)
_OFTEN_CAPITAL = frozenset(
    {"i", "i'm", "i've", "i'll", "i'd", "hi", "hello", "hey", "thanks", "p", "s", "ps", "ok", "vp"}
    | {"ceo", "cfo", "linkedin", "google", "zoom", "excel", "monday", "tuesday", "wednesday"}
    | {"thursday", "friday", "saturday", "sunday", "email", "voicemail"}
)
#: What a time to meet or a length of call says: no detail about the prospect.
_OF_TIME = frozenset({"minute", "minutes", "min", "mins", "seconds", "am", "pm", "o'clock"})


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
        and not (token.text.isupper() and is_everyday(token.text))
        and not token.lower.startswith("i'")
    )


def specifics(message: MessageView) -> bool:
    """Does a message hold a detail that fits only some prospects?"""
    variant = message.variant
    own = variant.own_names | called(message.text)
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
    parts = {token.lower, *token.lower.split("-")}
    return bool(parts & (_NUMBER_WORDS | _DAYS) or token.lower in profile)


_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"saturdays", "sundays", "mondays", "fridays", "weekend", "weekends"}
)


def _is_inside(token: Token, message: MessageView) -> bool:
    """Is a token part of a telephone number?"""
    return any(found.start() <= token.start < found.end() for found in message.text.phones)


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


#: What companies and people do who are not named: "distillers see", "clients of ours save".
_ANYBODY_DOES = frozenset(
    {
        "see",
        "save",
        "get",
        "report",
        "gain",
        "cut",
        "grow",
        "achieve",
        "enjoy",
        "experience",
        "find",
    }
    | {
        "lower",
        "reduce",
        "raise",
        "earn",
        "make",
        "win",
        "lose",
        "spend",
        "like",
        "using",
        "who",
        "that",
    }
    | {
        "increase",
        "improve",
        "boost",
        "double",
        "drop",
        "of",
        "have",
        "are",
        "typically",
        "usually",
    }
    | {
        "often",
        "can",
        "now",
        "on",
        "in",
        "with",
        "tell",
        "say",
        "love",
        "recover",
        "close",
        "convert",
    }
)


def _is_anybody(tokens: tuple[Token, ...]) -> bool:
    """Are it several who do something, as in "Distillers see" or "Law firms of ours save"?"""
    return any(
        noun.lower.endswith("s")
        and not noun.lower.endswith(("ss", "'s"))
        and (number == 0 or noun.text.islower())
        and verb.lower in _ANYBODY_DOES
        for number, (noun, verb) in enumerate(pairwise(tokens[:4]))
    )


def starts_with_name(sentence: Sentence) -> bool:
    """Is the first word of a sentence likely a name: a capital, and no everyday word?"""
    first = sentence.tokens[0]
    following = sentence.tokens[1].text if len(sentence.tokens) > 1 else ""
    return (
        first.kind == "field"
        or following[:1].isupper()
        or (
            first.kind == "word"
            and first.text[0].isupper()
            and first.lower not in _GENERIC
            and not _is_anybody(sentence.tokens)
        )
    )


def is_named(words: str, text: str) -> bool:
    """Is a phrase a name, written like one where the rest is not: "the auction at Last Chance"?"""
    parts = words.split()
    if len(parts) < 2 or not all(part[0].isupper() and not part.isupper() for part in parts):
        return False
    others = text.replace(words, " ").split()
    return any(word[0].islower() and len(word) > 3 for word in others)
