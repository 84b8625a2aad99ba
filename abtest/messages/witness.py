"""The last published results as a second witness: they saw rows that git may no longer show.

A shallow clone, or a history that was rewritten, cannot tell of a row that is gone; `results.json`
of the published site still has its counts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.errors import Finding, Severity, UsageError
from abtest.messages import history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from abtest.model import Experiments, Variant

#: The version of the results that is understood here.
_VERSION = 1


def compare(experiments: Experiments, against: str | Path) -> tuple[Finding, ...]:
    """What was published once and is no longer there.

    A count may be lower where a `Correction:` line in a commit since then owns up to it.

    Args:
        experiments: The content of today.
        against: A published `results.json`.

    Raises:
        UsageError: That file is no such results.
    """
    day, published = _read(Path(against))
    lost = {
        id_: found
        for experiment, before in published.items()
        for id_, found in _lost(experiment, before, experiments)
    }
    if lost:
        owned = history.corrected(Path(experiments.root), lost, since=day)
        lost = {id_: found for id_, found in lost.items() if id_ not in owned}
    return tuple(_finding(id_, found, experiments) for id_, found in lost.items())


def _read(path: Path) -> tuple[str, dict[str, dict[str, dict[str, int]]]]:
    """The day of the results, and experiment id → variant id → counts."""
    try:
        report = json.loads(path.read_bytes())
        if report["version"] == _VERSION:
            return report["as_of"], {
                experiment["id"]: {v["id"]: _published(v) for v in experiment["variants"]}
                for experiment in report["experiments"]
            }
        wrong = f"it says version {report['version']}; version {_VERSION} is understood here"
    except OSError as error:
        wrong = (error.strerror or str(error)).lower()
    except (ValueError, KeyError, TypeError, AttributeError):
        wrong = "it is no report; the site's results.json and `abtest report --format json` are"
    raise UsageError(f"{path} cannot be used as published results: {wrong}.")


def _published(variant: Mapping[str, Any]) -> dict[str, int]:
    """What a published variant counted, those included that had not matured."""
    counts = {"sent": variant["sent"], "bounced": variant["bounced"], **variant["counts"]}
    for key, number in variant["maturing"].items():
        counts[key] = counts.get(key, 0) + number
    return {key: int(number) for key, number in counts.items()}


def _lost(
    experiment: str, before: Mapping[str, Mapping[str, int]], experiments: Experiments
) -> Iterator[tuple[str, str]]:
    """Variant id → what was published of it and is missing."""
    now = {variant.id: variant for variant in experiments.get(experiment) or ()}
    fresh = [_totals(now[id_]) for id_ in now.keys() - before.keys()]
    for id_, counts in before.items():
        if id_ in now:
            totals = _totals(now[id_])
            less = {key: n for key, n in counts.items() if totals.get(key, 0) < n}
            if less:
                pairs = (f"{n:,} {key}, {totals.get(key, 0):,} now" for key, n in less.items())
                yield id_, f"The published results had {'; '.join(pairs)}."
        elif not _is_there(id_, experiments) and not _renamed(counts, fresh):
            said = ", ".join(f"{n:,} {key}" for key, n in counts.items() if n)
            yield id_, f"The published results had this variant ({said}), and it is gone."


def _totals(variant: Variant) -> dict[str, int]:
    totals: dict[str, int] = {}
    for row in variant.cohorts:
        for key, number in row.counts.items():
            totals[key] = totals.get(key, 0) + number
    return totals


def _is_there(id_: str, experiments: Experiments) -> bool:
    """Whether the file is there, though it could not be read: then that is said already."""
    return (Path(experiments.root) / f"{id_}.md").is_file()


def _renamed(counts: Mapping[str, int], fresh: Iterable[Mapping[str, int]]) -> bool:
    """Whether a new variant of the experiment holds all that was counted."""
    return any(
        all(totals.get(key, 0) >= number for key, number in counts.items()) for totals in fresh
    )


def _finding(id_: str, message: str, experiments: Experiments) -> Finding:
    experiment, _, name = id_.partition("/")
    there = experiment in experiments and name in experiments[experiment].variants
    line = experiments[experiment][name].key_lines.get("results", 1) if there else 0
    return Finding(
        path=f"{experiments.root}/{id_}.md",
        line=line,
        column=1 if line else 0,
        code="DM008",
        severity=Severity.ERROR,
        message=message,
        suggestion="Put the missing rows back; or, if they were wrong, say so in a commit "
        f"message: “Correction: {id_}: why”",
        experiment=experiment,
        variant=id_,
    )
