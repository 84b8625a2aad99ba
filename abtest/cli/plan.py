"""`abtest plan`: how many prospects a claim needs, and how long that takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from abtest import formats, wording
from abtest.cli.calc import Share, VariantCounts
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.report.outlook import Answer, Claim, Standing

if TYPE_CHECKING:
    from abtest.report import ExperimentResult

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
    type=click.Choice(formats.names("plan")),
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
    abtest plan --rate 15% --target 10%     to show that 15% is above the target
    abtest plan --rate 5% --pace 60         … and in how many weeks
    abtest plan --from 10% --to 15%         to show that one variant beats another
    abtest plan 17/120                      how many more, from where you stand
    abtest plan 31/300 45/300 --pace 40     the same for two variants
    abtest plan voicemail-opener            the same for an experiment
    """
    terms = Terms(target, alpha, power, pace, variants)
    answers = _answers(stand, rate, (rate_a, rate_b), terms, settings)
    show(formats.render("plan", format_, answers))


def _answers(
    stand: tuple[str, ...],
    rate: float | None,
    pair: tuple[float | None, float | None],
    terms: Terms,
    settings: Settings,
) -> Iterator[Answer]:
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


def _for_target(rate: float, terms: Terms) -> Claim:
    from abtest.stats.planning import needed_for_target

    if rate == terms.target:
        raise click.UsageError(
            f"A rate of {wording.percent(rate)} is neither above nor below that target: "
            "name another --rate or --target."
        )
    needed = needed_for_target(
        rate, terms.target, alpha=terms.alpha, power_wished=terms.power, batch=terms.batch
    )
    return Claim(rate, terms.target, None, terms.alpha, terms.pace, needed)


def _for_difference(rate_a: float, rate_b: float, terms: Terms) -> Claim:
    from abtest.stats.planning import needed_for_difference

    if rate_a == rate_b:
        raise click.UsageError("Equal rates can never be told apart: let --from and --to differ.")
    needed = needed_for_difference(
        rate_a,
        rate_b,
        alpha=terms.alpha,
        power_wished=terms.power,
        variants=terms.variants,
        batch=terms.batch,
    )
    return Claim(rate_b, rate_a, terms.variants, terms.alpha, terms.pace, needed)


def _from_counts(stand: tuple[str, ...], terms: Terms) -> Iterator[Standing]:
    from abtest.stats.planning import more_needed

    read = VariantCounts()
    arms = [tuple(map(sum, zip(*read.convert(word, None, None), strict=True))) for word in stand]
    totals = [(count, nobs) for count, nobs in arms]
    for count, nobs in totals:
        more = more_needed(count, nobs, terms.target, alpha=terms.alpha)
        subject = f"{wording.fraction(count, nobs)} against {wording.percent(terms.target)}"
        yield Standing(subject, {"count": count, "nobs": nobs}, terms.pace, more)
    for other in totals[1:]:
        subject = f"{wording.fraction(*other)} against {wording.fraction(*totals[0])}"
        yield _pair(subject, totals[0], other, len(totals), terms)


def _pair(
    subject: str, control: tuple[int, int], other: tuple[int, int], variants: int, terms: Terms
) -> Standing:
    from abtest.stats.planning import more_needed_for_pair

    more = more_needed_for_pair(
        control, other, alpha=terms.alpha, target=terms.target, variants=variants
    )
    question = {"control": list(control), "treatment": list(other), "variants": variants}
    return Standing(subject, question, terms.pace, more, each=True)


def _from_experiments(
    names: tuple[str, ...], terms: Terms, settings: Settings
) -> Iterator[Standing]:
    from abtest.analysis import analyze
    from abtest.cli.content import load, only

    report = analyze(only(load(settings), names), as_of=settings.as_of)
    for result in report:
        yield from _from_experiment(result, terms)


def _from_experiment(result: ExperimentResult, terms: Terms) -> Iterator[Standing]:
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
            yield Standing(subject, question, own.pace, metric.more_needed, word)
    for pair in result.comparisons:
        subject, test = f"{pair.b} against {pair.a}", pair.test
        if test.state is PairState.UNDECIDED:
            control, other = (test.count_a, test.nobs_a), (test.count_b, test.nobs_b)
            yield _pair(subject, control, other, len(result.variants), own)
        else:
            question = {"control": pair.a, "treatment": pair.b}
            yield Standing(subject, question, own.pace, None, wording.PAIR_WORDS[test.state])
