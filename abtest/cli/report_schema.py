"""JSON Schema of the JSON that `abtest report` and `abtest calc` print, version 1.

Further keys may come within a version; none that is listed here goes, or changes its meaning.
"""

from __future__ import annotations

from abtest.cli.schema_parts import (
    COUNT,
    FLAG,
    TEXT,
    TEXT_OR_NOTHING,
    Schema,
    document,
    list_of,
    map_of,
    object_of,
    or_nothing,
)
from abtest.report import SCHEMA_VERSION
from abtest.stats.results import PairState, TargetState

_NUMBER = {"type": "number"}
_NUMBER_OR_NOTHING = {"type": ["number", "null"]}
_SHARE = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_DAY = {"type": ["string", "null"], "format": "date"}


_ENDS: dict[str, Schema] = {
    "level": _SHARE,
    "low": _NUMBER_OR_NOTHING,
    "high": _NUMBER_OR_NOTHING,
}
_INTERVAL = or_nothing(object_of(method=TEXT, **_ENDS))
_SEQUENCE = or_nothing(object_of(**_ENDS))

_TARGET = object_of(
    value=_SHARE,
    state={"enum": [str(state) for state in TargetState]},
    decided_at=_DAY,
    drift=FLAG,
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
    more_needed=or_nothing(object_of(n={"type": ["integer", "null"]}, reason=TEXT)),
)

_METRIC = object_of(
    count=COUNT,
    per=COUNT,
    rate=_SHARE,
    interval=_INTERVAL,
    sequence=_SEQUENCE,
    target=or_nothing(_TARGET),
)

_VARIANT = object_of(
    id=TEXT,
    title=TEXT,
    channel={"enum": ["voicemail", "email", "combo", None]},
    touches=COUNT,
    sent=COUNT,
    bounced=COUNT,
    reached=COUNT,
    counts=map_of(COUNT),
    maturing=object_of(sent=COUNT, responses=COUNT),
    metrics=map_of(_METRIC),
)

_COMPARISON = object_of(
    a=TEXT,
    b=TEXT,
    metric=TEXT,
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
    stratified=FLAG,
    kept_information=_SHARE,
    decided_at=_DAY,
    probability_b_better=_SHARE,
    expected_loss_a=_NUMBER_OR_NOTHING,
    expected_loss_b=_NUMBER_OR_NOTHING,
    state={"enum": [str(state) for state in PairState]},
)

_EXPERIMENT = object_of(
    id=TEXT,
    title=TEXT,
    status=TEXT,
    lead_type=TEXT,
    profile=map_of(TEXT),
    target=_SHARE,
    metric=TEXT,
    alpha=_SHARE,
    design={"anyOf": [{"const": "sequential"}, object_of(fixed=COUNT)]},
    sample=FLAG,
    verdict=object_of(
        state={"enum": ["winner", "no_difference", "undecided", "no_data", "invalid"]},
        winner=TEXT_OR_NOTHING,
        headline=TEXT,
        next=TEXT,
    ),
    checks={
        **object_of(text_changed=list_of(TEXT)),
        "additionalProperties": object_of(
            ok={"type": ["boolean", "null"]}, sentence=TEXT_OR_NOTHING, advice=TEXT_OR_NOTHING
        ),
    },
    variants=list_of(_VARIANT),
    comparisons=list_of(_COMPARISON),
    next_split=or_nothing(object_of(shares=map_of(_SHARE), cost=_NUMBER)),
)


def report_schema() -> Schema:
    """The schema of a whole report."""
    metric = object_of(count=TEXT, per=TEXT, target=_SHARE)
    return document(
        "The report of abtest",
        SCHEMA_VERSION,
        as_of={"type": "string", "format": "date"},
        plan=object_of(
            target=_SHARE,
            metric=TEXT,
            alpha=_SHARE,
            response_window=COUNT,
            smallest_effect=_SHARE,
            metrics=map_of(metric),
        ),
        experiments=list_of(_EXPERIMENT),
        portfolio=object_of(
            alpha=_SHARE,
            hypotheses=COUNT,
            discoveries=list_of(
                object_of(experiment=TEXT, hypothesis=TEXT, log_e=_NUMBER, survives=FLAG)
            ),
            expected_false=_NUMBER,
        ),
    )
