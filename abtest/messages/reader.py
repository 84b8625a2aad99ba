"""The reader: a folder of files becomes experiments, and every problem of all files is told."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from abtest import clock
from abtest.errors import ContentError, Finding, Severity
from abtest.messages.experiment_file import read_experiment
from abtest.messages.folder import Folder, check_id
from abtest.messages.plan_file import read_plan
from abtest.messages.sheet import WHOLE, Run, did_you_mean, shown
from abtest.model import Experiment, Experiments
from abtest.plan import Plan

#: The file with the analysis plan.
PLAN_FILE = "plan.yml"


def load(root: str | Path = "messages", *, today: dt.date | None = None) -> Experiments:
    """Read a content folder.

    Args:
        root: The folder.
        today: The latest day that a date may name; by default the latest that has begun anywhere
            on earth.

    Raises:
        ContentError: At least one file cannot be read or trusted; it holds every finding.
    """
    experiments, findings = read(root, today=today)
    if experiments is None or any(f.severity is Severity.ERROR for f in findings):
        raise ContentError(findings)
    return experiments


def read(
    root: str | Path = "messages", *, today: dt.date | None = None
) -> tuple[Experiments | None, tuple[Finding, ...]]:
    """Read what can be read of a content folder, and say all that is wrong with the rest.

    Returns:
        The experiments whose files could be read, None if there is no such folder; and every
        finding, in the order of the files.
    """
    path = os.fspath(root).replace(os.sep, "/")
    path = path.removeprefix("./").rstrip("/") or path
    run = Run(today or clock.latest())
    if not _is_folder(path, run):
        return None, tuple(run.found)
    folder = Folder(path, run)
    plan, complete = _read_plan(folder)
    _check_strays(folder)
    experiments: dict[str, Experiment] = {}
    for name in folder.folders:
        if check_id(name.removeprefix("_"), "an experiment", folder, name):
            experiment = read_experiment(Folder(f"{path}/{name}", run, name), plan, complete)
            if experiment is not None:
                experiments[name] = experiment
    run.close()
    read_ = Experiments(experiments, plan, path)
    findings = [finding for finding in run.found if _wanted(finding, read_)]
    return read_, tuple(sorted(findings, key=Finding.sort_key))


def load_plan(root: str | Path = "messages", *, today: dt.date | None = None) -> Plan:
    """Read the plan alone: what a single row may hold.

    Raises:
        ContentError: There is no such folder, or its plan cannot be trusted.
    """
    path = os.fspath(root).replace(os.sep, "/")
    run = Run(today or clock.latest())
    plan = _read_plan(Folder(path, run))[0] if _is_folder(path, run) else Plan()
    if any(finding.severity is Severity.ERROR for finding in run.found):
        raise ContentError(run.found)
    return plan


def _is_folder(path: str, run: Run) -> bool:
    """Whether the content folder is one; an error if not."""
    folder = Path(path)
    if folder.is_symlink():
        what, cure = "is a symbolic link", "Give the folder itself."
    elif folder.is_dir():
        return True
    elif folder.exists():
        what, cure = "is no folder", "Give the folder that holds your experiments."
    else:
        what, cure = "is not there", _way_to(folder)
    run.sheet(path).error("FS001", WHOLE, f"The folder {shown(path)} {what}.", cure)
    return False


def _way_to(folder: Path) -> str:
    """Where a folder that is not here may be: further up, or in the one folder that has it."""
    for up, above in enumerate(Path.cwd().parents, start=1):
        if (above / folder).is_dir():
            return f"It is further up: cd {'/'.join(['..'] * up)}"
    below = [] if folder.is_absolute() else [*Path().glob(f"*/{folder}/")]
    if len(below) == 1:
        import shlex

        return f"It is further down: cd {shlex.quote(below[0].parts[0])}"
    return (
        "Go to the folder that 'abtest init' made (cd FOLDER, or abtest -C FOLDER …), or start "
        "one: abtest init outreach"
    )


def _read_plan(folder: Folder) -> tuple[Plan, bool]:
    """The plan, the default one where there is none; and whether it could be read."""
    if PLAN_FILE not in folder.files:
        return Plan(), not folder.refused(PLAN_FILE)
    plan = read_plan(f"{folder.path}/{PLAN_FILE}", folder.sheet(PLAN_FILE))
    return plan or Plan(), plan is not None


def _check_strays(folder: Folder) -> None:
    """Say which files of the content folder look like content, and are not read."""
    for name in folder.files:
        if name != PLAN_FILE and did_you_mean(name, [PLAN_FILE], cutoff=0.8):
            folder.say("FS006", name, "Nothing reads this file.", f"Rename it to {PLAN_FILE}.")
        elif name.lower().endswith(".md") and name != "README.md":
            cure = "Put it into the folder of its experiment."
            folder.say("FS006", name, "This file stands in no experiment.", cure)


def _wanted(finding: Finding, experiments: Experiments) -> bool:
    """Errors always; a warning unless the plan or its variant switches it off."""
    if finding.severity is Severity.ERROR:
        return True
    if finding.code in experiments.plan.critique.disable:
        return False
    experiment = experiments.get(finding.experiment or "")
    if experiment is None or finding.variant is None:
        return True
    variant = experiment.variants.get(finding.variant.rpartition("/")[2])
    return variant is None or finding.code not in variant.ignore
