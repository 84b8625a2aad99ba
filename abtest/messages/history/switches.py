"""What the past says, as far as a team leaves it switched on; lost counts are always told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from abtest.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from abtest.model import Experiments

#: Counts that were lost: whoever owns up to them says so in a commit's message.
_ALWAYS = "DM008"


def heeded(found: Iterable[Finding], experiments: Experiments) -> Iterator[Finding]:
    """The findings that plan.yml and the variants leave, as plan.yml weighs them.

    Args:
        found: What the past holds against the files of today.
        experiments: The files, with the plan.
    """
    settings = experiments.plan.critique
    for finding in found:
        weight = settings.severity.get(finding.code)
        if finding.code == _ALWAYS:
            yield finding
        elif finding.code not in settings.disable and not _is_ignored(finding, experiments):
            yield replace(finding, severity=Severity(weight)) if weight else finding


def _is_ignored(finding: Finding, experiments: Experiments) -> bool:
    """Does the variant that it is about, if it reads, name its code with a reason?"""
    experiment = experiments.get(finding.experiment or "")
    name = (finding.variant or "").rpartition("/")[2]
    variant = experiment.variants.get(name) if experiment else None
    return variant is not None and finding.code in variant.ignore
