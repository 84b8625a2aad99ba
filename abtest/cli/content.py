"""Reading the content for a command, with the findings told when it cannot be read."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING

from abtest import formats
from abtest.cli.naming import no_variant
from abtest.cli.output import show
from abtest.errors import ContentError, UsageError
from abtest.formats.findings import Checked
from abtest.messages import reader
from abtest.model import Experiments, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from abtest.cli.options import Settings


def load(settings: Settings) -> Experiments:
    """The experiments; prints every problem and exits with 1 if there is an error."""
    try:
        return reader.load(settings.messages, today=settings.today)
    except ContentError as error:
        checked = Checked(findings=error.findings, experiments=0, variants=0)
        show(formats.render("check", "text", checked), err=True)
        sys.exit(1)


def find_variant(experiments: Experiments, name: str) -> Variant:
    """The variant `<experiment>/<variant>`.

    Raises:
        UsageError: There is none of that name.
    """
    known = {variant.id: variant for each in experiments.values() for variant in each}
    if name not in known:
        raise no_variant(name, known, experiments.root)
    return known[name]


def only(experiments: Experiments, names: Sequence[str]) -> Experiments:
    """The experiments with these ids.

    Raises:
        UsageError: There is no experiment of that name.
    """
    for name in names:
        if name not in experiments:
            near = difflib.get_close_matches(name, experiments, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"There is no experiment {name!r} in {experiments.root}.{hint}")
    chosen = {name: experiments[name] for name in experiments if name in names}
    return Experiments(chosen, experiments.plan, experiments.root)
