"""Syllables of English words, counted by rule: no dictionary to download, no model to load.

Groups of vowels are counted, then mended where spelling misleads: silent endings (`make`, `asked`,
`times`), a silent e inside (`management`), neighbors that are two sounds (`create`, `idea`).
"""

from __future__ import annotations

import functools
import re

_VOWELS = re.compile(r"[aeiouy]+")

#: Written and not heard: one fewer for each place.
_FEWER = re.compile(
    r"[^aeiouy]e$(?<![^aeiouyr]le)"  # make, whole; not table
    r"|(?:[^aeioudtyl]|[aeioury]l|ll)ed$"  # asked, called; not needed, settled
    r"|(?:[^aeioucgsxzhyl]|[aeioury]l|[pt]h)es$"  # times, rules; not changes, tables
    r"|(?<=[aeiouy])[nr]?[^aeiouyl]e(?:ly|ments?|less|ness|ful|fully|some)$"  # safely, hopeful
    r"|(?:some|there|where|here|home|time|life|more|one|side|base|name|note|price|sale|like|fore"
    r"|line|face|date|voice|note|code|space|store|ware|scale|trade|frame|type|nine|stake|whole)"
    r"(?=[bcdfghjklmnpqtvw][aeiouylrhw])(?!d$|s$|ly|ment|less|ness|ful)"  # sometimes
)

#: Neighbors that are two sounds: one more for each place.
_MORE = re.compile(
    r"(?<![ctsg])ia(?!g)|(?<=[^aeiouctsgx])io|(?<=[ct])iat|ciab|tiab"  # media, period, associate
    r"|(?<![qg])ua(?=[lrt])|(?<![qg])u(?=ou)"  # usual, continuous
    r"|(?<=[cp]r)ea(?=t)|(?<=id)ea|(?<=[^aeiou]r)ea(?=s?$)|(?<!\w)rea(?=l|ct)|(?<=ar)ea"
    r"|(?<=cl)ie(?=n)|(?<=[sd])cie|(?<![a-z])sci(?=e)|(?<=\bd)ie(?=t)|(?<=qu)ie(?=t)|(?<=soc)ie"
    r"|[aeiouy](?=ing)|(?<=[^aeiouy])eo(?!p|r?g)|(?<=[bdfgklmnprtv])ier$|(?<=[lnrt])iest$"
    r"|(?<=[aeiou]r)ie(?=nc)|(?<=p)oe|(?<=\bc)oo(?=p|r)|(?<=v)ue(?=.)(?!s|d)"
    r"|(?<=[^aeiouy])isms?$|(?<=[aou]y)er|(?<=[eo]y)[ao]"
)

#: What no rule gets right, and people write often.
_IRREGULAR = {
    word: count
    for count, words in {
        1: "real",
        2: "business critique elsewhere fashion layout layouts maybe opaque pipeline pipelines"
        " really someone unique union behalf",
        3: "acquire acquired anyone behavior businesses caveat desire desired employees entire"
        " everything everywhere forever medium moreover preamble ratio uniquely",
        4: "entirely intuitive recipient recipients coefficient specifically variety",
        5: "automatically proprietary",
    }.items()
    for word in words.split()
}


@functools.lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """The number of syllables of a word; 1 for what is no word.

    >>> [syllables(word) for word in ("email", "created", "sometimes", "business", "idea")]
    [2, 3, 2, 2, 3]
    """
    plain = word.lower().replace("’", "'")
    spoken_not = plain.endswith("n't") and plain[-4:-3] not in tuple("aeiour")  # did-n't
    letters = re.findall(r"[a-z]+", plain.replace("'", ""))
    return max(1, sum(map(_count, letters)) + spoken_not)


def _count(letters: str) -> int:
    if letters in _IRREGULAR:
        return _IRREGULAR[letters]
    groups = len(_VOWELS.findall(letters))
    if not groups:  # CRM, VP, HR: said letter by letter
        return len(letters) + 2 * letters.count("w")
    return max(1, groups - len(_FEWER.findall(letters)) + len(_MORE.findall(letters)))
