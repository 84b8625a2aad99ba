"""Tokens: the words, numbers, merge fields and cues of a message, each with its place.

One pattern reads a text once; everything else in the critique works on its tokens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: Merge fields: `{{first_name}}`, `{{first_name|there}}` and the single-brace kind.
FIELD = r"(?:\{\{[^{}\n]*\}\}|\{[A-Za-z_][\w .|-]*\})"

#: Stage directions such as `[pause]`; in an email they are what a template left behind.
CUE = r"\[[^\[\]\n]{1,80}\]"

_ENDINGS = (
    "com|org|net|io|co|ai|app|dev|edu|gov|biz|info|ly|me|us|uk|de|fr|ca|eu|to|gl|example|test"
)
URL = (
    r"(?:(?:https?://|www\.)[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]"
    rf"|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{_ENDINGS})(?![\w@-])(?:/[^\s<>\"')\]]*[^\s<>\"')\].,;:!?])?)"
)
_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
_NUMBER = r"[$€£]?\d+(?:[.,:/-]\d+)*(?:[%+]|(?:st|nd|rd|th|k|m|x|am|pm)\b)?"
_WORD = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*(?:['’](?!\w))?"

_TOKEN = re.compile(
    f"(?P<field>{FIELD})|(?P<cue>{CUE})|(?P<email>{_EMAIL})|(?P<url>{URL})"
    f"|(?P<number>{_NUMBER})|(?P<word>{_WORD})",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A piece of a message.

    Attributes:
        kind: `word`, `number`, `field`, `cue`, `url` or `email`.
        text: As written.
        lower: In lower case, with straight apostrophes.
        start: Offset of its first character in the message.
        end: Offset after its last character.
    """

    kind: str
    text: str
    lower: str
    start: int
    end: int

    @property
    def is_prose(self) -> bool:
        """Is it something that is read or said, and not an instruction to the speaker?"""
        return self.kind != "cue"


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a text, in order.

    >>> [(token.kind, token.text) for token in tokens("Hi {{first_name}}, [pause] I'm at 555-0142")]
    [('word', 'Hi'), ('field', '{{first_name}}'), ('cue', '[pause]'), ('word', "I'm"), \
('word', 'at'), ('number', '555-0142')]
    """
    return tuple(
        Token(str(found.lastgroup), found[0], _plain(found[0]), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    )


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def field_name(field: str) -> str:
    """The name inside a merge field, without braces and fallback.

    >>> field_name("{{ first_name|there }}")
    'first_name'
    """
    return field.strip("{} ").partition("|")[0].strip()


def spoken_words(token: Token) -> int:
    """How many words it takes to say a token: digits are said in pairs, signs as a word.

    >>> [spoken_words(token) for token in tokens("call 555-0142 for $40 or 12%")]
    [1, 4, 1, 2, 1, 2]
    """
    if token.kind == "cue":
        return 0
    if token.kind == "number":
        digits = sum(map(str.isdigit, token.text))
        return (digits + 1) // 2 + any(sign in token.text for sign in "$€£%")
    if token.kind in ("url", "email"):
        return len(re.findall(r"\w+", token.text))
    return 1


#: Words about the prospect. Possessives of the sender are as much about the sender as "we".
YOU = frozenset(
    {"you", "your", "yours", "yourself", "yourselves", "you're", "you've", "you'll", "you'd"}
)

#: Words about the sender. "Me" and "us" are left out: "call me" is an ask, not a boast.
#: `about_sender` leaves out more: what the sender saw, sent or will do is done for the prospect.
SELF = frozenset(
    {"i", "my", "mine", "myself", "i'm", "i've", "i'll", "i'd"}
    | {"we", "our", "ours", "ourselves", "we're", "we've", "we'll", "we'd"}
)

_DONE = frozenset(
    {
        "sent",
        "wrote",
        "put",
        "saw",
        "see",
        "read",
        "heard",
        "hear",
        "drove",
        "went",
        "stood",
        "know",
    }
    | {"spoke", "left", "found", "took", "met", "told", "was", "were", "did", "get", "agree", "can"}
    | {"could", "will", "won't", "cannot", "can't", "promise", "understand", "made", "ran", "sat"}
    | {"came", "gave", "got", "brought", "caught", "guess", "mean", "still", "also", "just"}
)
_BOASTED = frozenset(
    {
        "wanted",
        "started",
        "founded",
        "needed",
        "hoped",
        "liked",
        "loved",
        "decided",
        "worked",
        "helped",
    }
    | {"created", "developed", "launched", "designed"}
)
_OFFERED = frozenset({"should", "shall", "may", "can", "could", "before", "if"})


def about_sender(lowered: tuple[str, ...]) -> int:
    """How often the words speak of the sender, but for what "I" saw, sent, offer or will do.

    >>> about_sender(("i", "sent", "our", "list", "since", "we", "are", "proud", "shall", "i"))
    2
    """
    padded = ("", *lowered, "")
    return sum(
        word in SELF and not _is_service(before, word, after)
        for before, word, after in zip(padded, lowered, padded[2:], strict=False)
    )


def _is_service(before: str, word: str, after: str) -> bool:
    if word in ("i'll", "we'll", "i'd"):
        return True
    if word == "my" and after in ("number", "email", "note", "last", "direct", "cell", "mobile"):
        return True
    done = after in _DONE or (after.endswith("ed") and after not in _BOASTED)
    return word in ("i", "i've") and (done or before in _OFFERED)


_DIGIT_WORD = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_SPELLED = rf"\b{_DIGIT_WORD}(?:[\s,.\-]+{_DIGIT_WORD}){{6,10}}\b"
_ONE_BY_ONE = r"(?<![\w-])\d(?:[-, ]+\d){6,10}(?![\w-])"
_NORTH_AMERICAN = r"(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-]?)\d{3}[ .-]?\d{4}"
_LOCAL = r"\d{3}[ .-]\d{4}|(?!(?:19|20)\d\d)\d{4}[ .]\d{4}"
_TRUNK = (
    r"\(?0\d{2,5}\)?[ .-]\d{3,4}(?:[ .-]?\d{3,5})?"
    r"|\(?0\d{1,4}\)?(?:(?: ?[./-] ?| )\d{2,4}){2,4}|0\d{2} \d{2} \d{2} \d{2}"
    r"|1[38]00 ?\d{3} ?\d{3}|0\d{8,10}"
)
_INTERNATIONAL = r"\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}"
_FIELD_FOR_ONE = (
    r"\{\{?\s*\w*(?:phone|callback|call_back|direct_line|direct_dial|mobile|my_number|_number)\w*"
    r"\s*(?:\|[^{}]*)?\}\}?"
)
_PHONE = re.compile(
    rf"{_FIELD_FOR_ONE}|{_SPELLED}|{_ONE_BY_ONE}"
    rf"|(?<![\w.$€£+-])(?:{_INTERNATIONAL}|{_NORTH_AMERICAN}|{_TRUNK}|{_LOCAL})(?![\w%-]|\.\d)",
    re.IGNORECASE,
)


def phones(text: str) -> tuple[re.Match[str], ...]:
    """Every telephone number: written, spelled out in words, or as a merge field.

    >>> [found[0] for found in phones("Call 555-0142, or five five five, oh one four two.")]
    ['555-0142', 'five five five, oh one four two']
    """
    return tuple(_PHONE.finditer(text))
