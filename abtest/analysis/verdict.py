"""What an experiment says, in one sentence, and what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from abtest import wording
from abtest.model import Decision
from abtest.report import Check, ComparisonResult, VariantResult, Verdict
from abtest.stats.results import PairState, TargetState, TargetTest

_TOO_EARLY = "Too early to say"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a verdict is drawn from.

    Attributes:
        control: Id of the control.
        winner: Id of the variant that beats every other, or None.
        comparisons: Each variant with the control.
        matures: The day on which more results can be judged, None where none are waiting.
    """

    metric: str
    control: str
    variants: Sequence[VariantResult]
    comparisons: Sequence[ComparisonResult]
    checks: Sequence[Check]
    winner: str | None
    fixed: int | None
    matures: dt.date | None
    status: str = "running"
    decision: Decision | None = None

    def check(self, name: str) -> Check | None:
        """The check called `name`."""
        return next((check for check in self.checks if check.name == name), None)

    def variant(self, name: str) -> VariantResult:
        """The variant with this id."""
        return next(variant for variant in self.variants if variant.id == name)


def draw(evidence: Evidence) -> Verdict:
    """The verdict on the numbers; what to do next is over once the team has decided."""
    verdict = _on_numbers(evidence)
    if evidence.status not in ("decided", "archived"):
        return verdict
    headline = verdict.headline.replace(_TOO_EARLY, "The numbers do not tell")
    return replace(verdict, headline=headline, next=_decided(evidence))


def _decided(evidence: Evidence) -> str:
    decision = evidence.decision
    if decision is None:
        return "Nothing: this experiment is over, and no decision was noted."
    kept = next((v.title for v in evidence.variants if v.id.endswith(f"/{decision.keep}")), None)
    keep = "keep none of them" if kept is None else f"keep {wording.quoted(kept)}"
    return " ".join(filter(None, [f"Decided on {decision.date}: {keep}.", decision.why]))


def _on_numbers(evidence: Evidence) -> Verdict:
    """Refused comparisons first, then the winner, then what is known."""
    if not any(variant.metrics[evidence.metric].per for variant in evidence.variants):
        return _no_data(evidence)
    entangled = evidence.check("rep_imbalance")
    if entangled is not None and entangled.ok is False:
        return Verdict("invalid", None, entangled.sentence, entangled.advice)
    if len(evidence.variants) == 1:
        return _alone(evidence.variants[0])
    if evidence.fixed is not None and _withheld(evidence):
        return _waiting(evidence)
    if evidence.winner is not None:
        return _winner(evidence)
    states = {pair.test.state for pair in evidence.comparisons}
    if states == {PairState.NO_DIFFERENCE}:
        return _no_difference(evidence)
    return _undecided(evidence)


def _no_data(evidence: Evidence) -> Verdict:
    waiting = sum(variant.maturing.sent for variant in evidence.variants)
    if not waiting:
        return Verdict(
            "no_data",
            None,
            "Nothing has been sent yet.",
            "Send each variant to its share of the list and record the counts: abtest record.",
        )
    when = f" from {evidence.matures.isoformat()} on" if evidence.matures else ""
    return Verdict(
        "no_data",
        None,
        f"{waiting:,} prospects were contacted, none long enough ago to judge.",
        f"Keep recording their answers; they are judged{when}.",
    )


def _alone(variant: VariantResult) -> Verdict:
    return Verdict(
        "undecided",
        None,
        variant.sentence,
        "Add a second variant to learn which words work better.",
    )


def _withheld(evidence: Evidence) -> bool:
    return any(
        variant.metrics[evidence.metric].per < (evidence.fixed or 0)
        for variant in evidence.variants
    )


def _waiting(evidence: Evidence) -> Verdict:
    least = min(variant.metrics[evidence.metric].per for variant in evidence.variants)
    return Verdict(
        "undecided",
        None,
        f"Judged once, at {evidence.fixed:,} prospects per variant; the smallest has {least:,}.",
        "Keep sending as planned. Nothing is judged before the planned number is reached.",
    )


def _winner(evidence: Evidence) -> Verdict:
    best = evidence.variant(evidence.winner or "")
    metric = best.metrics[evidence.metric]
    others = wording.listed(
        [
            f"{wording.percent(v.metrics[evidence.metric].rate)} with {wording.quoted(v.title)}"
            for v in evidence.variants
            if v is not best
        ]
    )
    counted = f"{wording.percent(metric.rate)} {wording.did(metric.name)}"
    headline = f"{wording.quoted(best.title)} wins: {counted}, against {others}."
    guard = evidence.check("guardrails")
    if guard is not None and guard.ok is False:
        headline = f"Careful: {guard.sentence} {headline}"
        return Verdict("winner", best.id, headline, guard.advice)
    return Verdict("winner", best.id, headline, _next_for_winner(best, metric.target))


def _next_for_winner(best: VariantResult, test: TargetTest | None) -> str:
    name = wording.quoted(best.title)
    state = None if test is None else test.state
    if state is TargetState.BELOW:
        return (
            f"Send {name} from now on, and find out why even the winner stays below target: "
            f"abtest investigate {best.id}"
        )
    if state is TargetState.UNDECIDED:
        return f"Send {name} from now on; whether it meets the target is not yet known."
    return f"Send {name} from now on, note the decision, and test the next idea against it."


def _no_difference(evidence: Evidence) -> Verdict:
    names = wording.listed([wording.quoted(variant.title) for variant in evidence.variants])
    return Verdict(
        "no_difference",
        None,
        f"{names} do equally well: any difference is too small to act on.",
        "Keep the one that is easier to send, note the decision, and test something bolder.",
    )


def _undecided(evidence: Evidence) -> Verdict:
    below = [
        variant
        for variant in evidence.variants
        if (test := variant.metrics[evidence.metric].target) and test.state is TargetState.BELOW
    ]
    if len(below) == len(evidence.variants):
        return Verdict(
            "undecided",
            None,
            "Every variant is below target; which of them is the better one is not yet known.",
            f"Find out why before sending more: abtest investigate {below[0].id}",
        )
    meeting = [
        wording.quoted(variant.title)
        for variant in evidence.variants
        if (test := variant.metrics[evidence.metric].target) and test.state is TargetState.MEETS
    ]
    known = f" Meets the target already: {wording.listed(meeting)}." if meeting else ""
    if evidence.fixed is not None:
        return Verdict(
            "undecided",
            None,
            f"Judged once, at {evidence.fixed:,} prospects per variant: none is clearly better."
            f"{known}",
            "Note the decision; to look closer, plan a new experiment with more prospects: "
            "abtest plan.",
        )
    return Verdict(
        "undecided",
        None,
        f"{_TOO_EARLY} which variant works better.{known}",
        _keep_sending(evidence),
    )


def _keep_sending(evidence: Evidence) -> str:
    lost = [pair for pair in evidence.comparisons if pair.test.kept_information == 0]
    if lost:
        return (
            "The variants were not sent in the same weeks by the same people, so they cannot be "
            "compared: send them side by side."
        )
    return "Keep sending all variants side by side, and keep recording."
