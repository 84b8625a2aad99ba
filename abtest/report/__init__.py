"""The waist: everything computed ends here, everything shown begins here.

A `Report` is frozen and plain. `to_dict` is the JSON of `abtest report` (contract, version 1); the
site and the text formats read the objects. An undefined value is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from abtest.errors import Finding
from abtest.insight import Insight
from abtest.plan import Plan
from abtest.report import notebook
from abtest.report.experiments import Check, ExperimentResult, NextSplit, Verdict
from abtest.report.portfolio import Discovery, Portfolio
from abtest.report.variants import ComparisonResult, Maturing, MetricResult, VariantResult

#: Version of the JSON; it changes when a key changes its meaning.
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a team on one day.

    Attributes:
        as_of: The day that counts as today.
        findings: The critique's findings, where the caller asked for them.
        insight: What lies beyond the verdicts, where the caller asked for it.
    """

    as_of: dt.date
    plan: Plan
    experiments: tuple[ExperimentResult, ...]
    portfolio: Portfolio
    findings: tuple[Finding, ...] = ()
    insight: Insight | None = None

    def __getitem__(self, name: str) -> ExperimentResult:
        for result in self.experiments:
            if result.id == name:
                return result
        raise KeyError(name)

    def __iter__(self) -> Iterator[ExperimentResult]:
        return iter(self.experiments)

    def __len__(self) -> int:
        return len(self.experiments)

    @property
    def version(self) -> int:
        """The version of the JSON."""
        return SCHEMA_VERSION

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `abtest report --format json`."""
        plan = self.plan
        return {
            "version": self.version,
            "as_of": self.as_of.isoformat(),
            "plan": {
                "target": plan.target,
                "metric": plan.metric,
                "alpha": plan.alpha,
                "response_window": plan.response_window,
                "smallest_effect": plan.smallest_effect,
                "metrics": {
                    m.name: {"count": m.count, "per": m.per, "target": m.target}
                    for m in plan.metrics
                },
            },
            "experiments": [result.to_dict() for result in self.experiments],
            "portfolio": self.portfolio.to_dict(),
        }

    def _repr_html_(self) -> str:
        return notebook.html(self)


__all__ = [
    "SCHEMA_VERSION",
    "Check",
    "ComparisonResult",
    "Discovery",
    "ExperimentResult",
    "Maturing",
    "MetricResult",
    "NextSplit",
    "Portfolio",
    "Report",
    "VariantResult",
    "Verdict",
]
