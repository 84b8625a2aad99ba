"""A team's own looks, replayed with a plain test at 5% each time.

The plain test is what a spreadsheet offers: Wilson's interval against the target, the pooled z-test
against the control, on all counts so far, as if each look were the only one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from statistics import median_low

from abtest import wording
from abtest.insight import Peeking, Replay
from abtest.report import ComparisonResult, ExperimentResult, VariantResult
from abtest.stats import single_look
from abtest.stats.repeated import false_alarms
from abtest.stats.results import Look, PairLook

#: The error rate that everybody's plain test has.
_ALPHA = 0.05

#: With fewer questions no share of them says anything.
_ENOUGH = 20


def peeking(own: Iterable[ExperimentResult], *, sample: bool = False) -> Peeking:
    """Every sequential question of these experiments that was looked at twice or more.

    Args:
        own: The team's experiments; those judged once, by plan, have no looks to replay.
        sample: Whether their numbers are made up.
    """
    found = sorted((r for result in own for r in _replays(result)), key=_telling)
    median = median_low([replay.looks for replay in found]) if found else 0
    chance = false_alarms(median, _ALPHA) if found else None
    return Peeking(tuple(found), median, chance, _facts(found, median, chance), sample)


def _telling(replay: Replay) -> tuple[bool, bool, int, str, str]:
    """Calls that were withdrawn first, then early ones, then the other calls."""
    called = replay.called is not None
    return (
        not called,
        not replay.is_early,
        -replay.withdrawn,
        replay.experiment,
        replay.question,
    )


def _replays(result: ExperimentResult) -> Iterator[Replay]:
    if result.fixed is not None or result.experiment is None:
        return
    for variant in result.variants:
        if (replay := _against_target(result, variant)) is not None:
            yield replay
    control = result[result.experiment.control].id
    for comparison in result.comparisons:
        if comparison.a == control and (replay := _pair(result, comparison)) is not None:
            yield replay


def _against_target(result: ExperimentResult, variant: VariantResult) -> Replay | None:
    metric = variant.metrics[result.metric]
    test = metric.target
    if test is None:
        return None
    calls = [_side(look, test.value) for look in test.looks]
    question = f"{wording.quoted(variant.title)} against {wording.short_percent(test.value)}"
    verdict = wording.STATE_WORDS[test.state]
    return _replay(result, question, metric.look_dates, calls, metric.decided_at, verdict)


def _pair(result: ExperimentResult, comparison: ComparisonResult) -> Replay | None:
    test = comparison.test
    calls = [_better(look) for look in test.looks]
    treatment, control = (wording.quoted(result[n].title) for n in (comparison.b, comparison.a))
    question = f"{treatment} against {control}"
    verdict = wording.PAIR_WORDS[test.state]
    return _replay(result, question, comparison.look_dates, calls, comparison.decided_at, verdict)


def _side(look: Look, target: float) -> str:
    """Which side of the target Wilson's interval lies on, empty where it holds the target."""
    interval = single_look.wilson(look.count, look.nobs, _ALPHA)
    if interval is None or interval.low is None or interval.high is None:
        return ""
    return "above" if interval.low > target else "below" if interval.high < target else ""


def _better(look: PairLook) -> str:
    """What the pooled z-test says of the treatment, empty where it says nothing."""
    z = single_look.pooled_z(look.count_a, look.nobs_a, look.count_b, look.nobs_b)
    p = single_look.two_sided_p(z)
    if z is None or p is None or p > _ALPHA:
        return ""
    return "better" if z > 0 else "worse"


def _replay(
    result: ExperimentResult,
    question: str,
    dates: Sequence[dt.date],
    calls: Sequence[str],
    decided: dt.date | None,
    verdict: str,
) -> Replay | None:
    if len(calls) < 2:
        return None
    first = next((i for i, call in enumerate(calls) if call), None)
    call = "" if first is None else calls[first]
    later = [] if first is None else calls[first + 1 :]
    return Replay(
        experiment=result.id,
        title=result.title,
        question=question,
        looks=len(calls),
        called=None if first is None else dates[first],
        call=call,
        withdrawn=sum(after != call for after in later),
        stands=calls[-1] == call,
        decided=decided,
        verdict=verdict,
    )


def _facts(found: Sequence[Replay], median: int, chance: float | None) -> tuple[str, ...]:
    """What came of it; nothing where nobody has looked twice."""
    if not found or chance is None:
        return ()
    called = [replay for replay in found if replay.called is not None]
    asked = _questions(len(found))
    looks = sum(replay.looks for replay in found)
    reach = (
        f"{asked} of ours, each message against its target and against the control, had "
        f"{looks:,} looks in all, one a week."
    )
    alarms = (
        f"At {median} looks, our median, such a test calls {100 * chance:.0f} of 100 questions in "
        f"which nothing differs at all."
    )
    few = f"{asked} are too few for a share of them to mean anything: read them one by one."
    return (reach, _called(called), alarms, *([few] if len(found) < _ENOUGH else []))


def _called(called: Sequence[Replay]) -> str:
    if not called:
        return "A plain test at 5% would have called none of them at any look so far."
    early = sum(replay.is_early for replay in called)
    shaky = sum(replay.withdrawn > 0 for replay in called)
    kept = (
        "every one of these calls has stood at each look since"
        if not shaky
        else f"{shaky:,} of these calls did not stand at every look since"
    )
    return (
        f"A plain test at 5% at each look would have called {len(called):,} of them, {early:,} "
        f"before the method here did or while it still waits; {kept}."
    )


def _questions(count: int) -> str:
    return f"{count:,} question{'' if count == 1 else 's'}"
