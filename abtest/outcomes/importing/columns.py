"""Which column has which role, and why the others have none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from abtest.errors import AbtestError, UsageError
from abtest.messages.refused import refusal
from abtest.outcomes.headers import PHRASES, is_rate, meaning, of_rate, words_of
from abtest.outcomes.mapping import CLICKS, DIALS, OPENS, PLACE, PROSPECTS, TOTALS, WHO

if TYPE_CHECKING:
    from abtest.outcomes.importing.facts import ColumnFacts, Facts
    from abtest.outcomes.importing.wishes import Wishes
    from abtest.plan import Plan

#: A role that a person gives to a column that is not to be read.
SKIP = "skip"

_PERSONAL = "it tells who a prospect is, and is never kept"
_PEOPLE = frozenset({*WHO, "first_name", "last_name", "company"})
_REFUSED = {OPENS: "opens", CLICKS: "clicks", DIALS: "dials"}
_SHARE = "it is a share; the counts are read, and shares follow from them"
_INSIDE = {
    "neutral": "these answers are among the responses",
    "automatic": "answers that a machine sent are no responses",
}


@dataclass(slots=True)
class Columns:
    """The roles of an export's columns.

    Attributes:
        layout: `prospects` or `totals`.
        used: Header → role.
        left_out: Header → why it is not read.
        events: Columns that may say what happened, to be judged by their values.
    """

    layout: str = TOTALS
    used: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)

    def header(self, role: str) -> str | None:
        """The column of a role."""
        return next((header for header, found in self.used.items() if found == role), None)


def choose(facts: Facts, wishes: Wishes, plan: Plan) -> Columns:
    """Give every column a role, or the reason why it has none.

    Raises:
        UsageError: A wish names a column or a role that is not there.
        AbtestError: Shares stand without the counts that they are of.
    """
    _check(facts, wishes, plan)
    found = Columns()
    candidates = _candidates(facts, wishes, plan, found)
    if "name" in candidates and _is_summary(facts, candidates):
        names = candidates.pop("name")
        candidates.setdefault("variant", names)
    if any(role in candidates for role in WHO):
        found.layout = PROSPECTS
    for role, headers in candidates.items():
        _settle(role, sorted(headers), found)
    _keep_one_identity(found)
    _leave_out(found, wishes)
    _refuse_bare_shares(facts, found)
    return found


def _check(facts: Facts, wishes: Wishes, plan: Plan) -> None:
    roles = {*PHRASES, *plan.all_counts, *plan.all_dimensions, SKIP}
    for header, role in wishes.columns.items():
        if role not in roles:
            raise UsageError(f"--column {header}={role}: there is no {role!r}; there is "
                             f"{', '.join(sorted(roles))}.")  # fmt: skip
    for key in wishes.keep:
        if key not in plan.all_dimensions:
            known = ", ".join(plan.all_dimensions)
            raise UsageError(f"--keep {key}: rows are told apart by {known}; declare others.")
    if not facts.rows:
        raise AbtestError(f"{facts.name} has a header and no rows below it.")


def _candidates(
    facts: Facts, wishes: Wishes, plan: Plan, found: Columns
) -> dict[str, list[tuple[int, str]]]:
    """Role → the columns that may have it, each with its rank."""
    declared = {words_of(name): name for name in (*plan.counts, *plan.dimensions)}
    place = any(m and m.role in ("city", "country") for m in map(meaning, facts.columns))
    roles: dict[str, list[tuple[int, str]]] = {}
    for header, column in facts.columns.items():
        wish = wishes.columns.get(header)
        if wish == SKIP:
            found.left_out[header] = "you said so"
        elif wish:
            roles.setdefault(wish, []).append((-1, header))
        elif column.blank:
            found.left_out[header] = "it is blank"
        elif is_rate(header) or _all_percent(column):
            found.left_out[header] = _SHARE
        else:
            role, rank = _role(header, declared, place)
            if role:
                roles.setdefault(role, []).append((rank, header))
            else:
                found.left_out[header] = f'not known; --column "{header}=ROLE" reads it'
    return roles


def _role(header: str, declared: dict[str, str], place: bool) -> tuple[str, int]:
    words = words_of(header)
    if words in declared:
        return declared[words], 0
    if words == "state" and place:
        return "state", 0
    known = meaning(header)
    return (known.role, known.rank) if known else ("", 0)


def _is_summary(facts: Facts, candidates: dict[str, list[tuple[int, str]]]) -> bool:
    """Whether `Name` is a campaign's: nobody is identified, and counts are larger than one."""
    if any(role in candidates for role in WHO if role != "name"):
        return False
    counted = [
        h for role in ("sent", "delivered", "responses") for _, h in candidates.get(role, [])
    ]
    samples = [cell for header in counted for cell in facts.columns[header].samples]
    return any(cell.strip().isdigit() and int(cell) > 1 for cell in samples)


def _settle(role: str, ranked: list[tuple[int, str]], found: Columns) -> None:
    """The best column of a role is used, the others are not."""
    if role == "event":
        found.events = [header for _, header in ranked]
        return
    (_, best), *others = ranked
    found.used[best] = role
    for _, header in others:
        found.left_out[header] = f"{best} is read instead"


def _keep_one_identity(found: Columns) -> None:
    """Only the best of the columns that tell prospects apart is read; nothing else of people."""
    best = next((role for role in WHO if found.header(role)), None)
    for header, role in list(found.used.items()):
        if role in _PEOPLE and role != best:
            del found.used[header]
            found.left_out[header] = _PERSONAL


def _leave_out(found: Columns, wishes: Wishes) -> None:
    """Take away what is not counted, and what rows are not to be told apart by."""
    kept = {part for key in wishes.keep for part in (key, *(PLACE if key == "location" else ()))}
    dimensions = {"industry", "location", "title", "company_size", "source", "batch", *PLACE}
    for header, role in list(found.used.items()):
        reason = None
        if role in _REFUSED:
            told = refusal(_REFUSED[role])
            reason = told[1].partition(". ")[2] if told else "it is not counted"
        elif role in dimensions and role not in kept:
            key = "location" if role in PLACE else role
            reason = f"--keep {key} tells rows apart by it"
        elif role in _INSIDE and not (role == "automatic" and found.layout == TOTALS):
            reason = _INSIDE[role]
        elif role == "step" and found.layout == PROSPECTS:
            reason = "a prospect is counted once, at whichever step"
        elif role == "direction" and found.layout == TOTALS:
            reason = "a summary has no direction"
        if reason:
            del found.used[header]
            found.left_out[header] = reason


def _refuse_bare_shares(facts: Facts, found: Columns) -> None:
    """A share without a count says nothing: 50 % of 2 is no 50 % of 200."""
    for header, reason in found.left_out.items():
        share = of_rate(header) if reason == _SHARE else None
        if share is None or share.role in _REFUSED or found.header(share.role):
            continue
        if share.role in ("responses", "meetings", "positive") and not found.events:
            raise AbtestError(
                f"{facts.name}: {header!r} is a share, and no column counts the {share.role}. "
                "Export the counts: 50% of 2 prospects and 50% of 200 are not the same news."
            )


def _all_percent(column: ColumnFacts) -> bool:
    return all(cell.strip().endswith("%") for cell in column.samples)
