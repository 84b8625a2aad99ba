"""`abtest plan`: plain sentences, in prospects and in weeks."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from abtest import wording
from abtest.formats.escaping import log
from abtest.formats.prose import COLUMNS
from abtest.report.outlook import Answer, Claim, Standing

if TYPE_CHECKING:
    from abtest.stats.planning import Needed
    from abtest.stats.results import MoreNeeded

#: Where the answers begin.
_COLUMN = 28
_EITHER_WAY = (
    "  Looking on every push may take longer, but stops as soon as the answer is clear; judging "
    "once holds only if nobody looks earlier."
)


def render(answers: Iterable[Answer]) -> str:
    """One paragraph an answer."""
    return "".join(
        (_claim(answer) if isinstance(answer, Claim) else _standing(answer)) + "\n"
        for answer in answers
    )


def _claim(claim: Claim) -> str:
    unit = _unit(each=claim.variants is not None)
    lines = [
        f"To show {_claimed(claim)}, if that is the truth:",
        _fitted(f"  looked at on every push   {_watched(claim.needed, unit, claim.pace)}", _COLUMN),
        _fitted(f"  judged once, as planned   {_once(claim.needed, unit, claim.pace)}", _COLUMN),
    ]
    if claim.needed.most is not None:
        lines.append(_fitted(_EITHER_WAY, 2))
    return "\n".join(lines)


def _fitted(text: str, indent: int) -> str:
    """A text over several lines, those below the first indented."""
    return textwrap.fill(text, COLUMNS, subsequent_indent=" " * indent, break_on_hyphens=False)


def _claimed(claim: Claim) -> str:
    rate, against = wording.percent(claim.rate), wording.percent(claim.against)
    higher = claim.rate > claim.against
    if claim.variants is None:
        return f"that {rate} is {'above' if higher else 'below'} the target of {against}"
    return f"that {rate} is {'better' if higher else 'worse'} than {against}"


def _watched(needed: Needed, unit: str, pace: float | None) -> str:
    if needed.half is None:
        return "practically never: fewer than half of such tests ever show it"
    half = f"{needed.half:,} {unit} in half of all tests{_weeks(needed.half, pace)}"
    share = wording.short_percent(needed.power)
    if needed.most is None:
        return f"{half}; {share} of tests practically never do"
    return f"{half}; {needed.most:,} in {share} of them{_weeks(needed.most, pace)}"


def _once(needed: Needed, unit: str, pace: float | None) -> str:
    if needed.fixed is None:
        return f"more than 200,000 {unit}: practically never"
    share = wording.short_percent(needed.power)
    return f"{needed.fixed:,} {unit} show it in {share} of tests{_weeks(needed.fixed, pace)}"


def _standing(standing: Standing) -> str:
    said = (
        f"{standing.word}."
        if standing.more is None
        else _more(standing.more, _unit(each=standing.each), standing.pace)
    )
    return _fitted(f"{log(standing.subject)}: {said}", 4)


def _more(more: MoreNeeded, unit: str, pace: float | None) -> str:
    if more.reason == "decided":
        return "decided; no more prospects are needed."
    if more.reason == "no_data":
        return "nothing sent yet; ask with --rate or with --from and --to instead."
    if more.n is None:
        soonest = f" (one chance in ten by {more.low:,} more)" if more.low is not None else ""
        return f"at this rate, practically never settled{soonest}."
    late = (
        f"nine in ten by {more.high:,}"
        if more.high is not None
        else "more than one in ten stay open after 5,000"
    )
    return f"even odds of an answer within {more.n:,} more {unit}{_weeks(more.n, pace)}; {late}."


def _unit(*, each: bool) -> str:
    return "prospects of each variant" if each else "prospects"


def _weeks(prospects: int, pace: float | None) -> str:
    """How long they take, as a clause to append."""
    if pace is None:
        return ""
    weeks = math.ceil(prospects / pace)
    return f", about {weeks:,} week{'s' if weeks > 1 else ''} at {pace:,.6g} a week"
