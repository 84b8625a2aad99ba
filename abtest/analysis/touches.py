"""What each touch of the cadences draws, and who was given up before the eighth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from abtest import wording
from abtest.assumptions import Assumptions
from abtest.insight import Rate, Touches
from abtest.model import Cohort, Variant
from abtest.stats.flow_results import TouchYield
from abtest.stats.proportion import estimate
from abtest.stats.touches import touch_yields


@dataclass(frozen=True, slots=True)
class Cadence:
    """A variant's touches and the rows that say which of them drew the answers.

    Attributes:
        touches: How many touches it has.
        reached: Prospects reached, of all rows.
        answered: Prospects who answered, of all rows.
        rows: Of each row that says so, prospects reached and answers by touch.
        all_rows: How many rows have answers.
    """

    touches: int
    reached: int
    answered: int
    rows: tuple[tuple[int, tuple[int, ...]], ...]
    all_rows: int

    @classmethod
    def of(cls, variant: Variant, mature: Iterable[Cohort]) -> Cadence:
        """A variant's cadence on these cohorts."""
        cohorts = tuple(mature)
        return cls(
            touches=len({touch.number for touch in variant.touches}),
            reached=sum(cohort.reached for cohort in cohorts),
            answered=sum(cohort.get("responses") for cohort in cohorts),
            rows=tuple((c.reached, c.responses_by_touch) for c in cohorts if c.responses_by_touch),
            all_rows=sum(cohort.get("responses") > 0 for cohort in cohorts),
        )


def by_touch(cadences: Iterable[Cadence], alpha: float) -> tuple[TouchYield, ...]:
    """The yield of each touch over cadences of any lengths; empty where no row says.

    Whoever has answered gets no further touch; whoever has not gets all that the cadence holds.
    """
    at_risk: list[int] = []
    drawn: list[int] = []
    for cadence in cadences:
        for silent, answers in cadence.rows:
            for i, answered in enumerate(_padded(answers, cadence.touches)):
                if i == len(at_risk):
                    at_risk.append(0)
                    drawn.append(0)
                at_risk[i] += silent
                drawn[i] += answered
                silent -= answered
    return touch_yields(at_risk, drawn, alpha=alpha)


def _padded(answers: Sequence[int], touches: int) -> list[int]:
    return [answers[i] if i < len(answers) else 0 for i in range(max(touches, len(answers)))]


def touches(cadences: Sequence[Cadence], assumptions: Assumptions, alpha: float) -> Touches | None:
    """Yield by touch, and the share given up early; None before anything was sent."""
    reached = sum(cadence.reached for cadence in cadences)
    if not reached:
        return None
    yields = by_touch(cadences, alpha)
    short = [c for c in cadences if c.touches < assumptions.number("touches_to_reach")]
    known = estimate(sum(c.reached - c.answered for c in short), reached, alpha=alpha)
    given_up = Rate(known.count, known.nobs, known.rate, known.interval, known.sequence)
    return Touches(
        yields=yields,
        rows=sum(len(cadence.rows) for cadence in cadences),
        all_rows=sum(cadence.all_rows for cadence in cadences),
        given_up=given_up,
        silent=sum(cadence.reached - cadence.answered for cadence in cadences),
        facts=(*_yield_facts(yields), _given_up_fact(given_up, assumptions)),
    )


def _yield_facts(yields: Sequence[TouchYield]) -> list[str]:
    if not yields:
        return ["No row says which touch drew its answers; write responses_by_touch to learn it."]
    facts = []
    if len(yields) > 1 and yields[0].interval and yields[-1].interval:
        first, last = yields[0], yields[-1]
        facts.append(
            f"Touch 1 draws {wording.percent(first.rate)} of those who get it "
            f"({wording.fraction(first.count, first.at_risk)}), touch {last.touch} "
            f"{wording.percent(last.rate)} ({wording.fraction(last.count, last.at_risk)}, "
            f"plausibly between {wording.between(yields[-1].interval)})."
        )
        facts.append(_later_share(yields))
    best = yields[-1]
    if best.answered_interval is not None:
        facts.append(
            f"Whoever gets all {len(yields)} touches answers with a chance of "
            f"{wording.percent(best.answered)} (plausibly between "
            f"{wording.between(best.answered_interval)})."
        )
    return facts


def _later_share(yields: Sequence[TouchYield]) -> str:
    drawn = [y.count for y in yields]
    return (
        f"{wording.fraction(sum(drawn[1:]), sum(drawn))} answers came after the first touch. "
        f"Those whom a touch did not draw are harder to draw than those it did, so a later touch "
        f"that draws less is not a worse one."
    )


def _given_up_fact(given_up: Rate, assumptions: Assumptions) -> str:
    needed = assumptions["touches_to_reach"]
    return (
        f"{wording.fraction(given_up.count, given_up.per)} prospects "
        f"({wording.percent(given_up.rate)}) were given up before touch {needed.value:g}; it "
        f"takes {needed} {needed.about}."
    )
