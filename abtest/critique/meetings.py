"""Meetings: how messages ask for somebody's time, in questions and in wishes."""

from __future__ import annotations

from abtest.critique.patterns import Pattern

DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MINUTES = (
    r"(?:\d+|five|ten|fifteen|twenty|thirty|forty-five|a\s+few|a\s+couple\s+of|some)"
    r"[\s-]*min(?:ute)?s?"
)
_HOURS = (
    r"(?:(?:a\s+)?(?:quick\s+|spare\s+)?half(?:\s+an|\s+a|[\s-])?[\s-]?hour|an\s+hour|one\s+hour"
    r"|(?:a\s+)?quarter\s+of\s+an\s+hour)"
)
_SPAN = (
    r"(?:about\s+|just\s+|maybe\s+|up\s+to\s+|a\s+quick\s+|a\s+spare\s+)?"
    rf"(?:{MINUTES}|{_HOURS})"
)
_WHEN = (
    rf"(?:{DAY}|next\s+week|this\s+week|tomorrow|this\s+afternoon"
    r"|\d{1,2}\s*(?::\d\d)?\s*[ap]\.?m)"
)
_TALK = (
    r"(?:call|chat|meeting|demo|conversation|walk-?through|intro(?:duction)?|session|zoom|talk"
    r"|catch-?up|coffee|lunch|visit|sit-?down)"
)
_SPEAK = (
    r"(?:talk|chat|speak|meet|connect|discuss|catch\s+up|walk|go\s+over|go\s+through"
    r"|compare\s+notes)"
)
#: What somebody does with the time that they ask for.
_TAKE = (
    r"(?:grab|spare|find|have|take|borrow|steal|book|set\s+aside|carve\s+out|squeeze\s+in|give|get"
    r"|got|put|free\s+up|make|manage|do|block\s+(?:out|off))"
)
#: Whose time it is: "you" and "we", never "your drivers".
_OURS = r"\b(?:you|we|I)\s+(?:\w+\s+){0,3}?"
_MAY = r"\b(?:can|could|shall|should|might|may)\s+(?:we|I)\s+(?:\w+\s+)?"

#: Ways in which a question asks for time.
_QUESTIONS = (
    # "Do you have fifteen minutes", "could you spare a moment to talk"
    rf"{_OURS}{_TAKE}\s+(?:me\s+|us\s+)?(?:for\s+)?{_SPAN}\b",
    (
        rf"{_OURS}{_TAKE}\s+(?:me\s+|us\s+)?(?:a\s+(?:moment|second|minute)|some\s+time|time)"
        rf"\s+(?:to\s+{_SPEAK}|for\s+(?:a|me|us)|on|this|next)"
    ),
    rf"{_OURS}(?:free|open\s+to|up\s+for)\s+(?:for\s+)?{_SPAN}",
    # "half an hour of your time", "is ten minutes too much"
    (
        rf"\b{_SPAN}\s+(?:of\s+your|with\s+(?:me|us)\b|on\s+(?:the\s+phone|a\s+call)"
        rf"|to\s+(?:{_SPEAK}|show)\b|(?:on\s+)?(?:next|this)\s+week)"
    ),
    (
        r"^(?:is|would|could|can|how\s+about|what\s+about|any\s+chance\s+of|got|have|up\s+for|open\s+to"
        rf"|worth)\s+{_SPAN}"
    ),
    # "a quick call", "open to a chat"; a talk with a customer is proof, not a meeting
    rf"\b(?:quick|short|brief|discovery|introductory|{MINUTES}|\d+-minute)\s+{_TALK}\b",
    (
        r"\b(?:for|to|up\s+for|schedule|set\s+up|book|arrange|have|on|do|grab|worth|through|over|want"
        rf"|like|join)\s+(?:a|another)\s+{_TALK}\b"
    ),
    rf"\bwould\s+(?:a|another)\s+{_TALK}\b(?!\s+with\s+(?!me\b|us\b))",
    r"\bdemo\b",
    # "can we meet", "may I drop by", "make sense to talk"
    (
        rf"{_MAY}(?:{_SPEAK}|find\s+(?:a|some)\s+time|schedule|set\s+up|arrange|sit\s+down"
        r"|get\s+together|hop|jump)\b"
    ),
    rf"{_MAY}(?:come|drop|stop|swing|pop)\s+(?:by|in|over|round)\b",
    r"\bcome\s+(?:and\s+)?see\s+(?:the|our|us)\b",
    rf"\bmake\s+sense\s+to\s+{_SPEAK}",
    rf"\b{_SPEAK}\b[^?]{{0,30}}?\b(?:on|by|over)\s+(?:the\s+)?phone\b",
    r"\bjoin\s+(?:me|us)\s+for\b|\b(?:pencil|slot|fit|squeeze)\s+(?:me|us)\s+in\b",
    # a day or a calendar: "free on Tuesday", "how does Friday look"
    rf"{_OURS}(?:free|available|around|{_SPEAK})\b[^?]{{0,40}}?\b{_WHEN}",
    (
        r"\b(?:does|do|would|is|will|how\s+(?:about|does|is))\s+(?:sometime\s+|early\s+|late\s+|on\s+)*"
        rf"{_WHEN}s?\b[^?]{{0,40}}?"
        r"\b(?:works?|suit|good|best|fine|ok|okay|possible|convenient|better|look|free)\b"
    ),
    rf"\bhow\s+about\s+(?:sometime\s+|on\s+)?{_WHEN}",
    rf"\byour\s+{_WHEN}\s+(?:\w+\s+)?look",
    rf"{_WHEN}[^?]{{0,25}}?\b(?:works?\s+(?:for\s+you|better|best)|suits?\b|good\s+for\s+you)",
    r"\b(?:your|my)\s+(?:calendar|diary)\b|\bcalendly\b|\bfind\s+(?:a|some)\s+time\b",
)
MEET_QUESTION = Pattern("|".join(_QUESTIONS))

WISH = Pattern(
    r"\b(?:i['’]d|i\s+would|we['’]d|we\s+would)\s+(?:really\s+)?(?:love|like|welcome|appreciate"
    r"|be\s+(?:happy|glad|grateful))"
    r"\s+(?:to\s+(?:meet|chat|schedule|set\s+up|show\s+you|connect|talk|speak|hop|jump|book|find|grab)"
    rf"|{_HOURS}|(?:a|an|{MINUTES}|\d+)\b.*?\b(?:{_TALK}|time|you)\b)"
    r"|\blet['’]?s\s+(?:meet|chat|talk|schedule|set\s+up|find|hop|jump|book|get\s+on|connect)"
    rf"|\bhow\s+(?:about|does)\s+(?:{DAY}|next|tomorrow)",
)
