"""The one query: from rows about prospects to counts, each prospect once per variant.

Rows have a prospect, the number of a variant, a rep, dimensions, and for each outcome the day on
which it happened, or NULL. The cohort of a prospect is the day of the first send, with the rep and
the dimensions of that row. What happened before the first send is no answer to it. Who answered
was reached, whatever bounced; who answered yes and no meant the later of the two.

The SQL keeps to what DuckDB, PostgreSQL and Spark have in common: days are whole numbers such as
20261102, so that no engine's idea of a week, a time zone or a division comes into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.outcomes.tally.expressions import NUMBER, TEXT, Query, literal, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Outcome → outcomes that it implies: whoever had the former had the latter too.
_IMPLIED_BY = {
    "responses": ("responses", "positive", "negative"),
    "meetings": ("meetings", "second_meetings"),
    "opportunities": ("opportunities", "wins"),
}


def dimension(number: int) -> str:
    """The name of a dimension's column in the rows."""
    return f"d{number}"


def outcome_column(outcome: str) -> str:
    """The name of an outcome's column in the rows."""
    return f"o_{outcome}"


def implied(outcomes: Sequence[str]) -> tuple[str, ...]:
    """The outcomes that are counted where these are recorded.

    >>> implied(["sent", "positive"])
    ('sent', 'responses', 'positive')
    """
    found: list[str] = []
    for outcome in outcomes:
        parents = [parent for parent, parts in _IMPLIED_BY.items() if outcome in parts[1:]]
        found += [name for name in (*parents, outcome) if name not in found]
    return tuple(found)


def tally(rows: str, places: Sequence[tuple[str, ...]], recorded: Sequence[str]) -> Query:
    """The query.

    Args:
        rows: SQL of the rows. A row that does not count has a negative variant, and no prospect.
        places: Every combination of rep and dimensions that the rows have.
        recorded: The outcomes that the rows have, with `sent`.

    Returns:
        A query whose result has the columns variant, cell (the day of the first send times the
        number of cells, plus the cell's place among them; NULL for prospects without a send),
        prospects, lines, and one for each of `implied(recorded)` but `sent`.
    """
    later = [outcome for outcome in recorded if outcome != "sent"]
    join, key = _cells(places)
    per_prospect = select(
        [
            "r.variant",
            "r.prospect",
            "COUNT(*) AS lines",
            "COALESCE(MIN(r.o_sent), 0) AS first_day",
            f"MIN({key}) AS cell",
            *(f"MAX(r.{outcome_column(o)}) AS {outcome_column(o)}" for o in later),
        ],
        f"({rows}) AS r{join}",
        group=["r.variant", "r.prospect"],
    )
    conditions = _conditions(later)
    marks = (f"CASE WHEN {sql} THEN 1 ELSE 0 END AS {o}" for o, sql in conditions.items())
    marked = select(["p.variant", "p.cell", "p.lines", *marks], f"({per_prospect}) AS p")
    summed = ("lines", *conditions)
    sql = select(
        [
            "m.variant",
            "m.cell",
            "COUNT(*) AS prospects",
            *(f"CAST(SUM(m.{name}) AS BIGINT) AS {name}" for name in summed),
        ],
        f"({marked}) AS m",
        group=["m.variant", "m.cell"],
    )
    return Query(sql, dict.fromkeys(("variant", "cell", "prospects", *summed), NUMBER))


def cells(rows: str, dimensions: int) -> Query:
    """Every combination of rep and dimensions among the rows that count."""
    names = ["rep", *(dimension(n) for n in range(dimensions))]
    columns = [f"r.{name}" for name in names]
    sql = select(columns, f"({rows}) AS r", where="r.variant >= 0", group=columns)
    return Query(sql, dict.fromkeys(names, TEXT))


def _cells(cells: Sequence[tuple[str, ...]]) -> tuple[str, str]:
    """The join that finds a row's cell, and the key that orders sends by day, then by cell."""
    if len(cells) < 2:
        return "", "r.o_sent"
    names = ["rep", *(dimension(n) for n in range(len(cells[0]) - 1))]
    listed = ", ".join(
        f"({', '.join(map(literal, cell))}, {number})" for number, cell in enumerate(cells)
    )
    same = " AND ".join(f"c.{name} = r.{name}" for name in names)
    join = f" LEFT JOIN (VALUES {listed}) AS c({', '.join(names)}, place) ON {same}"
    return join, f"CAST(r.o_sent AS BIGINT) * {len(cells)} + c.place"


def _conditions(later: Sequence[str]) -> Mapping[str, str]:
    """Outcome → when a prospect counts for it, in the order of `implied`."""
    happened = {o: f"p.{outcome_column(o)} >= p.first_day" for o in later}
    yes, no = "p.o_positive", "p.o_negative"
    if "positive" in happened and "negative" in happened:
        happened["positive"] += f" AND NOT COALESCE({no} > {yes}, FALSE)"
        happened["negative"] += f" AND NOT COALESCE({yes} >= p.first_day AND {no} <= {yes}, FALSE)"
    plain = {o: f"p.{outcome_column(o)} >= p.first_day" for o in later}
    found = {}
    for outcome in implied(later):
        parts = [plain[part] for part in _IMPLIED_BY.get(outcome, ()) if part in plain]
        found[outcome] = f"({' OR '.join(parts)})" if parts else happened[outcome]
    if "bounced" in found:
        reached = [sql for outcome, sql in found.items() if outcome != "bounced"]
        answered = " OR ".join(reached)
        found["bounced"] += f" AND NOT COALESCE({answered}, FALSE)" if reached else ""
    return found
