"""Anatomy of a message: greeting, body, sign-off and signature, footer, quoted text.

Only the body is prose that the rules on style may judge. What is left out of it is replaced by
spaces of the same length, so that every offset still points into the message as written.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from abtest.critique.patterns import Pattern
from abtest.critique.ways_out import OPT_OUT, is_footer
from abtest.critique.words import CUE, FIELD, URL

BODY, GREETING, SIGNATURE, QUOTED = "body", "greeting", "signature", "quoted"


class Line(NamedTuple):
    """A line, or the greeting that opens one: its place and what part of the message it is."""

    start: int
    end: int
    part: str


_GREETING = re.compile(
    rf"\s*(?:(?:hi|hello|hey|dear|greetings|howdy|good\s+(?:morning|afternoon|evening|day)"
    rf"|to\s+whom\s+it\s+may\s+concern|happy\s+\w+day)\b"
    rf"(?:{FIELD}|\b(?:Mr|Mrs|Ms|Dr|Prof)\.|[^\n,:!.?—–{{]){{0,45}}(?:[,:!.]|\s[—–-]|$)"
    rf"|{FIELD}\s*(?:[,:!]|\s?[—–-](?=\s|$)|$)"
    r"|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2}\s*(?:[,:!]|\s?[—–])\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_NAME_ALONE = re.compile(r"\s*[a-z]")

_QUOTE_HEAD = re.compile(
    r"\s*(?:On\s.{6,120}\swrote:|-{2,}\s*(?:Original|Forwarded)\s+Message|From:\s\S+.*|_{10,})\s*$",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"\s*(?:(?:all\s+the\s+|my\s+|with\s+)?best(?:\s+(?:regards|wishes))?|(?:many\s+|with\s+)?thanks"
    r"(?:\s+(?:again|so\s+much|in\s+advance|either\s+way))?"
    r"|thank\s+you(?:\s+(?:again|so\s+much|either\s+way))?|cheers|cordially|gratefully|fondly"
    r"|(?:with\s+)?(?:kind(?:est)?|warm(?:est)?|best|good)?\s*(?:regards|wishes)|sincerely|respectfully"
    r"|warmly|talk\s+soon|yours(?:\s+(?:truly|sincerely|faithfully))?|take\s+care|speak\s+soon"
    r"|until\s+then|have\s+a\s+(?:good|great|nice|lovely|fine)\s+\w+)"
    r"\s*(?:[,.!–—-]+\s*(?:[^\W\d_][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}|" + FIELD + r")?)?\s*$",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"\s*(?:--|—|–|_{2,9})\s*$")
_POSTSCRIPT = re.compile(r"\s*P\.?\s?(?:P\.?\s?)?S\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*•–·]|\d{1,2}[.)])\s+\S")

ADDRESS = Pattern(
    r"\b(?:P\.?\s?O\.?\s+)?Box\s+\d+"
    r"|\b\d{1,5}[a-z]?(?:[-/]\d+)?\s+(?:[NSEW]\.?\s+)?(?:[\w.’'-]+\s+){1,4}?"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Way|Dr|Drive|Ln|Lane|Ct|Court|Plaza|Sq|Square"
    r"|Pkwy|Parkway|Hwy|Highway|Pl|Place|Row|Terrace|Quay|Wharf|Circle|Pike|Alley|Loop|Trail"
    r"|Center|Centre|Mall|Park)\b"
    r"|\b(?:Suite|Ste\.?|Floor|Fl\.)\s+#?\w+"
    r"|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"
    r"|\{\{?\s*\w*address\w*[^{}]*\}\}?",
    flags=re.NOFLAG,
)
_SIGNATURE_FIELD = Pattern(r"\{\{?\s*\w*signature\w*[^{}]*\}\}?")
_CONTACT = re.compile(
    rf"{URL}|[\w.+-]+@[\w-]+\.\w|\+?\(?\d[\d ().-]{{5,}}\d|linkedin"
    r"|\{\{?\s*(?:my_|sender|rep_)\w*[^{}]*\}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:phone|tel|telephone|mobile|cell|office|direct|web|website|site|e-?mail|call|text|or|ext"
    r"|https?|www|find\s+us|visit|me|at|on)\b[.:]?|\b[a-z]:",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s[|/·•]\s")
_ENDS_PROSE = re.compile(r"[.!?:]['\"’”)]*\s*$")


def anatomy(text: str) -> tuple[Line, ...]:
    """Every line of an email with the part of the message it belongs to."""
    lines = _split(text)
    end = _start_of_quotes(text, lines)
    signature = _start_of_signature(text, lines[:end])
    found: list[Line] = []
    for number, (start, stop) in enumerate(lines):
        part = _part(text[start:stop], number, signature, end)
        found.append(Line(start, stop, part))
    return _with_postscript(text, _with_greeting(text, found))


def _split(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _part(line: str, number: int, signature: int, end: int) -> str:
    if number >= end or line.lstrip().startswith(">"):
        return QUOTED
    return SIGNATURE if number >= signature else BODY


def _start_of_quotes(text: str, lines: list[tuple[int, int]]) -> int:
    for number, (start, stop) in enumerate(lines):
        if number and _QUOTE_HEAD.match(text[start:stop]):
            return number
    return len(lines)


def _start_of_signature(text: str, lines: list[tuple[int, int]]) -> int:
    contents = [text[start:stop] for start, stop in lines]
    first = next((n for n, line in enumerate(contents) if line.strip()), 0)
    marked = [
        n for n, line in enumerate(contents) if n > first and _is_mark(line, contents[n + 1 :])
    ]
    if marked:
        return marked[0]
    number = last = _before_postscript(contents)
    while number > first + 1 and _may_be_signature(contents[number - 1]):
        number -= 1
    return number if number < last else len(contents)


def _before_postscript(lines: list[str]) -> int:
    """The number of lines before a postscript that ends the message."""
    for number in range(len(lines) - 1, 0, -1):
        if _POSTSCRIPT.match(lines[number]):
            return number
        if not lines[number].strip():
            break
    return len(lines)


def _is_mark(line: str, after: list[str]) -> bool:
    """Does a signature begin here: a sign-off or a delimiter, with no letter after it?"""
    if not (_SIGN_OFF.match(line) or _DELIMITER.match(line)):
        return False
    prose = [other for other in after if len(other.split()) > 9 and not OPT_OUT.search(other)]
    return all(_POSTSCRIPT.match(other) or ADDRESS.search(other) for other in prose) or (
        bool(_SIGN_OFF.match(line)) and len(prose) <= 1
    )


def _may_be_signature(line: str) -> bool:
    bare = line.strip()
    if not bare or _SIGNATURE_FIELD.search(bare):
        return True
    if _BULLET.match(bare) or bare.endswith("?"):
        return False
    sentences = re.split(r"(?<=[.!?])\s+", bare)
    if any(map(is_footer, sentences)):
        return all(map(_is_footer_part, sentences))
    words = len(bare.split())
    if words <= 14 and (ADDRESS.search(bare) or _SEPARATOR.search(bare)):
        return True
    if words <= 10 and _CONTACT.search(bare) and not re.search(r"[a-z][.!?]$", bare):
        return _is_title(_LABEL.sub(" ", _CONTACT.sub(" ", bare)))
    return words <= 6 and not _ENDS_PROSE.search(bare) and _is_title(bare)


def _is_footer_part(sentence: str) -> bool:
    """Is a sentence a way out, an address, or too short to be anything else?"""
    return is_footer(sentence) or bool(ADDRESS.search(sentence)) or len(sentence.split()) < 5


def _is_title(line: str) -> bool:
    """Is it a name, a job or a company: nothing but capitals, fields and little words?"""
    words = re.findall(rf"{FIELD}|[^\W\d_][\w’'.&-]*", line)
    capital = [w for w in words if w[0].isupper() or w[0] == "{"]
    small = [w for w in words if w in ("of", "at", "and", "for", "the", "de", "van", "von", "y")]
    return len(capital) + len(small) == len(words) and (bool(capital) or not words)


def _with_greeting(text: str, lines: list[Line]) -> list[Line]:
    """The lines, with the greeting cut from the first of the body."""
    for number, line in enumerate(lines):
        if line.part == BODY and text[line.start : line.end].strip():
            found = _GREETING.match(text, line.start, line.end)
            if found and _is_greeting(found[0]):
                greeting = Line(line.start, found.end(), GREETING)
                rest = Line(found.end(), line.end, BODY)
                return [*lines[:number], greeting, rest, *lines[number + 1 :]]
            break
    return lines


def _is_greeting(words: str) -> bool:
    # IGNORECASE serves "hi"; a name alone has to be written as one.
    known = re.match(r"\s*(?:hi|hello|hey|dear|greetings|howdy|good|to|happy|\{)", words, re.I)
    return bool(known) or not _NAME_ALONE.match(words)


def _with_postscript(text: str, lines: list[Line]) -> tuple[Line, ...]:
    """The lines, with a postscript after the signature counted as body, up to a blank line."""
    found, inside = [], False
    for line in lines:
        words = text[line.start : line.end]
        inside = bool(words.strip()) and (inside or bool(_POSTSCRIPT.match(words)))
        take = inside and line.part == SIGNATURE and not OPT_OUT.search(words)
        found.append(line._replace(part=BODY) if take else line)
    return tuple(found)


def is_bullet(line: str) -> bool:
    """Does a line begin with the mark of a list?"""
    return bool(_BULLET.match(line))


def prose(text: str, lines: tuple[Line, ...]) -> str:
    """The text with all but its body, and all cues, replaced by spaces of the same length."""
    kept = list(text)
    for line in lines:
        if line.part != BODY:
            kept[line.start : line.end] = " " * (line.end - line.start)
    return spoken("".join(kept))


_CUES = re.compile(CUE)


def spoken(text: str) -> str:
    """The text with its bracketed cues replaced by spaces of the same length."""
    return _CUES.sub(lambda found: " " * len(found[0]), text)
