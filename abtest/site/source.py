"""From a content folder to a report: read, critique, judge. The one place where showing asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from abtest import clock
from abtest.analysis import analyze
from abtest.analysis.experiments import judge_all
from abtest.analysis.gather import gather
from abtest.critique.run import Critic
from abtest.errors import Finding
from abtest.messages import history, reader
from abtest.messages.assumptions_file import load_assumptions
from abtest.messages.history import Version
from abtest.model import Experiment, Experiments
from abtest.plan import Plan
from abtest.report import ExperimentResult, Report
from abtest.site.memory import FORGETFUL, Memory

#: What history finds where words changed after their first results.
_WORDS_CHANGED = "DM010"


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder, judged.

    Attributes:
        experiments: All that was read, drafts included.
        report: With the critique's findings and what lies beyond the verdicts.
        versions: Variant id → the wordings it has had, oldest first, as far as git remembers.
    """

    experiments: Experiments
    report: Report
    versions: Mapping[str, tuple[Version, ...]]


def read_content(
    messages: str, as_of: dt.date | None = None, memory: Memory = FORGETFUL
) -> Content:
    """Read, critique and judge a content folder.

    Args:
        messages: The content folder.
        as_of: The day that counts as today; SOURCE_DATE_EPOCH's, else today.
        memory: What an earlier build found, for experiments that are the same.

    Raises:
        ContentError: A file cannot be read or trusted; carries every problem.
    """
    day = as_of or clock.today()
    experiments = reader.load(messages, today=max(day, clock.latest()))
    shown = Experiments(
        {e.id: memory.made("experiment", e.id, _itself, e) for e in experiments.published},
        experiments.plan,
        experiments.root,
    )
    # A shallow clone is no reason not to publish; `check` is where it is an error.
    past = history.examine(shown, allow_shallow=True)
    report = analyze(
        shown,
        as_of=day,
        findings=(*_critique(shown, day, memory), *past.findings),
        text_changed=[f.variant for f in past.findings if f.variant and f.code == _WORDS_CHANGED],
        judge=partial(_verdicts, memory),
    )
    insight = gather(report, load_assumptions(messages))
    return Content(experiments, replace(report, insight=insight), past.versions)


def _itself(experiment: Experiment) -> Experiment:
    """One object for what is equal: whatever was made from it is found at a glance."""
    return experiment


def _critique(experiments: Experiments, day: dt.date, memory: Memory) -> list[Finding]:
    """What `critique.run.examine` says, of each experiment only where it is another one."""
    critic = Critic(experiments.plan, day)

    def of_one(experiment: Experiment, _plan: Plan, _day: dt.date) -> tuple[Finding, ...]:
        return critic.of_experiment(experiment)

    found = list(critic.of_team(experiments))
    for each in experiments.values():
        found += memory.made("critique", each.id, of_one, each, experiments.plan, day)
    return sorted(found, key=Finding.sort_key)


def _verdicts(
    memory: Memory,
    experiments: Sequence[Experiment],
    plan: Plan,
    day: dt.date,
    changed: frozenset[str],
) -> list[ExperimentResult]:
    """What `judge_all` says: as last time of experiments that are the same, the others together."""

    def made_from(experiment: Experiment) -> tuple[Any, ...]:
        return experiment, plan, day, changed & {variant.id for variant in experiment}

    known = {each.id: memory.recall("verdict", each.id, *made_from(each)) for each in experiments}
    others = [each for each in experiments if known[each.id] is None]
    for each, result in zip(others, judge_all(others, plan, day, changed), strict=True):
        known[each.id] = result
        memory.keep("verdict", each.id, result, *made_from(each))
    return list(known.values())
