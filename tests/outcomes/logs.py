"""Generated event logs, and a slow count of them that shares nothing with the product."""

import datetime as dt
import random
from collections import Counter

EVENTS = ("sent", "bounced", "replied", "auto_reply", "opened", "interested", "not interested",
          "unsubscribed", "meeting held", "second meeting", "dial")  # fmt: skip
COUNTED = {
    "bounced": "bounced", "replied": "responses", "interested": "positive",
    "not interested": "negative", "unsubscribed": "optouts", "meeting held": "meetings",
    "second meeting": "second_meetings",
}  # fmt: skip
HEAD = ("prospect_id", "variant", "rep", "event", "happened")
START = dt.datetime.fromisoformat("2026-09-01")


def make_log(seed, rows, *, prospects=None):
    """Rows of a log in no order: people of several variants and reps, contacted again and again."""
    chance = random.Random(seed)
    people = prospects or max(1, rows // 6)
    weights = (40, 3, 8, 4, 10, 3, 3, 2, 3, 1, 10)
    log = []
    for _ in range(rows):
        person = chance.randrange(people)
        variant = ("offer", "question")[person % 2]
        if chance.random() < 0.02:
            variant = chance.choice(("offer", "question", "other sequence"))
        when = START + dt.timedelta(minutes=chance.randrange(60 * 24 * 60))
        event = chance.choices(EVENTS, weights)[0]
        rep = ("kim", "lee", "max")[person % 3] if chance.random() < 0.9 else chance.choice("kl")
        who = f"p{person}" if chance.random() < 0.995 else ""
        log.append((who, variant, rep, event, when))
    return log


def slow_count(log, variants=("offer", "question")):
    """(variant, rep, day) → counts, by going through each prospect's life in order."""
    lives = {}
    for who, variant, rep, event, when in log:
        if who and variant in variants:
            lives.setdefault((variant, who), []).append((when.date(), rep, event))
    totals = {}
    for (variant, _), life in lives.items():
        sends = sorted((day, rep) for day, rep, event in life if event == "sent")
        if sends:
            first, rep = sends[0]
            counts = totals.setdefault((variant, rep, first), Counter())
            counts.update({"sent", *_happened(life, first)})
    return {key: dict(counts) for key, counts in totals.items()}


def _happened(life, first):
    """What came of one prospect, from the first send on."""
    last = {}
    for day, _, event in life:
        if event in COUNTED and day >= first:
            what = COUNTED[event]
            last[what] = max(last.get(what, day), day)
    happened = set(last)
    if {"positive", "negative"} <= happened:
        happened.discard("positive" if last["negative"] > last["positive"] else "negative")
    if {"positive", "negative"} & set(last):
        happened.add("responses")
    if "second_meetings" in happened:
        happened.add("meetings")
    if happened - {"bounced"}:
        happened.discard("bounced")
    return happened
