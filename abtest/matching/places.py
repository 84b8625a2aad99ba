"""Places: the states of the United States with their abbreviations, and the names of countries."""

from __future__ import annotations

import re

_STATES = (
    "AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; "
    "DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; "
    "IL Illinois; IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; ME Maine; "
    "MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; "
    "MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; "
    "NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; "
    "PA Pennsylvania; RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; "
    "UT Utah; VT Vermont; VA Virginia; WA Washington; WV West Virginia; WI Wisconsin; WY Wyoming"
)
_STATE = {
    abbreviation.casefold(): name.casefold()
    for abbreviation, _, name in (entry.strip().partition(" ") for entry in _STATES.split(";"))
}
_NAMES = frozenset(_STATE.values())
_COUNTRY = {
    "us": "united states",
    "usa": "united states",
    "u.s.": "united states",
    "u.s.a.": "united states",
    "united states of america": "united states",
    "america": "united states",
    "uk": "united kingdom",
    "gb": "united kingdom",
    "great britain": "united kingdom",
    "england": "united kingdom",
    "deutschland": "germany",
}


def places_of(text: str) -> tuple[str, ...]:
    """The places that a text names, written out, with the country that a state lies in.

    >>> places_of("Denver, CO")
    ('denver', 'colorado', 'united states')
    >>> places_of("Greater Denver Area, USA")
    ('denver', 'united states')
    """
    found = []
    for part in re.split(r"\s*[,;/|]\s*", text.casefold()):
        plain = re.sub(r"^(?:greater|the)\s+|\s+(?:metropolitan\s+)?(?:area|metro|region)$", "",
                       part.strip())  # fmt: skip
        if plain:
            name = _COUNTRY.get(plain) or _STATE.get(plain, plain)
            found.append(name)
            if name in _NAMES:
                found.append("united states")
    return tuple(dict.fromkeys(found))
