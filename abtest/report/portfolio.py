"""What a report says of all experiments together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Discovery:
    """One declared result, and whether it survives false discovery control over all of them."""

    experiment: str
    hypothesis: str
    log_e: float
    survives: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All experiments together: e-BH on the current e-values (Wang & Ramdas 2022).

    Attributes:
        hypotheses: How many were asked.
        discoveries: The declared results, strongest first.
        expected_false: Upper bound on the false ones among the survivors, alpha × survivors.
    """

    alpha: float
    hypotheses: int
    discoveries: tuple[Discovery, ...] = ()
    expected_false: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """As `portfolio` of the JSON."""
        return {
            "alpha": self.alpha,
            "hypotheses": self.hypotheses,
            "discoveries": [
                {
                    "experiment": found.experiment,
                    "hypothesis": found.hypothesis,
                    "log_e": found.log_e,
                    "survives": found.survives,
                }
                for found in self.discoveries
            ],
            "expected_false": self.expected_false,
        }
