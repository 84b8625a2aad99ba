"""EM012: Merge fields will be filled in.

## What it does

Flags merge fields that no tool fills: misspelled names (`{{fisrt_name}}`), half braces
(`{{first_name}`), and what a template left behind (`[First Name]`, `<Company>`, "Hi XXX"), in the
subject as in the body. What `abtest new` left behind is TM001's.

## Why is this bad?

"Hi {{fisrt_name}}" reaches the prospect as it stands.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from abtest.critique import wordlists
from abtest.critique.patterns import Pattern
from abtest.critique.views import MessageView, Problem
from abtest.critique.words import FIELD, field_name
from abtest.errors import Severity

CODE = "EM012"
SEVERITY = Severity.WARNING
CHANNEL = "email"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("deutsche-bank",)
LIMITS = {"slips": 2}
BAD = """
Hi {{fisrt_name}},

Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""
GOOD = """
Hi {{first_name|there}},

Your reps in Denver start Monday. Two teams near you got theirs to a first meeting in week two.
Worth a look?
"""

_FIELD = Pattern(FIELD, flags=re.NOFLAG)
_HALF = Pattern(r"\{\{[^{}\n]{0,40}\}(?!\})|\{\{[^{}\n]*$|(?<!\{)\{[\w .|-]{1,40}\}\}", flags=re.M)
_LEFT_BEHIND = Pattern(
    r"[\[<](?:insert\b[^\]>\n]*|your\s+(?:name|company|title|number|phone)|(?:prospect|customer|client"
    r"|recipient|contact|company|first|last|full|competitor|industry|job|product|city)(?:[\s_-]?(?:name"
    r"|title|here))?|name|title|xx+)[\]>]|\bX{3,}\b|\bINSERT\s+[A-Z]+"
    r"|%[A-Z]+(?:_[A-Z]+)?%|\*\|[A-Z_]+\|\*|\$\{\w+\}"
    r"|(?:(?<=hi )|(?<=dear ))\(?(?:first\s?|last\s?)?name\)?(?=\s*,)",
)

#: Capitalized words in brackets: “[School]”, “<Suburb>”; “[sic]” and “[pause]” are written small.
_BRACKETED = Pattern(
    r"\[[A-Z][A-Za-z]+(?:[ _-][A-Z][A-Za-z]+){0,3}\](?!\()"
    r"|<[A-Z][A-Za-z]+(?:[ _-][A-Z][A-Za-z]+){0,3}>",
    flags=re.NOFLAG,
)


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each field that will not be filled in."""
    slips = int(limits["slips"])
    for field in _FIELD.finditer(message.text.raw):
        if near := _near(field[0], slips, message):
            yield message.problem(*_unknown(field[0], near), field.start())
    for field in _FIELD.finditer(message.subject):
        if near := _near(field[0], slips, message):
            yield message.subject_problem(*_unknown(field[0], near))
    for found in _leftovers(message.text.raw):
        yield message.problem(*_left_behind(found[0]), found.start())
    for found in _leftovers(message.subject):
        yield message.subject_problem(*_left_behind(found[0]))


def _left_behind(words: str) -> tuple[str, str]:
    return (
        f"“{words}” reaches the prospect as it stands.",
        "Write a merge field in two pairs of braces: “{{first_name|there}}”.",
    )


def _leftovers(text: str) -> Iterator[re.Match[str]]:
    """Half braces, and what a template left behind, but for what TM001 finds."""
    ours = wordlists.data("phrases/placeholders.yml")
    seen: set[int] = set()
    for pattern in (_HALF, _LEFT_BEHIND, _BRACKETED):
        for found in pattern.finditer(text):
            if found[0] not in ours and found.start() not in seen:
                seen.add(found.start())
                yield found


def _unknown(field: str, near: str) -> tuple[str, str]:
    return f"“{field}” is not a known merge field.", f"Did you mean “{{{{{near}}}}}”?"


def _near(field: str, slips: int, message: MessageView) -> str:
    """The known field that one nearly is; empty for known and for unlike names."""
    name = re.sub(r"[\s-]+", "_", field_name(field).lower())
    extra = message.variant.plan.critique.phrases.get("merge_fields", ())
    known = wordlists.words("merge_fields") | {name.lower() for name in extra}
    if name in known or name.replace("_", "") in {field.replace("_", "") for field in known}:
        return ""
    from rapidfuzz.distance import DamerauLevenshtein  # not before it is needed: it loads slowly

    swapped = _with_letters_swapped(name, known)
    if swapped:
        return swapped
    for other in sorted(known):
        if len(other) > 2 * slips and DamerauLevenshtein.distance(name, other) <= slips:
            return other
    return ""


def _with_letters_swapped(name: str, known: Collection[str]) -> str:
    """A team's own field whose parts are known words but for their letters' order, put right."""
    parts = {part for field in known for part in field.split("_") if len(part) > 3}
    mended = [
        next((p for p in parts if sorted(p) == sorted(part)), part) if part not in parts else part
        for part in name.split("_")
    ]
    return "_".join(mended) if mended != name.split("_") else ""
