"""Ways out: how a message says that one can have no more of it."""

from __future__ import annotations

from functools import lru_cache

from abtest.critique.patterns import Pattern

#: What people are told to answer when they want no more, in quotation marks.
_NO = (
    r"[\"“'‘]\s*(?:stop|no+(?:\s+(?:thanks|thank\s+you|thx|more|need))?|nope|nah|never|remove(?:\s+me)?"
    r"|unsubscribe|pass|enough|off(?:\s+the\s+list)?|out|end|quit|cancel|wrong\s+\w+|bin\s+it|go\s+away"
    r"|not\s+(?:me|now|us|interested|for\s+(?:me|us))|leave\s+(?:me|us)\b[\w\s]{0,12}|opt\s+out)"
    r"[.!,]?[\"”'’]"
)
_TELL = (
    r"(?:reply|respond|answer|write|say|send|text|type|tell|e-?mail|return|drop|shout|ask|word|line|note"
    r"|let\s+(?:me|us)\s+know)"
)
_LIST = r"(?:the|my|our|this|that)\s+(?:mailing\s+|e-?mail\s+)?list"

OPT_OUT = Pattern(
    r"unsubscribe|\bopt(?:ing)?[\s-]+out\b|\breply\W{1,3}(?:with\W{1,3})?(?:a\W{1,3})?"
    r"(?:stop|remove|unsubscribe|quit|pass|no(?:\s+(?:thanks|thank\s+you|more))?)\b(?!\s+or)"
    r"|\b(?:say|write|answer|send)\s(?:me\s)?\W?stop\b"
    r"|\bno\s+longer\s+(?:wish|want)\s+to\s+(?:receive|hear|get)"
    r"|\b(?:rather|prefer)\s+(?:I\s+|we\s+)?(?:not\s+(?:to\s+)?(?:hear|receive|get)"
    r"|did\s?n[’']t\s+(?:write|e-?mail))"
    r"|\b(?:don[’']t|do\s+not)\s+want\s+(?:to\s+hear|(?:any\s+)?(?:more\s+)?(?:e-?mails|notes|messages))"
    rf"|\b(?:take|remove)\s+you\s+(?:off|from)\s+(?:{_LIST}|the\s+mailing)"
    r"|\{\{?\s*\w*(?:unsubscribe|opt_?out)\w*[^{}]*\}\}?"
    # An answer in quotation marks that can only mean no: “write "bin it"”.
    rf"|\b{_TELL}\b[^.!?\n]{{0,40}}?{_NO}"
    rf"|{_NO}[^.!?\n]{{0,60}}?\b(?:stop|gone|off|ends?|quiet|never|won['’]t|does\s+it|will\s+do|enough)\b"
    # A wish to hear no more, with or without how to say so.
    r"|(?:^|\byou(?:['’]d|\s+would|\s+had)?\s+|\bwould\s+you\s+)(?:rather|sooner|prefer)\b[^.!?\n]{0,20}?"
    r"\b(?:(?:not|no|n['’]t|didn['’]t|without)\b(?=\s*[?,.]|[^.!?\n]{0,30}\b(?:hear|get|receiv|e?-?mail|writ|wrot"
    r"|call|contact|more|be\b)\w*)|silence|quiet)"
    r"|\b(?:hear|get|receive|see)\s+(?:no|nothing)\s+(?:more|further|else)\b"
    r"|^(?:want\s+|had\s+)?(?:no\s+more|enough)\s+of\s+(?:these|this|me|us|them|my|our)\b"
    r"|\b(?:be|been)\s+left\s+(?:alone|in\s+peace)\b|\bto\s+stop\s+(?:these|this|my|our|getting|hearing)\b"
    # What happens once they have said so.
    rf"|\b{_TELL}\b[^.!?\n]{{0,50}}?(?:\bI['’]ll\s+(?:never|stop(?!\s+(?:by|in|at|over|off|and)\b)"
    r"|go\s+away|vanish|disappear|leave\s+you\b)|\bI['’]m\s+(?:gone|off|out)\b|\byou['’]re\s+off\b"
    r"|\byou\s+won['’]t\b|\boff\s+it\b|\b(?:end|last)\s+of\s+(?:it|that|this|them|me)\b"
    r"|\b(?:it|they|these)\s+(?:stops?|ends?)\b|\bI\s+(?:will|do)\b\s*(?:stop)?[.!]?\s*$)"
    r"|\bI\s+(?:won['’]t|will\s+not|shan['’]t)\s+(?:write|e-?mail|contact|bother|trouble|chase)"
    r"(?:\s+(?:to\s+)?you)?(?:\s+(?:again|any\s?more|any\s+longer|further)\b|\s*[.!]?\s*$)"
    rf"|\boff\s+{_LIST}",
)
#: "Not for you?" opens a way out, and asks nothing.
WAY_OUT = Pattern(
    r"(?:is\s+this\s+|if\s+(?:this|it)(?:['’]s|\s+is|\s+isn['’]t)\s+)?(?:not\s+)?(?:for\s+(?:you|me)|interested"
    r"|relevant|your\s+(?:thing|department|job|cup\s+of\s+tea)|the\s+right\s+(?:time|fit|person|desk)"
    r"|a\s+(?:good\s+)?(?:fit|priority))\s?\?"
    r"|not\s+(?:for\s+you|interested|relevant|the\s+right\s+(?:time|fit)|a\s+(?:good\s+)?(?:fit|priority))\W"
    r"|no\s+more\s+(?:notes|e-?mails|letters|of\s+(?:these|this))\?"
    r"|(?:got\s+the\s+)?wrong\s+(?:person|desk|inbox)\b[^.!?]{0,40}\?"
    r"|(?:don['’]t|do\s+not)\s+(?:want|need)\s+(?:any\s+more\s+of\s+)?(?:these|this|them|my\s+\w+|our\s+\w+)\s*\?"
    r"|(?:had|heard)\s+enough(?:\s+(?:of|from)\s+(?:me|us|these|this|them))?\s*\?",
)


#: In a footer any word to answer with is a way out, but for a yes: “Reply "corked"”.
_ANSWER = Pattern(
    r"[\"“'‘](?!\s*(?:yes|ok|okay|sure|send|please|interested|more|info|call|y)\b)\s*[^\"“”\n]{2,24}[\"”'’]",
)
_ENDING = Pattern(
    rf"\b{_TELL}\w*\b|\b(?:stops?|ends?|quits?|halts?|these|no\s+more|rid|gone|does\s+it|will\s+do)\b",
)
_PLAIN = Pattern(
    r"\brid\s+of\s+(?:me|us|these)\b|\b(?:these|this|them|me)\s+to\s+stop\b|\bno\s+further\s+\w+"
    rf"|\b{_TELL}\s+(?:stop|remove)\b",
)


@lru_cache(maxsize=2048)
def is_footer(sentence: str) -> bool:
    """Does a sentence at the end of an email offer a way out, in whatever words?

    >>> is_footer('Had enough? Reply "corked".'), is_footer('Reply "yes" and it is yours.')
    (True, False)
    """
    return (
        is_way_out(sentence)
        or bool(_ANSWER.search(sentence) and _ENDING.search(sentence))
        or bool(_PLAIN.search(sentence))
    )


def is_way_out(sentence: str, message: str = "") -> bool:
    """Does a sentence say how to get no more messages, and ask nothing else?

    Args:
        sentence: Its words on one line.
        message: That it is part of, if there are more of them to come.
    """
    whole = message or sentence
    return bool(OPT_OUT.on(whole).search(sentence) or WAY_OUT.on(whole).match(sentence))
