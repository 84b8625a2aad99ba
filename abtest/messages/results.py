"""Results: rows of counts, grouped by rep, into cohorts.

Reading rows is most of the work of reading a team's content; a good row takes one pass over its
keys.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from abtest.messages.days import Day
from abtest.messages.kinds import COUNT, Text
from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.refused import refusal, refuse_key
from abtest.messages.sheet import clipped, shown
from abtest.model import Cohort
from abtest.plan import REACHED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from abtest.messages.sheet import Sheet
    from abtest.plan import Plan

#: Per-touch responses of a row: a list, in the order of the touches.
BY_TOUCH = "responses_by_touch"
#: Part → whole, in the words of the row; every count of prospects is a part of those reached.
_NESTED = (
    ("bounced", "sent"),
    ("responses", REACHED),
    ("positive", "responses"),
    ("negative", "responses"),
    ("optouts", REACHED),
    ("meetings", REACHED),
    ("second_meetings", "meetings"),
    ("opportunities", REACHED),
    ("wins", "opportunities"),
)
_DAY = Day()
_DIMENSION = Text(limit=100)
_REP_LIMIT = 63
_NONE: MappingProxyType[str, str] = MappingProxyType({})
#: A count with a sign, zeros in front or digits in groups, whose meaning is plain.
_GROUPED = re.compile(r"\+?0*([1-9][0-9]{0,2}(?:[ ,._'’][0-9]{3})+|[1-9][0-9]{0,11})")


class Vocabulary:
    """The keys that a row may have, and which counts are parts of which.

    Attributes:
        counts: Count keys.
        dimensions: Dimension keys.
        ordered: All keys, in the order in which people write them.
        keys: The same as a set.
        nested: (part, whole) pairs of counts; the whole may be `reached`.
        complete: False where plan.yml could not be read: unknown keys may be declared there.
    """

    __slots__ = ("complete", "counts", "dimensions", "keys", "nested", "ordered")

    def __init__(self, plan: Plan, metrics: Iterable[str] = (), complete: bool = True) -> None:
        self.counts = frozenset(plan.all_counts)
        self.dimensions = frozenset(plan.all_dimensions)
        self.ordered = ("date", *plan.all_counts, BY_TOUCH, *plan.all_dimensions)
        self.keys = frozenset(self.ordered)
        self.complete = complete
        declared = [(metric.count, metric.per) for metric in plan.metrics]
        named = [(name, REACHED) for name in metrics if name in plan.counts]
        self.nested = tuple(dict.fromkeys((*_NESTED, *declared, *named)))


def read_results(
    node: Node, vocabulary: Vocabulary, touches: int, sheet: Sheet
) -> tuple[Cohort, ...]:
    """The cohorts of a variant's `results`, in the order of the file.

    Args:
        node: What stands at `results`.
        vocabulary: The keys that rows may have.
        touches: How many touches the variant has.
        sheet: Takes the errors.
    """
    if isinstance(node, Scalar) and node.blank:
        return ()
    if not isinstance(node, Entries):
        what = "a list" if isinstance(node, Items) else "text"
        sheet.error("CT002", node, f"results is {what}; reps belong here.", _SHAPE)
        return ()
    rows = _Rows(vocabulary, touches, sheet)
    for name, (key, group) in node.pairs.items():
        rows.read_group(name, key, group)
    return tuple(rows.cohorts)


_SHAPE = "Write the rep, and below it one row a send date: - {date: 2026-11-02, sent: 40}"


class _Rows:
    """The rows of one variant."""

    __slots__ = ("cohorts", "first", "sheet", "touches", "vocabulary")

    def __init__(self, vocabulary: Vocabulary, touches: int, sheet: Sheet) -> None:
        self.vocabulary = vocabulary
        self.touches = touches
        self.sheet = sheet
        self.cohorts: list[Cohort] = []
        self.first: dict[tuple[object, ...], Entries] = {}

    def read_group(self, rep: str, key: Scalar, group: Node) -> None:
        if not rep.strip() or "\n" in rep or len(rep) > _REP_LIMIT:
            self.sheet.error("CT002", key, f"{shown(rep)} cannot be the name of a rep.", _SHAPE)
        elif isinstance(group, Items):
            for row in group.nodes:
                self.read_row(rep, row)
        elif not (isinstance(group, Scalar) and group.blank):
            known = rep in self.vocabulary.counts or rep == "date"
            what = "a key of a row, not a rep" if known else "no list of rows"
            self.sheet.error("CT002", key, f"{clipped(rep)} here is {what}.", _SHAPE)

    def read_row(self, rep: str, row: Node) -> None:
        if not isinstance(row, Entries):
            message = f"This row of {clipped(rep)} has no keys."
            self.sheet.error("CT002", row, message, "Write - {date: 2026-11-02, sent: 40}")
            return
        before = self.sheet.errors
        if not row.pairs.keys() <= self.vocabulary.keys:
            self.refuse_unknown(row)
        counts = self.read_counts(row)
        date = _DAY.read(row.pairs["date"][1], "date", self.sheet) if "date" in row.pairs else None
        dimensions = self.read_dimensions(row)
        by_touch = self.read_by_touch(row)
        if self.sheet.errors == before:
            self.check_required(row)
        if self.sheet.errors > before or date is None:
            return
        self.check_order(row, counts, by_touch)
        self.check_unique(rep, date, dimensions, row)
        told = MappingProxyType(dimensions) if dimensions else _NONE
        counted = MappingProxyType(counts)
        self.cohorts.append(Cohort(rep, date, counted, told, by_touch, row.line))

    def check_required(self, row: Entries) -> None:
        for name, example in (("date", "2026-11-02"), ("sent", "40")):
            if name not in row.pairs:
                cure = f"Add {name}: {example} to it."
                self.sheet.error("CT003", row, f"This row has no {name}.", cure)

    def read_counts(self, row: Entries) -> dict[str, int]:
        known = self.vocabulary.counts
        counts: dict[str, int] = {}
        for name, (_, value) in row.pairs.items():
            if name in known:
                if isinstance(value, Scalar) and COUNT.fullmatch(value.text):
                    counts[name] = int(value.text)
                else:
                    self.refuse_count(name, value)
        return counts

    def read_dimensions(self, row: Entries) -> dict[str, str]:
        known = self.vocabulary.dimensions
        return {
            name: _DIMENSION.read(value, name, self.sheet) or ""
            for name, (_, value) in row.pairs.items()
            if name in known
        }

    def read_by_touch(self, row: Entries) -> tuple[int, ...]:
        """Responses by touch, none where they are not recorded."""
        pair = row.pairs.get(BY_TOUCH)
        if pair is None:
            return ()
        value = pair[1]
        items = value.nodes if isinstance(value, Items) else []
        texts = [item.text for item in items if isinstance(item, Scalar)]
        if not items or len(texts) < len(items) or not all(map(COUNT.fullmatch, texts)):
            message = f"{BY_TOUCH} must be a list of counts."
            self.sheet.error("CT001", value, message, f"Write {BY_TOUCH}: [3, 1, 0, 1]")
            return ()
        if len(texts) > self.touches:
            message = f"{BY_TOUCH} has {len(texts)} numbers for {self.touches} touches."
            cure = "A voicemail and its email of the same number are one touch."
            self.sheet.error("CT005", value, message, cure)
        return tuple(map(int, texts))

    def refuse_unknown(self, row: Entries) -> None:
        vocabulary = self.vocabulary
        for name, (key, value) in row.pairs.items():
            if name in vocabulary.keys:
                continue
            if vocabulary.complete or refusal(name) or value.start == value.end:
                cure = f"Declare it in plan.yml: counts: [{clipped(name)}], or under dimensions."
                refuse_key(key, value, row.flow, vocabulary.ordered, self.sheet, cure)

    def refuse_count(self, name: str, value: Node) -> None:
        """Say what a count must look like, and which one was probably meant."""
        cure = f"Write a number in digits: {name}: 40"
        if not isinstance(value, Scalar):
            what = f"{name} is a {'list' if isinstance(value, Items) else 'mapping'}"
        elif not value.text:
            what = f"{name} is left blank"
            cure = f"Write {name}: 0, or delete the key if nobody counted."
        else:
            what = f"{name} is {shown(value.text)}"
            digits = _GROUPED.fullmatch(value.text)
            if digits:
                cure = f"Write {name}: {re.sub('[^0-9]', '', digits[1])}"
        self.sheet.error("CT001", value, f"{what}; a count is digits and nothing else.", cure)

    def check_order(self, row: Entries, counts: dict[str, int], by_touch: tuple[int, ...]) -> None:
        """Parts are no larger than their wholes."""
        get = counts.get
        reached = counts["sent"] - get("bounced", 0)
        for part, whole in self.vocabulary.nested:
            number = get(part)
            if number and number > (reached if whole == REACHED else get(whole, 0)):
                self.refuse_order(part, whole, row, counts, reached)
        answers = get("responses", 0)
        signed = get("positive", 0) + get("negative", 0)
        if signed > answers >= max(get("positive", 0), get("negative", 0)):
            message = f"positive and negative are {signed} together, responses only {answers}."
            self.sheet.error("DM002", row, message, "An answer is one or the other.")
        if sum(by_touch) > answers:
            message = f"{BY_TOUCH} adds up to {sum(by_touch)}, responses are {answers}."
            self.sheet.error("DM002", row, message, "Count each person who answered once.")

    def refuse_order(
        self, part: str, whole: str, row: Entries, counts: dict[str, int], reached: int
    ) -> None:
        named = "sent − bounced" if whole == REACHED else whole
        limit = reached if whole == REACHED else counts.get(whole)
        number = "not written" if limit is None else limit
        cure = "Check both numbers."
        if part == "responses":
            cure += " A late response is added to the row of its send date."
        self.sheet.error(
            "DM002",
            row.pairs[part][1],
            f"{part} is {counts[part]}, more than {named}, which is {number}.",
            cure,
        )

    def check_unique(
        self, rep: str, date: dt.date, dimensions: dict[str, str], row: Entries
    ) -> None:
        """No two rows are of one rep, one date and the same dimensions."""
        first = self.first.setdefault((rep, date, frozenset(dimensions.items())), row)
        if first is not row:
            self.sheet.error(
                "CT004",
                row,
                f"{clipped(rep)} has a row for {date} already, on line {first.line}.",
                "Raise that row, or tell the two apart with batch: 1 and batch: 2.",
            )
