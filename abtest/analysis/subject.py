"""What an inquiry is about: a variant with everything known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from abtest.assumptions import Assumptions
from abtest.errors import Finding
from abtest.model import Cohort, Experiment, Variant
from abtest.plan import Metric, Plan
from abtest.report import ExperimentResult, MetricResult, VariantResult


@dataclass(frozen=True, slots=True)
class Subject:
    """A variant under inquiry.

    Attributes:
        mature: Variant id → its cohorts that are old enough to judge.
        findings: What a critic says.
    """

    result: ExperimentResult
    variant: VariantResult
    experiment: Experiment
    plan: Plan
    mature: Mapping[str, tuple[Cohort, ...]]
    findings: tuple[Finding, ...]
    assumptions: Assumptions

    @property
    def metric(self) -> MetricResult:
        """The primary metric, as it was judged."""
        return self.variant.metrics[self.result.metric]

    @property
    def counted(self) -> Metric:
        """What the primary metric counts, and out of what."""
        return self.plan.metric_named(self.result.metric)

    @property
    def words(self) -> Variant:
        """What was said."""
        assert self.variant.variant is not None
        return self.variant.variant

    @property
    def cohorts(self) -> tuple[Cohort, ...]:
        """The variant's own cohorts that are old enough."""
        return self.mature[self.variant.id]
