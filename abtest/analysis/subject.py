"""What an inquiry is about: a variant with everything known of it and of who got it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from abtest.assumptions import Assumptions
from abtest.errors import Finding
from abtest.model import Cohort, Experiment, Variant
from abtest.plan import Metric, Plan
from abtest.report import ExperimentResult, MetricResult, VariantResult
from abtest.stats.filters import propose
from abtest.stats.interaction import interactions
from abtest.stats.levels import Row
from abtest.stats.segment_results import Interaction, Judged, Segment
from abtest.stats.segments import segments


class Segmentation:
    """The segments of an experiment's prospects, found when first asked for.

    They are the same for all its variants, so that variants share one.
    """

    def __init__(self, table: list[Row], control: str, plan: Plan, cut: float) -> None:
        self._table, self._control, self._alpha, self._cut = table, control, plan.alpha, cut

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Every level of every dimension, over all variants."""
        return segments(self._table, alpha=self._alpha)

    @cached_property
    def suspected(self) -> tuple[Interaction, ...]:
        """Where the variants' difference may depend on the segment."""
        found = interactions(self._table, self._control, alpha=self._alpha)
        return tuple(one for one in found if one.suspected)

    @cached_property
    def filter(self) -> Judged | None:
        """Whom to leave alone, judged on the half that did not choose it."""
        return propose(self._table, cut=self._cut, alpha=self._alpha)


@dataclass(frozen=True, slots=True)
class Subject:
    """A variant under inquiry.

    Attributes:
        mature: Variant id → its cohorts that are old enough to judge.
        findings: What a critic says.
        segmentation: The segments of all prospects of the experiment.
    """

    result: ExperimentResult
    variant: VariantResult
    experiment: Experiment
    plan: Plan
    mature: Mapping[str, tuple[Cohort, ...]]
    findings: tuple[Finding, ...]
    assumptions: Assumptions
    segmentation: Segmentation

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
