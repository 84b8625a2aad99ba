"""The mappings of an experiment's imports, kept for next time and open to review.

`messages/<experiment>/.import.json` says what the columns and values of each export mean; what a
person says anew each time (`--variant`, `--rep`, `--date`) is not kept. The reader of the content
passes over names that begin with a dot.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.errors import AbtestError
from abtest.messages import disk
from abtest.outcomes.identity import looks_personal
from abtest.outcomes.mapping import PROSPECTS, TOTALS, ColumnMapping
from abtest.outcomes.private import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from abtest.model import Experiment

_FILE = ".import.json"
_LONGEST = 80
_YES_OR_NO = (True, False, None)


def _path_of(experiment: Experiment) -> Path:
    """Where the mappings of an experiment are kept."""
    return Path(experiment.path).parent / _FILE


def read_mappings(experiment: Experiment) -> list[ColumnMapping]:
    """The mappings of earlier imports.

    Raises:
        AbtestError: The file is not what `abtest import` wrote.
    """
    path = _path_of(experiment)
    if not path.exists():
        return []
    try:
        return [_mapping(entry) for entry in json.loads(disk.read(path))["exports"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AbtestError(
            f"{path} is not as 'abtest import' wrote it. Take it from git again, or delete it."
        ) from error


def for_columns(mappings: Iterable[ColumnMapping], headers: Iterable[str]) -> ColumnMapping | None:
    """The mapping that speaks of most of these columns, and of no other one."""
    there = set(headers)
    fitting = [mapping for mapping in mappings if mapping.columns.keys() <= there]
    return max(fitting, key=lambda mapping: len(mapping.columns), default=None)


def write_mappings(experiment: Experiment, new: Iterable[ColumnMapping]) -> Path | None:
    """Keep mappings, each in the place of the one that spoke of the same columns.

    Returns:
        The file, or None if it holds them already.
    """
    kept = {frozenset(mapping.columns): mapping for mapping in read_mappings(experiment)}
    for mapping in new:
        kept[frozenset(mapping.columns)] = mapping
    text = json.dumps(
        {"exports": [_plain(mapping) for mapping in kept.values()]}, indent=2, ensure_ascii=False
    )
    path = _path_of(experiment)
    content = f"{text}\n".encode()
    if path.exists() and disk.read(path) == content:
        return None
    write_whole(path, content)
    return path


def _plain(mapping: ColumnMapping) -> dict[str, Any]:
    return {
        "layout": mapping.layout,
        "columns": dict(mapping.columns),
        "values": {role: _fit_to_keep(values) for role, values in mapping.values.items()},
        "day_first": mapping.day_first,
        "cumulative": mapping.cumulative,
        "keep": list(mapping.keep),
    }


def _fit_to_keep(values: Mapping[str, str]) -> dict[str, str]:
    """Values that mean something; none that is long, an address or a number, as people's are."""
    return {
        value: meaning
        for value, meaning in values.items()
        if meaning and len(value) <= _LONGEST and not looks_personal(value)
    }


def _mapping(entry: Any) -> ColumnMapping:
    if entry["layout"] not in (PROSPECTS, TOTALS):
        raise ValueError(entry["layout"])
    if entry["day_first"] not in _YES_OR_NO or entry["cumulative"] not in _YES_OR_NO:
        raise ValueError(entry)
    return ColumnMapping(
        layout=entry["layout"],
        columns=_texts(entry["columns"]),
        values={role: _texts(values) for role, values in entry["values"].items()},
        day_first=entry["day_first"],
        cumulative=entry["cumulative"],
        keep=tuple(_texts(dict.fromkeys(entry["keep"], ""))),
    )


def _texts(names: Any) -> dict[str, str]:
    found = dict(names)
    if not all(isinstance(text, str) for pair in found.items() for text in pair):
        raise TypeError(names)
    return found
