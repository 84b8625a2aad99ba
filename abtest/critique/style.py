"""House styles: the sources disagree, so a team chooses whose advice it holds itself to.

A style switches rules off, changes how much they matter, and moves their numbers; plan.yml has the
last word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from abtest.critique import wordlists
from abtest.errors import Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abtest.critique.rule import Rule
    from abtest.plan import CritiqueSettings


@dataclass(frozen=True)
class Style:
    """The settings that hold for a team.

    Attributes:
        off: Codes that are switched off.
        severity: Code → the severity that stands for the rule's own.
        limits: Code → the numbers that stand for the rule's own.
    """

    off: frozenset[str]
    severity: Mapping[str, Severity]
    limits: Mapping[str, Mapping[str, float]]

    def has(self, rule: Rule) -> bool:
        """Is the rule switched on?"""
        return rule.CODE not in self.off

    def numbers(self, rule: Rule) -> Mapping[str, float]:
        """The rule's numbers in this style."""
        own = self.limits.get(rule.CODE)
        return {**rule.LIMITS, **own} if own else rule.LIMITS

    def weigh(self, rule: Rule, found: Severity | None) -> Severity:
        """How much a finding matters: never more than the critique may say."""
        if rule.CODE in self.severity:
            return max(self.severity[rule.CODE], Severity.WARNING, key=lambda s: s.rank)
        return found or rule.SEVERITY


def names() -> tuple[str, ...]:
    """The house styles that exist."""
    return tuple(wordlists.data("styles.yml"))


def style(settings: CritiqueSettings) -> Style:
    """The house style of a team, with its own changes.

    Raises:
        UsageError: There is no style of that name.
    """
    if settings.profile not in names():
        raise UsageError(
            f"There is no house style {settings.profile!r}; under 'critique' in plan.yml, "
            f"write one of: {', '.join(names())}."
        )
    chosen: dict[str, Any] = wordlists.data("styles.yml")[settings.profile] or {}
    severity = {**chosen.get("severity", {}), **settings.severity}
    return Style(
        off=frozenset([*chosen.get("off", ()), *settings.disable]),
        severity={code: Severity(value) for code, value in severity.items()},
        limits={
            code: {name: float(value) for name, value in numbers.items()}
            for code, numbers in chosen.get("limits", {}).items()
        },
    )
