"""EM012: Merge fields will be filled in.

## What it does

Flags merge fields that no tool fills: misspelled names (`{{fisrt_name}}`), half braces
(`{{first_name}`), and what a template left behind (`[First Name]`, `<Company>`, "Hi XXX").

## Why is this bad?

"Hi {{fisrt_name}}" reaches the prospect as it stands.
"""

import re
from collections.abc import Iterator, Mapping

from rapidfuzz.distance import DamerauLevenshtein

from abtest.critique import wordlists
from abtest.critique.views import MessageView, Problem
from abtest.critique.words import Token, field_name, tokens
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

_HALF = re.compile(r"\{\{[^{}\n]{0,40}\}(?!\})|\{\{[^{}\n]*$|(?<!\{)\{[\w .|-]{1,40}\}\}", re.M)
_LEFT_BEHIND = re.compile(
    r"[\[<](?:insert\b[^\]>\n]*|your\s+(?:name|company|title|number|phone)|(?:prospect|customer|client"
    r"|recipient|contact|company|first|last|full|competitor|industry|job|product|city)(?:[\s_-]?(?:name"
    r"|title|here))?|name|title|xx+)[\]>]|\bX{3,}\b|\bINSERT\s+[A-Z]+",
    re.IGNORECASE,
)


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each field that will not be filled in."""
    fields = [token for token in message.text.all_tokens if token.kind == "field"]
    for token in fields:
        near = _near(token, int(limits["slips"]), message)
        if near:
            yield message.problem(
                f"“{token.text}” is not a known merge field.",
                f"Did you mean “{{{{{near}}}}}”?",
                token.start,
            )
    for token in tokens(message.subject):
        near = _near(token, int(limits["slips"]), message) if token.kind == "field" else ""
        if near:
            yield message.subject_problem(
                f"“{token.text}” is not a known merge field.", f"Did you mean “{{{{{near}}}}}”?"
            )
    for found in [*_HALF.finditer(message.touch.text), *_LEFT_BEHIND.finditer(message.touch.text)]:
        yield message.problem(
            f"“{found[0]}” reaches the prospect as it stands.",
            "Write a merge field in two pairs of braces: “{{first_name|there}}”.",
            found.start(),
        )


def _near(token: Token, slips: int, message: MessageView) -> str:
    """The known field that a name nearly is; empty for known and for unlike names."""
    name = re.sub(r"[\s-]+", "_", field_name(token).lower())
    extra = message.variant.plan.critique.phrases.get("merge_fields", ())
    known = wordlists.words("merge_fields") | {field.lower() for field in extra}
    if name in known or name.replace("_", "") in {field.replace("_", "") for field in known}:
        return ""
    for field in sorted(known):
        if len(field) > 2 * slips and DamerauLevenshtein.distance(name, field) <= slips:
            return field
    return ""
