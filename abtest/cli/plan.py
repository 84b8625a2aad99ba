"""`abtest plan`: how many prospects a claim needs, and how long that takes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from abtest import wording
from abtest.cli.calc import Share, VariantCounts
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show

if TYPE_CHECKING:
    from abtest.report import ExperimentResult
    from abtest.stats.planning import Needed
    from abtest.stats.results import MoreNeeded

_COUNTS = re.compile(r"\d+/\d+(\+\d+/\d+)*")
_PACE = re.compile(r"(\d{1,9}(?:\.\d+)?)\s*(?:/|a|per)?\s*(?:w|wk|week)?")


def _pace(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Prospects a week, from `60` or `60/week`; a usage error that shows the form."""
    if value is None:
        return None
    match = _PACE.fullmatch(value.strip())
    pace = float(match[1]) if match else 0.0
    if pace <= 0:
        raise click.BadParameter(
            f"{value!r}: write prospects a week, such as 60 or 60/week.", ctx, param
        )
    return pace


@dataclass(frozen=True, slots=True)
class Settled:
    """An answer: for people, and for machines."""

    text: str
    numbers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """What every question shares. `pace`: prospects a week (of each variant), None if unknown."""

    target: float
    alpha: float
    power: float
    pace: float | None
    variants: int

    @property
    def batch(self) -> int:
        """Prospects between looks: a week's, where the pace is known."""
        from abtest.stats.planning import BATCH

        return BATCH if self.pace is None else max(1, round(self.pace))

    def weeks(self, prospects: int) -> str:
        """How long they take, as a clause to append."""
        if self.pace is None:
            return ""
        weeks = math.ceil(prospects / self.pace)
        return f", about {weeks:,} week{'s' if weeks > 1 else ''} at {self.pace:,.6g} a week"


@click.command()
@click.argument("stand", nargs=-1, metavar="[ANSWERS/PROSPECTS | EXPERIMENT]...")
@click.option("--rate", type=Share(), help="The rate you expect, to be held to the target.")
@click.option("--from", "rate_a", type=Share(), help="The control's rate, as you expect it.")
@click.option("--to", "rate_b", type=Share(), help="The rate you hope the new variant has.")
@click.option("--target", type=Share(), default=0.10, help="The target (default: 10%).")
@click.option(
    "--pace", callback=_pace, metavar="N", help="Prospects a week, each variant: 60 or 60/week."
)
@click.option("--power", type=Share(), default=0.8, help="Share of tests that find it (80%).")
@click.option("--alpha", type=Share(), default=0.05, help="The error rate (default: 5%).")
@click.option(
    "--variants",
    type=click.IntRange(2, 20),
    default=2,
    help="How many variants are compared (default: 2).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the answer.",
)
@common_options
def command(
    stand: tuple[str, ...],
    rate: float | None,
    rate_a: float | None,
    rate_b: float | None,
    target: float,
    pace: float | None,
    power: float,
    alpha: float,
    variants: int,
    format_: str,
    settings: Settings,
) -> None:
    """How many prospects a claim needs, and how long that takes.

    \b
    abtest plan --rate 15% --target 10%        to show that 15% is above the target
    abtest plan --rate 5% --pace 60            … and in how many weeks
    abtest plan --from 10% --to 15%            to show that one variant beats another
    abtest plan 17/120                         how many more, from where you stand
    abtest plan 31/300 45/300 --pace 40        the same for two variants
    abtest plan voicemail-opener               the same for an experiment, at its own pace
    """
    terms = Terms(target, alpha, power, pace, variants)
    answers = list(_answers(stand, rate, (rate_a, rate_b), terms, settings))
    if format_ == "json":
        numbers = [answer.numbers for answer in answers]
        show(json.dumps({"version": 1, "answers": numbers}, indent=2) + "\n")
    else:
        show("\n".join(answer.text for answer in answers) + "\n")


def _answers(
    stand: tuple[str, ...],
    rate: float | None,
    pair: tuple[float | None, float | None],
    terms: Terms,
    settings: Settings,
) -> Iterator[Settled]:
    """One question a call: about a supposed rate, two supposed rates, or where things stand."""
    rate_a, rate_b = pair
    asked = (rate is not None) + (pair != (None, None)) + bool(stand)
    if asked != 1:
        raise click.UsageError(
            "Ask one thing: --rate 15%, or --from 10% --to 15%, or counts such as 17/120, "
            "or an experiment."
        )
    if rate is not None:
        yield _for_target(rate, terms)
    elif rate_a is not None and rate_b is not None:
        yield _for_difference(rate_a, rate_b, terms)
    elif not stand:
        raise click.UsageError("--from and --to belong together: --from 10% --to 15%.")
    elif all(_COUNTS.fullmatch(word) for word in stand):
        yield from _from_counts(stand, terms)
    else:
        yield from _from_experiments(stand, terms, settings)


def _for_target(rate: float, terms: Terms) -> Settled:
    from abtest.stats import planning

    if rate == terms.target:
        raise click.UsageError(
            f"A rate of {wording.percent(rate)} is neither above nor below that target: "
            "name another --rate or --target."
        )
    needed = planning.needed_for_target(
        rate, terms.target, alpha=terms.alpha, power_wished=terms.power, batch=terms.batch
    )
    side = "above" if rate > terms.target else "below"
    claim = f"that {wording.percent(rate)} is {side} the target of {wording.percent(terms.target)}"
    question = {"rate": rate, "target": terms.target}
    return _settled(claim, "prospects", needed, terms, question)


def _for_difference(rate_a: float, rate_b: float, terms: Terms) -> Settled:
    from abtest.stats import planning

    if rate_a == rate_b:
        raise click.UsageError("Equal rates can never be told apart: let --from and --to differ.")
    needed = planning.needed_for_difference(
        rate_a,
        rate_b,
        alpha=terms.alpha,
        power_wished=terms.power,
        variants=terms.variants,
        batch=terms.batch,
    )
    relation = "better" if rate_b > rate_a else "worse"
    claim = f"that {wording.percent(rate_b)} is {relation} than {wording.percent(rate_a)}"
    question = {"from": rate_a, "to": rate_b, "variants": terms.variants}
    return _settled(claim, "prospects of each variant", needed, terms, question)


def _settled(
    claim: str, unit: str, needed: Needed, terms: Terms, question: dict[str, float]
) -> Settled:
    lines = [
        f"To show {claim}, if that is the truth:",
        f"  looked at on every push   {_watched(needed, unit, terms)}",
        f"  judged once, as planned   {_once(needed, unit, terms)}",
    ]
    if needed.most is not None:
        lines.append(
            "  Looking on every push may take longer, but stops as soon as the answer is clear; "
            "judging once holds only if nobody looks earlier."
        )
    numbers = {**question, "alpha": terms.alpha, "pace": terms.pace, **asdict(needed)}
    return Settled("\n".join(lines), numbers)


def _watched(needed: Needed, unit: str, terms: Terms) -> str:
    if needed.half is None:
        return "practically never: fewer than half of such tests ever show it"
    half = f"{needed.half:,} {unit} in half of all tests{terms.weeks(needed.half)}"
    if needed.most is None:
        return f"{half}; {wording.short_percent(needed.power)} of tests practically never do"
    share = wording.short_percent(needed.power)
    return f"{half}; {needed.most:,} in {share} of them{terms.weeks(needed.most)}"


def _once(needed: Needed, unit: str, terms: Terms) -> str:
    if needed.fixed is None:
        return f"more than 200,000 {unit}: practically never"
    share = wording.short_percent(needed.power)
    return f"{needed.fixed:,} {unit} show it in {share} of tests{terms.weeks(needed.fixed)}"


def _from_counts(stand: tuple[str, ...], terms: Terms) -> Iterator[Settled]:
    from abtest.stats import planning

    read = VariantCounts()
    arms = [tuple(map(sum, zip(*read.convert(word, None, None), strict=True))) for word in stand]
    totals = [(count, nobs) for count, nobs in arms]
    for count, nobs in totals:
        more = planning.more_needed(count, nobs, terms.target, alpha=terms.alpha)
        subject = f"{wording.fraction(count, nobs)} against {wording.percent(terms.target)}"
        yield _standing(subject, more, terms, {"count": count, "nobs": nobs}, "prospects")
    for other in totals[1:]:
        yield _pair_standing(totals[0], other, len(totals), terms, "")


def _pair_standing(
    control: tuple[int, int], other: tuple[int, int], variants: int, terms: Terms, names: str
) -> Settled:
    from abtest.stats import planning

    more = planning.more_needed_for_pair(
        control, other, alpha=terms.alpha, target=terms.target, variants=variants
    )
    subject = names or f"{wording.fraction(*other)} against {wording.fraction(*control)}"
    question = {"control": list(control), "treatment": list(other), "variants": variants}
    return _standing(subject, more, terms, question, "prospects of each variant")


def _standing(
    subject: str, more: MoreNeeded, terms: Terms, question: dict[str, Any], unit: str
) -> Settled:
    numbers = {**question, "pace": terms.pace, "more_needed": asdict(more)}
    return Settled(f"{subject}: {_more(more, terms, unit)}", numbers)


def _more(more: MoreNeeded, terms: Terms, unit: str) -> str:
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
    return f"even odds of an answer within {more.n:,} more {unit}{terms.weeks(more.n)}; {late}."


def _from_experiments(
    names: tuple[str, ...], terms: Terms, settings: Settings
) -> Iterator[Settled]:
    from abtest.analysis import analyze
    from abtest.cli.content import load, only

    report = analyze(only(load(settings), names), as_of=settings.as_of)
    for result in report:
        yield from _from_experiment(result, terms)


def _from_experiment(result: ExperimentResult, terms: Terms) -> Iterator[Settled]:
    """Each variant against its target, then each against the control, at the experiment's pace."""
    from abtest.stats.results import PairState

    own = replace(
        terms,
        target=result.target or terms.target,
        alpha=result.alpha,
        pace=terms.pace or result.weekly_pace,
    )
    for variant in result.variants:
        metric = variant.metrics[result.metric]
        if metric.target is not None:
            subject = f"{variant.id} against {wording.percent(metric.target.value)}"
            question = {"variant": variant.id, "count": metric.count, "nobs": metric.per}
            word = wording.STATE_WORDS[metric.target.state]
            yield _asked(subject, metric.more_needed, word, own, question)
    for pair in result.comparisons:
        names, test = f"{pair.b} against {pair.a}", pair.test
        if test.state is PairState.UNDECIDED:
            control, other = (test.count_a, test.nobs_a), (test.count_b, test.nobs_b)
            yield _pair_standing(control, other, len(result.variants), own, names)
        else:
            question = {"control": pair.a, "treatment": pair.b}
            yield _asked(names, None, wording.PAIR_WORDS[test.state], own, question)


def _asked(
    subject: str, more: MoreNeeded | None, word: str, terms: Terms, question: dict[str, Any]
) -> Settled:
    """What is still needed, or the word for what is known."""
    if more is not None:
        return _standing(subject, more, terms, question, "prospects")
    return Settled(f"{subject}: {word}.", {**question, "state": word, "more_needed": None})
