"""Numbers and results in plain words, for people who sell and do not compute.

One place for every sentence, so that the terminal, the site and the JSON say the same thing. It
reads results and decides nothing: a sentence follows its state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.stats.results import PairState, TargetState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from abtest.stats.results import Comparison, Interval, MoreNeeded, TargetTest

#: What people did, by metric, for "4 of 29 answered".
_DID = {
    "responses": "answered",
    "positive": "answered with interest",
    "negative": "answered with a no",
    "optouts": "opted out",
    "meetings": "met us",
    "second_meetings": "met us a second time",
    "opportunities": "became an opportunity",
    "wins": "became clients",
}

#: Said where there is nothing to judge.
NO_RESULTS = "No results old enough to judge yet."

#: What a state of a pair is called on pages and in tables.
PAIR_WORDS = {
    PairState.BETTER: "better",
    PairState.WORSE: "worse",
    PairState.NO_DIFFERENCE: "no difference that matters",
    PairState.UNDECIDED: "not yet known",
    PairState.NO_DATA: "no data yet",
}

#: What a state against the target is called on pages and in tables.
STATE_WORDS = {
    TargetState.MEETS: "meets target",
    TargetState.BELOW: "below target",
    TargetState.AT_TARGET: "on target",
    TargetState.UNDECIDED: "not yet known",
    TargetState.NO_DATA: "no data yet",
}


def percent(value: float | None, *, digits: int = 1) -> str:
    """A proportion as people read it.

    >>> percent(0.13), percent(0.1), percent(0.1, digits=0), percent(None)
    ('13.0%', '10.0%', '10%', '–')
    """
    return "–" if value is None else f"{100 * value:.{digits}f}%"


def short_percent(value: float) -> str:
    """A proportion without needless decimals, for targets and levels.

    >>> short_percent(0.1), short_percent(0.125)
    ('10%', '12.5%')
    """
    return f"{round(100 * value, 2):g}%"


def points(value: float | None) -> str:
    """A difference of proportions in percentage points, signed.

    >>> points(0.0432), points(-0.1), points(0.0), points(None)
    ('+4.3 pp', '−10.0 pp', '0.0 pp', '–')
    """
    if value is None:
        return "–"
    rounded = round(100 * value, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.1f} pp"


def fraction(count: int, per: int) -> str:
    """A count with what it is out of.

    >>> fraction(1562, 2814)
    '1,562 of 2,814'
    """
    return f"{count:,} of {per:,}"


def quoted(title: str) -> str:
    """A title inside a sentence.

    >>> quoted("Ask for a demo")
    '“Ask for a demo”'
    """
    return f"“{title}”"


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence has them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def did(metric: str) -> str:
    """What the people counted by a metric did.

    >>> did("responses"), did("acceptance")
    ('answered', 'counted for acceptance')
    """
    return _DID.get(metric, f"counted for {metric.replace('_', ' ')}")


def between(interval: Interval) -> str:
    """The range of an interval of rates, as a sentence has it.

    >>> from abtest.stats.results import Interval
    >>> between(Interval(0.0512, 0.3149, 0.95))
    '5.1% and 31.5%'
    """
    return " and ".join(_ends(interval))


def span(interval: Interval) -> str:
    """The same as a cell of a table has it.

    >>> from abtest.stats.results import Interval
    >>> span(Interval(0.0512, None, 0.95))
    '5.1% to 100.0%'
    """
    return " to ".join(_ends(interval))


def _ends(interval: Interval) -> tuple[str, str]:
    low = 0.0 if interval.low is None else interval.low
    high = 1.0 if interval.high is None else interval.high
    return percent(low), percent(high)


def between_points(interval: Interval) -> str:
    """The range of an interval of differences."""
    return f"{points(interval.low)} and {points(interval.high)}"


def count_sentence(count: int, nobs: int, metric: str) -> str:
    """The count first, then the rate.

    >>> count_sentence(4, 29, "responses")
    '4 of 29 answered (13.8%).'
    """
    rate = count / nobs if nobs else None
    return f"{fraction(count, nobs)} {did(metric)} ({percent(rate)})."


def target_sentence(test: TargetTest, metric: str, more: MoreNeeded | None = None) -> str:
    """Where a variant stands against its target, with what would settle it."""
    if test.state is TargetState.NO_DATA:
        return NO_RESULTS
    counted = count_sentence(test.count, test.nobs, metric)
    plausible = f"the true rate is plausibly between {between(test.plausible)}"
    target = short_percent(test.value)
    if test.drift:
        return f"{counted} The rate has changed over the weeks, so one verdict would mislead."
    match test.state:
        case TargetState.MEETS:
            return f"{counted} That meets the {target} target: {plausible}."
        case TargetState.BELOW:
            return f"{counted} That is below the {target} target: {plausible}."
        case TargetState.AT_TARGET:
            return (
                f"{counted} That is on the {target} target, give or take two points: {plausible}."
            )
    if test.once:
        return f"{counted} {_capital(plausible)}: judged once, not clear either way of {target}."
    if _excludes(test.sequence, test.value):
        return (
            f"{counted} {_capital(plausible)}, but the weeks differ more than chance: "
            f"too early to say against {target}.{_more(more)}"
        )
    return f"{counted} {_capital(plausible)}: too early to say against {target}.{_more(more)}"


def _excludes(interval: Interval, value: float) -> bool:
    low = float("-inf") if interval.low is None else interval.low
    high = float("inf") if interval.high is None else interval.high
    return not low <= value <= high


def _more(more: MoreNeeded | None) -> str:
    if more is None:
        return ""
    if more.n is not None:
        return f" About {more.n:,} more prospects should settle it."
    if more.reason == "beyond_horizon":
        return " At this rate it would take more prospects than a list holds."
    return ""


def comparison_sentence(test: Comparison, a: str, b: str, metric: str) -> str:
    """How b compares with a, with both fractions and the plausible range."""
    a, b = quoted(a), quoted(b)
    if test.state is PairState.NO_DATA:
        return f"{b} and {a} cannot be compared yet: one of them has no results old enough."
    verb = did(metric)
    counts = (
        f"{fraction(test.count_b, test.nobs_b)} {verb} with {b} "
        f"({percent(test.count_b / test.nobs_b)}), "
        f"{fraction(test.count_a, test.nobs_a)} with {a} ({percent(test.count_a / test.nobs_a)})"
    )
    spread = f"the difference is plausibly between {between_points(test.plausible)}"
    if test.kept_information == 0:
        return f"{counts}; never sent side by side, so nothing can be said of the difference."
    if test.drift:
        return f"{counts}. The weeks contradict each other, so one verdict would mislead."
    match test.state:
        case PairState.BETTER:
            return f"{b} is better than {a}: {counts}; {spread}."
        case PairState.WORSE:
            return f"{b} is worse than {a}: {counts}; {spread}."
        case PairState.NO_DIFFERENCE:
            return f"{b} and {a} do equally well for all practical purposes: {counts}; {spread}."
    if test.once:
        return f"Judged once, {b} and {a} cannot be told apart: {counts}; {spread}."
    caution = ", which is not yet enough evidence to call it"
    return (
        f"Too early to tell {b} from {a}: {counts}; {spread}"
        f"{caution * _excludes(test.sequence, 0.0)}."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
