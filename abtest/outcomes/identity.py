"""Who is who: one spelling for each prospect, and a salted hash where it must be remembered."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

#: Roles of columns that tell prospects apart, the best first.
IDENTITIES = ("email", "prospect_id", "phone", "linkedin")

#: Cells that name nobody.
_NOBODY = frozenset({"", "-", "n/a", "na", "none", "null", "unknown", "#n/a"})
_NORTH_AMERICAN = 10
_PERSONAL = re.compile(r"@|\d[\d ().-]{7,}\d")


def normalized(kind: str, text: str) -> str:
    """One spelling of an identity, empty where the cell names nobody.

    >>> normalized("email", " Ann.Lee@Example.com ")
    'ann.lee@example.com'
    >>> normalized("phone", "+1 (512) 555-0100") == normalized("phone", "512.555.0100")
    True
    >>> normalized("linkedin", "https://www.linkedin.com/in/ann-lee/?trk=x")
    'ann-lee'
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in _NOBODY:
        return ""
    if kind == "email":
        return plain.removeprefix("mailto:").strip("<>")
    if kind == "phone":
        digits = re.sub(r"\D", "", plain).removeprefix("00")
        return digits[1:] if len(digits) > _NORTH_AMERICAN and digits[0] == "1" else digits
    if kind == "linkedin":
        return plain.partition("?")[0].rstrip("/").rpartition("/")[2]
    return plain


def looks_personal(text: str) -> bool:
    """Whether a text holds something like an email address or a telephone number.

    >>> looks_personal("ann@x.example"), looks_personal("(512) 555-0100"), looks_personal("51-200")
    (True, True, False)
    """
    return bool(_PERSONAL.search(text))


class Pseudonyms:
    """Names that tell prospects apart and say nothing about them to who has no salt."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def of(self, identity: str) -> str:
        """The pseudonym of a normalized identity: HMAC-SHA256, RFC 2104, 32 hex digits."""
        return self.digest("prospect", identity).hex()[:32]

    def digest(self, *parts: str) -> bytes:
        """A keyed hash of several texts; no two lists of texts are hashed as one.

        >>> a = Pseudonyms(b"salt")
        >>> a.digest("ab", "c") == a.digest("a", "bc")
        False
        """
        message = "".join(f"{len(part)}:{part}" for part in parts).encode()
        return hmac.digest(self._salt, message, hashlib.sha256)
