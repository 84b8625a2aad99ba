"""Why is a variant below target? Expectations first, then the profile, and only then the words.

The inquiry stops at the first step that fails: whoever rewrites a message that nobody can judge
yet, or that went to the wrong people, learns nothing and loses a message that may be good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from abtest.analysis import cohorts
from abtest.analysis.crowd import examine_profile
from abtest.analysis.expectations import examine_expectations
from abtest.analysis.experiments import judge_experiment
from abtest.analysis.segments import rows
from abtest.analysis.subject import Segmentation, Subject
from abtest.analysis.words import examine_words
from abtest.assumptions import Assumptions
from abtest.errors import Finding, UsageError
from abtest.insight import Inquiry, Investigation, StepState
from abtest.model import Experiments
from abtest.plan import Plan
from abtest.report import ExperimentResult, VariantResult

#: The steps, in the order in which they are asked.
_STEPS: tuple[tuple[str, str, Callable[[Subject], Inquiry]], ...] = (
    ("expectations", "Are our expectations in line?", examine_expectations),
    ("profile", "Did it go to the right people?", examine_profile),
    ("message", "Is it the words?", examine_words),
)


def investigate(
    experiments: Experiments,
    name: str,
    *,
    as_of: dt.date,
    findings: Iterable[Finding] = (),
    assumptions: Assumptions | None = None,
    because: str = "",
) -> Investigation:
    """Ask why a variant is below target.

    Args:
        experiments: As `load` returns them.
        name: `<experiment>/<variant>`.
        as_of: The day that counts as today.
        findings: What a critic says about the variant.
        assumptions: Numbers of hearsay; the defaults without.
        because: A reason for going on to the words although an earlier step fails.

    Raises:
        UsageError: There is no such variant.
    """
    home, _, local = name.partition("/")
    experiment = experiments.get(home)
    if experiment is None or local not in experiment.variants:
        known = [f"{e.id}/{v}" for e in experiments.values() for v in e.variants]
        raise UsageError(f"There is no variant {name!r}. There is {', '.join(known) or 'none'}.")
    result = judge_experiment(experiment, experiments.plan, as_of)
    inquest = Inquest(
        result, experiments.plan, as_of, tuple(findings), assumptions or Assumptions()
    )
    return inquest.investigate(result[local], because)


class Inquest:
    """One experiment under inquiry; its variants share what holds for all of them."""

    def __init__(
        self,
        result: ExperimentResult,
        plan: Plan,
        as_of: dt.date,
        findings: tuple[Finding, ...],
        assumptions: Assumptions,
    ) -> None:
        assert result.experiment is not None
        self._result, self._experiment, self._plan = result, result.experiment, plan
        self._findings, self._assumptions = findings, assumptions
        self._mature = {
            v.id: cohorts.split(v.cohorts, as_of=as_of, window=plan.response_window).mature
            for v in self._experiment
        }
        self._segmentation = Segmentation(
            rows(self._mature, plan.metric_named(result.metric)),
            f"{result.id}/{self._experiment.control}",
            plan,
            assumptions.number("unfit_share"),
        )

    def investigate(self, variant: VariantResult, because: str = "") -> Investigation:
        """Ask why one of its variants is below target."""
        subject = Subject(
            result=self._result,
            variant=variant,
            experiment=self._experiment,
            plan=self._plan,
            mature=self._mature,
            findings=self._findings,
            assumptions=self._assumptions,
            segmentation=self._segmentation,
        )
        return Investigation(
            id=variant.id,
            title=variant.title,
            experiment=self._result.title,
            steps=_ask(subject, because),
            because=because,
            sample=self._result.sample,
        )


def _ask(subject: Subject, because: str) -> tuple[Inquiry, ...]:
    steps: list[Inquiry] = []
    stopped = False
    for name, question, examine in _STEPS:
        if stopped and not because:
            steps.append(Inquiry(name, question, StepState.NOT_REACHED, "Not asked yet."))
            continue
        steps.append(examine(subject))
        stopped = stopped or steps[-1].state is StepState.STOPPED
    return tuple(steps)
