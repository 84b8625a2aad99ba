"""What luck alone does: ordinary ranges, streaks, and counts that go up and down."""

from __future__ import annotations

from bisect import bisect_left

from scipy.special import bdtr

from abtest.stats import counts
from abtest.stats.flow_results import Shift
from abtest.stats.single_look import clopper_pearson


def ordinary_range(nobs: int, rate: float, *, level: float = 0.95) -> tuple[int, int]:
    """The counts that are nothing special among so many prospects at this true rate.

    Fewer than the first, and more than the second, each come by luck with a chance of at most
    (1 − level) / 2.

    Args:
        nobs: Prospects.
        rate: The true rate, between 0 and 1.
        level: How much counts as ordinary.

    >>> ordinary_range(60, 0.10)
    (2, 11)
    """
    counts.proportion(rate, "rate")
    tail = (1.0 - counts.proportion(level, "level")) / 2.0
    low, high = (
        bisect_left(range(nobs), share, key=lambda k: float(bdtr(k, nobs, rate)))
        for share in (tail, 1.0 - tail)
    )
    return low, high


def run_chance(trials: int, length: int, chance: float) -> float:
    """How likely a run of at least so many failures is among so many trials, by luck alone.

    Args:
        trials: How many there were.
        length: Length of the run, at least 1.
        chance: Chance that one trial fails, from 0 to 1.

    Raises:
        ValueError: One of them is out of range.

    >>> [round(run_chance(20, length, 0.2), 2) for length in (2, 3)]
    [0.49, 0.11]
    """
    if not (length >= 1 and trials >= 0 and 0 <= chance <= 1):
        raise ValueError("Ask for a run of at least 1 among trials whose chance is from 0 to 1.")
    if length > trials:
        return 0.0
    # without[i]: chance that the first i trials hold no such run. The first run ends with trial i
    # when the trial before it succeeded and no run was complete before that.
    run = chance**length
    without = [1.0] * length + [1.0 - run]
    for i in range(length + 1, trials + 1):
        without.append(without[i - 1] - without[i - length - 1] * (1.0 - chance) * run)
    return min(max(1.0 - without[trials], 0.0), 1.0)


def shift(before: int, after: int, *, alpha: float = 0.05) -> Shift:
    """Compare two counts; exact, since given their sum the second is binomial.

    Przyborowski & Wilenski (1940), with the interval of Clopper & Pearson (1934).
    """
    low, high = clopper_pearson(after, before + after, alpha) if before + after else (0.0, 1.0)
    return Shift(
        before,
        after,
        after / before if before else None,
        low / (1.0 - low),
        high / (1.0 - high) if high < 1.0 else None,
    )
