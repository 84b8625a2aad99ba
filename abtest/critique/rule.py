"""Rule: one file in `rules/` that finds one thing, and is its own page and its own test.

To add a rule, add a file. Its docstring is the page: a title, then `## What it does` and
`## Why is this bad?`. `BAD` and `GOOD` are message files, or parts of them, that the tests read and
check. `check` yields a `Problem` for each thing found.
"""

from __future__ import annotations

import functools
import inspect
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from abtest.critique import wordlists
from abtest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from abtest.critique.views import Problem
    from abtest.errors import Severity


class Rule(Protocol):
    """What a module in `rules/` offers.

    Attributes:
        CODE: Such as `VM001`.
        SEVERITY: A warning, or an info; a critique is never an error.
        CHANNEL: What it is about: `message`, `voicemail`, `email`, `combo`, `cadence`, `profile`,
            `data`, `experiment` or `critique`.
        UNIT: What `check` is given: `message`, `variant`, `experiment` or `team`.
        ENGLISH: Does it read English, and so run only on English?
        EVIDENCE: Keys of `evidence.yml`; empty for plain sense.
        LIMITS: Name → number, which house styles may change.
        BAD: A file that it finds fault with.
        GOOD: The same, mended.
    """

    CODE: str
    SEVERITY: Severity
    CHANNEL: str
    UNIT: str
    ENGLISH: bool
    EVIDENCE: tuple[str, ...]
    LIMITS: Mapping[str, float]
    BAD: str
    GOOD: str
    __doc__: str | None

    def check(self, view: Any, limits: Mapping[str, float]) -> Iterator[Problem]:
        """Yield what is wrong with `view`."""


CHANNELS = {
    "message": "Voicemail and email",
    "voicemail": "Voicemail",
    "email": "Email",
    "combo": "Voicemail with email",
    "cadence": "Cadence",
    "profile": "Prospect profile",
    "data": "Results",
    "experiment": "Experiment",
    "critique": "Reviews and settings",
}


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their codes."""
    package = import_module("abtest.critique.rules")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(cast("Rule", import_module(f"{package.__name__}.{name}")) for name in names)


def find(code: str) -> Rule | None:
    """The rule with this code, None without one."""
    return next((rule for rule in all_rules() if code == rule.CODE), None)


def codes() -> tuple[str, ...]:
    """Every code that has a page: the rules, and what is held elsewhere in the project."""
    return tuple(sorted([*(rule.CODE for rule in all_rules()), *_elsewhere()]))


def title(code: str) -> str:
    """A rule's title, without its code.

    Raises:
        UsageError: There is no such rule.
    """
    rule = find(code)
    if rule is not None:
        return _documentation(rule).partition("\n")[0].partition(": ")[2]
    if code in _elsewhere():
        return str(_elsewhere()[code]["title"])
    raise UsageError(f"There is no rule {code!r}.")


def page(code: str) -> str:
    """A rule's page in Markdown.

    Raises:
        UsageError: There is no such rule.
    """
    rule = find(code)
    if rule is None:
        return _page_elsewhere(code)
    heading, _, body = _documentation(rule).partition("\n")
    parts = [f"# {heading}", _facts(rule), body.strip(), _evidence(rule), _example(rule)]
    return "\n\n".join([*filter(None, parts), _switch(rule)]) + "\n"


def _documentation(rule: Rule) -> str:
    return inspect.cleandoc(rule.__doc__ or "")


def _elsewhere() -> dict[str, Any]:
    return cast("dict[str, Any]", wordlists.data("elsewhere.yml"))


def _page_elsewhere(code: str) -> str:
    if code not in _elsewhere():
        raise UsageError(f"There is no rule {code!r}.")
    entry = _elsewhere()[code]
    return (
        f"# {code}: {entry['title']}\n\n*No rule of the critique: {entry['by']}.*\n\n"
        f"## What happens\n\n{entry['what']}\n\n## Why\n\n{entry['why']}\n"
    )


def _facts(rule: Rule) -> str:
    english = " · English only" if rule.ENGLISH else ""
    return f"*{CHANNELS[rule.CHANNEL]} · {rule.SEVERITY}{english}*"


def _evidence(rule: Rule) -> str:
    known = wordlists.data("evidence.yml")
    lines = ["## Evidence", ""]
    for key in rule.EVIDENCE:
        source = known["sources"][key]
        strength = known["strengths"][source["strength"]]
        lines.append(f"* {source['says']} *{source['from']}. Strength: {strength}.*")
    return "\n".join(lines) if rule.EVIDENCE else ""


def _example(rule: Rule) -> str:
    def fenced(text: str) -> str:
        return f"~~~text\n{text.strip()}\n~~~"

    return f"## Example\n\nNot this:\n\n{fenced(rule.BAD)}\n\nBut this:\n\n{fenced(rule.GOOD)}"


def _switch(rule: Rule) -> str:
    limits = "".join(f"\n* `{name}`: {value:g}" for name, value in rule.LIMITS.items())
    numbers = f"\n\nIts numbers, which a house style may change:\n{limits}" if limits else ""
    one = (
        f"For one message, with the reason, in its front matter:\n\n"
        f"~~~yaml\nignore:\n  {rule.CODE}: why it does not apply here\n~~~\n\n"
        if rule.UNIT in ("message", "variant")
        else ""
    )
    return (
        f"## How to switch it off\n\n{one}For the whole team, in `plan.yml`:\n\n"
        f"~~~yaml\ncritique:\n  disable: [{rule.CODE}]\n~~~\n\n"
        f"Or change how much it matters:\n\n"
        f"~~~yaml\ncritique:\n  severity: {{{rule.CODE}: info}}\n~~~{numbers}"
    )
