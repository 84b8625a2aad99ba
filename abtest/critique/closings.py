"""Closings: how a message says that it is the last, in grammar rather than in phrases."""

from __future__ import annotations

from abtest.critique.patterns import Pattern

_CONTACT = (
    r"(?:write|call|e-?mail|ring|phone|text|message|contact|chase|nag|pester|trouble|bother|bug|hound"
    r"|badger|disturb|knock|ask|nudge|follow\s+up|be\s+in\s+touch|reach\s+out|come\s+back|try)"
)
_NEVER = (
    r"(?:won['’]t|shan['’]t|will\s+not|shall\s+not|['’]ll\s+not|['’]ll\s+never|not\s+going\s+to"
    r"|no\s+longer)"
)
_CLOSING = Pattern(
    # "I won't chase you past that", "I'll not write any more"
    rf"\bI(?:\s+|(?=['’])){_NEVER}\s+(?:\w+\s+)?{_CONTACT}\b"
    # "I'll quit pestering you", "I'll go quiet"
    r"|\bI(?:['’]ll|\s+will|\s+shall)\s+(?:now\s+)?(?:quit|stop|drop\s+(?:it|this)|go\s+(?:away|quiet)"
    r"|leave\s+(?:you|it|this|things)\b(?!\s+(?:a|an|the|with|one))|let\s+(?:it|this|you)\s+(?:go|be|rest)"
    r"|close|bow|step|back\s+off|get\s+out|take\s+(?:the|a)\s+hint)\b"
    # "my sixth word and my last", "that's it from me", "over and out"
    r"|\bmy\s+(?:very\s+)?last\b(?=\s*(?:[.,;:!?)]|$)|\s+(?:on|about|and)\b)"
    r"|\bthat(?:['’]s|\s+is|\s+was)\s+(?:it|all|the\s+last|the\s+end)\b(?:\s+(?:from|of)\s+(?:me|us|it)|[.,])"
    r"|\bover\s+and\s+out\b|\bthe\s+last\s+(?:of|you|from|time)\b",
)


def closes(text: str) -> bool:
    """Does a text say that no more will follow?

    >>> closes("I won't chase you past that."), closes("That's it from me on sprinklers.")
    (True, True)
    >>> closes("In my last note I sent the plan."), closes("I won't be there on Monday.")
    (False, False)
    """
    return _CLOSING.search(text) is not None


_EARLIER = Pattern(
    r"\b(?:in|since|after|from|with|on|see)\s+(?:(?:my|our|the)\s+)?$",
)


def is_earlier(text: str, start: int) -> bool:
    """Does what stands there speak of an earlier message: "in my last note"?"""
    return _EARLIER.search(text[max(0, start - 16) : start]) is not None
