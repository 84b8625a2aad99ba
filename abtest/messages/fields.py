"""Every key that a team may write: what it holds, whether it must be there, and what it is for.

The tables drive reading, the key that is offered for a misspelt one, and JSON Schema. Adding a key
is a line here and a line where its value is used.
"""

from __future__ import annotations

from abtest.messages.days import Day
from abtest.messages.kinds import (
    Choice,
    Difference,
    Either,
    Flag,
    ListOf,
    MapOf,
    Pattern,
    Share,
    Text,
    Weight,
    Whole,
)
from abtest.messages.records import Field, Record
from abtest.plan import HOUSE_STYLES, PHRASE_LISTS

#: Ids are the names of folders and files.
ID = r"[a-z0-9][a-z0-9-]{0,62}"
#: Names of metrics, counts, dimensions and factors.
NAME = r"[a-z][a-z0-9_]{0,39}"
#: A rule's code.
CODE = r"[A-Z]{2}[0-9]{3}"

_WORDS = Text()
_LONG = Text(4000, lines=True)
_DATE = Field("date", Day(), "The day it happened.", "2026-11-20", "KY002")
_LANGUAGE = Pattern(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "a language such as en")
_RECORDING = Field(
    "recording", _WORDS, "A sound file of the experiment.", "recordings/referral-ask-kim.mp3"
)
_TARGET = Field("target", Share(), "The response target, a share.", "10%")
_METRIC = Field("metric", _WORDS, "The name of the primary metric.", "responses")
_EFFECT = Field("smallest_effect", Difference(), "The smallest difference worth acting on.", "4pp")

PROFILE = Record(
    "the profile",
    Field("industry", _WORDS, "What the prospects' companies do.", "Logistics", "PR001"),
    Field("location", _WORDS, "Where the prospects are.", "United States", "PR001"),
    Field("title", _WORDS, "What the prospects are at work.", "VP of Sales", "PR001"),
    others=_WORDS,
)

EXPERIMENT = Record(
    "an experiment",
    Field("title", _WORDS, "The question.", "Does a question beat an offer?", "KY002"),
    Field(
        "status",
        Choice("draft", "running", "decided", "archived"),
        "Where it stands; by default it runs.",
        "running",
    ),
    Field(
        "profile",
        PROFILE,
        "Who is asked: industry, location and title.",
        "{industry: Logistics, location: United States, title: VP of Sales}",
        "PR001",
    ),
    Field("control", _WORDS, "The variant that is the baseline; by default the first.", "offer"),
    Field(
        "lead_type",
        Choice("cold", "warm", "referral", "inbound"),
        "How well prospects know you; by default not at all.",
        "cold",
    ),
    _TARGET,
    _METRIC,
    Field(
        "lever",
        Choice("message", "list", "cadence", "offer", "channel"),
        "What this experiment moves.",
        "message",
    ),
    Field("lang", _LANGUAGE, "The language of the messages; by default English.", "en"),
    Field(
        "allocation",
        MapOf(Weight(), ID, "a variant's id"),
        "The planned split; by default equal.",
        "{offer: 1, question: 1}",
    ),
    Field(
        "design",
        Either(
            Choice("sequential", also="{fixed: 400}"),
            Record(
                "a design",
                Field(
                    "fixed",
                    Whole(1, 10**9),
                    "Judge once, at this many prospects per variant.",
                    "400",
                    "KY002",
                ),
            ),
        ),
        "When to judge: at every look, which is the default, or once.",
        "{fixed: 400}",
    ),
    _EFFECT,
    Field("sample", Flag(), "Whether the numbers are made up; pages then say so.", "true"),
    Field("source", _LONG, "Where published numbers come from.", "Table 2 of a report"),
    Field(
        "decision",
        Record(
            "a decision",
            _DATE,
            Field("keep", _WORDS, "The id of the variant to keep, or none.", "question", "KY002"),
            Field("why", _LONG, "The reason.", "More people answered."),
        ),
        "What the team decided.",
        "{date: 2026-11-20, keep: question, why: More people answered.}",
    ),
)

VARIANT = Record(
    "a variant",
    Field("title", _WORDS, "What sets this variant apart.", "Ask for a referral", "KY002"),
    Field("author", _WORDS, "Who wrote it.", "kim"),
    _RECORDING,
    Field(
        "factors",
        MapOf(_WORDS, NAME, "the name of a lever"),
        "Levels of levers that are compared across experiments.",
        "{approach: referral}",
    ),
    Field(
        "text_change",
        Record(
            "a change of words",
            _DATE,
            Field("why", _LONG, "Why it is immaterial.", "typo", "KY002"),
        ),
        "States that a change of words after the first results is immaterial.",
        "{date: 2026-11-01, why: typo}",
    ),
    Field(
        "ignore",
        MapOf(_LONG, CODE, "a rule's code such as VM003"),
        "Rules that are switched off for this variant, each with its reason.",
        "{VM003: the call to action is the email}",
    ),
    Field("results", None, "Rows of counts, grouped by rep.", "", blank=True),
)

REVIEW = Record(
    "a review",
    Field("of", _WORDS, "The id of the variant.", "referral-ask", "KY002"),
    Field("by", _WORDS, "Who reviewed it.", "lee", "KY002"),
    _DATE,
    Field("kind", Choice("read", "role-play", "recording"), "What was done.", "read", "KY002"),
    Field(
        "scores",
        MapOf(Whole(1, 5), NAME, "a dimension of the rubric"),
        "1 to 5 for dimensions of the rubric.",
        "{fit: 4, ask: 2}",
    ),
    Field(
        "must_fix",
        ListOf(
            Record(
                "a must-fix",
                Field("text", _LONG, "What must change.", "Ask for a name instead.", "KY002"),
                Field("quote", _WORDS, "The words of the message it is about.", "Got an hour?"),
                Field("line", Whole(1, 100_000), "Their line in the variant's file.", "7"),
                Field(
                    "state",
                    Choice("open", "fixed", "declined"),
                    "Where it stands; by default open.",
                    "open",
                ),
                Field("why", _LONG, "Why it was declined.", "The page says it."),
            )
        ),
        "What must change before the message is sent.",
        "[{text: Ask for a name instead., line: 7}]",
        blank=True,
    ),
    Field("scenario", _LONG, "Role-play: the situation.", "A CFO in a hurry"),
    Field("played_by", _WORDS, "Role-play: who played the prospect.", "max"),
    Field("takes", Whole(1, 99), "Role-play: the number of tries.", "3"),
    Field("decision", Choice("use", "fork", "drop"), "Role-play: what to do with it.", "use"),
    _RECORDING,
)

_CODE = Pattern(CODE, "a rule's code such as VM003")
_NAME = Pattern(NAME, "a name such as handed_over")
_ANCHORS = MapOf(_LONG, NAME, "a dimension")

PLAN = Record(
    "the plan",
    _TARGET,
    _METRIC,
    Field("alpha", Share(), "The error rate of an experiment, held at every look.", "0.05"),
    Field("response_window", Whole(0, 365), "Days until a cohort is judged.", "14"),
    _EFFECT,
    Field(
        "metrics",
        MapOf(
            Record(
                "a metric",
                Field("count", _WORDS, "The count that is a part.", "meetings", "KY002"),
                Field("per", _WORDS, "What it is a part of; by default reached.", "reached"),
                _TARGET,
            ),
            NAME,
            "a metric's name",
        ),
        "Further proportions.",
        "{meeting_rate: {count: meetings, per: reached}}",
    ),
    Field("counts", ListOf(_NAME), "Further count keys.", "[accepted, handed_over]"),
    Field("dimensions", ListOf(_NAME), "Further dimensions of rows.", "[company_size]"),
    Field(
        "sender",
        Record(
            "the sender",
            Field("names", ListOf(_WORDS), "Who speaks.", "[Kim Ito]"),
            Field("company", _WORDS, "Who they speak for.", "Brightline"),
            Field("phone", _WORDS, "The number to call back.", "555-0142"),
            Field("website", _WORDS, "The company's website.", "brightline.example"),
            Field("address", _WORDS, "The company's postal address.", "1 Main St"),
        ),
        "Who speaks; what may stand in a message without being a prospect's data.",
        "{names: [Kim Ito], company: Brightline, phone: 555-0142}",
    ),
    Field(
        "critique",
        Record(
            "the critique",
            Field("profile", Choice(*HOUSE_STYLES), "The house style.", "default"),
            Field("disable", ListOf(_CODE), "Rules that are switched off.", "[VM014]"),
            Field(
                "severity",
                MapOf(Choice("error", "warning", "info"), CODE, "a rule's code such as VM001"),
                "Severities that differ from the rules' own.",
                "{VM001: info}",
            ),
            Field(
                "phrases",
                MapOf(ListOf(_WORDS), "|".join(PHRASE_LISTS), "a word list such as buzzwords"),
                "The team's own phrases, beside the built-in ones.",
                "{buzzwords: [rightsizing]}",
            ),
        ),
        "How strict the critique is.",
        "{disable: [VM014]}",
    ),
    Field(
        "rubric",
        Record(
            "the rubric",
            Field("what", _ANCHORS, "What you say, with what 1, 3 and 5 mean.", "{fit: …}"),
            Field("how", _ANCHORS, "How you say it, with what 1, 3 and 5 mean.", "{pace: …}"),
        ),
        "What reviews score.",
        "{what: {fit: …}, how: {pace: …}}",
    ),
)
