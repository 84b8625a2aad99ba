"""From a content folder to a report: read, critique, judge. The one place where showing asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from abtest import clock
from abtest.analysis import analyze
from abtest.analysis.gather import gather
from abtest.critique.run import examine
from abtest.messages import reader
from abtest.messages.assumptions_file import load_assumptions
from abtest.model import Experiments
from abtest.report import Report


def read_report(messages: str, as_of: dt.date | None = None) -> Report:
    """The report on a content folder, with the critique's findings and what lies beyond.

    Args:
        messages: The content folder.
        as_of: The day that counts as today; SOURCE_DATE_EPOCH's, else today.

    Raises:
        ContentError: A file cannot be read or trusted; carries every problem.
    """
    today = clock.today()
    day = as_of or today
    experiments = reader.load(messages, today=max(day, today))
    shown = Experiments(
        {e.id: e for e in experiments.published}, experiments.plan, experiments.root
    )
    report = analyze(shown, as_of=day, findings=examine(shown, day))
    return replace(report, insight=gather(report, load_assumptions(messages)))
