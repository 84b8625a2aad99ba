"""Cohorts as rows of the segment statistics, and what these say in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from abtest import wording
from abtest.assumptions import Assumptions
from abtest.clock import week_end
from abtest.model import Cohort
from abtest.plan import Metric
from abtest.stats.levels import OTHERS, Row
from abtest.stats.results import PairState
from abtest.stats.segment_results import Interaction, Judged, Segment, SegmentState


def rows(arms: Mapping[str, Iterable[Cohort]], metric: Metric) -> list[Row]:
    """One row a cohort, its week as the order; spellings that differ in case are one level.

    A metric that counts more than it is out of is no proportion, and gives no rows.
    """
    spelled: dict[tuple[str, str], str] = {}
    found = []
    for arm, cohorts in arms.items():
        for cohort in cohorts:
            count, per = cohort.get(metric.count), cohort.get(metric.per)
            if count > per:
                return []
            levels = {
                name: spelled.setdefault((name, value.strip().casefold()), value.strip())
                for name, value in cohort.dimensions.items()
            }
            found.append(Row(levels, count, per, arm, week_end(cohort.date).toordinal()))
    return found


def segment_sentence(segment: Segment, metric: str) -> str:
    """One segment against the rest, with both fractions."""
    name = segment_name(segment.dimension, segment.level)
    counts = (
        f"{wording.fraction(segment.count, segment.nobs)} {wording.did(metric)} "
        f"({wording.percent(segment.rate)}), elsewhere "
        f"{wording.fraction(segment.rest_count, segment.rest_nobs)} "
        f"({wording.percent(segment.rest_rate)})"
    )
    alike = f"like for like, and drawn to the average, {wording.percent(segment.adjusted)}"
    verb = {
        SegmentState.CARRIES: "carries",
        SegmentState.DRAGS: "drags",
        SegmentState.UNDECIDED: "is not known to differ",
    }[segment.state]
    together = ""
    if segment.entangled and segment.state is not SegmentState.UNDECIDED:
        others = wording.listed([other.replace("_", " ") for other in segment.entangled])
        together = f" It goes together with the {others}: nobody can tell them apart."
    return f"{name} {verb}: {counts}; {alike}.{together}"


def segment_name(dimension: str, level: str) -> str:
    """A level with its dimension.

    >>> segment_name("company_size", "50 to 500"), segment_name("industry", "others")
    ('Company size “50 to 500”', 'Industry, all rare ones together,')
    """
    named = dimension.replace("_", " ")
    named = named[:1].upper() + named[1:]
    return f"{named}, all rare ones together," if level == OTHERS else f"{named} “{level}”"


def interaction_sentence(found: Interaction, titles: Mapping[str, str]) -> str:
    """Where the words may work better for some than for others: a question, not a result."""
    spread = ", ".join(
        f"{wording.points(table.difference)} with {wording.quoted(table.level)}"
        for table in found.tables
        if table.difference is not None
    )
    return (
        f"{wording.quoted(titles.get(found.arm, found.arm))} may work differently by "
        f"{found.dimension.replace('_', ' ')}: {spread}. This is one look at data that were not "
        f"collected for it: make it an experiment of its own."
    )


def filter_sentences(judged: Judged, metric: str, assumptions: Assumptions) -> list[str]:
    """Whom the filter drops, what it would have lost, and how it stays testable."""
    chosen, test = judged.filter, judged.test
    half = "the later half of the sends" if judged.by_date else "the other half, dealt by lot"
    share, unfit = wording.percent(chosen.share, digits=0), assumptions["unfit_share"]
    choice = (
        f"A filter that drops the worst-fitting {share} would leave out {cells(chosen.dropped)}; "
        f"{unfit} {unfit.about}."
    )
    judgment = (
        f"Judged on {half}: {_part(test.count_b, test.nobs_b)} of those it keeps "
        f"{wording.did(metric)}, {_part(test.count_a, test.nobs_a)} of those it drops. "
        f"{_verdict(test.state)}"
    )
    if judged.lost is None or judged.lost_interval is None:
        return [choice, judgment]
    loss = (
        f"It would have lost {wording.percent(judged.lost, digits=0)} of those who "
        f"{wording.did(metric)} (plausibly between {wording.between(judged.lost_interval)})."
    )
    if test.state is PairState.BETTER:
        loss += (
            f" Keep sending to {judged.holdout:,} of {test.nobs_a:,} dropped prospects, one in ten "
            f"drawn by lot, so that the filter can be proven wrong."
        )
    return [choice, judgment, loss]


def _part(count: int, nobs: int) -> str:
    return f"{wording.fraction(count, nobs)} ({wording.percent(count / nobs if nobs else None)})"


def _verdict(state: PairState) -> str:
    return {
        PairState.BETTER: "It holds up.",
        PairState.WORSE: "It drops the better ones: do not use it.",
        PairState.NO_DIFFERENCE: "Both answer alike: it would gain nothing.",
        PairState.UNDECIDED: "Whether it holds up is not yet known.",
        PairState.NO_DATA: "One side is empty, so it cannot be judged.",
    }[state]


def cells(found: Sequence[Mapping[str, str]], most: int = 4) -> str:
    """Combinations of levels in words, the largest first.

    >>> cells([{"industry": "shops", "title": "CFO"}, {"industry": "travel", "title": "CFO"}])
    'shops, CFO; and travel, CFO'
    """
    shown = [", ".join(cell.values()) for cell in found[:most]]
    if len(found) > most:
        shown.append(f"{len(found) - most} smaller groups")
    return "; and ".join(filter(None, ["; ".join(shown[:-1]), *shown[-1:]]))
