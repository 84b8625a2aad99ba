"""JSON Schema of the JSON that `abtest report` and `abtest calc` print, version 1.

Further keys may come within a version; none that is listed here goes, or changes its meaning.
"""

from __future__ import annotations

from typing import Any

from abtest.report import SCHEMA_VERSION
from abtest.stats.results import PairState, TargetState

_TEXT = {"type": "string"}
_TEXT_OR_NOTHING = {"type": ["string", "null"]}
_FLAG = {"type": "boolean"}
_COUNT = {"type": "integer", "minimum": 0}
_NUMBER = {"type": "number"}
_NUMBER_OR_NOTHING = {"type": ["number", "null"]}
_SHARE = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_DAY = {"type": ["string", "null"], "format": "date"}


def _object(**members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members)}


def _map(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": of}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_ENDS: dict[str, dict[str, Any]] = {
    "level": _SHARE,
    "low": _NUMBER_OR_NOTHING,
    "high": _NUMBER_OR_NOTHING,
}
_INTERVAL = _or_nothing(_object(method=_TEXT, **_ENDS))
_SEQUENCE = _or_nothing(_object(**_ENDS))

_TARGET = _object(
    value=_SHARE,
    state={"enum": [str(state) for state in TargetState]},
    decided_at=_DAY,
    drift=_FLAG,
    p_above=_SHARE,
    p_below=_SHARE,
    score_z=_NUMBER_OR_NOTHING,
    e_above=_NUMBER_OR_NOTHING,
    e_below=_NUMBER_OR_NOTHING,
    log_e_above=_NUMBER,
    log_e_below=_NUMBER,
    anytime_p_above=_SHARE,
    anytime_p_below=_SHARE,
    probability_above=_SHARE,
    more_needed=_or_nothing(_object(n={"type": ["integer", "null"]}, reason=_TEXT)),
)

_METRIC = _object(
    count=_COUNT,
    per=_COUNT,
    rate=_SHARE,
    interval=_INTERVAL,
    sequence=_SEQUENCE,
    target=_or_nothing(_TARGET),
)

_VARIANT = _object(
    id=_TEXT,
    title=_TEXT,
    channel={"enum": ["voicemail", "email", "combo", None]},
    touches=_COUNT,
    sent=_COUNT,
    bounced=_COUNT,
    reached=_COUNT,
    counts=_map(_COUNT),
    maturing=_object(sent=_COUNT, responses=_COUNT),
    metrics=_map(_METRIC),
)

_COMPARISON = _object(
    a=_TEXT,
    b=_TEXT,
    metric=_TEXT,
    difference=_NUMBER_OR_NOTHING,
    interval=_INTERVAL,
    ratio=_NUMBER_OR_NOTHING,
    score_z=_NUMBER_OR_NOTHING,
    p_value=_SHARE,
    exact_p_value=_SHARE,
    e_value=_NUMBER_OR_NOTHING,
    log_e_value=_NUMBER,
    anytime_p=_SHARE,
    sequence=_SEQUENCE,
    odds_ratio=_NUMBER_OR_NOTHING,
    odds_ratio_low=_NUMBER_OR_NOTHING,
    odds_ratio_high=_NUMBER_OR_NOTHING,
    stratified=_FLAG,
    kept_information=_SHARE,
    decided_at=_DAY,
    probability_b_better=_SHARE,
    expected_loss_a=_NUMBER_OR_NOTHING,
    expected_loss_b=_NUMBER_OR_NOTHING,
    state={"enum": [str(state) for state in PairState]},
)

_EXPERIMENT = _object(
    id=_TEXT,
    title=_TEXT,
    status=_TEXT,
    lead_type=_TEXT,
    profile=_map(_TEXT),
    target=_SHARE,
    metric=_TEXT,
    alpha=_SHARE,
    design={"anyOf": [{"const": "sequential"}, _object(fixed=_COUNT)]},
    sample=_FLAG,
    verdict=_object(
        state={"enum": ["winner", "no_difference", "undecided", "no_data", "invalid"]},
        winner=_TEXT_OR_NOTHING,
        headline=_TEXT,
        next=_TEXT,
    ),
    checks={
        **_object(text_changed=_list(_TEXT)),
        "additionalProperties": _object(
            ok={"type": ["boolean", "null"]}, sentence=_TEXT_OR_NOTHING, advice=_TEXT_OR_NOTHING
        ),
    },
    variants=_list(_VARIANT),
    comparisons=_list(_COMPARISON),
    next_split=_or_nothing(_object(shares=_map(_SHARE), cost=_NUMBER)),
)


def report_schema() -> dict[str, Any]:
    """The schema of a whole report."""
    metric = _object(count=_TEXT, per=_TEXT, target=_SHARE)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The report of abtest",
        **_object(
            version={"const": SCHEMA_VERSION},
            as_of={"type": "string", "format": "date"},
            plan=_object(
                target=_SHARE,
                metric=_TEXT,
                alpha=_SHARE,
                response_window=_COUNT,
                smallest_effect=_SHARE,
                metrics=_map(metric),
            ),
            experiments=_list(_EXPERIMENT),
            portfolio=_object(
                alpha=_SHARE,
                hypotheses=_COUNT,
                discoveries=_list(
                    _object(experiment=_TEXT, hypothesis=_TEXT, log_e=_NUMBER, survives=_FLAG)
                ),
                expected_false=_NUMBER,
            ),
        ),
    }
