"""Asks: what a message wants the prospect to do.

An ask is a question to the prospect or a request: a command ("reply with a yes"), a polite question
("could you point me …") or a wish ("I would love to show you"). What the sender promises to do, and
ways to opt out, are no asks.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from abtest.critique.meetings import DAY, MEET_QUESTION, MINUTES, WISH
from abtest.critique.patterns import Pattern

if TYPE_CHECKING:
    from abtest.critique.text import Sentence, Text


class Ask(NamedTuple):
    """One thing asked for.

    Attributes:
        kind: `interest` for a question or offer, else what is wanted: `call`, `reply`, `meet`,
            `watch`, `form`, `join`, `download`, `visit` or `refer`.
        text: The words that ask.
        start: Offset in the message.
        end: Offset after the last character.
        sentence: The index of its sentence in the message.
    """

    kind: str
    text: str
    start: int
    end: int
    sentence: int


#: Where a request can begin: a command, a polite question, a wish.
_REQUEST = (
    r"(?:^|[,;:–—-]\s*|\b(?:and|or|then|so|please|just|simply|also|kindly|now|either|but)\s+"
    r"|\byou\s+can\s+(?:also\s+|always\s+|just\s+)?"
    r"|\bif\s+you(?:['’]d|\s+would|\s+could)\s+(?:just\s+)?"
    r"|\bfeel\s+free\s+to\s+|\b(?:can|could|would|will)\s+you\s+(?:please\s+|just\s+|be\s+able\s+to\s+)?"
    r"|\b(?:want|like|love|care|mind)\s+(?:you\s+)?to\s+)"
    r"(?:(?:please|just|simply|also|kindly|do)\s+"
    r"|go\s+(?:and\s+)?(?=take|check|have|see|watch|fill|grab|read))*"
)

_REQUESTS = {
    "call": (
        r"(?:call|ring|phone|text|buzz|dial)\s+(?:me|us|back|my|our|\d|\+|\(|{{)"
        r"|give\s+(?:me|us)\s+a\s+(?:quick\s+)?(?:call|ring|buzz|shout)|return\s+my\s+call"
        r"|reach\s+me\s+(?:at|on|by\s+phone)|call(?=\s*(?:[.!,;]|$))"
    ),
    "reply": (
        r"(?:reply|respond)\b|hit\s+reply|write\s+(?:me\s+)?back|(?:e-?mail|message)\s+me\b"
        r"|(?:write|say|answer|type|text)\s+[\"“]|answer\s+(?:this|my|the|it|with)|(?:drop|shoot|send)\s+(?:me|us|back)\s+(?:a|an|your|the|one|back)\b"
        r"|let\s+(?:me|us)\s+know|(?:just\s+)?say\s+(?:yes|the\s+word|so)|tell\s+me\b|get\s+back\s+to\s+me"
        r"|(?:shout|holler|nod)\b|give\s+me\s+a\s+(?:yes|no|word|sign|nod|thumbs)|correct\s+me|send\s+[\"“]"
    ),
    "meet": (
        r"(?:book|schedule|grab|reserve|pick|choose|block|set\s+up|set\s+aside)\s+"
        r"(?:a|an|some|any|your|the|on|in|with|time|\d+|ten|fifteen|twenty|thirty)\b"
        r"(?!\s+(?:copy|guide|pdf|page|report))"
        r"|find\s+(?:time\b|(?:(?:a|an|some|any|the|us|me|half|your|\d+|ten|fifteen|twenty|thirty)\s+){1,2}?"
        r"(?:\w+\s+)?(?:time|moment|slot|gap|hour|minutes?|day|space)\b)"
        rf"|(?:hop|jump|get)\s+on\s+(?:a|the)\b|meet\s+(?:me|us|with|for|on|{DAY})|join\s+me\b"
        rf"|(?:spare|give\s+me|take)\s+{MINUTES}|accept\s+(?:the|my)\s+(?:invite|invitation)"
    ),
    "watch": (
        r"watch\b|view\s+(?:the|our|this|my)\s|take\s+(?:the|our)\s+(?:product\s+)?tour"
        r"|listen\s+to\s+(?:the|our)"
    ),
    "form": (
        r"fill\s+(?:in|out)\b|complete\s+(?:the|our|this|a)\b|apply\s+(?:at|here|now)"
        r"|take\s+(?:the|our)\s+(?:\S+\s+)?survey"
    ),
    "join": (
        r"sign\s+up\b|register\b|enroll?\b|subscribe\b|rsvp\b|join\s+(?:our|the)\b"
        r"|start\s+(?:a|your|the)\s+(?:free\s+)?trial"
    ),
    "download": (
        r"download\b"
        r"|grab\s+(?:a|the|our|your)\s+(?:\S+\s+)?(?:copy|guide|pdf|report|ebook|white\s?paper)"
    ),
    "visit": (
        r"visit\s+(?:our|my|us|the|www|http|{{)|go\s+to\s+(?:our|my|the|www|http)|click\b"
        r"|head\s+(?:over\s+)?to\b|follow\s+(?:us|me|our)|check\s+out\b|browse\b|stop\s+by\b|like\s+us"
        r"|connect\s+(?:with\s+(?:me|us)\s+)?on\b|find\s+us\s+on|come\s+(?:see|by)\b"
        r"|read\s+(?:our|the|this|my)\b(?!\s+(?:e-?mail|note|message|letter|line|one)\b)"
        r"|have\s+a\s+(?:quick\s+)?(?:browse|look)\s+(?:of|at|on|round|around|through)\s+(?:the|our|my)\s+"
        r"(?:\S+\s+){0,2}?(?:site|page|website|catalogu?e|shop|blog)"
        r"|(?:take\s+a\s+)?look\s+at\s+(?:our|w\s?w\s?w|the\s+(?:site|page|website|catalogu?e))"
    ),
    "refer": (
        r"(?:forward|pass|send)\s+(?:this|it|my\s+\w+|me)\s+(?:on|along|to|over|round|around)\b|point\s+me\b"
        r"|(?:introduce|connect)\s+me\b|put\s+me\s+(?:in\s+touch|through)|share\s+this\s+with|loop\s+in\b"
    ),
}
_REFER_QUESTION = Pattern(
    r"\bwho\s+(?:is|['’]s|are|would|should|else|on|in|at|owns?|runs?|handles?|leads?|looks?|manages?"
    r"|do|does|could|can|might|takes?|decides?|heads?|keeps?|deals?|that\s+is|it\s+is)\b|\bwho['’]s\b"
    r"|\b(?:right|best|correct|proper|better)\s+(?:person|contact|one|people|name)\b"
    r"|\bwhich\s+(?:of\s+(?:your|you)\b|person\b|colleague\b)|\bwhose\s+(?:job|desk|call|task|department|hands)\b"
    r"|\bare\s+you\s+the\s+(?:one|person|right)\b|\bis\s+(?:that|this|it)\s+(?:you|yours?)\b[^?]{0,40}\bor\b"
    r"|\bshould\s+I\s+(?:be\s+)?(?:ask|writ|talk|speak)(?:e|ing)?\b|\bwhose\b"
    r"|\bwhom\b|\bpoint\s+me\b|\bsomeone\s+(?:else|on)\b|\banother\s+(?:person|colleague)\b",
)
_BEGINNING = Pattern(_REQUEST)
_KIND = Pattern(
    "|".join(f"(?P<{kind}>{words})" for kind, words in _REQUESTS.items()),
)
#: What the sender promises, tells or quotes: nothing here is asked of the prospect.
_OWN = Pattern(
    r"\b(?:I|we|they|he|she|it|reps|teams|managers|people|customers|who|that|which)(?:['’](?:ll|d|ve|re)|\s+(?:will|can|could"
    r"|would|did|had|have|used|want(?:ed)?|try|tried|help(?:ed)?|let|made?|just))?\s+(?:\w+\s+){0,2}?$",
)


def asks(text: Text) -> tuple[Ask, ...]:
    """Everything a message asks for, in order, one per kind and sentence."""
    found: list[Ask] = []
    for number, sentence in enumerate(text.sentences):
        if not sentence.is_opt_out:
            words = text.prose[sentence.start : sentence.end]
            asked = text.is_asked(sentence)
            found.extend(_in_sentence(words, sentence, number, text.prose, asked=asked))
    return tuple(ask for ask in found if not text.is_quoted(ask.start))


def _in_sentence(
    words: str, sentence: Sentence, number: int, prose: str, *, asked: bool
) -> list[Ask]:
    wanted = _requested(words, prose, question=asked)
    if wish := WISH.on(prose).search(words):
        wanted.setdefault("meet", wish.span())
    if not wanted and (invited := _INVITED.on(prose).search(words)):
        wanted[str(invited.lastgroup)] = invited.span()
    if asked:
        _add_questioned(wanted, words, prose)
    return [
        Ask(
            kind,
            " ".join(words[start:end].split()),
            sentence.start + start,
            sentence.start + end,
            number,
        )
        for kind, (start, end) in wanted.items()
    ]


def _requested(words: str, prose: str, *, question: bool) -> dict[str, tuple[int, int]]:
    """The kinds of request in a sentence, each with its place."""
    found: dict[str, tuple[int, int]] = {}
    kinds, own = _KIND.on(prose), _OWN.on(prose)
    for beginning in _BEGINNING.finditer(words):
        match = kinds.match(words, beginning.end())
        before = words[max(0, beginning.end() - 60) : beginning.end()]
        if match and (question or not own.search(before)):
            found.setdefault(str(match.lastgroup), match.span())
    return found


#: Statements that invite an answer: "one word back is fine", "the map is yours if you want it".
_INVITED = Pattern(
    r"(?P<reply>\b(?:a|an|one|your)[\s-]+(?:quick\s+|short\s+|one-word\s+|single\s+|simple\s+)?"
    r"(?:word|line|reply|answer|yes|note|response)\s+(?:or\s+(?:a\s+)?no\s+)?"
    r"(?:there\s+|(?:to|on)\s+(?:it|that|this|the\s+\w+)\s+)?"
    r"(?:back|from\s+you|by\s+(?:e-?mail|return)|is|will|would|does|keeps|gets|and)\b"
    r"|\b(?:worth|glad\s+of|grateful\s+for|hope\s+for|hoping\s+for|love|welcome|appreciate)\s+"
    r"(?:a|an|your|any)\s+(?:\w+\s+)?(?:answer|reply|response)\b)"
    r"|(?P<interest>\byours?\s+(?:for\s+the\s+asking|if\s+you\s+(?:want|like)|to\s+keep)\b"
    r"|\bjust\s+ask\b|\bcurious\s+(?:what|how|whether|if)\b|\b(?:reply|word|call)\s+away\b|\b(?:happy|glad)\s+to\s+(?:send|share|show|read|check|bring|mail|drop)\b"
    r"|\bif\s+(?:it|that|this)(?:['’]s|['’]d|\s+\w+)?\s+(?:of\s+)?(?:any\s+)?"
    r"(?:use|useful|help|helpful|interest|worth)\b)",
)


def _add_questioned(wanted: dict[str, tuple[int, int]], words: str, prose: str) -> None:
    """Add what a question asks for beside its requests: a name, a meeting, else interest."""
    if refer := _REFER_QUESTION.on(prose).search(words):
        wanted.setdefault("refer", refer.span())
    elif (meet := MEET_QUESTION.on(prose).search(words)) and "call" not in wanted:
        wanted.setdefault("meet", meet.span())
    if not wanted:
        wanted["interest"] = (0, len(words))


#: Answers to a message; they go with any other ask ("reply yes and I will send times").
ANSWERS = ("reply", "interest")

#: Ways to answer that one sentence may offer to choose from.
_EITHER = {"meet", "reply", "refer"}
_OR = re.compile(r"\bor\b", re.IGNORECASE)


def rivals(
    found: tuple[Ask, ...], text: Text, neutral: tuple[str, ...] = ANSWERS
) -> tuple[Ask, ...]:
    """The asks that compete, one of each kind; those of a `neutral` kind go with any.

    A call and a meeting are one wish; two ways joined by "or" in one sentence are one choice; a
    pointer to someone else behind an "if" or "or" is a way out.
    """
    competing: dict[str, Ask] = {}
    for number, together in groupby(found, key=lambda ask: ask.sentence):
        sentence = text.sentences[number]
        inside = {_wish(ask): ask for ask in together}
        if re.match(r"(?:if|or)\b", sentence.text, re.IGNORECASE):
            inside.pop("refer", None)
        if set(inside) <= _EITHER and len(_OR.findall(sentence.text)) == len(inside) - 1 == 1:
            inside.popitem()
        for kind, ask in inside.items():
            if kind not in neutral:
                competing.setdefault(kind, ask)
    return tuple(competing.values())


def _wish(ask: Ask) -> str:
    return "meet" if ask.kind == "call" else ask.kind
