"""Git-native A/B tests and reviews of sales voicemails and emails.

The public names load on first use, so that `import abtest` costs nothing and the commands that
need no statistics never load them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abtest.analysis import analyze
    from abtest.critique.run import findings
    from abtest.errors import AbtestError, ContentError, Finding, Severity
    from abtest.messages.reader import load
    from abtest.model import Experiment, Experiments, Variant
    from abtest.report import Report
    from abtest.stats.anytime import confidence_sequence
    from abtest.stats.compare import compare
    from abtest.stats.planning import (
        more_needed,
        needed_for_difference,
        needed_for_target,
    )
    from abtest.stats.proportion import against_target
    from abtest.stats.results import Comparison, Interval, TargetTest

__version__ = "0.1.0"

_HOME = {
    "AbtestError": "abtest.errors",
    "Comparison": "abtest.stats.results",
    "ContentError": "abtest.errors",
    "Experiment": "abtest.model",
    "Experiments": "abtest.model",
    "Finding": "abtest.errors",
    "Interval": "abtest.stats.results",
    "Report": "abtest.report",
    "Severity": "abtest.errors",
    "TargetTest": "abtest.stats.results",
    "Variant": "abtest.model",
    "against_target": "abtest.stats.proportion",
    "analyze": "abtest.analysis",
    "compare": "abtest.stats.compare",
    "confidence_sequence": "abtest.stats.anytime",
    "findings": "abtest.critique.run",
    "load": "abtest.messages.reader",
    "more_needed": "abtest.stats.planning",
    "needed_for_difference": "abtest.stats.planning",
    "needed_for_target": "abtest.stats.planning",
}

__all__ = [
    "AbtestError",
    "Comparison",
    "ContentError",
    "Experiment",
    "Experiments",
    "Finding",
    "Interval",
    "Report",
    "Severity",
    "TargetTest",
    "Variant",
    "against_target",
    "analyze",
    "compare",
    "confidence_sequence",
    "findings",
    "load",
    "more_needed",
    "needed_for_difference",
    "needed_for_target",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
