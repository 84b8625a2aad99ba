"""Words in capitals: abbreviations that nobody knows, and everyday words that shout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from abtest.critique import wordlists

if TYPE_CHECKING:
    from abtest.critique.views import MessageView
    from abtest.critique.words import Token

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
        and (token.lower in extra_words or (token.lower not in known and is_everyday(token.text)))
    )


def is_everyday(word: str) -> bool:
    """Is a word in capitals an everyday one, and no abbreviation?"""
    listed = word.lower() in wordlists.words("shouted")
    return listed or (len(word) > 6 and bool(_EVERYDAY.search(word)))


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
