"""Experiments built by hand, for tests that need no files."""

import datetime as dt

from abtest.model import Cohort, Experiment, Experiments, Profile, Touch, Variant
from abtest.plan import Plan

MONDAY = dt.date(2026, 8, 3)
AS_OF = dt.date(2026, 11, 22)
TOUCH = Touch("email", 1, None, "Docks", "Hi {{first_name}}", 4, 2, 3)


def cohort(week, sent, responses, *, rep="kim", **more):
    """A row of the week that starts `week` weeks after the first Monday."""
    dimensions = {key: value for key, value in more.items() if isinstance(value, str)}
    counts = {key: value for key, value in more.items() if isinstance(value, int)}
    return Cohort(
        rep=rep,
        date=MONDAY + dt.timedelta(weeks=week),
        counts={"sent": sent, "responses": responses, **counts},
        dimensions=dimensions,
    )


def variant(name, cohorts, home="dock"):
    return Variant(
        id=f"{home}/{name}",
        name=name,
        title=name.upper(),
        path=f"messages/{home}/{name}.md",
        touches=(TOUCH,),
        cohorts=tuple(cohorts),
    )


def experiment(arms, **more):
    """An experiment called dock, unless told otherwise; the first arm is the control."""
    home = more.pop("id", "dock")
    variants = {name: variant(name, cohorts, home) for name, cohorts in arms.items()}
    return Experiment(
        id=home,
        title="Which question?",
        status=more.pop("status", "running"),
        profile=Profile("Logistics", "Chicago", "VP of Operations"),
        control=more.pop("control", next(iter(arms))),
        path=f"messages/{home}/experiment.md",
        variants=variants,
        **more,
    )


def experiments(arms, plan=None, **more):
    return Experiments({"dock": experiment(arms, **more)}, plan or Plan(), "messages")
